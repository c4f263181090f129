"""The parts that pages are made of, as frozen values.

A presenter builds them, a template shows them with `{% show part %}`. None holds a row of a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from django.utils.safestring import SafeString

from harbour.foundation.ui import when

if TYPE_CHECKING:
    from django.forms import BaseForm

    from harbour.foundation.ui.listing import Wanted


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


@dataclass(frozen=True)
class Row:
    """A line of a summary list."""

    key: str
    value: Content
    actions: tuple[Link, ...] = ()


@dataclass(frozen=True)
class SummaryList(Component):
    """Facts as a list of keys and values, each with its own links; a card where it has a title."""

    template_name: ClassVar[str] = "ui/components/summary_list.html"
    rows: tuple[Row, ...]
    title: str = ""
    actions: tuple[Link, ...] = ()

    @property
    def has_actions(self) -> bool:
        """Say whether any line has a link."""
        return any(row.actions for row in self.rows)


@dataclass(frozen=True)
class Column:
    """A column of a table; `sort` is the key of an allowlisted order, or nothing."""

    label: str
    sort: str = ""
    numeric: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Header:
    """A column's heading as it is shown: with its link and its present order."""

    label: str
    numeric: bool
    hidden: bool
    href: str
    order: str


@dataclass(frozen=True)
class Cell:
    """A cell as it is shown."""

    label: str
    value: Content
    numeric: bool


@dataclass(frozen=True)
class Table(Component):
    """A table with a caption that counts, headings that sort, and a sentence for an empty one."""

    template_name: ClassVar[str] = "ui/components/table.html"
    caption: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Content]]
    empty: str
    total: int | None = None
    wanted: "Wanted | None" = None
    noun: tuple[str, str] = ("row", "rows")
    row_headers: bool = True

    @property
    def count(self) -> str:
        """Return how many there are in all, with the noun."""
        number = len(self.rows) if self.total is None else self.total
        return f"{number:,} {self.noun[0] if number == 1 else self.noun[1]}"

    @property
    def headers(self) -> tuple[Header, ...]:
        """Return the headings with their sort links."""
        return tuple(self._header(column) for column in self.columns)

    @property
    def lines(self) -> tuple[tuple[Cell, ...], ...]:
        """Return the rows with each cell knowing its column."""
        return tuple(
            tuple(
                Cell(column.label, value, column.numeric)
                for column, value in zip(self.columns, row, strict=True)
            )
            for row in self.rows
        )

    def _header(self, column: Column) -> Header:
        href = order = ""
        if column.sort and self.wanted is not None:
            order = self.wanted.order_of(column.sort)
            href = self.wanted.sorted_by(column.sort)
        return Header(column.label, column.numeric, column.hidden, href, order)


@dataclass(frozen=True)
class Step:
    """One page number in a pagination, or a gap where it has no number."""

    number: int | None
    href: str = ""
    current: bool = False


@dataclass(frozen=True)
class Pagination(Component):
    """Links to the other pages of a list."""

    template_name: ClassVar[str] = "ui/components/pagination.html"
    steps: tuple[Step, ...]
    previous: str = ""
    following: str = ""
    label: str = "Pages of this list"
    span: str = ""


@dataclass(frozen=True)
class FilterPanel(Component):
    """A GET form that narrows a list; its fields stay in the address and hold no personal data."""

    template_name: ClassVar[str] = "ui/components/filter_panel.html"
    form: "BaseForm"
    chosen: tuple[Link, ...] = ()
    clear: str = ""
    title: str = "Filter"
    submit: str = "Apply filter"
    keep: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Task:
    """A line of a task list."""

    title: str
    href: str = ""
    status: "Tag | str" = ""
    hint: str = ""


@dataclass(frozen=True)
class TaskList(Component):
    """What is still to be filled in, with a status for each part."""

    template_name: ClassVar[str] = "ui/components/task_list.html"
    tasks: tuple[Task, ...]
    prefix: str = "task"


@dataclass(frozen=True)
class Event:
    """An entry of a timeline."""

    title: str
    at: datetime | date | str
    by: str = ""
    text: str = ""
    href: str = ""
    tags: tuple[Tag, ...] = ()
    content: Content = None


@dataclass(frozen=True)
class Timeline(Component):
    """What happened, in order."""

    template_name: ClassVar[str] = "ui/components/timeline.html"
    events: tuple[Event, ...]
    empty: str = "Nothing is recorded yet."
    heading_level: int = 3


class Tone(StrEnum):
    """What a banner is for."""

    NEWS = "news"
    SUCCESS = "success"
    URGENT = "urgent"


@dataclass(frozen=True)
class Banner(Component):
    """News at the top of a page."""

    template_name: ClassVar[str] = "ui/components/banner.html"
    text: str
    tone: Tone | str = Tone.NEWS
    title: str = ""
    link: Link | None = None
    id: str = "banner"

    @property
    def heading(self) -> str:
        """Return the banner's title, or the usual one."""
        return self.title or ("Success" if self.tone == Tone.SUCCESS else "Important")


@dataclass(frozen=True)
class Inset(Component):
    """Words set apart, such as what a child said."""

    template_name: ClassVar[str] = "ui/components/inset.html"
    text: Content


@dataclass(frozen=True)
class Warning(Component):  # noqa: A001 - the pattern's own name
    """A consequence that a person must know before going on."""

    template_name: ClassVar[str] = "ui/components/warning.html"
    text: str


@dataclass(frozen=True)
class Help(Component):
    """Help that opens when asked for."""

    template_name: ClassVar[str] = "ui/components/help.html"
    summary: str
    text: Content
    open: bool = False


@dataclass(frozen=True)
class Card(Component):
    """Content with a border round it."""

    template_name: ClassVar[str] = "ui/components/card.html"
    title: str
    content: Content
    heading_level: int = 3


@dataclass(frozen=True)
class Place:
    """One page among several that belong together."""

    text: str
    href: str
    current: bool = False


@dataclass(frozen=True)
class SubNavigation(Component):
    """Tabs that are real pages."""

    template_name: ClassVar[str] = "ui/components/sub_navigation.html"
    places: tuple[Place, ...]
    label: str = "Parts of this record"


@dataclass(frozen=True)
class Action:
    """A thing to do: what, for whom, by when, one button."""

    title: str
    detail: Content = ""
    clock: Clock | None = None
    button: Button | Link | None = None
    href: str = ""
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True)
class ActionList(Component):
    """Things to do, most urgent first."""

    template_name: ClassVar[str] = "ui/components/action_list.html"
    actions: tuple[Action, ...]
    empty: str


class StageState(StrEnum):
    """Where one stage of a longer way stands."""

    DONE = "done"
    NOW = "now"
    TO_COME = "to come"


@dataclass(frozen=True)
class Stage:
    """One stage of a longer way."""

    label: str
    state: StageState | str = StageState.TO_COME


@dataclass(frozen=True)
class Progress(Component):
    """How far along a longer way somebody is."""

    template_name: ClassVar[str] = "ui/components/progress.html"
    stages: tuple[Stage, ...]
    label: str = "Progress"


@dataclass(frozen=True)
class View:
    """What one agency brings."""

    title: str
    content: Content
    differs: bool = False


@dataclass(frozen=True)
class Views(Component):
    """What each agency brings, side by side, with differences marked in words and in outline."""

    template_name: ClassVar[str] = "ui/components/views.html"
    views: tuple[View, ...]


@dataclass(frozen=True)
class ErrorSummary(Component):
    """Everything that stops a form from going on; made from a form by the page itself."""

    template_name: ClassVar[str] = "ui/components/error_summary.html"
    errors: tuple[Link | str, ...]
    title: str = "There is a problem"


@dataclass(frozen=True)
class Difference:
    """One field that two people wrote differently; `name` is the form field of the choice."""

    name: str
    label: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class ConflictChoice(Component):
    """Two versions of a record side by side, each difference with a choice between the two.

    Shown by `ui/conflict.html`: the form goes to `action` with the chosen texts under the fields'
    own names, the `version` now stored as `seen_version`, and the `hidden` fields as they were.
    """

    template_name: ClassVar[str] = "ui/components/conflict_choice.html"
    differences: tuple[Difference, ...]
    version: int
    action: str
    theirs_by: str = "a colleague"
    theirs_at: datetime | None = None
    keep_theirs: str = ""
    hidden: tuple[tuple[str, str], ...] = field(default=())


# Every component and the tag that shows it. The gallery shows each; a test holds it to that.
CATALOGUE: dict[str, type[Component]] = {
    "link": Link,
    "button": Button,
    "buttons": Buttons,
    "tag": Tag,
    "lines": Lines,
    "clock": Clock,
    "fact": Fact,
    "fact_band": FactBand,
    "summary_list": SummaryList,
    "table": Table,
    "pagination": Pagination,
    "filter_panel": FilterPanel,
    "task_list": TaskList,
    "timeline": Timeline,
    "banner": Banner,
    "inset": Inset,
    "warning": Warning,
    "help": Help,
    "card": Card,
    "sub_navigation": SubNavigation,
    "action_list": ActionList,
    "progress": Progress,
    "views": Views,
    "error_summary": ErrorSummary,
    "conflict_choice": ConflictChoice,
}
