"""Small builders of restrictions and of what two people do with them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.approvals import actions as approvals
from harbour.foundation.approvals import queries
from harbour.foundation.kernel import clock
from harbour.record.people.models import Address, Phone
from harbour.record.restrictions import actions
from harbour.record.restrictions.models import Restriction
from harbour.record.restrictions.vocabulary import How, Kind

REASON = "Her aunt works in the contact centre of this council."


def wanted(by: Reader, *named: User, **said: Any) -> actions.Wanted:
    """Return a whole restriction that its author owns, for these people besides."""
    known: dict[str, Any] = {
        "kind": Kind.STAFF_RELATIVE,
        "reason": REASON,
        "owner_id": by.user_id,
        "review_on": clock.london_date(clock.now()) + timedelta(days=90),
        "named": [each.pk for each in named],
        "whole": not said.get("facets"),
    }
    return actions.Wanted(**(known | said))


def a_restriction(by: Reader, person_id: UUID, *named: User, **said: Any) -> Restriction:
    """Restrict a child's record to its author and these people."""
    return actions.restrict(
        person_id=person_id, wanted=wanted(by, *named, **said), by=by, at=clock.now()
    )


def a_seal(by: Reader, row: Address | Phone, *named: User, **said: Any) -> Restriction:
    """Seal one address or number for its author and these people."""
    asked = wanted(by, *named, **({"whole": False} | said))
    return actions.seal_row(row=row, wanted=asked, by=by, at=clock.now())


def looked_for(person_id: UUID, how: How = How.EMERGENCY) -> None:
    """Look for a child as another function of the database would."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.look_out(%s::uuid[], %s)", [[str(person_id)], how.value])


def lifted(proposer: Reader, restriction: Restriction) -> UUID:
    """Propose to lift a restriction; return the proposal, which somebody else approves."""
    row = actions.propose_lift(
        restriction=restriction, reason="The aunt has left the council.", by=proposer,
        at=clock.now(),
    )  # fmt: skip
    return row.pk


def approved(by: Reader, proposal_id: UUID) -> None:
    """Approve a proposal as the second person."""
    approvals.approve(proposal=queries.proposal(by, proposal_id), by=by, at=clock.now())
