"""Small builders of concerns as they come in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel import clock
from harbour.work.referrals import actions, queries
from harbour.work.referrals.models import Link, Referral
from harbour.work.referrals.vocabulary import Channel, Concern, Decision, Source


def said(authority: Agency, *children: actions.SaidChild, **other: Any) -> actions.Said:
    """Return what somebody says about one child, unless children are given."""
    known: dict[str, Any] = {
        "source": Source.SCHOOL,
        "concerns": (Concern.SEXUAL_EXPLOITATION, Concern.MISSING),
        "narrative": "She was picked up outside school by a man in a silver car.",
    }
    described = children or (actions.SaidChild(given="Amara", family="Quill", age_said="14"),)
    return actions.Said(authority=authority, children=described, **(known | other))


def a_concern(
    by: Reader,
    authority: Agency,
    *children: actions.SaidChild,
    channel: Channel = Channel.STAFF_FORM,
    at: datetime | None = None,
    **other: Any,
) -> Referral:
    """Send a concern to an authority."""
    return actions.receive(
        said=said(authority, *children, **other), channel=channel, by=by, at=at or clock.now()
    )


def a_link(by: Reader, referral: Referral, person_id: UUID) -> Link:
    """Link a concern's first described child to a person."""
    described = queries.described_children(referral.pk)[0]
    return actions.link(
        referral=referral, described=described, person_id=person_id, by=by, at=clock.now()
    )


def a_decision(
    by: Reader,
    referral: Referral,
    decision: Decision = Decision.NO_FURTHER_ACTION,
    *,
    at: datetime | None = None,
) -> Referral:
    """Decide on a concern; no further action unless another decision is named."""
    actions.decide(
        referral=referral,
        seen_version=referral.version,
        decision=decision,
        reason="One sighting, no other sign. School will tell us of the next.",
        by=by,
        at=at or clock.now(),
    )
    return referral
