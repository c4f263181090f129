"""How the sign-in library behaves here: nobody signs up, every sign-in is remembered."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from harbour.foundation.access.context import acting_as, acting_as_nobody
from harbour.foundation.access.models import User
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import clock


def remember(user: User, act: Act, event: str, *, session_id: str = "") -> None:
    """Write a sign-in or sign-out to the ledger in the person's own name."""
    with acting_as(user.pk, session_id=session_id) as reader:
        audit.record(act, event, by=reader, at=clock.now())


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no type hints
    """People are given accounts by the system administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: there is no self-made account."""
        del request
        return False

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Remember who signed in, in the transaction that answers."""
        remember(
            user, Act.SIGN_IN, "entrance.signed_in", session_id=request.session.session_key or ""
        )
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Remember that somebody failed; not what was typed, which may be a password."""
        super().authentication_failed(request, **credentials)
        with acting_as_nobody():
            audit.record_sign_in_failure(
                at=clock.now(), request_id=getattr(request, "request_id", "")
            )

    def logout(self, request: HttpRequest) -> None:
        """Remember who signed out, then end the session."""
        if request.user.is_authenticated:
            session = request.session.session_key or ""
            remember(request.user, Act.SIGN_OUT, "entrance.signed_out", session_id=session)
        super().logout(request)
