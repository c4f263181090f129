"""Notify and take in, chase, give the pack, keep what is known of a hosted child."""

from harbour.work.hosting.actions.chases import chase
from harbour.work.hosting.actions.hosted import (
    answer_consultation,
    arrange_interviews,
    end_told,
    keep_told,
    offer_consultation,
)
from harbour.work.hosting.actions.notifications import (
    Notified,
    Stated,
    complete,
    notify,
    take_in_arrival,
    take_in_departure,
)
from harbour.work.hosting.actions.packs import acknowledge_pack, give_pack, issue_pack

__all__ = [
    "Notified",
    "Stated",
    "acknowledge_pack",
    "answer_consultation",
    "arrange_interviews",
    "chase",
    "complete",
    "end_told",
    "give_pack",
    "issue_pack",
    "keep_told",
    "notify",
    "offer_consultation",
    "take_in_arrival",
    "take_in_departure",
]
