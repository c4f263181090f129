"""Keep what the home authority told, what is offered to it, and who holds the interviews."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Required, TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import update_versioned
from harbour.record.people import policy as people
from harbour.work.hosting import policy
from harbour.work.hosting.models import Arrangement, Consultation, ToldFlag


class Told(TypedDict, total=False):
    """What another authority told of a child."""

    told_by: Required[Agency]
    told_on: Required[date]
    channel: Required[str]
    since_on: date | None
    words: str


class Answered(TypedDict):
    """What became of the offer of a consultation."""

    answer: str
    held_on: date | None
    words: str


@transaction.atomic
def keep_told(
    *, person_id: UUID, kinds: Iterable[str], by: Reader, at: datetime, **told: Unpack[Told]
) -> list[ToldFlag]:
    """Keep what another authority told of a child, as told: by whom, when and how."""
    policy.check_can_tell(by, person_id, told["told_on"], clock.london_date(at))
    rows = [
        ToldFlag(person_id=person_id, kind=kind, recorded_at=at, recorded_by_id=by.user_id, **told)
        for kind in kinds
    ]
    ToldFlag.objects.bulk_create(rows)
    for row in rows:
        _write(Act.COLLECT, "hosting.told", row, by, at)
    return rows


@transaction.atomic
def end_told(*, flag: ToldFlag, by: Reader, at: datetime) -> None:
    """Say that who told it has taken it back; that it was told stays."""
    policy.check_can_keep(by)
    if not ToldFlag.objects.filter(pk=flag.pk, ended_on=None).update(
        ended_on=clock.london_date(at)
    ):
        raise Refused("This was taken back already, or is not yours to change.")
    _write(Act.ALTER, "hosting.told_ended", flag, by, at)


@transaction.atomic
def offer_consultation(
    *, person_id: UUID, agency: Agency, offered_on: date, by: Reader, at: datetime
) -> Consultation:
    """Offer the authority that placed a child a local consultation."""
    policy.check_can_tell(by, person_id, offered_on, clock.london_date(at))
    row = Consultation(
        person_id=person_id,
        agency=agency,
        offered_on=offered_on,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    row.save(force_insert=True)
    _write(Act.COLLECT, "hosting.consultation_offered", row, by, at)
    return row


@transaction.atomic
def answer_consultation(
    *, consultation: Consultation, seen_version: int, by: Reader, at: datetime,
    **answered: Unpack[Answered],
) -> None:  # fmt: skip
    """Keep what became of the offer; raise `Conflict` if somebody wrote meanwhile."""
    policy.check_can_keep(by)
    update_versioned(consultation, seen_version=seen_version, **answered)
    _write(Act.ALTER, "hosting.consultation_answered", consultation, by, at)


@transaction.atomic
def arrange_interviews(
    *, person_id: UUID, interviewer: str, agreed_with: Agency | None, reason: str, by: Reader,
    at: datetime,
) -> Arrangement:  # fmt: skip
    """Agree who holds return interviews for a child placed across a border, and why."""
    policy.check_can_keep(by)
    people.check_can_write(by, person_id, Facet.MISSING)
    row = Arrangement(
        person_id=person_id,
        interviewer=interviewer,
        agreed_with=agreed_with,
        reason=reason.strip(),
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    row.save(force_insert=True)
    _write(Act.COLLECT, "hosting.interviews_arranged", row, by, at)
    return row


def _write(
    act: Act, event: str, row: ToldFlag | Consultation | Arrangement, by: Reader, at: datetime
) -> None:
    group = "missing" if isinstance(row, Arrangement) else "case"
    audit.record(act, event, subjects=[row.person_id], groups=[group], about=row, by=by, at=at)
