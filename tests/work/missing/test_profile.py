"""The missing profile: kept by the carer, ready for the night, closed to the police until then."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import Conflict
from harbour.record.people.models import Person
from harbour.record.providers import actions as providers
from harbour.work.missing import actions, queries, rules
from harbour.work.missing.models import Profile
from harbour.work.missing.rules import ProfileState
from tests.builders import files
from tests.builders.missing import ActingAs, ClientFor, a_return, an_episode
from tests.builders.pages import text_of
from tests.builders.people import a_child
from tests.builders.providers import a_home, a_placement

LOOKS = "Tall, red hair, scar over the left eye"
TODAY = clock.london_date(clock.now())


@pytest.fixture
def placed(cast: SimpleNamespace, as_user: ActingAs) -> Person:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
        home = a_home(reader, cast.home_agency, cast.county)
        a_placement(reader, child, home, cast.county)
    return child


@pytest.fixture
def kept(cast: SimpleNamespace, as_user: ActingAs, placed: Person) -> Person:
    with as_user(cast.home_manager) as reader:
        actions.keep_profile(
            person_id=placed.pk, seen_number=0, by=reader, at=clock.now(), looks=LOOKS
        )
    return placed


def page_of(client_for: ClientFor, user: object, child: UUID, name: str = "profile") -> str:
    return text_of(client_for(user).get(reverse(f"missing:{name}", args=[child])))  # type: ignore[arg-type]  # the cast is untyped


def test_the_carer_writes_it_and_the_hub_reads_it(
    cast: SimpleNamespace, client_for: ClientFor, placed: Person
) -> None:
    manager = client_for(cast.home_manager)
    address = reverse("missing:keep_profile", args=[placed.pk])

    assert "nobody would know where to look" in page_of(client_for, cast.coordinator, placed.pk)
    manager.post(address, {"looks": LOOKS, "medical": "Asthma", "seen_version": "0"})

    shown = page_of(client_for, cast.coordinator, placed.pk)
    assert LOOKS in shown
    assert "Asthma" in shown
    assert "Kept by Larkfield House" in shown


@pytest.mark.parametrize("name", ["detective", "analyst"])
def test_the_police_see_it_while_the_child_is_missing_and_not_before_or_after(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor, kept: Person, name: str
) -> None:
    police = getattr(cast, name)
    client, address = client_for(police), reverse("missing:profile", args=[kept.pk])

    assert client.get(address).status_code == 404
    with as_user(cast.coordinator) as reader:
        episode = an_episode(reader, kept.pk, hours=2)
    assert LOOKS in text_of(client.get(address))
    with as_user(cast.coordinator) as reader:
        a_return(reader, episode, hours=1)
    assert client.get(address).status_code == 404
    with as_user(police):
        assert not Profile.objects.exists()


def test_strangers_cannot_tell_that_there_is_one(
    cast: SimpleNamespace, client_for: ClientFor, kept: Person
) -> None:
    for name in ("neighbour", "city_front_door", "school_lead"):
        answer = client_for(getattr(cast, name)).get(reverse("missing:profile", args=[kept.pk]))
        assert answer.status_code == 404


def test_it_moves_with_the_child_to_the_next_carer(
    cast: SimpleNamespace, as_user: ActingAs, kept: Person
) -> None:
    with as_user(cast.coordinator) as reader:
        child = Person.objects.get(pk=kept.pk)
        from harbour.record.providers import actions as providers  # noqa: PLC0415 - one test's deed

        providers.move_child(
            person=child, home=None, host=cast.city, responsible=cast.county, starts_on=TODAY,
            by=reader, at=clock.now(),
        )  # fmt: skip

    with as_user(cast.home_manager):
        assert not Profile.objects.exists()
    with as_user(cast.city_front_door) as reader:
        found = queries.profile(reader, kept.pk)
        assert found is not None
        assert found.looks == LOOKS


def test_two_carers_at_once_see_each_others_words(
    cast: SimpleNamespace, as_user: ActingAs, kept: Person
) -> None:
    with as_user(cast.coordinator) as reader, pytest.raises(Conflict) as raised:
        actions.keep_profile(
            person_id=kept.pk, seen_number=0, by=reader, at=clock.now(), looks="Short"
        )

    assert raised.value.theirs == {"looks": LOOKS}
    assert raised.value.mine == {"looks": "Short"}


def test_an_earlier_version_stays_and_nobody_edits_one(
    cast: SimpleNamespace, as_user: ActingAs, kept: Person
) -> None:
    with as_user(cast.coordinator) as reader:
        actions.keep_profile(
            person_id=kept.pk, seen_number=1, by=reader, at=clock.now(), looks="Hair dyed black"
        )
        assert [each.looks for each in queries.profiles(reader, kept.pk)] == [
            "Hair dyed black",
            LOOKS,
        ]
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as sql,
        ):
            sql.execute("UPDATE missing_profile SET looks = ''")


def test_who_does_not_report_missing_children_writes_none(
    cast: SimpleNamespace, as_user: ActingAs, kept: Person
) -> None:
    with as_user(cast.panel_chair) as reader, pytest.raises(Refused):
        actions.keep_profile(person_id=kept.pk, seen_number=1, by=reader, at=clock.now(), looks="x")


def test_the_sheet_for_the_night_carries_it(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor, kept: Person
) -> None:
    with as_user(cast.coordinator) as reader:
        episode = an_episode(reader, kept.pk, hours=2)

    sheet = client_for(cast.home_manager).get(reverse("missing:sheet", args=[episode.pk]))

    assert LOOKS in text_of(sheet)


def test_printing_it_is_a_row_of_the_ledger(
    cast: SimpleNamespace, client_for: ClientFor, kept: Person, unbound: object
) -> None:
    shown = page_of(client_for, cast.coordinator, kept.pk, "print_profile")

    assert LOOKS in shown
    with unbound():  # type: ignore[operator]  # the fixture of conftest
        entry = Entry.objects.filter(event="missing.profile_printed").get()
    assert (entry.actor_id, entry.subjects) == (cast.coordinator.pk, [kept.pk])


@pytest.mark.parametrize(
    ("days", "photo", "expected"),
    [
        (None, None, ProfileState.NONE),
        (181, 1, ProfileState.OLD),
        (180, None, ProfileState.PHOTO),
        (1, 91, ProfileState.PHOTO),
        (180, 90, ProfileState.READY),
    ],
)
def test_a_profile_says_whether_it_would_serve_tonight(
    days: int | None, photo: int | None, expected: ProfileState
) -> None:
    state = rules.profile_state(
        written_on=None if days is None else TODAY - timedelta(days=days),
        photo_on=None if photo is None else TODAY - timedelta(days=photo),
        has_photo=photo is not None,
        today=TODAY,
    )

    assert state is expected


def test_a_photograph_needs_its_day_and_nothing_typed_is_lost(
    cast: SimpleNamespace, client_for: ClientFor, placed: Person
) -> None:
    address = reverse("missing:keep_profile", args=[placed.pk])
    tomorrow = TODAY + timedelta(days=1)

    answer = client_for(cast.home_manager).post(
        address,
        {
            "looks": LOOKS,
            "seen_version": "0",
            "photo_on_day": str(tomorrow.day),
            "photo_on_month": str(tomorrow.month),
            "photo_on_year": str(tomorrow.year),
        },
    )

    assert "cannot be of a day to come" in text_of(answer)
    assert LOOKS in answer.content.decode()


def test_the_carer_sends_a_photograph_with_the_profile(
    cast: SimpleNamespace, client_for: ClientFor, placed: Person, as_user: ActingAs
) -> None:
    address = reverse("missing:keep_profile", args=[placed.pk])
    manager, taken = client_for(cast.home_manager), TODAY - timedelta(days=200)
    said = {
        "looks": LOOKS,
        "seen_version": "0",
        "photo_on_day": str(taken.day),
        "photo_on_month": str(taken.month),
        "photo_on_year": str(taken.year),
    }

    text = manager.post(
        address, said | {"new_photo": SimpleUploadedFile("a.txt", b"not a picture")}
    )
    manager.post(address, said | {"new_photo": SimpleUploadedFile("a.png", files.a_picture("PNG"))})

    assert "must be a JPEG or a PNG" in text_of(text)
    with as_user(cast.home_manager) as reader:
        found = queries.profile(reader, placed.pk)
    assert found is not None
    assert found.photo is not None
    assert found.photo.file_type == "image/png"
    # Taken too long ago: the page says that it shows another child.
    assert "last three months" in page_of(client_for, cast.coordinator, placed.pk)


def test_the_profile_goes_with_the_child_to_the_next_carer(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
        a_placement(reader, child, None, cast.county)
        actions.keep_profile(
            person_id=child.pk, seen_number=0, by=reader, at=clock.now(), looks=LOOKS
        )
    address = reverse("missing:profile", args=[child.pk])
    before = client_for(cast.home_manager).get(address)

    with as_user(cast.coordinator) as reader:
        providers.move_child(
            person=child,
            home=a_home(reader, cast.home_agency, cast.county),
            responsible=cast.county,
            starts_on=TODAY,
            by=reader,
            at=clock.now(),
        )

    assert before.status_code == 404
    assert LOOKS in page_of(client_for, cast.home_manager, child.pk)
