"""How a child's record is shared: who can see it, which parts, why, and what was refused."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from harbour.foundation.access.models import Holding, User
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.roles import role
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.refusals import Missing
from harbour.record.people import queries as people
from harbour.record.people.vocabulary import Basis
from harbour.record.sharing.models import Decline, Share


@dataclass(frozen=True, kw_only=True)
class Opening:
    """An audience that a child's record stands open to, in words."""

    audience: str
    basis: Basis
    facets: tuple[str, ...]
    writes: bool
    starts_at: datetime
    ends_at: datetime | None
    share: Share | None


def openings(reader: Reader, person_id: UUID, *, at: datetime) -> list[Opening]:
    """Return who can see this child's record now, and why; nothing to one who may not know.

    An audience that has it twice on the same ground, for the same parts and until the same day,
    is told once, from the earlier day: the registration and the placement both name the host.
    """
    standings = [
        each
        for each in people.standings_of(reader, person_id)
        if each.ends_at is None or each.ends_at > at
    ]
    names = _names(each.audience for each in standings)
    shares = {each.pk: each for each in shares_of(reader, person_id)}
    found = [
        Opening(
            audience=names.get(each.audience, "Somebody"),
            basis=Basis(each.basis),
            facets=each.facets,
            writes=each.writes,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            share=shares.get(each.because_id) if each.because_id else None,
        )
        for each in standings
    ]
    earliest: dict[Opening, Opening] = {}
    for each in sorted(found, key=lambda opening: opening.starts_at):
        earliest.setdefault(replace(each, starts_at=at), each)
    return list(earliest.values())


def shares_of(reader: Reader, person_id: UUID) -> list[Share]:
    """Return every share of a child's record, withdrawn or not, the latest first."""
    del reader
    found = Share.objects.filter(person=person_id)
    found = found.select_related("agency", "recorded_by", "withdrawn_by", "agreement")
    return list(found.order_by("-recorded_at"))


def share(reader: Reader, share_id: UUID) -> Share:
    """Return one share; raise `Missing` if unseen."""
    del reader
    found = Share.objects.filter(pk=share_id).select_related("agency", "agreement").first()
    if found is None:
        raise Missing
    return found


def declines_of(reader: Reader, person_id: UUID) -> list[Decline]:
    """Return every refusal to share a child's record, the latest first."""
    del reader
    found = Decline.objects.filter(person=person_id).select_related("agency", "recorded_by")
    return list(found.order_by("-recorded_at"))


def decline(reader: Reader, decline_id: UUID) -> Decline:
    """Return one refusal to share; raise `Missing` if unseen."""
    del reader
    found = Decline.objects.filter(pk=decline_id).select_related("agency", "recorded_by").first()
    if found is None:
        raise Missing
    return found


def is_reconsidered(decline_id: UUID) -> bool:
    """Say whether a refusal was followed by another decision, as far as the reader sees it."""
    return (
        Decline.objects.filter(reconsiders=decline_id).exists()
        or Share.objects.filter(reconsiders=decline_id).exists()
    )


def declines_to_review(reader: Reader, *, until: date) -> list[Decline]:
    """Return the refusals that stand and are to be looked at again by this day, of those seen."""
    del reader
    later = Decline.objects.filter(reconsiders=OuterRef("pk"))
    shared = Share.objects.filter(reconsiders=OuterRef("pk"))
    found = Decline.objects.filter(~Exists(later), ~Exists(shared), review_on__lte=until)
    return list(found.select_related("agency").order_by("review_on"))


@dataclass(frozen=True, kw_only=True)
class Looker:
    """Somebody at an agency, and which parts of a shared record their roles open."""

    name: str
    job: str
    reads: frozenset[str]


def lookers(agency: Agency, facets: Iterable[str], *, on: date) -> list[Looker]:
    """Return who at an agency would read any of these parts, were they shared with it."""
    shared = set(facets)
    holdings = Holding.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on),
        starts_on__lte=on,
        team__agency=agency,
        user__is_active=True,
    ).select_related("user")
    reads: dict[User, set[str]] = {}
    for each in holdings.order_by("user__name"):
        held = role(each.role)
        if held.reach is not None and not held.system:
            reads.setdefault(each.user, set()).update(shared & {one.value for one in held.reads})
    return [
        Looker(name=user.name, job=user.job, reads=frozenset(parts))
        for user, parts in reads.items()
        if parts
    ]


def agencies_to_share_with() -> list[Agency]:
    """Return the agencies a record can be shared with, by name."""
    return list(Agency.objects.exclude(kind="hub").filter(ends_on=None))


def _names(audiences: Iterable[str]) -> dict[str, str]:
    """Return audiences in words: an authority's partnership, an agency, a person."""
    wanted = {audience: UUID(audience.split(":", 1)[1]) for audience in set(audiences)}
    agencies = dict(Agency.objects.filter(pk__in=wanted.values()).values_list("pk", "name"))
    users = {each.pk: each for each in User.objects.filter(pk__in=wanted.values())}
    spoken: dict[str, str] = {}
    for audience, subject in wanted.items():
        kind = audience.split(":", 1)[0]
        if kind == "user" and subject in users:
            spoken[audience] = f"{users[subject].name}, {users[subject].job}"
        elif kind == "authority":
            spoken[audience] = f"Teams that work for {agencies.get(subject, 'an authority')}"
        else:
            spoken[audience] = agencies.get(subject, "An agency")
    return spoken
