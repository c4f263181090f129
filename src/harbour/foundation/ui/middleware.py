"""Answers for what a view did not do: a refusal with its sentence, an absence, a conflict."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.foundation.kernel.versions import Conflict
from harbour.foundation.ui import pages


class Answers:
    """Turn the three ways of saying no into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on: the work is done when a view raises."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, raised: Exception) -> HttpResponse | None:
        """Return the page for a refusal, an absence or a conflict; leave faults to be faults."""
        if isinstance(raised, Refused):
            return pages.error(request, HTTPStatus.FORBIDDEN, raised.sentence)
        if isinstance(raised, Missing):
            return pages.error(request, HTTPStatus.NOT_FOUND)
        if isinstance(raised, Conflict):
            return pages.error(request, HTTPStatus.CONFLICT, str(raised))
        return None
