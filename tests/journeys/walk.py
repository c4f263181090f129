"""What a walk needs: two children who never meet, and the addresses filled in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver

from harbour.demo import partnership
from harbour.foundation.access import roles
from harbour.foundation.access.guards import Rule, rule_of
from harbour.foundation.access.models import Holding, User
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency, Remit, Team
from harbour.foundation.approvals import actions as approvals
from harbour.foundation.kernel import clock
from harbour.hub.meetings.models import Meeting
from harbour.hub.staff.vocabulary import MAKE_ADMINISTRATOR
from harbour.record.people import actions as people
from harbour.record.restrictions import queries as seals
from harbour.record.sharing import actions as sharing
from harbour.record.sharing.vocabulary import Gateway, Purpose
from harbour.work.cases import actions as cases
from harbour.work.cases.vocabulary import Model
from harbour.work.missing import actions as missing
from harbour.work.referrals import queries as concerns
from harbour.work.referrals.vocabulary import Decision
from harbour.work.returns import queries as returns
from harbour.work.returns.models import Named
from tests.builders import (
    assessments,
    attachments,
    hosting,
    meetings,
    providers,
    referrals,
    restrictions,
)
from tests.builders import cases as case_builders
from tests.builders import discussions as planning
from tests.builders import emergency as emergencies
from tests.builders import missing as episodes
from tests.builders import returns as following
from tests.builders import sharing as sharings
from tests.builders.people import a_child
from tests.builders.retention import a_hold
from tests.builders.subject_access import a_request

ALL_ROUND = (roles.COORDINATOR, roles.FRONT_DOOR, roles.TEAM_MANAGER, roles.YOUTH_WORKER)
# Each name of an id in an address that stands for something of a child's record.
RECORD_IDS = {
    "person_id": "the child",
    "fact_id": "a phone number of the child",
    "share_id": "what was shared of the child",
    "decline_id": "what was not shared of the child",
    "request_id": "what an agency asked about the child",
    "break_glass_id": "an emergency access to the child",
    "referral_id": "a concern about the child",
    "described_id": "the child as the concern described them",
    "link_id": "the link between the concern and the child",
    "assessment_id": "a tool completed about the child",
    "grading_id": "a grading of the child",
    "note_id": "a note about the child",
    "tag_id": "a model of exploitation seen for the child",
    "action_id": "an action of the child's plan",
    "allocation_id": "an allocation of the child",
    "draft_id": "an unsent report about the child",
    "episode_id": "a missing episode of the child",
    "interview_id": "the return interview of the episode",
    "discussion_id": "a strategy discussion about the child",
    "invitation_id": "an invitation to that discussion",
    "decision_id": "what that discussion decided",
    "ask_id": "what the child's repeated episodes ask for",
    "disclosure_id": "a sheet of the child that was sent",
    "told_id": "what a team was told of an interview of the child",
    "name_id": "a place that the child named",
    "placement_id": "where the child lives",
    "meeting_id": "the meeting of the child's authority",
    "item_id": "the child's place on the agenda",
    "restriction_id": "the restriction that seals a number of the child",
    "named_id": "somebody named in that restriction",
    "attachment_id": "a document on the child's record",
    "hold_id": "a legal hold over the child's record",
    "access_id": "a request for what is held of the child",
    "proposal_id": "a deed about the child that takes two people",
    "notification_id": "the notification that the child arrived where she lives",
    "flag_id": "what another authority told of the child",
    "consultation_id": "a local consultation offered about the child",
}
# Everything else that stands in an address, with a value that exists.
OTHER_PARTS: dict[str, Any] = {
    "user_id": partnership.user_id("nurse"),
    "authority_id": partnership.agency_id("county"),
    "holding_id": UUID(int=0),
    "witness_id": UUID(int=0),
    "agreement_id": UUID(int=0),
    "attempt_id": UUID(int=0),
    "session_id": 1,
    "sheet_id": UUID(int=0),
    "provider_id": "nobody",
    "mapping_id": UUID(int=0),
    "home_id": UUID(int=0),
    "contact_id": UUID(int=0),
    "chased_id": UUID(int=0),
    "pack_id": UUID(int=0),
    "sent_id": UUID(int=0),
    "run_id": UUID(int=0),
    "extract_id": UUID(int=0),
    "alert_id": UUID(int=0),
    "kind": "phone",
    "slug": "worries",
    "step": "last-seen",
    "number": 4,
    "year": "2018-19",
    "form": "csv",
    "figure_slug": "f01",
    "key": "unknown",
    "uidb36": "1",
    "pk": 1,
}
MISSING_PART = (
    "Address {address} takes {name}: add it to RECORD_IDS in tests/journeys/walk.py, and make one "
    "in `record_of`, if it stands for something of a child's record; else to OTHER_PARTS."
)


@dataclass(frozen=True)
class Address:
    """An address of the resolver, to be filled in."""

    route: str
    name: str
    parts: tuple[str, ...]
    rule: Rule | None

    def path(self, ids: dict[str, Any]) -> str:
        """Return the address with these ids."""
        known = OTHER_PARTS | ids
        filled = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", self.route).replace("^", "")
        filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(known[part[1]]), filled)
        return "/" + filled.rstrip("$")

    @property
    def is_of_a_record(self) -> bool:
        """Say whether it names something of a child's record."""
        return any(part in RECORD_IDS for part in self.parts)


def addresses() -> list[Address]:
    """Return every address there is."""
    return list(_walked(get_resolver().url_patterns, "", ""))


def _walked(patterns: Any, before: str, space: str) -> Iterator[Address]:
    for each in patterns:
        route = f"{before}{each.pattern}"
        if isinstance(each, URLResolver):
            inner = f"{each.namespace}:" if each.namespace else space
            yield from _walked(each.url_patterns, route, inner)
        elif isinstance(each, URLPattern):
            parts = tuple(re.findall(r"<(?:\w+:)?(\w+)>", route))
            yield Address(route, f"{space}{each.name}", parts, rule_of(each.callback))


def random_ids() -> dict[str, Any]:
    """Return an id that nothing has for every kind of thing of a record."""
    return {name: uuid4() for name in RECORD_IDS}


def all_round_worker(key: str, name: str, agency: Agency) -> User:
    """Write down somebody who does every job of a hub for one authority."""
    user = User(
        id=partnership.stable_id("walker", key),
        email=f"{key}@example.org",
        name=name,
        job="Hub worker",
    )
    user.set_unusable_password()
    team = Team(id=uuid4(), agency=agency, name=f"Hub of {agency.name}")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE harbour_sec_owner")
        user.save(force_insert=True)
        team.save(force_insert=True)
        Remit(team=team, authority=agency, starts_on=partnership.SINCE).save(force_insert=True)
        Holding.objects.bulk_create(
            Holding(user=user, role=role.code, team=team, starts_on=partnership.SINCE)
            for role in ALL_ROUND
        )
        cursor.execute("SET LOCAL ROLE harbour_app")
    return user


def record_of(
    by: Reader,
    authority: Agency,
    helpers: SimpleNamespace,
    *,
    family: str,
    meeting: Meeting | None = None,
) -> dict[str, Any]:
    """Give a child one of everything, through the product's own actions; return the ids by name.

    With `meeting`, the child comes to the agenda of that one; else a meeting is opened.
    """
    at = clock.now()
    child = a_child(by, authority, given="Wilhelmina", family=family)
    concern = referrals.a_concern(by, authority)
    link = referrals.a_link(by, concern, child.pk)
    referrals.a_decision(by, concern, Decision.DAILY_MEETING)
    phone = people.add_phone(person_id=child.pk, number="07700 900123", by=by, at=at)
    followed = _planned(by, child.pk, authority) | _followed(by, child.pk)
    episode = episodes.an_episode(by, child.pk, hours=30)
    sheet, _ = episodes.a_sheet(by, episode)
    interview = episodes.a_return(by, episode, hours=20)
    missing.keep_profile(person_id=child.pk, seen_number=0, by=by, at=at, looks="Red hair")
    if meeting is None:
        meeting = meetings.a_meeting(by, authority)
    else:
        meetings.brought_up_to_date(by, meeting)
    _restricted_brother(by, child.pk, authority)
    lives = providers.a_placement(by, child, helpers.home, authority, starts_on=date(2026, 1, 5))
    return {
        "person_id": child.pk,
        "fact_id": phone.pk,
        "placement_id": lives.pk,
        "share_id": _shared(by, child.pk, helpers),
        "decline_id": sharings.a_decline(by, child.pk, helpers.shared_with).pk,
        "request_id": sharings.a_request(child.pk, helpers.shared_with, authority, by.user_id).pk,
        "break_glass_id": emergencies.a_broken_glass(child.pk, authority).pk,
        "referral_id": concern.pk,
        "described_id": concerns.described_children(concern.pk)[0].pk,
        "link_id": link.pk,
        "assessment_id": assessments.an_assessment(by, child.pk).pk,
        "grading_id": case_builders.a_grading(by, child.pk).pk,
        "note_id": case_builders.a_note(by, child.pk).pk,
        "tag_id": _tagged(by, child.pk),
        "action_id": case_builders.a_plan_action(by, child.pk, by.user_id).pk,
        "allocation_id": case_builders.an_offer(by, child.pk, helpers.worker.pk).pk,
        "draft_id": missing.begin_draft(person_id=child.pk, by=by, at=at).pk,
        "episode_id": episode.pk,
        "disclosure_id": sheet.pk,
        "interview_id": interview.pk,
        **followed,
        "meeting_id": meeting.pk,
        "item_id": meetings.the_item(by, meeting, child).pk,
        "attachment_id": attachments.a_document(by, child.pk).pk,
        "hold_id": a_hold(by, child.pk).pk,
        "access_id": a_request(by, child.pk).pk,
        "proposal_id": _proposed(by, child.pk),
        "notification_id": hosting.a_notification(by, lives).pk,
        **_told(by, child.pk, authority),
        **_sealed(by, child.pk, helpers),
    }


def _told(by: Reader, person_id: UUID, authority: Agency) -> dict[str, Any]:
    """Write down what the home authority told of a child who is hosted, and what was offered."""
    return {
        "flag_id": hosting.a_flag(by, person_id, authority).pk,
        "consultation_id": hosting.a_consultation(by, person_id, authority).pk,
    }


def _followed(by: Reader, person_id: UUID) -> dict[str, Any]:
    """Give the child an earlier interview that was held and told to a team."""
    made = following.an_interview(by, person_id, hours=90)
    held = following.a_held_interview(by, made, places_named=("The boathouse",))
    told = following.an_onward(by, held, returns.teams_for(by, held)[0])
    return {"told_id": told.pk, "name_id": Named.objects.get(interview=held).pk}


def _planned(by: Reader, person_id: UUID, authority: Agency) -> dict[str, Any]:
    """Give the child three more episodes, which ask for a discussion, and one that was held."""
    for hours in (200, 180, 160):
        following.an_absence(by, person_id, hours=hours)
    held = planning.a_held_discussion(by, person_id, invited=planning.nobodys(authority))
    decided = planning.a_decision(by, held, by.user_id)
    return {
        "discussion_id": held.pk,
        "invitation_id": planning.the_invitation(held, authority).pk,
        "decision_id": decided.pk,
        "ask_id": planning.the_ask(person_id).pk,
    }


def _sealed(by: Reader, person_id: UUID, helpers: SimpleNamespace) -> dict[str, Any]:
    phone = people.add_phone(person_id=person_id, number="07700 900124", by=by, at=clock.now())
    seal = restrictions.a_seal(by, phone, helpers.worker)
    others = [each for each in seals.named_in(by, seal.pk) if each.user_id != by.user_id]
    return {"restriction_id": seal.pk, "named_id": others[0].pk if others else uuid4()}


def _restricted_brother(by: Reader, person_id: UUID, authority: Agency) -> None:
    """Give the child a brother whom only the writer sees, with a concern about him."""
    brother = a_child(by, authority, given="Ambrose", family="Unseen")
    people.add_relation(
        person_id=person_id, other_id=brother.pk, kind="sibling", by=by, at=clock.now()
    )
    referrals.a_link(by, referrals.a_concern(by, authority), brother.pk)
    restrictions.a_restriction(by, brother.pk)


def _proposed(by: Reader, person_id: UUID) -> UUID:
    proposal = approvals.propose(
        code=MAKE_ADMINISTRATOR,
        payload={"user_id": str(by.user_id)},
        person_id=person_id,
        summary="A deed that takes two people",
        reason="So that the walk finds one.",
        by=by,
        at=clock.now(),
    )
    return proposal.pk


def _shared(by: Reader, person_id: UUID, helpers: SimpleNamespace) -> UUID:
    share = sharing.share(
        person_id=person_id,
        agency=helpers.shared_with,
        facets=["identity", "case", "missing"],
        purpose=Purpose.SAFEGUARD,
        gateway=Gateway.CA2004_S11,
        reason="So that school can keep her safe on the way home.",
        by=by,
        at=clock.now(),
    )
    return share.pk


def _tagged(by: Reader, person_id: UUID) -> UUID:
    at = clock.now()
    tag = cases.tag_model(
        person_id=person_id, model=Model.ONLINE, starts_on=clock.london_date(at), by=by, at=at
    )
    return tag.pk
