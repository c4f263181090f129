"""Keep watch over what was closed with no further action."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.record.places import actions as places
from harbour.record.places import rules as place_rules
from harbour.record.places.vocabulary import PlaceKind
from harbour.work.referrals import policy, queries
from harbour.work.referrals.actions import news
from harbour.work.referrals.models import DescribedChild, Referral, Watch
from harbour.work.referrals.vocabulary import Decision, WatchKind


def watch(
    referral: Referral,
    children: Sequence[DescribedChild],
    linked: Sequence[UUID],
    *,
    by: Reader,
    at: datetime,
) -> None:
    """Look out for everything the concern named."""
    found = [(WatchKind.CHILD, str(each)) for each in linked]
    found += [(WatchKind.PHONE, key) for key in news.phones(children)]
    found += [(WatchKind.PLACE, str(each)) for each in _watched_places(children, by=by, at=at)]
    found += [(WatchKind.GROUP, key) for key in news.groups(referral)]
    Watch.objects.bulk_create(
        Watch(referral=referral, kind=kind, value=value, starts_at=at)
        for kind, value in dict.fromkeys(found)
    )


def _watched_places(
    children: Sequence[DescribedChild], *, by: Reader, at: datetime
) -> tuple[UUID, ...]:
    """Return the places at the described addresses, written down where nobody had them yet."""
    for child in children:
        where = news.whereabouts(child)
        if place_rules.match_key(**where):
            places.place_for(kind=PlaceKind.RESIDENCE, by=by, at=at, **where)
    return news.places(children)


def keep_watch_on_child(referral: Referral, person_id: UUID, *, at: datetime) -> None:
    """Watch a child who is linked to a concern that is already in watch."""
    watching = Watch.objects.filter(referral=referral, ends_at=None)
    if referral.decision == Decision.NO_FURTHER_ACTION and watching.exists():
        Watch(referral=referral, kind=WatchKind.CHILD, value=str(person_id), starts_at=at).save(
            force_insert=True
        )


@transaction.atomic
def stop_watching(*, referral: Referral, reason: str, by: Reader, at: datetime) -> None:
    """End the watch over a concern; the reason stands in the ledger."""
    watching = Watch.objects.filter(referral=referral, ends_at=None)
    policy.check_can_stop_watching(by, referral, watching=watching.exists())
    watching.update(ends_at=at)
    audit.record(
        Act.ALTER,
        "referrals.watch_ended",
        subjects=queries.linked_people(referral.pk),
        groups=["referral"],
        about=referral,
        reason=reason.strip(),
        by=by,
        at=at,
    )
