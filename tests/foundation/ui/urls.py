"""The gallery, and views that go wrong in every way."""

from itertools import count

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from harbour.foundation.access.guards import StaffRequest, open_to_all, signed_in
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.foundation.kernel.versions import Conflict
from harbour.foundation.ui import forms, pages

deeds = count()


class Note(forms.Form):
    text = forms.TextField(max_length=100)


@signed_in("test")
@pages.once
def deed(request: StaffRequest) -> HttpResponse:
    """Do a deed that can be counted."""
    form = Note(request.POST)
    if not form.is_valid():
        return pages.page(request, "ui/form.html", {"form": form, "heading": "Note"})
    if form.cleaned_data["text"] == "refuse":
        raise Refused("Only the chair may write this note.")
    return pages.redirect_to(request, "done", next(deeds), said="The note is written.")


@open_to_all("test")
def done(request: HttpRequest, number: int) -> HttpResponse:
    """Say which deed it was."""
    return pages.error(request, 400, str(number))


@signed_in("test")
def missing(request: StaffRequest) -> HttpResponse:
    """Be absent or hidden."""
    del request
    raise Missing


@signed_in("test")
def conflict(request: StaffRequest) -> HttpResponse:
    """Meet somebody else's change."""
    found = Conflict(
        theirs={"text": "Grey hoodie", "place": "Quay"},
        mine={"text": request.POST["text"], "place": "Quay"},
        version=5,
    )
    return pages.conflict(request, found, Note(request.POST), theirs_by="Jo Example")


@open_to_all("test")
def fault(request: HttpRequest) -> HttpResponse:
    """Break."""
    del request
    raise ValueError("broken on purpose")


urlpatterns = [
    path("", include("harbour.foundation.ui.urls")),
    path("accounts/", include("allauth.urls")),
    path("deed/", deed, name="deed"),
    path("done/<int:number>/", done, name="done"),
    path("missing/", missing),
    path("conflict/", conflict),
    path("fault/", fault),
]
handler400 = "harbour.foundation.ui.views.bad_request"
handler403 = "harbour.foundation.ui.views.forbidden"
handler404 = "harbour.foundation.ui.views.not_found"
handler500 = "harbour.foundation.ui.views.failed"
