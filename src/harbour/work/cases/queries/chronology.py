"""One timeline of everything the reader may see of a child, whichever room keeps it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from hashlib import sha256
from uuid import UUID

from harbour.foundation.access import queries as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.kernel.clock import LONDON
from harbour.record.providers import queries as providers
from harbour.record.sharing import queries as sharing
from harbour.work.assessments import queries as assessments
from harbour.work.cases.queries import own
from harbour.work.cases.queries.own import Entry
from harbour.work.cases.vocabulary import EntryKind
from harbour.work.missing import queries as missing
from harbour.work.missing.vocabulary import LogKind
from harbour.work.referrals import queries as referrals

type Teller = Callable[[Reader, UUID], Iterable[Entry]]


@dataclass(frozen=True, kw_only=True)
class Chronology:
    """The entries, newest first, and what they may be narrowed to."""

    entries: tuple[Entry, ...]
    kinds: tuple[EntryKind, ...]
    agencies: tuple[tuple[str, str], ...]


def chronology(
    reader: Reader,
    person_id: UUID,
    *,
    reads: Collection[Facet],
    kinds: Collection[EntryKind] = (),
    agency: str = "",
) -> Chronology:
    """Return what the reader may see of a child, newest first, in a fixed number of queries.

    `reads` are the parts that stand open (`parts`); rooms behind a closed part are not asked.
    `agency` is a key out of `agencies`.
    """
    told = [
        _minimised(entry, reads)
        for source in SOURCES
        if source.facet in reads
        for entry in source.tell(reader, person_id)
    ]
    named = _with_names(told)
    agencies = sorted({each.agency_name for each in named if each.agency_name})
    wanted = sorted((each for each in named if _wanted(each, kinds, agency)), key=_order)
    wanted.reverse()  # of two things of one moment, the one told later stands first
    return Chronology(
        entries=tuple(wanted),
        kinds=tuple(kind for kind in EntryKind if any(each.kind is kind for each in named)),
        agencies=tuple((agency_key(name), name) for name in agencies),
    )


def _minimised(entry: Entry, reads: Collection[Facet]) -> Entry:
    """Keep what a child said in a return interview from those who see no more than the episodes.

    The interview is independent of where the child lives: a home learns that it was held.
    """
    if entry.kind is EntryKind.INTERVIEW and Facet.CASE not in reads:
        return replace(entry, text="")
    return entry


def agency_key(name: str) -> str:
    """Return a short key of an agency's name, which may stand in an address."""
    return sha256(name.encode()).hexdigest()[:8]


def _wanted(entry: Entry, kinds: Collection[EntryKind], agency: str) -> bool:
    if kinds and entry.kind not in kinds:
        return False
    return not agency or agency_key(entry.agency_name) == agency


def _order(entry: Entry) -> datetime:
    """Return where an entry stands: a day without a time comes first in its day."""
    if isinstance(entry.at, datetime):
        return entry.at
    return datetime.combine(entry.at, time(), tzinfo=LONDON).astimezone(UTC)


def _with_names(entries: list[Entry]) -> list[Entry]:
    who = access.introduced(each.by_id for each in entries if each.by_id and not each.by_name)
    return [_named(each, who) for each in entries]


def _named(entry: Entry, who: Mapping[UUID, access.Introduced]) -> Entry:
    known = who.get(entry.by_id) if entry.by_id and not entry.by_name else None
    if known is None:
        return entry
    return replace(
        entry,
        by_name=known.name,
        agency_name=entry.agency_name or known.agency_name,
    )


# What other rooms tell


def _concerns(reader: Reader, person_id: UUID) -> Iterator[Entry]:
    for line in referrals.of_child(reader, person_id):
        about = ", ".join(line.concerns)
        yield Entry(
            kind=EntryKind.CONCERN,
            at=line.received_at,
            title=f"Concern received: {about}" if about else "Concern received",
            text=line.narrative,
            by_name=line.source,
            agency_name=line.authority_name,
            source_id=line.id,
        )
        if line.decided_at is not None:
            yield Entry(
                kind=EntryKind.CONCERN,
                at=line.decided_at,
                title=f"Concern screened: {line.decision_label}",
                text=line.decision_reason,
                agency_name=line.authority_name,
                source_id=line.id,
            )


def _assessments(reader: Reader, person_id: UUID) -> Iterator[Entry]:
    for line in assessments.of_child(reader, person_id):
        if line.completed_at is not None:
            yield Entry(
                kind=EntryKind.ASSESSMENT,
                at=line.completed_at,
                title=f"{line.tool_title}: {line.judgement_label}",
                text=line.judgement_reason,
                by_id=line.completed_by_id,
                source_id=line.id,
            )


def _missing(reader: Reader, person_id: UUID) -> Iterator[Entry]:
    for line in missing.chronology(reader, person_id):
        interview = line.kind is LogKind.INTERVIEW
        yield Entry(
            kind=EntryKind.INTERVIEW if interview else EntryKind.MISSING,
            at=line.at,
            title=line.title,
            text=line.text,
            by_id=line.by_id,
            source_id=line.episode_id,
        )


def _placements(reader: Reader, person_id: UUID) -> Iterator[Entry]:
    for row in providers.placements(reader, person_id):
        where = row.home.agency.name if row.home else "a placement"
        yield Entry(
            kind=EntryKind.PLACEMENT,
            at=row.starts_on,
            title=f"Placed at {where}" if row.home else "Placed",
            agency_name=row.home.agency.name if row.home else "",
            source_id=row.pk,
        )
        if row.ends_on is not None:
            yield Entry(
                kind=EntryKind.PLACEMENT,
                at=row.ends_on,
                title=f"Left {where}",
                agency_name=row.home.agency.name if row.home else "",
                source_id=row.pk,
            )


def _shares(reader: Reader, person_id: UUID) -> Iterator[Entry]:
    for row in sharing.shares_of(reader, person_id):
        yield Entry(
            kind=EntryKind.SHARE,
            at=row.recorded_at,
            title=f"Shared with {row.agency.name}",
            text=row.reason,
            by_id=row.recorded_by_id,
            source_id=row.pk,
        )
        if row.withdrawn_at is not None:
            yield Entry(
                kind=EntryKind.SHARE,
                at=row.withdrawn_at,
                title=f"No longer shared with {row.agency.name}",
                text=row.withdrawn_reason,
                by_id=row.withdrawn_by_id,
                source_id=row.pk,
            )


@dataclass(frozen=True, kw_only=True)
class Source:
    """A part of the record that tells something of a child."""

    facet: Facet
    tell: Teller


SOURCES: tuple[Source, ...] = (
    Source(facet=Facet.REFERRAL, tell=_concerns),
    Source(facet=Facet.ASSESSMENT, tell=_assessments),
    Source(facet=Facet.MISSING, tell=_missing),
    Source(facet=Facet.CASE, tell=own.gradings),
    Source(facet=Facet.CASE, tell=own.allocations),
    Source(facet=Facet.CASE, tell=own.plan),
    Source(facet=Facet.CASE, tell=own.stages),
    Source(facet=Facet.CASE, tell=own.models_seen),
    Source(facet=Facet.CASE, tell=own.voice),
    Source(facet=Facet.CASE, tell=own.notes),
    Source(facet=Facet.PLACEMENT, tell=_placements),
    Source(facet=Facet.SHARING, tell=_shares),
)
