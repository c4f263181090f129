"""Small builders of documents on a child's record."""

from uuid import UUID

from harbour.foundation.access.reader import Reader
from harbour.foundation.documents.intake import accepted
from harbour.foundation.kernel import clock
from harbour.record.attachments import actions
from harbour.record.attachments.actions import Sent
from harbour.record.attachments.models import Attachment
from harbour.record.attachments.vocabulary import Kind


def sent(
    kind: Kind = Kind.POLICE, data: bytes = b"Seen at the station.", name: str = "a.txt"
) -> Sent:
    """Return a small file, judged."""
    return Sent(kind=kind, name=name, file=accepted(name, data))


def a_document(by: Reader, person_id: UUID, kind: Kind = Kind.POLICE, **said: str) -> Attachment:
    """Keep a small plain text on a child's record."""
    data = said.get("text", "Seen at the station.").encode()
    file = sent(kind, data, said.get("name", "a.txt"))
    return actions.keep(person_id=person_id, sent=file, by=by, at=clock.now())
