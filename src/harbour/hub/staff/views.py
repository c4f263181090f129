"""Pages of people and roles."""

from datetime import date, datetime
from typing import TypedDict
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.roles import SYSTEM_ADMINISTRATOR, role
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies.models import Team
from harbour.foundation.kernel import clock
from harbour.foundation.ui import listing
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.hub.staff import actions, forms, presenters, queries


class Given(TypedDict):
    """What is said of every role that is given."""

    user: User
    team: Team
    starts_on: date
    by: Reader
    at: datetime


ORDER = listing.Order(default="name", keys={"name": ("name",), "job": ("job", "name")})


@grants(Permission.USERS_MANAGE)
@require_safe
def people(request: StaffRequest) -> HttpResponse:
    """List everybody who works in the hub."""
    wanted = listing.wanted(request.GET, ORDER)
    shown = listing.paged(queries.people(request.reader).order_by(*wanted.order_by), wanted)
    users = list(shown.items)
    table = presenters.people_table(
        users,
        queries.holdings(request.reader, [each.pk for each in users]),
        today=clock.london_date(request.received_at),
        total=shown.total,
        wanted=wanted,
    )
    return page(request, "staff/people.html", {"table": table, "pagination": shown.pagination})


@grants(Permission.USERS_MANAGE)
@require_safe
def roles(request: StaffRequest) -> HttpResponse:
    """Say what each role sees and does."""
    return page(request, "staff/roles.html", {"cards": presenters.role_cards()})


@grants(Permission.USERS_MANAGE)
@require_safe
def person(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Show one person's roles."""
    user = queries.person(request.reader, user_id)
    mine = user.pk == request.reader.user_id
    held = queries.holdings(request.reader, [user.pk])
    return page(
        request,
        "staff/person.html",
        {"person": user, "mine": mine, "table": presenters.holdings_table(held, mine=mine)},
    )


@grants(Permission.USERS_MANAGE)
@require_http_methods(["GET", "POST"])
@once
def give_role(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Give a person a role."""
    user = queries.person(request.reader, user_id)
    form = forms.GiveRole(
        request.POST or None, initial={"starts_on": clock.london_date(request.received_at)}
    )
    back = reverse("staff:person", args=[user_id])
    if not form.is_valid():
        return page(
            request,
            "ui/form.html",
            {"form": form, "heading": "Give a role", "submit": "Give the role", "back": back},
        )
    given: Given = {
        "user": user,
        "team": form.cleaned_data["team"],
        "starts_on": form.cleaned_data["starts_on"],
        "by": request.reader,
        "at": request.received_at,
    }
    chosen = role(form.cleaned_data["role"])
    if chosen == SYSTEM_ADMINISTRATOR:
        actions.propose_administrator(reason=form.cleaned_data["reason"], **given)
        said = "Proposed. Another administrator or the records officer decides within a day."
    else:
        actions.give_role(role=chosen, **given)
        said = "The role is given."
    return redirect_to(request, "staff:person", user_id, said=said)


@grants(Permission.USERS_MANAGE)
@require_http_methods(["GET", "POST"])
@once
def end_role(request: StaffRequest, holding_id: UUID) -> HttpResponse:
    """End a role from a day on."""
    holding = queries.holding(request.reader, holding_id)
    form = forms.EndRole(
        request.POST or None, initial={"ends_on": clock.london_date(request.received_at)}
    )
    back = reverse("staff:person", args=[holding.user_id])
    if not form.is_valid():
        heading = f"End the role of {role(holding.role).title.lower()}"
        return page(
            request,
            "ui/form.html",
            {"form": form, "heading": heading, "submit": "End the role", "back": back},
        )
    actions.end_role(
        holding=holding,
        ends_on=form.cleaned_data["ends_on"],
        by=request.reader,
        at=request.received_at,
    )
    return redirect_to(request, "staff:person", holding.user_id, said="The role is ended.")


@grants(Permission.USERS_MANAGE)
@require_http_methods(["GET", "POST"])
@once
def add_person(request: StaffRequest) -> HttpResponse:
    """Make an account for a new member of staff."""
    form = forms.AddPerson(request.POST or None)
    if not form.is_valid():
        return page(
            request,
            "ui/form.html",
            {
                "form": form,
                "heading": "Add a person",
                "submit": "Add the person",
                "back": reverse("staff:people"),
            },
        )
    user = actions.add_person(by=request.reader, at=request.received_at, **form.cleaned_data)
    return redirect_to(
        request, "staff:person", user.pk, said="The account is made. Give it a role next."
    )


@grants(Permission.USERS_MANAGE)
@require_POST
@once
def let_go(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Close a leaver's account."""
    user = queries.person(request.reader, user_id)
    actions.let_go(user=user, by=request.reader, at=request.received_at)
    return redirect_to(request, "staff:person", user_id, said="The account is closed.")
