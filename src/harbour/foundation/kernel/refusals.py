"""How the house says no."""

from collections.abc import Callable
from functools import wraps


class Refused(Exception):
    """An act that this person may not do, or that this state does not allow.

    The sentence is what the person reads on the page.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Missing(Exception):
    """A record that is not there for this reader: absent and hidden look the same."""


def permits[**P](check: Callable[P, None]) -> Callable[P, bool]:
    """Turn a check that raises `Refused` into a question answered yes or no."""

    @wraps(check)
    def answer(*args: P.args, **kwargs: P.kwargs) -> bool:
        try:
            check(*args, **kwargs)
        except Refused:
            return False
        return True

    return answer
