"""Frozen values for the pages: the board, an episode, a report that is being written."""

from harbour.work.missing.presenters.board import (
    Halves,
    InterviewClock,
    halves,
    moment_words,
    older_table,
    shown_of,
)
from harbour.work.missing.presenters.episode import (
    EpisodePage,
    Live,
    SheetPage,
    act_page,
    answers_so_far,
    episode_page,
    name_of,
    offer_as_it_stands,
    sheet_page,
)
from harbour.work.missing.presenters.sheet import sheet_words

__all__ = [
    "EpisodePage",
    "Halves",
    "InterviewClock",
    "Live",
    "SheetPage",
    "act_page",
    "answers_so_far",
    "episode_page",
    "halves",
    "moment_words",
    "name_of",
    "offer_as_it_stands",
    "older_table",
    "sheet_page",
    "sheet_words",
    "shown_of",
]
