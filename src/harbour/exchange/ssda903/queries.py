"""Find the children of a return in the record, and who may bring one in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from harbour.exchange.ssda903 import policy
from harbour.exchange.ssda903.models import Flag, ImportRun
from harbour.exchange.ssda903.vocabulary import MISSING_EPISODES
from harbour.foundation.access import queries as access
from harbour.foundation.access import roles
from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies import queries as agencies
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.refusals import Missing
from harbour.record.people.models import Identifier
from harbour.record.people.vocabulary import IdentifierScheme

# RFC 2606 keeps example.org for examples: a principal with such an address is an invented one.
_INVENTED_ADDRESS = ".example.org"


@dataclass(frozen=True, kw_only=True)
class Principal:
    """On whose behalf returns of an authority are read. No person signs in as it."""

    user: User
    authority: Agency

    @property
    def is_invented(self) -> bool:
        """Say whether it belongs to the demo."""
        return self.user.email.endswith(_INVENTED_ADDRESS)


def principals() -> list[Principal]:
    """Return the import's principals with the authority each reads for, by the authority's name."""
    found: list[Principal] = []
    for authority in agencies.authorities():
        users = access.holders(roles.RECORDS_IMPORT, authority_id=authority.pk)
        found.extend(Principal(user=user, authority=authority) for user in users[:1])
    return found


def people_by_child(authority: Agency, children: Iterable[str]) -> dict[str, UUID]:
    """Return the person behind each of an authority's child identifiers that the hub knows."""
    known = Identifier.objects.filter(
        scheme=IdentifierScheme.LA_CHILD, issuer=authority, value_key__in=set(children)
    )
    return dict(known.order_by("recorded_at").values_list("value_key", "person_id"))


def people_by_upn(numbered: set[tuple[str, date]]) -> dict[tuple[str, date], UUID]:
    """Return the one person the hub knows by each pupil number and the day of birth with it."""
    known = Identifier.objects.filter(
        scheme=IdentifierScheme.UPN, value_key__in={upn for upn, _ in numbered}
    )
    found: dict[tuple[str, date], set[UUID]] = {}
    for upn, person_id, born_on in known.values_list("value_key", "person_id", "person__born_on"):
        if born_on and (upn, born_on) in numbered:
            found.setdefault((upn, born_on), set()).add(person_id)
    return {key: people.pop() for key, people in found.items() if len(people) == 1}


# The returns that came


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of finding in a file, and how often it was found."""

    severity: str
    column: str
    problem: str
    what_to_do: str
    rule: str
    times: int


def runs(reader: Reader) -> QuerySet[ImportRun]:
    """Return the files that came in."""
    policy.check_can_see_runs(reader)
    return ImportRun.objects.select_related("authority")


def run(reader: Reader, run_id: UUID) -> ImportRun:
    """Return one file that came in, or raise `Missing`."""
    found = runs(reader).filter(pk=run_id).first()
    if found is None:
        raise Missing
    return found


def kinds(found: ImportRun) -> list[Kind]:
    """Return what was found in a file by kind: refusals first, then the most frequent."""
    names = ("severity", "column", "problem", "what_to_do", "rule")
    counted = found.flags.order_by().values(*names).annotate(times=Count("pk"))
    return [Kind(**each) for each in counted.order_by("-severity", "-times", "column")]


def flags_of(found: ImportRun, *, severity: str = "", problem: str = "") -> QuerySet[Flag]:
    """Return what was found in a file, row by row."""
    rows = found.flags.all()
    rows = rows.filter(severity=severity) if severity else rows
    return rows.filter(problem=problem) if problem else rows


def flagged_last(authority: Agency, rules: Iterable[str]) -> dict[str, int]:
    """Return how often each of these published checks flagged the last missing table that came."""
    last = ImportRun.objects.filter(authority=authority, table=MISSING_EPISODES.name)
    newest = last.order_by("-recorded_at").first()
    if newest is None:
        return {}
    found = newest.flags.filter(rule__in=list(rules)).order_by().values_list("rule")
    return dict(found.annotate(times=Count("pk")))
