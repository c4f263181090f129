"""Write to the ledger: the only writer."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import connection

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit.models import Entry
from harbour.foundation.audit.vocabulary import Act


class _Identified(Protocol):
    @property
    def pk(self) -> object: ...


# The ten facts of a ledger row: a value object would only move them.
def record(  # noqa: PLR0913
    act: Act,
    event: str,
    *,
    by: Reader,
    at: datetime,
    subjects: Iterable[UUID] = (),
    groups: Iterable[str] = (),
    about: _Identified | None = None,
    reason: str = "",
    results: int | None = None,
    detail: Mapping[str, str | int | bool | None] | None = None,
) -> None:
    """Write one ledger row in the running transaction.

    So that deed and memory stand or fall together.

    `event` is `room.verb`; `subjects` the people whose record it was; `groups` the parts shown or
    changed; `about` the record acted on; `detail` codes and counts, never content. If the row
    cannot be written the request fails and shows nothing.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("The ledger is written in the transaction of the deed.")
    about_id = getattr(about, "pk", None)
    Entry.objects.bulk_create(
        [
            Entry(
                at=at,
                actor_id=by.user_id,
                actor_name=by.name,
                agency_id=by.agency_id,
                agency_name=by.agency_name,
                roles=", ".join(each.code for each in by.roles),
                session=by.session_id,
                request=by.request_id,
                act=act,
                event=event,
                subjects=list(subjects),
                about_kind=type(about).__name__.lower() if about is not None else "",
                about_id=about_id if isinstance(about_id, UUID) else None,
                groups=list(groups),
                reason=reason,
                results=results,
                detail=dict(detail or {}),
            )
        ]
    )


def record_sign_in_failure(*, at: datetime, request_id: str = "") -> None:
    """Write that somebody failed to sign in: no name, because what was typed may be a password."""
    Entry.objects.bulk_create(
        [Entry(at=at, act=Act.SIGN_IN_FAILED, event="access.sign_in_failed", request=request_id)]
    )
