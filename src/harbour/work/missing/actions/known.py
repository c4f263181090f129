"""Bring up to date what is known of an episode; what was known before stays in its log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel.versions import Conflict, update_versioned
from harbour.foundation.ui import when
from harbour.work.missing import policy, rules
from harbour.work.missing.actions.traces import audited, write
from harbour.work.missing.models import Episode
from harbour.work.missing.vocabulary import EpisodeKind, LogKind, MissingFrom

# What is known in words, with the label under which the log keeps what it was.
WORDS = {
    "last_seen": "Last seen",
    "wearing": "Wearing",
    "with_whom": "May be with",
    "means": "Has with them",
    "told": "Who has been told",
    "police_reference": "Police reference",
}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Which kind of episode it is."""

    kind: str
    missing_from: str
    out_of_area: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known now, and what the writer had in front of her when she wrote it."""

    words: Mapping[str, str]
    seen: Mapping[str, str]
    reported_at: datetime | None = None


@transaction.atomic
def amend(*, episode: Episode, known: Known, seen_version: int, by: Reader, at: datetime) -> bool:
    """Write what is known now over what was known; say whether anything was new.

    Only what the writer changed is written. Raises `Conflict` with both texts where somebody else
    changed the same words meanwhile.
    """
    policy.check_can_amend(by, episode)
    words, seen = known.words, known.seen
    theirs = {name: getattr(episode, name) for name in WORDS}
    clash = rules.clashes(mine=words, theirs=theirs, seen=seen)
    if clash and seen_version != episode.version:
        raise Conflict(
            theirs={name: theirs[name] for name in clash},
            mine={name: words[name] for name in clash},
            version=episode.version,
        )
    changes = {
        name: text
        for name, text in words.items()
        if text != seen.get(name, "") and text != theirs[name]
    }
    lines = [_changed(WORDS[name], theirs[name], text) for name, text in changes.items()]
    told = {}
    if known.reported_at is not None and episode.reported_at is None:
        told["reported_at"] = known.reported_at
        lines.append(f"Police told: {when.moment(known.reported_at)}.")
    if not lines:
        return False
    update_versioned(episode, seen_version=episode.version, **changes, **told)
    write(episode, LogKind.DETAILS, "\n".join(lines), by=by, at=at)
    audited("missing.amended", episode, by=by, at=at)
    return True


@transaction.atomic
def reclassify(
    *, episode: Episode, said: Kind, seen_version: int, by: Reader, at: datetime
) -> None:
    """Say that the episode is of another kind, and why: missing and away are counted apart."""
    policy.check_can_amend(by, episode)
    before = _kind_words(episode.kind, episode.missing_from, out_of_area=episode.out_of_area)
    now = _kind_words(said.kind, said.missing_from, out_of_area=said.out_of_area)
    update_versioned(
        episode,
        seen_version=seen_version,
        kind=said.kind,
        missing_from=said.missing_from,
        out_of_area=said.out_of_area,
    )
    write(episode, LogKind.DETAILS, f"{_changed('Kind', before, now)} {said.reason}", by=by, at=at)
    audited("missing.reclassified", episode, by=by, at=at, kind=said.kind)


@transaction.atomic
def carry_on(*, episode: Episode, text: str, by: Reader, at: datetime) -> None:
    """Write down who goes on looking for somebody who turned 18 while missing."""
    policy.check_can_carry_on(by, episode, at=at)
    write(episode, LogKind.ADULT, text, by=by, at=at)
    audited("missing.carried_on", episode, by=by, at=at)


def _changed(label: str, before: str, now: str) -> str:
    was = f" Before: {before}" if before else ""
    return f"{label}: {now or 'nothing known'}.{was}"


def _kind_words(kind: str, missing_from: str, *, out_of_area: bool) -> str:
    words = f"{EpisodeKind(kind).label}, from {MissingFrom(missing_from).label.lower()}"
    return f"{words}, may be out of the area" if out_of_area else words
