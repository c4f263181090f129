"""Requests as pages show them, and the bundle as the document shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.urls import reverse

from harbour.foundation.approvals.models import Proposal
from harbour.foundation.ui import components as ui
from harbour.foundation.ui.when import day, moment
from harbour.hub.subject_access import policy, queries, rules
from harbour.hub.subject_access.models import AccessRequest, Redaction, Release
from harbour.hub.subject_access.queries.requests import Standing
from harbour.hub.subject_access.rules import Passage
from harbour.hub.subject_access.vocabulary import MARKS, Asker, Decision, Ground
from harbour.record.attachments.models import Attachment
from harbour.record.attachments.vocabulary import Kind
from harbour.record.people.queries import PersonLine

COLOURS = {"": ui.Colour.YELLOW, "accepted": ui.Colour.RED, "rejected": ui.Colour.GREEN}
# How much of the text around a proposal is shown, so that a person can judge it.
AROUND = 90


def desk_table(
    rows: Sequence[AccessRequest], names: dict[UUID, PersonLine], *, at: datetime
) -> ui.Table:
    """Return the requests, each with its clock."""
    return ui.Table(
        caption="Requests",
        columns=(ui.Column("Whose record"), ui.Column("Who asks"), ui.Column("Answer by")),
        rows=tuple(_line(each, names, at=at) for each in rows),
        empty="Nobody has asked for what is held of them.",
        noun=("request", "requests"),
    )


def _line(
    row: AccessRequest, names: dict[UUID, PersonLine], *, at: datetime
) -> tuple[ui.Content, ...]:
    name = names[row.person_id].name if row.person_id in names else "A record"
    asked = f"Received {day(row.received_on)}"
    return (
        ui.Link(name, reverse("subject_access:request", args=[row.pk])),
        ui.Lines((str(Asker(row.asker).label), asked)),
        clock(row, queries.standing(row), at=at),
    )


def clock(row: AccessRequest, standing: Standing, *, at: datetime) -> ui.Content:
    """Return the clock of a request in what it is worth now."""
    if row.closed_at is not None:
        return ui.Tag("Closed", ui.Colour.GREY)
    if standing.released_at is not None:
        return ui.Tag("Released", ui.Colour.GREEN)
    if standing.due_on is None:
        return ui.Tag("Clock stopped", ui.Colour.BLUE)
    return ui.Clock(standing.due_on, at)


@dataclass(frozen=True, kw_only=True)
class RequestPage:
    """One request: who asks, its clock, what is decided, what comes next."""

    heading: str
    facts: ui.SummaryList
    steps: ui.TaskList | None
    clock_buttons: ui.Buttons | None
    waiting: ui.Inset | None
    by_hand: ui.Table | None
    released: ui.SummaryList | None
    download: ui.Button | None


# What the page of a request needs beside its row.
def request_page(
    name: str,
    row: AccessRequest,
    *,
    proposal: Proposal | None,
    release: Release | None,
    by_hand: list[Attachment],
    at: datetime,
) -> RequestPage:
    """Return one request."""
    standing = queries.standing(row)
    runs = policy.is_open(row)
    return RequestPage(
        heading=f"What is held of {name}",
        facts=_facts(row, standing, at=at),
        steps=_steps(row, proposal) if runs else None,
        clock_buttons=_clock_buttons(row, standing) if runs else None,
        waiting=ui.Inset(
            f"{proposal.proposed_by.name} has proposed the release. Somebody else has to check "
            f"it by {moment(proposal.expires_at)}."
        )
        if proposal
        else None,
        by_hand=_by_hand(by_hand) if by_hand else None,
        released=_released(release) if release else None,
        download=ui.Button(
            "Download the document", reverse("subject_access:download", args=[row.pk])
        )
        if release
        else None,
    )


def _facts(row: AccessRequest, standing: Standing, *, at: datetime) -> ui.SummaryList:
    rows = [
        ui.Row("Who asks", f"{row.asker_name}: {Asker(row.asker).label}"),
        ui.Row("How that was made sure", row.identity_checked),
        ui.Row("Received", day(row.received_on)),
        ui.Row("Clock since", day(row.identity_on)),
        ui.Row("Answer by", clock(row, standing, at=at)),
    ]
    if row.authority:
        rows.insert(1, ui.Row("Why they may ask", row.authority))
    if row.extended_at is not None:
        rows.append(ui.Row("Extended by two months", row.extended_reason))
    if standing.stopped is not None:
        rows.append(ui.Row("The clock stands still", standing.stopped.reason))
    if row.closed_at is not None:
        rows.append(ui.Row("Closed", f"{moment(row.closed_at)}: {row.closed_reason}"))
    return ui.SummaryList(tuple(rows))


def _steps(row: AccessRequest, proposal: Proposal | None) -> ui.TaskList:
    waiting = row.redactions.filter(decision="").count()
    decided = row.redactions.exclude(decision="").count()
    review = reverse("subject_access:review", args=[row.pk])
    propose = reverse("subject_access:propose", args=[row.pk])
    return ui.TaskList(
        (
            ui.Task(
                "Decide what is taken out",
                review,
                ui.Tag(f"{waiting} to decide", ui.Colour.YELLOW) if waiting else "Done",
                hint=f"{decided} decided.",
            ),
            ui.Task("Read what is left", reverse("subject_access:text", args=[row.pk])),
            ui.Task(
                "Propose the release",
                "" if waiting or proposal else propose,
                ui.Tag("Cannot start yet", ui.Colour.GREY)
                if waiting
                else ui.Tag("Waits for a second person", ui.Colour.BLUE)
                if proposal
                else "",
            ),
        )
    )


def _clock_buttons(row: AccessRequest, standing: Standing) -> ui.Buttons:
    buttons: list[ui.Button | ui.Link] = []
    if standing.stopped is None:
        stop = reverse("subject_access:stop", args=[row.pk])
        buttons.append(ui.Button("Stop the clock", stop, kind="secondary"))
    else:
        on = reverse("subject_access:go_on", args=[row.pk])
        buttons.append(ui.Button("Let the clock go on", on, post=True, kind="secondary"))
    if row.extended_at is None:
        extend = reverse("subject_access:extend", args=[row.pk])
        buttons.append(ui.Button("Take two months more", extend, kind="secondary"))
    close = reverse("subject_access:close", args=[row.pk])
    buttons.append(ui.Link("Close without a release", close))
    return ui.Buttons(tuple(buttons))


def _by_hand(rows: list[Attachment]) -> ui.Table:
    return ui.Table(
        caption="Documents to look through by hand",
        columns=(ui.Column("Document"), ui.Column("Added")),
        rows=tuple(
            (
                ui.Link(str(Kind(each.kind).label), reverse("attachments:file", args=[each.pk])),
                moment(each.recorded_at),
            )
            for each in rows
        ),
        empty="None.",
        noun=("document", "documents"),
    )


def _released(release: Release) -> ui.SummaryList:
    return ui.SummaryList(
        (
            ui.Row("Released", f"{moment(release.recorded_at)}, {release.recorded_by.name}"),
            ui.Row("Parts", len(release.manifest)),
            ui.Row("Fingerprint of the document (SHA-256)", release.sha256),
        ),
        title="Released",
    )


# The review


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """One proposal as a person judges it: the words, what stands around them, why."""

    id: UUID
    where: str
    before: str
    words: str
    after: str
    ground: str
    law: str
    decision: ui.Tag
    checked: str


def proposals(rows: Iterable[Redaction], held: Iterable[Passage]) -> list[Proposed]:
    """Return proposals with their words; those for words that are no more are left out."""
    by_place = {(each.source_id, each.part, each.sha256): each for each in held}
    return [
        _proposed(row, passage)
        for row in rows
        if (passage := by_place.get((row.source_id, row.part, row.text_sha256)))
    ]


def _proposed(row: Redaction, passage: Passage) -> Proposed:
    ground = Ground(row.ground)
    begin, end = max(0, row.start - AROUND), row.end + AROUND
    return Proposed(
        id=row.pk,
        where=f"{passage.heading}: {passage.label.lower()}",
        before=("…" if begin else "") + passage.text[begin : row.start],
        words=passage.text[row.start : row.end],
        after=passage.text[row.end : end] + ("…" if end < len(passage.text) else ""),
        ground=str(ground.label),
        law=ground.law,
        decision=ui.Tag(
            str(Decision(row.decision).label) if row.decision else "To decide",
            COLOURS[row.decision],
        ),
        checked="" if row.decision else "checked",
    )


# What is left


def text_table(found: Sequence[rules.Part]) -> list[dict[str, Any]]:
    """Return what is left, heading by heading and row by row, as page and document show it."""
    shown = []
    for heading, of_heading in groupby(found, key=lambda part: part.heading):
        entries = []
        for _, of_row in groupby(of_heading, key=lambda part: part.row):
            row = list(of_row)
            written = row[0].written
            when = day(date.fromisoformat(row[0].at)) if row[0].at else ""
            said = ", ".join(each for each in (when, written) if each)
            entries.append({"written": said, "rows": [[each.label, each.text] for each in row]})
        shown.append({"heading": heading, "entries": entries})
    return shown


def bundle_data(found: Sequence[rules.Part], *, by_hand: list[Attachment]) -> dict[str, Any]:
    """Return what the document says: the parts, what was taken out and why, the fingerprints."""
    grounds = [ground for each in found for ground in each.grounds]
    return {
        "headings": text_table(found),
        "taken_out": [
            [f"{MARKS[each.value]} {each.label}", f"{grounds.count(each.value)}. {each.law}"]
            for each in Ground
            if each.value in grounds
        ],
        "by_hand": [[str(Kind(each.kind).label), day(each.recorded_at)] for each in by_hand],
        "manifest": rules.manifest(found),
    }
