"""Read what was sent of a missing child, and in whose name it is opened without an account."""

from uuid import UUID

from harbour.foundation.access import roles
from harbour.foundation.access.models import User
from harbour.foundation.access.queries import holders
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel.refusals import Missing
from harbour.record.attachments import queries as attachments
from harbour.work.missing.models import Profile, SentSheet


def sent_sheets(reader: Reader, episode_id: UUID) -> tuple[SentSheet, ...]:
    """Return what was sent of an episode, the newest first, without what it holds."""
    del reader
    found = SentSheet.objects.filter(episode=episode_id).defer("sealed", "salt")
    return tuple(found.select_related("recorded_by", "ended_by"))


def sent_sheet(reader: Reader, sheet_id: UUID) -> SentSheet:
    """Return what is known of one that was sent; raise `Missing` where it is closed to her."""
    del reader
    found = SentSheet.objects.defer("sealed", "salt").filter(pk=sheet_id).first()
    if found is None:
        raise Missing
    return found


def picture(reader: Reader, found: Profile | None) -> bytes:
    """Return the photograph of a profile as it is kept; nothing where there is none."""
    if found is None or found.photo is None or found.photo.removed_at is not None:
        return b""
    return attachments.picture(reader, found.photo)


def opener() -> User | None:
    """Return the principal in whose name somebody without an account opens a sheet."""
    return holders(roles.PUBLIC_INTAKE).filter(is_system=True).first()
