"""The pages of the meeting, through a browser without JavaScript."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.foundation.ui import when
from harbour.hub.meetings import actions, queries
from harbour.hub.meetings.models import AgencyView, Item, Meeting
from harbour.work.cases.models import Allocation, PlanAction
from tests.builders.documents import tags_of, text_of
from tests.builders.meetings import (
    ActingAs,
    Cast,
    ClientFor,
    Unbound,
    a_child_sent_to_the_meeting,
    a_meeting,
    a_view,
    decided,
    opened_views,
    the_item,
)


@pytest.fixture
def item(cast: Cast, as_user: ActingAs) -> Item:
    with as_user(cast.team_manager) as chair:
        child = a_child_sent_to_the_meeting(chair, cast.county, given="Amara", family="Quill")
        return the_item(chair, a_meeting(chair, cast.county), child)


OF_AN_ITEM = ("item", "give_view", "reveal", "decide", "leave", "show")


def _to(name: str, item: Item) -> str:
    return reverse(f"meetings:{name}", args=[item.pk if name in OF_AN_ITEM else item.meeting_id])


def _page(client: Client, name: str, item: Item) -> str:
    response = client.get(_to(name, item), follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_a_chair_starts_a_meeting_and_lands_in_the_room(cast: Cast, client_for: ClientFor) -> None:
    client = client_for(cast.team_manager)
    page = client.get(reverse("meetings:daily")).content.decode()
    assert "Start the next meeting" in page
    moment = clock.london(clock.now())

    response = client.post(
        reverse("meetings:start", args=[cast.county.pk]),
        {
            "window_to_day": moment.day,
            "window_to_month": moment.month,
            "window_to_year": moment.year,
            "window_to_time": f"{moment:%H:%M}",
            "chair": str(cast.team_manager.pk),
        },
        follow=True,
    )

    assert response.status_code == 200
    assert "Nobody was on the agenda" in response.content.decode()


def test_a_window_that_nobody_set_an_end_for_ends_now_and_misses_nothing(
    cast: Cast, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.team_manager) as chair:
        a_child_sent_to_the_meeting(chair, cast.county, given="Amara", family="Quill")
    client = client_for(cast.team_manager)

    room = client.post(
        reverse("meetings:start", args=[cast.county.pk]),
        {"chair": str(cast.team_manager.pk)},
        follow=True,
    )

    assert "Amara Quill" in room.content.decode()
    with as_user(cast.team_manager):
        assert Meeting.objects.get().window_to <= clock.now()


def test_a_window_that_cannot_be_comes_back_with_the_reason(
    cast: Cast, client_for: ClientFor
) -> None:
    moment = clock.london(clock.now()) + timedelta(days=3)

    response = client_for(cast.team_manager).post(
        reverse("meetings:start", args=[cast.county.pk]),
        {
            "window_to_day": moment.day,
            "window_to_month": moment.month,
            "window_to_year": moment.year,
            "window_to_time": f"{moment:%H:%M}",
            "chair": str(cast.team_manager.pk),
        },
    )

    assert response.status_code == 200
    assert "cannot end more than a day from now" in response.content.decode()


def test_the_next_meeting_says_where_its_window_begins(
    cast: Cast, as_user: ActingAs, client_for: ClientFor, item: Item
) -> None:
    with as_user(cast.team_manager) as chair:
        decided(chair, item)
        meeting = queries.meeting(chair, item.meeting_id)
        actions.close_meeting(meeting=meeting, by=chair, at=clock.now())

    page = client_for(cast.team_manager).get(reverse("meetings:daily")).content.decode()

    ended = when.moment(meeting.window_to)
    assert f"begins where the last one ended: {ended}. Nothing lies between the two." in page
    assert "1 meeting" in page


def test_an_open_meeting_is_gone_into_and_brought_up_to_date(
    cast: Cast, client_for: ClientFor, item: Item
) -> None:
    client = client_for(cast.nurse)
    assert "Go into the meeting" in client.get(reverse("meetings:daily")).content.decode()

    answer = client.post(_to("refresh", item), follow=True)

    assert "The agenda is up to date. Nobody was added." in answer.content.decode()


def test_who_only_listens_brings_nothing_up_to_date(
    cast: Cast, client_for: ClientFor, item: Item
) -> None:
    answer = client_for(cast.analyst).post(_to("refresh", item))

    assert answer.status_code == 403
    assert "writes nothing into it" in answer.content.decode()


def test_who_does_not_chair_is_told_so(cast: Cast, client_for: ClientFor) -> None:
    page = client_for(cast.nurse).get(reverse("meetings:daily")).content.decode()

    assert "Your role does not allow this" in page
    assert "Start the meeting" not in page


def test_who_works_for_several_authorities_chooses_one(cast: Cast, client_for: ClientFor) -> None:
    page = client_for(cast.nurse).get(reverse("meetings:daily"), {"authority": cast.city.pk})

    assert f"Daily meeting, {cast.city.name}" in page.content.decode()


def test_the_room_shows_why_the_child_is_on_the_agenda(
    cast: Cast, client_for: ClientFor, item: Item
) -> None:
    page = _page(client_for(cast.nurse), "item", item)

    for said in (
        "Amara Quill, ",
        "Why on the agenda",
        "Concern ",
        "0 of 1 decided",
        "New concerns",
    ):
        assert said in page
    assert "It is the first window of this authority." in page


def test_no_title_and_no_address_names_the_child(
    cast: Cast, client_for: ClientFor, item: Item
) -> None:
    client = client_for(cast.team_manager)

    for name in ("item", "wall", "minutes"):
        page = _page(client, name, item)
        title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
        addresses = unquote(" ".join(re.findall(r'(?:href|action|hx-get)="([^"]*)"', page)))
        assert title is not None
        assert "Quill" not in title[1]
        assert "Quill" not in addresses


def test_an_agency_gives_its_view_and_the_others_do_not_read_it(
    cast: Cast, client_for: ClientFor, item: Item
) -> None:
    client_for(cast.detective).post(
        _to("give_view", item),
        {
            "view-information": "Named by a witness.",
            "view-harm": "suspected_current",
            "view-grade": "high",
        },
    )

    theirs = _page(client_for(cast.detective), "item", item)
    others = _page(client_for(cast.nurse), "item", item)
    wall = _page(client_for(cast.detective), "wall", item)
    assert "Named by a witness." in theirs
    assert "View given" in others
    assert "Named by a witness." not in others
    assert "Named by a witness." not in wall


def test_opened_views_stand_side_by_side_with_the_difference_marked(
    cast: Cast, as_user: ActingAs, client_for: ClientFor, item: Item
) -> None:
    for member, grade in (
        (cast.team_manager, "low"),
        (cast.detective, "low"),
        (cast.nurse, "high"),
    ):
        with as_user(member) as reader:
            a_view(reader, item, grade)
    client = client_for(cast.team_manager)

    client.post(_to("reveal", item), {})

    page = _page(client, "item", item)
    assert page.count(">Differs<") == 1
    assert page.count("Low risk") == 2
    assert page.count("High risk") == 1


def test_opening_too_early_asks_for_a_reason_and_keeps_the_page(
    cast: Cast, client_for: ClientFor, item: Item
) -> None:
    response = client_for(cast.team_manager).post(_to("reveal", item), {"reason": ""})

    assert response.status_code == 200
    assert "is not given yet. Wait for it, or write down why" in response.content.decode()


def _decision(item: Item, **other: object) -> dict[str, object]:
    return {
        "harm": "suspected_current",
        "grade": "medium",
        "rationale": "Seen twice at night with the same man.",
        "seen_version": item.version,
    } | other


def test_a_decision_is_made_on_one_page(
    cast: Cast, as_user: ActingAs, client_for: ClientFor, item: Item
) -> None:
    with as_user(cast.team_manager) as chair:
        opened = opened_views(chair, item)
    day = clock.london_date(clock.now()) + timedelta(days=1)
    while day.weekday() > 3:
        day += timedelta(days=1)

    response = client_for(cast.team_manager).post(
        _to("decide", item),
        _decision(
            opened,
            grade="high",
            offer_detective=str(cast.detective.pk),
            offer_social_worker=str(cast.front_door.pk),
            do_1="Agree a safe way home",
            owner_1=str(cast.nurse.pk),
            due_1=day.isoformat(),
            kind_1="safety",
            **{f"dissent_{cast.police.pk}": "We would say medium."},
        ),
        follow=True,
    )

    page = response.content.decode()
    assert "The decision is recorded." in page
    assert "1 of 1 decided" in page
    assert "We would say medium." in page
    with as_user(cast.team_manager):
        assert Allocation.objects.filter(person=item.person_id).count() == 2
        assert PlanAction.objects.get(person=item.person_id).due_on == day


def test_a_high_grade_without_its_workers_comes_back_with_what_was_typed(
    cast: Cast, as_user: ActingAs, client_for: ClientFor, item: Item
) -> None:
    with as_user(cast.team_manager) as chair:
        opened = opened_views(chair, item)

    response = client_for(cast.team_manager).post(
        _to("decide", item), _decision(opened, grade="high")
    )

    page = response.content.decode()
    assert "A high grade needs a detective and social worker" in page
    assert "Seen twice at night with the same man." in page


def test_an_action_needs_an_owner_and_a_day(
    cast: Cast, as_user: ActingAs, client_for: ClientFor, item: Item
) -> None:
    with as_user(cast.team_manager) as chair:
        opened = opened_views(chair, item)

    page = client_for(cast.team_manager).post(_to("decide", item), _decision(opened, do_1="Call"))

    assert "Say by whom in action 1" in page.content.decode()
    assert "Say by when in action 1" in page.content.decode()


def test_who_types_while_another_decides_loses_no_word(
    cast: Cast, as_user: ActingAs, client_for: ClientFor, item: Item
) -> None:
    with as_user(cast.team_manager) as chair:
        seen = opened_views(chair, item).version
        decided(chair, queries.item(chair, item.pk))
    item.version = seen
    client = client_for(cast.detective)

    first = client.post(_to("decide", item), _decision(item, rationale="My own words."))
    page = first.content.decode()
    assert "Somebody else wrote a decision" in page
    assert "My own words." in page

    found = re.search(r'name="seen_version" value="(\d+)"', page)
    assert found is not None
    client.post(
        _to("decide", item), _decision(item, rationale="My own words.", seen_version=found[1])
    )
    assert "My own words." in _page(client, "item", item)


def test_a_child_is_carried_over_with_a_reason(
    cast: Cast, client_for: ClientFor, item: Item
) -> None:
    client = client_for(cast.team_manager)

    client.post(
        _to("leave", item),
        {
            "leave-outcome": "next_meeting",
            "leave-reason": "Wait for school.",
            "leave-seen_version": 1,
        },
    )

    assert "Carried over" in _page(client, "item", item)


def test_a_meeting_is_read_aloud_closed_and_minuted(
    cast: Cast, as_user: ActingAs, client_for: ClientFor, item: Item
) -> None:
    client = client_for(cast.team_manager)
    assert "1 child is not decided yet" in _page(client, "decisions", item)
    with as_user(cast.team_manager) as chair:
        decided(chair, item)
    assert "Graded medium. Harm: suspected, current." in _page(client, "decisions", item)

    closed = client.post(_to("close", item), follow=True).content.decode()

    assert "The meeting is closed. Its minutes are made." in closed
    assert "New phone, new trainers" in closed
    assert "Not closed" not in closed


def test_the_minutes_as_a_document_hold_the_decisions_and_are_remembered(
    cast: Cast, as_user: ActingAs, client_for: ClientFor, unbound: Unbound, item: Item
) -> None:
    with as_user(cast.detective) as detective:
        a_view(detective, item, "high")
    with as_user(cast.team_manager) as chair:
        decided(chair, item)
        actions.close_meeting(
            meeting=queries.meeting(chair, item.meeting_id), by=chair, at=clock.now()
        )

    response = client_for(cast.nurse).get(_to("minutes_pdf", item))

    said = text_of(response.content)
    assert response.headers["Content-Type"] == "application/pdf"
    assert "Quill" not in response.headers["Content-Disposition"]
    for words in (
        "OFFICIAL-SENSITIVE",
        "Grace Okoro, Specialist nurse",
        "1. Amara Quill",
        "Graded medium. Harm: suspected, current.",
        "New phone, new trainers, seen at the station with older boys.",
        "Middleshire Police",
    ):
        assert words in said
    assert [tag for tag in tags_of(response.content) if tag in {"H1", "H2", "H3"}] == [
        "H1",
        "H2",
        "H3",
    ]
    with unbound():
        entry = Entry.objects.get(event="meetings.minutes_exported")
        assert entry.subjects == [item.person_id]
        assert entry.act == "export"


def test_who_came_is_recorded_by_agency(cast: Cast, client_for: ClientFor, item: Item) -> None:
    client = client_for(cast.team_manager)
    police = cast.police.pk

    client.post(
        _to("attendance", item),
        {
            f"came_{police}": "present",
            f"who_{police}": "Owen Pryce",
            f"came_{cast.health.pk}": "apologies",
        },
    )

    page = _page(client, "minutes", item)
    assert "Middleshire Police (Owen Pryce)" in page
    assert "Middleshire Partnership NHS Trust" in page


def test_the_wall_shows_the_child_the_chair_turned_to(
    cast: Cast, client_for: ClientFor, item: Item
) -> None:
    client = client_for(cast.team_manager)

    client.post(_to("show", item))

    assert "In the room" in _page(client, "wall", item)


def test_the_pulse_is_silent_until_something_changes(
    cast: Cast, as_user: ActingAs, client_for: ClientFor, item: Item
) -> None:
    client = client_for(cast.nurse)
    with as_user(cast.nurse) as nurse:
        seen = queries.pulse(nurse, queries.meeting(nurse, item.meeting_id))
    asked = {"seen": seen, "item": str(item.pk)}
    assert client.get(_to("pulse", item), asked).status_code == 204

    with as_user(cast.detective) as detective:
        a_view(detective, item)

    answer = client.get(_to("pulse", item), asked)
    assert answer.status_code == 200
    assert "View given" in answer.content.decode()
    assert "1 view" in answer.content.decode()


@pytest.mark.parametrize("name", OF_AN_ITEM)
@pytest.mark.parametrize("member", ["city_front_door", "school_lead", "home_manager", "director"])
def test_a_stranger_finds_no_item(
    cast: Cast, client_for: ClientFor, item: Item, name: str, member: str
) -> None:
    client = client_for(getattr(cast, member))

    answer = client.get(_to(name, item)) if name == "item" else client.post(_to(name, item), {})

    assert answer.status_code in {403, 404}
    assert "Quill" not in answer.content.decode()


@pytest.mark.parametrize(
    "name", ["room", "pulse", "wall", "attendance", "decisions", "minutes", "minutes_pdf"]
)
def test_a_neighbouring_hub_finds_no_meeting(
    cast: Cast, client_for: ClientFor, item: Item, name: str
) -> None:
    answer = client_for(cast.city_front_door).get(_to(name, item))

    assert answer.status_code == 404


def test_nobody_is_shown_to_nobody(item: Item) -> None:
    answer = Client().get(_to("item", item))

    assert answer.status_code == 302
    assert not AgencyView.objects.exists()
