"""Parts that stand alone on a page: banners, warnings, navigation, progress, choices."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from harbour.foundation.ui.components.basics import Button, Clock, Component, Content, Link, Tag


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
