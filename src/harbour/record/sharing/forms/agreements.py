"""What is asked when an agreement is written down, changed or stopped."""

from typing import Any, ClassVar, cast

from django import forms

from harbour.foundation.access.models import User
from harbour.foundation.agencies.models import Agency
from harbour.foundation.ui.forms import ChoiceField, DateField, Form, ManyField, TextField
from harbour.record.sharing.actions import Agreed
from harbour.record.sharing.forms.shares import SHARED_PARTS
from harbour.record.sharing.vocabulary import AgreementState, Gateway, Purpose


class AgreementForm(Form):
    """The terms of an agreement."""

    title = forms.CharField(label="Title", max_length=200)
    reference = forms.CharField(
        label="Where is the signed text?",
        max_length=200,
        help_text="A reference in your records system, such as ISA/2026/04.",
    )
    parties = ManyField(label="Which agencies agreed?")
    purposes = ManyField(label="For which purposes?", choices=Purpose.choices)
    gateways = ManyField(label="By which powers or duties?", choices=Gateway.choices)
    facets = ManyField(label="Which parts of a record does it cover?", choices=SHARED_PARTS)
    starts_on = DateField(label="First day")
    ends_on = DateField(
        label="Last day", required=False, help_text="Leave it empty if it has no end of its own."
    )
    review_on = DateField(label="To be reviewed by")
    owner = forms.ChoiceField(label="Who answers for it?")
    names: ClassVar[dict[str, str]] = {
        "title": "the title",
        "reference": "where the signed text is",
        "parties": "the agencies",
        "purposes": "at least one purpose",
        "gateways": "at least one power or duty",
        "facets": "at least one part of the record",
        "starts_on": "the first day",
        "ends_on": "the last day",
        "review_on": "the day of the review",
        "owner": "who answers for it",
    }

    def __init__(
        self, *args: Any, agencies: list[Agency], owners: list[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {str(each.pk): each for each in agencies}
        self.owners = {str(each.pk): each for each in owners}
        parties = cast("forms.MultipleChoiceField", self.fields["parties"])
        parties.choices = [(key, each.name) for key, each in self.agencies.items()]
        owner = cast("forms.ChoiceField", self.fields["owner"])
        people = [(key, f"{each.name}, {each.job}") for key, each in self.owners.items()]
        owner.choices = [("", "Choose a person"), *people]

    @property
    def terms(self) -> Agreed:
        """Return the terms as they were filled in."""
        found = self.cleaned_data
        return Agreed(
            title=found["title"],
            reference=found["reference"],
            parties=[self.agencies[key] for key in found["parties"]],
            purposes=found["purposes"],
            gateways=found["gateways"],
            facets=found["facets"],
            starts_on=found["starts_on"],
            ends_on=found["ends_on"],
            review_on=found["review_on"],
            owner=self.owners[found["owner"]],
        )


class MoveForm(Form):
    """Where an agreement is to stand from now, and why."""

    state = ChoiceField(
        label="What is to happen?",
        choices=(
            (AgreementState.SUSPENDED, "Suspend it"),
            (AgreementState.ENDED, "End it for good"),
            (AgreementState.IN_FORCE, "Put it in force again"),
        ),
        hints={
            AgreementState.SUSPENDED: "Every share that rests on it ends at once.",
            AgreementState.ENDED: "Every share that rests on it ends at once.",
            AgreementState.IN_FORCE: "Shares that ended do not come back by themselves.",
        },
    )
    reason = TextField(label="Why?", rows=3, max_length=500)
    names: ClassVar[dict[str, str]] = {"state": "what is to happen", "reason": "why"}
