"""Words that anybody would guess here: no password may be made of them."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Model

# docs/security-design.md names this list as the words of our trade.
# fmt: off
OBVIOUS = (
    "harbour", "safeguarding", "safeguard", "children", "childrens", "child",
    "council", "county", "city", "police", "hospital", "nhs",
    "social", "worker", "welcome", "password", "partnership", "referral",
    "missing", "meeting", "hub", "team", "admin", "middleshire",
    "wexcombe", "ottermere", "winter", "spring", "summer", "autumn",
)
# fmt: on
LEFT_AT_LEAST = 6


class NotOfObviousWords:
    """Refuse a password of which little is left without the words of the trade."""

    def validate(self, password: str, user: Model | None = None) -> None:
        """Raise where the rest is shorter than six signs."""
        del user
        rest = password.lower()
        for word in _longest_first(OBVIOUS):
            rest = rest.replace(word, "")
        if len(rest) < LEFT_AT_LEAST:
            raise ValidationError(
                "This is made of words that anybody would try first here. Use other words.",
                code="password_obvious",
            )

    def get_help_text(self) -> str:
        """Say what is asked for."""
        return "Not made of words such as safeguarding, the council's name or a season."


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)
