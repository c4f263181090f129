"""How the sign-in library behaves here: nobody signs up, every sign-in is remembered."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no type hints
    """People are given accounts by the system administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: there is no self-made account."""
        del request
        return False
