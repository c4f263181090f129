"""What is asked about a strategy discussion. A form checks what was typed; it never writes."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar, override
from uuid import UUID

from django import forms
from django.core.validators import MaxLengthValidator

from harbour.foundation.access.models import User
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel import clock
from harbour.foundation.ui.forms import (
    ChoiceField,
    DateField,
    DateTimeField,
    Form,
    ManyField,
    TextField,
)
from harbour.work.discussions import rules
from harbour.work.discussions import vocabulary as v
from harbour.work.discussions.actions import Held, Wanted
from harbour.work.discussions.models import Invitation


def _text(limit: int) -> dict[str, Any]:
    return {"validators": [MaxLengthValidator(limit)]}


class Versioned(Form):
    """A form that knows which version of the record the person had in front of them."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class AskFor(Form):
    """On what a discussion rests, why, and who is invited."""

    names: ClassVar = {
        "basis": "on what it rests",
        "reason": "why it is asked for",
        "invited": "who is invited",
    }
    basis = ChoiceField(label="On what does it rest?", choices=v.Basis.choices)
    reason = TextField(label="Why is it asked for?", rows=4, **_text(3000))
    invited = ManyField(
        label="Who is invited?",
        help_text="An agency that is invited reads the discussion, and of the child's record what "
        "it reads already.",
        choices=(),
    )

    def __init__(
        self, *args: Any, may_come: Iterable[tuple[Agency, v.Capacity]], hosted: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.capacities = {str(agency.pk): capacity for agency, capacity in may_come}
        self.hosted = hosted
        invited = self.fields["invited"]
        if isinstance(invited, forms.MultipleChoiceField):
            invited.choices = [
                (str(agency.pk), f"{agency.name} ({capacity.label})")
                for agency, capacity in may_come
            ]
        least = set(rules.must_be_asked(hosted=hosted))
        invited.initial = self._first_of(least)

    def _first_of(self, wanted: set[v.Capacity]) -> list[str]:
        chosen: dict[v.Capacity, str] = {}
        for key, capacity in self.capacities.items():
            if capacity in wanted:
                chosen.setdefault(capacity, key)
        return list(chosen.values())

    @override
    def clean(self) -> dict[str, Any]:
        """Ask for those who make a discussion quorate."""
        said = super().clean()
        capacities = [self.capacities[key] for key in said.get("invited") or ()]
        missing = rules.not_invited(capacities, hosted=self.hosted)
        if missing:
            least = ", ".join(str(each.label).lower() for each in missing)
            self.add_error("invited", f"Invite at the least: {least}")
        return said

    @property
    def wanted(self) -> Wanted:
        """Return what was said."""
        said = self.cleaned_data
        invited = {UUID(key): self.capacities[key].value for key in said["invited"]}
        return Wanted(basis=said["basis"], reason=said["reason"], invited=invited)


class Invite(Form):
    """One more agency to invite."""

    names: ClassVar = {"agency": "the agency"}
    agency = forms.ChoiceField(label="Which agency?")

    def __init__(
        self, *args: Any, may_come: Iterable[tuple[Agency, v.Capacity]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.found = {str(agency.pk): (agency, capacity) for agency, capacity in may_come}
        agency = self.fields["agency"]
        if isinstance(agency, forms.ChoiceField):
            agency.choices = [
                ("", "Choose an agency"),
                *((key, each.name) for key, (each, _) in self.found.items()),
            ]

    @property
    def chosen(self) -> tuple[Agency, v.Capacity]:
        """Return the agency and as what it is invited."""
        return self.found[self.cleaned_data["agency"]]


class AnswerInvitation(Form):
    """Whether an agency comes."""

    names: ClassVar = {"answer": "whether your agency comes", "note": "who comes, or why nobody"}
    answer = ChoiceField(label="Does your agency come?", choices=v.InvitationAnswer.choices)
    note = TextField(label="Who comes, or why does nobody?", rows=2, **_text(500))


class HoldForm(Versioned):
    """When it was held, who was there, what was said."""

    names: ClassVar = {
        "held_at": "when it was held",
        "manner": "how it was held",
        "record": "what each agency said",
    }
    held_at = DateTimeField(label="When was it held?")
    manner = ChoiceField(label="How?", choices=v.Manner.choices)
    without_reason = TextField(
        label="If the police, children's social care or health were not there: why was it held?",
        required=False,
        rows=2,
        **_text(1000),
    )
    record = TextField(label="What did each agency say?", rows=8, **_text(20000))

    def __init__(
        self, *args: Any, invitations: Iterable[Invitation], at: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.invited = {f"there_{each.pk.hex}": each for each in invitations}
        for name, each in self.invited.items():
            self.fields[name] = forms.CharField(
                label=f"Who was there for {each.agency.name}?",
                help_text=f"{v.Capacity(each.capacity).label}. Leave empty if nobody was there.",
                max_length=200,
                required=False,
            )
        self.fields["held_at"].initial = clock.london_date(at)
        self.order_fields(["seen_version", "held_at", "manner", *self.invited, "without_reason"])

    def clean_held_at(self) -> datetime | None:
        """Refuse what has not happened yet."""
        moment: datetime | None = self.cleaned_data["held_at"]
        if moment is not None and moment > self.at:
            raise forms.ValidationError("The discussion cannot be in the future")
        return moment

    @override
    def clean(self) -> dict[str, Any]:
        """Ask why it was held without one of the three that make it quorate."""
        said = super().clean()
        there = [each.capacity for name, each in self.invited.items() if said.get(name)]
        missing = rules.absent(there)
        if missing and not said.get("without_reason"):
            least = ", ".join(str(each.label).lower() for each in missing)
            self.add_error("without_reason", f"Enter why it was held without {least}")
        return said

    @property
    def held(self) -> Held:
        """Return what was said."""
        said = self.cleaned_data
        attended: Mapping[UUID, str] = {
            each.pk: said[name] for name, each in self.invited.items() if said.get(name)
        }
        return Held(
            held_at=said["held_at"],
            manner=said["manner"],
            attended=attended,
            record=said["record"],
            without_reason=said["without_reason"],
        )


class Decide(Form):
    """Something that was decided."""

    names: ClassVar = {"text": "what was decided"}
    text = TextField(label="What was decided?", rows=3, **_text(2000))
    owner = forms.ChoiceField(
        label="Who does it?", required=False, help_text="Leave empty if there is nothing to do."
    )
    due_on = DateField(label="Until when?", required=False)

    def __init__(self, *args: Any, owners: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted(owners, key=lambda each: each.name)
        self.owners = {str(each.pk): each for each in named}
        owner = self.fields["owner"]
        if isinstance(owner, forms.ChoiceField):
            owner.choices = [("", "Nobody"), *((str(each.pk), each.name) for each in named)]

    @override
    def clean(self) -> dict[str, Any]:
        """Hold an owner and a day together."""
        said = super().clean()
        if said.get("owner") and not said.get("due_on") and not self.errors.get("due_on"):
            self.add_error("due_on", "Enter until when it is done")
        if said.get("due_on") and not said.get("owner"):
            self.add_error("owner", "Select who does it")
        return said

    @property
    def decided(self) -> dict[str, Any]:
        """Return what was decided."""
        said = self.cleaned_data
        return {
            "text": said["text"],
            "owner": self.owners.get(said["owner"]),
            "due_on": said["due_on"],
        }


class Close(Versioned):
    """What a discussion came to."""

    names: ClassVar = {"outcome": "what it came to", "reason": "the reason"}
    outcome = ChoiceField(
        label="What did it come to?",
        choices=v.Outcome.choices,
        hints={
            v.Outcome.S47_ENQUIRY: "The enquiry begins on the day the discussion was held; an "
            "initial conference is due within 15 working days of it."
        },
    )
    reason = TextField(label="Why?", rows=4, **_text(3000))


class WithReason(Versioned):
    """A reason, where the deed is plain."""

    names: ClassVar = {"reason": "the reason"}
    reason = TextField(label="Why?", rows=3, **_text(2000))


class AnswerAsk(Form):
    """Why no discussion is asked for this time."""

    names: ClassVar = {"reason": "the reason"}
    reason = TextField(
        label="Why is no strategy discussion asked for?",
        help_text="It stands on the child's page, beside the next ask.",
        rows=3,
        **_text(2000),
    )


class Done(Versioned):
    """That what was decided is done."""

    names: ClassVar = {"evidence": "what was done"}
    evidence = TextField(label="What was done?", rows=3, **_text(2000))
