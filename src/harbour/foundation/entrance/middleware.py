"""What every answer tells the browser: keep nothing, trust nobody else, forget on leaving."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import logout
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.urls import reverse

from harbour.foundation.entrance import notices
from harbour.foundation.entrance.presenters import browser
from harbour.foundation.entrance.vocabulary import Happened

ALWAYS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Permitted-Cross-Domain-Policies": "none",
}
# No page is asked in another way; there is nothing to preflight.
METHODS = ("GET", "HEAD", "POST")
LEAVING = '"cache", "cookies", "storage"'


# What a browser says of the machine that it runs on; its own version changes in a session.
MACHINES = ("Windows", "Android", "iPhone", "iPad", "Macintosh", "CrOS", "Linux")


class SameBrowser:
    """End a session that goes on in another kind of browser or machine: its cookie was taken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the browser that the session began with go on."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        agent = request.headers.get("User-Agent", "")
        here = f"{browser(agent)}, {next((each for each in MACHINES if each in agent), 'another')}"
        if request.session.setdefault("browser", here) == here:
            return self.get_response(request)
        notices.note(request, Happened.BROWSER, user_id=request.user.pk)
        logout(request)
        if "HX-Request" in request.headers:  # a part of a page: the whole page goes
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Refresh": "true"})
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?ended=1")


class Discretion:
    """Add the headers that Django does not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and see to what the browser keeps."""
        signed_in = request.user.is_authenticated
        if request.method in METHODS:
            response = self.get_response(request)
        else:
            response = HttpResponseNotAllowed(METHODS)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if signed_in or request.user.is_authenticated or request.path.startswith("/accounts/"):
            response.headers["Cache-Control"] = "no-store"
        if signed_in and request.method == "POST" and request.path == reverse("account_logout"):
            response.headers["Clear-Site-Data"] = LEAVING
        return response
