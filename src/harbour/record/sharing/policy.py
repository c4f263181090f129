"""Who may share a child's record, ask for it and keep agreements, and what law and state allow."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.agencies.models import Agency
from harbour.foundation.agencies.vocabulary import AgencyKind
from harbour.foundation.kernel.refusals import Refused, permits
from harbour.record.sharing.models import Agreement, Share
from harbour.record.sharing.vocabulary import ONE_OFF_LASTS, AgreementState, Gateway

# Never shared: who else the record is open to, and what was said in the meeting.
SHAREABLE = tuple(each for each in Facet if each not in (Facet.SHARING, Facet.MEETING))
SHORTEST_REASON = 10


class Agreed(Protocol):
    """The terms of an agreement, written or about to be."""

    @property
    def parties(self) -> Collection[Agency]:
        """Return the agencies bound by it."""

    @property
    def purposes(self) -> Collection[str]:
        """Return what it allows sharing for."""

    @property
    def gateways(self) -> Collection[str]:
        """Return the powers it rests on."""

    @property
    def facets(self) -> Collection[str]:
        """Return the parts of a record it covers."""

    @property
    def starts_on(self) -> date:
        """Return its first day."""

    @property
    def ends_on(self) -> date | None:
        """Return its last day, if it has one."""

    @property
    def review_on(self) -> date:
        """Return the day on which it is looked at again."""


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
    check_parts(facets)
    check_reason(reason, "why this agency needs it")
    if expires_at is not None and expires_at <= at:
        raise Refused("The share would be over before it began.")


def check_parts(facets: Collection[str]) -> None:
    """Refuse no part at all, and parts that are never shared."""
    if not facets:
        raise Refused("Choose at least one part of the record.")
    closed = sorted(set(facets) - {each.value for each in SHAREABLE})
    if closed:
        raise Refused(f"These parts are never shared: {', '.join(closed)}.")


def check_reason(reason: str, what: str) -> None:
    """Refuse a reason that is no sentence."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(f"Say in a sentence {what}.")


def check_lasts(expires_at: datetime | None, agreement: Agreement | None, *, at: datetime) -> None:
    """Refuse a share without an agreement that would last longer than such a decision may.

    The law does not demand an agreement; without one, the reason is looked at anew after 28 days.
    """
    if agreement is None and (expires_at is None or expires_at > at + ONE_OFF_LASTS):
        raise Refused(
            f"No agreement covers this share, so it lasts at most {ONE_OFF_LASTS.days} days. "
            "It can be extended when they are over."
        )


def check_open(share: Share, *, at: datetime) -> None:
    """Refuse to touch a share that is over."""
    if share.withdrawn_at is not None:
        raise Refused("This share was withdrawn already.")
    if share.expires_at is not None and share.expires_at <= at:
        raise Refused("This share is over. Share the record anew if the agency still needs it.")


def check_can_withdraw(reader: Reader, share: Share, reason: str) -> None:
    """Refuse unless the reader shares records, the share is open, and a reason is given."""
    check_can_share(reader)
    if share.withdrawn_at is not None:
        raise Refused("This share was withdrawn already.")
    check_reason(reason, "why it is withdrawn")


def check_can_extend(reader: Reader, share: Share, reason: str, *, at: datetime) -> None:
    """Refuse to extend what is over, without leave to share or without a reason."""
    check_can_share(reader)
    check_open(share, at=at)
    check_reason(reason, "why the agency needs it longer")


def check_can_decline(
    reader: Reader, *, facets: Collection[str], reason: str, review_on: date, today: date
) -> None:
    """Refuse unless the reader decides about sharing, gives a reason and a day to look again."""
    check_can_share(reader)
    check_parts(facets)
    check_reason(reason, "why it is not shared")
    if review_on <= today:
        raise Refused("Choose a day to come on which this is looked at again.")


def check_can_ask(
    reader: Reader, authority: Agency, *, facets: Collection[str], reason: str
) -> None:
    """Refuse unless the reader asks for records on behalf of an agency, for parts and a reason."""
    access.check_may(reader, Permission.SHARE_ASK)
    agency_of(reader)
    if authority.pk in reader.authority_ids:
        raise Refused(f"Your own team works for {authority.name}. Ask your manager instead.")
    check_parts(facets)
    check_reason(reason, "why your agency needs it")


def agency_of(reader: Reader) -> UUID:
    """Return the agency on whose behalf the reader asks; refuse who holds no role in one."""
    if reader.agency_id is None:
        raise Refused("You ask on behalf of an agency, and you hold no role in one.")
    return reader.agency_id


def check_can_answer(reader: Reader, *, authority_id: object, answered: bool) -> None:
    """Refuse unless the reader works for the authority that was asked and it was not answered."""
    check_can_share(reader)
    if authority_id not in reader.authority_ids:
        raise Refused("The authority that was asked answers this.")
    if answered:
        raise Refused("This request was answered already. Reconsider the answer instead.")


def check_can_keep(reader: Reader) -> None:
    """Refuse unless one of the reader's roles keeps agreements."""
    access.check_may(reader, Permission.AGREEMENT_KEEP)


def check_agreed(terms: Agreed) -> None:
    """Refuse an agreement between fewer than two, about nothing, or without an end to its trust."""
    if len(terms.parties) < 2:
        raise Refused("Choose at least two agencies.")
    if not (terms.purposes and terms.gateways):
        raise Refused("Choose at least one purpose and one gateway.")
    check_parts(terms.facets)
    if terms.ends_on is not None and terms.ends_on < terms.starts_on:
        raise Refused("The agreement would end before it begins.")
    if terms.review_on <= terms.starts_on:
        raise Refused("Choose a day after the first on which the agreement is reviewed.")
    if set(terms.gateways) == {Gateway.CDA1998_S115}:
        for each in terms.parties:
            check_gateway(each, Gateway.CDA1998_S115)


def check_can_move(agreement: Agreement, state: str, reason: str) -> None:
    """Refuse to move an agreement to where it stands, to wake one that ended, or without words."""
    if agreement.state == AgreementState.ENDED:
        raise Refused("This agreement has ended. Write a new one.")
    if agreement.state == state:
        raise Refused(f"This agreement is {AgreementState(state).label.lower()} already.")
    check_reason(reason, "why")


can_share = permits(check_can_share)
can_keep = permits(check_can_keep)
can_answer = permits(check_can_answer)
