"""The board."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel import clock
from harbour.foundation.ui import components as ui
from harbour.foundation.ui.pages import page
from harbour.record.people import queries as people
from harbour.work.missing import forms, policy, presenters, queries

PARTS = ("identity", "missing")


@grants(*policy.SEES_EPISODES)
def board(request: StaffRequest) -> HttpResponse:
    """Show who is missing now and whose interview is due."""
    form = _form(request)
    shown = _halves(request, form)
    _write_look(request, shown)
    context = {
        "halves": shown[0],
        "filter": ui.FilterPanel(
            form, title="Filter the board", clear=reverse("missing:board") if shown[1] else ""
        ),
        "may_report": policy.may_report(request.reader),
    }
    return page(request, "missing/board.html", context)


@grants(*policy.SEES_EPISODES)
def halves(request: StaffRequest) -> HttpResponse:
    """Send both halves again where they differ from what is on the screen; else nothing.

    What is already on a screen is not shown anew: only the time of the check is sent, and no look
    is written down.
    """
    shown = _halves(request, _form(request))
    if request.GET.get("seen") == shown[0].mark:
        checked = page(request, "missing/_checked.html", {"halves": shown[0], "apart": True})
        checked.headers["HX-Reswap"] = "none"
        return checked
    _write_look(request, shown)
    return page(request, "missing/_halves.html", {"halves": shown[0]})


@grants(*policy.SEES_EPISODES)
def older(request: StaffRequest) -> HttpResponse:
    """Show the interviews of earlier returns that were never settled."""
    form = _form(request)
    narrowed = _narrowed(form)
    due = queries.older_interviews(request.reader, at=request.received_at, narrowed=narrowed)
    people.audit_list(
        request.reader,
        "missing.older_interviews_shown",
        [each.child.id for each in due],
        PARTS,
        request.received_at,
    )
    table = presenters.older_table(due)
    return page(request, "missing/older.html", {"table": table, "board": reverse("missing:board")})


def _form(request: HttpRequest) -> forms.Narrow:
    reader = request.reader  # type: ignore[attr-defined]  # set by the middleware
    authorities = Agency.objects.filter(pk__in=reader.authority_ids).order_by("name")
    teams = queries.teams(reader)
    form = forms.Narrow(request.GET or None, authorities=authorities, teams=teams)
    form.is_valid()
    return form


def _narrowed(form: forms.Narrow) -> queries.Narrowed:
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    authority, team = said.get("authority", ""), said.get("team", "")
    return queries.Narrowed(
        authority_id=UUID(authority) if authority else None,
        population=said.get("population", ""),
        team_id=UUID(team) if team else None,
    )


def _halves(
    request: StaffRequest, form: forms.Narrow
) -> tuple[presenters.Halves, str, tuple[UUID, ...]]:
    reader, at, narrowed = request.reader, request.received_at, _narrowed(form)
    missing = queries.missing_now(reader, at=at, narrowed=narrowed)
    due = queries.interviews_due(reader, at=at, narrowed=narrowed)
    older_count = queries.count_older_interviews(reader, at=at, narrowed=narrowed)
    chosen = (
        ("authority", str(narrowed.authority_id or "")),
        ("population", narrowed.population),
        ("team", str(narrowed.team_id or "")),
        ("all", "yes" if request.GET.get("all") == "yes" else ""),
    )
    query = urlencode([pair for pair in chosen if pair[1]])
    found = presenters.halves(reader, missing, due, older=older_count, query=query, at=at)
    children = [each.child.id for each in missing]
    children += [each.child.id for each in presenters.shown_of(due, query)]
    return found, query, tuple(children)


def _write_look(
    request: StaffRequest, shown: tuple[presenters.Halves, str, tuple[UUID, ...]]
) -> None:
    people.audit_list(
        request.reader, "missing.board_shown", shown[2], PARTS, request.received_at or clock.now()
    )
