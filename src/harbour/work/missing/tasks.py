"""Remind people by e-mail that something is due: no name, no child, only the way to sign in."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app

from harbour.foundation.access import queries as access
from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import User
from harbour.foundation.access.vocabulary import Permission
from harbour.work.missing import queries

EVERY = timedelta(minutes=15)
SUBJECT = "Something in Harbour is due"
WORDS = (
    "Something in Harbour is due, or will be within a day.\n\n"
    "Sign in to Harbour and open My work to see what it is.\n"
)


def remind(*, since: datetime, until: datetime) -> int:
    """Write to everybody whose work fell due in a window; return to how many.

    Each is asked for as that person, under the policies: what is closed to them reminds nobody.
    """
    written = 0
    for user in _workers():
        with acting_as(user.pk) as reader:
            due = queries.falls_due(reader, since=since, until=until)
        if due:
            send_mail(SUBJECT, WORDS, settings.DEFAULT_FROM_EMAIL, [user.email])
            written += 1
    return written


def empty_sheets() -> int:
    """Empty every sent sheet that cannot be opened any more; return how many there were."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.empty_sheets()")
        return int(cursor.fetchone()[0])


@app.periodic(cron="*/10 * * * *")
@app.task(name="missing.empty_sheets", queueing_lock="missing.empty_sheets", pass_context=False)
def empty_periodically(timestamp: int) -> None:
    """Empty every ten minutes what is over: nothing opens it in between either."""
    del timestamp
    empty_sheets()


def _workers() -> QuerySet[User]:
    own, hold = (
        access.people_with(each) for each in (Permission.MISSING_REPORT, Permission.INTERVIEW_HOLD)
    )
    return User.objects.filter(pk__in=(own | hold).values("pk")).order_by("pk")


@app.periodic(cron="*/15 * * * *")
@app.task(name="missing.remind", queueing_lock="missing.remind", pass_context=False)
def remind_periodically(timestamp: int) -> None:
    """Remind every quarter of an hour of what fell due in the last one."""
    if settings.MAILERS["default"]["BACKEND"].endswith("dummy.EmailBackend"):
        return
    until = datetime.fromtimestamp(timestamp, tz=UTC)
    remind(since=until - EVERY, until=until)
