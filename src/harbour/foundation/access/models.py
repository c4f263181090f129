"""People who work in the hub, the roles they hold.

And the database's copy of what a role reaches.
"""

import uuid
from datetime import date
from typing import Any, ClassVar, override

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from harbour.foundation.agencies.models import Team
from harbour.foundation.kernel.models import Record


class UserManager(BaseUserManager["User"]):
    """Make people by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a person who may sign in; without a password none will ever fit."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who works in the hub, or one of its system principals."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.TextField()
    job = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)
    is_system = models.BooleanField(default=False)
    # The first day on which the person no longer works here: the database opens nothing from it on.
    left_on = models.DateField(null=True, blank=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    @override
    def __str__(self) -> str:
        return self.name

    def works_on(self, day: date) -> bool:
        """Say whether the account is open and the person has not left by this day."""
        return self.is_active and (self.left_on is None or self.left_on > day)


class Holding(Record):
    """A role held by a person in a team, from one day until another (excluded).

    A role that ends on the day it began is held no day at all.
    """

    class Source(models.TextChoices):
        """Who said that the person holds the role."""

        GIVEN = "given", "Given by an administrator"
        PROVIDER = "provider", "From a group of the sign-in provider"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="holdings")
    role = models.TextField()
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    source = models.TextField(choices=Source, default=Source.GIVEN)

    class Meta:
        ordering = ("starts_on",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="access_holding_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(source="given")
                | (Q(source="provider") & ~Q(role="system_administrator")),
                name="access_holding_provider_makes_no_administrator",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.user} as {self.role}"


class RoleGrant(models.Model):
    """The database's copy of what a role reaches, written from `roles.py` at every start."""

    pk = models.CompositePrimaryKey("role", "what", "reach")
    role = models.TextField()
    what = models.TextField()
    reach = models.TextField(blank=True)

    @override
    def __str__(self) -> str:
        return f"{self.role}: {self.what} ({self.reach})"
