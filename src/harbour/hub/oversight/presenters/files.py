"""The ledger's rows as files: comma-separated, and as a pack for the regulator."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit.models import Entry
from harbour.foundation.audit.presenters import line
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.documents.pdf import MARKING
from harbour.foundation.documents.tables import safe_cell
from harbour.foundation.ui.when import moment
from harbour.hub.oversight.presenters.ledger import reason_in_words
from harbour.hub.oversight.rules import MOST_IN_A_PACK
from harbour.record.people.queries import PersonLine

HEAD = (
    "When",
    "Who",
    "Agency",
    "Roles",
    "What was done",
    "Reason",
    "Records",
    "Request",
    "Batch of the ledger",
)
SHARES = (
    "sharing.asked",
    "sharing.answered",
    "sharing.declined",
    "sharing.shared",
    "sharing.withdrawn",
)


def as_csv(
    entries: Iterable[Entry],
    names: Mapping[UUID, PersonLine],
    *,
    reader: Reader,
    at: Any,
) -> str:
    """Return rows as a marked file that a spreadsheet opens and does not obey."""
    out = io.StringIO()
    writer = csv.writer(out)
    marked = f"{MARKING}. Made for {reader.name}, {reader.agency_name}, {moment(at)}."
    writer.writerow([safe_cell(f"{marked} Request {reader.request_id} in the ledger.")])
    writer.writerow(HEAD)
    for each in entries:
        writer.writerow([safe_cell(cell) for cell in _cells(each, names)])
    return out.getvalue()


def _cells(entry: Entry, names: Mapping[UUID, PersonLine]) -> tuple[str, ...]:
    shown = line(entry)
    subjects = [names[each].name if each in names else str(each) for each in shown.subjects]
    return (
        entry.at.isoformat(timespec="seconds"),
        shown.who,
        shown.agency,
        entry.roles,
        shown.sentence,
        reason_in_words(shown.reason),
        "; ".join(subjects),
        entry.request,
        str(entry.batch or ""),
    )


def pack_data(found: Sequence[Entry], *, whole: int) -> dict[str, Any]:
    """Return what the pack says of one record: figures, what was disclosed, every row."""
    entries = found[:MOST_IN_A_PACK]
    by_agency = Counter(each.agency_name or "Nobody signed in" for each in entries)
    by_act = Counter(str(Act(each.act).label) for each in entries)
    shares = [each for each in found if each.event in SHARES or each.act == Act.DISCLOSE]
    return {
        "facts": [
            ("Rows in this pack", f"{len(entries):,} of {whole:,}"),
            ("First", moment(entries[-1].at) if entries else "None"),
            ("Last", moment(entries[0].at) if entries else "None"),
            ("Refused attempts", str(sum(each.act == Act.DENY for each in entries))),
        ],
        "agencies": [(name, str(number)) for name, number in by_agency.most_common()],
        "acts": [(name, str(number)) for name, number in by_act.most_common()],
        "shares": [_row(each, what=_terms(each)) for each in shares],
        "rows": [_row(each) for each in entries],
    }


def _row(entry: Entry, *, what: str = "") -> list[str]:
    shown = line(entry)
    return [
        moment(shown.at),
        ", ".join(part for part in (shown.who, shown.agency) if part),
        what or shown.sentence,
        reason_in_words(shown.reason),
    ]


def _terms(entry: Entry) -> str:
    terms = [f"{name}: {value}" for name, value in entry.detail.items() if isinstance(value, str)]
    return ". ".join((line(entry).sentence, *terms))
