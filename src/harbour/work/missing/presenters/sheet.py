"""The sheet as plain words for a document, and what was sent of an episode."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from harbour.foundation.ui import components as ui
from harbour.foundation.ui import when
from harbour.foundation.ui.components import Colour
from harbour.work.missing import vocabulary as v
from harbour.work.missing.models import Episode, SentSheet
from harbour.work.missing.presenters.board import moment_words
from harbour.work.missing.presenters.profile import ROWS, photo_words
from harbour.work.missing.queries import EpisodeFile


def sheet_words(file: EpisodeFile, picture: bytes, *, today: date) -> dict[str, Any]:
    """Return what the sheet says, each as text."""
    episode, child, profile = file.episode, file.child, file.profile
    name = child.name if child.age is None else f"{child.name}, {child.age}"
    return {
        "name": name,
        "standing": f"{v.EpisodeKind(episode.kind).label} since "
        f"{moment_words(episode.started_at, episode.started_precision)}",
        "photo": list(picture),
        "photo_words": photo_words(profile, today=today) if profile else "",
        "rows": [[key, text or "Not known"] for key, text in _facts(file)],
        "profile": [
            [label, getattr(profile, name)] for name, label in ROWS if getattr(profile, name, "")
        ],
    }


def _facts(file: EpisodeFile) -> Iterable[tuple[str, str]]:
    episode, child = file.episode, file.child
    risk = v.PoliceRisk(episode.police_risk).label if episode.police_risk else ""
    return (
        ("Also known as", ", ".join(child.also)),
        ("Where, and by whom", episode.last_seen),
        ("Wearing", episode.wearing),
        ("May be with", episode.with_whom),
        ("Has with them", episode.means),
        ("Police reference", episode.police_reference),
        ("Police risk grade", risk),
        ("Responsible authority", child.responsible.name if child.responsible else ""),
    )


def sent_list(sheets: Iterable[SentSheet], episode: Episode, *, at: datetime) -> ui.ActionList:
    """Return what was sent of an episode, with a way to close what is open."""
    return ui.ActionList(
        tuple(_sent(each, episode, at) for each in sheets),
        empty="The sheet of this child was sent to nobody.",
    )


def _sent(each: SentSheet, episode: Episode, at: datetime) -> ui.Action:
    is_open = each.ended_at is None and each.expires_at > at and not episode.returned
    opened = f"Opened {each.opens} times" if each.opens != 1 else "Opened once"
    last = f", last {when.moment(each.opened_at)}" if each.opened_at else ""
    until = f"until {when.moment(each.expires_at)}" if is_open else "closed"
    close = ui.Button(
        "Close the link",
        reverse("missing:end_sheet", args=[each.pk]),
        kind="secondary",
        post=True,
        about=f"for {each.given_to}",
    )
    return ui.Action(
        title=each.given_to,
        detail=f"Sent by {each.recorded_by.name} {when.moment(each.recorded_at)}, {until}. "
        f"{opened}{last}.",
        button=close if is_open else None,
        tags=(ui.Tag("Open", Colour.GREEN),) if is_open else (ui.Tag("Closed", Colour.GREY),),
    )
