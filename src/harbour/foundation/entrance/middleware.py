"""What every answer tells the browser: keep nothing, trust nobody else, forget on leaving."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse

ALWAYS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Permitted-Cross-Domain-Policies": "none",
}
# No page is asked in another way; there is nothing to preflight.
METHODS = ("GET", "HEAD", "POST")
LEAVING = '"cache", "cookies", "storage"'


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
