"""What is to be done after a return: reviews, additions, what a team was told, names to judge."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.kernel.working_days import add_working_days
from harbour.hub.home.rules import Task
from harbour.hub.home.vocabulary import TaskKind
from harbour.work.returns import queries as returns

# Choices of this hub: no duty names a time for these.
REVIEWED_WITHIN = 3
ADDED_WITHIN = 2
JUDGED_WITHIN = 5
TAKEN_IN_WITHIN = timedelta(hours=24)
# More names than this stand in the queue of their own, not on My work.
NAMES_SHOWN = 3


def reviews(reader: Reader, at: datetime) -> Iterator[Task]:
    """Yield the return interviews that wait for a second person."""
    if not reader.may(Permission.INTERVIEW_REVIEW):
        return
    for each in returns.to_review(reader, at=at):
        if each.held_at is not None:
            yield Task(
                kind=TaskKind.INTERVIEW_REVIEW,
                source_id=each.pk,
                what="Return interview to review",
                due=add_working_days(london_date(each.held_at), REVIEWED_WITHIN),
                person_id=each.person_id,
            )


def returned(reader: Reader, at: datetime) -> Iterator[Task]:
    """Yield the reader's own interviews that were returned for more."""
    if not reader.may(Permission.INTERVIEW_HOLD):
        return
    today = london_date(at)
    for each in returns.returned_to(reader, at=at):
        yield Task(
            kind=TaskKind.INTERVIEW_RETURNED,
            source_id=each.pk,
            what="Return interview returned to you for more",
            due=add_working_days(today, ADDED_WITHIN),
            person_id=each.person_id,
        )


def told(reader: Reader, at: datetime) -> Iterator[Task]:
    """Yield what the reader's team was told and nobody of it took in yet."""
    del at
    for each in returns.to_acknowledge(reader):
        yield Task(
            kind=TaskKind.TOLD,
            source_id=each.pk,
            what=f"{each.team.name} was told of a return interview",
            due=each.recorded_at + TAKEN_IN_WITHIN,
            person_id=each.person_id,
            detail=f"By {each.recorded_by.name}",
        )


def named(reader: Reader, at: datetime) -> Iterator[Task]:
    """Yield the oldest places and people that wait for the analyst."""
    del at
    if not reader.may(Permission.NAMED_JUDGE):
        return
    for each in returns.to_judge(reader)[:NAMES_SHOWN]:
        yield Task(
            kind=TaskKind.NAMED,
            source_id=each.pk,
            what="A place was named" if each.kind == "place" else "A person was named",
            due=add_working_days(london_date(each.recorded_at), JUDGED_WITHIN),
            person_id=each.person_id,
        )
