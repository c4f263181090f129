"""Who may notify, chase and keep what is known of a hosted child, and what the state allows."""

from datetime import date
from uuid import UUID

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.kernel.refusals import Refused, permits
from harbour.record.people import policy as people
from harbour.work.hosting.models import Notification, PackSent


def check_can_notify(reader: Reader, happened_on: date, today: date) -> None:
    """Refuse who does not notify, and a day that has not come."""
    access.check_may(reader, Permission.PLACEMENT_NOTIFY)
    if happened_on > today:
        raise Refused("An arrival or departure is notified from the day it happens.")


def check_can_complete(reader: Reader, notification: Notification) -> None:
    """Refuse who does not notify, and a sender once the notification is taken in."""
    access.check_may(reader, Permission.PLACEMENT_NOTIFY)
    if notification.taken_in_at is not None and not reader.may(Permission.HOSTING):
        raise Refused("The hub has taken this in. Tell the coordinator what changes.")


def check_can_take_in(reader: Reader, notification: Notification) -> None:
    """Refuse who does not keep hosting, and what was taken in before."""
    check_can_keep(reader)
    if notification.taken_in_at is not None:
        raise Refused("This was taken in already.")


def check_can_keep(reader: Reader) -> None:
    """Refuse who does not keep the hub's side of placements across a border."""
    access.check_may(reader, Permission.HOSTING)


def check_can_acknowledge(reader: Reader, sent: PackSent) -> None:
    """Refuse anybody but the agency the pack was given to, and a second time."""
    if sent.agency_id not in reader.agency_ids:
        raise Refused("Only the agency it was given to acknowledges the pack.")
    if sent.acknowledged_at is not None:
        raise Refused("Your agency has acknowledged this version.")


def check_can_tell(reader: Reader, person_id: UUID, told_on: date, today: date) -> None:
    """Refuse who does not write the child's case, and a telling of a day to come."""
    check_can_keep(reader)
    people.check_can_write(reader, person_id, Facet.CASE)
    if told_on > today:
        raise Refused("It cannot have been told on a day to come.")


can_keep = permits(check_can_keep)
can_complete = permits(check_can_complete)
can_take_in = permits(check_can_take_in)
can_acknowledge = permits(check_can_acknowledge)
