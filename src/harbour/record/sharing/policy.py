"""Who may share a child's record, and what the law and the record's state allow."""

from collections.abc import Collection
from datetime import datetime

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.agencies.models import Agency
from harbour.foundation.agencies.vocabulary import AgencyKind
from harbour.foundation.kernel.refusals import Refused, permits
from harbour.record.sharing.models import Share
from harbour.record.sharing.vocabulary import Gateway

# Never shared: who else the record is open to, and what was said in the meeting.
SHAREABLE = tuple(each for each in Facet if each not in (Facet.SHARING, Facet.MEETING))
SHORTEST_REASON = 10


def check_can_share(reader: Reader) -> None:
    """Refuse unless one of the reader's roles shares records."""
    access.check_may(reader, Permission.SHARE)


def check_gateway(agency: Agency, gateway: str) -> None:
    """Refuse a gateway that does not reach this agency.

    Crime and Disorder Act 1998 s115: information may be given to a relevant authority or to a
    person acting on its behalf. A voluntary body is neither.
    """
    if gateway != Gateway.CDA1998_S115:
        return
    if agency.kind == AgencyKind.VOLUNTARY:
        raise Refused(
            f"Section 115 does not cover voluntary bodies such as {agency.name}. "
            "Choose another gateway."
        )
    if not agency.covered_by_s115:
        raise Refused(
            f"{agency.name} is not a relevant authority under section 115. Choose another gateway."
        )


def check_terms(
    *, facets: Collection[str], reason: str, at: datetime, expires_at: datetime | None
) -> None:
    """Refuse a share of nothing, of what is never shared, without a reason, or already over."""
    if not facets:
        raise Refused("Choose at least one part of the record.")
    closed = sorted(set(facets) - {each.value for each in SHAREABLE})
    if closed:
        raise Refused(f"These parts are never shared: {', '.join(closed)}.")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("Say in a sentence why this agency needs it.")
    if expires_at is not None and expires_at <= at:
        raise Refused("The share would be over before it began.")


def check_can_withdraw(reader: Reader, share: Share, reason: str) -> None:
    """Refuse unless the reader shares records, the share is open, and a reason is given."""
    check_can_share(reader)
    if share.withdrawn_at is not None:
        raise Refused("This share was withdrawn already.")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("Say in a sentence why it is withdrawn.")


can_share = permits(check_can_share)
