"""What agencies ask for, and what they were answered."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.refusals import Missing
from harbour.record.people import queries as people
from harbour.record.people import rules as people_rules
from harbour.record.people.models import Name
from harbour.record.sharing.models import Answer, Decline, Request, Share

MOST_LIKE = 10


def requests() -> QuerySet[Request]:
    """Return what the reader may read of what was asked, with who asked whom."""
    return Request.objects.select_related("agency", "authority", "recorded_by")


def request(reader: Reader, request_id: UUID) -> Request:
    """Return one request; raise `Missing` if unseen."""
    del reader
    found = requests().filter(pk=request_id).first()
    if found is None:
        raise Missing
    return found


def waiting(reader: Reader) -> list[Request]:
    """Return what the reader's partnership was asked and has not answered, the oldest first."""
    if not reader.may(Permission.SHARE):
        return []
    open_ones = requests().filter(~Exists(_answered()), authority__in=reader.authority_ids)
    return list(open_ones.order_by("recorded_at"))


def asked_by_us(reader: Reader) -> QuerySet[Request]:
    """Return what the reader's own agencies asked, the latest first."""
    return requests().filter(agency__in=reader.agency_ids).order_by("-recorded_at")


def about_child(reader: Reader, person_id: UUID) -> list[Request]:
    """Return the requests about one child: those that name her, and those answered about her."""
    del reader
    shares = Share.objects.filter(person=person_id, request__isnull=False).values("request")
    declines = Decline.objects.filter(person=person_id, request__isnull=False).values("request")
    found = requests().filter(Q(person=person_id) | Q(pk__in=shares) | Q(pk__in=declines))
    return list(found.order_by("-recorded_at"))


def answers(request_ids: Iterable[UUID]) -> dict[UUID, Answer]:
    """Return the answer that holds for each of these requests: the newest."""
    found = Answer.objects.filter(request__in=set(request_ids)).order_by("recorded_at")
    return {each.request_id: each for each in found}


def answers_to(one: Request) -> list[Answer]:
    """Return everything the agency that asked was told, in order."""
    found = Answer.objects.filter(request=one).select_related("recorded_by")
    return list(found.order_by("recorded_at"))


def may_be_meant(reader: Reader, one: Request, *, on: date) -> list[people.PersonLine]:
    """Return children whom the reader sees and who may be the one a request describes."""
    if one.person_id is not None:
        found = people.lines(reader, [one.person_id], on=on)
        return list(found.values())
    alike = Q(family_key=people_rules.name_key(one.family))
    if one.born_on is not None and one.given:
        given = people_rules.given_key(one.given)
        alike |= Q(given_key=given, person__born_on=one.born_on)
    names = Name.objects.filter(alike).order_by("given_key")
    wanted = list(dict.fromkeys(names.values_list("person_id", flat=True)[:MOST_LIKE]))
    return sorted(people.lines(reader, wanted, on=on).values(), key=lambda each: each.name)


def _answered() -> QuerySet[Answer]:
    return Answer.objects.filter(request=OuterRef("pk"))
