"""What an import leaves behind: the run, its flags, and the facts that no other room keeps."""

from django.db import models

from harbour.exchange.ssda903.rules.findings import Severity
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.models import Record, Recorded
from harbour.record.people.models import Person


class ImportRun(Recorded):
    """One file that came in, whole or in part. A file that changed nothing leaves none."""

    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year_ending = models.PositiveSmallIntegerField(help_text="collection year, by its 31 March")
    table = models.TextField(help_text="which table of the return it is")
    file_name = models.TextField()
    sha256 = models.TextField()
    rows_read = models.PositiveIntegerField()
    rows_new = models.PositiveIntegerField()
    rows_changed = models.PositiveIntegerField()
    rows_unchanged = models.PositiveIntegerField()
    rows_refused = models.PositiveIntegerField()
    in_part = models.BooleanField(help_text="rows were refused, and the rest was accepted")

    class Meta:
        indexes = (
            models.Index(fields=("authority", "-recorded_at"), name="ssda903_run_authority"),
        )


class Flag(Record):
    """One finding of a run: where it is in the file, what is odd, and what to do."""

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="flags")
    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # Nobody, where the row was refused because no child could be told from it.
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    row = models.PositiveIntegerField(help_text="as a spreadsheet shows it; 0 is the whole file")
    column = models.TextField(blank=True)
    value = models.TextField(blank=True)
    problem = models.TextField()
    what_to_do = models.TextField()
    rule = models.TextField(blank=True, help_text="number of the published check")
    severity = models.TextField(choices=[(each.value, each.value) for each in Severity])

    class Meta:
        ordering = ("row",)
        indexes = (models.Index(fields=("person",), name="ssda903_flag_person"),)


class Review(Recorded):
    """A review of a looked-after child's case, and how the child took part (REVIEW_CODE)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    participation = models.TextField(help_text="SSDA903 REVIEW_CODE")

    class Meta:
        ordering = ("held_on",)
        constraints = (
            models.UniqueConstraint(
                fields=("person", "held_on", "participation"), name="ssda903_review_once"
            ),
        )


class HealthYear(Recorded):
    """A year's health and offending of a child looked after (OC2). Blank is not the same as no."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    year_ending = models.PositiveSmallIntegerField()
    sdq_score = models.PositiveSmallIntegerField(null=True, blank=True)
    sdq_reason = models.TextField(blank=True)
    convicted = models.TextField(blank=True)
    health_check = models.TextField(blank=True)
    immunisations = models.TextField(blank=True)
    teeth_check = models.TextField(blank=True)
    health_assessment = models.TextField(blank=True)
    substance_misuse = models.TextField(blank=True)
    intervention_received = models.TextField(blank=True)
    intervention_offered = models.TextField(blank=True)

    class Meta:
        ordering = ("year_ending",)
        constraints = (
            models.UniqueConstraint(
                fields=("person", "year_ending"), name="ssda903_health_once_a_year"
            ),
        )


class Unaccompanied(Recorded):
    """A child who came alone to seek asylum, and the day the status ends. One a child."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    status_ceases_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "unaccompanied"


class Motherhood(Recorded):
    """A looked-after child who is a mother, and the birth of her first child (MOTHER, MC_DOB)."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    first_child_born_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "motherhood"
