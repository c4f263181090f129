"""The screen on the wall: the agenda, and the child the room is looking at."""

from dataclasses import dataclass
from datetime import datetime

from harbour.foundation.access.reader import Reader
from harbour.foundation.ui import components as ui
from harbour.hub.meetings.models import Meeting
from harbour.hub.meetings.presenters.boxes import box_of, standing, views_of
from harbour.hub.meetings.presenters.facts import fact_band, last_grade, with_age
from harbour.hub.meetings.presenters.room import (
    AgendaPart,
    agenda_part,
    heading_of,
    proof_of,
    window_of,
)
from harbour.hub.meetings.queries import Agenda, InTheRoom


@dataclass(frozen=True)
class WallPage:
    """What the room sees from five metres."""

    heading: str
    meeting: Meeting
    window: str
    proof: str
    agenda: AgendaPart
    name: str
    reasons: tuple[str, ...]
    last_grade: str
    facts: ui.FactBand | None
    views: ui.Views | None
    standing: ui.SummaryList | None


def wall_page(
    agenda: Agenda, room: InTheRoom | None, reader: Reader, last_ended_at: datetime | None
) -> WallPage:
    """Return what the screen on the wall shows."""
    meeting = agenda.meeting
    reasons = tuple(each["sentence"] for each in room.item.reasons) if room else ()
    return WallPage(
        heading=heading_of(meeting),
        meeting=meeting,
        window=window_of(meeting),
        proof=proof_of(meeting, last_ended_at),
        agenda=agenda_part(agenda, room.item.pk if room else None),
        name=with_age(room.child.name, room.child.age) if room else "",
        reasons=reasons[:3],
        last_grade=last_grade(room.earlier) if room else "",
        facts=fact_band(room) if room else None,
        views=_wall_views(room, reader) if room else None,
        standing=standing(room) if room else None,
    )


def _wall_views(room: InTheRoom, reader: Reader) -> ui.Views:
    """Return the boxes as all in the room may see them: the own view stays off the wall."""
    if room.item.revealed_at is not None:
        return views_of(room, reader)
    return ui.Views(
        tuple(
            ui.View(each.name, box_of(room, each, mine=False, is_open=False)) for each in room.seats
        )
    )
