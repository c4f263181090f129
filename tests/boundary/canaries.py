"""Pages that show whose context they run in, and fail in every way a page can."""

import random
from http import HTTPStatus

from django.db import connection
from django.http import HttpResponse
from django.urls import path

from harbour.foundation.access.guards import StaffRequest, signed_in
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.record.people.models import Name

CANARY = "Canary"
# Long enough that a kill falls between the ledger's row and the commit now and then.
SLOW = "SELECT count(*) FROM generate_series(1, %s)"


def _ask(sql: str, values: tuple[int, ...] = ()) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


@signed_in("a check looks at canaries")
def look(request: StaffRequest) -> HttpResponse:
    """Look at every canary in reach, write that down, dawdle, and show what was seen."""
    found = seen()
    audit.record(
        Act.CONSULT,
        "boundary.canary",
        by=request.reader,
        at=request.received_at,
        results=len(found),
    )
    return shown(request, found)


def seen() -> list[str]:
    """Return every canary in reach of whoever the transaction runs for."""
    return sorted(set(Name.objects.filter(family=CANARY).values_list("given", flat=True)))


def shown(request: StaffRequest, found: list[str]) -> HttpResponse:
    """Dawdle, and show what was seen, by whom, and for whom the database took them."""
    _ask(SLOW, (random.randint(1, 30_000),))
    who = _ask("SELECT harbour_sec.uid()")
    return HttpResponse(f"{request.reader.request_id}|{request.reader.user_id}|{who}|{found}")


@signed_in("a check fails on purpose")
def fail(request: StaffRequest) -> HttpResponse:
    """Fail after looking: in Python, in the database, or in time."""
    list(Name.objects.filter(family=CANARY))
    match random.randrange(4):
        case 0:
            raise RuntimeError("on purpose")
        case 1:
            _ask("SELECT 1 / 0")
        case 2:
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = 5")
            _ask(SLOW, (3_000_000,))
        case _:
            return HttpResponse(status=HTTPStatus.INTERNAL_SERVER_ERROR)
    return HttpResponse("")


urlpatterns = [path("look/", look), path("fail/", fail)]
handler500 = "tests.boundary.canaries.failed"


def failed(request: object) -> HttpResponse:
    """Say nothing."""
    del request
    return HttpResponse(status=HTTPStatus.INTERNAL_SERVER_ERROR)
