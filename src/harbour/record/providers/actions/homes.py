"""Keep the register of homes and other providers."""

from datetime import date, datetime
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.agencies.vocabulary import AgencyKind
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import update_versioned
from harbour.record.providers import policy
from harbour.record.providers.models import Adjoining, Home, HomeChange


class Registration(TypedDict, total=False):
    """What the register knows of a home."""

    kind: str
    urn: str
    places: int | None
    manager: str
    phone: str
    independent: bool
    opened_on: date | None
    closed_on: date | None


@transaction.atomic
def register_home(
    *, agency_id: UUID, authority: Agency, by: Reader, at: datetime, **known: Unpack[Registration]
) -> Home:
    """Add a home to the register; it stands in the area of an authority."""
    policy.check_can_place(by, None, clock.london_date(at))
    policy.check_is_authority(authority)
    home = Home(
        agency_id=agency_id, authority=authority, recorded_at=at, recorded_by_id=by.user_id, **known
    )
    home.save(force_insert=True)
    audit.record(Act.COLLECT, "providers.home_registered", about=home, by=by, at=at)
    return home


@transaction.atomic
def open_home(
    *, name: str, authority: Agency, by: Reader, at: datetime, **known: Unpack[Registration]
) -> Home:
    """Add a provider that the hub did not know to the list of agencies and to the register."""
    policy.check_can_keep(by)
    agency = Agency(name=name.strip(), kind=AgencyKind.HOME, code=known.get("urn", ""))
    try:
        with transaction.atomic():
            agency.save(force_insert=True)
    except IntegrityError:
        raise Refused("An agency of this name is known already. Look for it first.") from None
    return register_home(agency_id=agency.pk, authority=authority, by=by, at=at, **known)


@transaction.atomic
def change_home(
    *, home: Home, seen_version: int, by: Reader, at: datetime, **changes: Unpack[Registration]
) -> None:
    """Change what the register says of a home; raise `Conflict` if somebody did so meanwhile.

    What it said before is kept, field by field.
    """
    policy.check_can_keep(by)
    said: dict[str, Any] = {**changes}
    before = {name: getattr(home, name) for name in said}
    update_versioned(home, seen_version=seen_version, **said)
    HomeChange.objects.bulk_create(
        HomeChange(
            home=home,
            field=name,
            before=_text(before[name]),
            after=_text(value),
            recorded_at=at,
            recorded_by_id=by.user_id,
        )
        for name, value in said.items()
        if before[name] != value
    )
    audit.record(Act.ALTER, "providers.home_changed", about=home, by=by, at=at)


def _text(value: object) -> str:
    return "" if value is None else str(value)


@transaction.atomic
def keep_adjoining(*, authority: Agency, neighbours: set[UUID], by: Reader, at: datetime) -> None:
    """Say which authorities adjoin this one: what a placement at a distance is counted by."""
    policy.check_can_keep(by)
    # The pair may stand the other way round.
    pairs = Adjoining.objects.filter(Q(authority=authority) | Q(neighbour=authority), ended_on=None)
    known = {
        each.neighbour_id if each.authority_id == authority.pk else each.authority_id: each.pk
        for each in pairs
    }
    gone = [row for key, row in known.items() if key not in neighbours]
    Adjoining.objects.filter(pk__in=gone).update(ended_on=clock.london_date(at))
    Adjoining.objects.bulk_create(
        Adjoining(authority=authority, neighbour_id=each, recorded_at=at, recorded_by_id=by.user_id)
        for each in neighbours - known.keys()
    )
    audit.record(Act.ALTER, "providers.adjoining_kept", about=authority, by=by, at=at)
