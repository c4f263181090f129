"""Which file, whose children, which year, and why."""

from collections.abc import Sequence
from typing import Any

from django import forms as plain

from harbour.exchange.statutory_returns.vocabulary import Format
from harbour.foundation.agencies.models import Agency
from harbour.foundation.ui.forms import ChoiceField, Form


class Take(Form):
    """What is to be handed out."""

    names = {
        "wanted": "which file",
        "authority": "whose children",
        "reason": "why, and who gets it",
    }
    wanted = ChoiceField(label="Which file?", choices=Format.choices)
    authority = plain.ChoiceField(label="Whose children?")
    year_ending = plain.ChoiceField(
        label="Collection year, for the SSDA903 return", help_text="1 April to 31 March"
    )
    reason = plain.CharField(
        label="Why does it leave the hub, and who gets it?",
        help_text="For example: annual return to the Department for Education. It is kept with "
        "the names of the children who are in the file.",
        max_length=300,
    )

    def __init__(
        self, *args: Any, authorities: Sequence[Agency], this_year_ends: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        years = range(this_year_ends, this_year_ends - 12, -1)
        self.fields["authority"].choices = [(str(each.pk), each.name) for each in authorities]  # type: ignore[attr-defined]  # a choice field
        self.fields["year_ending"].choices = [(str(y), f"{y - 1}/{y % 100:02d}") for y in years]  # type: ignore[attr-defined]  # a choice field
