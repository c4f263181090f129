"""What figures write: that they were taken out."""

from datetime import datetime

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.insight.reporting import policy
from harbour.insight.reporting.queries import Report


@transaction.atomic
def record_export(*, report: Report, form: str, by: Reader, at: datetime) -> None:
    """Write to the ledger that a quarter's figures left the hub, and whether they were exact."""
    policy.check_can_read(by)
    audit.record(
        Act.EXPORT,
        "reporting.quarter_exported",
        by=by,
        at=at,
        results=len(report.figures),
        detail={
            "year": report.quarter.slug,
            "quarter": report.quarter.number,
            "authority": report.scope.slug or "all",
            "form": form,
            "exact": report.exact,
        },
    )
