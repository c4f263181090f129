"""From rows of known children to episodes: new ones, returns of known ones, and what overlaps."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from harbour.exchange.police_missing.rules.rows import Finding, Row
from harbour.exchange.police_missing.vocabulary import SOURCE, Field, Severity
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel import clock
from harbour.work.missing import policy, rules
from harbour.work.missing import queries as missing
from harbour.work.missing.models import Episode
from harbour.work.missing.queries import Basis
from harbour.work.missing.vocabulary import EpisodeKind, Precision

# A report taken by hand and the police's own differ by minutes about when a child was last seen.
SAME_REPORT = timedelta(hours=1)


@dataclass(kw_only=True)
class Planned:
    """What an extract would change."""

    new: list[Episode] = field(default_factory=list)
    returned: list[Episode] = field(default_factory=list)
    unchanged: int = 0
    findings: list[Finding] = field(default_factory=list)


def plan(rows: Sequence[Row], people: Mapping[int, UUID], authority: Agency, by: Reader) -> Planned:
    """Return the episodes to write; nothing is written here."""
    stored = _stored(set(people.values()))
    days = {row.row: (people[row.row], clock.london_date(row.started.at)) for row in rows}
    bases = missing.bases(by, days.values())
    theirs: dict[UUID, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda each: (each.started.at, each.row)):
        theirs[people[row.row]].append(row)
    partners = missing.partner_ids()
    planned = Planned()
    others = _of_others(rows, people)
    planned.findings.extend(_of_another(row) for row in rows if row.row in others)
    for person, told in theirs.items():
        reports = [row for row in told if row.row not in others]
        child = _Child(person, stored[person], authority, partners, planned)
        for place, row in enumerate(reports):
            child.take(row, bases[days[row.row]], last=place == len(reports) - 1)
    return planned


def _of_others(rows: Sequence[Row], people: Mapping[int, UUID]) -> set[int]:
    """Return the rows whose reference is that of a report about another child."""
    keys = [source_key(row.reference) for row in rows]
    known = Episode.objects.filter(source_key__in=keys).values_list("source_key", "person_id")
    owners = dict(known)
    return {
        row.row
        for row in rows
        if owners.get(source_key(row.reference), people[row.row]) != people[row.row]
    }


def source_key(reference: str) -> str:
    """Return what finds an episode again when the extract comes once more."""
    return f"{SOURCE} {reference}"


def _stored(people: Iterable[UUID]) -> dict[UUID, list[Episode]]:
    found: dict[UUID, list[Episode]] = defaultdict(list)
    for episode in Episode.objects.filter(person_id__in=set(people)).order_by("started_at"):
        found[episode.person_id].append(episode)
    return found


class _Child:
    """One child's reports, the earliest first, held against what the hub has."""

    def __init__(
        self,
        person: UUID,
        stored: list[Episode],
        authority: Agency,
        partners: frozenset[UUID],
        planned: Planned,
    ) -> None:
        self._person, self._stored, self._authority = person, stored, authority
        self._partners, self._planned = partners, planned
        self._counted = [each for each in stored if not each.overlaps]

    def take(self, row: Row, basis: Basis, *, last: bool) -> None:
        """Plan what a row changes."""
        if basis.responsible is None:
            self._planned.findings.append(_no_authority(row))
            return
        same = self._same(row)
        if same is not None:
            self._take_return(same, row)
            return
        episode = self._episode(row, basis.responsible, basis)
        if row.returned is None and not last:
            episode.returned = True
            self._flag(row, Field.RETURNED, "No return is told, but a later report began")
        span = policy.span_of(episode)
        episode.overlaps = any(rules.overlaps(span, policy.span_of(e)) for e in self._counted)
        if episode.overlaps:
            self._flag(row, Field.STARTED, "Overlaps another episode of this child: not counted")
        else:
            self._counted.append(episode)
        self._planned.new.append(episode)

    def _same(self, row: Row) -> Episode | None:
        key = source_key(row.reference)
        for episode in self._stored:
            if episode.source_key == key:
                return episode
        for episode in self._stored:
            near = abs(episode.started_at - row.started.at) <= SAME_REPORT
            told = episode.police_reference.strip().upper() == row.reference
            if episode.source_key == "" and (near or told):
                return episode
        return None

    def _take_return(self, episode: Episode, row: Row) -> None:
        says = _return(row)
        if not episode.returned and says["returned"] and _follows(episode, says["returned_at"]):
            for name, value in says.items():
                setattr(episode, name, value)
            episode.version += 1
            self._planned.returned.append(episode)
            return
        known, told = episode.returned_at, says["returned_at"]
        if known and told and clock.london_date(known) != clock.london_date(told):
            self._flag(row, Field.RETURNED, "The hub has another day of return for this episode")
        self._planned.unchanged += 1

    def _episode(self, row: Row, responsible: UUID, basis: Basis) -> Episode:
        return Episode(
            person_id=self._person,
            kind=EpisodeKind.MISSING,
            missing_from=row.missing_from,
            population=rules.population(
                responsible=responsible,
                host=basis.host,
                looked_after=basis.looked_after,
                partners=self._partners,
            ),
            authority_id=basis.host or responsible,
            responsible_id=responsible,
            started_at=row.started.at,
            started_precision=row.started.precision,
            reported_at=None,
            last_seen=row.last_seen,
            found_where=row.found_where,
            police_reference=row.reference,
            police_risk=row.risk,
            source_key=source_key(row.reference),
            **_return(row),
        )

    def _flag(self, row: Row, about: Field, problem: str) -> None:
        self._planned.findings.append(
            Finding(
                row=row.row,
                field=about.label,
                value="",
                problem=problem,
                what_to_do="Ask the police's records team which of the two is right",
                severity=Severity.FLAGGED,
                child=str(self._person),
            )
        )


def _follows(episode: Episode, returned_at: datetime | None) -> bool:
    return returned_at is None or returned_at >= episode.started_at


def _return(row: Row) -> dict[str, Any]:
    if row.returned is None:
        return {"returned": False, "returned_at": None, "returned_precision": ""}
    at = row.returned.at
    if row.returned.precision is Precision.DAY:
        at = rules.first_moment_of(clock.london_date(at), not_before=row.started.at)
    return {"returned": True, "returned_at": at, "returned_precision": row.returned.precision}


def _of_another(row: Row) -> Finding:
    return Finding(
        row=row.row,
        field=Field.REFERENCE.label,
        value=row.reference,
        problem="A report about another child came with this reference before",
        what_to_do="Ask the police's records team whose report it is",
        cells=row.cells,
    )


def _no_authority(row: Row) -> Finding:
    return Finding(
        row=row.row,
        field=Field.STARTED.label,
        value="",
        problem="No authority is recorded as responsible for this child on that day",
        what_to_do="Record it on the child's page, so that the episode counts where it belongs",
        cells=row.cells,
    )
