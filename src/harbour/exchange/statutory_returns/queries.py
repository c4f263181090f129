"""Read what the files tell: absences of an authority's looked-after children."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from harbour.exchange.ssda903 import queries as ssda903
from harbour.exchange.statutory_returns import policy, rules
from harbour.exchange.statutory_returns.rules import Absence, Child, Made
from harbour.exchange.statutory_returns.vocabulary import TOLD_CHECKS, Format
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.record.people.models import AuthorityTie, CareStatus, Identifier, Person
from harbour.record.people.vocabulary import AuthorityTieKind, IdentifierScheme
from harbour.work.missing.models import Episode, ReturnInterview
from harbour.work.missing.vocabulary import Population

LOOKED_AFTER = (Population.LOOKED_AFTER_HERE, Population.LOOKED_AFTER_ELSEWHERE)


def made(reader: Reader, wanted: Format, authority: Agency, *, year_ending: int, on: date) -> Made:
    """Return a file as it would leave the hub now."""
    policy.check_can_take(reader, authority)
    absences = _absences(authority)
    people = {each.person_id for each in absences}
    if wanted is Format.ANNEX_A:
        in_care = _in_care(authority, on)
        children = _children(authority, in_care)
        told = [each for each in absences if each.person_id in children]
        return rules.annex_a(told, children, on=on)
    children = _children(authority, people)
    if wanted is Format.SSD:
        return rules.ssd(absences, children)
    return rules.ssda903(absences, children, year_ending=year_ending)


def told_checks(reader: Reader, authority: Agency) -> dict[str, int]:
    """Return how often the last import of the missing table flagged what no export can mend."""
    del reader
    return ssda903.flagged_last(authority, tuple(TOLD_CHECKS))


def _absences(authority: Agency) -> list[Absence]:
    episodes = list(
        Episode.objects.filter(responsible=authority, population__in=LOOKED_AFTER).order_by(
            "started_at", "pk"
        )
    )
    interviews = ReturnInterview.objects.filter(episode__in=[each.pk for each in episodes])
    answers = {
        episode: (offered, accepted)
        for episode, offered, accepted in interviews.values_list(
            "episode_id", "offered", "accepted"
        )
    }
    return [_absence(each, *answers.get(each.pk, ("", ""))) for each in episodes]


def _absence(episode: Episode, offered: str, accepted: str) -> Absence:
    return Absence(
        id=episode.pk,
        person_id=episode.person_id,
        kind=episode.kind,
        started_at=episode.started_at,
        returned=episode.returned,
        returned_at=episode.returned_at,
        offered=offered,
        accepted=accepted,
    )


def _in_care(authority: Agency, on: date) -> set[UUID]:
    """Return the authority's children with a legal status of care in the last twelve months."""
    since = on.replace(year=on.year - 1, day=min(on.day, 28))
    current = Q(starts_on=None) | Q(starts_on__lte=on)
    lately = Q(ends_on=None) | Q(ends_on__gt=since)
    mine = AuthorityTie.objects.filter(
        current, lately, kind=AuthorityTieKind.RESPONSIBLE, authority=authority
    )
    cared = CareStatus.objects.filter(current, lately, person__in=mine.values("person"))
    return set(cared.values_list("person_id", flat=True))


def _children(authority: Agency, people: set[UUID]) -> dict[UUID, Child]:
    numbers = Identifier.objects.filter(
        scheme=IdentifierScheme.LA_CHILD, issuer=authority, person__in=people
    )
    known = dict(numbers.order_by("-recorded_at").values_list("person_id", "value_key"))
    return {
        person.pk: Child(
            id=person.pk,
            number=known.get(person.pk, ""),
            born_on=person.born_on,
            born_precision=person.born_precision,
            sex=person.sex,
            ethnicity=person.ethnicity,
        )
        for person in Person.objects.filter(pk__in=people)
    }
