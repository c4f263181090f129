"""Keep a document, put a newer one in its place, remove one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.documents import keys
from harbour.foundation.documents.intake import Accepted
from harbour.foundation.kernel.refusals import Refused
from harbour.record.attachments import policy, queries
from harbour.record.attachments.models import Attachment, Content, FileKey
from harbour.record.attachments.vocabulary import PART_OF, Kind


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A file that was judged: what it is, what it was called, and what it belongs to."""

    kind: Kind
    name: str
    file: Accepted
    about_kind: str = ""
    about_id: UUID | None = None


@transaction.atomic
def keep(*, person_id: UUID, sent: Sent, by: Reader, at: datetime) -> Attachment:
    """Keep a document on a child's record, encrypted under the child's key."""
    policy.check_can_keep(by, person_id, PART_OF[sent.kind])
    return _keep(person_id, sent, replaces=None, by=by, at=at)


@transaction.atomic
def replace(*, attachment: Attachment, sent: Sent, by: Reader, at: datetime) -> Attachment:
    """Put a newer version in a document's place; the earlier one stays in its history."""
    policy.check_can_replace(by, attachment)
    if sent.kind != attachment.kind:
        raise Refused("A newer version is a document of the same kind.")
    try:
        with transaction.atomic():
            return _keep(attachment.person_id, sent, replaces=attachment, by=by, at=at)
    except IntegrityError as already:
        raise Refused("Somebody else replaced this document a moment ago.") from already


@transaction.atomic
def remove(*, attachment: Attachment, reason: str, by: Reader, at: datetime) -> None:
    """Close a document to everybody at once; that it was there, and why it went, stays."""
    policy.check_can_remove(by, attachment, reason)
    changed = Attachment.objects.filter(pk=attachment.pk, removed_at=None).update(
        removed_at=at, removed_by_id=by.user_id, removed_reason=reason.strip()
    )
    if not changed:
        raise Refused("Somebody else removed this document a moment ago.")
    _remember(Act.ALTER, "removed", attachment, reason=reason.strip(), by=by, at=at)


def note_infected(*, person_id: UUID, by: Reader, at: datetime) -> None:
    """Write that a file was refused because the scanner knew it: not its name, not its content."""
    audit.record(Act.DENY, "attachments.infected", by=by, at=at, subjects=[person_id])


def key_for(*, person_id: UUID, by: Reader, at: datetime) -> bytes:
    """Return the key of a person's files, made at their first one, which the ledger keeps."""
    known = queries.key_for(person_id)
    if known is not None:
        return known
    key = keys.new_key()
    row = FileKey(
        person_id=person_id,
        wrapped=keys.wrapped(key, of=person_id),
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        key = queries.key_for(person_id) or key
    else:
        audit.record(
            Act.COLLECT, "attachments.key_made", by=by, at=at, subjects=[person_id], about=row
        )
    return key


def _keep(
    person_id: UUID, sent: Sent, *, replaces: Attachment | None, by: Reader, at: datetime
) -> Attachment:
    key = key_for(person_id=person_id, by=by, at=at)
    row = Attachment(
        person_id=person_id,
        facet=PART_OF[sent.kind],
        kind=sent.kind,
        file_type=sent.file.file_type,
        size=len(sent.file.data),
        sha256=sent.file.sha256,
        scan=sent.file.scan,
        about_kind=sent.about_kind,
        about_id=sent.about_id,
        replaces=replaces,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    row.name = keys.sealed(sent.name.encode(), key=key, of=row.pk)
    row.save(force_insert=True)
    content = Content(attachment=row)
    content.sealed = keys.sealed(sent.file.data, key=key, of=content.pk)
    content.save(force_insert=True)
    _remember(Act.COLLECT, "replaced" if replaces else "kept", row, by=by, at=at)
    return row


def _remember(
    act: Act, what: str, row: Attachment, *, by: Reader, at: datetime, reason: str = ""
) -> None:
    audit.record(
        act,
        f"attachments.{what}",
        by=by,
        at=at,
        subjects=[row.person_id],
        groups=[row.facet],
        about=row,
        reason=reason,
        detail={"kind": row.kind, "type": row.file_type, "scan": row.scan, "size": row.size},
    )
