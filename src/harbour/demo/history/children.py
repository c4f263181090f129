"""The children of the three years: who they are, whose they are, where they live."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from harbour.demo.history import words
from harbour.demo.history.rows import Rows, authority_id, moment
from harbour.record.people import rules as people_rules
from harbour.record.people import vocabulary as v
from harbour.record.people.models import (
    AuthorityTie,
    CareStatus,
    Identifier,
    Name,
    Person,
    PersonRole,
    Phone,
    Schooling,
    Standing,
)
from harbour.record.providers.models import Home, Placement
from harbour.work.missing.vocabulary import Population as Pop

AGES = {10: 3, 11: 5, 12: 9, 13: 15, 14: 20, 15: 22, 16: 17, 17: 9}
PARTNERS = frozenset({"county", "city", "rutland"})


@dataclass(eq=False)
class Child:
    """A child as the generator thinks of them."""

    id: UUID
    sex: str
    born_on: date
    responsible: str
    host: str | None = None
    population: Pop = Pop.NOT_LOOKED_AFTER
    seen: list[date] = field(default_factory=list)
    associated: set[str] = field(default_factory=set)

    @property
    def area(self) -> str:
        """Return the authority in whose area the child lives."""
        return self.host or self.responsible

    def age_on(self, day: date) -> int:
        """Return the age on a day."""
        return (
            day.year
            - self.born_on.year
            - ((day.month, day.day) < (self.born_on.month, self.born_on.day))
        )

    def is_child_on(self, day: date) -> bool:
        """Say whether the child is still a child."""
        return day < people_rules.coming_of_age(self.born_on)


class Children:
    """Makes children and writes what is known of each."""

    def __init__(self, rows: Rows, homes: dict[str, list[Home]]) -> None:
        self.rows = rows
        self.homes = homes
        self.all: list[Child] = []

    def born(self, low: int, high: int, on: date) -> date:
        """Return a birthday on which the child has an age between two, both possible, on a day."""
        age = self.rows.chance.randint(low, high)
        last = date(on.year - age, on.month, min(on.day, 28))
        first = date(on.year - age - 1, on.month, min(on.day, 28)) + timedelta(days=4)
        return self.rows.day_between(first, last)

    def new(
        self, *, sex: str, born_on: date, responsible: str, population: Pop, host: str | None = None
    ) -> Child:
        """Make a child."""
        child = Child(
            id=self.rows.new_id(),
            sex=sex,
            born_on=born_on,
            responsible=responsible,
            host=host,
            population=population,
        )
        self.all.append(child)
        return child

    def write(self) -> None:
        """Write down every child, with what was known when they were first seen."""
        for child in self.all:
            self._identity(child)
            self._ties(child)
            if child.population is not Pop.NOT_LOOKED_AFTER:
                self._care(child)

    def _stamp(self, child: Child, **known: object) -> dict[str, Any]:
        at = moment(min(child.seen), 9)
        return {**self.rows.stamp(child.area, at), "person_id": child.id, **known}

    def _identity(self, child: Child) -> None:
        rows = self.rows
        stamp = self._stamp(child)
        rows.add(
            Person(
                id=child.id,
                recorded_at=stamp["recorded_at"],
                recorded_by_id=stamp["recorded_by_id"],
                born_on=child.born_on,
                born_precision=v.DatePrecision.DAY,
                sex=child.sex,
                ethnicity=rows.weighted(words.ETHNICITIES),
                ethnicity_source=v.EthnicitySource.FAMILY,
                ehc_plan=rows.weighted({"no": 68, "yes": 14, "not_known": 18}),
            )
        )
        given = rows.chance.choice(words.GIVEN["M" if child.sex == "M" else "F"])
        family = rows.chance.choice(words.FAMILY)
        self._name(child, v.NameKind.LEGAL, given, family)
        if rows.happens(7):
            self._name(child, v.NameKind.KNOWN_AS, given[:3], family)
        rows.add(PersonRole(role=v.RoleKind.CHILD, **self._stamp(child)))
        for scheme, value in (("nhs", rows.nhs_number()), ("upn", rows.upn(child.born_on))):
            rows.add(Identifier(scheme=scheme, value=value, value_key=value, **self._stamp(child)))
        if rows.happens(30):
            number = rows.phone()
            rows.add(
                Phone(
                    number=number, number_key=people_rules.phone_key(number), **self._stamp(child)
                )
            )
        if rows.happens(45):
            rows.add(Schooling(school_name=rows.chance.choice(words.SCHOOLS), **self._stamp(child)))

    def _name(self, child: Child, kind: str, given: str, family: str) -> None:
        self.rows.add(
            Name(
                kind=kind,
                given=given,
                family=family,
                given_key=people_rules.given_key(given),
                family_key=people_rules.name_key(family),
                **self._stamp(child),
            )
        )

    def _ties(self, child: Child) -> None:
        self._open_to(child, child.responsible, v.Basis.RESPONSIBLE)
        kinds = {v.AuthorityTieKind.RESPONSIBLE: child.responsible}
        if child.host is not None:
            kinds |= {
                v.AuthorityTieKind.HOST: child.host,
                v.AuthorityTieKind.HOME: child.responsible,
            }
            self._open_to(child, child.host, v.Basis.HOST)
        for kind, authority in kinds.items():
            self.rows.add(
                AuthorityTie(kind=kind, authority_id=authority_id(authority), **self._stamp(child))
            )
        for authority in sorted(child.associated - {child.responsible, child.area}):
            self._open_to(child, authority, v.Basis.ASSOCIATED)

    def _open_to(self, child: Child, authority: str, basis: str) -> None:
        stamp = self._stamp(child)
        self.rows.add(
            Standing(
                audience=v.Audience.AUTHORITY.of(authority_id(authority)),
                basis=basis,
                facets=list(v.EVERY_FACET),
                starts_at=stamp["recorded_at"],
                **stamp,
            )
        )

    def _care(self, child: Child) -> None:
        """Write the care status and the placement, until the child left or came of age."""
        rows = self.rows
        starts_on = min(child.seen) - timedelta(days=rows.chance.randint(20, 300))
        left_on = max(child.seen) + timedelta(days=rows.chance.randint(20, 120))
        ends_on = min(left_on, people_rules.coming_of_age(child.born_on))
        legal = rows.weighted({"C2": 60, "V2": 28, "C1": 9, "E1": 3})
        dates = {"starts_on": starts_on, "ends_on": ends_on}
        rows.add(CareStatus(legal_status=legal, **dates, **self._stamp(child)))
        in_home = child.population is Pop.HOSTED or rows.happens(40)
        home = (
            rows.chance.choice(self.homes[child.area])
            if in_home and child.area in PARTNERS
            else None
        )
        stamp = self._stamp(child)
        placement = rows.add(
            Placement(
                home=home,
                responsible_id=authority_id(child.responsible),
                host_id=authority_id(child.area),
                placement_type="K2" if home else rows.chance.choice(("U4", "U6")),
                provider_type="PR4" if home else "PR1",
                legal_status=legal,
                reason_new="S",
                need="N1",
                reason_ended="E13",
                urn=home.urn if home else "",
                **dates,
                **stamp,
            )
        )
        if home is not None:
            self._open_to_home(child, home, placement)

    def _open_to_home(self, child: Child, home: Home, placement: Placement) -> None:
        """Let the home see the child for as long as the child was there."""
        ended_at = moment(placement.ends_on or placement.starts_on, 12)
        stamp = self._stamp(child)
        starts_at = moment(placement.starts_on, 12)
        self.rows.add(
            Standing(
                audience=v.Audience.AGENCY.of(home.agency_id),
                basis=v.Basis.PLACED,
                facets=["identity", "placement", "missing"],
                starts_at=starts_at,
                ends_at=max(ended_at, starts_at),
                because_id=placement.id,
                **stamp,
            )
        )
