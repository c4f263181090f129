"""Referrals, what screening decided, and the tools and models of exploitation that followed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from harbour.demo.history import words
from harbour.demo.history.cases import CaseHistory
from harbour.demo.history.children import AGES, Child, Children
from harbour.demo.history.rows import Rows, authority_id, moment
from harbour.demo.history.targets import (
    AUTHORITIES,
    BOYS_PER_HUNDRED,
    EXPLOITATION_REFERRALS,
    LAST_QUARTER_AGES,
    OTHER_REFERRALS,
    QUARTERS,
)
from harbour.demo.partnership import user_id
from harbour.foundation.kernel.working_days import add_working_days
from harbour.insight.reporting.rules import Period
from harbour.work.missing.vocabulary import Population
from harbour.work.referrals import rules
from harbour.work.referrals.models import DescribedChild, Link, Referral, Watch
from harbour.work.referrals.vocabulary import Channel, Decision, Status, WatchKind

SCREENERS = {"county": "front_door", "city": "city_front_door", "rutland": "out_of_hours"}
# (source of the census, local sub-source): weight.
SOURCES = {
    ("6", ""): 24,
    ("2A", "education"): 19,
    ("2B", "education"): 5,
    ("5A", ""): 14,
    ("5B", "yos"): 8,
    ("8", "home"): 7,
    ("8", "voluntary"): 4,
    ("3C", ""): 3,
    ("3E", ""): 4,
    ("3A", ""): 2,
    ("1A", ""): 5,
    ("1C", ""): 1,
    ("1D", ""): 2,
    ("9", ""): 1,
    ("5C", ""): 1,
}
DECISIONS = {
    Decision.DAILY_MEETING: 52,
    Decision.EXISTING_WORKER: 18,
    Decision.EARLY_HELP: 12,
    Decision.ADVICE: 9,
    Decision.NO_FURTHER_ACTION: 9,
}
WATCHED_FOR = timedelta(days=365)
YOUNGEST = {"cse": AGES, "cce": {12: 4, 13: 11, 14: 20, 15: 27, 16: 24, 17: 14}}


@dataclass(frozen=True)
class Wanted:
    """A referral that is to be made: about whom, in what quarter, for what."""

    authority: str
    period: Period
    sex: str
    low: int
    high: int
    concern: str


class ConcernHistory:
    """Writes the referrals of each quarter."""

    def __init__(self, rows: Rows, children: Children) -> None:
        self.rows = rows
        self.children = children
        self.cases = CaseHistory(rows)
        self.known: dict[tuple[str, str], list[Child]] = {}

    def write(self) -> None:
        """Write every quarter's referrals and what followed."""
        for child in self.children.all:
            self.known.setdefault((child.area, child.sex), []).append(child)
        for authority in AUTHORITIES:
            boys = self._boys(authority)
            for place, quarter in enumerate(QUARTERS):
                referred = [
                    (self._referral(wanted), wanted)
                    for wanted in self._wanted(authority, place, quarter.period, boys[place])
                ]
                self.cases.write(authority, place, [made for made, _ in referred])

    def _boys(self, authority: str) -> list[int]:
        """Return how many referrals are about boys, so that the long run is right."""
        done, before, numbers = 0, 0, []
        for number in EXPLOITATION_REFERRALS[authority]:
            done += number
            due = round(done * BOYS_PER_HUNDRED[authority] / 100)
            numbers.append(due - before)
            before = due
        return numbers

    def _wanted(self, authority: str, place: int, period: Period, boys: int) -> list[Wanted]:
        number = EXPLOITATION_REFERRALS[authority][place]
        sexes = ["M"] * boys + ["F"] * (number - boys)
        self.rows.chance.shuffle(sexes)
        last = authority == "county" and place == len(QUARTERS) - 1
        ages = self._last_quarter_ages() if last else [self._age("cse") for _ in sexes]
        found = [
            Wanted(authority, period, sex, *age, "cse")
            for sex, age in zip(sexes, ages, strict=True)
        ]
        for _ in range(OTHER_REFERRALS[authority][place]):
            sex = "M" if self.rows.happens(82) else "F"
            found.append(Wanted(authority, period, sex, *self._age("cce"), "cce"))
        return found

    def _age(self, concern: str) -> tuple[int, int]:
        age = self.rows.weighted(YOUNGEST[concern])
        return age, age

    def _last_quarter_ages(self) -> list[tuple[int, int]]:
        ages = [band for band, number in LAST_QUARTER_AGES.items() for _ in range(number)]
        ages = [(6, 9) if band == (0, 9) else band for band in ages]
        self.rows.chance.shuffle(ages)
        return ages

    def _child(self, wanted: Wanted, day: date) -> Child:
        """Choose a child who is known already, or make a new one."""
        known = self.known.setdefault((wanted.authority, wanted.sex), [])
        if known and self.rows.happens(55):
            for child in self.rows.chance.sample(known, min(len(known), 30)):
                near = any(abs((day - seen).days) < 200 for seen in child.seen)
                if near and wanted.low <= child.age_on(day) <= wanted.high:
                    return child
        child = self.children.new(
            sex=wanted.sex,
            born_on=self.children.born(wanted.low, wanted.high, day),
            responsible=wanted.authority,
            population=Population.NOT_LOOKED_AFTER,
        )
        known.append(child)
        return child

    def _referral(self, wanted: Wanted) -> tuple[Referral, Child]:
        rows = self.rows
        day = rows.day_between(wanted.period.starts_on, wanted.period.ends_before)
        received_at = moment(
            day,
            rows.chance.choice((8, 9, 10, 11, 13, 14, 15, 16, 17, 19, 21)),
            rows.chance.randrange(60),
        )
        child = self._child(wanted, day)
        child.seen.append(day)
        if wanted.authority == "city" and rows.happens(6):
            child.associated.add("county")
        source, local_source = rows.weighted(SOURCES)
        decided_at = moment(
            add_working_days(day, 1 if rows.happens(94) else 2), 15, rows.chance.randrange(60)
        )
        decision = rows.weighted(DECISIONS)
        screener = user_id(SCREENERS[wanted.authority])
        referral = rows.add(
            Referral(
                reference=rules.reference_from(rows.chance.getrandbits(64)),
                received_at=received_at,
                channel=Channel.RECORDS,
                authority_id=authority_id(wanted.authority),
                source=source,
                local_source=local_source,
                concerns=self._concerns(wanted.concern),
                narrative=rows.chance.choice(
                    words.NARRATIVES[wanted.concern if rows.happens(92) else "peer"]
                ),
                parents_informed=rows.weighted({"yes": 62, "no": 24, "not_known": 14}),
                status=Status.SCREENED,
                screening_due_on=rules.screening_due_on(received_on=day),
                decision=decision,
                decision_reason=words.REASONS[decision],
                decided_at=decided_at,
                decided_by_id=screener,
                feedback_at=decided_at + timedelta(hours=2),
                feedback_by_id=screener,
                feedback_text=rules.feedback_sentence(decision),
                **rows.stamp(wanted.authority, received_at),
            )
        )
        self._says_of(referral, child, decided_at)
        return referral, child

    def _says_of(self, referral: Referral, child: Child, decided_at: datetime) -> None:
        """Write whom the referral speaks of, and keep it in watch where nothing more was done."""
        rows = self.rows
        authority = child.area
        described = rows.add(
            DescribedChild(
                referral_id=referral.id,
                age_said=str(child.age_on(referral.received_at.date())),
                sex=child.sex,
                **rows.stamp(authority, referral.received_at),
            )
        )
        rows.add(
            Link(
                referral_id=referral.id,
                described_id=described.id,
                person_id=child.id,
                **rows.stamp(authority, decided_at),
            )
        )
        if referral.decision == Decision.NO_FURTHER_ACTION:
            rows.add(
                Watch(
                    id=rows.new_id(),
                    referral_id=referral.id,
                    kind=WatchKind.CHILD,
                    value=str(child.id),
                    starts_at=decided_at,
                    ends_at=decided_at + WATCHED_FOR,
                )
            )

    def _concerns(self, first: str) -> list[str]:
        others = {
            "cse": {"online": 38, "missing": 22, "peer": 12, "trafficking": 3},
            "cce": {"county_lines": 40, "missing": 25, "youth_violence": 22, "trafficking": 5},
        }
        return [
            first,
            *(name for name, percent in others[first].items() if self.rows.happens(percent)),
        ]
