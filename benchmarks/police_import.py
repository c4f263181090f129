"""An extract of 100,000 missing reports: how long it takes, killed half-way, and once more.

Ours: `./harbour import police-missing` of the whole extract, under policies, with its ledger row,
the counts by population kept up to date, and an interview opened for each child who is back. Peer:
the same rows put into the same tables by a superuser's COPY, with nothing looked up or checked.
Beside the times the run shows that an import that is killed with SIGKILL while it writes leaves
nothing, that every bad row is named, and that the same extract once more changes nothing.
"""

import csv
import io
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

from benchmarks import harness
from benchmarks.harness import Figure, Peer

HEADING = ("MISPER Ref", "Forename", "Surname", "DOB", "Missing From", "Date Found", "Risk Level")
EPISODES_A_CHILD = 5
ONE_IN_THIS_MANY_IS_BAD = 997
FIRST = datetime(2016, 4, 1, 12)  # noqa: DTZ001 - written as an English police system would
PEOPLE = """
WITH made AS (
    SELECT n, gen_random_uuid() AS person FROM generate_series(1, %(size)s) AS n
), people AS (
    INSERT INTO people_person (id, recorded_at, recorded_by_id, version, born_on, born_precision,
        sex, ethnicity, ethnicity_source, ehc_plan, disabilities, languages)
    SELECT person, now(), %(by)s, 1, date '2010-01-01' + n %% 700, 'day', 'F', '', '', '', '{}',
        '{}'
    FROM made
), ties AS (
    INSERT INTO people_authoritytie (id, recorded_at, recorded_by_id, source, person_id, kind,
        authority_id, starts_on)
    SELECT gen_random_uuid(), now(), %(by)s, '', person, 'responsible', %(authority)s, '2010-01-01'
    FROM made
), standings AS (
    INSERT INTO people_standing (id, recorded_at, recorded_by_id, person_id, audience, basis,
        facets, granted, writes, starts_at)
    SELECT gen_random_uuid(), now(), %(by)s, person, 'authority:' || %(authority)s, 'responsible',
        '{identity,contact,placement,referral,assessment,case,missing,meeting,sharing}',
        '{identity,contact,placement,referral,assessment,case,missing,meeting,sharing}', true, now()
    FROM made
)
INSERT INTO people_name (id, recorded_at, recorded_by_id, source, person_id, kind, given, family,
    given_key, family_key)
SELECT gen_random_uuid(), now(), %(by)s, '', person, 'legal', 'Given', 'Family ' || n, 'given',
    'family ' || n
FROM made
"""
# How far the kept counts are from a recount.
DIFFERS = """
SELECT coalesce(sum(abs(coalesce(m.episodes, 0) - coalesce(r.episodes, 0))
    + abs(coalesce(m.children, 0) - coalesce(r.children, 0))), 0)
FROM reporting_missingcount m FULL JOIN harbour_sec.missing_recount() r ON r.span = m.span
    AND r.starts_on = m.starts_on AND r.kind = m.kind AND r.population = m.population
    AND r.authority IS NOT DISTINCT FROM m.authority_id
"""
COUNTS = """
SELECT (SELECT count(*) FROM missing_episode), (SELECT count(*) FROM missing_returninterview),
    (SELECT count(*) FROM police_missing_extractrun),
    (SELECT count(*) FROM police_missing_rowfinding),
    (SELECT coalesce(sum(episodes), 0) FROM reporting_missingcount),
    (SELECT count(*) FROM audit_entry WHERE event LIKE 'police_missing.came_in')
"""


def run(argv: Sequence[str]) -> int:
    """Invent children and an extract; import it killed, whole and again; put the rows in raw."""
    asked = harness.options(argv, name="police_import", size=100_000, doc=__doc__)
    environment = dict(os.environ) | {"HARBOUR_DEMO": "1"}
    _as_migration_role(environment, "from harbour.demo import partnership; partnership.build()")
    with (
        psycopg.connect(os.environ["HARBOUR_TEST_DATABASE_URL"], autocommit=True) as admin,
        TemporaryDirectory() as folder,
    ):
        authority = _children(admin, asked.size // EPISODES_A_CHILD)
        extract = Path(folder) / "extract.csv"
        bad = _write(extract, asked.size, asked.seed)
        _say_columns(authority)
        ours = Figure(figure=f"import of {asked.size:,} reports", unit="s")
        importing = Importing(extract, authority, environment)
        raw = _measure(admin, importing, good=asked.size - bad, bad=bad, ours=ours)
        version = f"PostgreSQL {_one(admin, 'SHOW server_version')}"
        peer = Peer(name="COPY of the same rows, unchecked", version=version)
        ours.peer.append(raw)
        harness.show("police_import", asked, peer, [ours])
        return 0 if ours.ours[0] < 60 or asked.size < 100_000 else 1


@dataclass(frozen=True)
class Importing:
    """What is imported, for whom, and where."""

    extract: Path
    authority: str
    environment: dict[str, str]


def _measure(
    admin: psycopg.Connection[Any], importing: Importing, *, good: int, bad: int, ours: Figure
) -> float:
    _killed(admin, importing)
    began = time.perf_counter()
    said = _import(importing)
    ours.ours.append(time.perf_counter() - began)
    after = _counts(admin)
    episodes, runs, findings = after[0], after[2], after[3]
    _must(episodes == good, f"{good:,} episodes should be there, not {episodes:,}")
    _must(runs == 1 and findings >= bad, f"{bad:,} bad rows should be named: {findings:,}")
    _must(f"{bad:,} refused" in said, f"the command should say so: {said[:200]}")
    recount = _one(admin, DIFFERS)
    _must(recount == 0, f"the kept counts differ from a recount by {recount}")
    _import(importing)
    again = _counts(admin)
    _must(again == after, f"the same extract once more changed something: {after} {again}")
    print(f"Named {bad:,} bad rows; once more nothing changed; kept counts equal a recount.")
    return _copy(admin)


def _as_migration_role(environment: dict[str, str], code: str) -> None:
    subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {code}"],
        env=environment | {"HARBOUR_DATABASE_AS": "migrate"},
        check=True,
    )


def _children(admin: psycopg.Connection[Any], size: int) -> str:
    """Write the children whom the extract names; return their authority's name."""
    from harbour.demo import partnership  # noqa: PLC0415 - needs loaded apps

    by, county = partnership.user_id("records_import"), partnership.agency_id("county")
    admin.execute(PEOPLE, {"size": size, "by": by, "authority": county})
    admin.execute("VACUUM ANALYZE")
    return partnership.COUNTY


def _write(path: Path, size: int, seed: int) -> int:
    """Write the extract, with a bad row here and there; return how many are bad."""
    chance, bad = random.Random(seed), 0
    children = size // EPISODES_A_CHILD
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADING)
    for number in range(size):
        child = number % children + 1
        turn = number // children
        began = FIRST + timedelta(days=turn * 400 + chance.randrange(300), minutes=number % 600)
        back = began + timedelta(hours=chance.randrange(1, 48))
        born = date(2010, 1, 1) + timedelta(days=child % 700)
        is_bad = number % ONE_IN_THIS_MANY_IS_BAD == 500
        bad += is_bad
        writer.writerow(
            (
                f"MP/{number}",
                "Given",
                "Nobody" if is_bad and number % 2 else f"Family {child}",
                f"{born:%d/%m/%Y}",
                "soon" if is_bad and number % 2 == 0 else f"{_unambiguous(began):%d/%m/%Y %H:%M}",
                f"{_unambiguous(back):%d/%m/%Y %H:%M}",
                chance.choice(["High", "Medium", "Low", "No apparent risk"]),
            )
        )
    path.write_text(out.getvalue(), encoding="utf-8")
    return bad


def _unambiguous(moment: datetime) -> datetime:
    """Return a moment outside the hour in which clocks change."""
    return moment.replace(hour=3) if moment.hour in {1, 2} else moment


def _say_columns(authority: str) -> None:
    from harbour.demo import partnership  # noqa: PLC0415 - needs loaded apps
    from harbour.exchange.police_missing import actions  # noqa: PLC0415 - needs loaded apps
    from harbour.exchange.police_missing.rules import columns  # noqa: PLC0415 - as above
    from harbour.foundation.access.context import acting_as  # noqa: PLC0415 - as above
    from harbour.foundation.agencies.models import Agency  # noqa: PLC0415 - as above
    from harbour.foundation.kernel import clock  # noqa: PLC0415 - as above

    with acting_as(partnership.user_id("coordinator")) as reader:
        actions.say_columns(
            authority=Agency.objects.get(name=authority),
            names=HEADING,
            fields=columns.guessed(HEADING),
            by=reader,
            at=clock.now(),
        )


def _command(importing: Importing) -> list[str]:
    code = (
        "import sys, django; django.setup(); "
        "from harbour.exchange.police_missing.command import run; sys.exit(run(sys.argv[1:]))"
    )
    whose = ["--authority", importing.authority, "--accept-rest"]
    return [sys.executable, "-c", code, str(importing.extract), *whose]


def _import(importing: Importing) -> str:
    done = subprocess.run(
        _command(importing),
        env=importing.environment | {"HARBOUR_DATABASE_AS": "app"},
        check=False,
        capture_output=True,
        text=True,
    )
    print(done.stderr, end="", file=sys.stderr)
    _must(done.returncode == 0, done.stdout + done.stderr)
    return done.stdout


def _killed(admin: psycopg.Connection[Any], importing: Importing) -> None:
    """Kill an import while it writes, and show that it left nothing."""
    before = _counts(admin)
    with subprocess.Popen(
        _command(importing),
        env=importing.environment | {"HARBOUR_DATABASE_AS": "app"},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    ) as process:
        for line in process.stderr or ():
            if "Writing" in line:
                time.sleep(0.5)
                process.send_signal(signal.SIGKILL)
                break
    _must(process.returncode == -signal.SIGKILL, "the import should have been killed")
    for _ in range(100):
        if not _one(admin, "SELECT count(*) FROM pg_stat_activity WHERE usename = 'harbour_app'"):
            break
        time.sleep(0.1)
    after = _counts(admin)
    _must(after == before, f"the killed import left something: {before} {after}")
    print("Killed while it wrote: nothing was left.")


def _copy(admin: psycopg.Connection[Any]) -> float:
    """Put the same rows into the same tables raw, and take them back."""
    rows: dict[str, bytes] = {}
    for table in ("missing_episode", "missing_returninterview"):
        with admin.cursor().copy(f"COPY {table} TO STDOUT (FORMAT binary)") as out:
            rows[table] = b"".join(bytes(piece) for piece in out)
    with admin.transaction(force_rollback=True):
        admin.execute("SET LOCAL session_replication_role = replica")
        admin.execute("TRUNCATE missing_episode, missing_returninterview CASCADE")
        began = time.perf_counter()
        for table, content in rows.items():
            with admin.cursor().copy(f"COPY {table} FROM STDIN (FORMAT binary)") as into:
                into.write(content)
        return time.perf_counter() - began


def _counts(admin: psycopg.Connection[Any]) -> tuple[Any, ...]:
    row = admin.execute(COUNTS).fetchone()
    return tuple(row or ())


def _one(admin: psycopg.Connection[Any], query: str) -> Any:
    row = admin.execute(query).fetchone()
    return row[0] if row else None


def _must(held: bool, what: str) -> None:  # noqa: FBT001 - reads as an assertion
    if not held:
        raise RuntimeError(what)
