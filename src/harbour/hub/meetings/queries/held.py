"""Read meetings and their agendas. Another agency's view stays unseen until it is opened."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from harbour.foundation.access import queries as access
from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies.models import Agency
from harbour.foundation.agencies.vocabulary import AgencyKind
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing
from harbour.hub.meetings.models import AgencyView, Attendance, Item, Meeting, Superseded
from harbour.hub.meetings.vocabulary import Group

DAILY = "daily"


def authorities(reader: Reader) -> tuple[Agency, ...]:
    """Return the authorities whose meetings the reader takes part in, by name."""
    found = Agency.objects.filter(pk__in=reader.authority_ids, kind=AgencyKind.AUTHORITY)
    return tuple(found.filter(partner=True).order_by("name"))


def meetings(reader: Reader, authority_id: UUID) -> QuerySet[Meeting]:
    """Return the daily meetings of an authority with how many children were on the agenda."""
    del reader  # the database knows who asks
    agenda = Item.objects.filter(meeting=OuterRef("pk")).order_by().values("meeting")
    number = Coalesce(Subquery(agenda.values(number=Count("pk"))), 0)
    found = Meeting.objects.filter(authority=authority_id, kind=DAILY).select_related("chair")
    return found.annotate(children=number)


def open_meeting(reader: Reader, authority_id: UUID) -> Meeting | None:
    """Return the meeting of an authority that is open, or nothing."""
    del reader
    found = Meeting.objects.filter(authority=authority_id, kind=DAILY, closed_at=None)
    return found.select_related("authority", "chair").first()


def last_meeting(reader: Reader, authority_id: UUID) -> Meeting | None:
    """Return the newest meeting of an authority, open or closed, or nothing."""
    del reader
    return Meeting.objects.filter(authority=authority_id, kind=DAILY).order_by("-window_to").first()


def meeting(reader: Reader, meeting_id: UUID) -> Meeting:
    """Return a meeting; raise `Missing` for one that is not there or not the reader's."""
    del reader
    found = Meeting.objects.filter(pk=meeting_id)
    row = found.select_related("authority", "chair", "closed_by", "previous").first()
    if row is None:
        raise Missing
    return row


def meeting_of(reader: Reader, item_id: UUID) -> Meeting:
    """Return the meeting on whose agenda an item stands."""
    return meeting(reader, item(reader, item_id).meeting_id)


def joined_to(reader: Reader, found: Meeting) -> datetime | None:
    """Return when the window before this one ended, read anew: the proof that the two join."""
    del reader
    before = Meeting.objects.filter(
        authority=found.authority_id, kind=found.kind, window_from__lt=found.window_from
    )
    return before.order_by("-window_to").values_list("window_to", flat=True).first()


def chairs(reader: Reader, authority_id: UUID) -> tuple[User, ...]:
    """Return who may chair the meetings of an authority."""
    del reader
    return tuple(access.people_with(Permission.MEETING_CHAIR, authority_id=authority_id))


def seats(authority_id: UUID) -> tuple[Agency, ...]:
    """Return the agencies with a team that works for the authority, the authority first."""
    today = clock.london_date(clock.now())
    found = Agency.objects.filter(
        Q(teams__remits__ends_on=None) | Q(teams__remits__ends_on__gt=today),
        partner=True,
        teams__remits__authority=authority_id,
        teams__remits__starts_on__lte=today,
    ).exclude(kind=AgencyKind.HUB)
    kinds = list(AgencyKind)
    return tuple(
        sorted(
            found.distinct(),
            key=lambda each: (
                each.pk != authority_id,
                kinds.index(AgencyKind(each.kind)),
                each.name,
            ),
        )
    )


def attendance(reader: Reader, meeting_id: UUID) -> dict[UUID, Attendance]:
    """Return who came and who sent apologies, by agency."""
    del reader
    return {each.agency_id: each for each in Attendance.objects.filter(meeting=meeting_id)}


def items(reader: Reader, meeting_id: UUID) -> tuple[Item, ...]:
    """Return the agenda in the order in which the meeting takes it."""
    del reader
    found = Item.objects.filter(meeting=meeting_id).select_related(
        "grading", "decided_by", "revealed_by"
    )
    order = list(Group)
    return tuple(sorted(found, key=lambda each: (order.index(Group(each.group)), each.position)))


def item(reader: Reader, item_id: UUID) -> Item:
    """Return an item for an act that writes its own ledger row; raise `Missing` if unseen."""
    del reader
    found = Item.objects.filter(pk=item_id)
    row = found.select_related("grading", "decided_by", "revealed_by").first()
    if row is None:
        raise Missing
    return row


def undecided(reader: Reader, meeting_id: UUID) -> int:
    """Return how many children of a meeting are not decided."""
    del reader
    return Item.objects.filter(meeting=meeting_id, decided_at=None).count()


def superseded(reader: Reader, item_ids: Iterable[UUID]) -> dict[UUID, tuple[Superseded, ...]]:
    """Return the decisions that later ones replaced, by item, the first decision first."""
    del reader
    found: dict[UUID, tuple[Superseded, ...]] = {}
    rows = Superseded.objects.filter(item__in=set(item_ids)).select_related("decided_by", "grading")
    for row in rows.order_by("decided_at"):
        found[row.item_id] = (*found.get(row.item_id, ()), row)
    return found


def view_of(reader: Reader, item_id: UUID) -> AgencyView | None:
    """Return the view of the reader's own agency, or nothing."""
    return AgencyView.objects.filter(item=item_id, agency=reader.agency_id).first()


def views(reader: Reader, item_ids: Iterable[UUID]) -> dict[UUID, dict[UUID, AgencyView]]:
    """Return the views the reader may see, by item and agency: the own, and all once opened."""
    del reader
    found: dict[UUID, dict[UUID, AgencyView]] = {}
    rows = AgencyView.objects.filter(item__in=set(item_ids)).select_related("agency", "given_by")
    for row in rows:
        found.setdefault(row.item_id, {})[row.agency_id] = row
    return found


def given(reader: Reader, meeting_id: UUID) -> dict[UUID, frozenset[UUID]]:
    """Return which agencies have given a view of which item, never what it says."""
    del reader
    with connection.cursor() as cursor:
        cursor.execute("SELECT item_id, agency_id FROM harbour_sec.views_given(%s)", [meeting_id])
        rows = cursor.fetchall()
    found: dict[UUID, set[UUID]] = {}
    for item_id, agency_id in rows:
        found.setdefault(item_id, set()).add(agency_id)
    return {item_id: frozenset(agencies) for item_id, agencies in found.items()}


def kinds_given(found: Meeting, agencies: Iterable[UUID]) -> frozenset[AgencyKind]:
    """Return the kinds of agency that gave a view; of authorities only the meeting's own counts."""
    wanted = set(agencies)
    kinds = Agency.objects.filter(pk__in=wanted).exclude(kind=AgencyKind.AUTHORITY)
    made = {AgencyKind(kind) for kind in kinds.values_list("kind", flat=True)}
    return frozenset(made | ({AgencyKind.AUTHORITY} if found.authority_id in wanted else set()))


def pulse(reader: Reader, found: Meeting) -> str:
    """Return a mark that changes whenever anything that the room sees of the meeting changes."""
    agenda = Item.objects.filter(meeting=found.pk).order_by("pk")
    state = [
        found.version,
        found.closed_at,
        list(agenda.values_list("pk", "version", "group", "reasons")),
        sorted((str(key), sorted(map(str, held))) for key, held in given(reader, found.pk).items()),
    ]
    return sha256(repr(state).encode()).hexdigest()[:16]


def decided_between(
    reader: Reader, authority_ids: Iterable[UUID], *, since: datetime, until: datetime
) -> tuple[Item, ...]:
    """Return the items decided from one moment until another (excluded), the newest first."""
    del reader
    found = Item.objects.filter(
        meeting__authority__in=set(authority_ids), decided_at__gte=since, decided_at__lt=until
    )
    return tuple(found.select_related("grading").order_by("-decided_at"))


def waiting_for_view(reader: Reader, found: Meeting) -> tuple[Item, ...]:
    """Return the children on whom the reader's agency has not said how it sees them."""
    spoken = given(reader, found.pk)
    waiting = Item.objects.filter(meeting=found.pk, revealed_at=None, decided_at=None)
    return tuple(
        each
        for each in waiting.order_by("position")
        if reader.agency_id not in spoken.get(each.pk, frozenset())
    )
