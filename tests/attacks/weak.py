"""A server with every hole that the attacks look for: each attack must get through here first."""

import csv
import io
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import Context, Template
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from harbour.foundation.access.guards import open_to_all
from harbour.foundation.access.models import User
from harbour.record.people.models import Name
from tests.conftest import role

KEPT: list[str] = []


@open_to_all("weak on purpose")
def record(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show anybody's record to anybody who names it."""
    with role("harbour_sec_owner"):
        found = Name.objects.filter(person_id=person_id).first()
    return HttpResponse(
        f"{found.given} {found.family}" if found else "", status=200 if found else 404
    )


@open_to_all("weak on purpose")
def touch(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Write to the record of whoever is looked at."""
    del request
    with role("harbour_sec_owner"):
        Name.objects.filter(person_id=person_id).update(given="Looked at")
    return HttpResponse("Looked at.")


@open_to_all("weak on purpose")
@csrf_exempt
def change(request: HttpRequest) -> HttpResponse:
    """Write down whatever is sent, whoever made the browser send it."""
    wanted = {name: request.POST[name] for name in ("name", "job") if name in request.POST}
    with role("harbour_sec_owner"):
        User.objects.filter(is_system=True).update(**{"job": "", **wanted})
    return HttpResponseRedirect("/weak/change/")


@open_to_all("weak on purpose")
def form(request: HttpRequest) -> HttpResponse:
    """Show a form that leads to `change`."""
    return HttpResponse('<form method="post" action="/weak/change/"><input name="job"></form>')


@open_to_all("weak on purpose")
def onward(request: HttpRequest) -> HttpResponse:
    """Lead wherever the address says."""
    return HttpResponseRedirect(request.POST.get("next") or request.GET.get("next", "/"))


@open_to_all("weak on purpose")
@csrf_exempt
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in under the session that was there, and say who is unknown."""
    user = User.objects.filter(email=request.POST.get("login", "")).first()
    if user is None:
        return HttpResponse("There is no such account.")
    if not user.check_password(request.POST.get("password", "")):
        return HttpResponse("The password is wrong.")
    request.session[SESSION_KEY] = str(user.pk)
    request.session["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
    request.session["_auth_user_hash"] = user.get_session_auth_hash()
    return HttpResponseRedirect("/")


@open_to_all("weak on purpose")
def host(request: HttpRequest) -> HttpResponse:
    """Put the host that was named into a link."""
    named = request.headers.get("x-forwarded-host") or request.META.get("HTTP_HOST", "")
    return HttpResponse(f'<a href="https://{named}/reset/">Reset</a>')


@open_to_all("weak on purpose")
def echo(request: HttpRequest) -> HttpResponse:
    """Show what was said as it was said, by a template made of it."""
    return HttpResponse(Template(request.GET.get("said", "")).render(Context()))


@open_to_all("weak on purpose")
def found(request: HttpRequest) -> HttpResponse:
    """Search by pasting the words into the statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT '{request.GET.get('said', '')}'")
        return HttpResponse(str(cursor.fetchone()))


@open_to_all("weak on purpose")
def table(request: HttpRequest) -> HttpResponse:
    """Give a table of what was said."""
    file = io.StringIO()
    csv.writer(file).writerow([request.GET.get("said", "")])
    return HttpResponse(file.getvalue(), content_type="text/csv")


urlpatterns = [
    path("weak/record/<uuid:person_id>/", record),
    path("weak/touch/<uuid:person_id>/", touch),
    path("weak/change/", change),
    path("weak/form/", form),
    path("weak/onward/", onward),
    path("weak/sign-in/", sign_in),
    path("weak/host/", host),
    path("weak/echo/", echo),
    path("weak/found/", found),
    path("weak/table/", table),
]
