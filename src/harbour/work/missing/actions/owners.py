"""Take an episode, offer it to the next shift, and take what was offered."""

from datetime import datetime

from django.db import transaction

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import update_versioned
from harbour.work.missing import policy
from harbour.work.missing.actions.traces import audited, write
from harbour.work.missing.models import Episode
from harbour.work.missing.vocabulary import LogKind

NO_OFFER = {"offered_to_id": None, "offered_at": None, "offered_by_id": None}


@transaction.atomic
def take_over(*, episode: Episode, seen_version: int, by: Reader, at: datetime) -> None:
    """Make the reader the owner: who takes an episode has acknowledged it."""
    policy.check_can_own(by, episode)
    _own(episode, seen_version=seen_version, by=by, at=at)
    write(episode, LogKind.OWNER, f"{by.name} took this episode over.", by=by, at=at)
    audited("missing.taken_over", episode, by=by, at=at)


@transaction.atomic
def hand_over(
    *, episode: Episode, to: User, note: str, seen_version: int, by: Reader, at: datetime
) -> None:
    """Offer the episode to somebody else. It stays where it is until they acknowledge it."""
    policy.check_can_own(by, episode)
    if to.pk == by.user_id:
        raise Refused("Take the episode over instead: nobody hands over to themselves.")
    if to.pk == episode.owner_id:
        raise Refused(f"{to.name} owns this episode already.")
    update_versioned(
        episode, seen_version=seen_version, offered_to_id=to.pk, offered_at=at,
        offered_by_id=by.user_id,
    )  # fmt: skip
    words = f"Offered to {to.name}, who has not acknowledged it yet." + (f" {note}" if note else "")
    write(episode, LogKind.OWNER, words, by=by, at=at)
    audited("missing.handed_over", episode, by=by, at=at)


@transaction.atomic
def acknowledge(*, episode: Episode, seen_version: int, by: Reader, at: datetime) -> None:
    """Take what was offered to the reader: from this moment she is the owner."""
    policy.check_can_acknowledge(by, episode)
    _own(episode, seen_version=seen_version, by=by, at=at)
    write(episode, LogKind.OWNER, f"{by.name} acknowledged the handover.", by=by, at=at)
    audited("missing.handover_acknowledged", episode, by=by, at=at)


@transaction.atomic
def drop_offer(*, episode: Episode, seen_version: int, by: Reader, at: datetime) -> None:
    """Take an offer back, or say that one cannot take it: the owner stays."""
    policy.check_can_drop_offer(by, episode)
    declined = episode.offered_to_id == by.user_id
    update_versioned(episode, seen_version=seen_version, **NO_OFFER)
    words = f"{by.name} cannot take it." if declined else f"{by.name} took the offer back."
    write(episode, LogKind.OWNER, words, by=by, at=at)
    audited("missing.handover_dropped", episode, by=by, at=at, declined=declined)


def _own(episode: Episode, *, seen_version: int, by: Reader, at: datetime) -> None:
    update_versioned(
        episode,
        seen_version=seen_version,
        owner_id=by.user_id,
        owner_since=at,
        owner_acknowledged_at=at,
        **NO_OFFER,
    )
