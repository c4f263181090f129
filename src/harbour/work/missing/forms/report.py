"""What is asked when a child is reported missing: five short pages."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django import forms

from harbour.foundation.agencies.models import Agency, Team
from harbour.foundation.kernel import clock
from harbour.foundation.ui.forms import ChoiceField, DateTimeField, Form, TextField
from harbour.work.missing import vocabulary as v
from harbour.work.missing.actions import Report
from harbour.work.missing.forms.asked import SHORT, past


class Narrow(forms.Form):
    """Narrow the board. Stays in the address, so it holds no personal data."""

    use_required_attribute = False
    authority = forms.ChoiceField(label="Authority", required=False)
    population = forms.ChoiceField(
        label="Population",
        required=False,
        choices=[("", "All children"), *v.Population.choices],
    )

    def __init__(
        self,
        *args: Any,
        authorities: Iterable[Agency],
        teams: Iterable[Team],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", "All authorities"), *((str(each.pk), each.name) for each in authorities)]
        self.fields["authority"] = forms.ChoiceField(
            label="Authority", required=False, choices=offered
        )
        named = ((str(each.pk), f"{each.name}, {each.agency.name}") for each in teams)
        self.fields["team"] = forms.ChoiceField(
            label="Team of the owner or interviewer",
            required=False,
            choices=[("", "All teams"), *named],
        )


class FindChild(Form):
    """Find the child by what one knows at night: some letters of a name, and an age."""

    letters = forms.CharField(
        label="First letters of the child's name",
        help_text="Three letters are enough: first name, family name or both.",
        min_length=2,
        max_length=60,
        error_messages={"min_length": "Enter at least two letters of the child's name"},
    )
    age = forms.IntegerField(
        label="Age, if you know it",
        required=False,
        min_value=0,
        max_value=25,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
        error_messages={"invalid": "Age must be a number, such as 14"},
    )


class Step(Form):
    """One page of a report. It knows the present moment, so that nothing said lies after it."""

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        if "started_at" in self.fields:
            self.fields["started_at"].initial = clock.london_date(at)


class LastSeen(Step):
    """Where the child should be, and when and where they were last seen."""

    names: ClassVar = {
        "kind": "whether anybody knows where the child is",
        "missing_from": "where the child is missing from",
        "started_at": "when the child was last seen",
    }
    kind = ChoiceField(
        label="Does anybody know where the child is?",
        choices=(
            (v.EpisodeKind.MISSING, "No: the child is missing"),
            (v.EpisodeKind.AWAY, "Yes, but they are not where they should be"),
        ),
        hints={v.EpisodeKind.AWAY: "Away without authorisation: only for a looked-after child."},
    )
    missing_from = ChoiceField(
        label="Where is the child missing from?", choices=v.MissingFrom.choices
    )
    started_at = DateTimeField(
        label="When was the child last seen?",
        help_text="By a responsible adult, or when they left the placement, whichever is later.",
    )
    last_seen = TextField(label="Where were they last seen, and by whom?", **SHORT)
    out_of_area = ChoiceField(
        label="May the child be outside the local authority's area?",
        choices=(("yes", "Yes"), ("no", "No or not known")),
        initial="no",
        required=False,
    )

    def clean_started_at(self) -> datetime | None:
        """Refuse what has not happened yet."""
        return past(self.cleaned_data["started_at"], self.at, "The child was last seen")


class Description(Step):
    """What the child wears and carries, and who they may be with."""

    wearing = TextField(
        label="What is the child wearing?",
        help_text="Clothes, shoes, bag, hair, anything that stands out.",
        **SHORT,
    )
    with_whom = TextField(label="Who may they be with?", **SHORT)
    means = TextField(
        label="What do they have with them?",
        help_text="Phone and number, money, bank card, travel pass, medicine they need.",
        **SHORT,
    )


class Police(Step):
    """Whether the police know, and how they grade the risk."""

    reveals: ClassVar = {
        "police_told": {"yes": ("reported_at", "police_reference", "police_risk", "risk_reason")}
    }
    names: ClassVar = {
        "police_told": "whether the police have been told",
        "reported_at": "when the police were told",
    }
    police_told = ChoiceField(
        label="Have the police been told?", choices=(("yes", "Yes"), ("no", "No"))
    )
    reported_at = DateTimeField(label="When were they told?", required=False)
    police_reference = forms.CharField(
        label="Police reference",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    police_risk = ChoiceField(
        label="How do the police grade the risk?",
        required=False,
        choices=(*v.PoliceRisk.choices, ("", "They have not said yet")),
    )
    risk_reason = TextField(label="What did they base it on?", **SHORT)

    def clean_reported_at(self) -> datetime | None:
        """Refuse what has not happened yet."""
        return past(self.cleaned_data["reported_at"], self.at, "The police were told")


class Told(Step):
    """Who knows, and what has been done."""

    told = TextField(
        label="Who has been told?",
        help_text="Parents or carers, social worker, home, school, placing authority.",
        **SHORT,
    )
    done = TextField(
        label="What has been done so far?",
        help_text="Calls made, places searched. This becomes the first line of the log.",
        **SHORT,
    )


# The pages of a report after the child is found, in order, each with its heading.
STEPS: dict[str, tuple[type[Step], str]] = {
    "last-seen": (LastSeen, "When and where the child was last seen"),
    "description": (Description, "What would help somebody to recognise the child"),
    "police": (Police, "The police"),
    "told": (Told, "Who knows, and what has been done"),
}


def report_of(person_id: UUID, steps: Mapping[str, Step]) -> Report:
    """Return what the steps say, all of them checked."""
    seen, looks, police, told = (steps[name].cleaned_data for name in STEPS)
    return Report(
        person_id=person_id,
        started_at=seen["started_at"],
        kind=seen["kind"],
        missing_from=seen["missing_from"],
        out_of_area=seen["out_of_area"] == "yes",
        last_seen=seen["last_seen"],
        wearing=looks["wearing"],
        with_whom=looks["with_whom"],
        means=looks["means"],
        told=told["told"],
        done=told["done"],
        reported_at=police["reported_at"],
        police_reference=police["police_reference"] or "",
        police_risk=police["police_risk"] or "",
        risk_reason=police["risk_reason"] or "",
    )
