"""The gallery of components, and the pages for what went wrong."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from harbour.foundation.access.guards import StaffRequest, signed_in
from harbour.foundation.ui import gallery as examples
from harbour.foundation.ui.pages import HEADINGS, error, once, page, redirect_to


@signed_in("component gallery")
def gallery(request: StaffRequest) -> HttpResponse:
    """Show every component once, with invented content."""
    return page(request, "ui/gallery.html", {"examples": examples.examples(request.received_at)})


@signed_in("component gallery")
@once
def gallery_form(request: StaffRequest) -> HttpResponse:
    """Show every kind of field, and what it says when it is left empty."""
    form = examples.EveryField(request.POST or None, request.FILES or None)
    if form.is_valid():
        return redirect_to(
            request, "ui:gallery_form", said="The form was filled in. Nothing is kept."
        )
    context = {"form": form, "heading": "Every kind of field", "back": "../"}
    return page(request, "ui/form.html", context)


@signed_in("component gallery")
@once
def gallery_question(request: StaffRequest) -> HttpResponse:
    """Show one question a page."""
    form = examples.OneQuestion(request.POST or None)
    if form.is_valid():
        return redirect_to(request, "ui:gallery_question", said="The question was answered.")
    context = {"form": form, "heading": "One question", "step": 2, "steps": 5, "back": "../"}
    return page(request, "ui/steps.html", context)


@signed_in("component gallery")
def gallery_meeting(request: StaffRequest) -> HttpResponse:
    """Show the layout of the meeting; `?wall=1` as the screen on the wall has it."""
    context = {"facts": examples.facts(), "views": examples.views(), "wall": "wall" in request.GET}
    return page(request, "ui/gallery_meeting.html", context)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what could not be read."""
    del exception
    return error(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what may not be done, with the sentence if there is one."""
    return error(request, HTTPStatus.FORBIDDEN, str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what is not there, or not for this person: the two look the same."""
    del exception
    return error(request, HTTPStatus.NOT_FOUND)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer a fault without asking the database, which may be the fault."""
    del request
    context = {"status": 500, "heading": HEADINGS[500]}
    body = render_to_string("ui/error.html", context)
    return HttpResponse(body, status=HTTPStatus.INTERNAL_SERVER_ERROR)
