"""Place children, move them, end placements."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
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
    placing: Agency | None
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


class Lives(Placing):
    """Where a child lives from a day on."""

    person: Person
    home: Home | None
    responsible: Agency
    starts_on: date


@transaction.atomic
def place_child(*, by: Reader, at: datetime, **lives: Unpack[Lives]) -> Placement:
    """Record where a child is placed; while it lasts, open the record to home and host authority.

    A placement that had already ended when it was recorded (an import of past years) opens nothing.
    """
    policy.check_can_place(by, lives["home"], lives["starts_on"])
    for body in (lives["responsible"], lives.get("host")):
        policy.check_is_authority(body)
    placement = Placement(recorded_at=at, recorded_by_id=by.user_id, **lives)
    placement.save(force_insert=True)
    audit.record(
        Act.COLLECT,
        "providers.child_placed",
        subjects=[placement.person_id],
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
def move_child(*, by: Reader, at: datetime, **lives: Unpack[Lives]) -> Placement:
    """Record where a child lives from a day on; the placement before it ends that same day.

    `reason_changed` is why the child left the place before: it stands with that placement.
    """
    today, person, home = clock.london_date(at), lives["person"], lives["home"]
    present = queries.placement_on(by, person.pk, on=today)
    policy.check_can_move(by, person, present, lives["starts_on"], today)
    reason = lives.pop("reason_changed", "")
    if home is not None:
        lives["host"] = home.authority  # a home stands where it stands
    if present is not None:
        end_placement(
            placement=present, ends_on=lives["starts_on"], reason_changed=reason, by=by, at=at
        )
    return place_child(by=by, at=at, **lives)
