"""Notify, complete what a notification lacks, and take it into the record."""

from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import update_versioned
from harbour.record.people.models import Person
from harbour.record.providers import actions as providers
from harbour.record.providers import queries as placements
from harbour.record.providers.models import Home, Placement
from harbour.work.hosting import policy
from harbour.work.hosting.models import Notification
from harbour.work.hosting.vocabulary import Direction


class Stated(TypedDict, total=False):
    """What a notification states."""

    channel: str
    emergency: bool
    given: str
    family: str
    born_on: date | None
    accommodated: str
    care_order: str
    placing: Agency | None
    placing_contact: str
    reviewer_contact: str
    ehc_plan: str
    ehc_authority: Agency | None
    needs_given: bool
    care_plan_given: bool
    going_to: str


class Notified(Stated):
    """A notification: who tells whom of what, and what it states."""

    direction: str
    duty: str
    sender: Agency
    home: Home | None
    host: Agency
    received_on: date
    happened_on: date


@transaction.atomic
def notify(
    *, by: Reader, at: datetime, placement: Placement | None = None, **told: Unpack[Notified]
) -> Notification:
    """Keep that a child arrived or left, as the home or the placing authority tells it.

    With `placement`, it is about a child of the record who was or is placed there.
    """
    policy.check_can_notify(by, told["happened_on"], clock.london_date(at))
    row = Notification(
        placement=placement,
        person_id=placement.person_id if placement else None,
        recorded_at=at,
        recorded_by_id=by.user_id,
        **told,
    )
    row.save(force_insert=True)
    _write(Act.COLLECT, "hosting.notified", row, by, at)
    return row


@transaction.atomic
def complete(
    *, notification: Notification, seen_version: int, by: Reader, at: datetime,
    **stated: Unpack[Stated],
) -> None:  # fmt: skip
    """Add or mend what a notification states; raise `Conflict` if somebody did so meanwhile."""
    policy.check_can_complete(by, notification)
    changes: dict[str, Any] = {**stated}
    update_versioned(notification, seen_version=seen_version, **changes)
    _write(Act.ALTER, "hosting.notification_completed", notification, by, at)


@transaction.atomic
def take_in_arrival(
    *, notification: Notification, person: Person, seen_version: int, by: Reader, at: datetime
) -> Placement:
    """Say which child has arrived; where the placement is not recorded yet, it is now."""
    policy.check_can_take_in(by, notification)
    if notification.direction != Direction.ARRIVAL:
        raise Refused("This tells of a departure.")
    found = _present(by, person, notification) or providers.move_child(
        person=person,
        home=notification.home,
        responsible=_responsible(notification),
        host=notification.host,
        starts_on=notification.happened_on,
        by=by,
        at=at,
    )
    _taken_in(notification, found, seen_version, by, at)
    return found


@transaction.atomic
def take_in_departure(
    *, notification: Notification, placement: Placement, seen_version: int, by: Reader, at: datetime
) -> None:
    """Say which placement has ended; where it is still open in the record, it ends that day."""
    policy.check_can_take_in(by, notification)
    if notification.direction != Direction.DEPARTURE:
        raise Refused("This tells of an arrival.")
    _taken_in(notification, placement, seen_version, by, at)
    if placement.ends_on is None:
        providers.end_placement(placement=placement, ends_on=notification.happened_on, by=by, at=at)


def _present(by: Reader, person: Person, notification: Notification) -> Placement | None:
    present = placements.placement_on(by, person.pk, on=notification.happened_on)
    same = present is not None and present.home_id == notification.home_id
    return present if same and present is not None and present.home_id is not None else None


def _responsible(notification: Notification) -> Agency:
    if notification.placing is None or notification.placing.kind != "authority":
        raise Refused("Say first which local authority placed the child.")
    return notification.placing


def _taken_in(
    notification: Notification, placement: Placement, seen_version: int, by: Reader, at: datetime
) -> None:
    update_versioned(
        notification,
        seen_version=seen_version,
        person_id=placement.person_id,
        placement_id=placement.pk,
        taken_in_at=at,
        taken_in_by_id=by.user_id,
    )
    _write(Act.COMBINE, "hosting.notification_taken_in", notification, by, at)


def _write(act: Act, event: str, row: Notification, by: Reader, at: datetime) -> None:
    audit.record(
        act,
        event,
        subjects=[row.person_id] if row.person_id else [],
        groups=["placement"],
        about=row,
        by=by,
        at=at,
        detail={"direction": row.direction, "duty": row.duty},
    )
