"""The worker seals the ledger, at least every minute."""

from django.db import connection, transaction
from procrastinate.contrib.django import app

BATCH = 2000


def seal() -> int:
    """Seal everything that can be sealed; return how many entries were."""
    total = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT harbour_sec.audit_seal(%s)", [BATCH])
            sealed = int(cursor.fetchone()[0])
        total += sealed
        if sealed < BATCH:
            return total


@app.periodic(cron="* * * * * */5")
@app.task(name="audit.seal", queueing_lock="audit.seal", pass_context=False)
def seal_periodically(timestamp: int) -> None:
    """Seal every five seconds; one sealing waits at a time."""
    del timestamp
    seal()
