"""Requests to the meetings room."""

from harbour.hub.meetings.views.child import decide, give_view, item, leave, reveal, show
from harbour.hub.meetings.views.meeting import (
    attendance,
    close,
    daily,
    decisions,
    minutes,
    minutes_pdf,
    pulse,
    refresh,
    room,
    start,
    wall,
)

__all__ = [
    "attendance",
    "close",
    "daily",
    "decide",
    "decisions",
    "give_view",
    "item",
    "leave",
    "minutes",
    "minutes_pdf",
    "pulse",
    "refresh",
    "reveal",
    "room",
    "show",
    "start",
    "wall",
]
