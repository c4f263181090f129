"""Add to an interview, review it, tell it on. Its words are never touched here."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Team
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.refusals import Refused
from harbour.work.missing.models import ReturnInterview
from harbour.work.returns import policy, queries, rules
from harbour.work.returns.models import Addition, Onward, Review
from harbour.work.returns.vocabulary import Criterion, ReviewOutcome


@transaction.atomic
def add(*, interview: ReturnInterview, kind: str, text: str, by: Reader, at: datetime) -> Addition:
    """Add to an interview what was said besides, what is to be put right, or what came of it."""
    policy.check_can_add(by, interview)
    if not text.strip():
        raise Refused("Write what you add.")
    row = Addition(
        person_id=interview.person_id,
        interview=interview,
        kind=kind,
        text=text,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    row.save(force_insert=True)
    _audited("returns.added", row, by=by, at=at, kind=kind)
    return row


@transaction.atomic
def review(
    *,
    interview: ReturnInterview,
    outcome: str,
    met: Iterable[str],
    note: str = "",
    by: Reader,
    at: datetime,
) -> Review:
    """Accept an interview against the criteria, or return it for more. Its words stay as said."""
    policy.check_can_review(by, interview, state=queries.state_of(by, interview))
    found = [each.value for each in Criterion if each in set(met)]
    if outcome == ReviewOutcome.MORE and not note.strip():
        raise Refused("Say what is missing, so that it can be added.")
    if outcome == ReviewOutcome.ACCEPTED and rules.unmet(found) and not note.strip():
        raise Refused("Say why it is accepted although a criterion is not met.")
    row = Review(
        person_id=interview.person_id,
        interview=interview,
        outcome=outcome,
        met=found,
        note=note,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    row.save(force_insert=True)
    _audited("returns.reviewed", row, by=by, at=at, outcome=outcome)
    return row


@transaction.atomic
def tell_on(
    *, interview: ReturnInterview, team: Team, what: str, why: str, by: Reader, at: datetime
) -> Onward:
    """Tell a team what it needs to know of an interview; it acknowledges."""
    policy.check_can_tell_on(by, interview)
    if team.pk not in {each.pk for each in queries.teams_for(by, interview)}:
        raise Refused(
            "This team does not work for the child's authority. Share the record with its agency "
            "first, on the child's Sharing page."
        )
    if not what.strip() or not why.strip():
        raise Refused("Say what they need to know, and why they need it.")
    row = Onward(
        person_id=interview.person_id,
        interview=interview,
        team=team,
        what=what,
        why=why,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    row.save(force_insert=True)
    _audited("returns.told_on", row, act=Act.DISCLOSE, by=by, at=at, team=str(team.pk))
    return row


@transaction.atomic
def acknowledge(*, told: Onward, by: Reader, at: datetime) -> None:
    """Say for one's team that what it was told is taken in."""
    policy.check_can_acknowledge(by, told)
    changed = Onward.objects.filter(pk=told.pk, acknowledged_at=None).update(
        acknowledged_at=at, acknowledged_by=by.user_id
    )
    if not changed:
        raise Refused("Your team has acknowledged this already.")
    told.acknowledged_at, told.acknowledged_by_id = at, by.user_id
    _audited("returns.acknowledged", told, by=by, at=at)


def _audited(
    event: str, row: Addition | Review | Onward, *, act: Act = Act.ALTER, by: Reader, at: datetime,
    **detail: str,
) -> None:  # fmt: skip
    audit.record(
        act, event, subjects=[row.person_id], groups=("missing",), about=row, by=by, at=at,
        detail=detail,
    )  # fmt: skip
