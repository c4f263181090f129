"""Documents, the keys that open them, and their bytes."""

from typing import override

from django.db import models
from django.db.models import Q

from harbour.foundation.documents.vocabulary import FileType, Scan
from harbour.foundation.kernel.models import Record, Recorded
from harbour.record.attachments.vocabulary import PARTS, Kind
from harbour.record.people.models import Person


class FileKey(Recorded):
    """The key of one person's files, wrapped. Where it is destroyed, the files are gone."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    wrapped = models.BinaryField()

    @override
    def __str__(self) -> str:
        return f"key {self.pk}"


class Attachment(Recorded):
    """One document on a child's record: what it is, never what its file was called in the open."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    facet = models.TextField(choices=[(each.value, each.value) for each in PARTS])
    kind = models.TextField(choices=Kind)
    name = models.BinaryField(help_text="what the file was called, encrypted")
    file_type = models.TextField(choices=FileType)
    size = models.PositiveIntegerField(help_text="bytes, as it is kept")
    sha256 = models.TextField(help_text="of the file as it is kept, before it is encrypted")
    scan = models.TextField(choices=Scan)
    about_kind = models.TextField(blank=True, help_text="what it belongs to, such as an episode")
    about_id = models.UUIDField(null=True, blank=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_reason = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=("person",), name="attachments_person"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="attachments_removed_at_and_by",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Content(Record):
    """The bytes of a document, encrypted: read only when somebody opens it."""

    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()

    @override
    def __str__(self) -> str:
        return f"content {self.pk}"
