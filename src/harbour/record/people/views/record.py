"""Keep the record of a person: who it is, and what is known with dates."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.urls import reverse

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.refusals import Missing
from harbour.foundation.kernel.versions import Conflict
from harbour.foundation.ui.pages import conflict, once, page, redirect_to
from harbour.record.people import actions, forms, policy, presenters, queries
from harbour.record.people.forms import Fact
from harbour.record.people.presenters import KINDS, FormPage, RecordPage
from harbour.record.places import actions as places
from harbour.record.places.vocabulary import PlaceKind

GROUPS = ("identity", "contact", "placement")


@grants(Permission.PEOPLE_SEARCH)
def record(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Show who a person is, and where and with whom they live."""
    reader = request.reader
    header = queries.child(reader, person_id, groups=GROUPS, at=request.received_at)
    shown = presenters.people_and_places(reader, person_id, within=presenters.FROM_RECORD)
    back = reverse("linkage:find")
    context = RecordPage(heading=header.name, people_and_places=shown, back=back)
    return page(request, "people/record.html", context)


@grants(Permission.PEOPLE_EDIT)
@once
def identity(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Change who a person is; two editors see each other's text."""
    reader = request.reader
    policy.check_can_write(reader, person_id, "identity")
    header = queries.child(reader, person_id, at=request.received_at)
    person = queries.person(reader, person_id)
    form = forms.Identity(request.POST or None, initial=forms.Identity.initial_of(person))
    if not form.is_valid():
        return _form_page(request, person_id, form, f"Who {header.name} is")
    try:
        actions.edit_identity(
            person=person,
            seen_version=form.cleaned_data["seen_version"],
            changes=form.changes,
            by=reader,
            at=request.received_at,
        )
    except Conflict as found:
        words = presenters.conflict_in_words(found)
        return conflict(request, words, form, keep_theirs=_home(request, person_id))
    return redirect_to(request, _home_name(request), person_id, said="The change is saved.")


def _home_name(request: StaffRequest) -> str:
    return "cases:people_places" if request.GET.get("from") == "child" else "people:record"


def _home(request: StaffRequest, person_id: UUID) -> str:
    return reverse(_home_name(request), args=[person_id])


def _form_page(request: StaffRequest, person_id: UUID, form: Any, heading: str) -> HttpResponse:
    home = _home(request, person_id)
    context = FormPage(form=form, heading=heading, cancel=home, back=home)
    return page(request, "people/form.html", context)


# What is added: the form, what it is called, and the deed


def _add_address(request: StaffRequest, person_id: UUID, found: dict[str, Any]) -> None:
    place = places.place_for(
        kind=PlaceKind.RESIDENCE,
        street=found.pop("street"),
        locality=found.pop("locality"),
        postcode=found.pop("postcode"),
        by=request.reader,
        at=request.received_at,
    )
    actions.add_address(
        person_id=person_id, place=place, by=request.reader, at=request.received_at, **found
    )


def _plainly(act: Callable[..., object]) -> Callable[[StaffRequest, UUID, dict[str, Any]], None]:
    def add(request: StaffRequest, person_id: UUID, found: dict[str, Any]) -> None:
        act(person_id=person_id, by=request.reader, at=request.received_at, **found)

    return add


ADDING: dict[str, tuple[type[Fact], str, Callable[[StaffRequest, UUID, dict[str, Any]], None]]] = {
    "name": (forms.NameForm, "Add a name", _plainly(actions.add_name)),
    "identifier": (forms.IdentifierForm, "Add a number", _plainly(actions.add_identifier)),
    "authority": (forms.TieForm, "Add an authority", _plainly(actions.add_tie)),
    "address": (forms.AddressForm, "Add an address", _add_address),
    "phone": (forms.PhoneForm, "Add a telephone number", _plainly(actions.add_phone)),
    "school": (forms.SchoolForm, "Add a school", _plainly(actions.add_schooling)),
    "care": (forms.CareForm, "Add a care status", _plainly(actions.add_care_status)),
}


@grants(Permission.PEOPLE_EDIT)
@once
def add(request: StaffRequest, person_id: UUID, kind: str) -> HttpResponse:
    """Add a dated fact of one kind to a person's record."""
    if kind not in ADDING:
        raise Missing
    form_class, heading, deed = ADDING[kind]
    policy.check_can_write(request.reader, person_id, KINDS[kind].facet)
    form = form_class(_posted(request))
    if not form.is_valid():
        return _form_page(request, person_id, form, heading)
    deed(request, person_id, dict(form.cleaned_data))
    return redirect_to(request, _home_name(request), person_id, said="It is recorded.")


def _posted(request: StaffRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


@grants(Permission.PEOPLE_EDIT)
@once
def end(request: StaffRequest, person_id: UUID, kind: str, fact_id: UUID) -> HttpResponse:
    """Say until when a fact held."""
    if kind not in KINDS:
        raise Missing
    reader, card = request.reader, KINDS[kind]
    fact = queries.fact(reader, card.model, fact_id)
    if fact.person_id != person_id:
        raise Missing
    policy.check_can_write(reader, person_id, card.facet)
    form = forms.End(_posted(request))
    if not form.is_valid():
        return _form_page(request, person_id, form, f"{card.key(fact)}: end it")
    actions.end(fact=fact, ends_on=form.cleaned_data["ends_on"], by=reader, at=request.received_at)
    return redirect_to(request, _home_name(request), person_id, said="The end is recorded.")
