"""Share and decline, ask and answer, and keep what agencies agreed: the only writers."""

from harbour.record.sharing.actions.agreements import Agreed, agree, change, move
from harbour.record.sharing.actions.requests import Asked, answer, ask
from harbour.record.sharing.actions.shares import (
    Refusal,
    Terms,
    decline,
    extend,
    share,
    withdraw,
)

__all__ = [
    "Agreed",
    "Asked",
    "Refusal",
    "Terms",
    "agree",
    "answer",
    "ask",
    "change",
    "decline",
    "extend",
    "move",
    "share",
    "withdraw",
]
