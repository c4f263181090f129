"""What narrows the register of homes; where a child lives from a day on; a home's own entry."""

from typing import Any, ClassVar, cast, override

from django import forms

from harbour.foundation.agencies import queries as agencies
from harbour.foundation.agencies.models import Agency
from harbour.foundation.ui.forms import DateField, Form
from harbour.record.providers import vocabulary as v
from harbour.record.providers.actions import Registration
from harbour.record.providers.models import Home

UNCHOSEN = ("", "Choose")


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


class Move(Form):
    """Where a child lives from a day on."""

    home = forms.ModelChoiceField(
        label="Home",
        queryset=Home.objects.none(),
        required=False,
        empty_label="Not a home of the register",
    )
    placement_type = forms.ChoiceField(
        label="What sort of placement is it?", choices=[UNCHOSEN, *v.TYPES_NOW]
    )
    host = forms.ModelChoiceField(
        label="In whose area?",
        queryset=Agency.objects.none(),
        required=False,
        help_text="For a home of the register we know. Else choose the authority.",
        empty_label="Choose",
    )
    responsible = forms.ModelChoiceField(
        label="Responsible authority", queryset=Agency.objects.none(), empty_label="Choose"
    )
    starts_on = DateField(label="Since when does the child live there?")
    reason_changed = forms.ChoiceField(
        label="Why did the child leave the place before?",
        required=False,
        choices=[("", "There was none, or it is not known"), *v.REASONS_CHANGED.items()],
    )
    names: ClassVar[dict[str, str]] = {
        "placement_type": "the sort of placement",
        "starts_on": "the day",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        homes = Home.objects.filter(closed_on=None).select_related("agency", "authority")
        cast("forms.ModelChoiceField[Home]", self.fields["home"]).queryset = homes.order_by(
            "agency__name"
        )
        for name in ("host", "responsible"):
            field = cast("forms.ModelChoiceField[Agency]", self.fields[name])
            field.queryset = agencies.authorities()

    @override
    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if not found.get("home") and not found.get("host") and "host" not in self.errors:
            self.add_error("host", "Choose the home, or the authority in whose area it is")
        return found


class EndPlacement(Form):
    """Until when a child lived somewhere, where no other placement follows."""

    ends_on = DateField(label="Until when did the child live there?")
    reason_ended = forms.ChoiceField(
        label="Why did it end?",
        required=False,
        choices=[("", "Not known"), *v.REASONS_ENDED.items()],
    )
    names: ClassVar[dict[str, str]] = {"ends_on": "the day"}


class HomeForm(Form):
    """What the register says of a home."""

    urn = forms.CharField(
        label="Ofsted URN", required=False, max_length=12, help_text="For example SC123456."
    )
    places = forms.IntegerField(label="Places", required=False, min_value=1, max_value=200)
    manager = forms.CharField(label="Registered manager", required=False, max_length=100)
    phone = forms.CharField(label="Telephone, day and night", required=False, max_length=40)
    opened_on = DateField(label="Opened on", required=False)
    closed_on = DateField(label="Closed on", required=False, help_text="Leave empty while open.")
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def initial_of(home: Home) -> dict[str, Any]:
        """Return what the form shows at first."""
        names = ("urn", "places", "manager", "phone", "opened_on", "closed_on")
        return {name: getattr(home, name) for name in names} | {"seen_version": home.version}

    @property
    def changes(self) -> Registration:
        """Return what is to be written."""
        found = {name: each for name, each in self.cleaned_data.items() if name != "seen_version"}
        return cast("Registration", found)
