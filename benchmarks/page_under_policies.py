"""A list of 50 concerns under policies, against the same page without policies and ledger row.

Both are the front door's inbox, served by the same web server over a connection pool, with the
same signed context, to the same person, over the same data. Ours is bound by forced row-level
security and writes one ledger row that names every child on the page. The peer connects as a role
that bypasses policies and writes no row.
"""

import http.client
import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise

import psycopg
from psycopg import sql

from benchmarks import harness
from benchmarks.harness import Figure, Peer
from harbour.config import database, installation, processes

HOST = "127.0.0.1"
PORTS = {"ours": 8471, "peer": 8472}
PAGE = "/referrals/?size=50"
CONNECTIONS, SECONDS = 4, 6.0
PATIENCE = 60
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
BENCH_ROLE = "harbour_bench"
# Concerns of ten authorities; one in five waits for a decision, and a child is linked to each.
CONCERNS = """
WITH made AS (
    SELECT n, gen_random_uuid() AS person, gen_random_uuid() AS referral,
        gen_random_uuid() AS described, ids[1 + n %% array_length(ids, 1)] AS authority,
        timestamptz '2026-01-05 08:00+00' + n * interval '90 seconds' AS at
    FROM generate_series(1, %(size)s) AS n, (
        SELECT array_agg(id ORDER BY name) AS ids FROM agencies_agency WHERE kind = 'authority'
    ) AS authorities
), people AS (
    INSERT INTO people_person (id, recorded_at, recorded_by_id, version, born_on, born_precision,
        sex, ethnicity, ethnicity_source, ehc_plan, disabilities, languages)
    SELECT person, at, %(by)s, 1, date '2010-01-01' + n %% 2000, 'day', 'F', '', '', '', '{}', '{}'
    FROM made
), standings AS (
    INSERT INTO people_standing (id, recorded_at, recorded_by_id, person_id, audience, basis,
        facets, writes, starts_at)
    SELECT gen_random_uuid(), at, %(by)s, person, 'authority:' || authority, 'responsible',
        '{identity,contact,placement,referral,assessment,case,missing,meeting,sharing}', true, at
    FROM made
), concerns AS (
    INSERT INTO referrals_referral (id, recorded_at, recorded_by_id, version, reference,
        received_at, channel, authority_id, source, local_source, referrer_name, referrer_role,
        referrer_contact, concerns, group_name, narrative, immediate_danger, danger_action,
        parents_informed, parents_reason, status, screening_due_on, decision, decision_reason,
        feedback_text, decided_at, decided_by_id)
    SELECT referral, at, %(by)s, 1, 'BENCH-' || n, at, 'staff_form', authority, '6', '', '', '',
        '', '{cse,missing}', '', 'Seen near the station after school.', false, '', '', '',
        CASE WHEN n %% 5 = 0 THEN 'new' ELSE 'screened' END, (at + interval '1 day')::date,
        CASE WHEN n %% 5 = 0 THEN '' ELSE 'advice' END,
        CASE WHEN n %% 5 = 0 THEN '' ELSE 'School knows what to watch for.' END, '',
        CASE WHEN n %% 5 = 0 THEN NULL ELSE at END,
        CASE WHEN n %% 5 = 0 THEN NULL ELSE %(by)s::uuid END
    FROM made
), told AS (
    INSERT INTO referrals_describedchild (id, recorded_at, recorded_by_id, referral_id, number,
        given, family, known_as, born_precision, age_said, sex, address, postcode, phone, school,
        with_now)
    SELECT described, at, %(by)s, referral, 1, 'Invented', 'Child ' || n, '', '', '14', 'F', '', '',
        '', '', ''
    FROM made
)
INSERT INTO referrals_link (id, recorded_at, recorded_by_id, referral_id, described_id, person_id,
    turn)
SELECT gen_random_uuid(), at, %(by)s, referral, described, person, 1 FROM made
"""


@dataclass
class Load:
    """What several browsers at once saw of a page."""

    taken: list[float] = field(default_factory=list)
    failed: int = 0
    seconds: float = 0.0


def run(argv: Sequence[str]) -> int:
    """Fill a database, serve the page both ways, and ask by turns."""
    asked = harness.options(argv, name="page_under_policies", size=20_000, doc=__doc__)
    environment = dict(os.environ) | {"HARBOUR_DEMO": "1", "HARBOUR_PLAIN_HTTP": "1"}
    _build_partnership(environment)
    with psycopg.connect(os.environ["HARBOUR_TEST_DATABASE_URL"], autocommit=True) as admin:
        cookie = _fill(admin, asked.size)
        environment["HARBOUR_BENCH_DATABASE_URL"] = _bench_login(admin)
        rate = Figure(figure="requests a second", unit="1/s", larger_is_better=True)
        tail = Figure(figure="p95 of a page", unit="ms")
        with (
            _served("ours", "harbour.config.wsgi:application", environment),
            _served("peer", "benchmarks._unguarded:application", environment),
        ):
            _compare(admin, cookie)
            harness.alternate(
                asked.repeats,
                lambda: _measure(cookie, "ours", rate.ours, tail.ours),
                lambda: _measure(cookie, "peer", rate.peer, tail.peer),
            )
        row = admin.execute("SELECT current_setting('server_version')").fetchone()
    version = f"PostgreSQL {row[0] if row else ''}"
    peer = Peer(name="the same page without policies and ledger row", version=version)
    harness.show("page_under_policies", asked, peer, [rate, tail])
    return 0


def _build_partnership(environment: dict[str, str]) -> None:
    code = (
        "import django; django.setup(); from harbour.demo import partnership; partnership.build()"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        env=environment | {"HARBOUR_DATABASE_AS": "migrate"},
        check=True,
    )


def _fill(admin: psycopg.Connection[tuple[object, ...]], size: int) -> str:
    """Write the concerns, and return the session of the front-door worker who reads them."""
    from django.test import Client  # noqa: PLC0415 - needs settings

    from harbour.demo import partnership  # noqa: PLC0415 - needs loaded apps
    from harbour.foundation.access.models import User  # noqa: PLC0415 - needs loaded apps

    reader = partnership.user_id("front_door")
    admin.execute(CONCERNS, {"size": size, "by": reader})
    admin.execute("VACUUM ANALYZE")
    browser = Client()
    browser.force_login(User.objects.get(pk=reader), backend=BACKEND)
    return f"harbour_session={browser.session.session_key}"


def _bench_login(admin: psycopg.Connection[tuple[object, ...]]) -> str:
    password = secrets.token_urlsafe(16)
    admin.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(BENCH_ROLE)))
    admin.execute(
        sql.SQL("CREATE ROLE {} LOGIN BYPASSRLS INHERIT IN ROLE {} PASSWORD {}").format(
            sql.Identifier(BENCH_ROLE), sql.Identifier(database.APP_ROLE), sql.Literal(password)
        )
    )
    return database.with_login(
        os.environ["HARBOUR_APP_DATABASE_URL"], user=BENCH_ROLE, password=password
    )


@contextmanager
def _served(which: str, application: str, environment: dict[str, str]) -> Iterator[None]:
    command = processes.web_command(host=HOST, port=PORTS[which], workers=1, threads=CONNECTIONS)
    with subprocess.Popen(
        [*command[:-1], application], env=environment, cwd=installation.CHECKOUT
    ) as server:
        try:
            _wait(PORTS[which], server)
            yield
        finally:
            server.terminate()


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            connection = http.client.HTTPConnection(HOST, port, timeout=5)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The web server did not start; what it said stands above.")


def _get(connection: http.client.HTTPConnection, cookie: str) -> tuple[int, bytes]:
    connection.request("GET", PAGE, headers={"Cookie": cookie})
    response = connection.getresponse()
    return response.status, response.read()


def _compare(admin: psycopg.Connection[tuple[object, ...]], cookie: str) -> None:
    """Refuse to measure two pages that are not the same, or a ledger that is not written."""
    rows, written = [], [_ledger(admin)]
    for which in ("ours", "peer"):
        connection = http.client.HTTPConnection(HOST, PORTS[which], timeout=PATIENCE)
        status, body = _get(connection, cookie)
        rows.append((status, body.count(b"<tr")))
        written.append(_ledger(admin))
    if rows[0] != rows[1] or rows[0][0] != http.HTTPStatus.OK or rows[0][1] <= 50:
        raise RuntimeError(f"The pages differ or show no 50 rows: {rows}")
    if [after - before for before, after in pairwise(written)] != [1, 0]:
        raise RuntimeError(f"Ours should write one ledger row and the peer none: {written}")


def _ledger(admin: psycopg.Connection[tuple[object, ...]]) -> int:
    row = admin.execute("SELECT count(*) FROM audit_entry").fetchone()
    return int(str(row[0])) if row else 0


def _measure(cookie: str, which: str, rates: list[float], tails: list[float]) -> None:
    load = _load(PORTS[which], cookie)
    if load.failed:
        raise RuntimeError(f"{load.failed} requests failed.")
    rates.append(len(load.taken) / load.seconds)
    tails.append(harness.percentile(load.taken, 0.95) * 1000)


def _load(port: int, cookie: str) -> Load:
    """Ask from several connections that are kept open, for a few seconds."""
    load = Load()
    until = time.perf_counter() + SECONDS

    def browse() -> None:
        connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
        while (began := time.perf_counter()) < until:
            status, _ = _get(connection, cookie)
            load.taken.append(time.perf_counter() - began)
            load.failed += status != http.HTTPStatus.OK

    began = time.perf_counter()
    browsers = [threading.Thread(target=browse) for _ in range(CONNECTIONS)]
    for each in browsers:
        each.start()
    for each in browsers:
        each.join()
    load.seconds = time.perf_counter() - began
    return load
