"""Read documents: what they are, and for one who opens them, what is in them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.documents import keys
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.record.attachments.models import Attachment, Content, FileKey

LOST = "This file cannot be opened: what is kept of it was changed. Tell the records officer."
ERASED = "This file was erased. Nobody can open it any more."


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A document with its content, in the clear."""

    attachment: Attachment
    data: bytes


def of_child(reader: Reader, person_id: UUID) -> list[Attachment]:
    """Return the documents on a child's record that the reader sees, the newest first.

    Versions that were replaced and documents that were removed are among them.
    """
    del reader
    found = Attachment.objects.filter(person=person_id)
    found = found.select_related("recorded_by", "removed_by", "replaced_by")
    return list(found.order_by("-recorded_at"))


def attachment(reader: Reader, attachment_id: UUID) -> Attachment:
    """Return one document, not its content; raise `Missing` if unseen."""
    del reader
    found = Attachment.objects.filter(pk=attachment_id)
    row = found.select_related("recorded_by", "removed_by", "replaced_by", "replaces").first()
    if row is None:
        raise Missing
    return row


def child_of(attachment_id: UUID) -> UUID | None:
    """Return whose record a document stands on; nothing if it is unseen."""
    found = Attachment.objects.filter(pk=attachment_id)
    return found.values_list("person", flat=True).first()


def versions(reader: Reader, row: Attachment) -> list[Attachment]:
    """Return the versions that came before this one, the latest first."""
    earlier: list[Attachment] = []
    step = row.replaces_id
    while step is not None:
        found = attachment(reader, step)
        earlier.append(found)
        step = found.replaces_id
    return earlier


def name_of(row: Attachment) -> str:
    """Return what the file was called when it was sent; nothing if its key is gone."""
    try:
        return keys.opened(bytes(row.name), key=_key(row.person_id), of=row.pk).decode()
    except (keys.Unreadable, Refused):
        return ""


def opened(reader: Reader, attachment_id: UUID, *, at: datetime) -> Opened:
    """Return a document with its content, and write that it left the hub.

    Raises `Missing` for what is unseen or removed, `Refused` for what was changed or erased.
    """
    row = attachment(reader, attachment_id)
    content = Content.objects.filter(attachment=row).first()
    if content is None:
        raise Missing
    data = _read(row, content)
    audit.record(
        Act.EXPORT,
        "attachments.downloaded",
        by=reader,
        at=at,
        subjects=[row.person_id],
        groups=[row.facet],
        about=row,
        detail={"kind": row.kind, "scan": row.scan},
    )
    return Opened(attachment=row, data=data)


def picture(reader: Reader, row: Attachment) -> bytes:
    """Return a photograph for a document that its own deed writes to the ledger."""
    del reader
    content = Content.objects.filter(attachment=row).first()
    return _read(row, content) if content is not None else b""


def text_in(row: Attachment) -> str:
    """Return the content of a plain text document, for one who reads the whole record."""
    content = Content.objects.filter(attachment=row).first()
    return _read(row, content).decode("utf-8", "replace") if content is not None else ""


def key_for(person_id: UUID) -> bytes | None:
    """Return the key of a person's files in the clear, or nothing where there is none yet."""
    row = FileKey.objects.filter(person=person_id).first()
    return keys.unwrapped(bytes(row.wrapped), of=person_id) if row is not None else None


def _key(person_id: UUID) -> bytes:
    key = key_for(person_id)
    if key is None:
        raise Refused(ERASED)
    return key


def _read(row: Attachment, content: Content) -> bytes:
    try:
        data = keys.opened(bytes(content.sealed), key=_key(row.person_id), of=content.pk)
    except keys.Unreadable as changed:
        raise Refused(LOST) from changed
    if hashlib.sha256(data).hexdigest() != row.sha256:
        raise Refused(LOST)
    return data
