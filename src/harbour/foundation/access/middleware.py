"""One transaction and one signed context around every request; answers for refusals."""

import uuid
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from harbour.foundation.access import context, queries
from harbour.foundation.access.guards import rule_of
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing

# Sent by pages that bring themselves up to date.
UNATTENDED = "X-Unattended"

# A fresh look at the clock is written down at most this often, in seconds.
STEP = 30

Answer = Callable[[HttpRequest], HttpResponse]


class HubContext:
    """Run the whole request in one transaction on behalf of whoever is signed in.

    A 2xx or 3xx answer is therefore an acknowledgement: it leaves only after the commit. A failing
    request leaves nothing behind. Streaming answers would run outside the transaction and are
    refused.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Bind, answer, and roll back what failed."""
        request.request_id = uuid.uuid4().hex  # type: ignore[attr-defined]  # read by the ledger
        request.received_at = clock.now()  # type: ignore[attr-defined]  # the one moment of a request
        if request.path.startswith(settings.STATIC_URL):
            return self.get_response(request)
        with transaction.atomic():
            request.reader = self._enter(request)  # type: ignore[attr-defined]  # see StaffRequest
            response = self.get_response(request)
            if getattr(response, "streaming", False) or getattr(response, "is_async", False):
                raise ImproperlyConfigured("Streaming answers run outside the signed context.")
            if response.status_code >= 500 or getattr(response, "harbour_rollback", False):
                transaction.set_rollback(True)
        return response

    def _enter(self, request: HttpRequest) -> Reader | None:
        user = request.user
        if not user.is_authenticated or not user.is_active:
            return None
        session = request.session.session_key or ""
        context.bind(user.pk, session)
        try:
            return queries.reader_for(
                user.pk,
                session_id=context.session_mark(session),
                request_id=request.request_id,  # type: ignore[attr-defined]  # set above
            )
        except Missing:
            return None


class DenyByDefault:
    """Refuse a view that does not say who may open it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on: the work is done when the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Let marked views and the sign-in library's own pages through."""
        del request, args, kwargs
        module = getattr(view, "__module__", "")
        if rule_of(view) is not None or module.startswith(settings.HARBOUR_UNMARKED_VIEWS):
            return None
        raise ImproperlyConfigured(
            f"{module}.{getattr(view, '__name__', view)} does not say who may open it."
        )


class SecondFactor:
    """Outside the demo, nobody works without a second factor: send them to set one up."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Redirect to the set-up page unless a factor exists or the page belongs to signing in."""
        if settings.HARBOUR_DEMO or not request.user.is_authenticated:
            return self.get_response(request)
        if request.path.startswith(("/accounts/", settings.STATIC_URL, "/healthz", "/readyz")):
            return self.get_response(request)
        from allauth.mfa.utils import is_mfa_enabled  # noqa: PLC0415 - needs loaded apps

        if is_mfa_enabled(request.user) or request.session.get("provider_factor"):
            return self.get_response(request)
        return redirect(reverse("mfa_index"))


class SessionLimits:
    """End a session after too long idle, too long altogether, or when its owner has left."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out when a limit is passed; else note that the person is here."""
        if request.user.is_authenticated:
            moment = int(clock.now().timestamp())
            if "began" not in request.session:
                _enlist(request)
            began = request.session.setdefault("began", moment)
            seen = request.session.get("seen", moment)
            if (
                moment - began > settings.HARBOUR_SESSION_ABSOLUTE
                or moment - seen > settings.HARBOUR_SESSION_IDLE
                or not request.user.works_on(clock.london_date(clock.now()))
            ):
                from django.contrib.auth import logout  # noqa: PLC0415 - needs loaded apps

                logout(request)
                if "HX-Request" in request.headers:  # a part of a page: the whole page goes
                    return HttpResponse(
                        status=HTTPStatus.NO_CONTENT, headers={"HX-Refresh": "true"}
                    )
                return redirect(f"{settings.LOGIN_URL}?ended=1")
            # A screen that asks by itself is not a person who is here.
            if moment - seen > STEP and UNATTENDED not in request.headers:
                request.session["seen"] = moment
            request.session.setdefault("seen", moment)
        return self.get_response(request)


def _enlist(request: HttpRequest) -> None:
    """Put a new session on its owner's list, from which she or an administrator can end it."""
    from allauth.usersessions.models import UserSession  # noqa: PLC0415 - needs loaded apps

    UserSession.objects.create_from_request(request)


def seconds_left(request: HttpRequest) -> int:
    """Return how many seconds the session lasts if nothing happens."""
    moment = int(clock.now().timestamp())
    idle = request.session.get("seen", moment) + settings.HARBOUR_SESSION_IDLE
    altogether = request.session.get("began", moment) + settings.HARBOUR_SESSION_ABSOLUTE
    return int(max(0, min(idle, altogether) - moment))
