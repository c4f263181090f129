"""Find the children an extract names, what its columns mean, and what came of it."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from harbour.exchange.police_missing import policy
from harbour.exchange.police_missing.models import ColumnMapping, ExtractRun, RowFinding
from harbour.exchange.police_missing.rules.rows import Row
from harbour.foundation.access import queries as access
from harbour.foundation.access import roles
from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies import queries as agencies
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.refusals import Missing
from harbour.record.people.models import Identifier, Name, Person
from harbour.record.people.vocabulary import IdentifierScheme

type Known = Mapping[int, UUID]


def importers() -> list[tuple[Agency, User]]:
    """Return each authority with the principal that imports for it, by the authority's name."""
    found: list[tuple[Agency, User]] = []
    for authority in agencies.authorities():
        users = access.holders(roles.RECORDS_IMPORT, authority_id=authority.pk)
        found.extend((authority, user) for user in users[:1])
    return found


def mapping_for(authority: Agency, layout: str) -> ColumnMapping | None:
    """Return what the columns of this form mean by the newest version, if anybody has said it."""
    mappings = ColumnMapping.objects.filter(authority=authority, layout=layout)
    return mappings.order_by("-number").first()


def mappings(reader: Reader) -> QuerySet[ColumnMapping]:
    """Return what was said of columns, the newest first."""
    policy.check_can_see_runs(reader)
    return ColumnMapping.objects.select_related("authority", "recorded_by").order_by("-recorded_at")


def runs(reader: Reader) -> QuerySet[ExtractRun]:
    """Return the extracts that came."""
    policy.check_can_see_runs(reader)
    return ExtractRun.objects.select_related("authority", "mapping")


def run(reader: Reader, run_id: UUID) -> ExtractRun:
    """Return one run, or raise `Missing`."""
    found = runs(reader).filter(pk=run_id).first()
    if found is None:
        raise Missing
    return found


def kinds(found: ExtractRun) -> list[tuple[str, str, str, str, int]]:
    """Return what was found by kind: severity, field, problem, what to do, how often."""
    counted = found.findings.order_by().values_list("severity", "field", "problem", "what_to_do")
    return [
        (severity, field, problem, what_to_do, times)
        for severity, field, problem, what_to_do, times in counted.annotate(
            times=Count("pk")
        ).order_by("-severity", "-times", "field")
    ]


def findings(found: ExtractRun, *, severity: str = "", problem: str = "") -> QuerySet[RowFinding]:
    """Return what was found, row by row."""
    rows = found.findings.order_by("row")
    rows = rows.filter(severity=severity) if severity else rows
    return rows.filter(problem=problem) if problem else rows


def children(authority: Agency, rows: Iterable[Row]) -> tuple[dict[int, UUID], set[int]]:
    """Return the child of each row, and the rows that fit more than one."""
    rows = list(rows)
    numbered = _by_number(authority, {row.child for row in rows if row.child})
    named = _by_name({_key(row) for row in rows if not row.child})
    found, several = dict[int, UUID](), set[int]()
    for row in rows:
        fitting = numbered.get(row.child, set()) if row.child else named.get(_key(row), set())
        if len(fitting) == 1:
            found[row.row] = next(iter(fitting))
        elif fitting:
            several.add(row.row)
    return found, several


type Key = tuple[str, str, date | None]


def _key(row: Row) -> Key:
    return row.given_key, row.family_key, row.born_on


def _by_number(authority: Agency, numbers: set[str]) -> dict[str, set[UUID]]:
    rows = Identifier.objects.filter(
        scheme=IdentifierScheme.LA_CHILD, issuer=authority, value_key__in=numbers
    )
    found: dict[str, set[UUID]] = {}
    for number, person in rows.values_list("value_key", "person_id"):
        found.setdefault(number, set()).add(person)
    return found


def _by_name(keys: set[Key]) -> dict[Key, set[UUID]]:
    names = Name.objects.filter(
        family_key__in={family for _, family, _ in keys},
        given_key__in={given for given, _, _ in keys},
    )
    found: dict[Key, set[UUID]] = {}
    for given, family, born_on, person in names.values_list(
        "given_key", "family_key", "person__born_on", "person_id"
    ):
        key: Key = (given, family, born_on)
        if key in keys:
            found.setdefault(key, set()).add(person)
    return found


def born(people: Iterable[UUID]) -> dict[UUID, date | None]:
    """Return the children's days of birth."""
    return dict(Person.objects.filter(pk__in=set(people)).values_list("pk", "born_on"))
