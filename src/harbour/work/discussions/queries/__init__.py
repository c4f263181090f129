"""Read asks, discussions, invitations and decisions."""

from harbour.work.discussions.queries.asks import (
    AskLine,
    ask,
    last_answer,
    open_ask_of,
    open_asks,
)
from harbour.work.discussions.queries.meeting import (
    DiscussionFile,
    decision,
    discussion,
    discussion_file,
    held_within,
    invitation,
    invitations,
    invitations_waiting,
    lives_elsewhere,
    may_be_invited,
    my_decisions,
    of_child,
    open_discussions,
    possible_owners,
)

__all__ = [
    "AskLine",
    "DiscussionFile",
    "ask",
    "decision",
    "discussion",
    "discussion_file",
    "held_within",
    "invitation",
    "invitations",
    "invitations_waiting",
    "last_answer",
    "lives_elsewhere",
    "may_be_invited",
    "my_decisions",
    "of_child",
    "open_ask_of",
    "open_asks",
    "open_discussions",
    "possible_owners",
]
