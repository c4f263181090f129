"""Search before create: who is found, why, and who is not."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.record.linkage.queries import Hit, Query, find
from harbour.record.people import actions as people
from harbour.record.people.models import Person
from harbour.record.places import actions as places
from harbour.record.places.vocabulary import PlaceKind
from tests.builders.people import a_child

AsUser = Callable[[User], AbstractContextManager[Reader]]
BORN = date(2009, 3, 4)


@pytest.fixture
def reader(cast: SimpleNamespace, as_user: AsUser) -> Iterator[Reader]:
    with as_user(cast.front_door) as reader:
        yield reader


@pytest.fixture
def county(cast: SimpleNamespace) -> Any:
    return cast.county


def look(reader: Reader, **known: Any) -> list[Hit]:
    return find(reader, Query(**known))


def first(reader: Reader, **known: Any) -> Hit:
    hits = look(reader, **known)
    assert hits, "nobody was found"
    return hits[0]


@pytest.mark.parametrize(
    ("recorded", "asked", "because"),
    [
        (("Robert", "Quillfeather"), ("Robert", "Quillfeather"), "Same name"),
        (("Robert", "Quillfeather"), ("robert", "QUILLFEATHER"), "Same name"),
        (("Robert", "Quillfeather"), ("Bob", "Quillfeather"), "a form of the name: Robert"),
        (("Robert", "Quillfeather"), ("Robert", "Quilfeather"), "spelt differently: Quillfeather"),
        (("Robert", "Quillfeather"), ("Robert", "Qiullfeather"), "spelt differently"),
        (("Robert", "Quillfeather"), ("Robertt", "Quillfaether"), "spelt differently: Robert"),
        (("Robert", "Quillfeather"), ("Quillfeather", "Robert"), "the other way round"),
        (("Stephen", "Fisher"), ("Steven", "Phisher"), "alike: Fisher"),
        (("Katarzyna", "Wi\u015bniewska"), ("Kasia", "Wisniewska"), "a form of the name"),
        (("Mohammed", "Chowdhury"), ("Muhammad", "Choudhury"), "a form of the name: Chowdhury"),
        (("Shevaun", "O\u2019Hara"), ("Siobhan", "OHara"), "a form of the name: Shevaun"),
        (("Mary-Ann", "Smith-Quill"), ("Ann", "Quill"), "Part of the name: Mary-Ann Smith-Quill"),
        (("Mary Ann", "Smith-Quill"), ("Maryann", "Smithquill"), "Same name"),
        (("Amara", "Quill Smith"), ("Amara", "Quill-Smith"), "Same name"),
        (("Amara", "Quillington"), ("Amara", "Qui"), "begins the same: Quillington"),
    ],
)
def test_a_name_is_found_however_it_was_written(
    reader: Reader, county: Any, recorded: tuple[str, str], asked: tuple[str, str], because: str
) -> None:
    child = a_child(reader, county, given=recorded[0], family=recorded[1])
    a_child(reader, county, given="Wanda", family="Elsewhere")

    hit = first(reader, given=asked[0], family=asked[1])

    assert hit.person_id == child.pk
    assert because in " | ".join(hit.why)


@pytest.mark.parametrize("known", [{"given": "Amara"}, {"family": "Quill"}, {"family": "Amara"}])
def test_one_word_is_enough(reader: Reader, county: Any, known: dict[str, str]) -> None:
    child = a_child(reader, county, given="Amara", family="Quill")

    assert first(reader, **known).person_id == child.pk


def test_three_letters_and_an_age_are_enough(reader: Reader, county: Any) -> None:
    today = clock.london_date(clock.now())
    younger = a_child(reader, county, family="Quillton", born_on=date(today.year - 9, 1, 1))
    child = a_child(reader, county, family="Quillington", born_on=date(today.year - 15, 1, 1))

    hits = look(reader, family="Qui", age=15)

    assert hits[0].person_id == child.pk
    assert any("Same age: 15" in each for each in hits[0].why)
    assert younger.pk not in [each.person_id for each in hits]


@pytest.mark.parametrize(
    ("asked", "precision", "because"),
    [
        (date(2009, 3, 4), "day", "Same date of birth"),
        (date(2009, 4, 3), "day", "Day and month of birth the other way round"),
        (date(2009, 3, 5), "day", "one digit different"),
        (date(2009, 3, 1), "month", "Same month and year of birth"),
        (date(2009, 1, 1), "year", "Same year of birth"),
    ],
)
def test_a_date_of_birth_is_weighed_as_far_as_it_is_known(
    reader: Reader, county: Any, asked: date, precision: str, because: str
) -> None:
    child = a_child(reader, county, born_on=BORN)

    hit = first(reader, given="Amara", family="Quill", born_on=asked, born_precision=precision)

    assert hit.person_id == child.pk
    assert because in " | ".join(hit.why)


def test_a_date_of_birth_alone_finds_the_children_of_that_day(reader: Reader, county: Any) -> None:
    child = a_child(reader, county, born_on=BORN)
    a_child(reader, county, born_on=date(2010, 1, 1))

    assert [each.person_id for each in look(reader, born_on=BORN)] == [child.pk]


def test_a_twin_is_found_and_named_as_perhaps_another_child(reader: Reader, county: Any) -> None:
    twin = a_child(reader, county, given="Oscar", family="Quill", born_on=BORN)
    child = a_child(reader, county, given="Amara", family="Quill", born_on=BORN)

    hits = {
        each.person_id: each for each in look(reader, given="Amara", family="Quill", born_on=BORN)
    }

    assert "may be a twin" in " ".join(hits[twin.pk].caution)
    assert not hits[child.pk].caution
    assert hits[child.pk].score > hits[twin.pk].score


def test_a_recorded_twin_is_pointed_out(reader: Reader, county: Any) -> None:
    child = a_child(reader, county, born_on=BORN)
    twin = a_child(reader, county, given="Oscar", born_on=BORN)
    people.add_relation(
        person_id=child.pk, other_id=twin.pk, kind="twin", by=reader, at=clock.now()
    )

    hit = first(reader, given="Amara", family="Quill", born_on=BORN)

    assert "A twin is recorded: make sure which of the two it is" in hit.caution


def test_the_same_name_with_another_birthday_is_doubted(reader: Reader, county: Any) -> None:
    a_child(reader, county, born_on=date(2014, 11, 30))

    hit = first(reader, given="Amara", family="Quill", born_on=BORN)

    assert "Another date of birth is recorded: 30 November 2014" in hit.caution


def lives_at(child: Person, postcode: str, by: Reader) -> None:
    place = places.place_for(
        kind=PlaceKind.RESIDENCE, street="4 Lime Rd", postcode=postcode, by=by, at=clock.now()
    )
    people.add_address(person_id=child.pk, place=place, by=by, at=clock.now())


@pytest.mark.parametrize(
    ("known", "because"),
    [
        ({"identifier": "999 000 0018"}, "Same number"),
        ({"identifier": "9990000018", "given": "Quite", "family": "Other"}, "Same number"),
        ({"phone": "+44 7700 900 111"}, "Same telephone number"),
        ({"postcode": "zz99 9zz"}, "Lives or lived at the same postcode"),
    ],
)
def test_numbers_and_postcodes_find_a_child(
    reader: Reader, county: Any, known: dict[str, str], because: str
) -> None:
    child = a_child(reader, county)
    now = clock.now()
    people.add_identifier(person_id=child.pk, scheme="nhs", value="999 000 0018", by=reader, at=now)
    people.add_phone(person_id=child.pk, number="07700900111", by=reader, at=now)
    lives_at(child, "ZZ9 99ZZ", reader)

    hit = first(reader, **known)

    assert (hit.person_id, because in hit.why) == (child.pk, True)


def test_a_number_under_another_name_is_doubted(reader: Reader, county: Any) -> None:
    child = a_child(reader, county)
    people.add_phone(person_id=child.pk, number="07700900111", by=reader, at=clock.now())

    hit = first(reader, phone="07700900111", given="Wilfred", family="Oxenham")

    assert "The number is the same but the name is not" in hit.caution[0]


def test_a_brother_of_the_household_is_named_as_such(reader: Reader, county: Any) -> None:
    child = a_child(reader, county, given="Oscar", born_on=date(2011, 1, 1))
    lives_at(child, "ZZ9 99ZZ", reader)

    hit = first(reader, given="Amara", family="Quill", postcode="ZZ9 99ZZ")

    assert "may be a brother or sister" in hit.caution[0]


def test_an_alias_is_found_and_said_to_be_one(reader: Reader, county: Any) -> None:
    child = a_child(reader, county)
    people.add_name(
        person_id=child.pk, kind="alias", given="Ziggy", family="Stardustt", by=reader,
        at=clock.now(),
    )  # fmt: skip

    hit = first(reader, given="Ziggy", family="Stardust")

    assert "Ziggy Stardustt is an alias" in hit.why


def test_a_hidden_child_gives_no_hit_and_no_count(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.city_front_door) as reader:
        a_child(reader, cast.city, given="Xanthippe", family="Hiddenby", born_on=BORN)

    with as_user(cast.front_door) as reader:
        hits = look(reader, given="Xanthippe", family="Hiddenby", born_on=BORN)
        row = Entry.objects.get(event="linkage.searched", actor_id=cast.front_door.pk)

    assert hits == []
    assert (row.results, row.subjects) == (0, [])


def test_a_school_finds_only_what_was_shared_with_it(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.front_door) as reader:
        a_child(reader, cast.county)

    with as_user(cast.school_lead) as reader:
        assert look(reader, given="Amara", family="Quill") == []


def test_the_ledger_keeps_what_was_asked_for_and_never_what_was_typed(
    reader: Reader, county: Any
) -> None:
    child = a_child(reader, county)

    look(reader, given="Amara", family="Quill", phone="07700900111")

    row = Entry.objects.get(event="linkage.searched", actor_id=reader.user_id)
    assert row.detail == {"asked": "given, family, phone"}
    assert (row.results, row.subjects) == (1, [child.pk])


def test_nothing_asked_finds_nobody(reader: Reader, county: Any) -> None:
    a_child(reader, county)

    assert look(reader) == []


@pytest.mark.usefixtures("cast")
def test_the_application_cannot_read_the_vocabulary() -> None:
    for statement in ("TABLE linkage_token", "TABLE linkage_deletion"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_vocabulary_answers_nobody_without_a_role(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.front_door) as reader:
        a_child(reader, cast.county)
    with as_user(cast.director), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM harbour_sec.tokens_like('given', ARRAY['amara'], 10)")

        assert cursor.fetchall() == []
