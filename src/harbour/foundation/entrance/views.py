"""The demo's sign-in by name, and the two questions a load balancer asks."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from harbour.foundation.access.guards import open_to_all
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.entrance import queries
from harbour.foundation.entrance.adapter import remember
from harbour.foundation.kernel.refusals import Missing

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@open_to_all("in the demo alone anybody becomes a member of the invented cast")
@require_POST
def sign_in_as(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Sign in as a member of the cast; does not exist outside the demo."""
    if not settings.HARBOUR_DEMO:
        raise Missing
    member = next((each for each in queries.demo_cast() if each.pk == user_id), None)
    if member is None:
        raise Missing
    login(request, member, backend=BACKEND)
    remember(
        member, Act.SIGN_IN, "entrance.signed_in", session_id=request.session.session_key or ""
    )
    return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)


@open_to_all("a load balancer asks whether the process lives")
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process lives."""
    del request
    return HttpResponse("ok\n", content_type="text/plain")


@open_to_all("a load balancer asks whether the database answers")
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer once the database does."""
    del request
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ready\n", content_type="text/plain")
