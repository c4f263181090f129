"""What followed a referral that went to the meeting: tools, models, a grade, workers, a plan."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from harbour.demo.history import words
from harbour.demo.history.children import Child
from harbour.demo.history.rows import Rows
from harbour.demo.history.targets import LAST_QUARTER_MODELS, PAIRS, QUARTERS
from harbour.demo.partnership import user_id
from harbour.foundation.kernel.clock import london_date
from harbour.work.assessments import rules as tool_rules
from harbour.work.assessments.models import Assessment, ToolVersion
from harbour.work.cases import vocabulary as v
from harbour.work.cases.models import (
    Allocation,
    ChildVoice,
    GradeScale,
    Grading,
    ModelTag,
    PlanAction,
    StageEntry,
)
from harbour.work.referrals.models import Referral
from harbour.work.referrals.vocabulary import Decision

BEFORE_MEETINGS = "Decided in the hub before its meetings were recorded here."
MODELS = {
    "online": 36,
    "party": 22,
    "older": 16,
    "group": 13,
    "peer": 10,
    "gang": 7,
    "county_lines": 3,
}
SECOND_MODEL = 20
WORKERS = {
    "high": (
        ("detective", "detective"),
        ("social_worker", "team_manager"),
        ("youth_worker", "youth_worker"),
    ),
    "medium": (("social_worker", "team_manager"),),
    "low": (("lead", "nurse"),),
}
# How likely each indicator is answered yes, in per cent, by what the judgement will be.
SIGNS = {"high": 62, "medium": 38, "low": 18}
WHEN = {"recent": 55, "earlier": 25, "both": 12, "older": 8}
Referred = tuple[Referral, Child]


@dataclass(frozen=True)
class Tools:
    """The newest versions of the two tools."""

    exploitation: ToolVersion
    gang: ToolVersion


def newest_tools() -> Tools:
    """Return the tools that are in use."""
    found = {
        each.tool.code: each
        for each in ToolVersion.objects.select_related("tool").order_by("number")
    }
    return Tools(exploitation=found["cse_rat"], gang=found["gat"])


class CaseHistory:
    """Writes what the hub did with a quarter's referrals."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.tools = newest_tools()
        self.scale_id = GradeScale.objects.order_by("-number").values_list("number", flat=True)[0]
        self.allocated: set[UUID] = set()

    def write(self, authority: str, place: int, referred: list[Referred]) -> None:
        """Write what followed one quarter's referrals in one authority."""
        for_exploitation = [each for each in referred if "cse" in each[0].concerns]
        self._models(authority, place, _one_a_child(for_exploitation))
        met = [each for each in referred if each[0].decision == Decision.DAILY_MEETING]
        self._pairs(
            authority,
            PAIRS[authority][place],
            _before(for_exploitation, QUARTERS[place].period.ends_before),
        )
        for referral, child in met:
            self._decided(authority, referral, child)

    # Models of exploitation

    def _models(self, authority: str, place: int, cases: list[Referred]) -> None:
        if authority == "county" and place == len(QUARTERS) - 1:
            for model, number in LAST_QUARTER_MODELS.items():
                for case in self.rows.chance.sample(cases, number):
                    self._model(authority, case, model)
            return
        for case in cases:
            first = self.rows.weighted(MODELS)
            self._model(authority, case, first)
            if first != "online" and self.rows.happens(SECOND_MODEL):
                self._model(authority, case, "online")

    def _model(self, authority: str, case: Referred, model: str) -> None:
        referral, child = case
        self.rows.add(
            ModelTag(
                person_id=child.id,
                referral_id=referral.id,
                model=model,
                starts_on=_day(referral.received_at),
                **self.rows.stamp(authority, _decided_at(referral)),
            )
        )

    # Tools

    def _pairs(self, authority: str, number: int, referred: list[Referred]) -> None:
        """Complete both tools for so many, and the first alone for many of the others."""
        self.rows.chance.shuffle(referred)
        for referral, child in referred[:number]:
            first = self._tool(authority, referral, child, self.tools.exploitation)
            second = self._tool(authority, referral, child, self.tools.gang)
            first.paired_with_id, second.paired_with_id = second.id, first.id
        for referral, child in referred[number:]:
            if self.rows.happens(45):
                self._tool(authority, referral, child, self.tools.exploitation)

    def _tool(
        self, authority: str, referral: Referral, child: Child, version: ToolVersion
    ) -> Assessment:
        grade = self.rows.weighted({"high": 2, "medium": 5, "low": 3})
        at = referral.received_at + timedelta(minutes=90)
        answers = self._answers(version, SIGNS[grade])
        score = tool_rules.score(version.definition, answers, age=child.age_on(_day(at)))
        return self.rows.add(
            Assessment(
                person_id=child.id,
                version_used_id=version.pk,
                referral_id=referral.id,
                answers=answers,
                score=score.total,
                score_band=score.band,
                judgement=grade,
                judgement_reason=words.RATIONALES[grade],
                completed_at=at,
                completed_by_id=user_id("youth_justice"),
                **self.rows.stamp(authority, at),
            )
        )

    def _answers(self, version: ToolVersion, yes: int) -> dict[str, dict[str, str]]:
        answers = {}
        for each in tool_rules.indicators(version.definition):
            answer = (
                "yes"
                if self.rows.happens(yes)
                else self.rows.weighted({"no": 70, "not_known": 20, "possible": 10})
            )
            answers[each.code] = {"answer": answer, "evidence": ""}
            if answer == "yes" and each.is_dated:
                answers[each.code]["when"] = self.rows.weighted(WHEN)
        return answers

    # Grades, workers, plans

    def _decided(self, authority: str, referral: Referral, child: Child) -> None:
        rows = self.rows
        at = _decided_at(referral) + timedelta(hours=19)
        grade = rows.weighted({"high": 22, "medium": 45, "low": 33})
        harm = rows.weighted({"none_known": 34, "suspected": 48, "confirmed": 18})
        grading = rows.add(
            Grading(
                person_id=child.id,
                scale_id=self.scale_id,
                grade=grade,
                harm=harm,
                harm_when=""
                if harm == "none_known"
                else rows.weighted({"current": 70, "past": 30}),
                concerns=referral.concerns,
                rationale=words.RATIONALES[grade],
                decided_at=at,
                review_on=_day(at) + timedelta(weeks=12),
                outside_meeting_reason=BEFORE_MEETINGS,
                **rows.stamp(authority, at),
            )
        )
        if child.id not in self.allocated:
            self.allocated.add(child.id)
            for role, worker in WORKERS[grade]:
                self._allocation(authority, child, grading, (role, worker))
            for stage, days in (
                ("concern", 0),
                ("investigation", 9),
                ("closed", rows.chance.randint(70, 160)),
            ):
                self._stage(authority, child, stage, _day(at) + timedelta(days=days), at)
        kind = rows.chance.choice(list(words.PLAN_ACTIONS))
        self._plan(authority, child, kind, at)
        if rows.happens(30):
            said_on = _day(at) + timedelta(days=3)
            text = rows.chance.choice(words.CHILD_VOICES)
            rows.add(
                ChildVoice(
                    person_id=child.id,
                    said_on=said_on,
                    words=text,
                    said_to="Youth worker",
                    **rows.stamp(authority, at),
                )
            )

    def _allocation(
        self, authority: str, child: Child, grading: Grading, who: tuple[str, str]
    ) -> None:
        role, worker = who
        rows = self.rows
        at = grading.decided_at
        rows.add(
            Allocation(
                person_id=child.id,
                role=role,
                worker_id=user_id(worker),
                state=v.AllocationState.ENDED,
                offered_at=at,
                acknowledge_by=at + timedelta(hours=4 if grading.grade == "high" else 24),
                answered_at=at + timedelta(minutes=rows.chance.randint(15, 230)),
                ended_at=at + timedelta(days=rows.chance.randint(60, 200)),
                ended_by_id=user_id("team_manager"),
                ended_reason="The plan was complete.",
                grading_id=grading.id,
                **rows.stamp(authority, at),
            )
        )

    def _stage(self, authority: str, child: Child, stage: str, day: date, at: datetime) -> None:
        self.rows.add(
            StageEntry(
                person_id=child.id, stage=stage, entered_on=day, **self.rows.stamp(authority, at)
            )
        )

    def _plan(self, authority: str, child: Child, kind: str, at: datetime) -> None:
        rows = self.rows
        owner = user_id(rows.chance.choice(("team_manager", "detective", "nurse")))
        rows.add(
            PlanAction(
                person_id=child.id,
                kind=kind,
                text=words.PLAN_ACTIONS[kind],
                owner_id=owner,
                due_on=_day(at) + timedelta(days=14),
                done_at=at + timedelta(days=rows.chance.randint(3, 20)),
                done_by_id=owner,
                outcome="Done as agreed.",
                **rows.stamp(authority, at),
            )
        )


def _decided_at(referral: Referral) -> datetime:
    return referral.decided_at or referral.received_at


def _day(at: datetime) -> date:
    return london_date(at)


def _before(referred: list[Referred], day: date) -> list[Referred]:
    """Return those whose tools were completed on the day they came, within the quarter."""
    return [
        each
        for each in _one_a_child(referred)
        if _day(each[0].received_at + timedelta(minutes=90)) < day
    ]


def _one_a_child(referred: list[Referred]) -> list[Referred]:
    """Return the first of each child's referrals."""
    return list({child.id: (referral, child) for referral, child in reversed(referred)}.values())
