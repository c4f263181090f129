"""What was named: the analyst's queue; who keeps being missing together; places that return."""

from uuid import UUID

from django.http import HttpResponse

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.ui import listing
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.record.linkage import queries as linkage
from harbour.record.people import queries as people
from harbour.work.returns import actions, forms, policy, presenters, queries
from harbour.work.returns.models import Named
from harbour.work.returns.vocabulary import NamedKind

PARTS = ("identity", "missing")
OLDEST_FIRST = listing.Order(keys={"at": ("recorded_at", "pk")}, default="at", descending=False)


@grants(Permission.NAMED_JUDGE)
def queue(request: StaffRequest) -> HttpResponse:
    """Show the names that wait for the analyst, the oldest first."""
    reader = request.reader
    wanted = listing.wanted(request.GET, OLDEST_FIRST)
    shown = listing.paged(queries.to_judge(reader).order_by(*wanted.order_by), wanted)
    children = [each.person_id for each in shown.items]
    people.audit_list(reader, "returns.names_shown", children, PARTS, request.received_at)
    lines = people.lines(reader, children)
    return page(request, "returns/named.html", presenters.queue_page(shown, wanted, lines))


@grants(Permission.NAMED_JUDGE)
@once
def judge(request: StaffRequest, name_id: UUID) -> HttpResponse:
    """Accept a name as a place or an association, or refuse it, with a reason."""
    reader, at = request.reader, request.received_at
    found = queries.named(reader, name_id)
    policy.check_can_judge(reader, found)
    child = people.child(reader, found.person_id, groups=PARTS, at=at)
    form = _form(request, found)
    if not form.is_valid():
        return page(request, "returns/act.html", presenters.judge_page(found, child, form))
    actions.judge(named=found, verdict=form.verdict(), by=reader, at=at)
    return redirect_to(request, "returns:named", said="Your judgement is recorded.")


def _form(request: StaffRequest, named: Named) -> forms.Judge:
    data = request.POST if request.method == "POST" else None
    if named.kind == NamedKind.PLACE:
        return forms.JudgePlace(data, named=named)
    given, _, family = named.text.strip().rpartition(" ")
    query = linkage.Query(given=given or family, family=family if given else "")
    hits = linkage.find(request.reader, query, at=request.received_at)
    hits = [each for each in hits if each.person_id != named.person_id]
    lines = people.lines(request.reader, [each.person_id for each in hits])
    return forms.JudgePerson(data, found=presenters.offered(hits, lines))


@grants(Permission.NAMED_JUDGE, Permission.INTERVIEW_REVIEW, Permission.GRADING_DECIDE)
def together(request: StaffRequest) -> HttpResponse:
    """Show the children who go missing together and the places that keep returning."""
    reader, at = request.reader, request.received_at
    pairs = queries.pairs(reader, at=at)
    places = queries.places(reader, at=at)
    children = {each for pair in pairs for each in pair.children}
    children |= {each for place in places for each in place.children}
    people.audit_list(reader, "returns.together_shown", sorted(children), PARTS, at)
    lines = people.lines(reader, children)
    return page(request, "returns/together.html", presenters.together_page(pairs, places, lines))
