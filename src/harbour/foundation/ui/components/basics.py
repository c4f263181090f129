"""Words, links, buttons, clocks and facts: what larger parts are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from django.utils.safestring import SafeString

from harbour.foundation.ui import when


class Colour(StrEnum):
    """Colours of tags and facts. A colour never speaks alone: the word does."""

    GREY = "grey"
    GREEN = "green"
    TEAL = "teal"
    BLUE = "blue"
    PURPLE = "purple"
    MAGENTA = "magenta"
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"


@dataclass(frozen=True)
class Component:
    """A value that names the template which shows it."""

    template_name: ClassVar[str]


type Content = str | SafeString | int | date | datetime | Component | Sequence["Content"] | None


@dataclass(frozen=True)
class Link(Component):
    """A link; `about` is read out after the text, so that ten links named "Change" differ."""

    template_name: ClassVar[str] = "ui/components/link.html"
    text: str
    href: str
    about: str = ""
    key: str = ""


@dataclass(frozen=True)
class Button(Component):
    """A button: a link where `href` alone is given, a form of its own where `post` is true."""

    template_name: ClassVar[str] = "ui/components/button.html"
    text: str
    href: str = ""
    kind: str = ""
    post: bool = False
    about: str = ""
    name: str = ""
    value: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    key: str = ""
    disabled: bool = False
    reason: str = ""

    @property
    def classes(self) -> str:
        """Return the class of the button's weight: "", "secondary", "warning" or "inverse"."""
        return f" govuk-button--{self.kind}" if self.kind else ""


@dataclass(frozen=True)
class Buttons(Component):
    """Buttons in a row."""

    template_name: ClassVar[str] = "ui/components/buttons.html"
    buttons: tuple[Button | Link, ...]


@dataclass(frozen=True)
class Tag(Component):
    """One word of status on a coloured ground."""

    template_name: ClassVar[str] = "ui/components/tag.html"
    text: str
    colour: Colour | str = Colour.GREY


@dataclass(frozen=True)
class Lines(Component):
    """Short lines of text, one under another."""

    template_name: ClassVar[str] = "ui/components/lines.html"
    lines: tuple[Content, ...]


class ClockState(StrEnum):
    """Where a deadline stands."""

    ON_TRACK = "on-track"
    DUE_SOON = "due-soon"
    OVERDUE = "overdue"
    MET = "met"
    MET_LATE = "met-late"
    NO_TIME = "no-time"


CLOCK_WORDS = {
    ClockState.ON_TRACK: "On track",
    ClockState.DUE_SOON: "Due soon",
    ClockState.OVERDUE: "Overdue",
    ClockState.MET: "Done in time",
    ClockState.MET_LATE: "Done late",
    ClockState.NO_TIME: "No time recorded",
}


@dataclass(frozen=True)
class Clock(Component):
    """A deadline: the moment it falls due, how long that is from now, and a word for it.

    `absent` replaces the state's word where no time is known ("Return time not recorded").
    A clock that counts days, not hours, is given a `date` as `due`.
    """

    template_name: ClassVar[str] = "ui/components/clock.html"
    due: datetime | date | None
    now: datetime
    done_at: datetime | None = None
    soon: timedelta = timedelta(hours=24)
    absent: str = ""

    @property
    def state(self) -> ClockState:
        """Return where the deadline stands."""
        if self.due is None:
            return ClockState.NO_TIME
        limit = when.end_of(self.due)
        if self.done_at is not None:
            return ClockState.MET if self.done_at <= limit else ClockState.MET_LATE
        if self.now > limit:
            return ClockState.OVERDUE
        return ClockState.DUE_SOON if limit - self.now <= self.soon else ClockState.ON_TRACK

    @property
    def word(self) -> str:
        """Return the state in words."""
        if self.state is ClockState.NO_TIME and self.absent:
            return self.absent
        return CLOCK_WORDS[self.state]

    @property
    def sentence(self) -> str:
        """Return when it falls due (or was done) and how long that is from now."""
        if self.done_at is not None:
            return f"done {when.moment(self.done_at)}"
        if self.due is None:
            return ""
        return (
            f"due {when.day_or_moment(self.due)}, {when.distance(when.end_of(self.due), self.now)}"
        )


@dataclass(frozen=True)
class Fact(Component):
    """One of the facts a person must see at once."""

    template_name: ClassVar[str] = "ui/components/fact.html"
    label: str
    value: Content
    detail: Content = ""
    colour: Colour | str = ""


@dataclass(frozen=True)
class FactBand(Component):
    """The band of facts under a child's name."""

    template_name: ClassVar[str] = "ui/components/fact_band.html"
    facts: tuple[Fact, ...]
