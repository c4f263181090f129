"""Write: the only writers of episodes, their log and grades, returns and interviews."""

from harbour.work.missing.actions.checks import Check, record_prevention_check
from harbour.work.missing.actions.drafts import begin_draft, drop_draft, keep_step
from harbour.work.missing.actions.episodes import (
    Report,
    Return,
    Risk,
    add_log,
    record_return,
    report_missing,
    set_police_risk,
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
from harbour.work.missing.actions.known import amend, carry_on, reclassify
from harbour.work.missing.actions.owners import acknowledge, drop_offer, hand_over, take_over
from harbour.work.missing.actions.profiles import keep_profile
from harbour.work.missing.actions.sheets import Sending, end_sheet, open_sheet, send_sheet

__all__ = [
    "Check",
    "Conversation",
    "Offer",
    "Reply",
    "Report",
    "Return",
    "Risk",
    "Sending",
    "acknowledge",
    "add_log",
    "amend",
    "begin_draft",
    "carry_on",
    "drop_draft",
    "drop_offer",
    "end_sheet",
    "hand_over",
    "hold_interview",
    "keep_profile",
    "keep_step",
    "offer_interview",
    "open_sheet",
    "reclassify",
    "record_answer",
    "record_prevention_check",
    "record_return",
    "report_missing",
    "send_sheet",
    "set_police_risk",
    "take_in",
    "take_over",
]
