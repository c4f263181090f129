"""The signed context: how the database knows who is asking.

Every transaction that touches the record begins with a token made here: key id, user, session, the
backend's process id, the transaction's start in microseconds, and an HMAC-SHA256 over them. The
database checks it (`harbour_sec.uid()` in policies.sql), so a forged or replayed token opens
nothing.
"""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from harbour.foundation.access import queries
from harbour.foundation.access.reader import Reader

SETTING = "harbour.ctx"


def _token(user_id: UUID, session_id: str, backend: int, started: int) -> str:
    body = f"{settings.HARBOUR_CONTEXT_KEY_ID}|{user_id}|{session_id}|{backend}|{started}"
    mac = hmac.new(settings.HARBOUR_CONTEXT_KEY, body.encode(), hashlib.sha256).hexdigest()
    return f"{body}|{mac}"


def session_mark(session_id: str) -> str:
    """Return a short mark of a session that does not give the session away."""
    return hashlib.sha256(session_id.encode()).hexdigest()[:16] if session_id else ""


def bind(user_id: UUID, session_id: str = "") -> None:
    """Bind the running transaction to a user. Only inside `transaction.atomic()`."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("The context lives in a transaction.")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_backend_pid(), (extract(epoch FROM transaction_timestamp()) * "
            "1000000)::bigint"
        )
        backend, started = cursor.fetchone()
        token = _token(user_id, session_mark(session_id), backend, started)
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, token])


def _read_setting() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [SETTING])
        return str(cursor.fetchone()[0])


def _write_setting(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, value])


@contextmanager
def acting_as(user_id: UUID, *, session_id: str = "", request_id: str = "") -> Iterator[Reader]:
    """Run a block in one transaction on behalf of a user; yield who that is.

    Nested use restores the outer context afterwards: a `SET LOCAL` survives a released savepoint.
    """
    with transaction.atomic():
        outer = _read_setting()
        bind(user_id, session_id)
        yield queries.reader_for(
            user_id, session_id=session_mark(session_id), request_id=request_id
        )
        _write_setting(outer)


@contextmanager
def acting_as_nobody() -> Iterator[None]:
    """Run a block in one transaction with no context: it sees no row of the record."""
    with transaction.atomic():
        outer = _read_setting()
        _write_setting("")
        yield
        _write_setting(outer)
