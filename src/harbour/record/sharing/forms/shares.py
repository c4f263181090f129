"""What is asked when a record is shared or not, and when a share is extended or taken back."""

from datetime import date, datetime, time
from typing import Any, ClassVar, cast, override

from django import forms

from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.clock import LONDON
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.ui.forms import ChoiceField, DateField, Form, ManyField, TextField
from harbour.record.sharing import policy
from harbour.record.sharing.presenters.words import FACETS
from harbour.record.sharing.vocabulary import Gateway, Purpose

SHARED_PARTS = [
    (each.value, FACETS[each]) for each in policy.SHAREABLE if each is not Facet.IDENTITY
]


class ShareForm(Form):
    """With whom, what, what for, by which power, why and until when."""

    agency = forms.ChoiceField(label="Which agency?")
    facets = ManyField(
        label="Which parts of the record?",
        choices=SHARED_PARTS,
        help_text="Who the child is goes with every share. Share no more than the purpose needs.",
    )
    purpose = ChoiceField(label="What for?", choices=Purpose.choices)
    gateway = ChoiceField(
        label="Which power or duty allows it?",
        choices=Gateway.choices,
        hints={
            Gateway.CDA1998_S115: "Reaches councils, police, health and probation; never a "
            "voluntary body.",
        },
    )
    reason = TextField(
        label="Why does this agency need it?",
        rows=3,
        max_length=500,
        help_text="A sentence that will make sense to somebody who reads it in five years.",
    )
    until = DateField(
        label="Until when?",
        required=False,
        help_text="The last day. Left empty it lasts as long as the agreement it rests on, and "
        "28 days where no agreement covers it.",
    )
    words = TextField(
        label="What do you say to the agency?",
        rows=2,
        max_length=500,
        required=False,
        help_text="The agency that asked reads these words.",
    )
    names: ClassVar[dict[str, str]] = {
        "agency": "the agency",
        "facets": "at least one part of the record",
        "purpose": "what it is shared for",
        "gateway": "the power or duty",
        "reason": "why this agency needs it",
        "until": "the last day",
    }

    def __init__(
        self, *args: Any, agencies: list[Agency], answers: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not answers:
            del self.fields["words"]
        self.agencies = {str(each.pk): each for each in agencies}
        choices = [(key, each.name) for key, each in self.agencies.items()]
        field = cast("forms.ChoiceField", self.fields["agency"])
        field.choices = [("", "Choose an agency"), *choices]

    @override
    def clean(self) -> dict[str, Any]:
        """Ask the law while the form is still open, so that the sentence stands at its field."""
        found = super().clean()
        agency = self.agencies.get(found.get("agency") or "")
        if agency is not None and found.get("gateway"):
            try:
                policy.check_gateway(agency, found["gateway"])
            except Refused as refused:
                self.add_error("gateway", refused.sentence)
        return found

    @property
    def agency_chosen(self) -> Agency:
        """Return the agency chosen."""
        return self.agencies[self.cleaned_data["agency"]]

    @property
    def expires_at(self) -> datetime | None:
        """Return the end of the last day in England, or nothing."""
        return end_of_day(self.cleaned_data.get("until"))


def end_of_day(last: date | None) -> datetime | None:
    """Return the last second of a day in England."""
    return datetime.combine(last, time(23, 59, 59), tzinfo=LONDON) if last else None


class DeclineForm(Form):
    """What is not shared with whom, which gateway was considered, when to look again."""

    agency = forms.ChoiceField(label="Which agency?")
    facets = ManyField(label="Which parts are not shared?", choices=SHARED_PARTS)
    purpose = ChoiceField(label="What were they wanted for?", choices=Purpose.choices)
    gateway = ChoiceField(label="Which power or duty did you consider?", choices=Gateway.choices)
    reason = TextField(
        label="Why are they not shared?",
        rows=3,
        max_length=500,
        help_text="Kept with the record. The agency does not read it.",
    )
    review_on = DateField(
        label="When is this looked at again?",
        help_text="A record wrongly withheld harms a child as much as one wrongly shown.",
    )
    words = TextField(
        label="What do you say to the agency?",
        rows=2,
        max_length=500,
        required=False,
        help_text="The agency that asked reads these words. Do not say whether the child is known "
        "if it must not know.",
    )
    names: ClassVar[dict[str, str]] = {
        "agency": "the agency",
        "facets": "at least one part of the record",
        "purpose": "what they were wanted for",
        "gateway": "the power or duty",
        "reason": "why they are not shared",
        "review_on": "the day",
    }

    def __init__(
        self, *args: Any, agencies: list[Agency], answers: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not answers:
            del self.fields["words"]
        self.agencies = {str(each.pk): each for each in agencies}
        field = cast("forms.ChoiceField", self.fields["agency"])
        choices = [(key, each.name) for key, each in self.agencies.items()]
        field.choices = [("", "Choose an agency"), *choices]

    @property
    def agency_chosen(self) -> Agency:
        """Return the agency that is refused."""
        return self.agencies[self.cleaned_data["agency"]]


class ExtendForm(Form):
    """Until when a share lasts now, and why."""

    until = DateField(label="Until when?", help_text="The last day.")
    reason = TextField(label="Why does the agency need it longer?", rows=3, max_length=500)
    names: ClassVar[dict[str, str]] = {
        "until": "the last day",
        "reason": "why the agency needs it longer",
    }


class WithdrawForm(Form):
    """Why a share is taken back."""

    reason = TextField(label="Why is it withdrawn?", rows=3, max_length=500)
    names: ClassVar[dict[str, str]] = {"reason": "why it is withdrawn"}
