"""Find the child to report: some letters of a name and an age, among the children one may see."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.record.linkage import queries as linkage
from harbour.record.people import queries as people
from harbour.record.people.queries import PersonLine
from harbour.work.missing.queries.episodes import EpisodeFile, current, episode_file


@dataclass(frozen=True, kw_only=True)
class Found:
    """A child who may be the one meant; where they are missing already, since when."""

    child: PersonLine
    missing_since: datetime | None
    episode_id: UUID | None


def find_children(
    reader: Reader, *, letters: str, age: int | None, at: datetime
) -> tuple[Found, ...]:
    """Return the children who may be meant, the likeliest first; the search is audited."""
    first, _, rest = letters.strip().partition(" ")
    hits = linkage.find(reader, linkage.Query(given=first, family=rest, age=age), at=at)
    if not rest:  # one word may be either name
        hits += linkage.find(reader, linkage.Query(family=first, age=age), at=at)
    hits = list({hit.person_id: hit for hit in hits}.values())
    lines = people.lines(reader, [hit.person_id for hit in hits])
    known = current(reader, lines, at=at)
    found = []
    for hit in hits:
        line, fact = lines.get(hit.person_id), known.get(hit.person_id)
        if line is not None and (line.age is None or line.age < 18):
            since = fact.missing_since if fact else None
            found.append(
                Found(
                    child=line,
                    missing_since=since,
                    episode_id=fact.episode_id if fact and since else None,
                )
            )
    return tuple(found)


def sheet(reader: Reader, episode_id: UUID, *, at: datetime) -> EpisodeFile:
    """Return an episode for the sheet that is printed, and write that it was made to be printed."""
    found = episode_file(reader, episode_id, at=at)
    audit.record(
        Act.PRINT,
        "missing.sheet_made",
        subjects=[found.episode.person_id],
        groups=("identity", "missing"),
        about=found.episode,
        by=reader,
        at=at,
    )
    return found
