"""Small builders of emergency access, past every policy and whatever the hour."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction

from harbour.demo import partnership
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel import clock
from harbour.record.emergency.models import Attempt, BankHoliday, BreakGlass
from harbour.record.emergency.rules import review_due

REASON = "Police found her at the station at 2 am and ask where she may be taken."


@contextmanager
def as_the_database() -> Iterator[None]:
    """Write what only the database's own functions write."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        before = cursor.fetchone()[0]
        cursor.execute("SET LOCAL ROLE harbour_sec_owner")
        yield
        cursor.execute(f"SET LOCAL ROLE {before}")


def offices_shut() -> None:
    """Make today a bank holiday, so that it is out of hours whenever the tests run."""
    with as_the_database():
        BankHoliday.objects.bulk_create(
            [BankHoliday(day=clock.london_date(clock.now()))], ignore_conflicts=True
        )


def a_broken_glass(
    person_id: UUID, authority: Agency, *, by: str = "detective", hours: int = 9
) -> BreakGlass:
    """Write down an emergency access of some hours ago that nobody has reviewed."""
    began = clock.now() - timedelta(hours=hours)
    made = {"recorded_at": began, "recorded_by_id": partnership.user_id(by), "reason": REASON}
    attempt = Attempt(id=uuid4(), outcome="found", person_id=person_id, **made)
    row = BreakGlass(
        id=uuid4(),
        attempt=attempt,
        person_id=person_id,
        authority=authority,
        ends_at=began + timedelta(minutes=60),
        leads=[partnership.user_id("team_manager")],
        told_at=began,
        review_due_at=review_due(began),
        **made,
    )
    with as_the_database():
        attempt.save(force_insert=True)
        row.save(force_insert=True)
    return row
