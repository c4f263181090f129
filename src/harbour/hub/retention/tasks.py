"""The nightly look: which records are due, and which removed files are a month gone."""

from django.db import connection, transaction
from procrastinate.contrib.django import app


def find_due() -> int:
    """Put down which records are due; return how many are new."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.retention_find_due()")
        return int(cursor.fetchone()[0])


def purge() -> int:
    """Erase the bytes of documents removed a month ago; return how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.purge_removed_files()")
        return int(cursor.fetchone()[0])


@app.periodic(cron="30 2 * * *")
@app.task(name="retention.look", queueing_lock="retention.look", pass_context=False)
def look(timestamp: int) -> None:
    """Look once a night."""
    del timestamp
    find_due()
    purge()
