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
from harbour.foundation.entrance import sessions
from harbour.foundation.entrance.adapter import providers, takes_password
from harbour.foundation.entrance.presenters import sessions_table
from harbour.foundation.entrance.proof import recently_proved
from harbour.foundation.kernel import clock
from harbour.foundation.ui import listing
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.hub.staff import actions, forms, policy, presenters, queries
from harbour.hub.staff.vocabulary import Lost


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
        {
            "person": user,
            "mine": mine,
            "table": presenters.holdings_table(held, mine=mine),
            "works": user.works_on(clock.london_date(request.received_at)),
            "sessions": sessions_table(sessions.of(user.pk)),
            "code": policy.can_give_code(request.reader, user, request.received_at)
            and takes_password(user),
            "help": policy.can_ask_for_help(request.reader, user, request.received_at),
            "waiting": queries.help_waiting(request.reader, user, at=request.received_at),
        },
    )


@grants(Permission.USERS_MANAGE)
@recently_proved
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
@recently_proved
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
@recently_proved
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
        request,
        "staff:person",
        user.pk,
        said="The account is made. Give it a role and a code next.",
    )


@grants(Permission.USERS_MANAGE)
@recently_proved
@require_POST
def give_code(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Show, once, a code with which a person sets a password of her own."""
    user = queries.person(request.reader, user_id)
    code = actions.give_code(user=user, by=request.reader, at=request.received_at)
    return page(request, "staff/code.html", {"person": user, "code": code})


@grants(Permission.USERS_MANAGE)
@recently_proved
@require_http_methods(["GET", "POST"])
@once
def help_to_sign_in(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Propose to take away what somebody lost."""
    user = queries.person(request.reader, user_id)
    policy.check_can_ask_for_help(request.reader, user, request.received_at)
    form = forms.Help(request.POST or None)
    if not form.is_valid():
        return page(
            request,
            "ui/form.html",
            {
                "form": form,
                "heading": "Help somebody to sign in",
                "lede": f"{user.name} cannot sign in any more. Another administrator or the "
                "records officer decides within a day. "
                "Every session ends then, and you give a code.",
                "submit": "Ask the second person",
                "back": reverse("staff:person", args=[user_id]),
            },
        )
    actions.propose_help(
        user=user,
        lost=Lost(form.cleaned_data["lost"]),
        checked=form.cleaned_data["checked"],
        by=request.reader,
        at=request.received_at,
    )
    return redirect_to(
        request, "staff:person", user_id, said="Asked. A second person decides within a day."
    )


@grants(Permission.USERS_MANAGE)
@recently_proved
@require_http_methods(["GET", "POST"])
@once
def let_go(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Write down when somebody leaves."""
    user = queries.person(request.reader, user_id)
    form = forms.Leave(
        request.POST or None, initial={"left_on": clock.london_date(request.received_at)}
    )
    if not form.is_valid():
        return page(
            request,
            "ui/form.html",
            {
                "form": form,
                "heading": "This person leaves",
                "lede": "What they wrote stays. Children allocated to them come to their team "
                "manager's work to be handed over, from two weeks before the day.",
                "submit": "Write down the day",
                "back": reverse("staff:person", args=[user_id]),
            },
        )
    actions.let_go(
        user=user, left_on=form.cleaned_data["left_on"], by=request.reader, at=request.received_at
    )
    return redirect_to(request, "staff:person", user_id, said="The day is written down.")


@grants(Permission.USERS_MANAGE)
@require_POST
@once
def end_sessions(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """End every session of a person."""
    user = queries.person(request.reader, user_id)
    ended = actions.end_sessions(user=user, by=request.reader, at=request.received_at)
    return redirect_to(request, "staff:person", user_id, said=f"Sessions ended: {ended}.")


@grants(Permission.USERS_MANAGE)
@require_safe
def groups(request: StaffRequest) -> HttpResponse:
    """List which groups of the sign-in providers give which role."""
    table = presenters.groups_table(queries.mappings(request.reader))
    return page(request, "staff/groups.html", {"table": table, "any": bool(providers())})


@grants(Permission.USERS_MANAGE)
@recently_proved
@require_http_methods(["GET", "POST"])
@once
def map_group(request: StaffRequest) -> HttpResponse:
    """Let a group give a role."""
    form = forms.MapGroup(request.POST or None)
    if not form.is_valid():
        return page(
            request,
            "ui/form.html",
            {
                "form": form,
                "heading": "Let a group give a role",
                "submit": "Save",
                "back": reverse("staff:groups"),
            },
        )
    given = {**form.cleaned_data, "role": role(form.cleaned_data["role"])}
    actions.map_group(by=request.reader, at=request.received_at, **given)
    return redirect_to(request, "staff:groups", said="Saved. It counts from the next sign-in on.")


@grants(Permission.USERS_MANAGE)
@recently_proved
@require_http_methods(["GET", "POST"])
@once
def unmap_group(request: StaffRequest, mapping_id: UUID) -> HttpResponse:
    """End what a group gives."""
    mapping = queries.mapping(request.reader, mapping_id)
    if request.method != "POST":
        return page(
            request,
            "ui/form.html",
            {
                "heading": "End what this group gives?",
                "lede": "Its members lose the role when they next sign in.",
                "submit": "End it",
                "submit_kind": "warning",
                "back": reverse("staff:groups"),
            },
        )
    actions.unmap_group(mapping=mapping, by=request.reader, at=request.received_at)
    return redirect_to(request, "staff:groups", said="Ended.")
