"""What is to be done about records themselves: asked for, over, or to be opened for an arrival."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from harbour.foundation.access import roles
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.kernel.working_days import add_working_days
from harbour.hub.home.rules import Task
from harbour.hub.home.vocabulary import TaskKind
from harbour.hub.retention import queries as retention
from harbour.hub.subject_access import queries as subject_access
from harbour.work.hosting import queries as hosting
from harbour.work.hosting.vocabulary import Direction

# Nothing goes by itself, and nothing stays because nobody looked.
TO_DECIDE = timedelta(days=30)


def access_requests(reader: Reader, at: datetime) -> Iterator[Task]:
    """Yield the requests for what is held of a child that run, each with its day."""
    del at
    if not reader.may(Permission.SUBJECT_ACCESS):
        return
    for row, standing in subject_access.running(reader):
        if standing.due_on is not None:
            yield Task(
                kind=TaskKind.ACCESS,
                source_id=row.pk,
                what="Asked for what is held: to answer",
                due=standing.due_on,
                person_id=row.person_id,
            )


def due_records(reader: Reader, at: datetime) -> Iterator[Task]:
    """Yield the records whose time is over, to be decided within a month of being found."""
    del at
    if not reader.may(Permission.RETENTION):
        return
    for each in retention.due(reader)[:100]:
        yield Task(
            kind=TaskKind.DISPOSAL,
            source_id=each.person_id,
            what="Record whose time is over",
            due=london_date(each.found_at + TO_DECIDE),
            person_id=each.person_id,
            detail=each.rule.covers,
        )


def notifications(reader: Reader, at: datetime) -> Iterator[Task]:
    """Yield the arrivals and departures that a home notified and nobody has taken in."""
    del at
    if not reader.holds(roles.COORDINATOR):
        return
    for each in hosting.notifications(reader, waiting=True).order_by("received_on")[:100]:
        yield Task(
            kind=TaskKind.NOTIFIED,
            source_id=each.pk,
            what=f"{Direction(each.direction).label} notified: to take in",
            due=add_working_days(each.received_on, 1),
            who=f"{each.given} {each.family}".strip(),
            person_id=each.person_id,
            detail=each.sender.name,
        )
