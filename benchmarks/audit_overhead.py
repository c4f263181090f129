"""What the ledger costs a page: the same child's page with its row written and without.

Ours writes the row of every look, in the transaction of the page. The peer is the same page of the
same product with the writer of the ledger taken out: what is left is the price of remembering.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from unittest import mock

import django
from django.core.handlers.base import BaseHandler
from django.test import Client, RequestFactory
from django.test.utils import override_settings

from benchmarks.harness import Figure, Peer, alternate, options, percentile, show
from harbour.demo import partnership
from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import User
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.record.people import actions as people
from harbour.record.people.vocabulary import Reason
from tests.builders.people import a_child

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGES = 15


def run(argv: Sequence[str]) -> int:
    """Print what a page takes with and without its row of the ledger."""
    asked = options(argv, name="audit_overhead", size=50, doc=__doc__)
    with override_settings(HARBOUR_DEMO=True):
        open_page = _browser(asked.size)
        page = Figure(figure="a child's page, median", unit="ms")
        tail = Figure(figure="a child's page, 95th percentile", unit="ms")
        rate = Figure(figure="pages a second, one after another", unit="1/s")
        rate.larger_is_better = True

        def measured(into: str) -> Callable[[], None]:
            def turn() -> None:
                times = [_timed(open_page) for _ in range(PAGES)]
                getattr(page, into).append(statistics.median(times))
                getattr(tail, into).append(percentile(times, 0.95))
                getattr(rate, into).append(1000 / statistics.mean(times))

            return turn

        without = measured("peer")

        def silenced() -> None:
            with mock.patch.object(Entry.objects, "bulk_create", new=list):
                without()

        open_page()
        alternate(asked.repeats, measured("ours"), silenced)
    peer = Peer(name="the same page, nothing written", version=f"Django {django.get_version()}")
    show("audit_overhead", asked, peer, [page, tail, rate])
    cost = statistics.median(page.ours) - statistics.median(page.peer)
    print(f"\nThe row of the ledger costs {cost:.2f} ms a page.")
    return 0


def _timed(open_page: Callable[[], None]) -> float:
    began = time.perf_counter()
    open_page()
    return (time.perf_counter() - began) * 1000


def _browser(size: int) -> Callable[[], None]:
    """Write children and return what opens one's page, as a server would."""
    code = (
        "import django; django.setup(); from harbour.demo import partnership; partnership.build()"
    )
    told = os.environ | {"HARBOUR_DATABASE_AS": "migrate"}
    subprocess.run([sys.executable, "-c", code], env=told, check=True)
    user = User.objects.get(pk=partnership.user_id("front_door"))
    handler, client = BaseHandler(), Client()
    handler.load_middleware()
    client.force_login(user, backend=BACKEND)
    with acting_as(user.pk, session_id=client.session.session_key or "") as by:
        county = Agency.objects.get(pk=partnership.agency_id("county"))
        children = [a_child(by, county).pk for _ in range(size)]
        # Why the record is opened is said once a session, before what is measured.
        people.state_reason(person_id=children[0], code=Reason.SUPERVISION, by=by, at=clock.now())
    cookie = client.cookies.output(header="", attrs=[]).strip()
    path = f"/cases/{children[0]}/"

    def open_page() -> None:
        request = RequestFactory(SERVER_NAME="127.0.0.1").get(path, headers={"cookie": cookie})
        answer = handler.get_response(request)
        if answer.status_code != 200:
            raise RuntimeError(f"The page answered {answer.status_code}.")

    return open_page
