"""Take the ledger's rows out of the hub: each time remembered, many names by two people."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.approvals import actions as approvals
from harbour.foundation.approvals import policy as approvals_policy
from harbour.foundation.approvals.models import Proposal
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.models import Entry
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.refusals import Refused
from harbour.hub.oversight import policy, queries
from harbour.hub.oversight.queries import Narrowing
from harbour.hub.oversight.rules import MOST_ROWS
from harbour.hub.oversight.vocabulary import EXPORT_NAMES


@transaction.atomic
def export(
    *, narrowing: Narrowing, what: str, named: bool, by: Reader, at: datetime
) -> list[Entry]:
    """Hand out rows of the ledger, of one record or without names; remember that it was done."""
    policy.check_can_export(by)
    if named and narrowing.subject is None:
        policy.check_handful(queries.children_of(narrowing))
    return _exported(narrowing, what, named=named, by=by, at=at)


@transaction.atomic
def propose_export(*, narrowing: Narrowing, reason: str, by: Reader, at: datetime) -> Proposal:
    """Ask a second person for the names in one person's rows, up to this moment."""
    policy.check_can_export(by)
    if narrowing.actor is None:
        raise Refused("Names are exported of the rows of one person or one record.")
    until = min(narrowing.until or at, at)
    bound = Narrowing(actor=narrowing.actor, act=narrowing.act, since=narrowing.since, until=until)
    children = queries.children_of(bound)
    return approvals.propose(
        code=EXPORT_NAMES,
        payload={
            "actor": str(bound.actor),
            "act": bound.act,
            "since": bound.since.isoformat() if bound.since else None,
            "until": until.isoformat(),
            "children": children,
        },
        about_id=bound.actor,
        summary=f"The names of {children} children in the ledger's rows of one member of staff",
        reason=reason,
        by=by,
        at=at,
    )


@transaction.atomic
def export_names(*, proposal: Proposal, by: Reader, at: datetime) -> list[Entry]:
    """Hand out exactly the rows that a second person approved, once."""
    policy.check_can_export(by)
    if proposal.code != EXPORT_NAMES:
        raise Refused("This approval is for another deed.")
    approvals_policy.check_can_use(by, proposal, at)
    approvals.use(proposal=proposal, by=by, at=at)
    said = proposal.payload
    narrowing = Narrowing(
        actor=UUID(said["actor"]),
        act=said["act"],
        since=datetime.fromisoformat(said["since"]) if said["since"] else None,
        until=datetime.fromisoformat(said["until"]),
    )
    return _exported(narrowing, "names_exported", named=True, by=by, at=at)


def _exported(
    narrowing: Narrowing, what: str, *, named: bool, by: Reader, at: datetime
) -> list[Entry]:
    found = list(queries.rows(narrowing)[:MOST_ROWS])
    audit.record(
        Act.EXPORT,
        f"oversight.{what}",
        by=by,
        at=at,
        subjects=_named(narrowing, found) if named else [],
        groups=[audit.LEDGER],
        results=len(found),
        detail={"person": str(narrowing.actor) if narrowing.actor else None},
    )
    return found


def _named(narrowing: Narrowing, found: list[Entry]) -> list[UUID]:
    if narrowing.subject is not None:
        return [narrowing.subject]
    return list(dict.fromkeys(each for row in found for each in row.subjects))
