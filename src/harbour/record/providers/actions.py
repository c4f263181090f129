"""Place children, end placements, keep the register of homes."""

from datetime import date, datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import update_versioned
from harbour.record.people import actions as people
from harbour.record.people.models import Person
from harbour.record.people.vocabulary import EVERY_FACET, Audience, Basis
from harbour.record.providers import policy, queries
from harbour.record.providers.models import Home, Placement

# What a home reads and writes of a child placed there.
HOME_FACETS = ("identity", "placement", "missing")


class Placing(TypedDict, total=False):
    """The host authority, and the further columns of the SSDA903 episode as given."""

    host: Agency | None
    ends_on: date | None
    placement_type: str
    provider_type: str
    legal_status: str
    reason_new: str
    need: str
    reason_ended: str
    reason_changed: str
    home_postcode: str
    placement_postcode: str
    urn: str
    source_key: str


class Registration(TypedDict, total=False):
    """What the register knows of a home."""

    urn: str
    places: int | None
    manager: str
    phone: str
    independent: bool
    opened_on: date | None
    closed_on: date | None


@transaction.atomic
def place_child(
    *,
    person: Person,
    home: Home | None,
    responsible: Agency,
    starts_on: date,
    by: Reader,
    at: datetime,
    **more: Unpack[Placing],
) -> Placement:
    """Record where a child is placed; while it lasts, open the record to home and host authority.

    A placement that had already ended when it was recorded (an import of past years) opens nothing.
    """
    policy.check_can_place(by, home, starts_on)
    policy.check_is_authority(responsible)
    policy.check_is_authority(more.get("host"))
    placement = Placement(
        person=person,
        home=home,
        responsible=responsible,
        starts_on=starts_on,
        recorded_at=at,
        recorded_by_id=by.user_id,
        **more,
    )
    placement.save(force_insert=True)
    audit.record(
        Act.COLLECT,
        "providers.child_placed",
        subjects=[person.pk],
        groups=["placement"],
        about=placement,
        by=by,
        at=at,
    )
    if placement.ends_on is None or placement.ends_on > clock.london_date(at):
        _open_while_placed(placement, by=by, at=at)
    return placement


def _open_while_placed(placement: Placement, *, by: Reader, at: datetime) -> None:
    wanted: list[tuple[str, Basis, tuple[str, ...]]] = []
    if placement.home is not None:
        agency = Audience.AGENCY.of(placement.home.agency_id)
        wanted.append((agency, Basis.PLACED, HOME_FACETS))
    if placement.host_id is not None and placement.host_id != placement.responsible_id:
        wanted.append((Audience.AUTHORITY.of(placement.host_id), Basis.HOST, EVERY_FACET))
    for audience, basis, facets in wanted:
        people.give_standing(
            person_id=placement.person_id,
            audience=audience,
            basis=basis,
            facets=facets,
            because_id=placement.pk,
            by=by,
            at=at,
        )


@transaction.atomic
def end_placement(
    *,
    placement: Placement,
    ends_on: date,
    by: Reader,
    at: datetime,
    reason_ended: str = "",
    reason_changed: str = "",
) -> None:
    """Record that a placement ended, and close what it had opened."""
    policy.check_can_end(by, placement, ends_on)
    changed = Placement.objects.filter(pk=placement.pk, ends_on=None).update(
        ends_on=ends_on, reason_ended=reason_ended, reason_changed=reason_changed
    )
    if not changed:
        raise Refused("This placement has ended already, or it is not yours to end.")
    placement.ends_on = ends_on
    audit.record(
        Act.ALTER,
        "providers.placement_ended",
        subjects=[placement.person_id],
        groups=["placement"],
        about=placement,
        by=by,
        at=at,
    )
    people.end_standings(person_id=placement.person_id, because_id=placement.pk, by=by, at=at)


@transaction.atomic
def move_child(
    *,
    person: Person,
    home: Home | None,
    responsible: Agency,
    starts_on: date,
    by: Reader,
    at: datetime,
    **more: Unpack[Placing],
) -> Placement:
    """Record where a child lives from a day on; the placement before it ends that same day.

    `reason_changed` is why the child left the place before: it stands with that placement.
    """
    present = queries.placement_on(by, person.pk, on=clock.london_date(at))
    policy.check_can_move(by, person, present, starts_on, clock.london_date(at))
    reason = more.pop("reason_changed", "")
    if home is not None:
        more["host"] = home.authority  # a home stands where it stands
    if present is not None:
        end_placement(placement=present, ends_on=starts_on, reason_changed=reason, by=by, at=at)
    return place_child(
        person=person,
        home=home,
        responsible=responsible,
        starts_on=starts_on,
        by=by,
        at=at,
        **more,
    )


@transaction.atomic
def change_home(
    *, home: Home, seen_version: int, by: Reader, at: datetime, **changes: Unpack[Registration]
) -> None:
    """Change what the register says of a home; raise `Conflict` if somebody did so meanwhile."""
    policy.check_can_keep(by)
    update_versioned(home, seen_version=seen_version, **changes)
    audit.record(Act.ALTER, "providers.home_changed", about=home, by=by, at=at)


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
