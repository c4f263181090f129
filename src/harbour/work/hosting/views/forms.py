"""A form of this room as a page."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse, QueryDict

from harbour.foundation.access.guards import StaffRequest
from harbour.foundation.ui.pages import page


def posted(request: StaffRequest) -> QueryDict | None:
    """Return what was sent; nothing while the form is only looked at."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: StaffRequest, form: BaseForm, heading: str, back: str, **shown: Any
) -> HttpResponse:
    """Show a form with its way back."""
    context = {"form": form, "heading": heading, "back": back, "cancel": back, **shown}
    return page(request, "hosting/form.html", context)
