"""Write down a concern as it comes in."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.clock import london_date
from harbour.work.referrals import policy, rules
from harbour.work.referrals.actions import news
from harbour.work.referrals.models import DescribedChild, Referral
from harbour.work.referrals.vocabulary import Channel, LocalSource, Status


@dataclass(frozen=True, kw_only=True)
class SaidChild:
    """A child as a referrer describes them."""

    given: str = ""
    family: str = ""
    known_as: str = ""
    born_on: date | None = None
    born_precision: str = ""
    age_said: str = ""
    sex: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    school: str = ""
    with_now: str = ""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a referrer says, whichever way it comes in."""

    authority: Agency
    source: str
    concerns: tuple[str, ...]
    narrative: str
    children: tuple[SaidChild, ...]
    local_source: str = LocalSource.NONE
    referrer_name: str = ""
    referrer_role: str = ""
    referrer_contact: str = ""
    group_name: str = ""
    immediate_danger: bool = False
    danger_action: str = ""
    parents_informed: str = ""
    parents_reason: str = ""


def _new_reference() -> str:
    """Return a reference that nobody can guess and that says nothing."""
    return rules.reference_from(secrets.randbits(64))


@transaction.atomic
def receive(
    *,
    said: Said,
    channel: Channel,
    by: Reader,
    at: datetime,
    received_at: datetime | None = None,
) -> Referral:
    """Write down a concern with the children it speaks of, and start the screening clock.

    A person with an account is kept as the sender; the public form's principal sends for nobody.
    `received_at` is earlier than `at` for a call that is written up afterwards.
    """
    policy.check_can_send(by)
    moment = received_at or at
    referral = Referral(
        reference=_new_reference(),
        received_at=moment,
        channel=channel,
        sent_by_id=None if channel == Channel.PUBLIC_FORM else by.user_id,
        status=Status.NEW,
        screening_due_on=rules.screening_due_on(received_on=london_date(moment)),
        recorded_at=at,
        recorded_by_id=by.user_id,
        **_without_children(said),
    )
    referral.save(force_insert=True)
    described = [
        DescribedChild(
            referral=referral,
            number=number,
            recorded_at=at,
            recorded_by_id=by.user_id,
            **vars(child),
        )
        for number, child in enumerate(said.children, start=1)
    ]
    DescribedChild.objects.bulk_create(described)
    audit.record(
        Act.COLLECT,
        "referrals.received",
        about=referral,
        groups=["referral"],
        results=len(described),
        detail={"channel": str(channel), "reference": referral.reference},
        by=by,
        at=at,
    )
    news.touch(referral, described, (), "A new concern came in.", by=by, at=at)
    return referral


def _without_children(said: Said) -> dict[str, Any]:
    fields = dict(vars(said))
    del fields["children"]
    fields["concerns"] = list(said.concerns)
    return fields
