"""A child's record, part by part. Each page writes the look, with the parts it showed."""

from uuid import UUID

from django.http import HttpResponse

from harbour.foundation.access import queries as access
from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.kernel.refusals import Missing
from harbour.foundation.ui import listing
from harbour.foundation.ui.pages import page
from harbour.record.people import queries as people
from harbour.work.assessments import queries as assessments
from harbour.work.cases import forms, queries
from harbour.work.cases.presenters import details, overview, planning, timeline, top
from harbour.work.discussions import queries as discussions
from harbour.work.discussions.presenters import discussions_panel
from harbour.work.missing import queries as missing
from harbour.work.returns import presenters as returned
from harbour.work.returns import queries as returns

NEWEST_FIRST = listing.Order(keys={"at": ("at",)}, default="at", descending=True)


def _part(request: StaffRequest, person_id: UUID, *shows: Facet) -> queries.Child:
    """Open a part of a record; a part that is closed to the reader is not there."""
    child = queries.child(request.reader, person_id, shows=shows, at=request.received_at)
    if shows and not child.parts.reads & set(shows):
        raise Missing
    return child


@grants(Permission.PEOPLE_SEARCH)
def child(request: StaffRequest, person_id: UUID) -> HttpResponse:
    shows = top.tab("cases:chronology").needs
    opened = queries.child(request.reader, person_id, shows=shows, at=request.received_at)
    shown = queries.overview(request.reader, opened)
    return page(
        request, "cases/overview.html", overview.overview_page(request.reader, opened, shown)
    )


@grants(Permission.PEOPLE_SEARCH)
def chronology(request: StaffRequest, person_id: UUID) -> HttpResponse:
    opened = _part(request, person_id, *top.tab("cases:chronology").needs)
    kinds, agency = timeline.asked_for(request.GET)
    found = queries.chronology(
        request.reader, person_id, reads=opened.parts.reads, kinds=kinds, agency=agency
    )
    form = forms.ChronologyFilter(
        request.GET if kinds or agency else None, kinds=found.kinds, agencies=found.agencies
    )
    wanted = listing.wanted(request.GET, NEWEST_FIRST)
    shown = listing.paged(found.entries, wanted)
    return page(
        request,
        "cases/chronology.html",
        timeline.chronology_page(request.reader, opened, form, shown, wanted),
    )


@grants(Permission.PEOPLE_SEARCH)
def people_places(request: StaffRequest, person_id: UUID) -> HttpResponse:
    opened = _part(request, person_id, Facet.CONTACT, Facet.PLACEMENT)
    return page(request, "cases/people_places.html", details.people_page(request.reader, opened))


@grants(Permission.PEOPLE_SEARCH)
def sharing(request: StaffRequest, person_id: UUID) -> HttpResponse:
    opened = _part(request, person_id, Facet.SHARING)
    return page(request, "cases/sharing.html", details.sharing_page(request.reader, opened))


@grants(Permission.PEOPLE_SEARCH)
def missing_tab(request: StaffRequest, person_id: UUID) -> HttpResponse:
    opened = _part(request, person_id, Facet.MISSING)
    reader, at = request.reader, request.received_at
    lines = missing.of_child(reader, person_id, at=at)
    pairs = returns.companions_of(reader, person_id, at=at)
    with_whom = {each for pair in pairs for each in pair.children} - {person_id}
    if with_whom:
        people.audit_list(reader, "cases.companions_shown", sorted(with_whom), (Facet.MISSING,), at)
    places = returns.places_of(reader, person_id, at=at)
    waiting = discussions.open_ask_of(reader, person_id)
    around = returned.around(person_id, pairs, places, people.lines(reader, with_whom))
    shown = details.missing_page(reader, opened, lines, (around, waiting))
    return page(request, "cases/missing.html", shown)


@grants(Permission.PEOPLE_SEARCH)
def discussions_tab(request: StaffRequest, person_id: UUID) -> HttpResponse:
    opened = _part(request, person_id, Facet.CASE)
    reader, at = request.reader, request.received_at
    found = tuple(discussions.of_child(reader, person_id))
    asks = discussions.open_ask_of(reader, person_id), discussions.last_answer(reader, person_id)
    panel = discussions_panel(reader, person_id, found, asks, at=at)
    shown = details.discussions_page(reader, opened, panel)
    return page(request, "cases/discussions.html", shown)


@grants(Permission.PEOPLE_SEARCH)
def assessments_tab(request: StaffRequest, person_id: UUID) -> HttpResponse:
    opened = _part(request, person_id, Facet.ASSESSMENT)
    lines = assessments.of_child(request.reader, person_id)
    return page(
        request,
        "cases/assessments.html",
        details.assessments_page(request.reader, opened, tuple(lines)),
    )


@grants(Permission.PEOPLE_SEARCH)
def documents(request: StaffRequest, person_id: UUID) -> HttpResponse:
    opened = _part(request, person_id, *top.tab("cases:documents").needs)
    return page(request, "cases/documents.html", details.documents_page(request.reader, opened))


@grants(Permission.PEOPLE_SEARCH)
def plan(request: StaffRequest, person_id: UUID) -> HttpResponse:
    opened = _part(request, person_id, Facet.CASE)
    reader = request.reader
    found = planning.Planning(
        plan=queries.plan(reader, person_id),
        allocations=queries.allocations(reader, person_id),
        stages=queries.stages(reader, person_id),
        models=queries.models_seen(reader, person_id),
        voice=queries.child_voice(reader, person_id),
    )
    return page(request, "cases/plan.html", planning.plan_page(reader, opened, found))


@grants(Permission.PEOPLE_SEARCH)
def grading(request: StaffRequest, grading_id: UUID) -> HttpResponse:
    line = queries.grading(request.reader, grading_id)
    opened = _part(request, line.person_id, Facet.CASE)
    return page(request, "cases/grading.html", details.grading_page(opened, line))


@grants(Permission.PEOPLE_SEARCH)
def note(request: StaffRequest, note_id: UUID) -> HttpResponse:
    line = queries.note(request.reader, note_id)
    opened = _part(request, line.person_id, Facet.CASE)
    author = access.introduced([line.recorded_by_id]).get(line.recorded_by_id)
    return page(request, "cases/note.html", details.note_page(opened, line, author))
