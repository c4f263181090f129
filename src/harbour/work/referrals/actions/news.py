"""What a concern touches, told to whoever listens and heard from whoever tells."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.db import connection

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import events
from harbour.record.people import rules as people_rules
from harbour.record.places import rules as place_rules
from harbour.record.places.models import Place
from harbour.work.referrals import rules
from harbour.work.referrals.models import DescribedChild, Referral


def fire(event: events.Touched) -> None:
    """Let the database fire every watch the news touches, whoever keeps it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT harbour_sec.fire_watches(%s::uuid[], %s::uuid[], %s::text[], %s::text[], "
            "%s, %s::uuid, %s)",
            [
                [str(each) for each in event.children],
                [str(each) for each in event.places],
                list(event.phones),
                list(event.groups),
                event.source,
                str(event.source_id),
                event.reason,
            ],
        )


def touch(
    referral: Referral,
    children: Sequence[DescribedChild],
    linked: Sequence[UUID],
    reason: str,
    *,
    by: Reader,
    at: datetime,
) -> None:
    """Tell whoever listens what a concern speaks of: its children, addresses, phones and group."""
    events.publish(
        events.Touched(
            children=tuple(linked),
            places=places(children),
            phones=phones(children),
            groups=groups(referral),
            source="referral",
            source_id=referral.pk,
            reason=reason,
            at=at,
            by_id=by.user_id,
        )
    )


def phones(children: Sequence[DescribedChild]) -> tuple[str, ...]:
    """Return the numbers of the described children, in the form they are compared in."""
    keys = (people_rules.phone_key(each.phone) for each in children if each.phone.strip())
    return tuple(key for key in keys if len(key) > 5)


def groups(referral: Referral) -> tuple[str, ...]:
    """Return the key of the group that a concern names, if it names one."""
    key = rules.group_key(referral.group_name)
    return (key,) if key else ()


class Where(TypedDict):
    """An address in the parts that tell whether two are the same."""

    street: str
    locality: str
    postcode: str


def whereabouts(child: DescribedChild) -> Where:
    """Return where a described child lives, as an address is compared."""
    street, locality = rules.street_and_locality(child.address)
    return {"street": street, "locality": locality, "postcode": child.postcode}


def places(children: Sequence[DescribedChild]) -> tuple[UUID, ...]:
    """Return the known places at these addresses, for those who may read where people live."""
    keys = {place_rules.match_key(**whereabouts(each)) for each in children} - {""}
    if not keys:
        return ()
    return tuple(Place.objects.filter(match_key__in=keys).values_list("pk", flat=True))
