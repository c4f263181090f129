"""Write: the only writers of episodes, their log and grades, returns and interviews."""

from harbour.work.missing.actions.drafts import begin_draft, drop_draft, keep_step
from harbour.work.missing.actions.episodes import (
    Report,
    Return,
    Risk,
    acknowledge,
    add_log,
    hand_over,
    record_prevention_check,
    record_return,
    report_missing,
    set_police_risk,
    take_over,
)
from harbour.work.missing.actions.imported import take_in
from harbour.work.missing.actions.interviews import (
    Conversation,
    Offer,
    Reply,
    hold_interview,
    offer_interview,
    record_answer,
)
from harbour.work.missing.actions.profiles import keep_profile

__all__ = [
    "Conversation",
    "Offer",
    "Reply",
    "Report",
    "Return",
    "Risk",
    "acknowledge",
    "add_log",
    "begin_draft",
    "drop_draft",
    "hand_over",
    "hold_interview",
    "keep_profile",
    "keep_step",
    "offer_interview",
    "record_answer",
    "record_prevention_check",
    "record_return",
    "report_missing",
    "set_police_risk",
    "take_in",
    "take_over",
]
