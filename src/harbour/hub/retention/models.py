"""The schedule, holds, what is due, what is kept longer, and what is gone."""

from typing import override

from django.db import models
from django.db.models import Q

from harbour.foundation.access.models import User
from harbour.foundation.kernel.models import Record, Recorded
from harbour.hub.retention.vocabulary import Scope, Trigger
from harbour.record.people.models import Person


class Rule(models.Model):
    """A line of the schedule, published by a release."""

    code = models.TextField(primary_key=True)
    covers = models.TextField()
    trigger = models.TextField(choices=Trigger)
    years = models.PositiveSmallIntegerField()
    source = models.TextField(help_text="the law or the schedule it rests on")
    owner = models.TextField(help_text="the role that answers for it")

    @override
    def __str__(self) -> str:
        return self.code


class Hold(Recorded):
    """Nothing it covers is disposed of while it stands. Stronger than the schedule."""

    scope = models.TextField(choices=Scope)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rule = models.ForeignKey(
        Rule, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField()
    ends_on = models.DateField(null=True, blank=True, help_text="the first day without it")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(scope=Scope.PERSON, person__isnull=False, rule=None)
                | Q(scope=Scope.RULE, person=None, rule__isnull=False)
                | Q(scope=Scope.PARTNERSHIP, person=None, rule=None),
                name="retention_hold_names_what_it_covers",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="retention_hold_lifted_at_and_by",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"hold {self.pk}"


class Longer(Recorded):
    """A record is kept until a later day than the schedule says: two people decided so."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    keep_until = models.DateField()
    reason = models.TextField()

    @override
    def __str__(self) -> str:
        return f"kept longer {self.pk}"


class Due(Record):
    """A record whose time is over, found by the nightly job. It goes only by two people."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    found_at = models.DateTimeField()

    class Meta:
        ordering = ("due_on",)

    @override
    def __str__(self) -> str:
        return f"due {self.pk}"


class Tombstone(Record):
    """A record was here. Ids, rule, when and who; nothing of what it said."""

    # No foreign key: what it names is gone.
    person_ref = models.UUIDField()
    deed = models.TextField()
    rule = models.TextField(blank=True)
    disposed_at = models.DateTimeField()
    disposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    rows = models.JSONField(help_text="how many rows of each table went")
    kept_with_others = models.PositiveIntegerField(
        default=0, help_text="concerns that also speak of another child, and stay with theirs"
    )

    class Meta:
        ordering = ("-disposed_at",)

    @override
    def __str__(self) -> str:
        return f"tombstone {self.person_ref}"
