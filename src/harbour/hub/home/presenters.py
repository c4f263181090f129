"""The page of one person's work, as frozen values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.roles import SCHOOL_LEAD
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.ui import components as ui
from harbour.foundation.ui import when
from harbour.hub.home import rules
from harbour.hub.home.queries import Beside, HomeChild
from harbour.hub.home.rules import Change, Left, Task
from harbour.hub.home.vocabulary import ChangeKind, TaskKind, Urgency
from harbour.record.people.queries import PersonLine
from harbour.work.referrals.queries import SentLine

# For each kind of task: the words of its button, and the page it leads to.
BUTTONS: Mapping[TaskKind, tuple[str, str]] = {
    TaskKind.MISSING: ("Open", "missing:episode"),
    TaskKind.HANDED: ("Acknowledge", "missing:acknowledge"),
    TaskKind.TURNED_18: ("Write down", "missing:carry_on"),
    TaskKind.INTERVIEW_OFFER: ("Offer", "missing:offer"),
    TaskKind.INTERVIEW_HOLD: ("Write up", "missing:hold"),
    TaskKind.SCREEN: ("Screen", "referrals:detail"),
    TaskKind.ANSWER: ("Answer", "cases:allocation"),
    TaskKind.CHASE: ("Chase", "cases:allocation"),
    TaskKind.ACTION: ("Done", "cases:complete_action"),
    TaskKind.MEETING_START: ("Start", "meetings:start"),
    TaskKind.MEETING_DECIDE: ("Go in", "meetings:room"),
    TaskKind.MEETING_VIEW: ("Give view", "meetings:item"),
    TaskKind.REVIEW: ("Review", "cases:child"),
    TaskKind.ACCESS: ("Answer", "subject_access:request"),
    TaskKind.DISPOSAL: ("Open", "retention:child"),
    TaskKind.REQUEST: ("Answer", "sharing:request"),
    TaskKind.DECLINED: ("Reconsider", "sharing:reconsider"),
    TaskKind.AGREEMENT: ("Open", "sharing:agreement"),
    TaskKind.GLASS_BROKEN: ("Review", "emergency:one"),
    TaskKind.GLASS_OPEN: ("Open", "emergency:one"),
    TaskKind.SECOND_PERSON: ("Decide", "oversight:proposal"),
    TaskKind.BREADTH: ("Look into", "oversight:alert"),
    TaskKind.HAND_OVER: ("Hand over", "cases:allocation"),
    TaskKind.NOTIFIED: ("Take in", "hosting:take_in"),
    TaskKind.INTERVIEW_REVIEW: ("Review", "returns:interview"),
    TaskKind.INTERVIEW_RETURNED: ("Add to it", "returns:interview"),
    TaskKind.TOLD: ("Read", "returns:acknowledge"),
    TaskKind.NAMED: ("Judge", "returns:judge"),
    TaskKind.REPEATS: ("Answer", "discussions:answer_ask"),
    TaskKind.DISCUSSION: ("Open", "discussions:discussion"),
    TaskKind.INVITED: ("Answer", "discussions:answer"),
    TaskKind.DECIDED: ("Done", "discussions:complete"),
}
# Done with one press: the button sends, it does not lead.
PRESSED = frozenset({TaskKind.HANDED})
# Where the tasks that are not shown stand.
LISTS: Mapping[TaskKind, tuple[str, str]] = {
    TaskKind.MISSING: ("missing children", "missing:board"),
    TaskKind.HANDED: ("episodes handed to you", "missing:board"),
    TaskKind.TURNED_18: ("people who turned 18 while missing", "missing:board"),
    TaskKind.INTERVIEW_OFFER: ("interviews to offer", "missing:board"),
    TaskKind.INTERVIEW_HOLD: ("interviews to hold", "missing:board"),
    TaskKind.SCREEN: ("concerns to screen", "referrals:inbox"),
    TaskKind.NAMED: ("names to judge", "returns:named"),
    TaskKind.REPEATS: ("repeats that ask for a discussion", "discussions:desk"),
    TaskKind.DISCUSSION: ("strategy discussions", "discussions:desk"),
    TaskKind.ACCESS: ("requests for what is held", "subject_access:desk"),
    TaskKind.DISPOSAL: ("records whose time is over", "retention:desk"),
    TaskKind.NOTIFIED: ("notifications to take in", "hosting:notifications"),
}
CHANGE_TAGS: Mapping[ChangeKind, ui.Tag] = {
    ChangeKind.MISSING: ui.Tag("Missing", ui.Colour.RED),
    ChangeKind.RETURNED: ui.Tag("Returned", ui.Colour.GREEN),
    ChangeKind.DECIDED: ui.Tag("Decided", ui.Colour.BLUE),
    ChangeKind.RESURFACED: ui.Tag("Resurfaced", ui.Colour.ORANGE),
    ChangeKind.SHARED: ui.Tag("Shared", ui.Colour.PURPLE),
}
CHANGE_PAGES: Mapping[ChangeKind, str] = {
    ChangeKind.MISSING: "missing:episode",
    ChangeKind.RETURNED: "missing:episode",
    ChangeKind.DECIDED: "cases:child",
    ChangeKind.RESURFACED: "referrals:detail",
    ChangeKind.SHARED: "cases:child",
}
CHANGES_SHOWN = 15
# Who works without tasks is led to what they do.
DESKS: tuple[tuple[Permission, str, str, str], ...] = (
    (
        Permission.FIGURES_READ,
        "Figures of the quarter",
        "reporting:quarter",
        "What was referred, graded and reported missing, with the base behind each figure.",
    ),
    (
        Permission.AUDIT_READ,
        "Oversight",
        "oversight:desk",
        "What waits for a second person, unusual breadth, and who looked at what and why.",
    ),
    (
        Permission.USERS_MANAGE,
        "People and roles",
        "staff:people",
        "Who holds which role in which team, from when until when.",
    ),
)


@dataclass(frozen=True)
class Group:
    """Tasks of one urgency."""

    label: str
    tasks: ui.ActionList
    number: int


@dataclass(frozen=True)
class Desk:
    """A place that a person's role leads to."""

    title: str
    text: str
    href: str


@dataclass(frozen=True)
class HomeLine:
    """A child of the home tonight, with the one button that matters."""

    who: str
    state: ui.Content
    button: ui.Button


@dataclass(frozen=True)
class WorkPage:
    """My work."""

    groups: tuple[Group, ...]
    later: Group | None
    left: tuple[ui.Link, ...]
    nothing: str
    total: int
    since: str
    changes: ui.Timeline
    more_changes: int
    shows_changes: bool
    desks: tuple[Desk, ...]
    home_name: str
    home_children: tuple[HomeLine, ...]
    sends: bool
    sent: ui.Table | None
    shared: tuple[ui.Link, ...]
    lookouts: ui.Banner | None


@dataclass(frozen=True)
class Found:
    """What the rooms had to say."""

    tasks: tuple[Task, ...]
    left: tuple[Left, ...]
    changes: tuple[Change, ...]
    people: Mapping[UUID, PersonLine]
    beside: Beside
    since: datetime
    lookouts: int = 0


def work_page(reader: Reader, found: Found, *, at: datetime) -> WorkPage:
    """Return the page of this person's work."""
    by_urgency = rules.grouped(found.tasks, at=at)
    groups = [_group(each, held, found.people, at) for each, held in by_urgency.items() if held]
    now = tuple(each for each in groups if each.label != Urgency.LATER)
    later = next((each for each in groups if each.label == Urgency.LATER), None)
    shown = found.changes[:CHANGES_SHOWN]
    sees_children = any(role.reads and role.reach for role in reader.roles)
    return WorkPage(
        groups=now,
        later=later,
        left=tuple(_left(each) for each in found.left),
        nothing=_nothing(reader),
        total=len(found.tasks) + sum(each.number for each in found.left),
        since=when.moment(found.since),
        changes=_timeline(shown, found.people),
        more_changes=len(found.changes) - len(shown),
        shows_changes=sees_children and not reader.may(Permission.AUDIT_READ),
        desks=tuple(_desks(reader)),
        home_name=found.beside.home_name,
        home_children=tuple(_home_line(each) for each in found.beside.home_children),
        sends=found.beside.sends,
        sent=_sent(found.beside.sent) if found.beside.sent or reader.holds(SCHOOL_LEAD) else None,
        shared=tuple(
            ui.Link(with_age(each), reverse("cases:child", args=[each.id]))
            for each in found.beside.shared
        ),
        lookouts=_looked_for(found.lookouts) if found.lookouts else None,
    )


def _looked_for(times: int) -> ui.Banner:
    said = "Somebody who is not named looked" if times == 1 else f"Others looked {times} times"
    return ui.Banner(
        f"{said} for a record that is for named people only, and that you own.",
        title="A restricted record was looked for",
        link=ui.Link("See who looked", reverse("restrictions:mine")),
        id="lookouts",
    )


def with_age(child: PersonLine) -> str:
    """Return a child's name and age."""
    return f"{child.name}, {child.age}" if child.age is not None else child.name


def _nothing(reader: Reader) -> str:
    if not any(role.reads for role in reader.roles):
        return "Your role sees no child's record, so no task about a child stands here."
    return (
        "Nothing is due. What you are given, and what falls due, appears here, "
        "the most pressing first."
    )


def _group(
    urgency: Urgency, held: Iterable[Task], people: Mapping[UUID, PersonLine], at: datetime
) -> Group:
    actions = tuple(_action(task, people, at) for task in held)
    return Group(urgency.value, ui.ActionList(actions, empty=""), len(actions))


def _action(task: Task, people: Mapping[UUID, PersonLine], at: datetime) -> ui.Action:
    child = people.get(task.person_id) if task.person_id else None
    who = with_age(child) if child else task.who
    lines = [part for part in (who, task.detail) if part]
    words, page = BUTTONS[task.kind]
    href = reverse(page, args=[task.source_id])
    button = ui.Button(
        words,
        href,
        kind="" if task.is_pressing else "secondary",
        post=task.kind in PRESSED,
        about=who or task.what,
        fields=(("seen_version", str(task.version)),) if task.kind in PRESSED else (),
    )
    if task.kind in {TaskKind.MISSING, TaskKind.HANDED} and isinstance(task.due, datetime):
        gone = f"Since {when.moment(task.due)}, {when.length(at - task.due)}"
        return ui.Action(
            task.what,
            detail=[*lines, gone],
            button=button,
            tags=(ui.Tag("Missing", ui.Colour.RED),),
        )
    clock = ui.Clock(task.due, at, absent="Return time not recorded")
    return ui.Action(task.what, detail=lines or "", clock=clock, button=button)


def _left(left: Left) -> ui.Link:
    words, page = LISTS[left.kind]
    return ui.Link(f"{left.number} more {words}", reverse(page))


def _timeline(shown: Iterable[Change], people: Mapping[UUID, PersonLine]) -> ui.Timeline:
    return ui.Timeline(
        tuple(_event(each, people) for each in shown),
        empty="Nothing has changed for your children.",
    )


def _event(change: Change, people: Mapping[UUID, PersonLine]) -> ui.Event:
    child = people.get(change.person_id) if change.person_id else None
    page = CHANGE_PAGES[change.kind]
    key = change.person_id if page == "cases:child" else change.source_id
    return ui.Event(
        title=with_age(child) if child else "Child not identified",
        at=change.at,
        text=change.what,
        href=reverse(page, args=[key]) if key else "",
        tags=(CHANGE_TAGS[change.kind],),
    )


def _desks(reader: Reader) -> Iterable[Desk]:
    if reader.may(Permission.PEOPLE_SEARCH) and not reader.may(Permission.AUDIT_READ):
        return
    for permission, title, page, text in DESKS:
        if reader.may(permission) and (href := _address(page)):
            yield Desk(title, text, href)


def _address(page: str) -> str:
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""


def _home_line(line: HomeChild) -> HomeLine:
    who = with_age(line.child)
    if line.missing_since is not None and line.episode_id is not None:
        return HomeLine(
            who,
            [ui.Tag("Missing", ui.Colour.RED), f"Since {when.moment(line.missing_since)}"],
            ui.Button(
                "Record return", reverse("missing:return", args=[line.episode_id]), about=who
            ),
        )
    return HomeLine(
        who,
        "Not reported missing",
        ui.Button(
            "Report missing",
            reverse("missing:report_child", args=[line.child.id]),
            kind="warning",
            about=who,
        ),
    )


def _sent(lines: Iterable[SentLine]) -> ui.Table:
    return ui.Table(
        caption="Concerns you sent",
        columns=(ui.Column("Reference"), ui.Column("Sent"), ui.Column("To"), ui.Column("State")),
        rows=[
            (
                each.reference,
                each.received_at,
                each.authority_name,
                each.feedback_text
                or (
                    ui.Tag("Looked at", ui.Colour.GREEN)
                    if each.screened
                    else ui.Tag("Waits to be looked at", ui.Colour.BLUE)
                ),
            )
            for each in lines
        ],
        empty="You have sent no concern yet. One that you send stands here with what became of it.",
        noun=("concern", "concerns"),
    )
