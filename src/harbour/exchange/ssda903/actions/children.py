"""Bring in the header table: who the children are."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from harbour.exchange.ssda903 import queries
from harbour.exchange.ssda903.actions.outcomes import Brought, kept_as_it_was
from harbour.exchange.ssda903.models import Motherhood
from harbour.exchange.ssda903.rules import values
from harbour.exchange.ssda903.rules.checks import as_written
from harbour.exchange.ssda903.rules.findings import Finding
from harbour.exchange.ssda903.rules.rows import HeaderRow
from harbour.exchange.ssda903.vocabulary import HEADER, SOURCE, UPN_UNKNOWN
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.record.people import vocabulary as v
from harbour.record.people.models import AuthorityTie, Identifier, Person, PersonRole, Standing

SEXES = {"1": v.Sex.MALE, "2": v.Sex.FEMALE, "M": v.Sex.MALE, "F": v.Sex.FEMALE}
BATCH = 1000

type Stamp = Mapping[str, Any]
type Known = tuple[UUID, HeaderRow]


def bring_in(rows: Sequence[HeaderRow], *, authority: Agency, by: Reader, at: datetime) -> Brought:
    """Open a record for each child the hub does not know; fill in what it lacks of the others.

    What the hub knows otherwise than the return is kept and told: a person may have corrected it.
    """
    stamp = {"recorded_by_id": by.user_id, "recorded_at": at}
    known = queries.people_by_child(authority, (row.child for row in rows))
    by_upn = _recognised([row for row in rows if row.child not in known])
    opened = [row for row in rows if row.child not in {*known, *by_upn}]
    ids = {row.child: uuid4() for row in opened}
    found = known | by_upn
    pairs = [(found[row.child], row) for row in rows if row.child in found]
    _open([(ids[row.child], row) for row in opened], authority, stamp)
    recognised = [(person, row) for person, row in pairs if row.child in by_upn]
    _tie(recognised, authority, stamp)
    changed, differences = _fill_in(pairs, stamp)
    changed |= by_upn.keys()
    return Brought(
        new=len(opened),
        changed=len(changed),
        unchanged=len(rows) - len(opened) - len(changed),
        findings=(*map(_recognised_by_upn, (row for _, row in recognised)), *differences),
        people=found | ids,
    )


def _recognised(rows: Iterable[HeaderRow]) -> dict[str, UUID]:
    """Return the children the hub knows by a right pupil number and the day of birth with it."""
    numbered = [row for row in rows if _is_number(row) and not values.upn_problem(row.upn)]
    people = queries.people_by_upn({(row.upn, row.born_on) for row in numbered})
    return {
        row.child: people[row.upn, row.born_on]
        for row in numbered
        if (row.upn, row.born_on) in people
    }


def _is_number(row: HeaderRow) -> bool:
    return bool(row.upn) and row.upn not in UPN_UNKNOWN.glosses


def _open(pairs: Sequence[Known], authority: Agency, stamp: Stamp) -> None:
    """Write new people with what the return says of them; the standing comes right after."""
    Person.objects.bulk_create(
        (
            Person(
                id=person,
                born_on=row.born_on,
                born_precision=v.DatePrecision.DAY,
                sex=SEXES.get(row.sex, v.Sex.UNKNOWN),
                ethnicity=row.ethnicity or v.Ethnicity.NOBT,
                ethnicity_source=v.EthnicitySource.SYSTEM,
                **stamp,
            )
            for person, row in pairs
        ),
        batch_size=BATCH,
    )
    _tie(pairs, authority, stamp)
    dated = {"source": SOURCE, **stamp}
    PersonRole.objects.bulk_create(
        (PersonRole(person_id=person, role=v.RoleKind.CHILD, **dated) for person, _ in pairs),
        batch_size=BATCH,
    )
    _number([pair for pair in pairs if _is_number(pair[1])], stamp)
    _mothers([pair for pair in pairs if pair[1].mother == "1"], stamp)


def _tie(pairs: Sequence[Known], authority: Agency, stamp: Stamp) -> None:
    """Make the authority responsible for children, and open their records to its partnership."""
    audience = v.Audience.AUTHORITY.of(authority.pk)
    standing = set(
        Standing.objects.filter(
            person_id__in=[person for person, _ in pairs], audience=audience, ends_at=None
        ).values_list("person_id", flat=True)
    )
    Standing.objects.bulk_create(
        (
            Standing(
                person_id=person,
                audience=audience,
                basis=v.Basis.RESPONSIBLE,
                facets=list(v.EVERY_FACET),
                starts_at=stamp["recorded_at"],
                **stamp,
            )
            for person, _ in pairs
            if person not in standing
        ),
        batch_size=BATCH,
    )
    dated = {"source": SOURCE, **stamp}
    AuthorityTie.objects.bulk_create(
        (
            AuthorityTie(
                person_id=person,
                kind=v.AuthorityTieKind.RESPONSIBLE,
                authority=authority,
                **dated,
            )
            for person, _ in pairs
        ),
        batch_size=BATCH,
    )
    Identifier.objects.bulk_create(
        (
            Identifier(
                person_id=person,
                scheme=v.IdentifierScheme.LA_CHILD,
                value=row.child,
                value_key=row.child,
                issuer=authority,
                flag=values.child_problem(row.child),
                **dated,
            )
            for person, row in pairs
        ),
        batch_size=BATCH,
    )


def _number(pairs: Iterable[Known], stamp: Stamp) -> None:
    Identifier.objects.bulk_create(
        (
            Identifier(
                person_id=person,
                scheme=v.IdentifierScheme.UPN,
                value=row.upn,
                value_key="".join(row.upn.split()),
                flag=values.upn_problem(row.upn),
                source=SOURCE,
                **stamp,
            )
            for person, row in pairs
        ),
        batch_size=BATCH,
    )


def _mothers(pairs: Iterable[Known], stamp: Stamp) -> None:
    Motherhood.objects.bulk_create(
        Motherhood(person_id=person, first_child_born_on=row.first_child_born_on, **stamp)
        for person, row in pairs
    )


def _fill_in(pairs: Sequence[Known], stamp: Stamp) -> tuple[set[str], list[Finding]]:
    """Fill in what the record lacks; return the children changed and what differs."""
    people = Person.objects.in_bulk([person for person, _ in pairs])
    numbers = _numbers_of(people)
    mothers = set(
        Motherhood.objects.filter(person_id__in=people).values_list("person_id", flat=True)
    )
    filled = [people[person] for person, row in pairs if _fill(people[person], row)]
    for person in filled:
        person.version += 1
    Person.objects.bulk_update(
        filled,
        ["born_on", "born_precision", "sex", "ethnicity", "ethnicity_source", "version"],
        batch_size=BATCH,
    )
    unnumbered = [
        (person, row)
        for person, row in pairs
        if _is_number(row) and row.upn not in numbers.get(person, set())
    ]
    _number(unnumbered, stamp)
    new_mothers = [(p, row) for p, row in pairs if row.mother == "1" and p not in mothers]
    _mothers(new_mothers, stamp)
    touched = (
        {person.pk for person in filled} | {p for p, _ in unnumbered} | {p for p, _ in new_mothers}
    )
    differences = [
        difference
        for person, row in pairs
        for difference in _differences(people[person], row, numbers.get(person, set()))
    ]
    return {row.child for person, row in pairs if person in touched}, differences


def _numbers_of(people: Iterable[UUID]) -> dict[UUID, set[str]]:
    numbers: dict[UUID, set[str]] = {}
    for person, number in Identifier.objects.filter(
        scheme=v.IdentifierScheme.UPN, person_id__in=list(people)
    ).values_list("person_id", "value_key"):
        numbers.setdefault(person, set()).add(number)
    return numbers


def _fill(person: Person, row: HeaderRow) -> bool:
    """Write into blanks of the person what the row knows; say whether there was any."""
    changes: dict[str, object] = {}
    if person.born_on is None:
        changes |= {"born_on": row.born_on, "born_precision": v.DatePrecision.DAY}
    if person.sex == v.Sex.UNKNOWN and row.sex in SEXES:
        changes |= {"sex": SEXES[row.sex]}
    if person.ethnicity == v.Ethnicity.NOBT and row.ethnicity not in {"", v.Ethnicity.NOBT}:
        changes |= {"ethnicity": row.ethnicity, "ethnicity_source": v.EthnicitySource.SYSTEM}
    for field, value in changes.items():
        setattr(person, field, value)
    return bool(changes)


def _differences(person: Person, row: HeaderRow, numbers: set[str]) -> Iterable[Finding]:
    """Return what the hub still knows otherwise, blanks filled in (checks 202 to 208)."""
    if row.sex in SEXES and person.sex != SEXES[row.sex]:
        yield _difference(row, "SEX", row.sex, "sex", "202")
    if person.born_on != row.born_on:
        yield _difference(row, "DOB", as_written(row.born_on), "date of birth", "203")
    if row.ethnicity not in {"", v.Ethnicity.NOBT, person.ethnicity}:
        yield _difference(row, "ETHNIC", row.ethnicity, "ethnicity", "204")
    if numbers and _is_number(row) and row.upn not in numbers:
        yield _difference(row, "UPN", row.upn, "pupil number", "208")


def _difference(row: HeaderRow, column: str, value: str, what: str, rule: str) -> Finding:
    problem = f"The hub has another {what} for this child"
    return kept_as_it_was(HEADER, row, column=column, value=value, problem=problem, rule=rule)


def _recognised_by_upn(row: HeaderRow) -> Finding:
    return kept_as_it_was(
        HEADER,
        row,
        column="UPN",
        value=row.upn,
        problem="A child the hub knew already has this pupil number and date of birth:"
        " taken to be the same",
    )
