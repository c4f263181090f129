"""Read what stands beside tasks: the children of a home, what a school sent and was told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from harbour.foundation.access import roles
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.record.people import queries as people
from harbour.record.people.queries import PersonLine
from harbour.record.providers import queries as providers
from harbour.work.missing import queries as missing
from harbour.work.referrals import queries as referrals
from harbour.work.referrals.queries import SentLine

SENT_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class HomeChild:
    """A child who lives in the reader's home tonight."""

    child: PersonLine
    missing_since: datetime | None
    episode_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What stands beside the tasks."""

    home_name: str = ""
    home_children: tuple[HomeChild, ...] = ()
    sends: bool = False
    sent: tuple[SentLine, ...] = ()
    shared: tuple[PersonLine, ...] = ()


def beside(reader: Reader, *, at: datetime) -> Beside:
    """Return what this reader needs at hand."""
    name, children = _home(reader, at)
    sends = not _works_at_the_front_door(reader) and reader.may(Permission.REFERRAL_RECORD)
    sent = referrals.sent_by(reader).order_by("-received_at")[:SENT_SHOWN] if sends else ()
    shared = people.lines(reader, people.shared_with(reader, at=at))
    return Beside(
        home_name=name,
        home_children=children,
        sends=sends,
        sent=tuple(referrals.sent_lines(sent)),
        shared=tuple(sorted(shared.values(), key=lambda each: each.name)),
    )


def _works_at_the_front_door(reader: Reader) -> bool:
    return any(Facet.REFERRAL in role.reads for role in reader.roles)


def _home(reader: Reader, at: datetime) -> tuple[str, tuple[HomeChild, ...]]:
    if not reader.holds(roles.HOME_MANAGER) or reader.agency_id is None:
        return "", ()
    home = providers.home_of_agency(reader, reader.agency_id)
    if home is None:
        return reader.agency_name, ()
    placed = [line for _, line in providers.children_placed_at(reader, home.pk, at=at)]
    facts = missing.current(reader, [each.id for each in placed], at=at)
    return home.agency.name, tuple(_home_child(each, facts.get(each.id)) for each in placed)


def _home_child(child: PersonLine, fact: missing.MissingFact | None) -> HomeChild:
    gone = fact.missing_since if fact else None
    return HomeChild(
        child=child, missing_since=gone, episode_id=fact.episode_id if fact and gone else None
    )
