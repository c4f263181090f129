"""What people may say about a child on a form. Forms validate; they never save."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms as fields

from harbour.foundation.ui import forms as ui
from harbour.work.cases.actions import Decision, Offer, Planned
from harbour.work.cases.queries import Candidate
from harbour.work.cases.rules import Grade
from harbour.work.cases.vocabulary import (
    AllocationRole,
    EntryKind,
    HarmStatus,
    HarmWhen,
    Model,
    PlanKind,
    Stage,
)
from harbour.work.referrals.vocabulary import Concern

# Harm and when it was, as one question: five answers, none of them about risk.
HARM_ANSWERS = (
    ("none_known", "None known"),
    ("suspected:current", "Suspected, current"),
    ("suspected:past", "Suspected, past"),
    ("confirmed:current", "Confirmed, current"),
    ("confirmed:past", "Confirmed, past"),
)


def _people(candidates: Sequence[Candidate]) -> list[tuple[str, str]]:
    named = [(str(each.user_id), f"{each.name}, {each.job}") for each in candidates]
    return [("", "Choose a person"), *named]


class SeenVersion(ui.Form):
    """The version of the record that the person saw."""

    seen_version = fields.IntegerField(widget=fields.HiddenInput, min_value=1)


class Decline(SeenVersion):
    """Why a worker cannot take a child on."""

    names = {"reason": "why you cannot take this child on"}
    reason = ui.TextField(
        label="Why can you not take this child on?",
        help_text="Your manager and the daily meeting read this.",
        max_length=1000,
    )


class EndAllocation(SeenVersion):
    """Why a worker is no longer allocated."""

    names = {"reason": "why this allocation ends"}
    reason = ui.TextField(label="Why does this allocation end?", max_length=1000)


class OfferForm(ui.Form):
    """Who is to be allocated in which role."""

    names = {"role": "what they are to do for the child"}
    reveals = {"role": {role.value: (f"worker_{role.value}",) for role in AllocationRole}}
    role = ui.ChoiceField(
        label="What are they to do for the child?", choices=AllocationRole.choices
    )

    def __init__(
        self, *args: Any, candidates: Mapping[AllocationRole, Sequence[Candidate]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for role, people in candidates.items():
            name = f"worker_{role}"
            self.fields[name] = fields.ChoiceField(
                label=f"Who is to be the {role.label.lower()}?",
                choices=_people(people),
                error_messages={"required": f"Choose the {role.label.lower()}"},
            )

    @property
    def offer(self) -> Offer:
        """Return the offer that was filled in."""
        role = AllocationRole(self.cleaned_data["role"])
        return Offer(role=role, worker_id=UUID(self.cleaned_data[f"worker_{role}"]))


class PlanForm(ui.Form):
    """What is to be done, by whom, by when."""

    names = {
        "kind": "what the action is for",
        "text": "what is to be done",
        "owner_id": "who will do it",
        "due_on": "the day it is due",
    }
    text = ui.TextField(
        label="What is to be done?",
        help_text="One action that a person can finish.",
        max_length=500,
        rows=3,
    )
    kind = ui.ChoiceField(label="What is it for?", choices=PlanKind.choices)
    owner_id = fields.ChoiceField(label="Who will do it?")
    due_on = ui.DateField(label="When is it due?")
    seen_version = fields.IntegerField(widget=fields.HiddenInput, required=False)

    def __init__(self, *args: Any, owners: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner_id"]
        owner.choices = _people(owners)

    @property
    def planned(self) -> Planned:
        """Return the action that was filled in."""
        said = self.cleaned_data
        return Planned(
            kind=PlanKind(said["kind"]),
            text=said["text"],
            owner_id=UUID(said["owner_id"]),
            due_on=said["due_on"],
        )


class Done(SeenVersion):
    """What came of an action."""

    outcome = ui.TextField(
        label="What came of it?",
        help_text="Leave empty if there is nothing to add.",
        required=False,
        max_length=1000,
        rows=3,
    )


class StageForm(ui.Form):
    """The stage that a case enters."""

    names = {"stage": "the stage", "entered_on": "the day it began"}
    stage = ui.ChoiceField(label="Which stage does the case enter?")
    entered_on = ui.DateField(label="When did it begin?")
    note = ui.TextField(
        label="Note",
        help_text="Needed where the case goes back to an earlier stage.",
        required=False,
        max_length=1000,
        rows=3,
    )

    def __init__(self, *args: Any, present: Stage | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stage: Any = self.fields["stage"]
        stage.choices = [each for each in Stage.choices if each[0] != present]


class ModelForm(ui.Form):
    """A model of exploitation seen in a case."""

    names = {"model": "the model of exploitation", "starts_on": "the day it was first seen"}
    model = ui.ChoiceField(label="What is seen?", choices=Model.choices)
    starts_on = ui.DateField(label="When was it first seen?")


class EndModelForm(ui.Form):
    """When a model of exploitation was last seen."""

    names = {"ends_on": "the day it was last seen"}
    ends_on = ui.DateField(label="When was it last seen?")


class VoiceForm(ui.Form):
    """What the child said."""

    names = {"words": "what the child said", "said_on": "the day it was said"}
    words = ui.TextField(
        label="What did the child say?",
        help_text="In their own words, as they said them. This is never edited afterwards.",
        strip=False,
        max_length=5000,
    )
    said_on = ui.DateField(label="When?")
    said_to = fields.CharField(label="Who did they say it to?", required=False, max_length=200)


class NoteForm(ui.Form):
    """A dated note."""

    names = {"text": "the note", "noted_at": "the day and time"}
    text = ui.TextField(label="Note", max_length=5000)
    noted_at = ui.DateTimeField(label="When was this?")


class ReviewForm(ui.Form):
    """A grade decided outside a meeting."""

    names = {
        "outside_meeting_reason": "why this cannot wait for the daily meeting",
        "harm": "whether the child was harmed",
        "grade": "the grade of risk",
        "concerns": "what the concern is about",
        "rationale": "why this grade",
    }
    outside_meeting_reason = ui.TextField(
        label="Why can this not wait for the daily meeting?",
        help_text="The meeting reads this first.",
        max_length=1000,
        rows=3,
    )
    harm = ui.ChoiceField(
        label="Harm", help_text="What is known to have happened.", choices=HARM_ANSWERS
    )
    grade = ui.ChoiceField(label="Risk", help_text="What may happen.")
    concerns = ui.ManyField(label="What is the concern about?", choices=Concern.choices)
    rationale = ui.TextField(label="Why this grade?", max_length=4000)
    unallocated_reason = ui.TextField(
        label="Why is nobody allocated?",
        help_text="Only where the grade asks for workers who are not allocated yet.",
        required=False,
        max_length=1000,
        rows=3,
    )

    def __init__(self, *args: Any, grades: Sequence[Grade], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grade: Any = self.fields["grade"]
        grade.choices = [(each.code, each.label) for each in grades]

    @property
    def decision(self) -> Decision:
        """Return the decision that was filled in."""
        said = self.cleaned_data
        harm, _, harm_when = said["harm"].partition(":")
        return Decision(
            grade=said["grade"],
            harm=HarmStatus(harm),
            harm_when=HarmWhen(harm_when),
            concerns=tuple(said["concerns"]),
            rationale=said["rationale"],
            unallocated_reason=said["unallocated_reason"],
            outside_meeting_reason=said["outside_meeting_reason"],
        )


class ChronologyFilter(ui.Form):
    """What a chronology is narrowed to. Nothing here says anything of a child."""

    kind = ui.ManyField(label="What", required=False)
    agency = fields.ChoiceField(label="Agency", required=False)

    def __init__(
        self,
        *args: Any,
        kinds: Collection[EntryKind],
        agencies: Collection[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        agency: Any = self.fields["agency"]
        kind.choices = [(each.value, each.label) for each in kinds]
        agency.choices = [("", "Every agency"), *agencies]
