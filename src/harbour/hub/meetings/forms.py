"""Validate what is typed into a meeting; never save."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, override
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from harbour.foundation.access.models import User
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.working_days import is_working_day
from harbour.foundation.ui import when
from harbour.foundation.ui.forms import ChoiceField, DateTimeField, Form, ManyField, TextField
from harbour.hub.meetings.actions import Came, Said, Verdict
from harbour.hub.meetings.models import AgencyView, Attendance
from harbour.hub.meetings.vocabulary import Outcome
from harbour.work.cases.actions import Decision, Dissent, Offer, Planned
from harbour.work.cases.queries import Candidate, GradingLine
from harbour.work.cases.vocabulary import AllocationRole, HarmStatus, HarmWhen, PlanKind
from harbour.work.referrals.vocabulary import Concern

# Harm is said in one answer: whether it is known, and whether it is happening now.
HARM: Mapping[str, tuple[HarmStatus, HarmWhen]] = {
    "none_known": (HarmStatus.NONE_KNOWN, HarmWhen.NOT_APPLICABLE),
    "suspected_current": (HarmStatus.SUSPECTED, HarmWhen.CURRENT),
    "suspected_past": (HarmStatus.SUSPECTED, HarmWhen.PAST),
    "confirmed_current": (HarmStatus.CONFIRMED, HarmWhen.CURRENT),
    "confirmed_past": (HarmStatus.CONFIRMED, HarmWhen.PAST),
}
PLAN_ROWS = 3
# How far ahead an action may fall due; a later one is set on the page of the child.
PLAN_DAYS = 20
# Offered first: the roles a high grade asks for.
USUAL_ROLES = (AllocationRole.DETECTIVE, AllocationRole.SOCIAL_WORKER, AllocationRole.YOUTH_WORKER)
OTHER_ROLES = tuple(role for role in AllocationRole if role not in USUAL_ROLES)


def harm_label(harm: str, harm_when: str) -> str:
    """Return harm in the words of the form."""
    label = HarmStatus(harm).label
    return f"{label}, {HarmWhen(harm_when).label.lower()}" if harm_when else label


def harm_key(harm: str, harm_when: str) -> str:
    """Return the answer of the form that stands for this harm."""
    return next((key for key, value in HARM.items() if value == (harm, harm_when)), "")


def _harm_choices() -> list[tuple[str, str]]:
    return [(key, harm_label(*value)) for key, value in HARM.items()]


class Open(Form):
    """Start a meeting."""

    names: ClassVar[Mapping[str, str]] = {"chair": "who chairs"}
    window_to = DateTimeField(
        label="Window ends",
        help_text="Leave empty to end it now. What comes in after this moment belongs to the next "
        "meeting.",
        required=False,
    )
    chair = forms.ChoiceField(label="Chair", widget=forms.Select)

    def __init__(self, *args: Any, chairs: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chair"].choices = [  # type: ignore[attr-defined]  # a choice field, as declared
            (str(each.pk), f"{each.name}, {each.job}") for each in chairs
        ]

    @property
    def chair_id(self) -> UUID:
        """Return who was chosen."""
        return UUID(self.cleaned_data["chair"])


class Present(Form):
    """Which agencies came."""

    def __init__(
        self, *args: Any, seats: Sequence[Agency], known: Mapping[UUID, Attendance], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats
        for each in seats:
            row = known.get(each.pk)
            came = "" if row is None else "present" if row.present else "apologies"
            self.fields[f"came_{each.pk}"] = ChoiceField(
                label=each.name,
                choices=[("present", "Present"), ("apologies", "Apologies")],
                initial=came,
                required=False,
            )
            self.fields[f"who_{each.pk}"] = forms.CharField(
                label=f"Who came for {each.name}",
                initial=row.who if row else "",
                required=False,
                max_length=200,
            )

    @property
    def came(self) -> tuple[Came, ...]:
        """Return what was said of each agency; nothing of those that nobody spoke of."""
        return tuple(
            Came(
                agency_id=each.pk,
                present=self.cleaned_data[f"came_{each.pk}"] == "present",
                who=self.cleaned_data[f"who_{each.pk}"],
            )
            for each in self.seats
            if self.cleaned_data[f"came_{each.pk}"]
        )


class View(Form):
    """What an agency brings, before it hears the others."""

    information = TextField(
        label="What your agency knows",
        rows=4,
        max_length=4000,
        required=False,
        help_text="Only what bears on this child's safety.",
    )
    harm = ChoiceField(label="Harm, as your agency sees it", choices=_harm_choices)
    grade = ChoiceField(label="Grade, as your agency sees it")

    def __init__(
        self, *args: Any, grades: Sequence[tuple[str, str]], mine: AgencyView | None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("prefix", "view")
        if mine is not None:
            kwargs["initial"] = {
                "information": mine.information,
                "harm": harm_key(mine.harm, mine.harm_when),
                "grade": mine.grade,
            }
        super().__init__(*args, **kwargs)
        self.fields["grade"].choices = list(grades)  # type: ignore[attr-defined]  # as declared

    @property
    def said(self) -> Said:
        """Return the view."""
        harm, harm_when = HARM[self.cleaned_data["harm"]]
        return Said(
            information=self.cleaned_data["information"],
            harm=harm,
            harm_when=harm_when,
            grade=self.cleaned_data["grade"],
        )


class Reveal(Form):
    """Open the views."""

    reason = TextField(label="Why you do not wait", rows=2, max_length=1000, required=False)


class NoGrade(Form):
    """Decide without a grade."""

    outcome = ChoiceField(
        label="Decide without a new grade",
        choices=[
            (Outcome.NO_CHANGE, "The grade stays as it is"),
            (Outcome.NEXT_MEETING, "Carry to the next meeting"),
        ],
    )
    reason = TextField(label="Why", rows=2, max_length=2000)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    names: ClassVar[Mapping[str, str]] = {"outcome": "what is decided", "reason": "why"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "leave")
        super().__init__(*args, **kwargs)


class Decide(Form):
    """Grade a child, offer workers, set actions."""

    names: ClassVar[Mapping[str, str]] = {
        "harm": "the harm the meeting sees",
        "grade": "the grade the meeting gives",
        "rationale": "why the meeting decides so",
    }
    harm = ChoiceField(label="Harm", choices=_harm_choices)
    grade = ChoiceField(label="Risk grade")
    rationale = TextField(label="Why", rows=3, max_length=4000)
    concerns = ManyField(label="Concerns", choices=Concern.choices, required=False)
    unallocated_reason = TextField(
        label="If a role that the grade asks for stays empty: why",
        rows=2,
        max_length=1000,
        required=False,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        grades: Sequence[tuple[str, str]],
        seats: Sequence[Agency],
        workers: Mapping[AllocationRole, Sequence[Candidate]],
        owners: Sequence[Candidate],
        at: datetime,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats
        self.fields["grade"].choices = list(grades)  # type: ignore[attr-defined]  # as declared
        for each in seats:
            self.fields[f"dissent_{each.pk}"] = forms.CharField(
                label=f"{each.name} sees it differently because", required=False, max_length=1000
            )
        for role in AllocationRole:
            self.fields[f"offer_{role}"] = _select(
                role.label, [("", "Nobody new"), *_named(workers.get(role, ()))]
            )
        for row in range(1, PLAN_ROWS + 1):
            self._add_action(row, owners, at)

    def _add_action(self, row: int, owners: Sequence[Candidate], at: datetime) -> None:
        self.fields[f"do_{row}"] = forms.CharField(
            label=f"Action {row}", required=False, max_length=500
        )
        self.fields[f"owner_{row}"] = _select("By whom", [("", "Choose"), *_named(owners)])
        self.fields[f"due_{row}"] = _select("By when", [("", "Choose"), *_days(at)])
        self.fields[f"kind_{row}"] = _select("For", list(PlanKind.choices))
        self.fields[f"kind_{row}"].initial = PlanKind.SAFETY.value

    @property
    def dissent_fields(self) -> list[forms.BoundField]:
        """Return the box in which each agency may say that it sees the child differently."""
        return [self[f"dissent_{each.pk}"] for each in self.seats]

    @property
    def usual_offers(self) -> list[forms.BoundField]:
        """Return the choices of workers whom a high grade asks for."""
        return [self[f"offer_{role}"] for role in USUAL_ROLES]

    @property
    def other_offers(self) -> list[forms.BoundField]:
        """Return the choices of other workers."""
        return [self[f"offer_{role}"] for role in OTHER_ROLES]

    @property
    def action_rows(self) -> list[dict[str, forms.BoundField]]:
        """Return the boxes of each action."""
        return [
            {name: self[f"{name}_{row}"] for name in ("do", "owner", "due", "kind")}
            for row in range(1, PLAN_ROWS + 1)
        ]

    @override
    def clean(self) -> dict[str, Any]:
        super().clean()
        for row in range(1, PLAN_ROWS + 1):
            parts = {
                name: self.cleaned_data.get(f"{name}_{row}") for name in ("do", "owner", "due")
            }
            if any(parts.values()) and not all(parts.values()):
                words = {"do": "what is to be done", "owner": "by whom", "due": "by when"}
                for name in [name for name, value in parts.items() if not value]:
                    self.add_error(
                        f"{name}_{row}", ValidationError(f"Say {words[name]} in action {row}")
                    )
        return self.cleaned_data

    @property
    def verdict(self) -> Verdict:
        """Return the whole decision."""
        said = self.cleaned_data
        harm, harm_when = HARM[said["harm"]]
        decision = Decision(
            grade=said["grade"],
            harm=harm,
            harm_when=harm_when,
            concerns=tuple(said["concerns"]),
            rationale=said["rationale"],
            dissent=tuple(self._dissent()),
            unallocated_reason=said["unallocated_reason"],
        )
        return Verdict(decision=decision, offers=self._offers(), plan=self._plan())

    def _dissent(self) -> Iterable[Dissent]:
        for each in self.seats:
            if reason := self.cleaned_data[f"dissent_{each.pk}"].strip():
                yield Dissent(agency=each.name, view="", reason=reason)

    def _offers(self) -> tuple[Offer, ...]:
        return tuple(
            Offer(role=role, worker_id=UUID(chosen))
            for role in AllocationRole
            if (chosen := self.cleaned_data[f"offer_{role}"])
        )

    def _plan(self) -> tuple[Planned, ...]:
        said = self.cleaned_data
        return tuple(
            Planned(
                kind=PlanKind(said[f"kind_{row}"] or PlanKind.SAFETY),
                text=said[f"do_{row}"],
                owner_id=UUID(said[f"owner_{row}"]),
                due_on=date.fromisoformat(said[f"due_{row}"]),
            )
            for row in range(1, PLAN_ROWS + 1)
            if said[f"do_{row}"]
        )


def _select(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.Select)


def _named(people: Iterable[Candidate]) -> list[tuple[str, str]]:
    return [
        (str(each.user_id), f"{each.name}, {each.job}" if each.job else each.name)
        for each in people
    ]


def _days(at: datetime) -> list[tuple[str, str]]:
    """Return the working days of the weeks ahead, by their names."""
    today = clock.london_date(at)
    days = (today + timedelta(days=number) for number in range(60))
    working = [day for day in days if is_working_day(day)][:PLAN_DAYS]
    return [(day.isoformat(), when.day(day)) for day in working]


def first_answers(before: GradingLine | None, said: Iterable[str]) -> dict[str, Any]:
    """Return what the form starts with: the last harm and concerns, never a grade or a reason."""
    codes = {label: code for code, label in Concern.choices}
    named = {codes[label] for label in said if label in codes}
    if before is None:
        return {"concerns": sorted(named)}
    return {
        "harm": harm_key(before.harm, before.harm_when),
        "concerns": sorted(named | set(before.concerns)),
    }
