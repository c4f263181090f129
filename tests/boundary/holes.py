"""Servers that are wrong on purpose: what the check of contexts must notice before it proves much.

Each hole is one that hubs of this kind had: who asks is set once a connection instead of once a
transaction, so that the next person over it is the one before; or a page shows a child and leaves
no row of the ledger.
"""

from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from harbour.foundation.access.guards import StaffRequest, signed_in
from harbour.foundation.access.middleware import HubContext
from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from tests.boundary import canaries

CONTEXT_OF_THE_CONNECTION = "context of the connection"
SILENT_LOOK = "silent look"


def make(hole: str) -> None:
    """Make this process wrong in this way; `KeyError` for a hole that is not known."""
    HOLES[hole]()


def _ask_as_whoever_was_first() -> None:
    enter = HubContext._enter

    def once(self: HubContext, request: HttpRequest) -> Reader | None:
        if not request.user.is_authenticated:
            return enter(self, request)
        with connection.cursor() as cursor:
            cursor.execute("SELECT nullif(current_setting('weak.user', true), '')")
            first = cursor.fetchone()[0] or str(request.user.pk)
            cursor.execute("SELECT set_config('weak.user', %s, false)", [first])
        request.user = User.objects.get(pk=first)
        return enter(self, request)

    HubContext._enter = once  # type: ignore[method-assign]  # the hole


def _look_in_silence() -> None:
    settings.ROOT_URLCONF = "tests.boundary.holes"


HOLES: dict[str, Callable[[], None]] = {
    CONTEXT_OF_THE_CONNECTION: _ask_as_whoever_was_first,
    SILENT_LOOK: _look_in_silence,
}


@signed_in("a check looks at canaries in silence")
def look(request: StaffRequest) -> HttpResponse:
    """Show what the right page shows, and write nothing down."""
    return canaries.shown(request, canaries.seen())


urlpatterns = [path("look/", look), path("fail/", canaries.fail)]
handler500 = "tests.boundary.canaries.failed"
