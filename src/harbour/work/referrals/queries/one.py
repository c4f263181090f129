"""Read one concern: the loader writes the consultation."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.refusals import Missing
from harbour.work.referrals import policy
from harbour.work.referrals.models import (
    DescribedChild,
    Firing,
    Link,
    Referral,
    Unlink,
    Watch,
)


def referral(reader: Reader, referral_id: UUID, *, at: datetime) -> Referral:
    """Return a concern and write that the reader looked at it; raise `Missing` if unseen."""
    found = Referral.objects.filter(pk=referral_id).select_related("authority").first()
    if found is None or not policy.can_read_concerns(reader):
        raise Missing
    audit.record(
        Act.CONSULT,
        "referrals.seen",
        subjects=linked_people(found.pk),
        groups=["referral"],
        about=found,
        by=reader,
        at=at,
    )
    return found


def referral_to_change(reader: Reader, referral_id: UUID) -> Referral:
    """Return a concern for an act that writes its own ledger row; raise `Missing` if unseen."""
    found = Referral.objects.filter(pk=referral_id).select_related("authority").first()
    if found is None or not policy.can_read_concerns(reader):
        raise Missing
    return found


def described_children(referral_id: UUID) -> list[DescribedChild]:
    """Return the children as the referrer described them, in the order they were described."""
    return list(DescribedChild.objects.filter(referral=referral_id).order_by("number"))


def described_child(reader: Reader, described_id: UUID) -> DescribedChild:
    """Return one described child with the concern; raise `Missing` if unseen."""
    found = (
        DescribedChild.objects.filter(pk=described_id).select_related("referral__authority").first()
    )
    if found is None or not policy.can_read_concerns(reader):
        raise Missing
    return found


def links(referral_id: UUID, *, with_undone: bool = False) -> QuerySet[Link]:
    """Return whom a concern is linked to, as far as the reader sees them."""
    found = Link.objects.filter(referral=referral_id).annotate(
        undone=Exists(Unlink.objects.filter(link=OuterRef("pk")))
    )
    found = found.select_related("recorded_by").order_by("recorded_at")
    return found if with_undone else found.filter(undone=False)


def turns_of(referral_id: UUID, person_id: UUID) -> int:
    """Return how often this person was linked to the concern, mistakes included."""
    return Link.objects.filter(referral=referral_id, person=person_id).count()


def link_to_change(reader: Reader, link_id: UUID) -> Link:
    """Return one link with its concern; raise `Missing` if unseen."""
    del reader
    found = Link.objects.filter(pk=link_id).select_related("referral__authority").first()
    if found is None:
        raise Missing
    return found


def unlinks(referral_id: UUID) -> list[Unlink]:
    """Return the links of a concern that were said to be mistakes."""
    found = Unlink.objects.filter(link__referral=referral_id).select_related("link", "recorded_by")
    return list(found.order_by("recorded_at"))


def is_undone(link_id: UUID) -> bool:
    """Say whether a link was said to be a mistake."""
    return Unlink.objects.filter(link=link_id).exists()


def linked_people(referral_id: UUID) -> list[UUID]:
    """Return the people a concern is linked to."""
    return list(links(referral_id).values_list("person_id", flat=True))


def firings(referral_id: UUID) -> list[Firing]:
    """Return what touched a concern in watch, the newest first."""
    return list(Firing.objects.filter(referral=referral_id))


def is_watched(referral_id: UUID) -> bool:
    """Say whether a concern is in watch."""
    return Watch.objects.filter(referral=referral_id, ends_at=None).exists()


def name_of(user_id: UUID | None) -> str:
    """Return the name of somebody who works in the hub."""
    if user_id is None:
        return ""
    return User.objects.filter(pk=user_id).values_list("name", flat=True).first() or ""
