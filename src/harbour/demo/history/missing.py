"""Missing episodes, cell by cell, with their grades and return home interviews."""

import math
from datetime import date, datetime, timedelta
from typing import Any

from harbour.demo.history import words
from harbour.demo.history.children import AGES, PARTNERS, Child, Children
from harbour.demo.history.rows import Rows, authority_id, moment
from harbour.demo.history.targets import PLACING, QUARTERS, Cell, missing_cells
from harbour.demo.partnership import user_id
from harbour.insight.reporting.rules import Period
from harbour.work.missing import vocabulary as v
from harbour.work.missing.models import Episode, ReturnInterview, RiskGrade
from harbour.work.missing.rules import return_interview_due
from harbour.work.missing.vocabulary import Population as Pop

# Of a hundred children missing in one quarter, so many are missing again in the next.
COME_AGAIN = 38
# Of a hundred returns: interview offered; of a hundred offers: accepted, as is usual in England.
OFFERED, ACCEPTED = 80, 62
LATE = 9  # of a hundred offers, later than 72 hours after the return
HOURS = {
    14: 3,
    15: 6,
    16: 9,
    17: 10,
    18: 11,
    19: 11,
    20: 11,
    21: 11,
    22: 10,
    23: 7,
    0: 3,
    1: 2,
    8: 3,
    11: 3,
}


class MissingHistory:
    """Writes the episodes of each cell and keeps who was missing in it."""

    def __init__(self, rows: Rows, children: Children) -> None:
        self.rows = rows
        self.children = children
        self.latest: dict[tuple[str, Pop, str], list[Child]] = {}

    def write(self) -> None:
        """Write every quarter's episodes."""
        for place, quarter in enumerate(QUARTERS):
            for (authority, population), cell in missing_cells(place).items():
                for sex, episodes, number in _by_sex(cell, population):
                    who = self._who(authority, population, sex, number, quarter.period)
                    self._spread(who, episodes, quarter.period)

    def _who(
        self, authority: str, population: Pop, sex: str, number: int, period: Period
    ) -> list[Child]:
        """Choose the children of a cell: some who were missing before, the others new."""
        key = (authority, population, sex)
        again = [each for each in self.latest.get(key, []) if each.is_child_on(period.ends_before)]
        again = self.rows.chance.sample(again, min(len(again), round(number * COME_AGAIN / 100)))
        new = [self._new(authority, population, sex, period) for _ in range(number - len(again))]
        if population is Pop.HOSTED and authority == "county":
            _spread_over_authorities(new)
        self.latest[key] = again + new
        return self.latest[key]

    def _new(self, authority: str, population: Pop, sex: str, period: Period) -> Child:
        while True:
            age = self.rows.weighted(AGES)
            born_on = self.children.born(age, age, period.starts_on)
            if age < 17 or born_on.replace(year=born_on.year + 18) > period.ends_before:
                break
        responsible, host = authority, None
        if population is Pop.HOSTED:
            responsible, host = self.rows.chance.choice(PLACING), authority
        elif population is Pop.LOOKED_AFTER_ELSEWHERE:
            others = [each for each in (*PLACING, *sorted(PARTNERS)) if each != authority]
            host = self.rows.chance.choice(others)
        return self.children.new(
            sex=sex, born_on=born_on, responsible=responsible, population=population, host=host
        )

    def _spread(self, who: list[Child], episodes: int, period: Period) -> None:
        """Give each child one episode and the rest to few: most are missing once."""
        counts = [1] * len(who)
        weights = [1 / (place + 1) for place in range(len(who))]
        for place in (
            self.rows.chance.choices(range(len(who)), weights, k=episodes - len(who)) if who else ()
        ):
            counts[place] += 1
        days = (period.ends_before - period.starts_on).days
        for child, count in zip(who, counts, strict=True):
            for turn in range(count):
                first = period.starts_on + timedelta(days=days * turn // count)
                before = period.starts_on + timedelta(days=days * (turn + 1) // count)
                self._episode(child, first, before)

    def _episode(self, child: Child, first: date, before: date) -> None:
        """Write one episode that begins and ends between two days."""
        rows = self.rows
        reach = max(1, (before - first).days * 6 // 10)
        day = first + timedelta(days=rows.chance.randrange(reach))
        started_at = moment(
            day, rows.weighted(HOURS), rows.chance.choice((0, 10, 15, 20, 30, 40, 45, 50))
        )
        longest = moment(before, 0) - started_at - timedelta(minutes=30)
        minutes = min(rows.chance.lognormvariate(6.1, 1.0), longest.total_seconds() / 60)
        returned_at = started_at + timedelta(minutes=max(15, math.floor(minutes)))
        reported_at = min(started_at + timedelta(minutes=rows.chance.randint(20, 240)), returned_at)
        looked_after = child.population is not Pop.NOT_LOOKED_AFTER
        risk = rows.weighted({"medium": 66, "high": 19, "low": 15})
        child.seen.append(day)
        recorded_by = rows.stamp(child.area, reported_at)
        episode = rows.add(
            Episode(
                person_id=child.id,
                kind=v.EpisodeKind.MISSING,
                population=child.population,
                missing_from=v.MissingFrom.CARE if looked_after else self._from(),
                authority_id=authority_id(child.area),
                responsible_id=authority_id(child.responsible),
                started_at=started_at,
                reported_at=reported_at,
                police_risk=risk,
                returned=True,
                out_of_area=rows.happens(14),
                returned_at=returned_at,
                returned_precision=v.Precision.MINUTE,
                return_recorded_at=returned_at + timedelta(minutes=40),
                return_recorded_by_id=recorded_by["recorded_by_id"],
                returned_how=rows.weighted({"returned": 58, "police": 24, "carer": 15, "other": 3}),
                **recorded_by,
            )
        )
        rows.add(
            RiskGrade(
                person_id=child.id,
                episode_id=episode.id,
                grade=risk,
                reason="Graded when it was reported.",
                set_by="Middleshire Police control room",
                **rows.stamp(child.area, reported_at),
            )
        )
        self._interview(child, episode, returned_at)

    def _from(self) -> v.MissingFrom:
        return v.MissingFrom.EDUCATION if self.rows.happens(4) else v.MissingFrom.HOME

    def _interview(self, child: Child, episode: Episode, returned_at: datetime) -> None:
        rows = self.rows
        offered = rows.happens(OFFERED)
        known: dict[str, Any] = {"offered": v.Answer.YES if offered else v.Answer.NO}
        if offered:
            hours = (
                rows.chance.randint(74, 130) if rows.happens(LATE) else rows.chance.randint(2, 60)
            )
            offered_at = returned_at + timedelta(hours=hours)
            known |= {
                "offered_at": offered_at,
                "offered_by_id": user_id("coordinator"),
                "service": _service(child),
                **self._answer(offered_at),
            }
        else:
            known["not_offered_reason"] = "The child had moved before an offer reached them."
        due_at = return_interview_due(returned_at=returned_at)
        rows.add(
            ReturnInterview(
                person_id=child.id,
                episode_id=episode.id,
                due_at=due_at,
                **known,
                **rows.stamp(child.area, returned_at),
            )
        )

    def _answer(self, offered_at: datetime) -> dict[str, Any]:
        rows = self.rows
        answered_at = offered_at + timedelta(hours=rows.chance.randint(1, 20))
        answer = {"answered_at": answered_at, "answered_by_id": user_id("youth_worker")}
        if not rows.happens(ACCEPTED):
            return answer | {
                "accepted": v.Answer.NO,
                "declined_reason": rows.chance.choice(words.DECLINED),
            }
        held = {"accepted": v.Answer.YES, "interviewer_id": user_id("youth_worker")}
        if not rows.happens(93):
            return answer | held
        return (
            answer
            | held
            | {
                "held_at": answered_at + timedelta(hours=rows.chance.randint(2, 30)),
                "held_by_id": user_id("youth_worker"),
                "child_words": rows.chance.choice(words.CHILD_VOICES),
                "push_factors": rows.chance.sample(
                    ["argument", "rules", "contact", "wellbeing", "placement"], 1
                ),
                "pull_factors": rows.chance.sample(
                    ["friends", "family", "relationship", "money", "online"], 1
                ),
            }
        )


def _by_sex(cell: Cell, population: Pop) -> tuple[tuple[str, int, int], ...]:
    """Divide a cell into boys and girls: (sex, episodes, children)."""
    boys = cell.boys if cell.boys is not None else round(cell.children * 0.52)
    girls = cell.children - boys
    heavy = 0.7 if population is Pop.HOSTED else 0.55
    of_boys = cell.boys_episodes if cell.boys_episodes is not None else round(cell.episodes * heavy)
    of_boys = min(max(of_boys, boys), cell.episodes - girls) if boys else 0
    of_boys = cell.episodes if not girls else of_boys
    return (("M", of_boys, boys), ("F", cell.episodes - of_boys, girls))


def _spread_over_authorities(new: list[Child]) -> None:
    """Have every placing authority among those who place children in the county in a quarter."""
    for place, child in enumerate(new):
        child.responsible = PLACING[place % len(PLACING)]


def _service(child: Child) -> v.InterviewService:
    if child.population is Pop.HOSTED:
        return v.InterviewService.PLACING_AUTHORITY
    return v.InterviewService.LISTENING_SUPPORT
