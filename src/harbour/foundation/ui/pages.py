"""How a view answers: with a page, a redirect, a sentence, and never twice to one press."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Concatenate
from uuid import uuid4

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from harbour.foundation.kernel import clock
from harbour.foundation.kernel.versions import Conflict
from harbour.foundation.ui import submissions
from harbour.foundation.ui.components import ConflictChoice, Difference
from harbour.foundation.ui.submissions import FORM_KEY

# What did not pass, with names of pages and fields and nothing that was typed.
security = logging.getLogger("harbour.security")

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

SENT_DIFFERENTLY = (
    "This form was already sent once with other answers. Open the page again to see what is "
    "recorded now, and change it there."
)
HEADINGS = {
    400: "We could not read that request",
    403: "You cannot do this",
    404: "Page not found",
    405: "This page cannot be used that way",
    409: "This has changed",
    429: "Too many tries",
    500: "Something went wrong",
}


def page(
    request: HttpRequest,
    template: str,
    context: "Mapping[str, Any] | DataclassInstance | None" = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Return a full page; what signed-in people see is never kept by a browser or a proxy."""
    names = _names(context)
    _note_form(request, names.get("form"))
    response = render(request, template, names, status=status)
    if getattr(request, "reader", None) is not None:
        response.headers["Cache-Control"] = "no-store"
    return response


def note_refused(request: HttpRequest, why: str, *, fields: Iterable[str] = ()) -> None:
    """Write to the process's log that something was tried and did not pass."""
    match = request.resolver_match
    facts = {
        "request_id": getattr(request, "request_id", ""),
        "page": match.view_name if match is not None else "",
        "fields": sorted(fields),
    }
    security.info("refused: %s", why, extra=facts)


def _note_form(request: HttpRequest, form: object) -> None:
    """Note which fields of a sent form did not pass their check, by which check."""
    if request.method == "POST" and isinstance(form, BaseForm) and form.is_bound and form.errors:
        problems = form.errors.as_data().items()
        codes = [f"{name}: {each.code or 'invalid'}" for name, found in problems for each in found]
        note_refused(request, "form", fields=codes)


def _names(context: "Mapping[str, Any] | DataclassInstance | None") -> dict[str, Any]:
    if context is None:
        return {FORM_KEY: uuid4()}
    if is_dataclass(context):
        named = {each.name: getattr(context, each.name) for each in fields(context)}
        return {FORM_KEY: uuid4(), "page": context, **named}
    return {FORM_KEY: uuid4(), **context}


def redirect_to(
    request: HttpRequest, url_name: str, *args: object, said: str = "", **kwargs: object
) -> HttpResponseRedirect:
    """Return a redirect to a named page; `said` is shown there once and holds no personal data."""
    if said:
        messages.success(request, said)
    return HttpResponseRedirect(reverse(url_name, args=args or None, kwargs=kwargs or None))


def error(
    request: HttpRequest, status: int, sentence: str = "", *, heading: str = ""
) -> HttpResponse:
    """Return the page that says why something did not happen."""
    context = {"status": status, "heading": heading or HEADINGS[status], "sentence": sentence}
    return page(request, "ui/error.html", context, status=status)


def conflict(
    request: HttpRequest,
    found: Conflict,
    form: BaseForm,
    *,
    theirs_by: str = "a colleague",
    theirs_at: datetime | None = None,
    keep_theirs: str = "",
) -> HttpResponse:
    """Return both texts side by side, so that a person chooses; nothing was written."""
    differing = {
        name: (found.theirs[name], mine)
        for name, mine in found.mine.items()
        if found.theirs[name] != mine
    }
    choice = ConflictChoice(
        differences=tuple(
            Difference(name, _label(form, name), str(theirs or ""), str(mine or ""))
            for name, (theirs, mine) in differing.items()
        ),
        version=found.version,
        action=request.path,
        theirs_by=theirs_by,
        theirs_at=theirs_at,
        keep_theirs=keep_theirs or request.path,
        hidden=_posted(request, without={*differing, "seen_version", *submissions.UNCOMPARED}),
    )
    return page(request, "ui/conflict.html", {"choice": choice}, status=HTTPStatus.CONFLICT)


def _label(form: BaseForm, name: str) -> str:
    return str(form[name].label) if name in form.fields else name.replace("_", " ").capitalize()


def _posted(request: HttpRequest, *, without: set[str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in without
        for value in values
    )


def once[R: HttpRequest, **P](
    view: Callable[Concatenate[R, P], HttpResponse],
) -> Callable[Concatenate[R, P], HttpResponse]:
    """Answer a form that is sent twice with the answer to the first, and do the deed only once.

    The key is made anew for each page that shows a form. The same key with other content is a
    conflict. An answer that is not a redirect (a form with errors) uses up no key.
    """

    @wraps(view)
    def answered_once(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        key, reader = submissions.key_of(request), getattr(request, "reader", None)
        if key is None or reader is None:
            return view(request, *args, **kwargs)
        body_hash = submissions.fingerprint(request)
        at = getattr(request, "received_at", None) or clock.now()
        if not submissions.claim(key=key, user_id=reader.user_id, body_hash=body_hash, at=at):
            return _again(request, submissions.answer_to(key=key, body_hash=body_hash))
        try:
            response = view(request, *args, **kwargs)
        except Exception:
            submissions.release(key=key)
            raise
        submissions.settle(key=key, response=response)
        return response

    return answered_once


def _again(request: HttpRequest, location: str) -> HttpResponse:
    if location:
        return HttpResponseRedirect(location)
    return error(request, HTTPStatus.CONFLICT, SENT_DIFFERENTLY)
