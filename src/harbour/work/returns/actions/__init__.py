"""Write: the only writers of additions, reviews, what is told on, names and judgements."""

from harbour.work.returns.actions.following import acknowledge, add, review, tell_on
from harbour.work.returns.actions.naming import Verdict, judge, take_names

__all__ = ["Verdict", "acknowledge", "add", "judge", "review", "take_names", "tell_on"]
