"""Frozen values for the pages of the meeting."""

from harbour.hub.meetings.presenters.lists import daily_page
from harbour.hub.meetings.presenters.minutes import (
    MinutesPage,
    decisions_page,
    leaves_page,
    minutes_data,
    minutes_page,
)
from harbour.hub.meetings.presenters.room import (
    AgendaPart,
    Forms,
    RoomPage,
    agenda_part,
    heading_of,
    parts_page,
    room_page,
)
from harbour.hub.meetings.presenters.wall import wall_page

__all__ = [
    "AgendaPart",
    "Forms",
    "MinutesPage",
    "RoomPage",
    "agenda_part",
    "daily_page",
    "decisions_page",
    "heading_of",
    "leaves_page",
    "minutes_data",
    "minutes_page",
    "parts_page",
    "room_page",
    "wall_page",
]
