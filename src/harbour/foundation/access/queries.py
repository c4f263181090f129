"""Read people and what they hold today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from harbour.foundation.access.models import Holding, User
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.roles import ROLES, Role, role
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies.models import Remit
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing


def _held_on(day: date) -> Q:
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day))


def reader_for(user_id: UUID, *, session_id: str = "", request_id: str = "") -> Reader:
    """Return the reader that a user is today; raise `Missing` for nobody and for leavers."""
    today = clock.london_date(clock.now())
    user = User.objects.filter(pk=user_id).first()
    if user is None or not user.works_on(today):
        raise Missing
    holdings = list(
        Holding.objects.filter(_held_on(today), user=user).select_related("team__agency")
    )
    roles = tuple(dict.fromkeys(role(each.role) for each in holdings))
    teams = {each.team_id for each in holdings}
    remits = Remit.objects.filter(_held_on(today), team__in=teams).values_list(
        "authority_id", flat=True
    )
    home = holdings[0].team.agency if holdings else None
    return Reader(
        user_id=user.id,
        name=user.name,
        job=user.job,
        agency_id=home.id if home else None,
        agency_name=home.name if home else "",
        team_ids=frozenset(teams),
        agency_ids=frozenset(each.team.agency_id for each in holdings),
        authority_ids=frozenset(remits),
        roles=roles,
        permissions=frozenset().union(*(each.permissions for each in roles)),
        session_id=session_id,
        request_id=request_id,
    )


def people_with(permission: Permission, *, authority_id: UUID | None = None) -> QuerySet[User]:
    """Return active people whose present roles have the verb.

    For one authority's children if named.
    """
    codes = [each.code for each in ROLES if permission in each.permissions and not each.system]
    return _holders(codes, authority_id)


def holders(wanted: Role, *, authority_id: UUID | None = None) -> QuerySet[User]:
    """Return active people who hold the role today, for one authority's children if named."""
    return _holders([wanted.code], authority_id)


def _holders(codes: list[str], authority_id: UUID | None) -> QuerySet[User]:
    today = clock.london_date(clock.now())
    held = Holding.objects.filter(_held_on(today), role__in=codes)
    if authority_id is not None:
        remits = Remit.objects.filter(_held_on(today), authority_id=authority_id)
        held = held.filter(team__in=remits.values("team"))
    here = Q(left_on=None) | Q(left_on__gt=today)
    found = User.objects.filter(here, is_active=True, pk__in=held.values("user"))
    return found.order_by("name")


def user_named(user_id: UUID) -> User | None:
    """Return the user with this id, working or not."""
    return User.objects.filter(pk=user_id).first()


@dataclass(frozen=True, kw_only=True)
class Introduced:
    """Who a worker is: name, job and the agency of their newest role."""

    user_id: UUID
    name: str
    job: str
    agency_id: UUID | None
    agency_name: str


def introduced(user_ids: Iterable[UUID]) -> dict[UUID, Introduced]:
    """Return who these workers are, leavers too, in two queries however many there are."""
    holdings = Holding.objects.select_related("team__agency").order_by("-starts_on")
    users = User.objects.filter(pk__in=set(user_ids)).prefetch_related(
        Prefetch("holdings", queryset=holdings)
    )
    return {user.id: _introduce(user) for user in users}


def _introduce(user: User) -> Introduced:
    newest = next(iter(user.holdings.all()), None)
    agency = newest.team.agency if newest else None
    return Introduced(
        user_id=user.id,
        name=user.name,
        job=user.job,
        agency_id=agency.id if agency else None,
        agency_name=agency.name if agency else "",
    )
