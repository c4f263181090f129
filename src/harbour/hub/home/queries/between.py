"""What is to be done between agencies: requests, refusals, agreements, emergency access."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from harbour.foundation.access import roles
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.kernel.working_days import add_working_days
from harbour.hub.home.rules import Task
from harbour.hub.home.vocabulary import TaskKind
from harbour.record.emergency import queries as emergency
from harbour.record.sharing import queries as sharing
from harbour.record.sharing.vocabulary import Purpose

# Who answers for an authority, of all who may.
ANSWERS = (roles.FRONT_DOOR, roles.TEAM_MANAGER)
REVIEW_AHEAD = timedelta(days=7)
AGREEMENT_AHEAD = timedelta(days=30)


def requests(reader: Reader, at: datetime) -> Iterator[Task]:
    """Yield what other agencies asked the reader's partnership, to be answered the next day."""
    del at
    if not any(reader.holds(each) for each in ANSWERS):
        return
    for each in sharing.waiting(reader):
        yield Task(
            kind=TaskKind.REQUEST,
            source_id=each.pk,
            what=f"{each.agency.name} asks for a record",
            due=add_working_days(london_date(each.recorded_at), 1),
            person_id=each.person_id,
            who=f"{each.given} {each.family}".strip(),
            detail=Purpose(each.purpose).label,
        )


def refusals(reader: Reader, at: datetime) -> Iterator[Task]:
    """Yield refusals to share that are to be looked at again."""
    if not any(reader.holds(each) for each in ANSWERS):
        return
    for each in sharing.declines_to_review(reader, until=london_date(at) + REVIEW_AHEAD):
        yield Task(
            kind=TaskKind.DECLINED,
            source_id=each.pk,
            what=f"Not shared with {each.agency.name}: look at it again",
            due=each.review_on,
            person_id=each.person_id,
        )


def agreements(reader: Reader, at: datetime) -> Iterator[Task]:
    """Yield agreements whose review is due, for those who keep them."""
    if not reader.may(Permission.AGREEMENT_KEEP):
        return
    for each in sharing.to_review(reader, until=london_date(at) + AGREEMENT_AHEAD):
        yield Task(
            kind=TaskKind.AGREEMENT,
            source_id=each.pk,
            what=f"Agreement to review: {each.title}",
            due=each.review_on,
            detail=each.owner.name,
        )


def broken_glass(reader: Reader, at: datetime) -> Iterator[Task]:
    """Yield emergency access to review, and one's own while it is open or waits."""
    for each in emergency.to_review(reader):
        is_open = each.ended_at is None and each.ends_at > at
        yield Task(
            kind=TaskKind.GLASS_BROKEN,
            source_id=each.pk,
            what=f"Emergency access by {each.recorded_by.name}",
            due=each.review_due_at,
            person_id=each.person_id,
            detail="Open now" if is_open else "To review",
            is_pressing=is_open,
        )
    own = emergency.mine_unreviewed(reader)
    if own is not None and own.ended_at is None and own.ends_at > at:
        yield Task(
            kind=TaskKind.GLASS_OPEN,
            source_id=own.pk,
            what="Your emergency access is open",
            due=own.ends_at,
            person_id=own.person_id,
            is_pressing=True,
        )
