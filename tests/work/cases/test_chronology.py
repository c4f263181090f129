"""One timeline of what each reader may see, whichever room keeps it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.record.sharing import actions as sharing
from harbour.record.sharing.vocabulary import Gateway, Purpose
from harbour.work.cases import actions, queries
from harbour.work.cases.queries import Entry
from harbour.work.cases.vocabulary import AllocationRole, EntryKind, Model, Stage
from harbour.work.missing import actions as missing
from harbour.work.referrals import queries as referrals
from tests.builders.assessments import an_assessment
from tests.builders.cases import a_child_voice, a_grading, a_note, a_plan_action, an_offer
from tests.builders.missing import a_conversation, a_return, an_episode
from tests.builders.missing import an_offer as an_interview_offer
from tests.builders.people import a_child
from tests.builders.providers import a_home, a_placement
from tests.builders.referrals import a_concern, a_decision, a_link

AsUser = Callable[[User], AbstractContextManager[Reader]]
ClientFor = Callable[[User], Client]

K = EntryKind
CASE = {K.GRADING, K.ALLOCATION, K.PLAN, K.STAGE, K.MODEL, K.VOICE, K.NOTE}
MISSING = {K.MISSING, K.INTERVIEW}
EVERYTHING = set(K)


def _everything(cast: SimpleNamespace, reader: Reader) -> UUID:
    """Write something of every kind about a child placed at Larkfield House."""
    at, today = clock.now(), clock.london_date(clock.now())
    child = a_child(reader, cast.county)
    a_placement(reader, child, a_home(reader, cast.home_agency, cast.county), cast.county)
    interview = a_return(reader, an_episode(reader, child.pk))
    an_interview_offer(reader, interview)
    missing.hold_interview(
        interview=interview,
        said=a_conversation(),
        seen_version=interview.version,
        by=reader,
        at=clock.now(),
    )
    an_assessment(reader, child.pk)
    a_plan_action(reader, child.pk, cast.nurse.pk)
    a_note(reader, child.pk)
    a_child_voice(reader, child.pk)
    actions.enter_stage(person_id=child.pk, stage=Stage.CONCERN, entered_on=today, by=reader, at=at)
    actions.tag_model(
        person_id=child.pk, model=Model.COUNTY_LINES, starts_on=today, by=reader, at=at
    )
    an_offer(reader, child.pk, cast.youth_worker.pk)
    sharing.share(
        person_id=child.pk,
        agency=cast.school,
        facets=("missing",),
        purpose=Purpose.SAFEGUARD,
        gateway=Gateway.CA2004_S11,
        reason="School meets him at the gate.",
        by=reader,
        at=at,
    )
    return child.pk


@pytest.fixture
def child_id(cast: SimpleNamespace, as_user: AsUser) -> UUID:
    """Register a child of whom every room knows something."""
    with as_user(cast.coordinator) as reader:
        person_id = _everything(cast, reader)
    with as_user(cast.team_manager) as reader:
        a_grading(reader, person_id)
        concern = a_concern(reader, cast.county)
        a_link(reader, concern, person_id)
        a_decision(reader, referrals.referral_to_change(reader, concern.pk))
    return person_id


def _seen(as_user: AsUser, who: User, person_id: UUID, **narrowed: object) -> tuple[Entry, ...]:
    with as_user(who) as reader:
        parts = queries.parts(reader, person_id)
        found = queries.chronology(reader, person_id, reads=parts.reads, **narrowed)  # type: ignore[arg-type]  # passed on
    return found.entries


@pytest.mark.parametrize(
    ("who", "kinds"),
    [
        ("coordinator", EVERYTHING),
        ("front_door", EVERYTHING),
        ("detective", EVERYTHING),
        ("analyst", EVERYTHING),
        ("nurse", EVERYTHING),
        ("out_of_hours", EVERYTHING),
        ("youth_justice", EVERYTHING - {K.PLACEMENT}),
        ("panel_chair", EVERYTHING - {K.PLACEMENT}),
        ("youth_worker", CASE | MISSING),
        ("home_manager", {K.PLACEMENT} | MISSING - {K.INTERVIEW}),
        ("school_lead", MISSING - {K.INTERVIEW}),
        ("records_officer", set()),
        ("city_front_door", set()),
        ("neighbour", set()),
        ("director", set()),
        ("administrator", set()),
    ],
)
def test_each_reader_sees_their_parts_and_no_other(
    cast: SimpleNamespace, as_user: AsUser, child_id: UUID, who: str, kinds: set[EntryKind]
) -> None:
    entries = _seen(as_user, getattr(cast, who), child_id)

    assert {each.kind for each in entries} == kinds


def test_the_rooms_are_closed_even_where_they_are_asked(
    cast: SimpleNamespace, as_user: AsUser, child_id: UUID
) -> None:
    with as_user(cast.team_manager) as reader:
        every_part = queries.parts(reader, child_id)

    with as_user(cast.city_front_door) as reader:
        found = queries.chronology(reader, child_id, reads=every_part.reads)

    assert found.entries == ()
    assert found.agencies == ()


def test_the_home_is_not_told_what_was_said_in_an_interview(
    cast: SimpleNamespace, as_user: AsUser, child_id: UUID
) -> None:
    told = {
        who: [
            each.text
            for each in _seen(as_user, getattr(cast, who), child_id)
            if each.kind is K.INTERVIEW
        ]
        for who in ("home_manager", "youth_worker")
    }

    assert told == {"home_manager": [], "youth_worker": ["I just needed to get out for a bit."]}


def test_the_newest_stands_first_and_everything_has_a_source(
    cast: SimpleNamespace, as_user: AsUser, child_id: UUID
) -> None:
    entries = _seen(as_user, cast.team_manager, child_id)
    days = [
        clock.london_date(each.at) if hasattr(each.at, "hour") else each.at  # type: ignore[arg-type]  # a moment
        for each in entries
    ]

    assert days == sorted(days, reverse=True)
    assert entries[-1].kind is K.PLACEMENT
    assert all(each.title for each in entries)


def test_it_narrows_by_kind_and_by_agency(
    cast: SimpleNamespace, as_user: AsUser, child_id: UUID
) -> None:
    with as_user(cast.detective) as reader:
        a_note(reader, child_id, "Seen in town.")
        parts = queries.parts(reader, child_id)
        every = queries.chronology(reader, child_id, reads=parts.reads)

    names = {name: key for key, name in every.agencies}
    notes = _seen(as_user, cast.team_manager, child_id, kinds={K.NOTE})
    police = _seen(as_user, cast.team_manager, child_id, agency=names["Middleshire Police"])
    assert {each.kind for each in notes} == {K.NOTE}
    assert [each.text for each in police] == ["Seen in town."]


def test_it_asks_as_often_for_much_as_for_little(
    cast: SimpleNamespace, as_user: AsUser, child_id: UUID
) -> None:
    with as_user(cast.team_manager) as reader:
        reads = queries.parts(reader, child_id).reads
        with CaptureQueriesContext(
            connection,
        ) as few:
            first = queries.chronology(reader, child_id, reads=reads)
        for _ in range(3):
            a_note(reader, child_id)
            a_plan_action(reader, child_id, cast.nurse.pk)
            a_grading(reader, child_id)
        an_offer(reader, child_id, cast.nurse.pk, AllocationRole.NURSE)
        with CaptureQueriesContext(connection) as many:
            second = queries.chronology(reader, child_id, reads=reads)

    assert len(second.entries) > len(first.entries)
    assert len(many) == len(few)


def test_every_kind_can_be_shown_and_opened(
    cast: SimpleNamespace, client_for: ClientFor, child_id: UUID
) -> None:
    client = client_for(cast.coordinator)
    text = client.get(reverse("cases:chronology", args=[child_id])).content.decode()

    for kind in EntryKind:
        address = reverse("cases:chronology", args=[child_id]) + f"?kind={kind.value}"
        narrowed = client.get(address).content.decode()
        assert "No entry is of this kind" not in narrowed
        assert "Show only" in narrowed
    assert "Concern screened" in text


def test_what_is_unknown_in_the_address_narrows_nothing(
    cast: SimpleNamespace, client_for: ClientFor, child_id: UUID
) -> None:
    client = client_for(cast.coordinator)
    address = reverse("cases:chronology", args=[child_id])
    usual = client.get(address)
    odd = client.get(f"{address}?kind=nonsense&agency=';--&page=zzz")

    assert odd.status_code == 200
    assert odd.content.decode().count("hb-timeline__item") == usual.content.decode().count(
        "hb-timeline__item"
    )


@pytest.mark.parametrize(
    "who",
    [
        "coordinator",
        "detective",
        "analyst",
        "panel_chair",
        "youth_justice",
        "youth_worker",
        "home_manager",
        "school_lead",
    ],
)
def test_every_entry_opens_a_page_that_its_reader_may_read(
    cast: SimpleNamespace, client_for: ClientFor, child_id: UUID, who: str
) -> None:
    client = client_for(getattr(cast, who))
    text = client.get(reverse("cases:chronology", args=[child_id])).content.decode()
    entries = text.split("hb-timeline__title")[1:]
    links = {entry.split('href="', 1)[1].split('"', 1)[0] for entry in entries}

    assert links
    answers = {address: client.get(address).status_code for address in links}
    assert answers == dict.fromkeys(links, 200)
