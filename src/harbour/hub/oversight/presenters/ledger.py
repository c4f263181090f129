"""The ledger as the records officer reads it."""

from uuid import UUID

from django.urls import reverse

from harbour.foundation.audit.models import Entry
from harbour.foundation.audit.presenters import line
from harbour.foundation.kernel import clock
from harbour.foundation.ui import components as ui
from harbour.foundation.ui.listing import Wanted
from harbour.foundation.ui.when import moment
from harbour.hub.oversight.models import LedgerCheck
from harbour.hub.oversight.queries import Health
from harbour.record.people import queries as people
from harbour.record.people.vocabulary import Reason

COLUMNS = (
    ui.Column("When"),
    ui.Column("Who"),
    ui.Column("What was done"),
    ui.Column("Whose record"),
    ui.Column("Reason given"),
)


def ledger_table(
    entries: list[Entry], names: dict[UUID, people.PersonLine], *, total: int, wanted: Wanted
) -> ui.Table:
    """Return the rows as a table; names only of people the reader may know of."""
    return ui.Table(
        caption="Ledger",
        columns=COLUMNS,
        rows=[_row(each, names) for each in entries],
        empty="Nobody did anything of this kind in this time.",
        total=total,
        wanted=wanted,
        noun=("entry", "entries"),
        row_headers=False,
    )


def _row(entry: Entry, names: dict[UUID, people.PersonLine]) -> tuple[ui.Content, ...]:
    shown = line(entry)
    who: ui.Content = shown.who
    if entry.actor_id:
        who = ui.Link(
            f"{shown.who}, {shown.agency}", reverse("oversight:person", args=[entry.actor_id])
        )
    subjects = tuple(
        ui.Link(
            names[each].name if each in names else "A record",
            reverse("oversight:subject", args=[each]),
        )
        for each in shown.subjects[:5]
    )
    more = len(shown.subjects) - 5
    return (
        moment(shown.at),
        who,
        shown.sentence,
        ui.Lines((*subjects, f"and {more} more") if more > 0 else subjects)
        if subjects
        else "No one's",
        reason_in_words(shown.reason),
    )


def reason_in_words(reason: str) -> str:
    """Return a reason as a person said it: the words of a code, and their own."""
    code, _, words = reason.partition(": ")
    if code not in Reason.values:
        return reason or "None given"
    label = str(Reason(code).label)
    return f"{label}: {words}" if words else label


def health_sentence(health: Health) -> str:
    """Return the ledger's health in a few sentences."""
    if health.batch is None or health.sealed_at is None:
        return "Nothing is sealed yet: the worker seals within a minute of starting."
    late = " The worker may have stopped." if is_late(health) else ""
    return (
        f"{health.batch:,} batches are sealed, the newest {moment(health.sealed_at)}; "
        f"{health.waiting:,} entries wait for the next.{late} {check_sentence(health.check)}"
    )


def is_late(health: Health) -> bool:
    """Say whether rows wait longer for a seal than they should."""
    if health.sealed_at is None:
        return health.waiting > 0
    return bool(health.waiting) and (clock.now() - health.sealed_at).total_seconds() > 120


def check_sentence(check: LedgerCheck | None) -> str:
    """Return what the hub's own check found."""
    if check is None:
        return "The hub has not checked its ledger yet: it does every hour."
    found = (
        f"{check.faults} of its batches do not hold. Run ./harbour audit verify now"
        if check.faults
        else f"{check.entries:,} entries hold"
    )
    return f"Checked {moment(check.checked_at)}: {found}."
