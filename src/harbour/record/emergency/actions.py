"""Look for a child, break glass, end it, review it. The database opens and closes the record."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.refusals import Refused
from harbour.record.emergency import policy, queries
from harbour.record.emergency.models import Attempt, BreakGlass, Review
from harbour.record.emergency.vocabulary import FOUND_HOLDS, Outcome, Verdict
from harbour.record.people import rules as people_rules
from harbour.record.people.vocabulary import EVERY_FACET


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Exactly one child: the whole name with the day of birth, or a number."""

    given: str = ""
    family: str = ""
    born_on: date | None = None
    number: str = ""


@transaction.atomic
def look(*, sought: Sought, reason: str, by: Reader, at: datetime) -> Attempt:
    """Look for one child; the answer is found, not found, or that the record is open already.

    The ledger row is the same whether a child is hidden or does not exist.
    """
    policy.check_reason(reason)
    _check_can_break(by, at=at)
    policy.check_attempts(queries.attempts_made(by, at=at))
    attempt_id = uuid4()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT harbour_sec.emergency_look(%s, %s, %s, %s, %s::date, %s)",
            [
                attempt_id,
                reason.strip(),
                people_rules.name_key(sought.family),
                people_rules.given_key(sought.given),
                sought.born_on,
                people_rules.identifier_key("", sought.number) if sought.number.strip() else "",
            ],
        )
    found = queries.attempt(by, attempt_id)
    audit.record(
        Act.SEARCH,
        "emergency.looked",
        subjects=[found.person_id] if found.person_id else [],
        about=found,
        reason=found.reason,
        results=int(found.outcome == Outcome.FOUND),
        by=by,
        at=at,
    )
    return found


@transaction.atomic
def break_glass(*, attempt: Attempt, by: Reader, at: datetime) -> BreakGlass:
    """Open the record of the child just found to its finder for 60 minutes, and tell the leads."""
    _check_can_break(by, at=at)
    if attempt.outcome != Outcome.FOUND or attempt.recorded_at < at - FOUND_HOLDS:
        raise Refused("The child was looked for too long ago. Look again.")
    break_glass_id = uuid4()
    with connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.break_glass(%s, %s)", [attempt.pk, break_glass_id])
        if cursor.fetchone()[0] is None:
            raise Refused("Not found for emergency access.")
    found = queries.one(by, break_glass_id)
    audit.record(
        Act.DISCLOSE,
        "emergency.opened",
        subjects=[found.person_id],
        groups=EVERY_FACET,
        about=found,
        reason=found.reason,
        by=by,
        at=at,
        detail={"leads": len(found.leads), "minutes": 60},
    )
    _write_to(found.leads)
    return found


def _check_can_break(by: Reader, *, at: datetime) -> None:
    policy.check_can_break(by, shut=queries.offices_are_shut(at))
    waiting = queries.mine_unreviewed(by)
    policy.check_nothing_waits(waiting, queries.leads_named(waiting) if waiting else [])


def _write_to(leads: list[UUID]) -> None:
    """Have the leads written to, where e-mail is set up: they see it on My work in any case."""
    if settings.MAILERS["default"]["BACKEND"].endswith("dummy.EmailBackend"):
        return
    from harbour.record.emergency import tasks  # noqa: PLC0415 - the queue needs loaded apps

    tasks.write_to_leads.defer(user_ids=[str(each) for each in leads])


@transaction.atomic
def end(*, break_glass: BreakGlass, by: Reader, at: datetime) -> None:
    """End one's own emergency access before its time; the next statement sees nothing of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.end_break_glass(%s)", [break_glass.pk])
        if not cursor.fetchone()[0]:
            raise Refused("This emergency access is over already, or it is not yours.")
    audit.record(
        Act.ALTER,
        "emergency.ended",
        subjects=[break_glass.person_id],
        about=break_glass,
        by=by,
        at=at,
    )


@transaction.atomic
def review(
    *, break_glass: BreakGlass, verdict: Verdict, note: str, by: Reader, at: datetime
) -> Review:
    """Write down what a lead found; who broke the glass may then break another."""
    policy.check_can_review(by, break_glass, note, at=at)
    row = Review(
        break_glass=break_glass,
        verdict=verdict,
        note=note.strip(),
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    row.save(force_insert=True)
    audit.record(
        Act.APPROVE,
        "emergency.reviewed",
        subjects=[break_glass.person_id],
        about=break_glass,
        reason=row.note,
        by=by,
        at=at,
        detail={"verdict": verdict.value},
    )
    return row
