"""Read the pack, its versions, and who has acknowledged which."""

from uuid import UUID

from django.db.models import Q, QuerySet

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.agencies.vocabulary import AgencyKind
from harbour.foundation.kernel.refusals import Missing
from harbour.record.providers import queries as providers
from harbour.work.hosting.models import Pack, PackSent


def packs(reader: Reader) -> QuerySet[Pack]:
    """Return every version of the pack, the newest first."""
    del reader
    return Pack.objects.select_related("recorded_by")


def latest_pack(reader: Reader) -> Pack | None:
    """Return the version that holds now."""
    return packs(reader).first()


def pack(reader: Reader, pack_id: UUID) -> Pack:
    """Return one version of the pack."""
    found = packs(reader).filter(pk=pack_id).first()
    if found is None:
        raise Missing
    return found


def receivers(reader: Reader) -> QuerySet[Agency]:
    """Return who is given the pack: open homes of the reader's areas, and other authorities."""
    homes = providers.homes(reader, is_open=True).filter(authority__in=reader.authority_ids)
    placing = Agency.objects.filter(kind=AgencyKind.AUTHORITY, partner=False)
    return Agency.objects.filter(
        Q(pk__in=homes.values("agency")) | Q(pk__in=placing.values("pk"))
    ).order_by("name")


def sent(reader: Reader, pack_id: UUID) -> QuerySet[PackSent]:
    """Return to whom a version was given, and who acknowledged it."""
    del reader
    found = PackSent.objects.filter(pack=pack_id)
    return found.select_related("agency", "acknowledged_by", "pack")


def sent_of(reader: Reader, sent_id: UUID) -> PackSent:
    """Return one giving of the pack; raise `Missing` if unseen."""
    del reader
    found = PackSent.objects.select_related("agency", "pack").filter(pk=sent_id).first()
    if found is None:
        raise Missing
    return found


def own_pack(reader: Reader) -> PackSent | None:
    """Return the newest version that the reader's own agency was given."""
    found = PackSent.objects.filter(agency__in=reader.agency_ids).select_related("agency", "pack")
    return found.order_by("-pack__number").first()
