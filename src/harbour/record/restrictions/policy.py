"""Who may restrict a record, whom a restriction may name, and what its state allows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused, permits
from harbour.record.restrictions.models import Named, Restriction
from harbour.record.restrictions.vocabulary import LONGEST_WITHOUT_REVIEW, SHORTEST_REASON

# Who a child is closes only together with everything else.
PARTS = tuple(each for each in Facet if each is not Facet.IDENTITY)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A restriction as somebody wants it: all of the record, parts of it, or a single row."""

    kind: str
    reason: str
    owner_id: UUID
    review_on: date
    named: Collection[UUID] = ()
    whole: bool = False
    facets: Collection[str] = ()

    @property
    def everybody(self) -> tuple[UUID, ...]:
        """Return who is named, the owner first, each once."""
        return tuple(dict.fromkeys((self.owner_id, *self.named)))


def check_can_restrict(reader: Reader) -> None:
    """Refuse unless one of the reader's roles restricts records."""
    access.check_may(reader, Permission.RESTRICT)


def check_wanted(wanted: Wanted, candidates: Collection[UUID], at: datetime) -> None:
    """Refuse a restriction without a reason or a review, or that names who could not see it."""
    check_reason(wanted.reason, "Say in a sentence why this record is for named people only.")
    check_review(wanted.review_on, at)
    if Facet.IDENTITY in wanted.facets and not wanted.whole:
        raise Refused("Who a child is can only be closed together with the whole record.")
    if not set(wanted.everybody) <= set(candidates):
        raise Refused("Somebody you named does not work with children's records any more.")


def check_seals(reader: Reader, wanted: Wanted) -> None:
    """Refuse to seal a row that the one who seals it could not read afterwards."""
    if reader.user_id not in wanted.everybody:
        raise Refused("Who seals an address or a number is named. Name yourself, and leave later.")


def check_reason(reason: str, sentence: str) -> None:
    """Refuse an act whose reason says nothing."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(sentence)


def check_review(review_on: date, at: datetime) -> None:
    """Refuse a review that is over, or further away than a year."""
    today = clock.london_date(at)
    if not today < review_on <= today + LONGEST_WITHOUT_REVIEW:
        raise Refused("The review is on a day within the next year.")


def check_stands(restriction: Restriction) -> None:
    """Refuse to change a restriction that was lifted."""
    if restriction.lifted_at is not None:
        raise Refused("This restriction was lifted already.")


def check_can_name(
    reader: Reader, restriction: Restriction, user_id: UUID, named: Collection[UUID]
) -> None:
    """Refuse to name somebody twice, or in a restriction that no longer stands."""
    check_can_restrict(reader)
    check_stands(restriction)
    if user_id in named:
        raise Refused("This person is named already.")


def check_can_unname(reader: Reader, restriction: Restriction, named: Named, reason: str) -> None:
    """Refuse to take the owner out, or anybody without a reason."""
    check_can_restrict(reader)
    check_stands(restriction)
    if named.user_id == restriction.owner_id:
        raise Refused("The owner answers for the restriction and stays named.")
    if named.ended_at is not None:
        raise Refused("This person is not named any more.")
    check_reason(reason, "Say in a sentence why this person is no longer named.")


def check_can_propose_lifting(reader: Reader, restriction: Restriction, *, waiting: bool) -> None:
    """Refuse a second proposal while one waits, and one about what was lifted."""
    check_can_restrict(reader)
    check_stands(restriction)
    if waiting:
        raise Refused("Lifting this restriction is proposed already and waits for somebody else.")


can_restrict = permits(check_can_restrict)
