"""Read restrictions, for those who are named in them; nobody else is told that there is one."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from harbour.foundation.access.models import Holding, User
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.roles import ROLES
from harbour.foundation.approvals import queries as approvals
from harbour.foundation.approvals.models import Proposal
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing
from harbour.record.people import queries as people
from harbour.record.people.models import Address, Dated, Phone
from harbour.record.restrictions.models import Lookout, Named, Restriction
from harbour.record.restrictions.vocabulary import LIFT, SealedRow

SEALABLE: dict[SealedRow, type[Address] | type[Phone]] = {
    SealedRow.ADDRESS: Address,
    SealedRow.PHONE: Phone,
}


def restriction(reader: Reader, restriction_id: UUID) -> Restriction:
    """Return one restriction in which the reader is named; raise `Missing` for every other."""
    del reader
    found = Restriction.objects.filter(pk=restriction_id)
    row = found.select_related("owner", "recorded_by", "lifted_by").first()
    if row is None:
        raise Missing
    return row


def of_person(reader: Reader, person_id: UUID) -> list[Restriction]:
    """Return the restrictions that stand on a record and name the reader."""
    del reader
    found = Restriction.objects.filter(person_id=person_id, lifted_at=None)
    return list(found.select_related("owner").order_by("recorded_at"))


def naming(reader: Reader) -> list[Restriction]:
    """Return every restriction that stands and names the reader, with what its owner has to read.

    The owner's own come first, the soonest review first.
    """
    unread = Count("pk", filter=Q(pk__in=_unread().values("restriction")))
    found = Restriction.objects.filter(lifted_at=None).select_related("owner").annotate(new=unread)
    rows = list(found.order_by("review_on", "pk"))
    return sorted(rows, key=lambda each: each.owner_id != reader.user_id)


def named_in(reader: Reader, restriction_id: UUID) -> list[Named]:
    """Return who is or was named, those who still are first."""
    del reader
    found = Named.objects.filter(restriction_id=restriction_id)
    found = found.select_related("user", "recorded_by", "ended_by")
    return sorted(found, key=lambda each: (each.ended_at is not None, each.user.name))


def named(reader: Reader, named_id: UUID) -> Named:
    """Return one naming; raise `Missing` if unseen."""
    del reader
    found = Named.objects.filter(pk=named_id)
    row = found.select_related("user", "restriction__owner").first()
    if row is None:
        raise Missing
    return row


def lookouts(reader: Reader, restriction_id: UUID) -> list[Lookout]:
    """Return who looked for the record and is not named, the latest first; to the owner alone."""
    del reader
    found = Lookout.objects.filter(restriction_id=restriction_id).select_related("by")
    return list(found.order_by("-at"))


def unread_lookouts(reader: Reader) -> int:
    """Return how often somebody looked for a record of this owner since she last read of it."""
    del reader
    return _unread().count()


def _unread() -> QuerySet[Lookout]:
    return Lookout.objects.filter(read_at=None)


def who_can_be_named(reader: Reader, *, among: Iterable[UUID] = ()) -> QuerySet[User]:
    """Return people whose present role sees children at all, by name; those for whom it may open.

    With `among`, only these.
    """
    del reader
    codes = [each.code for each in ROLES if each.reach is not None and not each.system]
    today = clock.london_date(clock.now())
    held = Holding.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=today), role__in=codes, starts_on__lte=today
    )
    found = User.objects.filter(is_active=True, is_system=False, pk__in=held.values("user"))
    wanted = list(among)
    return (found.filter(pk__in=wanted) if wanted else found).order_by("name")


def sealable(reader: Reader, kind: SealedRow, fact_id: UUID) -> Dated:
    """Return one address or number that the reader sees; raise `Missing` if there is none."""
    return people.fact(reader, SEALABLE[kind], fact_id)


def sealable_rows(reader: Reader, person_id: UUID) -> list[tuple[SealedRow, Dated]]:
    """Return the addresses and numbers of a person that the reader sees."""
    found: list[tuple[SealedRow, Dated]] = []
    for kind, model in SEALABLE.items():
        related = ("place",) if kind is SealedRow.ADDRESS else ()
        found += [(kind, each) for each in people.facts(reader, model, person_id, *related)]
    return found


def proposal_to_lift(reader: Reader, restriction_id: UUID, *, at: datetime) -> Proposal | None:
    """Return the proposal to lift this restriction that waits for a second person."""
    return approvals.open_about(reader, code=LIFT, about_id=restriction_id, at=at)
