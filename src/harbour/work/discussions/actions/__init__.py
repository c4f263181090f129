"""Write: the only writers of asks, discussions, invitations and decisions."""

from harbour.work.discussions.actions.asks import answer_ask, notice_repeats
from harbour.work.discussions.actions.meeting import (
    Held,
    Wanted,
    answer_invitation,
    ask,
    close,
    complete,
    decide,
    drop,
    hold,
    invite,
)

__all__ = [
    "Held",
    "Wanted",
    "answer_ask",
    "answer_invitation",
    "ask",
    "close",
    "complete",
    "decide",
    "drop",
    "hold",
    "invite",
    "notice_repeats",
]
