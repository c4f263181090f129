"""The form for anybody: no account, no script, nothing kept in the browser."""

from django.http import HttpRequest, HttpResponse

from harbour.foundation.access.guards import open_to_all
from harbour.work.referrals.views import form

REASON = "Anybody may tell the hub about a child; the form reads nothing of the record."


@open_to_all(REASON)
def send(request: HttpRequest) -> HttpResponse:
    return form.start(request, form.PUBLIC)


@open_to_all(REASON)
def send_question(request: HttpRequest, slug: str) -> HttpResponse:
    return form.question(request, form.PUBLIC, slug)


@open_to_all(REASON)
def send_check(request: HttpRequest) -> HttpResponse:
    return form.check(request, form.PUBLIC)


@open_to_all(REASON)
def send_without_child(request: HttpRequest, number: int) -> HttpResponse:
    return form.without_child(request, form.PUBLIC, number)


@open_to_all(REASON)
def send_done(request: HttpRequest) -> HttpResponse:
    return form.done(request, form.PUBLIC)
