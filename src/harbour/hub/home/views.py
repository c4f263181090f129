"""The first page after signing in."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from harbour.foundation.access.guards import StaffRequest, signed_in
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.ui.context import destinations
from harbour.foundation.ui.pages import page
from harbour.hub.home import actions, presenters, queries, rules
from harbour.record.people import queries as people
from harbour.record.restrictions import queries as restrictions


@require_GET
@signed_in("everybody has a first page; it holds only what is their own")
def my_work(request: StaffRequest) -> HttpResponse:
    """Show what is mine and when it is due, and what changed since I last looked."""
    reader, at = request.reader, request.received_at
    shown, left = rules.shortened(_most_pressing_first(request), listed=presenters.LISTS)
    since = queries.look_since(reader, at=at)
    changes = queries.changes(reader, since=since, at=at)
    beside = queries.beside(reader, at=at)
    told = changes[: presenters.CHANGES_SHOWN]
    mentioned = [each.person_id for each in shown] + [each.person_id for each in told]
    wanted = [each for each in mentioned if each is not None]
    named = people.lines(reader, wanted, on=london_date(at))
    also = [each.id for each in beside.shared] + [each.child.id for each in beside.home_children]
    actions.look(people=[*named, *also], by=reader, at=at)
    found = presenters.Found(
        tasks=shown,
        left=left,
        changes=changes,
        people=named,
        beside=beside,
        since=since,
        lookouts=restrictions.unread_lookouts(reader),
    )
    return page(request, "home/my_work.html", presenters.work_page(reader, found, at=at))


@require_GET
@signed_in("every place it names has a rule of its own")
def more(request: StaffRequest) -> HttpResponse:
    """Name every place that opens to the reader and what is done there."""
    return page(request, "home/more.html", {"places": destinations(request.reader)})


def _most_pressing_first(request: StaffRequest) -> list[rules.Task]:
    due = rules.grouped(
        queries.tasks(request.reader, at=request.received_at), at=request.received_at
    )
    return [task for held in due.values() for task in held]
