"""The worker disposes of forms that nobody sent."""

from django.db import connection, transaction
from procrastinate.contrib.django import app


def dispose_of_drafts() -> int:
    """Dispose of every draft older than a day; return how many there were."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.dispose_of_drafts()")
        return int(cursor.fetchone()[0])


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="referrals.dispose_of_drafts",
    queueing_lock="referrals.dispose_of_drafts",
    pass_context=False,
)
def dispose_periodically(timestamp: int) -> None:
    """Dispose every ten minutes, whether or not anybody opens the form."""
    del timestamp
    dispose_of_drafts()
