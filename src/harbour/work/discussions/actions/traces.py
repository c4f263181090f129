"""What every deed of this room leaves: a row in the ledger."""

from datetime import datetime

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.work.discussions.models import Ask, Decision, Discussion, Invitation


def audited(
    event: str, row: Ask | Decision | Discussion | Invitation, *, act: Act = Act.ALTER, by: Reader,
    at: datetime, **detail: str | int,
) -> None:  # fmt: skip
    """Write the deed to the ledger: codes, never content."""
    audit.record(
        act, event, subjects=[row.person_id], groups=("case",), about=row, by=by, at=at,
        detail=detail,
    )  # fmt: skip
