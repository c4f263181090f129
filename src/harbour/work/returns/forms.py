"""What is asked about what followed an interview. A form checks what was typed; it never writes."""

from collections.abc import Iterable
from typing import Any, ClassVar, override
from uuid import UUID

from django import forms
from django.core.validators import MaxLengthValidator

from harbour.foundation.agencies.models import Team
from harbour.foundation.ui.forms import ChoiceField, Form, ManyField, TextField
from harbour.record.places.actions import Whereabouts
from harbour.record.places.vocabulary import PlaceKind
from harbour.work.returns import vocabulary as v
from harbour.work.returns.actions import Verdict
from harbour.work.returns.models import Named

NOBODY = "nobody"
# Where a child lives is recorded at their own page, never out of what another child said.
PLACE_KINDS = tuple(
    (kind.value, kind.label) for kind in PlaceKind if kind is not PlaceKind.RESIDENCE
)


class Add(Form):
    """Something to add to an interview."""

    names: ClassVar = {"kind": "what you add", "text": "what you add"}
    kind = ChoiceField(
        label="What do you add?",
        choices=v.AdditionKind.choices,
        hints={
            v.AdditionKind.CORRECTION: "What was written stays; your correction stands beside it."
        },
    )
    text = TextField(
        label="What is it?",
        help_text="In the child's own words where they said it.",
        validators=[MaxLengthValidator(5000)],
        rows=5,
    )


class ReviewForm(Form):
    """What a second person finds of an interview."""

    names: ClassVar = {"outcome": "what you decide"}
    met = ManyField(
        label="What does the interview have?",
        help_text="Tick what you found. What the child said is not yours to change.",
        choices=v.Criterion.choices,
        required=False,
    )
    outcome = ChoiceField(
        label="What do you decide?",
        choices=v.ReviewOutcome.choices,
        hints={v.ReviewOutcome.MORE: "It comes back to who held it, with your words."},
    )
    note = TextField(
        label="What is missing, or why is it accepted without it?",
        validators=[MaxLengthValidator(2000)],
        required=False,
        rows=3,
    )

    @override
    def clean(self) -> dict[str, Any]:
        """Ask for words where something is missing."""
        said = super().clean()
        missing = set(v.Criterion.values) - set(said.get("met") or ())
        wants = said.get("outcome") == v.ReviewOutcome.MORE or (said.get("outcome") and missing)
        if wants and not (said.get("note") or "").strip():
            self.add_error("note", "Enter what is missing, or why it is accepted without it")
        return said


class TellOn(Form):
    """Which team is told what of an interview, and why."""

    names: ClassVar = {
        "team": "the team",
        "what": "what they need to know",
        "why": "why they need it",
    }
    team = forms.ChoiceField(
        label="Which team?",
        help_text="Teams that work for this child's authorities.",
    )
    what = TextField(
        label="What do they need to know?",
        help_text="No more than they need. The child's words stay in the interview.",
        validators=[MaxLengthValidator(3000)],
        rows=4,
    )
    why = TextField(label="Why do they need it?", validators=[MaxLengthValidator(1000)], rows=2)

    def __init__(self, *args: Any, teams: Iterable[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {str(each.pk): each for each in teams}
        choices = [(key, f"{each.name}, {each.agency.name}") for key, each in self.teams.items()]
        team = self.fields["team"]
        if isinstance(team, forms.ChoiceField):
            team.choices = [("", "Choose a team"), *choices]

    @property
    def team_chosen(self) -> Team:
        """Return the team that was chosen."""
        return self.teams[self.cleaned_data["team"]]


class Judge(Form):
    """What the analyst makes of a name."""

    names: ClassVar = {
        "outcome": "what you decide",
        "strength": "how far it is established",
        "place_kind": "what kind of place it is",
        "other": "who it is",
        "reason": "the reason",
    }
    outcome = ChoiceField(label="What do you decide?", choices=v.JudgementOutcome.choices)
    strength = ChoiceField(label="How far is it established?", choices=v.Strength.choices)
    reason = TextField(
        label="Why?",
        help_text="What it rests on, or why it is refused.",
        validators=[MaxLengthValidator(2000)],
        rows=3,
    )

    def verdict(self) -> Verdict:
        """Return what was decided."""
        said = self.cleaned_data
        return Verdict(
            outcome=said["outcome"], reason=said["reason"], strength=said.get("strength") or ""
        )


class JudgePlace(Judge):
    """What the analyst makes of a place."""

    reveals: ClassVar = {
        "outcome": {
            v.JudgementOutcome.ACCEPTED: (
                "place_kind",
                "name",
                "street",
                "locality",
                "postcode",
                "strength",
            )
        }
    }
    place_kind = ChoiceField(label="What kind of place is it?", choices=PLACE_KINDS)
    name = forms.CharField(label="Name of the place", max_length=200, required=False)
    street = forms.CharField(label="Street", max_length=200, required=False)
    locality = forms.CharField(label="Town or village", max_length=100, required=False)
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)
    field_order = ("outcome", "place_kind", "name", "street", "locality", "postcode", "strength")

    def __init__(self, *args: Any, named: Named, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = named.text[:200]

    @override
    def clean(self) -> dict[str, Any]:
        """Ask for a name or a street: without either there is no place."""
        said = super().clean()
        accepted = said.get("outcome") == v.JudgementOutcome.ACCEPTED
        if accepted and not (said.get("name") or said.get("street")):
            self.add_error("name", "Enter the name of the place, or its street")
        return said

    @override
    def verdict(self) -> Verdict:
        said = self.cleaned_data
        if said["outcome"] != v.JudgementOutcome.ACCEPTED:
            return super().verdict()
        where = Whereabouts(
            name=said["name"] or "",
            street=said["street"] or "",
            locality=said["locality"] or "",
            postcode=said["postcode"] or "",
        )
        return Verdict(
            outcome=said["outcome"],
            reason=said["reason"],
            strength=said["strength"],
            place_kind=said["place_kind"],
            whereabouts=where,
        )


class JudgePerson(Judge):
    """What the analyst makes of a person."""

    reveals: ClassVar = {"outcome": {v.JudgementOutcome.ACCEPTED: ("other", "strength")}}
    other = ChoiceField(label="Who is it?")
    field_order = ("outcome", "other", "strength")

    def __init__(self, *args: Any, found: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = {key for key, _ in found}
        other = self.fields["other"]
        if isinstance(other, forms.ChoiceField):
            other.choices = [*found, (NOBODY, "Nobody in the record: keep the name as it was said")]

    @override
    def verdict(self) -> Verdict:
        said = self.cleaned_data
        other = said.get("other") or ""
        return Verdict(
            outcome=said["outcome"],
            reason=said["reason"],
            strength=said.get("strength") or "",
            other_id=UUID(other) if other in self.found else None,
        )
