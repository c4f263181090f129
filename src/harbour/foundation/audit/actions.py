"""Write to the ledger, the only writer; give agencies witnesses of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import connection, transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import policy
from harbour.foundation.audit.breadth import policy as breadth
from harbour.foundation.audit.models import Entry, Witness
from harbour.foundation.audit.vocabulary import Act, WitnessKind

# Who reads the ledger about many children opens none of their records.
LEDGER = "ledger"
# Acts that carry the reason for which the request looks, unless they say their own.
LOOKS = frozenset({Act.CONSULT, Act.SEARCH, Act.PRINT, Act.EXPORT, Act.DENY})


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
    subjects, groups = list(subjects), list(groups)
    # A list counts what it shows: one that shows a single child opens no record either.
    opens_a_record = act is Act.CONSULT and len(subjects) == 1 and results is None
    if opens_a_record and LEDGER not in groups:
        breadth.check_breadth(by, subjects[0])
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
                subjects=subjects,
                about_kind=type(about).__name__.lower() if about is not None else "",
                about_id=about_id if isinstance(about_id, UUID) else None,
                groups=groups,
                reason=reason or (by.purpose if act in LOOKS else ""),
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


@transaction.atomic
def add_witness(
    *, agency: Agency, kind: WitnessKind, address: str, by: Reader, at: datetime
) -> Witness:
    """Let an agency have every signed root from now on, at an address of its own."""
    policy.check_can_add_witness(by, agency, kind, address)
    witness = Witness(
        agency=agency, kind=kind, address=address, recorded_at=at, recorded_by_id=by.user_id
    )
    witness.save(force_insert=True)
    record(
        Act.ALTER,
        "audit.witness_added",
        by=by,
        at=at,
        about=witness,
        detail={"agency": str(agency.pk), "kind": kind.value},
    )
    return witness


@transaction.atomic
def end_witness(*, witness: Witness, reason: str, by: Reader, at: datetime) -> None:
    """Give a witness no more roots: what it has, it keeps."""
    policy.check_can_end_witness(by, witness)
    Witness.objects.filter(pk=witness.pk, ended_at=None).update(ended_at=at, ended_by_id=by.user_id)
    record(
        Act.ALTER,
        "audit.witness_ended",
        by=by,
        at=at,
        about=witness,
        reason=reason,
        detail={"agency": str(witness.agency_id), "kind": witness.kind},
    )
