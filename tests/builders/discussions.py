"""Small builders of strategy discussions."""

from typing import Any
from uuid import UUID

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel import clock
from harbour.work.discussions import actions, queries
from harbour.work.discussions.models import Ask, Decision, Discussion, Invitation
from harbour.work.discussions.vocabulary import Capacity


def minimum(by: Reader, person_id: UUID) -> dict[UUID, str]:
    """Return the agencies that are invited at the least, each with as what."""
    found: dict[str, UUID] = {}
    for agency, capacity in queries.may_be_invited(by, person_id):
        if capacity is not Capacity.OTHER:
            found.setdefault(capacity.value, agency.pk)
    return {agency_id: capacity for capacity, agency_id in found.items()}


def nobodys(authority: Agency) -> dict[UUID, str]:
    """Return agencies without people: an invitation opens a discussion to whom it names."""
    police, health = Agency.objects.filter(teams=None).exclude(pk=authority.pk)[:2]
    return {authority.pk: "social_care", police.pk: "police", health.pk: "health"}


def a_discussion(by: Reader, person_id: UUID, **said: Any) -> Discussion:
    """Ask for a discussion and invite the agencies that make it quorate."""
    known: dict[str, Any] = {
        "basis": "working_together",
        "reason": "Three agencies hold a part of this.",
        "invited": minimum(by, person_id),
    }
    wanted = actions.Wanted(**(known | said))
    return actions.ask(person_id=person_id, wanted=wanted, by=by, at=clock.now())


def the_hearing(by: Reader, discussion: Discussion, **said: Any) -> actions.Held:
    """Return how a discussion was held: everybody invited was there."""
    invited = queries.invitations(by, discussion)
    known: dict[str, Any] = {
        "held_at": clock.now(),
        "manner": "call",
        "attended": {each.pk: "Somebody of the agency" for each in invited},
        "record": "Each agency said what it holds.",
    }
    return actions.Held(**(known | said))


def a_held_discussion(by: Reader, person_id: UUID, **said: Any) -> Discussion:
    """Ask for a discussion and hold it."""
    found = a_discussion(by, person_id, **said)
    actions.hold(
        discussion=found,
        held=the_hearing(by, found),
        seen_version=found.version,
        by=by,
        at=clock.now(),
    )
    return found


def a_decision(by: Reader, discussion: Discussion, owner_id: UUID) -> Decision:
    """Decide that somebody does something by today."""
    return actions.decide(
        discussion=discussion,
        text="Speak with the landlord of the flat.",
        owner=User.objects.get(pk=owner_id),
        due_on=clock.london_date(clock.now()),
        by=by,
        at=clock.now(),
    )


def the_invitation(discussion: Discussion, agency: Agency) -> Invitation:
    """Return the invitation of an agency, or of whichever was invited first."""
    invited = Invitation.objects.filter(discussion=discussion)
    return invited.filter(agency=agency).first() or invited.order_by("recorded_at")[0]


def the_ask(person_id: UUID) -> Ask:
    """Return the open ask about a child."""
    return Ask.objects.get(person=person_id, answered_at=None)
