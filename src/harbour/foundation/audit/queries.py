"""Read the ledger: under policies, everybody reads their own rows and the records officer all."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from harbour.foundation.audit.models import Delivery, Entry, Seal, SignedRoot, SigningKey, Witness
from harbour.foundation.audit.vocabulary import WitnessKind
from harbour.foundation.kernel.refusals import Missing

# A witness that took nothing for this long is behind: three rounds of the worker.
BEHIND_AFTER = timedelta(seconds=100)


def entries(
    *,
    subject: UUID | None = None,
    actor: UUID | None = None,
    act: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[Entry]:
    """Return the rows the reader may see, newest first, narrowed by subject, person.

    Act and half-open period.
    """
    found = Entry.objects.order_by("-at")
    if subject is not None:
        found = found.filter(subjects__contains=[subject])
    if actor is not None:
        found = found.filter(actor_id=actor)
    if act:
        found = found.filter(act=act)
    if since is not None:
        found = found.filter(at__gte=since)
    if until is not None:
        found = found.filter(at__lt=until)
    return found


def newest_seal() -> Seal | None:
    """Return the newest sealed batch, if any."""
    return Seal.objects.order_by("-batch").first()


def unsealed() -> int:
    """Return how many rows the reader may see that no batch has sealed yet."""
    return Entry.objects.filter(batch=None).count()


@dataclass(frozen=True, kw_only=True)
class WitnessState:
    """A witness, with what it was given last and how the last attempt went."""

    witness: Witness
    kind: WitnessKind
    batch: int | None
    taken_at: datetime | None
    tried_at: datetime | None
    failed: str
    behind: bool


def witness_states(at: datetime) -> list[WitnessState]:
    """Return every witness that is not ended, those that are behind first.

    Whoever may not manage witnesses is told of none.
    """
    found = [
        _state(each, at) for each in Witness.objects.filter(ended_at=None).select_related("agency")
    ]
    return sorted(found, key=lambda each: (not each.behind, each.witness.agency.name))


def witness(witness_id: UUID) -> Witness:
    """Return one witness that is not ended; raise `Missing` where there is none to see."""
    found = Witness.objects.filter(pk=witness_id).select_related("agency").first()
    if found is None:
        raise Missing
    return found


def newest_root() -> SignedRoot | None:
    """Return the root that was signed last, if any."""
    return SignedRoot.objects.order_by("-signed_at").first()


def signing_keys() -> list[SigningKey]:
    """Return the public keys with which roots were signed, the newest first."""
    return list(SigningKey.objects.order_by("-made_at"))


def _state(witness: Witness, at: datetime) -> WitnessState:
    tries = Delivery.objects.filter(witness=witness).select_related("root").order_by("-tried_at")
    newest, taken = tries.first(), tries.filter(ok=True).first()
    quiet_since = taken.tried_at if taken else witness.recorded_at
    patience = timedelta(hours=2) if witness.kind == WitnessKind.MAILBOX else BEHIND_AFTER
    failing = newest is not None and not newest.ok
    return WitnessState(
        witness=witness,
        kind=WitnessKind(witness.kind),
        batch=taken.root.batch if taken else None,
        taken_at=taken.tried_at if taken else None,
        tried_at=newest.tried_at if newest else None,
        failed=newest.answer if newest is not None and failing else "",
        behind=failing or at - quiet_since > patience,
    )
