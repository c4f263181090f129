"""Read the profile of a child who may go missing."""

from datetime import date, datetime
from uuid import UUID

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import clock
from harbour.record.attachments import queries as attachments
from harbour.record.attachments.models import Attachment
from harbour.record.attachments.vocabulary import Kind
from harbour.record.people import queries as people
from harbour.work.missing import rules
from harbour.work.missing.models import Episode, Profile
from harbour.work.missing.rules import ProfileState


def profile(reader: Reader, person_id: UUID) -> Profile | None:
    """Return the profile that holds; nothing where none was written, or none is open now.

    The police see it while the child is missing, and not before: the database decides.
    """
    return next(iter(profiles(reader, person_id)), None)


def profiles(reader: Reader, person_id: UUID) -> list[Profile]:
    """Return every version of the profile, the latest first."""
    del reader
    found = Profile.objects.filter(person=person_id)
    return list(found.select_related("kept_by", "recorded_by", "photo").order_by("-number"))


def state_of(found: Profile | None, *, today: date) -> ProfileState:
    """Say whether a profile would serve tonight."""
    return rules.profile_state(
        written_on=clock.london_date(found.recorded_at) if found else None,
        photo_on=found.photo_on if found else None,
        has_photo=found is not None and found.photo_id is not None,
        today=today,
    )


def photographs(reader: Reader, person_id: UUID) -> list[Attachment]:
    """Return the photographs of a child among its documents, the newest first."""
    documents = attachments.of_child(reader, person_id)
    return [
        each
        for each in documents
        if each.kind == Kind.PHOTOGRAPH
        and each.removed_at is None
        and not hasattr(each, "replaced_by")
    ]


def may_read_now(reader: Reader, person_id: UUID) -> bool:
    """Say whether the reader may read a profile of this child tonight, written or not."""
    if not people.may_read(reader, person_id, Facet.MISSING.value):
        return False
    always = any(Facet.MISSING in each.reads and not each.police for each in reader.roles)
    return always or Episode.objects.filter(person=person_id, returned=False).exists()


def printed(reader: Reader, found: Profile, *, at: datetime) -> None:
    """Write that a profile was made to be printed: a disclosure to whoever holds the paper."""
    audit.record(
        Act.PRINT,
        "missing.profile_printed",
        subjects=[found.person_id],
        groups=("identity", "missing"),
        about=found,
        by=reader,
        at=at,
    )
