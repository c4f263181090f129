"""Every view says who may open it; a view that says nothing is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from harbour.foundation.access import policy
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.refusals import Refused


class StaffRequest(HttpRequest):
    """A request of somebody who is signed in."""

    reader: Reader
    received_at: Any


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Who may open a view."""

    permissions: tuple[Permission, ...] = ()
    signed_in: bool = True
    reason: str = ""

    def admits(self, reader: Reader | None) -> bool:
        """Say whether this reader may open the view at all."""
        if not self.signed_in:
            return True
        if reader is None:
            return False
        return not self.permissions or any(reader.may(each) for each in self.permissions)


type StaffView[**P] = Callable[Concatenate[StaffRequest, P], HttpResponse]
type PlainView[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


def rule_of(view: object) -> Rule | None:
    """Return the rule a view was marked with, or nothing."""
    return getattr(view, "harbour_rule", None)


def _guard[**P](rule: Rule, view: StaffView[P]) -> PlainView[P]:
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        reader: Reader | None = getattr(request, "reader", None)
        if rule.signed_in and reader is None:
            if "HX-Request" in request.headers:  # a part of a page: the whole page asks to sign in
                return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Refresh": "true"})
            return redirect_to_login(request.get_full_path())
        if rule.permissions and reader is not None and not rule.admits(reader):
            policy.check_may(reader, rule.permissions[0])
            raise Refused("Your role does not allow this.")
        return view(cast("StaffRequest", request), *args, **kwargs)

    guarded.harbour_rule = rule  # type: ignore[attr-defined]  # the mark the URL walk reads
    return guarded


def grants[**P](*permissions: Permission) -> Callable[[StaffView[P]], PlainView[P]]:
    """Open a view to readers who have any of these verbs."""

    def decorate(view: StaffView[P]) -> PlainView[P]:
        return _guard(Rule(permissions=permissions), view)

    return decorate


def signed_in[**P](reason: str) -> Callable[[StaffView[P]], PlainView[P]]:
    """Open a view to everybody who is signed in, and say why."""

    def decorate(view: StaffView[P]) -> PlainView[P]:
        return _guard(Rule(reason=reason), view)

    return decorate


def open_to_all[**P](reason: str) -> Callable[[PlainView[P]], PlainView[P]]:
    """Open a view to the public, and say why."""

    def decorate(view: PlainView[P]) -> PlainView[P]:
        return _guard(Rule(signed_in=False, reason=reason), cast("StaffView[P]", view))

    return decorate
