"""Read notifications of arrivals and departures, and what each lacks."""

from uuid import UUID

from django.db.models import QuerySet

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel.refusals import Missing
from harbour.work.hosting import rules
from harbour.work.hosting.models import Notification
from harbour.work.hosting.rules import Contents
from harbour.work.hosting.vocabulary import CareOrder, Channel, Duty, Said


def notifications(
    reader: Reader, *, waiting: bool | None = None, direction: str = ""
) -> QuerySet[Notification]:
    """Return notifications; those that wait to be taken in, or those that were."""
    del reader
    found = Notification.objects.select_related(
        "sender", "home__agency", "host", "placing", "ehc_authority"
    )
    if waiting is not None:
        found = found.filter(taken_in_at__isnull=waiting)
    if direction:
        found = found.filter(direction=direction)
    return found


def notification(reader: Reader, notification_id: UUID) -> Notification:
    """Return one notification; raise `Missing` if unseen."""
    found = notifications(reader).filter(pk=notification_id).first()
    if found is None:
        raise Missing
    return found


def sent_by_home(reader: Reader, home_id: UUID) -> QuerySet[Notification]:
    """Return what a home notified and the reader may see, the latest first."""
    return notifications(reader).filter(home=home_id, sender_id__in=reader.agency_ids)


def contents(found: Notification) -> Contents:
    """Return what a notification states, as the rules read it."""
    return Contents(
        duty=Duty(found.duty),
        channel=Channel(found.channel),
        given=found.given,
        family=found.family,
        born_on=found.born_on,
        accommodated=Said(found.accommodated),
        care_order=CareOrder(found.care_order),
        placing_named=found.placing_id is not None,
        placing_contact=found.placing_contact,
        reviewer_contact=found.reviewer_contact,
        ehc_plan=Said(found.ehc_plan),
        ehc_authority_named=found.ehc_authority_id is not None,
        needs_given=found.needs_given,
        care_plan_given=found.care_plan_given,
    )


def lacks(found: Notification) -> tuple[str, ...]:
    """Return what is to be asked of the sender of this notification."""
    return rules.missing_parts(contents(found))
