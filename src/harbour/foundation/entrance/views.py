"""The demo's sign-in by name, a person's own account, and what a load balancer asks."""

import json
import re
from http import HTTPStatus
from typing import cast
from urllib.parse import urlsplit
from uuid import UUID

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import login
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from harbour.foundation.access.context import acting_as_nobody
from harbour.foundation.access.guards import StaffRequest, open_to_all, signed_in
from harbour.foundation.access.middleware import seconds_left
from harbour.foundation.access.models import User
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.entrance import (
    activation,
    forms,
    notices,
    presenters,
    proof,
    queries,
    sessions,
)
from harbour.foundation.entrance.adapter import remember, remember_failure
from harbour.foundation.entrance.vocabulary import Happened
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing
from harbour.foundation.ui.pages import once, page, redirect_to, security

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@open_to_all("in the demo alone anybody becomes a member of the invented cast")
@require_POST
def sign_in_as(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Sign in as a member of the cast; does not exist outside the demo."""
    if not settings.HARBOUR_DEMO:
        raise Missing
    member = next((each for each in queries.demo_cast() if each.pk == user_id), None)
    if member is None:
        raise Missing
    login(request, member, backend=BACKEND)
    proof.note(request)
    remember(
        member, Act.SIGN_IN, "entrance.signed_in", session_id=request.session.session_key or ""
    )
    return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)


@signed_in("everybody reads and ends their own sessions")
@require_safe
def account(request: StaffRequest) -> HttpResponse:
    """Show a person her own sessions and how she signs in."""
    current = request.session.session_key or ""
    open_ones = sessions.of(request.reader.user_id, current=current)
    user = cast("User", request.user)
    told = notices.of(request.reader.user_id)
    return page(request, "entrance/account.html", presenters.account_page(user, open_ones, told))


ACTIVATED = "Your password is set. Sign in with it now."


@open_to_all("whoever was given a code sets a password of her own with it, before she can sign in")
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """Set a password with a code."""
    form = forms.Activate(request.POST if request.method == "POST" else None)
    if request.user.is_authenticated:
        return redirect_to(request, "entrance:account")
    if request.method == "POST" and form.is_valid() and _activated(request, form):
        return redirect_to(request, "account_login", said=ACTIVATED)
    shown = {"form": form, "heading": "Set your password", "submit": "Set the password"}
    return page(request, "entrance/activate.html", shown)


def _activated(request: HttpRequest, form: forms.Activate) -> bool:
    """Set the password if the code fits; else say so in the form, and count the try."""
    at, said = clock.now(), form.cleaned_data
    if not ratelimit.consume(request, action="activate", key=said["email"].lower()):
        form.add_error(None, "Too many tries. Wait five minutes and try again.")
        return False
    with acting_as_nobody():
        row = activation.found(email=said["email"], code=said["code"], at=at)
    if row is None:
        remember_failure(request)
        notices.note(request, Happened.FAILED, email=said["email"])
        form.add_error(None, forms.DOES_NOT_FIT)
        return False
    form.check_password_for(row.user)
    if form.errors:
        return False
    with acting_as_nobody():
        user = activation.use(row, password=said["password"], at=at)
    sessions.end(user.pk)
    remember(user, Act.ALTER, "entrance.credential_changed", detail={"what": "activated"})
    notices.note(request, Happened.ACTIVATED, user_id=user.pk)
    return True


@signed_in("everybody ends their own sessions")
@proof.recently_proved
@require_POST
@once
def end_session(request: StaffRequest, session_id: int) -> HttpResponse:
    """End one of her other sessions; somebody else's is not there."""
    mine = sessions.of(request.reader.user_id, current=request.session.session_key or "")
    if not any(each.id == session_id and not each.current for each in mine):
        raise Missing
    _end(request, only=session_id)
    return redirect_to(request, "entrance:account", said="That session is ended.")


@signed_in("everybody ends their own sessions")
@proof.recently_proved
@require_POST
@once
def end_sessions(request: StaffRequest) -> HttpResponse:
    """End every session of hers but this one."""
    _end(request, but=request.session.session_key or "")
    return redirect_to(request, "entrance:account", said="Your other sessions are ended.")


def _end(request: StaffRequest, *, only: int | None = None, but: str = "") -> None:
    ended = sessions.end(request.reader.user_id, only=only, but=but)
    audit.record(
        Act.SIGN_OUT,
        "entrance.sessions_ended",
        by=request.reader,
        at=request.received_at,
        detail={"ended": ended},
    )


@signed_in("a page asks how long the session lasts, or prolongs it when its reader says so")
@require_http_methods(["GET", "POST"])
def stay(request: StaffRequest) -> HttpResponse:
    """Say how many seconds the session has; a POST is a person who is here."""
    return JsonResponse({"seconds": seconds_left(request)})


@open_to_all("pages of the sign-in library that nobody uses here: they do not exist")
def closed(request: HttpRequest) -> HttpResponse:
    """Answer as for any address that leads nowhere."""
    del request
    raise Missing


# What a browser says of a page that broke the policy: its words are not ours, so few are kept.
LONGEST_REPORT = 8_192
DIRECTIVE = re.compile(r"[a-z-]{1,40}")


@csrf_exempt
@open_to_all("a browser reports what the policy of a page stopped, and sends no cookie's proof")
@require_POST
def policy_report(request: HttpRequest) -> HttpResponse:
    """Note which directive stopped what kind of thing on which page; the ids of no record."""
    told = HttpResponse(status=HTTPStatus.NO_CONTENT)
    if not ratelimit.consume(request, action="report"):
        return told
    try:
        said = json.loads(request.read(LONGEST_REPORT))["csp-report"]
        directive, blocked = str(said["effective-directive"]), str(said["blocked-uri"])
        where = resolve(urlsplit(str(said["document-uri"])).path).view_name
    except (ValueError, KeyError, TypeError, Resolver404):
        return told
    if DIRECTIVE.fullmatch(directive):
        facts = {"page": where, "directive": directive, "blocked": _kind(blocked)}
        security.warning("a page broke its policy", extra=facts)
    return told


def _kind(blocked: str) -> str:
    """Return the scheme or the word for what was stopped: an address could hold anything."""
    kind = urlsplit(blocked).scheme if ":" in blocked else blocked
    return kind if DIRECTIVE.fullmatch(kind) else "other"


@open_to_all("a load balancer asks whether the process lives")
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process lives."""
    del request
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@open_to_all("a load balancer asks whether the database answers")
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer once the database does."""
    del request
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ready\n", content_type="text/plain; charset=utf-8")
