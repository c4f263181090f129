"""The missing profile: to read, to print, and whether it would serve tonight."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from harbour.foundation.kernel import clock
from harbour.foundation.ui import components as ui
from harbour.foundation.ui import when
from harbour.foundation.ui.components import Colour
from harbour.record.people.queries import ChildHeader
from harbour.work.missing import queries, rules
from harbour.work.missing.models import Profile
from harbour.work.missing.rules import ProfileState

STATE_TAGS = {
    ProfileState.NONE: ui.Tag("No profile", Colour.RED),
    ProfileState.OLD: ui.Tag("Look at it again", Colour.ORANGE),
    ProfileState.PHOTO: ui.Tag("New photograph needed", Colour.ORANGE),
    ProfileState.READY: ui.Tag("Ready", Colour.GREEN),
}
ROWS = (
    ("looks", "Looks"),
    ("vulnerable", "At risk because"),
    ("medical", "Health"),
    ("approach", "How to speak with the child"),
    ("agreed", "Agreed with the child"),
    ("places", "May go to"),
    ("associates", "May be with"),
    ("phones", "Telephones"),
    ("accounts", "Online names"),
    ("transport", "Travels by"),
    ("money", "Money"),
)


@dataclass(frozen=True, kw_only=True)
class ProfilePage:
    """A profile to read."""

    heading: str
    who: str
    back: str
    state: ui.Tag
    warning: str
    photo: str
    photo_words: str
    facts: ui.SummaryList | None
    kept: str
    buttons: tuple[ui.Button, ...]
    earlier: ui.Timeline


def rows(found: Profile) -> tuple[ui.Row, ...]:
    """Return what a profile says, without what it does not say."""
    return tuple(
        ui.Row(label, getattr(found, name)) for name, label in ROWS if getattr(found, name)
    )


def photo_url(found: Profile) -> str:
    """Return where the photograph is shown from; empty without one."""
    return reverse("attachments:download", args=[found.photo_id]) if found.photo_id else ""


def photo_words(found: Profile, *, today: date) -> str:
    """Return how old the photograph is, with a warning where it shows a younger child."""
    if found.photo_id is None or found.photo_on is None:
        return "There is no photograph."
    taken = f"Taken {when.day(found.photo_on)}."
    stale = today - found.photo_on > rules.PHOTO_STALE_AFTER
    return f"{taken} The child may look different now." if stale else taken


def profile_page(
    child: ChildHeader,
    versions: Sequence[Profile],
    *,
    may_keep: bool,
    today: date,
    back: str,
) -> ProfilePage:
    """Return a child's profile as a page, with its earlier versions."""
    found = versions[0] if versions else None
    state = queries.state_of(found, today=today)
    return ProfilePage(
        heading="Missing profile",
        who=f"{child.name}, {child.age}" if child.age is not None else child.name,
        back=back,
        state=STATE_TAGS[state],
        warning=_warning(state),
        photo=photo_url(found) if found else "",
        photo_words=photo_words(found, today=today) if found else "",
        facts=ui.SummaryList(rows(found)) if found else None,
        kept=_kept(found) if found else "",
        buttons=_buttons(child.id, there=found is not None, may_keep=may_keep),
        earlier=ui.Timeline(
            tuple(
                ui.Event(
                    title=f"Version {each.number}",
                    at=each.recorded_at,
                    by=f"{each.recorded_by.name}, {each.kept_by.name}",
                )
                for each in versions
            ),
            empty="Nobody has written a profile for this child yet.",
        ),
    )


def _buttons(person_id: UUID, *, there: bool, may_keep: bool) -> tuple[ui.Button, ...]:
    buttons: list[ui.Button] = []
    if may_keep:
        words = "Bring the profile up to date" if there else "Write the profile"
        buttons.append(ui.Button(words, reverse("missing:keep_profile", args=[person_id])))
    if there:
        href = reverse("missing:print_profile", args=[person_id])
        buttons.append(ui.Button("Page to print", href, kind="secondary"))
    return tuple(buttons)


def _warning(state: ProfileState) -> str:
    return {
        ProfileState.NONE: "If this child went missing tonight, nobody would know where to look.",
        ProfileState.OLD: "Nobody has looked at this profile for half a year.",
        ProfileState.PHOTO: "Add a photograph of the last three months.",
    }.get(state, "")


def _kept(found: Profile) -> str:
    on = when.day(clock.london_date(found.recorded_at))
    return f"Kept by {found.kept_by.name}. Written {on} by {found.recorded_by.name}."
