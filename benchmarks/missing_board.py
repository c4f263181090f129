"""The board and a quarter's four populations over ten years of a nation's missing episodes.

Ours: the board as the coordinator of one of 150 authorities gets it from the server, under forced
row-level security and with its ledger row, and the table of the four populations from the numbers
that are kept counted. Peer: the board's two lists in plain SQL by a superuser, without a page, and
the same table counted from the episodes. The table must equal that count. Sizes count episodes;
the whole size is 2,500,000.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from typing import Any

import psycopg
from psycopg import sql

from benchmarks import harness
from benchmarks.harness import Figure, Peer

AUTHORITIES, EPISODES_A_CHILD, ASKED_EACH_TIME = 150, 5, 10
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Three quarters of the ten years: this one, the one before, and the same a year before.
STARTS = [date(2025, 10, 1), date(2025, 7, 1), date(2024, 10, 1)]
NATION = """
INSERT INTO agencies_agency (id, name, kind, code, partner, covered_by_s115)
SELECT md5('authority ' || n)::uuid, 'Authority ' || n, 'authority', 'B' || n, true, true
FROM generate_series(1, %(authorities)s) AS n
"""
PLAIN_TABLE = """
WITH told AS (
    SELECT e.person_id, e.population, date_trunc('quarter', e.started_at AT TIME ZONE
        'Europe/London')::date AS since
    FROM missing_episode e JOIN agencies_agency a ON a.partner AND a.id =
        CASE WHEN e.population = 'hosted' THEN e.authority_id ELSE e.responsible_id END
    JOIN unnest(%(since)s::timestamptz[], %(before)s::timestamptz[]) AS q(since, before)
        ON e.started_at >= q.since AND e.started_at < q.before
    WHERE e.kind = 'M' AND NOT e.overlaps)
SELECT since, coalesce(population, ''), count(*), count(DISTINCT person_id)
FROM told GROUP BY GROUPING SETS ((since), (since, population)) ORDER BY 1, 2
"""
MISSING_NOW = """
SELECT e.*, p.* FROM missing_episode e JOIN people_person p ON p.id = e.person_id
WHERE NOT e.returned AND e.responsible_id = %(authority)s ORDER BY e.started_at
"""
INTERVIEWS_DUE = """
SELECT i.*, e.*, p.* FROM missing_returninterview i JOIN missing_episode e ON e.id = i.episode_id
JOIN people_person p ON p.id = e.person_id WHERE e.responsible_id = %(authority)s AND e.returned
    AND i.held_at IS NULL AND i.offered NOT IN ('no', 'na') AND i.accepted NOT IN ('no', 'na')
    AND coalesce(e.returned_at, e.return_recorded_at, i.recorded_at) >= now() - interval '90 days'
ORDER BY i.due_at NULLS LAST
"""
# What is known of a row by its column; every other column that must be filled is empty.
SHARED = {
    "recorded_at": "at",
    "recorded_by_id": "%(by)s::uuid",
    "version": "1",
    "person_id": "person",
}
CHILD = {
    "people_person": {"id": "person", "born_on": "date '2009-01-01' + n % 2500", "sex": "'F'"}
    | {"born_precision": "'day'"},
    "people_name": {"id": "gen_random_uuid()", "kind": "'legal'", "given": "'Given'"}
    | {"family": "'Family'", "given_key": "'given'", "family_key": "'family'"},
    "people_authoritytie": {"id": "gen_random_uuid()", "kind": "'responsible'"}
    | {"authority_id": "authority"},
    "people_standing": {"id": "gen_random_uuid()", "audience": "'authority:' || authority"}
    | {"basis": "'responsible'", "facets": "%(facets)s::text[]", "granted": "%(facets)s::text[]"}
    | {"writes": "true", "starts_at": "timestamptz '2016-01-01'"},
}
POPULATION = (
    "(ARRAY['own_not_looked_after', 'own_looked_after_here', 'own_looked_after_elsewhere', "
    "'hosted'])[1 + n % 4]"
)
EPISODE = {
    "missing_episode": {"id": "episode", "kind": "CASE WHEN n % 9 = 0 THEN 'A' ELSE 'M' END"}
    | {"missing_from": "'home'", "population": POPULATION, "authority_id": "authority"}
    | {"responsible_id": "authority", "started_at": "at", "started_precision": "'minute'"}
    | {"returned": "n % 4999 <> 0", "source_key": "'bench ' || n", "overlaps": "n % 4999 = 0"}
    | {"returned_at": "CASE WHEN n % 4999 <> 0 THEN at + interval '9 hours' END"}
    | {"returned_precision": "'minute'"},
    "missing_returninterview": {"id": "gen_random_uuid()", "episode_id": "episode"}
    | {"offered": "CASE WHEN n % 2 = 0 THEN 'yes' ELSE 'not_known' END"}
    | {"accepted": "CASE WHEN n % 2 = 0 THEN 'no' ELSE 'not_known' END"}
    | {"declined_reason": "CASE WHEN n % 2 = 0 THEN 'Would not' ELSE '' END"}
    | {"due_at": "at + interval '81 hours'"}
    | {"waiting_since": "CASE WHEN n % 2 <> 0 AND n % 4999 <> 0 THEN at + interval '9 hours' END"},
}
MADE = {
    "child": "SELECT n, md5('child ' || n)::uuid AS person, now() AS at, "
    "md5('authority ' || 1 + n % %(authorities)s)::uuid AS authority "
    "FROM generate_series(1, %(children)s) AS n",
    "episode": "SELECT n, md5('episode ' || n)::uuid AS episode, "
    "md5('child ' || 1 + n / 3 % %(children)s)::uuid AS person, "
    "md5('authority ' || 1 + (1 + n / 3 % %(children)s) % %(authorities)s)::uuid AS authority, "
    "now() - interval '12 hours' - n * (interval '3652 days' / %(size)s) AS at "
    "FROM generate_series(1, %(size)s) AS n",
}
FACETS = "{identity,contact,placement,referral,assessment,case,missing,meeting,sharing}"


def run(argv: Sequence[str]) -> int:
    """Fill a nation, compare the two tables, and ask by turns."""
    asked = harness.options(argv, name="missing_board", size=2_500_000, doc=__doc__)
    code = (
        "import django; django.setup(); from harbour.demo import partnership; partnership.build()"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        env=dict(os.environ) | {"HARBOUR_DEMO": "1", "HARBOUR_DATABASE_AS": "migrate"},
        check=True,
    )
    with psycopg.connect(os.environ["HARBOUR_TEST_DATABASE_URL"], autocommit=True) as admin:
        authority = _fill(admin, asked.size)
        board = Figure(figure="p95 of the board", unit="ms")
        table = Figure(figure="median of the four populations", unit="ms")
        _compare(admin)
        browser = _coordinator(admin, authority)
        harness.alternate(
            asked.repeats,
            lambda: _ours(browser, board, table),
            lambda: _peer(admin, authority, board, table),
        )
        version = f"PostgreSQL {_one(admin, 'SHOW server_version')}"
    peer = Peer(name="plain SQL by a superuser, no page", version=version)
    harness.show("missing_board", asked, peer, [board, table])
    return 0


def _fill(admin: psycopg.Connection[Any], size: int) -> str:
    from harbour.demo import partnership  # noqa: PLC0415 - needs loaded apps

    values = {
        "authorities": AUTHORITIES,
        "children": max(size // EPISODES_A_CHILD, 1),
        "size": size,
        "by": partnership.user_id("coordinator"),
        "facets": FACETS,
    }
    admin.execute(NATION, values)
    admin.execute("SET session_replication_role = replica")
    for made, tables in (("child", CHILD), ("episode", EPISODE)):
        for name, known in tables.items():
            began = time.perf_counter()
            admin.execute(_insert(admin, name, known, made), values)
            print(f"{name}: {time.perf_counter() - began:,.0f} s", file=sys.stderr)
    admin.execute("SET session_replication_role = origin")
    admin.execute("UPDATE agencies_agency SET partner = partner WHERE false")
    admin.execute("VACUUM ANALYZE")
    return str(_one(admin, "SELECT md5('authority 7')::uuid"))


def _insert(
    admin: psycopg.Connection[Any], table: str, known: dict[str, str], made: str
) -> sql.Composed:
    """Return a statement that fills every column that must be filled, whichever there are."""
    columns = admin.execute(
        "SELECT column_name, data_type, is_nullable FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name = %s",
        [table],
    ).fetchall()
    empty = {"text": "''", "ARRAY": "'{}'", "boolean": "false", "integer": "0"}
    filled = {
        name: known.get(name) or SHARED.get(name) or empty[kind]
        for name, kind, nullable in columns
        if name in known or name in SHARED or nullable == "NO"
    }
    shown = ", ".join(filled.values()).replace(" % ", " %% ")
    source = MADE[made].replace(" % ", " %% ")
    return sql.SQL("INSERT INTO {} ({}) SELECT {} FROM ({}) made").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, filled)),
        sql.SQL(shown),
        sql.SQL(source),
    )


def _coordinator(admin: psycopg.Connection[Any], authority: str) -> Any:
    """Give the coordinator's team one authority of the nation alone, and sign her in."""
    from django.test import Client  # noqa: PLC0415 - needs settings

    from harbour.demo import partnership  # noqa: PLC0415 - needs loaded apps
    from harbour.foundation.access.models import User  # noqa: PLC0415 - as above

    user = partnership.user_id("coordinator")
    held = admin.execute("SELECT team_id FROM access_holding WHERE user_id = %s", [user])
    team = (held.fetchone() or [None])[0]
    admin.execute("DELETE FROM agencies_remit WHERE team_id = %s", [team])
    admin.execute(
        "INSERT INTO agencies_remit (id, team_id, authority_id, starts_on) "
        "VALUES (gen_random_uuid(), %s, %s, '2014-01-01')",
        [team, authority],
    )
    browser = Client()
    browser.force_login(User.objects.get(pk=user), backend=BACKEND)
    # A process reads its code and its templates at the first page: that is no page's time.
    browser.get("/missing/")
    return browser


def _spans() -> dict[str, list[str]]:
    """Return the quarters as moments in England."""
    ends = [date(day.year + day.month // 10, (day.month + 2) % 12 + 1, 1) for day in STARTS]
    return {
        "since": [f"{day} 00:00 Europe/London" for day in STARTS],
        "before": [f"{day} 00:00 Europe/London" for day in ends],
    }


def _kept() -> list[tuple[Any, ...]]:
    """Return the table as the coordinator's page reads it."""
    from harbour.demo import partnership  # noqa: PLC0415 - needs loaded apps
    from harbour.foundation.access.context import acting_as  # noqa: PLC0415 - as above
    from harbour.insight.reporting.queries import scopes  # noqa: PLC0415 - as above
    from harbour.insight.reporting.queries.populations import kept_counts  # noqa: PLC0415
    from harbour.insight.reporting.vocabulary import Span  # noqa: PLC0415 - as above

    with acting_as(partnership.user_id("coordinator")):
        began = time.perf_counter()
        rows = kept_counts(Span.QUARTER, STARTS, scopes()[0])
        _TAKEN.append(time.perf_counter() - began)
    return sorted((row[0], row[1], row[3], row[4]) for row in rows if row[2] == "M")


_TAKEN: list[float] = []


def _compare(admin: psycopg.Connection[Any]) -> None:
    plain = [tuple(row) for row in admin.execute(PLAIN_TABLE, _spans()).fetchall()]
    if sorted(plain) != _kept() or len(plain) != 15:
        raise RuntimeError(f"The tables differ: {plain} {_kept()}")
    print(f"The kept table equals a count of {sum(row[2] for row in plain) // 2:,} episodes.")


def _ours(browser: Any, board: Figure, table: Figure) -> None:
    taken = []
    for _ in range(ASKED_EACH_TIME):
        began = time.perf_counter()
        answer = browser.get("/missing/")
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"The board answers {answer.status_code}.")
    board.ours.append(harness.percentile(taken, 0.95))
    _TAKEN.clear()
    for _ in range(ASKED_EACH_TIME):
        _kept()
    table.ours.append(sorted(_TAKEN)[len(_TAKEN) // 2] * 1000)


def _peer(admin: psycopg.Connection[Any], authority: str, board: Figure, table: Figure) -> None:
    taken = []
    for _ in range(ASKED_EACH_TIME):
        began = time.perf_counter()
        for question in (MISSING_NOW, INTERVIEWS_DUE):
            admin.execute(question, {"authority": authority}).fetchall()
        taken.append((time.perf_counter() - began) * 1000)
    board.peer.append(harness.percentile(taken, 0.95))
    took = []
    for _ in range(3):
        began = time.perf_counter()
        admin.execute(PLAIN_TABLE, _spans()).fetchall()
        took.append((time.perf_counter() - began) * 1000)
    table.peer.append(sorted(took)[1])


def _one(admin: psycopg.Connection[Any], query: str) -> Any:
    row = admin.execute(query).fetchone()
    return row[0] if row else None
