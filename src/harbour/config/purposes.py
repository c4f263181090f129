"""What each room's pages are for: the reason that the ledger keeps with every look.

`ask`: the person is asked, once a child and session. A page of its own purpose never asks.
"""

from collections.abc import Callable
from uuid import UUID

from harbour.record.attachments import queries as attachments
from harbour.record.people.views.reasons import ASK
from harbour.record.people.vocabulary import Reason

PURPOSES: dict[str, str] = {
    "cases": ASK,
    "people": ASK,
    "sharing": ASK,
    "attachments": ASK,
    "assessments": ASK,
    "linkage:relate": ASK,
    "providers:place": ASK,
    "hosting": Reason.OWN_WORK,
    "cases:allocation": Reason.ALLOCATED,
    "cases:acknowledge": Reason.ALLOCATED,
    "cases:decline": Reason.ALLOCATED,
    "home": Reason.OWN_WORK,
    "linkage": Reason.SEARCH,
    "meetings": Reason.MEETING,
    "missing": Reason.MISSING,
    "returns": Reason.MISSING,
    "discussions": Reason.MEETING,
    "oversight": Reason.OVERSIGHT,
    "referrals": Reason.SCREENING,
    "restrictions": Reason.OWN_WORK,
    "restrictions:restrict": ASK,
    "restrictions:seal": ASK,
    "emergency": Reason.EMERGENCY,
    "retention": Reason.OVERSIGHT,
    "subject_access": Reason.ASKED,
}

# Whose record it is, where a page that asks is addressed by something else than the child.
CHILD_OF: dict[str, Callable[[UUID], UUID | None]] = {
    "attachment_id": attachments.child_of,
}
