"""Hand out a file, and write to the ledger which children are in it, and why."""

from datetime import datetime

from django.db import transaction

from harbour.exchange.statutory_returns import policy
from harbour.exchange.statutory_returns.rules import Made
from harbour.exchange.statutory_returns.vocabulary import Format
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.refusals import Refused


@transaction.atomic
def take(
    *, made: Made, wanted: Format, authority: Agency, reason: str, by: Reader, at: datetime
) -> None:
    """Write the disclosure of a file."""
    policy.check_can_take(by, authority)
    if not reason.strip():
        raise Refused("Say why the file leaves the hub and who gets it.")
    audit.record(
        Act.DISCLOSE,
        f"statutory_returns.{wanted.value}",
        by=by,
        at=at,
        subjects=sorted(made.people),
        groups=[Facet.IDENTITY.value, Facet.MISSING.value],
        reason=reason.strip(),
        results=len(made.rows),
        detail={"authority": authority.code or str(authority.pk), "left_out": len(made.left)},
    )
