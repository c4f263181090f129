"""The worker seals the ledger every few seconds and hands its root to the witnesses."""

from django.db import connection, transaction
from procrastinate.contrib.django import app

from harbour.foundation.audit import witnessing

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


@app.periodic(cron="* * * * * */30")
@app.task(name="audit.witness", queueing_lock="audit.witness", pass_context=False)
def witness_periodically(timestamp: int) -> None:
    """Sign the newest seal and hand it to every witness, twice a minute."""
    del timestamp
    witnessing.sign()
    witnessing.deliver()
