"""The page from which a meeting is started, and the list of those that were."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from harbour.foundation.agencies.models import Agency
from harbour.foundation.ui import components as ui
from harbour.foundation.ui import listing, when
from harbour.hub.meetings.forms import Open
from harbour.hub.meetings.models import Meeting

WANTS = listing.Order(default="held", descending=True, keys={"held": ("window_to",)})


@dataclass(frozen=True)
class DailyPage:
    """Where a meeting begins."""

    authority: Agency
    places: ui.SubNavigation | None
    present: Meeting | None
    window: str
    joins: str
    room: str
    form: Open | None
    start: str
    refusal: str
    past: ui.Table
    pagination: ui.Pagination


@dataclass(frozen=True)
class History:
    """The meetings that were held, one page of them, and the last one."""

    wanted: listing.Wanted
    past: listing.Paged[Any]
    last: Meeting | None


def daily_page(
    authority: Agency,
    choices: Sequence[Agency],
    history: History,
    *,
    form: Open | None,
    refusal: str,
) -> DailyPage:
    """Return the page of one authority's meetings."""
    last = history.last
    present = last if last is not None and last.closed_at is None else None
    return DailyPage(
        authority=authority,
        places=_places(authority, choices) if len(choices) > 1 else None,
        present=present,
        window=f"From {when.moment(present.window_from)} to {when.moment(present.window_to)}"
        if present
        else "",
        joins=next_window(last.window_to if last else None),
        room=reverse("meetings:room", args=[present.pk]) if present else "",
        form=form,
        start=reverse("meetings:start", args=[authority.pk]),
        refusal=refusal,
        past=_past(history.past, history.wanted),
        pagination=history.past.pagination,
    )


def next_window(last_ended_at: datetime | None) -> str:
    """Say where the next window begins."""
    if last_ended_at is None:
        return "This is the first meeting. Its window is the 24 hours before its end."
    return (
        f"Its window begins where the last one ended: {when.moment(last_ended_at)}. "
        "Nothing lies between the two."
    )


def _places(authority: Agency, choices: Sequence[Agency]) -> ui.SubNavigation:
    return ui.SubNavigation(
        tuple(
            ui.Place(
                each.name,
                f"{reverse('meetings:daily')}?{urlencode({'authority': str(each.pk)})}",
                current=each.pk == authority.pk,
            )
            for each in choices
        ),
        label="Authorities",
    )


def _past(past: listing.Paged[Any], wanted: listing.Wanted) -> ui.Table:
    return ui.Table(
        caption="Meetings",
        columns=(
            ui.Column("Window ended", sort="held"),
            ui.Column("Window began"),
            ui.Column("Chair"),
            ui.Column("Children", numeric=True),
            ui.Column("State"),
        ),
        rows=[_line(each) for each in past.items],
        empty="No meeting of this authority was held yet. The first one is started above.",
        total=past.total,
        wanted=wanted,
        noun=("meeting", "meetings"),
    )


def _line(meeting: Any) -> tuple[ui.Content, ...]:
    is_open = meeting.closed_at is None
    to = reverse("meetings:room" if is_open else "meetings:minutes", args=[meeting.pk])
    return (
        ui.Link(when.moment(meeting.window_to), to, about="open" if is_open else "minutes"),
        meeting.window_from,
        meeting.chair.name,
        meeting.children,
        ui.Tag("Open", ui.Colour.BLUE) if is_open else ui.Tag("Closed", ui.Colour.GREY),
    )
