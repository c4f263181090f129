"""What narrows the register of homes."""

from typing import Any, cast

from django import forms

from harbour.foundation.agencies.models import Agency
from harbour.foundation.ui.forms import Form


class HomesFilter(Form):
    """Words of the register and an authority. No child's data, so they stay in the address."""

    words = forms.CharField(label="Name or URN", required=False, max_length=80)
    authority = forms.ChoiceField(label="Where it stands", required=False)

    def __init__(self, *args: Any, authorities: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.authorities = {str(each.pk): each for each in authorities}
        field = cast("forms.ChoiceField", self.fields["authority"])
        choices = [(key, each.name) for key, each in self.authorities.items()]
        field.choices = [("", "Anywhere"), *choices]

    @property
    def authority_chosen(self) -> Agency | None:
        """Return the authority chosen, if any."""
        if not self.is_bound or not self.is_valid():
            return None
        return self.authorities.get(self.cleaned_data["authority"])

    @property
    def words_typed(self) -> str:
        """Return the words to look for."""
        return str(self.cleaned_data["words"]) if self.is_bound and self.is_valid() else ""
