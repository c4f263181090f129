"""An extract to look at, what its columns mean, and which findings to show."""

from collections.abc import Mapping, Sequence
from typing import Any, override

from django import forms as plain

from harbour.exchange.police_missing.rules import columns
from harbour.exchange.police_missing.vocabulary import Field, Severity
from harbour.foundation.agencies.models import Agency
from harbour.foundation.ui.forms import Form

MOST_BYTES = 20 * 1024 * 1024
NOT_IN_THE_FILE = "Not in the file"


class Sample(Form):
    """A file whose columns a person will name."""

    names = {"authority": "whose children it is about", "extract": "the extract"}
    authority = plain.ChoiceField(label="Whose children is it about?")
    extract = plain.FileField(
        label="The extract",
        help_text="CSV or XLSX, up to 20 MB. Its rows are shown to you now and are not kept.",
    )

    def __init__(self, *args: Any, authorities: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].choices = [(str(each.pk), each.name) for each in authorities]  # type: ignore[attr-defined]  # a choice field

    def clean_extract(self) -> Any:
        """Refuse a file that is larger than an extract is."""
        extract = self.cleaned_data["extract"]
        if extract.size > MOST_BYTES:
            raise plain.ValidationError("The file is larger than 20 MB. Take a part of it.")
        return extract


class Columns(Form):
    """Which column tells what."""

    def __init__(self, *args: Any, names: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = names
        offered = [("", NOT_IN_THE_FILE), *((name, name) for name in names if name)]
        for field in Field:
            self.fields[field.value] = plain.ChoiceField(
                label=field.label, choices=offered, required=False
            )

    @override
    def clean(self) -> dict[str, Any]:
        said: Mapping[str, Any] = super().clean() or {}
        problem = columns.problem(
            {key: str(value or "") for key, value in said.items()}, self._names
        )
        if problem:
            raise plain.ValidationError(problem)
        return dict(said)


class Narrow(plain.Form):
    """Which findings to show."""

    severity = plain.ChoiceField(
        label="Kind",
        required=False,
        choices=[
            ("", "All"),
            (Severity.REFUSED.value, "Refused"),
            (Severity.FLAGGED.value, "Look at it"),
        ],
    )
    problem = plain.ChoiceField(label="Problem", required=False)

    def __init__(self, *args: Any, problems: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", "All"), *((each, each) for each in problems)]
        self.fields["problem"].choices = offered  # type: ignore[attr-defined]  # a choice field
