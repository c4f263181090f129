"""Send the sheet of a missing child to somebody without an account: sealed, and not for long."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.documents import keys
from harbour.foundation.kernel.refusals import Refused
from harbour.work.missing import policy
from harbour.work.missing.models import Episode, SentSheet


@dataclass(frozen=True, kw_only=True)
class Sending:
    """To whom, for how long, and why."""

    given_to: str
    reason: str
    hours: int


@transaction.atomic
def send_sheet(
    *, episode: Episode, sending: Sending, document: bytes, by: Reader, at: datetime
) -> tuple[SentSheet, str]:
    """Seal a document under a passphrase; return the row and the passphrase, which is not kept."""
    policy.check_can_send(by, episode)
    passphrase, salt, key = keys.spoken(), keys.new_salt(), uuid4()
    row = SentSheet(
        pk=key,
        person_id=episode.person_id,
        episode=episode,
        given_to=sending.given_to,
        reason=sending.reason,
        salt=salt,
        sealed=keys.sealed(document, key=keys.from_passphrase(passphrase, salt=salt), of=key),
        expires_at=at + timedelta(hours=sending.hours),
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    row.save(force_insert=True)
    _disclosed("missing.sheet_sent", row, by=by, at=at, hours=sending.hours)
    return row, passphrase


@transaction.atomic
def end_sheet(*, sheet: SentSheet, by: Reader, at: datetime) -> None:
    """Close a link before its time; what it held is gone."""
    policy.check_can_end(by, sheet)
    changed = SentSheet.objects.filter(pk=sheet.pk, ended_at=None).update(
        ended_at=at, ended_by_id=by.user_id, sealed=None
    )
    if not changed:
        raise Refused("This link is closed already.")
    _disclosed("missing.sheet_ended", sheet, act=Act.ALTER, by=by, at=at)


@transaction.atomic
def open_sheet(*, sheet_id: UUID, passphrase: str, by: Reader, at: datetime) -> bytes | None:
    """Open a sheet for somebody who was told its passphrase, and write that it was opened.

    The database counts every try and gives out nothing after the tenth, after its time, or once the
    child is back. An unknown link, one that is over and a wrong passphrase give nothing alike.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT salt, sealed FROM harbour_sec.sent_sheet(%s)", [sheet_id])
        salt, sealed = cursor.fetchone() or (keys.new_salt(), b"")
    key = keys.from_passphrase(passphrase, salt=bytes(salt))
    try:
        document = keys.opened(bytes(sealed), key=key, of=sheet_id)
    except keys.Unreadable:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.sheet_opened(%s)", [sheet_id])
        person_id = cursor.fetchone()[0]
    audit.record(
        Act.DISCLOSE,
        "missing.sheet_opened",
        subjects=[person_id],
        groups=("identity", "missing"),
        by=by,
        at=at,
        detail={"sheet": str(sheet_id)},
    )
    return document


def _disclosed(
    event: str, row: SentSheet, *, act: Act = Act.DISCLOSE, by: Reader, at: datetime, **detail: int
) -> None:
    audit.record(
        act,
        event,
        subjects=[row.person_id],
        groups=("identity", "missing"),
        about=row,
        by=by,
        at=at,
        detail=detail,
    )
