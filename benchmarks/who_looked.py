"""Who looked at one child's record, out of a ledger of millions of rows.

Ours is the first page as the records officer's desk asks for it: under the signed context and
forced row-level security, with the total and 25 rows, newest first. The peer is the same question
in plain SQL, asked by a superuser, past every policy. Both answers are compared row by row.
"""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from uuid import UUID

import psycopg

from benchmarks import harness
from benchmarks.harness import Figure, Peer
from harbour.demo import partnership
from harbour.foundation.access.context import acting_as
from harbour.hub.oversight.queries import Looks, Narrowing

CHILDREN = 20_000
QUESTIONS = 200
PAGE = 25
# One row speaks of one child, as a look does; one in twenty of a list of ten.
FILL = """
INSERT INTO audit_entry (id, at, actor_id, actor_name, agency_id, agency_name, roles, session,
    request, act, event, subjects, about_kind, about_id, groups, reason, results, detail, leaf, xid,
    batch)
SELECT gen_random_uuid(), now() - random() * interval '3 years', md5('user' || n %% 900)::uuid,
    'Invented person ' || n %% 900, md5('agency' || n %% 30)::uuid, 'Invented agency ' || n %% 30,
    'nurse', md5(n::text), md5(n::text),
    (ARRAY['consult', 'consult', 'consult', 'alter', 'deny'])[(1 + n %% 5)::int],
    'people.child_seen',
    ARRAY(SELECT md5('child' || (random() * %(children)s)::int + 0 * n)::uuid
          FROM generate_series(1, CASE WHEN n %% 20 = 0 THEN 10 ELSE 1 END)),
    'person', NULL, ARRAY['identity'], 'section_47', NULL, '{}', NULL, 1, n / 2000 + 1
FROM generate_series(%(first)s::bigint, %(last)s::bigint) n
"""
AT_ONCE = 250_000
PLAIN = """
SELECT id, count(*) OVER () FROM audit_entry WHERE subjects @> ARRAY[%(child)s::uuid]
ORDER BY at DESC, id LIMIT %(page)s
"""

type Answer = tuple[int, list[UUID]]


def _load(admin: psycopg.Connection[tuple[object, ...]], size: int) -> None:
    code = (
        "import django; django.setup(); from harbour.demo import partnership; partnership.build()"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"HARBOUR_DATABASE_AS": "migrate"},
        check=True,
    )
    admin.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_leaf")
    for first in range(1, size + 1, AT_ONCE):
        last = min(first + AT_ONCE - 1, size)
        admin.execute(FILL, {"first": first, "last": last, "children": CHILDREN})
    admin.execute("ALTER TABLE audit_entry ENABLE TRIGGER audit_leaf")
    admin.execute("VACUUM ANALYZE audit_entry")


def _ask_ours(child: UUID) -> tuple[float, Answer]:
    with acting_as(partnership.user_id("records_officer")):
        began = time.perf_counter()
        looks = Looks(Narrowing(subject=child))
        answer = (len(looks), [each.pk for each in looks[:PAGE]])
        return time.perf_counter() - began, answer


def _ask_peer(
    admin: psycopg.Connection[tuple[object, ...]],
) -> Callable[[UUID], tuple[float, Answer]]:
    def ask(child: UUID) -> tuple[float, Answer]:
        began = time.perf_counter()
        found = admin.execute(PLAIN, {"child": child, "page": PAGE}).fetchall()
        took = time.perf_counter() - began
        total = int(str(found[0][1])) if found else 0
        return took, (total, [UUID(str(each[0])) for each in found])

    return ask


def run(argv: Sequence[str]) -> int:
    """Fill the ledger, ask by turns, compare, print."""
    asked = harness.options(argv, name="who_looked", size=1_000_000, doc=__doc__)
    median = Figure(figure="median of a first page", unit="ms")
    tail = Figure(figure="p95 of a first page", unit="ms")
    with psycopg.connect(os.environ["HARBOUR_TEST_DATABASE_URL"], autocommit=True) as admin:
        _load(admin, asked.size)
        listed = admin.execute(
            "SELECT DISTINCT unnest(subjects) FROM audit_entry TABLESAMPLE SYSTEM (5) LIMIT 2000"
        ).fetchall()
        known = sorted(UUID(str(each[0])) for each in listed)
        children = random.Random(asked.seed).sample(known, min(QUESTIONS, len(known)))
        peer = _ask_peer(admin)
        differ = sum(_ask_ours(each)[1] != peer(each)[1] for each in children)

        def measured(ask: Callable[[UUID], tuple[float, Answer]], side: str) -> None:
            times = [ask(each)[0] * 1000 for each in children]
            getattr(median, side).append(harness.percentile(times, 0.5))
            getattr(tail, side).append(harness.percentile(times, 0.95))

        harness.alternate(
            asked.repeats, lambda: measured(_ask_ours, "ours"), lambda: measured(peer, "peer")
        )
        version = admin.execute("SHOW server_version").fetchone()
    print(f"{len(children) - differ} of {len(children)} answers are those of plain SQL")
    name = "plain SQL with a GIN index, as superuser, on PostgreSQL"
    shown = Peer(name=name, version=str(version[0]) if version else "")
    harness.show("who_looked", asked, shown, [median, tail])
    return 1 if differ else 0
