"""Write concerns: the only writers of this room."""

from harbour.work.referrals.actions.deciding import decide, pass_on, record_feedback
from harbour.work.referrals.actions.drafts import count_try, keep_draft, take_draft
from harbour.work.referrals.actions.linking import link, register_and_link, unlink
from harbour.work.referrals.actions.news import fire
from harbour.work.referrals.actions.receiving import Said, SaidChild, receive
from harbour.work.referrals.actions.watching import stop_watching

__all__ = [
    "Said",
    "SaidChild",
    "count_try",
    "decide",
    "fire",
    "keep_draft",
    "link",
    "pass_on",
    "receive",
    "record_feedback",
    "register_and_link",
    "stop_watching",
    "take_draft",
    "unlink",
]
