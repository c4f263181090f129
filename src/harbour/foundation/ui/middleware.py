"""Answers for what a view did not do: a refusal with its sentence, an absence, a conflict."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
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
        if isinstance(raised, Refused | Missing):
            _remember(request, raised)
        if isinstance(raised, Refused):
            return pages.error(request, HTTPStatus.FORBIDDEN, raised.sentence)
        if isinstance(raised, Missing):
            return pages.error(request, HTTPStatus.NOT_FOUND)
        if isinstance(raised, Conflict):
            return pages.error(request, HTTPStatus.CONFLICT, str(raised))
        return None


def _remember(request: HttpRequest, raised: Refused | Missing) -> None:
    """Write the refusal to the ledger: which page, of which record, never what was said."""
    reader = getattr(request, "reader", None)
    if reader is None or request.resolver_match is None:
        return
    audit.record(
        Act.DENY,
        "ui.refused" if isinstance(raised, Refused) else "ui.not_found",
        by=reader,
        at=request.received_at,  # type: ignore[attr-defined]  # set by the outermost middleware
        subjects=[
            each for each in request.resolver_match.kwargs.values() if isinstance(each, UUID)
        ],
        detail={"page": request.resolver_match.view_name},
    )
