"""Read the register of county lines, as far as the reader may."""

from datetime import date

from django.db.models import Q, QuerySet

from harbour.foundation.access.reader import Reader
from harbour.insight.network.models import CountyLine


def active_lines(reader: Reader, *, on: date, since: date) -> QuerySet[CountyLine]:
    """Return the confirmed lines of the reader's authorities, active on a day or since another."""
    return CountyLine.objects.filter(
        Q(last_active_on=None) | Q(last_active_on__gte=since),
        status="confirmed",
        active_from__lte=on,
        authority_id__in=reader.authority_ids,
    ).order_by("name")
