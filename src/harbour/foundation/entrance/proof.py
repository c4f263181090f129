"""Proof that it is still her: asked again before an act that would do harm in other hands.

`@recently_proved` stands under the guard and above everything else of a view:

    @grants(Permission.EXPORT)
    @recently_proved
    @require_http_methods(["GET", "POST"])
    @once
    def export(request): ...

`@recently_proved_to_send` leaves reading the page alone and asks when its form is sent.

Who gave a proof within the last five minutes, signing in included, notices nothing. Anybody else
gets a page that asks for one; it carries what was sent and goes on with it afterwards, so that no
form has to be filled in twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, cast

from allauth.account.adapter import get_adapter
from allauth.mfa.base.forms import ReauthenticateForm as CodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm as KeyForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from harbour.foundation.access.context import acting_as_nobody
from harbour.foundation.access.guards import StaffRequest
from harbour.foundation.access.models import User
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.entrance import sessions
from harbour.foundation.kernel import clock
from harbour.foundation.ui.pages import page

PROVED = "proved"
PREFIX = "prove_"
WRONG = "That did not prove who you are. Try again."
TOO_MANY = "Too many tries. Wait five minutes and try again."


@dataclass(frozen=True, kw_only=True)
class Ways:
    """How this person can prove who she is; the first that is true is offered first."""

    key: bool = False
    code: bool = False
    password: bool = False
    provider: str = ""
    demo: bool = False


def is_fresh(request: HttpRequest) -> bool:
    """Say whether the person proved who she is within the last minutes."""
    age = clock.now().timestamp() - request.session.get(PROVED, 0)
    return bool(0 <= age <= settings.HARBOUR_PROOF_FRESH)


def note(request: HttpRequest) -> None:
    """Keep the moment of a proof."""
    request.session[PROVED] = int(clock.now().timestamp())


def ways(request: HttpRequest) -> Ways:
    """Return how the person who is signed in can prove who she is."""
    user = cast("User", request.user)
    kinds = set(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))
    return Ways(
        key=Authenticator.Type.WEBAUTHN in kinds,
        code=bool(kinds & {Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES}),
        password=not settings.HARBOUR_DEMO and user.has_usable_password(),
        provider=request.session.get("provider", ""),
        demo=settings.HARBOUR_DEMO and not kinds,
    )


def recently_proved[**P](
    view: Callable[Concatenate[Any, P], HttpResponse],
) -> Callable[Concatenate[Any, P], HttpResponse]:
    """Ask for a proof before this view unless one was given within the last five minutes."""
    return _proving(view, reading=True)


def recently_proved_to_send[**P](
    view: Callable[Concatenate[Any, P], HttpResponse],
) -> Callable[Concatenate[Any, P], HttpResponse]:
    """Let everybody whom the view admits read its page, and ask for a proof when it is sent."""
    return _proving(view, reading=False)


def _proving[**P](
    view: Callable[Concatenate[Any, P], HttpResponse], *, reading: bool
) -> Callable[Concatenate[Any, P], HttpResponse]:
    @wraps(view)
    def proved(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        by = request.POST.get(f"{PREFIX}by", "")
        asks = reading or request.method == "POST"
        if not by and (not asks or is_fresh(request)):
            return view(request, *args, **kwargs)
        problem = _problem(request, by) if by else ""
        if by and not problem:
            _accept(request)
            if request.POST.get(f"{PREFIX}then") == "open":
                return HttpResponseRedirect(request.get_full_path())
            _strip(request)
            return view(request, *args, **kwargs)
        return _ask(request, problem)

    proved.harbour_proved = True  # type: ignore[attr-defined]  # the mark the tests read
    return proved


def _problem(request: StaffRequest, by: str) -> str:
    """Return why the proof that was sent is none; empty if it is one."""
    try:
        return "" if _holds(request, by) else WRONG
    except ValidationError:
        return TOO_MANY


def _holds(request: StaffRequest, by: str) -> bool:
    user, offered = cast("User", request.user), ways(request)
    if by == "demo":
        return offered.demo
    if by == "password" and offered.password:
        return bool(get_adapter().reauthenticate(user, request.POST.get(f"{PREFIX}password", "")))
    if by == "code" and offered.code:
        form = CodeForm(user=user, data={"code": request.POST.get(f"{PREFIX}code", "")})
    elif by == "key" and offered.key:
        form = KeyForm(user=user, data={"credential": request.POST.get(f"{PREFIX}key", "")})
    else:
        return False
    if not form.is_valid():
        return False
    form.save()
    return True


def _accept(request: StaffRequest) -> None:
    sessions.renew(request)
    note(request)
    audit.record(Act.SIGN_IN, "entrance.proved", by=request.reader, at=request.received_at)


def _strip(request: StaffRequest) -> None:
    """Take the proof out of what was sent: the view reads what it was sent at first."""
    sent = request.POST.copy()
    for name in [each for each in sent if each.startswith(PREFIX)]:
        del sent[name]
    request.POST = sent  # type: ignore[assignment]  # an immutable one to read


def _ask(request: StaffRequest, problem: str) -> HttpResponse:
    if problem:
        with acting_as_nobody():
            audit.record_sign_in_failure(
                at=request.received_at, request_id=request.reader.request_id
            )
    offered = ways(request)
    options = begin_authentication(cast("User", request.user)) if offered.key else None
    return page(
        request,
        "entrance/prove.html",
        {
            "ways": offered,
            "problem": problem,
            "carried": _carried(request),
            "then": request.POST.get(f"{PREFIX}then") or _then(request),
            "js_data": {"request_options": options} if options else None,
            "here": request.get_full_path(),
        },
    )


def _then(request: HttpRequest) -> str:
    return "send" if request.method == "POST" else "open"


def _carried(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if not name.startswith(PREFIX) and name != "csrfmiddlewaretoken"
        for value in values
    ]
