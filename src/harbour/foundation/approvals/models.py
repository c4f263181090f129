"""Proposals."""

from typing import override

from django.db import models
from django.db.models import F, Q

from harbour.foundation.access.models import User
from harbour.foundation.approvals.vocabulary import Decision
from harbour.foundation.kernel.models import Record


class Proposal(Record):
    """One exact deed that one person proposed and another decides.

    `person_id` and `about_id` are no foreign keys: the room stands below every record.
    """

    code = models.TextField()
    approver = models.TextField(help_text="the permission that the second person must hold")
    payload = models.JSONField()
    payload_sha256 = models.BinaryField()
    person_id = models.UUIDField(null=True, blank=True)
    about_kind = models.TextField(blank=True)
    about_id = models.UUIDField(null=True, blank=True)
    summary = models.TextField(help_text="one line without personal data")
    reason = models.TextField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    decision = models.TextField(choices=Decision, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(blank=True)
    carried_out_at = models.DateTimeField(null=True, blank=True)
    # Written by the database: the transaction in which it was carried out.
    carried_out_xid = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ("-proposed_at",)
        indexes = (
            models.Index(
                fields=("expires_at",), condition=Q(decision=""), name="approvals_proposal_open"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None, decided_by=None)
                | ~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="approvals_proposal_decided_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | Q(decision=Decision.WITHDRAWN, decided_by=F("proposed_by"))
                | ~Q(decision=Decision.WITHDRAWN) & ~Q(decided_by=F("proposed_by")),
                name="approvals_proposal_takes_two",
            ),
            models.CheckConstraint(
                condition=Q(carried_out_at=None) | Q(decision=Decision.APPROVED),
                name="approvals_proposal_carried_out_if_approved",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.code} {self.decision or 'open'}"
