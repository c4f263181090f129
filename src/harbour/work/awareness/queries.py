"""Read what prevention programmes reached. No person stands behind these numbers."""

from dataclasses import dataclass
from datetime import date

from harbour.work.awareness.models import Outreach


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Schools and children reached in one area over a period."""

    area: str
    schools: int
    children: int
    estimated: bool


def reach(*, starts_on: date, ends_before: date) -> tuple[Reach, ...]:
    """Return what every programme reached whose period lies in this one, half-open."""
    rows = Outreach.objects.filter(starts_on__gte=starts_on, ends_on__lte=ends_before)
    return tuple(
        Reach(
            area=each.area,
            schools=each.schools or 0,
            children=each.children or 0,
            estimated=each.estimated,
        )
        for each in rows.order_by("area", "starts_on")
    )
