"""What agencies agreed, in its newest versions, and which agreement covers a share."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.clock import LONDON
from harbour.foundation.kernel.refusals import Missing
from harbour.record.sharing.models import Agreement
from harbour.record.sharing.vocabulary import AgreementState


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A share that is thought of."""

    person_id: UUID
    agency: Agency
    purpose: str
    gateway: str
    facets: tuple[str, ...]
    expires_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a share rests on, and when it is over at the latest."""

    agreement: Agreement | None
    expires_at: datetime | None


def agreements(reader: Reader) -> QuerySet[Agreement]:
    """Return the newest version of every agreement, by title."""
    del reader  # everybody who signs in reads them
    newer = Agreement.objects.filter(supersedes=OuterRef("pk"))
    found = Agreement.objects.filter(~Exists(newer)).select_related("owner", "recorded_by")
    return found.order_by("title", "number")


def agreement(reader: Reader, agreement_id: UUID) -> Agreement:
    """Return one version of an agreement; raise `Missing` if there is none."""
    del reader
    found = Agreement.objects.filter(pk=agreement_id)
    one = found.select_related("owner", "recorded_by").first()
    if one is None:
        raise Missing
    return one


def versions(reader: Reader, series: UUID) -> list[Agreement]:
    """Return every version of an agreement, the newest first."""
    del reader
    found = Agreement.objects.filter(series=series).select_related("owner", "recorded_by")
    return list(found.order_by("-number"))


def parties(found: Iterable[Agreement]) -> dict[UUID, Agency]:
    """Return the agencies that are parties to any of these agreements."""
    wanted = {each for one in found for each in one.parties}
    return {each.pk: each for each in Agency.objects.filter(pk__in=wanted)}


def to_review(reader: Reader, *, until: date) -> list[Agreement]:
    """Return agreements not ended whose review is due by this day, the longest due first."""
    due = agreements(reader).exclude(state=AgreementState.ENDED).filter(review_on__lte=until)
    return list(due.order_by("review_on"))


def ground(reader: Reader, wanted: Wanted) -> Ground:
    """Return the agreement that covers a share, ending with it; without one, none.

    The database is asked, not the columns: what it would refuse is not offered here.
    """
    candidates = agreements(reader).filter(
        state=AgreementState.IN_FORCE,
        parties__contains=[wanted.agency.pk],
        purposes__contains=[wanted.purpose],
        gateways__contains=[wanted.gateway],
    )
    for each in candidates:
        asked = replace(wanted, expires_at=_no_later(wanted.expires_at, each.ends_on))
        if covers(each, asked):
            return Ground(agreement=each, expires_at=asked.expires_at)
    return Ground(agreement=None, expires_at=wanted.expires_at)


def covers(one: Agreement, wanted: Wanted) -> bool:
    """Say whether the database lets a share rest on this agreement now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT harbour_sec.agreement_covers(%s, %s, %s, %s, %s, %s::text[], %s::timestamptz)",
            [
                one.pk,
                wanted.person_id,
                wanted.agency.pk,
                wanted.purpose,
                wanted.gateway,
                list(wanted.facets),
                wanted.expires_at,
            ],
        )
        return bool(cursor.fetchone()[0])


def _no_later(expires_at: datetime | None, last: date | None) -> datetime | None:
    if last is None:
        return expires_at
    end = datetime.combine(last + timedelta(days=1), time(), tzinfo=LONDON)
    return min(expires_at, end) if expires_at else end
