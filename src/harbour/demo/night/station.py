"""A city child was found at a station, and the county's night worker broke glass."""

from datetime import datetime, time, timedelta
from uuid import uuid4

from django.db import connection, transaction

from harbour.demo.partnership import agency_id, user_id
from harbour.foundation.access import queries as access
from harbour.foundation.access.context import acting_as
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import clock
from harbour.record.emergency import rules
from harbour.record.emergency.models import Attempt, BreakGlass
from harbour.record.emergency.vocabulary import LASTS
from harbour.record.people.models import Name

REASON = (
    "Police found a girl of 14 alone at Wexcombe bus station at 02:00. She gives her name and will "
    "not say where she lives. They ask where she may be taken tonight."
)
# The pages that were opened, in order, with the parts that they showed.
LOOKED = (("identity", "case", "missing"), ("identity", "contact", "placement"), ("missing",))


def is_there() -> bool:
    """Say whether last night has been played."""
    with acting_as(user_id("out_of_hours")):
        return BreakGlass.objects.exists()


@transaction.atomic
def play() -> None:
    """Write down the emergency access of last night, with what was looked at under it."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE harbour_sec_owner")
    by = access.reader_for(user_id("out_of_hours"))
    began = _last_night()
    child = Name.objects.get(family="Chaudhry", given="Noor", kind="legal").person_id
    made = {"recorded_at": began, "recorded_by_id": by.user_id, "reason": REASON}
    attempt = Attempt(id=uuid4(), outcome="found", person_id=child, **made)
    attempt.save(force_insert=True)
    row = BreakGlass(
        id=uuid4(),
        attempt=attempt,
        person_id=child,
        authority_id=agency_id("city"),
        ends_at=began + LASTS,
        leads=[user_id("city_team_manager")],
        told_at=began,
        review_due_at=rules.review_due(began),
        **made,
    )
    row.save(force_insert=True)
    audit.record(
        Act.DISCLOSE,
        "emergency.opened",
        subjects=[child],
        about=row,
        reason=REASON,
        by=by,
        at=began,
    )
    for number, groups in enumerate(LOOKED, start=1):
        audit.record(
            Act.CONSULT,
            "people.child_seen",
            subjects=[child],
            groups=groups,
            reason="emergency",
            by=by,
            at=began + timedelta(minutes=2 * number),
        )


def _last_night() -> datetime:
    now = clock.now()
    night = datetime.combine(clock.london_date(now), time(2, 10), tzinfo=clock.LONDON)
    return night if now > night + LASTS else night - timedelta(days=1)
