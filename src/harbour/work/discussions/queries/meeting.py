"""Read discussions, who is invited, and what was decided."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from harbour.foundation.access import queries as access
from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies import queries as agencies
from harbour.foundation.agencies.models import Agency
from harbour.foundation.agencies.vocabulary import AgencyKind
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.record.people import queries as people
from harbour.record.people.queries import PersonLine
from harbour.record.people.vocabulary import AuthorityTieKind
from harbour.work.discussions.models import Ask, Decision, Discussion, HeldWithin, Invitation
from harbour.work.discussions.vocabulary import Capacity

RELATED = ("recorded_by", "held_by", "closed_by")
OF_KIND = {
    AgencyKind.POLICE: Capacity.POLICE,
    AgencyKind.HEALTH: Capacity.HEALTH,
    AgencyKind.AUTHORITY: Capacity.SOCIAL_CARE,
}
# Who can be asked to come: bodies with people, not the partnership itself or its records.
INVITED_KINDS = frozenset(AgencyKind) - {AgencyKind.HUB}


@dataclass(frozen=True, kw_only=True)
class DiscussionFile:
    """All of one discussion. `child` is nobody where the reader's agency is only invited."""

    discussion: Discussion
    child: PersonLine | None
    invitations: tuple[Invitation, ...]
    decisions: tuple[Decision, ...]
    ask: Ask | None


def discussion_file(reader: Reader, discussion_id: UUID, *, at: datetime) -> DiscussionFile:
    """Return a discussion with everything in it, and write that the reader looked at it."""
    found = discussion(reader, discussion_id)
    child = people.lines(reader, [found.person_id]).get(found.person_id)
    people.audit_list(reader, "discussions.seen", [found.person_id], ("identity", "case"), at)
    decisions = Decision.objects.filter(discussion=found).select_related("owner", "done_by")
    return DiscussionFile(
        discussion=found,
        child=child,
        invitations=invitations(reader, found),
        decisions=tuple(decisions),
        ask=Ask.objects.filter(discussion=found).select_related("rule").first(),
    )


def discussion(reader: Reader, discussion_id: UUID) -> Discussion:
    """Return the row of a discussion; raise `Missing` if unseen."""
    del reader
    found = Discussion.objects.select_related(*RELATED).filter(pk=discussion_id).first()
    if found is None:
        raise Missing
    return found


def invitations(reader: Reader, found: Discussion) -> tuple[Invitation, ...]:
    """Return who is invited to a discussion."""
    del reader
    rows = Invitation.objects.filter(discussion=found).select_related("agency", "answered_by")
    return tuple(rows.order_by("recorded_at", "agency__name"))


def invitation(reader: Reader, invitation_id: UUID) -> Invitation:
    """Return an invitation with its discussion; raise `Missing` if unseen."""
    del reader
    rows = Invitation.objects.select_related("agency", "discussion").filter(pk=invitation_id)
    found = rows.first()
    if found is None:
        raise Missing
    return found


def decision(reader: Reader, decision_id: UUID) -> Decision:
    """Return a decision; raise `Missing` if unseen."""
    del reader
    rows = Decision.objects.select_related("owner", "discussion").filter(pk=decision_id)
    found = rows.first()
    if found is None:
        raise Missing
    return found


def of_child(reader: Reader, person_id: UUID) -> QuerySet[Discussion]:
    """Return the discussions about a child, the newest first."""
    del reader
    return Discussion.objects.filter(person=person_id).select_related(*RELATED)


def open_discussions(reader: Reader) -> QuerySet[Discussion]:
    """Return the discussions that are not closed, the nearest day first."""
    del reader
    rows = Discussion.objects.filter(closed_at=None).select_related(*RELATED)
    return rows.order_by("due_on", "recorded_at", "pk")


def invitations_waiting(reader: Reader) -> tuple[Invitation, ...]:
    """Return the invitations to the reader's agencies that nobody answered."""
    rows = Invitation.objects.filter(
        agency__in=reader.agency_ids, answered_at=None, discussion__held_at=None
    ).exclude(discussion__closed_at__isnull=False)
    return tuple(rows.select_related("agency", "discussion").order_by("discussion__due_on", "pk"))


def my_decisions(reader: Reader) -> tuple[Decision, ...]:
    """Return what the reader is to do of what discussions decided."""
    rows = Decision.objects.filter(owner=reader.user_id, done_at=None)
    return tuple(rows.order_by("due_on", "pk"))


def held_within(reader: Reader, basis: str, *, on: date) -> int:
    """Return within how many working days a discussion on this basis is held."""
    del reader
    in_force = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))
    found = HeldWithin.objects.filter(in_force, basis=basis).order_by("-starts_on").first()
    if found is None:
        raise Refused("No time is set within which such a discussion is held. Ask an operator.")
    return found.working_days


def lives_elsewhere(reader: Reader, person_id: UUID) -> bool:
    """Say whether another authority than the responsible one hosts the child."""
    del reader
    responsible = people.authority_of(person_id, AuthorityTieKind.RESPONSIBLE)
    host = people.authority_of(person_id, AuthorityTieKind.HOST)
    return host is not None and responsible is not None and host != responsible


def may_be_invited(
    reader: Reader, person_id: UUID, *, partners: bool = True
) -> tuple[tuple[Agency, Capacity], ...]:
    """Return which agencies can be invited about a child, each with as what: partners, or all."""
    elsewhere = lives_elsewhere(reader, person_id)
    responsible = people.authority_of(person_id, AuthorityTieKind.RESPONSIBLE)
    host = people.authority_of(person_id, AuthorityTieKind.HOST)
    others = agencies.partner_agencies() if partners else Agency.objects.all()
    others = others.filter(kind__in=INVITED_KINDS).order_by("name")
    own = [each for each in (responsible, host) if each is not None]
    found = {each.pk: each for each in (*own, *others)}
    return tuple(
        (each, _capacity(each, responsible if elsewhere else None, host if elsewhere else None))
        for each in found.values()
    )


def _capacity(agency: Agency, placing: Agency | None, host: Agency | None) -> Capacity:
    if agency == placing:
        return Capacity.PLACING
    if agency == host:
        return Capacity.HOST
    return OF_KIND.get(AgencyKind(agency.kind), Capacity.OTHER)


def possible_owners(reader: Reader, found: Discussion) -> tuple[User, ...]:
    """Return who can be given something to do: people who attend or plan for the authority."""
    del reader
    responsible = people.authority_of(found.person_id, AuthorityTieKind.RESPONSIBLE)
    host = people.authority_of(found.person_id, AuthorityTieKind.HOST)
    holders = [
        user
        for each in (responsible, host)
        if each is not None
        for user in access.people_with(Permission.PLAN_EDIT, authority_id=each.pk)
    ]
    return tuple({user.pk: user for user in holders}.values())
