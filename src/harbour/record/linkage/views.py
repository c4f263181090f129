"""Look for a child; register one only after having looked."""

from uuid import UUID

from django.core import signing
from django.http import HttpResponse, QueryDict

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies import queries as agencies
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.record.linkage import actions, policy, presenters, queries
from harbour.record.linkage.actions import Known
from harbour.record.linkage.forms import PRECISIONS, Register, Relate, Search
from harbour.record.linkage.queries import Hit
from harbour.record.people import actions as people_actions
from harbour.record.people import policy as people_policy
from harbour.record.people import queries as people
from harbour.record.people.actions import Child
from harbour.record.people.queries import PersonLine

# The mark that this person has searched: signed, for half an hour. It says nothing about whom.
SEARCHED = "harbour.linkage.searched"
GOOD_FOR = 30 * 60
SEARCH_FIRST = "Search before you register: the child may be known already."


@grants(Permission.PEOPLE_SEARCH)
def find(request: StaffRequest) -> HttpResponse:
    """Look for a child. What is typed travels in the body, never in the address."""
    reader = request.reader
    form = Search(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return page(
            request, "linkage/find.html", presenters.search_page(reader, form, None, {}, {})
        )
    hits = queries.find(reader, form.query, at=request.received_at)
    lines = people.lines(reader, [each.person_id for each in hits])
    carried = presenters.carried_query(
        request.POST.dict(), signing.dumps(str(reader.user_id), salt=SEARCHED)
    )
    shown = presenters.search_page(reader, form, hits, lines, carried)
    return page(request, "linkage/find.html", shown)


@grants(Permission.PEOPLE_REGISTER)
@once
def register(request: StaffRequest) -> HttpResponse:
    """Open a child's record, under the eyes of those who may be the same child."""
    reader = request.reader
    policy.check_can_register(reader)
    searched = request.POST.get("searched", "")
    if request.method != "POST" or not _has_searched(request, searched):
        return redirect_to(request, "linkage:find", said=SEARCH_FIRST)
    hits, lines = _alike(request)
    form = _form(request, asks_reason=bool(hits))
    if not form.is_bound or not form.is_valid():
        shown = presenters.register_page(form, hits, lines, searched)
        return page(request, "linkage/register.html", shown)
    person = actions.register(
        child=_child(form),
        reason=form.cleaned_data.get("reason", ""),
        by=reader,
        at=request.received_at,
        **_known(form),
    )
    return redirect_to(request, "cases:child", person.pk, said="The child is registered.")


@grants(Permission.PEOPLE_EDIT)
@once
def relate(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Say who somebody is to a child, of people who are in the record already."""
    reader = request.reader
    people_policy.check_can_write(reader, person_id, "contact")
    form = Relate(request.POST if request.method == "POST" else None)
    hits, lines = _alike(request) if form.is_bound else ([], {})
    shown = [each for each in hits if each.person_id != person_id]
    if shown:
        form.offer(presenters.offered(shown, lines))
    if not form.is_bound or not form.is_valid() or not form.cleaned_data.get("other"):
        return page(
            request, "linkage/relate.html", presenters.relate_page(form, person_id, found=shown)
        )
    people_actions.add_relation(
        person_id=person_id,
        other_id=UUID(form.cleaned_data["other"]),
        kind=form.cleaned_data["kind"],
        starts_on=form.cleaned_data["starts_on"],
        source=form.cleaned_data["source"],
        by=reader,
        at=request.received_at,
    )
    return redirect_to(request, "cases:people_places", person_id, said="It is recorded.")


def _has_searched(request: StaffRequest, searched: str) -> bool:
    try:
        who = signing.loads(searched, salt=SEARCHED, max_age=GOOD_FOR)
    except signing.BadSignature:
        return False
    return bool(who == str(request.reader.user_id))


def _alike(request: StaffRequest) -> tuple[list[Hit], dict[UUID, PersonLine]]:
    search = Search(request.POST)
    if not search.is_valid():
        return [], {}
    hits = queries.find(request.reader, search.query, at=request.received_at)
    return hits, people.lines(request.reader, [each.person_id for each in hits])


def _form(request: StaffRequest, *, asks_reason: bool) -> Register:
    authorities = list(agencies.authorities())
    if request.POST.get("stage") == "register":
        return Register(request.POST, authorities=authorities, asks_reason=asks_reason)
    return Register(
        initial=_initial(request.POST)
        | {"responsible": presenters.likely_authority(request.reader, authorities)},
        authorities=authorities,
        asks_reason=asks_reason,
    )


def _initial(typed: QueryDict) -> dict[str, object]:
    search = Search(typed)
    search.is_valid()
    born = search.cleaned_data.get("born")
    names = ("given", "family", "identifier", "phone")
    return {name: typed.get(name, "") for name in names} | {"born": born}


def _child(form: Register) -> Child:
    found = form.cleaned_data
    return Child(
        given=found["given"],
        family=found["family"],
        known_as=found["known_as"],
        born_on=found["born"].date,
        born_precision=PRECISIONS[found["born"].precision],
        sex=found["sex"],
        responsible=form.authorities[found["responsible"]],
        host=form.authority("host"),
        home=form.authority("home"),
    )


def _known(form: Register) -> Known:
    found = form.cleaned_data
    return Known(
        identifier_scheme=found["identifier_scheme"] or "other",
        identifier=found["identifier"],
        phone=found["phone"],
    )
