"""What the hub's own checks of its ledger found."""

from typing import override

from django.db import models

from harbour.foundation.kernel.models import Record


class LedgerCheck(Record):
    """One check of the newest batches, made by the database and written by it alone."""

    checked_at = models.DateTimeField()
    first_batch = models.BigIntegerField()
    last_batch = models.BigIntegerField()
    entries = models.IntegerField()
    faults = models.IntegerField()

    class Meta:
        ordering = ("-checked_at",)
        indexes = (models.Index(fields=("-checked_at",), name="oversight_ledgercheck_at"),)

    @override
    def __str__(self) -> str:
        return f"batches {self.first_batch} to {self.last_batch}: {self.faults} faults"
