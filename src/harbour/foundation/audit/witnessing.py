"""Sign the newest seal and hand it to every witness: what the worker does, twice a minute.

A witness that could not be reached is tried again with the newest root: it seals everything before
it, so that none that was missed need be repeated.
"""

import os
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from smtplib import SMTPException
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection, transaction

from harbour.foundation.audit import egress, signing
from harbour.foundation.audit.egress import NotSent
from harbour.foundation.audit.vocabulary import WitnessKind
from harbour.foundation.kernel import clock

# Signed anew when something was sealed, and after this long in any case: silence means that the
# hub stands still, and an agency may see that.
SILENCE = timedelta(seconds=45)
# A mailbox in which nothing new would stand is written to this often.
MAIL_SILENCE = timedelta(hours=1)
AT_ONCE = 8
FILE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,80}")


@dataclass(frozen=True, kw_only=True)
class Due:
    """A witness and the newest root, which it has not got yet."""

    witness: UUID
    kind: str
    address: str
    agency: str
    root: UUID
    batch: int
    chained: bytes
    signed_at: datetime
    key_id: str
    signature: str
    had_batch: int | None
    had_at: datetime | None

    @property
    def line(self) -> str:
        """Return what the witness is given."""
        return signing.root_line(
            batch=self.batch,
            chained=self.chained,
            signed_at=self.signed_at,
            key_id=self.key_id,
            signature=self.signature,
        )


def sign() -> bool:
    """Sign the newest seal if it is new or the last signature is old; say whether that was done."""
    if not signing.can_sign():
        return False
    at = clock.now()
    with transaction.atomic():
        found = _rows("SELECT * FROM harbour_sec.audit_to_sign()")
        if not found:
            return False
        newest = found[0]
        fresh = newest["batch"] == newest["signed_batch"]
        if fresh and at - newest["signed_at"] < SILENCE:
            return False
        _publish_key(at)
        chained = bytes(newest["chained"])
        signature = signing.sign_root(batch=newest["batch"], chained=chained, at=at)
        _run(
            "SELECT harbour_sec.audit_keep_root(%s, %s, %s, %s, %s, %s)",
            [uuid4(), newest["batch"], chained, at, signing.key_id(), signature],
        )
    return True


def deliver() -> int:
    """Hand the newest root to every witness that lacks it; return how many took it.

    No transaction is open while we wait for somebody else's server.
    """
    with transaction.atomic():
        due = [Due(**row) for row in _rows("SELECT * FROM harbour_sec.audit_to_deliver()")]
    at = clock.now()
    due = [each for each in due if not _may_wait(each, at)]
    with ThreadPoolExecutor(AT_ONCE) as pool:  # threads wait for others; none uses the database
        answers = list(pool.map(_attempt, due))
    for each, (ok, answer) in zip(due, answers, strict=True):
        with transaction.atomic():
            _run(
                "SELECT harbour_sec.audit_keep_delivery(%s, %s, %s, %s, %s, %s)",
                [uuid4(), each.root, each.witness, at, ok, answer],
            )
    return sum(ok for ok, _ in answers)


def file_path(name: str) -> Path:
    """Return where a witness file lies: a plain name in the operator's folder, and nowhere else."""
    if not FILE_NAME.fullmatch(name):
        raise NotSent("A witness file has a plain name: small letters, digits, dot and dash.")
    return Path(settings.HARBOUR_WITNESS_FOLDER) / name


def _attempt(due: Due) -> tuple[bool, str]:
    try:
        return True, WAYS[WitnessKind(due.kind)](due)
    except (NotSent, OSError, SMTPException) as problem:
        return False, str(problem) or type(problem).__name__


def _may_wait(due: Due, at: datetime) -> bool:
    return (
        due.kind == WitnessKind.MAILBOX
        and due.had_batch == due.batch
        and due.had_at is not None
        and at - due.had_at < MAIL_SILENCE
    )


def _append(due: Due) -> str:
    path = file_path(due.address)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o640)
    try:
        os.write(handle, f"{due.line}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    return "Written."


def _post(due: Due) -> str:
    return egress.post(due.address, due.line)


def _mail(due: Due) -> str:
    if settings.MAILERS["default"]["BACKEND"].endswith("dummy.EmailBackend"):
        raise NotSent("This hub was not given a mail server.")
    message = EmailMessage(
        subject=f"Harbour ledger: root of batch {due.batch}",
        body=f"{due.line}\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[due.address],
    )
    if not mail.mailers["default"].send_messages([message]):
        raise NotSent("The mail server did not take it.")
    return "Handed to the mail server."


WAYS: Mapping[WitnessKind, Callable[[Due], str]] = {
    WitnessKind.FILE: _append,
    WitnessKind.ENDPOINT: _post,
    WitnessKind.MAILBOX: _mail,
}


def _publish_key(at: datetime) -> None:
    newest = _rows("SELECT harbour_sec.audit_newest_key() AS key_id")[0]["key_id"] or ""
    if newest == signing.key_id():
        return
    key = signing.public_key(at, newest=newest)
    _run(
        "SELECT harbour_sec.audit_keep_key(%s, %s, %s, %s, %s)",
        [key.key_id, key.public, at, key.endorsed_by, key.endorsement],
    )


def _rows(sql: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        names = [each.name for each in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _run(sql: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
