"""Small builders of shares, agreements, requests and refusals."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel import clock
from harbour.record.sharing import actions
from harbour.record.sharing.models import Agreement, Decline, Request, Share

REASON = "The school sees her every day."


def a_share(by: Reader, person_id: UUID, agency: Agency, **terms: Any) -> Share:
    """Share a child's missing episodes with an agency."""
    known: dict[str, Any] = {
        "facets": ["missing"],
        "purpose": "safeguard",
        "gateway": "ca2004_s10",
        "reason": REASON,
    }
    return actions.share(
        person_id=person_id, agency=agency, by=by, at=clock.now(), **(known | terms)
    )


def a_decline(by: Reader, person_id: UUID, agency: Agency, **terms: Any) -> Decline:
    """Keep that a child's case is not shared with an agency."""
    known: dict[str, Any] = {
        "facets": ["case"],
        "purpose": "safeguard",
        "gateway": "ca2004_s10",
        "reason": "Her plan names who would hear of it there.",
        "review_on": clock.london_date(clock.now()) + timedelta(days=14),
    }
    return actions.decline(
        person_id=person_id, agency=agency, by=by, at=clock.now(), **(known | terms)
    )


def an_agreement(by: Reader, owner: User, *parties: Agency, **terms: Any) -> Agreement:
    """Write down an agreement in force since a year ago."""
    today = clock.london_date(clock.now())
    known: dict[str, Any] = {
        "title": "Children who go missing",
        "reference": "ISA/2026/01",
        "purposes": ["safeguard", "missing"],
        "gateways": ["ca2004_s10", "ca2004_s11"],
        "facets": ["missing", "case"],
        "starts_on": today - timedelta(days=365),
        "ends_on": None,
        "review_on": today + timedelta(days=90),
    }
    terms = known | terms | {"parties": parties, "owner": owner}
    return actions.agree(terms=actions.Agreed(**terms), by=by, at=clock.now())


def asked(**changed: Any) -> dict[str, Any]:
    """Return what an agency asks about a child whom it describes."""
    return {
        "given": "Amara",
        "family": "Quill",
        "facets": ["missing"],
        "purpose": "safeguard",
        "what": "When she was missing this term.",
        "reason": "She is on our roll and often absent.",
        **changed,
    }


def a_request(person_id: UUID, agency: Agency, authority: Agency, by_id: UUID) -> Request:
    """Write down what an agency asked about a child, past every policy."""
    row = Request(
        id=uuid4(),
        agency=agency,
        authority=authority,
        person_id=person_id,
        facets=["case"],
        purpose="safeguard",
        what="What her plan says.",
        reason="She is on our roll and often absent.",
        recorded_at=clock.now(),
        recorded_by_id=by_id,
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        before = cursor.fetchone()[0]
        cursor.execute("SET LOCAL ROLE harbour_sec_owner")
        row.save(force_insert=True)
        cursor.execute(f"SET LOCAL ROLE {before}")
    return row
