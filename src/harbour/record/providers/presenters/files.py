"""The register as a file."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from harbour.foundation.access.reader import Reader
from harbour.foundation.documents.tables import safe_cell
from harbour.foundation.ui.context import MARKING
from harbour.foundation.ui.when import moment
from harbour.record.providers.models import Contact, Home
from harbour.record.providers.vocabulary import ContactPurpose, ProviderKind

HEAD = (
    "Home", "Sort", "Where it stands", "Ofsted URN", "Places", "Registered manager", "Telephone",
    "Opened", "Closed", "Contacts",
)  # fmt: skip


def register_csv(
    homes: Iterable[Home],
    contacts: Mapping[UUID, Sequence[Contact]],
    *,
    reader: Reader,
    at: datetime,
) -> str:
    """Return homes and whom to ring there as a marked file, one a line. It names no child."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    marked = f"{MARKING}. Made for {reader.name}, {reader.agency_name}, {moment(at)}."
    writer.writerow([f"{marked} Request {reader.request_id} in the ledger."])
    writer.writerow(HEAD)
    for each in homes:
        writer.writerow(
            [safe_cell(cell) for cell in _cells(each, contacts.get(each.agency_id, ()))]
        )
    return out.getvalue()


def _cells(home: Home, contacts: Iterable[Contact]) -> tuple[str, ...]:
    return (
        home.agency.name,
        ProviderKind(home.kind).label,
        home.authority.name,
        home.urn,
        "" if home.places is None else str(home.places),
        home.manager,
        home.phone,
        home.opened_on.isoformat() if home.opened_on else "",
        home.closed_on.isoformat() if home.closed_on else "",
        "; ".join(_contact(each) for each in contacts),
    )


def _contact(contact: Contact) -> str:
    reached = (contact.name, contact.phone, contact.email)
    return f"{ContactPurpose(contact.purpose).label}: {', '.join(x for x in reached if x)}"
