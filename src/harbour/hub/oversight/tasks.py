"""The worker looks at the ledger every hour."""

from django.db import connection, transaction
from procrastinate.contrib.django import app


def check() -> int:
    """Work the newest batches out again; return how many do not hold."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.check_ledger()")
        return int(cursor.fetchone()[0])


@app.periodic(cron="7 * * * *")
@app.task(name="oversight.check", queueing_lock="oversight.check", pass_context=False)
def check_periodically(timestamp: int) -> None:
    """Check every hour; one check waits at a time."""
    del timestamp
    check()
