"""Parts that hold many of a kind: summaries, tables, filters, tasks, what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from harbour.foundation.ui.components.basics import Component, Content, Link, Tag

if TYPE_CHECKING:
    from django.forms import BaseForm

    from harbour.foundation.ui.listing import Wanted


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
