"""Ledger rows as sentences."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from harbour.foundation.audit.models import Entry
from harbour.foundation.audit.vocabulary import Act


@dataclass(frozen=True, kw_only=True)
class LedgerLine:
    """One row of the ledger as a person reads it."""

    at: datetime
    who: str
    agency: str
    sentence: str
    reason: str
    subjects: tuple[UUID, ...]
    sealed: bool


def line(entry: Entry) -> LedgerLine:
    """Return the row as a sentence: who did what, and which parts were shown."""
    what = entry.event.replace(".", ": ").replace("_", " ")
    groups = f" ({', '.join(entry.groups)})" if entry.groups else ""
    results = f", {entry.results} found" if entry.results is not None else ""
    return LedgerLine(
        at=entry.at,
        who=entry.actor_name or "Nobody signed in",
        agency=entry.agency_name,
        sentence=f"{Act(entry.act).label}: {what}{groups}{results}",
        reason=entry.reason,
        subjects=tuple(entry.subjects),
        sealed=entry.batch is not None,
    )
