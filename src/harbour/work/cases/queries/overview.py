"""Read what matters now about one child, for the first page of their record."""

from dataclasses import dataclass
from datetime import datetime

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet
from harbour.work.cases.queries import done
from harbour.work.cases.queries.child import Child
from harbour.work.cases.queries.chronology import chronology
from harbour.work.cases.queries.own import Entry
from harbour.work.missing import queries as missing
from harbour.work.referrals import queries as referrals
from harbour.work.referrals.vocabulary import Status

SHOWN_LATELY = 5


@dataclass(frozen=True, kw_only=True)
class Interview:
    """A return home interview that is still outstanding."""

    episode: missing.EpisodeLine
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Overview:
    """What matters now, what the child wants, what is open, what happened lately."""

    plan: tuple[done.PlanLine, ...]
    voice: tuple[done.VoiceLine, ...]
    stages: tuple[done.StageLine, ...]
    models: tuple[done.ModelLine, ...]
    interviews: tuple[Interview, ...]
    concerns: tuple[referrals.ConcernLine, ...]
    lately: tuple[Entry, ...]


def overview(reader: Reader, child: Child) -> Overview:
    """Return the first page of a child that `child` opened, in a fixed number of queries."""
    case = child.reads(Facet.CASE)
    episodes = missing.of_child(reader, child.id, at=child.at) if child.reads(Facet.MISSING) else ()
    concerns = referrals.of_child(reader, child.id) if child.reads(Facet.REFERRAL) else []
    return Overview(
        plan=done.plan(reader, child.id, open_only=True) if case else (),
        voice=done.child_voice(reader, child.id) if case else (),
        stages=done.stages(reader, child.id) if case else (),
        models=done.models_seen(reader, child.id) if case else (),
        interviews=tuple(
            Interview(episode=each, due_at=each.due_at)
            for each in episodes
            if each.state is not None
        ),
        concerns=tuple(each for each in concerns if each.status == Status.NEW),
        lately=chronology(reader, child.id, reads=child.parts.reads).entries[:SHOWN_LATELY],
    )
