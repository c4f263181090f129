"""What is to be done for strategy discussions: asks, open ones, invitations, what was decided."""

from collections.abc import Iterator
from datetime import datetime

from harbour.foundation.access import roles
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.kernel.working_days import add_working_days
from harbour.hub.home.rules import Task
from harbour.hub.home.vocabulary import TaskKind
from harbour.work.discussions import queries as planned
from harbour.work.discussions.vocabulary import Basis

# A choice of this hub: no duty names a time within which an ask is answered.
ANSWERED_WITHIN = 1
# Who answers what repeats ask, and sees that discussions are held.
PLANS = (roles.COORDINATOR, roles.TEAM_MANAGER)
# Who answers for an agency of their own. A police or health colleague is among the front line.
ANSWERS = (roles.DETECTIVE, roles.NURSE, roles.YOUTH_JUSTICE, roles.NEIGHBOUR, roles.FRONT_DOOR)


def _plans(reader: Reader) -> bool:
    return any(reader.holds(each) for each in PLANS)


def repeats(reader: Reader, at: datetime) -> Iterator[Task]:
    """Yield the repeat rules that ask for a discussion, one a child."""
    del at
    if not (_plans(reader) and reader.may(Permission.DISCUSSION_RUN)):
        return
    for each in planned.open_asks(reader):
        rule = each.ask.rule
        yield Task(
            kind=TaskKind.REPEATS,
            source_id=each.ask.pk,
            what=f"{each.ask.counted} missing episodes: is a strategy discussion needed?",
            due=add_working_days(london_date(each.ask.recorded_at), ANSWERED_WITHIN),
            person_id=each.ask.person_id,
            detail=f"Rule: {rule.episodes} in {rule.days} days",
        )


def discussions(reader: Reader, at: datetime) -> Iterator[Task]:
    """Yield the discussions that are still to be held or closed."""
    del at
    if not _plans(reader):
        return
    for each in planned.open_discussions(reader):
        held = each.held_at is not None
        yield Task(
            kind=TaskKind.DISCUSSION,
            source_id=each.pk,
            what="Strategy discussion: record what it came to"
            if held
            else "Strategy discussion to hold",
            due=each.due_on,
            person_id=each.person_id,
            detail=str(Basis(each.basis).label),
        )


def invitations(reader: Reader, at: datetime) -> Iterator[Task]:
    """Yield the invitations to the reader's agency that nobody answered."""
    del at
    if not any(reader.holds(each) for each in ANSWERS):
        return
    for each in planned.invitations_waiting(reader):
        yield Task(
            kind=TaskKind.INVITED,
            source_id=each.pk,
            what="Invitation to a strategy discussion",
            due=each.discussion.due_on,
            person_id=each.person_id,
            detail=f"For {each.agency.name}",
        )


def decided(reader: Reader, at: datetime) -> Iterator[Task]:
    """Yield what the reader is to do of what a discussion decided."""
    del at
    for each in planned.my_decisions(reader):
        yield Task(
            kind=TaskKind.DECIDED,
            source_id=each.pk,
            what=each.text,
            due=each.due_on,
            person_id=each.person_id,
            detail="Decided in a strategy discussion",
        )
