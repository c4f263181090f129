"""Read alerts, and whom a person who was stopped can ring."""

from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from harbour.foundation.access.models import Holding
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.roles import ROLES
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies.models import Remit
from harbour.foundation.audit.breadth.models import Alert
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing

LEADS = [each.code for each in ROLES if Permission.APPROVE in each.permissions]
NAMED = 3


def opened_beyond(person_id: UUID) -> int:
    """Count a look at one child's record; return 0 if it may go on, else how many were opened."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.breadth(%s)", [person_id])
        return int(cursor.fetchone()[0])


def open_alerts(reader: Reader) -> QuerySet[Alert]:
    """Return alerts that nobody answered, of those the reader may know of, the latest first."""
    del reader
    return Alert.objects.filter(answer="").order_by("-raised_at")


def alerts(reader: Reader) -> QuerySet[Alert]:
    """Return every alert the reader may know of, the latest first."""
    del reader
    return Alert.objects.select_related("answered_by").order_by("-raised_at")


def alert(reader: Reader, alert_id: UUID) -> Alert:
    """Return one alert; raise `Missing` if unseen."""
    del reader
    found = Alert.objects.filter(pk=alert_id).select_related("answered_by").first()
    if found is None:
        raise Missing
    return found


def whom_to_ring(reader: Reader) -> list[str]:
    """Return the names of the leads who can let this reader go on, a few of them."""
    today = clock.london_date(clock.now())
    teams = Remit.objects.filter(authority__in=reader.authority_ids).values("team")
    held = Holding.objects.filter(
        role__in=LEADS, starts_on__lte=today, user__is_active=True, team__in=teams
    )
    held = held.exclude(ends_on__lte=today).exclude(user=reader.user_id).select_related("user")
    return [f"{each.user.name}, {each.user.job}" for each in held.order_by("user__name")[:NAMED]]
