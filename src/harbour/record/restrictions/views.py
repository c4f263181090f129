"""Restrict a record, see who is named and who looked, and propose to lift it."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.urls import reverse

from harbour.foundation.access import queries as access
from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.models import User
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.entrance.proof import recently_proved_to_send
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.foundation.ui.forms import Form
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.record.people import policy as people_policy
from harbour.record.people import queries as people
from harbour.record.people.models import Address, Phone
from harbour.record.people.vocabulary import AuthorityTieKind
from harbour.record.restrictions import actions, forms, presenters, queries
from harbour.record.restrictions.models import Restriction
from harbour.record.restrictions.vocabulary import SealedRow

AT_ONCE = "Everybody who is not named stops seeing it the moment you press the button."


@grants(Permission.RESTRICT)
@once
def restrict(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Restrict a record, or parts of it, to named people."""
    reader = request.reader
    people_policy.check_can_write(reader, person_id, "sharing")
    header = people.child(reader, person_id, at=request.received_at)
    near = _near(request, person_id)
    form = forms.RestrictForm(_posted(request), reader=reader, owners=_owners(), users=near)
    if not form.is_valid():
        heading = f"Restrict the record of {header.name}"
        return _form(request, form, heading, "Restrict", _sharing(person_id), lede=AT_ONCE)
    wanted = form.restriction
    actions.restrict(person_id=person_id, wanted=wanted, by=reader, at=request.received_at)
    return _after(request, person_id, wanted)


@grants(Permission.RESTRICT)
@once
def seal(request: StaffRequest, person_id: UUID, kind: str, fact_id: UUID) -> HttpResponse:
    """Seal one address or telephone number for named people."""
    if kind not in SealedRow.values:
        raise Missing
    reader = request.reader
    row = queries.sealable(reader, SealedRow(kind), fact_id)
    if row.person_id != person_id or not isinstance(row, Address | Phone):
        raise Missing
    people_policy.check_can_write(reader, person_id, "contact")
    people.child(reader, person_id, groups=("contact",), at=request.received_at)
    near = _near(request, person_id)
    form = forms.Naming(_posted(request), reader=reader, owners=_owners(), users=near)
    if not form.is_valid():
        heading = f"Seal {presenters.row_words(row)}"
        return _form(request, form, heading, "Seal", _sharing(person_id), lede=AT_ONCE)
    actions.seal_row(row=row, wanted=form.wanted(), by=reader, at=request.received_at)
    return redirect_to(request, "cases:sharing", person_id, said="It is sealed.")


@grants(Permission.PEOPLE_SEARCH)
def mine(request: StaffRequest) -> HttpResponse:
    """List the restrictions that name the reader."""
    reader = request.reader
    rows = queries.naming(reader)
    ids = [each.person_id for each in rows]
    people.audit_list(reader, "restrictions.listed", ids, ("identity",), request.received_at)
    shown = presenters.mine_page(reader, rows, people.lines(reader, ids))
    return page(request, "restrictions/mine.html", shown)


@grants(Permission.PEOPLE_SEARCH)
def restriction(request: StaffRequest, restriction_id: UUID) -> HttpResponse:
    """Show who is named in a restriction and, to its owner, who looked."""
    row = queries.restriction(request.reader, restriction_id)
    header = people.child(request.reader, row.person_id, at=request.received_at)
    shown = presenters.restriction_page(request.reader, row, header, now=request.received_at)
    return page(request, "restrictions/restriction.html", shown)


@grants(Permission.RESTRICT)
@once
def name(request: StaffRequest, restriction_id: UUID) -> HttpResponse:
    """Name one more person."""
    row = queries.restriction(request.reader, restriction_id)
    users = queries.who_can_be_named(request.reader)
    form = forms.NameForm(_posted(request), users=users)
    if not form.is_valid():
        return _form(request, form, "Name another person", "Name", _home(row))
    actions.name_another(
        restriction=row, user=form.chosen, by=request.reader, at=request.received_at
    )
    return _back(request, row, "The person is named.")


@grants(Permission.RESTRICT)
@once
def unname(request: StaffRequest, named_id: UUID) -> HttpResponse:
    """Take somebody out of a restriction."""
    named = queries.named(request.reader, named_id)
    row = named.restriction
    form = forms.ReasonForm(_posted(request))
    if not form.is_valid():
        heading = f"Take {named.user.name} out"
        return _form(request, form, heading, "Take out", _home(row), kind="warning")
    actions.unname(
        named=named,
        reason=form.cleaned_data["reason"],
        by=request.reader,
        at=request.received_at,
    )
    if named.user_id == request.reader.user_id:
        return redirect_to(request, "restrictions:mine", said="You are no longer named.")
    return _back(request, row, "The person is no longer named.")


@grants(Permission.RESTRICT)
@recently_proved_to_send
@once
def lift(request: StaffRequest, restriction_id: UUID) -> HttpResponse:
    """Propose to lift a restriction, for somebody else to decide."""
    row = queries.restriction(request.reader, restriction_id)
    form = forms.ReasonForm(_posted(request))
    if not form.is_valid():
        return _form(
            request,
            form,
            "Propose to lift the restriction",
            "Propose",
            _home(row),
            lede="Somebody else who is named and may restrict records decides, within a day.",
        )
    actions.propose_lift(
        restriction=row,
        reason=form.cleaned_data["reason"],
        by=request.reader,
        at=request.received_at,
    )
    return _back(request, row, "It is proposed, and waits for a second person.")


@grants(Permission.RESTRICT)
@once
def review(request: StaffRequest, restriction_id: UUID) -> HttpResponse:
    """Say that the restriction is still needed."""
    row = queries.restriction(request.reader, restriction_id)
    form = forms.ReviewForm(_posted(request))
    if not form.is_valid():
        return _form(request, form, "It is still needed", "Save", _home(row))
    actions.review(
        restriction=row,
        review_on=form.cleaned_data["review_on"],
        by=request.reader,
        at=request.received_at,
    )
    return _back(request, row, "The review is recorded.")


@grants(Permission.PEOPLE_SEARCH)
@once
def read(request: StaffRequest, restriction_id: UUID) -> HttpResponse:
    """Note that the owner has read who looked."""
    row = queries.restriction(request.reader, restriction_id)
    if request.method == "POST":
        if row.owner_id != request.reader.user_id:
            raise Refused("Only the owner is told who looked.")
        actions.read_lookouts(restriction=row, by=request.reader, at=request.received_at)
    return _back(request, row, "")


def _posted(request: StaffRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _owners() -> QuerySet[User]:
    return access.people_with(Permission.RESTRICT)


def _near(request: StaffRequest, person_id: UUID) -> QuerySet[User]:
    """Return who is likely to be named: the people who work for any of the child's authorities."""
    tied = (people.authority_of(person_id, kind) for kind in AuthorityTieKind)
    holders = {
        user_id
        for authority in tied
        if authority is not None
        for user_id in access.people_with(
            Permission.PEOPLE_SEARCH, authority_id=authority.pk
        ).values_list("pk", flat=True)
    }
    return queries.who_can_be_named(request.reader, among=holders)


def _after(request: StaffRequest, person_id: UUID, wanted: actions.Wanted) -> HttpResponse:
    """Lead back to the child, unless the reader does not see the child any more."""
    if request.reader.user_id in wanted.everybody or not wanted.whole:
        return redirect_to(request, "cases:sharing", person_id, said="The record is restricted.")
    return redirect_to(request, "home:my_work", said="The record is restricted.")


def _sharing(person_id: UUID) -> str:
    return reverse("cases:sharing", args=[person_id])


def _home(row: Restriction) -> str:
    return reverse("restrictions:restriction", args=[row.pk])


def _back(request: StaffRequest, row: Restriction, said: str) -> HttpResponse:
    return redirect_to(request, "restrictions:restriction", row.pk, said=said)


def _form(
    request: StaffRequest, form: Form, heading: str, submit: str, back: str, **more: str
) -> HttpResponse:
    context = presenters.FormPage(
        form=form,
        heading=heading,
        submit=submit,
        back=back,
        cancel=back,
        lede=more.get("lede", ""),
        submit_kind=more.get("kind", ""),
    )
    return page(request, "restrictions/form.html", context)
