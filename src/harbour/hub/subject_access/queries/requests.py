"""Read requests: those that run, one with its clock, what is proposed, what was released."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.approvals import queries as approvals
from harbour.foundation.approvals.models import Proposal
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.documents import keys
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.hub.subject_access import rules
from harbour.hub.subject_access.models import AccessRequest, ClockStop, Redaction, Release
from harbour.hub.subject_access.vocabulary import RELEASE
from harbour.record.attachments import queries as attachments

CHANGED = "This document cannot be opened: what is kept of it was changed."


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a request stands: its clock, and how much is decided."""

    due_on: date | None
    stopped: ClockStop | None
    released_at: datetime | None

    @property
    def word(self) -> str:
        """Return its state in words."""
        if self.released_at is not None:
            return "Released"
        return "Waiting for the asker" if self.stopped else "Being answered"


def desk(reader: Reader) -> list[AccessRequest]:
    """Return the requests the reader may answer, those that run first, the oldest first."""
    del reader
    found = AccessRequest.objects.select_related("recorded_by")
    return list(found.order_by("-closed_at", "received_on")[:200])


def running(reader: Reader) -> list[tuple[AccessRequest, Standing]]:
    """Return the requests that are neither closed nor released, each with where it stands."""
    found = [(each, standing(each)) for each in desk(reader) if each.closed_at is None]
    return [(row, stands) for row, stands in found if stands.released_at is None]


def request(reader: Reader, request_id: UUID) -> AccessRequest:
    """Return one request; raise `Missing` if unseen."""
    del reader
    found = AccessRequest.objects.filter(pk=request_id).select_related("recorded_by").first()
    if found is None:
        raise Missing
    return found


def standing(row: AccessRequest) -> Standing:
    """Return where a request stands."""
    stops = list(row.stops.order_by("from_on"))
    given = Release.objects.filter(request=row).first()
    due = rules.due_on(
        row.identity_on,
        extended=row.extended_at is not None,
        stops=[rules.Stopped(from_on=each.from_on, until_on=each.until_on) for each in stops],
    )
    return Standing(
        due_on=due,
        stopped=next((each for each in stops if each.until_on is None), None),
        released_at=given.recorded_at if given else None,
    )


def proposed(row: AccessRequest) -> QuerySet[Redaction]:
    """Return every proposal of a request, in the order of the text."""
    return row.redactions.order_by("source", "source_id", "part", "start")


def open_proposal(reader: Reader, row: AccessRequest, *, at: datetime) -> Proposal | None:
    """Return the release that waits for a second person, if one does."""
    return approvals.open_about(reader, code=RELEASE, about_id=row.pk, at=at)


def release_of(row: AccessRequest) -> Release | None:
    """Return what was released for a request, if anything was."""
    return Release.objects.filter(request=row).select_related("recorded_by").first()


def released(reader: Reader, row: AccessRequest, *, at: datetime) -> bytes:
    """Return the document that was released, and write that it was handed over."""
    given, key = release_of(row), attachments.key_for(row.person_id)
    if given is None or key is None:
        raise Missing
    try:
        document = keys.opened(bytes(given.sealed), key=key, of=given.pk)
    except keys.Unreadable as changed:
        raise Refused(CHANGED) from changed
    audit.record(
        Act.DISCLOSE,
        "subject_access.handed_over",
        by=reader,
        at=at,
        subjects=[row.person_id],
        groups=[each.value for each in Facet],
        about=given,
        detail={"asker": row.asker, "parts": len(given.manifest)},
    )
    return document
