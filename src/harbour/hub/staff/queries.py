"""Read people and what they hold. No case data."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from harbour.foundation.access.models import Holding, User
from harbour.foundation.access.reader import Reader
from harbour.foundation.approvals import queries as approvals
from harbour.foundation.entrance.models import IdentityMapping
from harbour.foundation.kernel.refusals import Missing
from harbour.hub.staff import policy
from harbour.hub.staff.vocabulary import HELP_TO_SIGN_IN


def people(reader: Reader) -> QuerySet[User]:
    """Return everybody who works in the hub, leavers included, by name. Raises `Refused`."""
    policy.check_can_manage(reader)
    return User.objects.filter(is_system=False).order_by("name")


def person(reader: Reader, user_id: UUID) -> User:
    """Return one member of staff; raises `Missing` for nobody and `Refused` for who may not ask."""
    found = people(reader).filter(pk=user_id).first()
    if found is None:
        raise Missing
    return found


def help_waiting(reader: Reader, user: User, *, at: datetime) -> bool:
    """Say whether a reset of this person's sign-in waits for the second person."""
    policy.check_can_manage(reader)
    found = approvals.open_about(reader, code=HELP_TO_SIGN_IN, about_id=user.pk, at=at)
    return found is not None


def holdings(reader: Reader, users: list[UUID]) -> list[Holding]:
    """Return the roles of these people, ended ones too, newest first."""
    policy.check_can_manage(reader)
    held = Holding.objects.filter(user__in=users).select_related("team__agency")
    return list(held.order_by("-starts_on"))


def holding(reader: Reader, holding_id: UUID) -> Holding:
    """Return one role held; raises `Missing`."""
    policy.check_can_manage(reader)
    found = Holding.objects.filter(pk=holding_id).select_related("team__agency", "user").first()
    if found is None:
        raise Missing
    return found


def mappings(reader: Reader) -> list[IdentityMapping]:
    """Return which groups of which provider give which role today."""
    policy.check_can_manage(reader)
    rows = IdentityMapping.objects.filter(ended_at=None).select_related("team__agency")
    return list(rows.order_by("provider", "group", "role"))


def mapping(reader: Reader, mapping_id: UUID) -> IdentityMapping:
    """Return what one group gives; raises `Missing`."""
    policy.check_can_manage(reader)
    found = IdentityMapping.objects.filter(pk=mapping_id).first()
    if found is None:
        raise Missing
    return found
