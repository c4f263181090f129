"""What is restricted leaves no trace: two worlds, one with a secret more, look the same.

Every page, search, count, export and document, for everybody who is not named; and the test finds
the leaks that are planted in it.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import pytest
from django.db import connection, transaction
from django.test.utils import override_settings
from pytest_django.plugin import DjangoDbBlocker

from harbour.foundation.access.context import acting_as
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.record.linkage import queries as linkage
from harbour.record.people import queries as people
from harbour.record.people.models import Person
from harbour.record.restrictions.models import Restriction
from tests.boundary import worlds
from tests.boundary.worlds import Answer, Question, Worlds
from tests.conftest import role
from tests.journeys import walk


@dataclass
class Pair:
    """World A as everybody saw it, and the ids of the secret that world B has besides."""

    worlds: Worlds
    nothing: dict[str, Any]
    before: dict[Question, Answer]
    before_closing: dict[Question, Answer]
    after_closing: dict[Question, Answer]
    secret: dict[str, Any] = field(default_factory=dict)


@pytest.fixture(scope="module")
def pair(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Pair]:
    """Look at world A; then turn it into world B."""
    del django_db_setup
    with (
        django_db_blocker.unblock(),
        override_settings(HARBOUR_DEMO=True),
        transaction.atomic(),
    ):
        ground = worlds.ground()
        nothing = walk.random_ids()
        before = ground.answers(worlds.questions(ground, nothing))
        with undone():
            worlds.decide_the_visible(ground, None)
            before_closing = ground.answers(_about_closing(ground), at=ground.at_the_end)
        with undone():
            worlds.close_the_meeting(ground)
            after_closing = ground.answers(
                _about_the_meeting(ground, nothing), at=ground.at_the_end
            )
        made = Pair(ground, nothing, before, before_closing, after_closing)
        made.secret = worlds.add_the_secret(ground)
        yield made
        transaction.set_rollback(True)


@contextmanager
def undone() -> Iterator[None]:
    """Undo what a block did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _about_closing(ground: Worlds) -> Iterator[Question]:
    for key in ("team_manager", "panel_chair"):
        path = f"/meetings/{ground.meeting.pk}/close/"
        yield Question(key, "closing the meeting", "POST", path)


def _about_the_meeting(ground: Worlds, ids: dict[str, Any]) -> Iterator[Question]:
    for each in worlds.questions(ground, ids):
        if each.what.startswith("meetings:"):
            yield each


def test_the_secret_is_there_for_who_is_named(pair: Pair) -> None:
    with acting_as(pair.worlds.here.pk) as here:
        assert people.child(here, pair.secret["person_id"]).name.endswith(worlds.SECRET)

    assert sum(each.status == 200 for each in pair.before.values()) > 200
    assert not any(each.status >= 500 for each in pair.before.values())


def test_nobody_sees_the_difference(pair: Pair) -> None:
    after = pair.worlds.asked(worlds.questions(pair.worlds, pair.secret))

    found = dict(worlds.differing(pair.before, after))

    assert found == {}, "\n".join(f"{where}: {what}" for where, what in found.items())


def test_a_meeting_closes_as_if_there_were_no_secret(pair: Pair) -> None:
    with undone():
        worlds.decide_the_visible(pair.worlds, pair.secret)
        closing = pair.worlds.asked(_about_closing(pair.worlds), at=pair.worlds.at_the_end)
        found = dict(worlds.differing(pair.before_closing, closing))
    assert found == {}

    with undone():
        worlds.close_the_meeting(pair.worlds)
        minutes = pair.worlds.asked(
            _about_the_meeting(pair.worlds, pair.secret), at=pair.worlds.at_the_end
        )
        found = dict(worlds.differing(pair.after_closing, minutes))
    assert found == {}, "\n".join(f"{where}: {what}" for where, what in found.items())


# Leaks that the comparison must find


def _owner(*statements: str) -> AbstractContextManager[None]:
    with role("harbour_owner"), connection.cursor() as cursor:
        for each in statements:
            cursor.execute(each)
    return nullcontext()


def _plain(function: str, *terms: str) -> AbstractContextManager[None]:
    """Write a function of the database anew, without asking whom the reader may not see."""
    with role("harbour_sec_owner"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = %s", [function])
        text = cursor.fetchone()[0]
        for each in terms:
            assert each in text
            text = text.replace(each, "'{}'::uuid[]")
        cursor.execute(text.replace("%", "%%"), [])
    return nullcontext()


def _open_standings() -> AbstractContextManager[None]:
    with role("harbour_sec_owner"), connection.cursor() as cursor:
        cursor.execute("UPDATE people_standing SET facets = granted")
    return nullcontext()


def _told() -> AbstractContextManager[Any]:
    """Answer for a hidden record that it is restricted, as a helpful page would."""

    def person(reader: Reader, person_id: Any) -> Any:
        found = Person.objects.filter(pk=person_id).first()
        if found is not None:
            return found
        del reader
        with role("harbour_sec_owner"):
            there = Person.objects.filter(pk=person_id).exists()
        if there:
            raise Refused("This record is restricted. Ask its owner.")
        raise Missing

    return mock.patch.object(people, "person", person)


def _filtered_too_late() -> AbstractContextManager[Any]:
    """Let hidden people take up places of a list that is filtered after it was cut."""
    plain = linkage._hits

    def hits(*args: Any) -> Any:
        with role("harbour_sec_owner"):
            hidden = Restriction.objects.filter(whole=True).exists()
        return plain(*args)[: -1 if hidden else None]

    return mock.patch.object(linkage, "_hits", hits)


@dataclass(frozen=True, kw_only=True)
class Leak:
    """A hole, who would see through it, and where."""

    plant: Callable[[], AbstractContextManager[Any]]
    who: str
    where: str


def _policy(table: str, name: str, expression: str = "true") -> AbstractContextManager[None]:
    return _owner(f"ALTER POLICY {name} ON {table} USING ({expression})")


LEAKS = {
    "a restriction that holds no standing back": Leak(
        plant=_open_standings, who="front_door", where="cases:child"
    ),
    "concerns without their policy": Leak(
        plant=lambda: _policy("referrals_referral", "referral_not_hidden"),
        who="front_door", where="referrals:",
    ),
    "a plain count at the front door": Leak(
        plant=lambda: _plain("front_door_counts", "harbour_sec.hidden_referrals()"),
        who="front_door", where="referrals:inbox",
    ),
    "plain figures of missing children": Leak(
        plant=lambda: _plain("figures_missing", "harbour_sec.hidden_people('missing')"),
        who="analyst", where="reporting:",
    ),
    "plain figures of concerns": Leak(
        plant=lambda: _plain("figures_referrals", "harbour_sec.hidden_referrals()"),
        who="analyst", where="reporting:",
    ),
    "relations to somebody hidden": Leak(
        plant=lambda: _policy("people_relation", "relation_to_the_visible"),
        who="team_manager", where="cases:people_places",
    ),
    "news that a hidden child brought": Leak(
        plant=lambda: _owner(
            "ALTER POLICY firing_read ON referrals_firing USING (EXISTS (SELECT 1 FROM "
            "referrals_referral r WHERE r.id = referrals_firing.referral_id))"
        ),
        who="front_door", where="referrals:",
    ),
    "an answer that says why": Leak(plant=_told, who="nurse", where="people:"),
    "a vocabulary with hidden names": Leak(
        plant=lambda: _plain("hidden_words", "harbour_sec.hidden_people('identity')"),
        who="nurse", where="words like",
    ),
    "lookouts that anybody reads": Leak(
        plant=lambda: _policy("restrictions_lookout", "lookout_read"),
        who="nurse", where="home:",
    ),
    "restrictions that anybody reads": Leak(
        plant=lambda: _policy("restrictions_restriction", "restriction_read"),
        who="nurse", where="restrictions:",
    ),
    "a seal without its policy": Leak(
        plant=lambda: _policy("people_phone", "seal_read"),
        who="team_manager", where="cases:people_places",
    ),
    "a sealed number that a search finds": Leak(
        plant=lambda: _policy("people_phone", "seal_read"),
        who="nurse", where="a search by the sealed",
    ),
    "placements counted for all": Leak(
        plant=lambda: _policy("providers_placement", "record_read"),
        who="coordinator", where="providers:",
    ),
    "people open to all": Leak(
        plant=lambda: _policy("people_person", "record_read"),
        who="nurse", where="a search by the birthday",
    ),
    "an agenda without the child's standing": Leak(
        plant=lambda: _policy("meetings_item", "record_read"),
        who="panel_chair", where="meetings:",
    ),
    "a list that is cut before it is filtered": Leak(
        plant=_filtered_too_late, who="nurse", where="a search by the first"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LEAKS)
def test_a_planted_leak_is_found(pair: Pair, name: str) -> None:
    leak = LEAKS[name]
    with undone(), leak.plant():
        asked = worlds.questions(pair.worlds, pair.secret, who=(leak.who,), first=leak.where)

        found = next(worlds.differing(pair.before, pair.worlds.asked(asked)), None)

    assert found is not None, "The comparison went past it."


def test_a_meeting_that_a_hidden_child_keeps_open_is_found(pair: Pair) -> None:
    with undone():
        _plain("meeting_closes_whole", "harbour_sec.hidden_people('meeting')")
        worlds.decide_the_visible(pair.worlds, pair.secret)
        closing = pair.worlds.asked(_about_closing(pair.worlds), at=pair.worlds.at_the_end)

        found = dict(worlds.differing(pair.before_closing, closing))

    assert found
