"""What the columns mean, in versions; each file that came; what was found in it."""

from typing import override

from django.contrib.postgres.fields import ArrayField
from django.db import models

from harbour.exchange.police_missing import vocabulary as v
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.models import Record, Recorded
from harbour.record.people.models import Person


class ColumnMapping(Recorded):
    """What the columns of one form of the extract mean; the highest number holds."""

    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    layout = models.TextField(help_text="SHA-256 of the column names in their order")
    number = models.PositiveIntegerField()
    columns = ArrayField(models.TextField(), help_text="column names as the file has them")
    fields = models.JSONField(help_text="what is told, by which column")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("authority", "layout", "number"), name="police_missing_mapping_number"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"mapping {self.pk}"


class ExtractRun(Recorded):
    """One file that came: whole, in part, or not at all. One that changed nothing leaves none."""

    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    mapping = models.ForeignKey(ColumnMapping, on_delete=models.PROTECT, related_name="+")
    file_name = models.TextField()
    sha256 = models.TextField()
    outcome = models.TextField(choices=v.Outcome)
    rows_read = models.PositiveIntegerField()
    rows_new = models.PositiveIntegerField()
    rows_changed = models.PositiveIntegerField()
    rows_unchanged = models.PositiveIntegerField()
    rows_refused = models.PositiveIntegerField()

    class Meta:
        indexes = (
            models.Index(fields=("authority", "-recorded_at"), name="police_missing_run_authority"),
        )

    @override
    def __str__(self) -> str:
        return f"run {self.pk}"


class RowFinding(Record):
    """One thing wrong with a row: which value, what is wrong, what to do."""

    run = models.ForeignKey(ExtractRun, on_delete=models.PROTECT, related_name="findings")
    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # Nobody, where the row was refused: no child is told from it.
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    row = models.PositiveIntegerField(help_text="as a spreadsheet shows it")
    field = models.TextField(blank=True)
    value = models.TextField(blank=True)
    problem = models.TextField()
    what_to_do = models.TextField()
    severity = models.TextField(choices=[(each.value, each.value) for each in v.Severity])
    cells = ArrayField(models.TextField(), default=list, help_text="the row as it came, if refused")

    class Meta:
        ordering = ("row",)
        indexes = (
            models.Index(fields=("run", "row"), name="police_missing_finding_run"),
            models.Index(fields=("person",), name="police_missing_finding_person"),
        )

    @override
    def __str__(self) -> str:
        return f"finding {self.pk}"
