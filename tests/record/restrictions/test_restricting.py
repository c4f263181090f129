"""A restricted record is there for those named, and for nobody else, at the next statement."""

import pytest
from django.db import ProgrammingError, connection, transaction

from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.record.people import actions as people_actions
from harbour.record.people import queries as people
from harbour.record.people.models import Person, Phone, Standing
from harbour.record.people.vocabulary import EVERY_FACET, Audience, Basis
from harbour.record.restrictions import actions, queries
from harbour.record.restrictions.models import Named, Restriction
from tests.builders import restrictions
from tests.builders.people import a_child
from tests.builders.restrictions import a_restriction, a_seal


def _sees(as_user, user, person_id):
    with as_user(user):
        return Person.objects.filter(pk=person_id).exists()


@pytest.fixture
def child(cast, as_user):
    with as_user(cast.front_door) as reader:
        return a_child(reader, cast.county)


def test_a_whole_restriction_leaves_only_the_named(cast, as_user, child):
    with as_user(cast.front_door) as reader:
        a_restriction(reader, child.pk, cast.detective)

    for member in (cast.front_door, cast.detective):
        assert _sees(as_user, member, child.pk)
    for member in (cast.team_manager, cast.coordinator, cast.analyst, cast.nurse):
        assert not _sees(as_user, member, child.pk)


def test_the_named_read_and_write_as_their_role_does(cast, as_user, child):
    with as_user(cast.front_door) as reader:
        a_restriction(reader, child.pk, cast.youth_worker)

    with as_user(cast.front_door) as reader:
        people_actions.add_phone(
            person_id=child.pk, number="07700 900123", by=reader, at=clock.now()
        )
    with as_user(cast.youth_worker) as reader:
        assert people.child(reader, child.pk).id == child.pk
        assert people.may_write(reader, child.pk, "missing")
        assert not people.may_write(reader, child.pk, "identity")


def test_who_restricts_without_naming_herself_is_shut_out(cast, as_user, child):
    with as_user(cast.front_door) as reader:
        a_restriction(reader, child.pk, owner_id=cast.team_manager.pk)

    assert not _sees(as_user, cast.front_door, child.pk)
    assert _sees(as_user, cast.team_manager, child.pk)
    with as_user(cast.front_door) as reader:
        assert queries.naming(reader) == []


def test_parts_are_closed_and_the_rest_stays_open(cast, as_user, child):
    with as_user(cast.front_door) as reader:
        people_actions.add_phone(
            person_id=child.pk, number="07700 900123", by=reader, at=clock.now()
        )
        a_restriction(reader, child.pk, facets=["contact", "placement"])

    with as_user(cast.team_manager) as reader:
        assert Person.objects.filter(pk=child.pk).exists()
        assert not Phone.objects.filter(person=child).exists()
        assert not people.may_read(reader, child.pk, "placement")
        assert people.may_read(reader, child.pk, "case")


def test_what_is_held_back_shows_to_the_named_and_as_given_to_others(cast, as_user, child):
    with as_user(cast.front_door) as reader:
        a_restriction(reader, child.pk, facets=["contact", "placement"])

        lines = people.standings_of(reader, child.pk)
        assert {each.held_back for each in lines} == {(), ("contact", "placement")}
        assert {each.basis for each in lines} == {"responsible", "named"}
    with as_user(cast.team_manager) as reader:
        lines = people.standings_of(reader, child.pk)
        assert [each.basis for each in lines] == ["responsible"]
        assert not any(each.held_back for each in lines)


def test_a_standing_given_later_opens_no_more_than_the_restriction_leaves(cast, as_user, child):
    with as_user(cast.front_door) as reader:
        a_restriction(reader, child.pk)
        people_actions.give_standing(
            person_id=child.pk,
            audience=Audience.AUTHORITY.of(cast.city.pk),
            basis=Basis.ASSOCIATED,
            facets=EVERY_FACET,
            by=reader,
            at=clock.now(),
        )
        people_actions.give_standing(
            person_id=child.pk,
            audience=Audience.USER.of(cast.nurse.pk),
            basis=Basis.ALLOCATED,
            facets=["identity", "case"],
            by=reader,
            at=clock.now(),
        )

    assert not _sees(as_user, cast.city_front_door, child.pk)
    assert not _sees(as_user, cast.nurse, child.pk)


def test_naming_and_un_naming_take_effect_at_once(cast, as_user, child):
    with as_user(cast.front_door) as reader:
        restriction = a_restriction(reader, child.pk)
        named = actions.name_another(
            restriction=restriction, user=cast.nurse, by=reader, at=clock.now()
        )
    assert _sees(as_user, cast.nurse, child.pk)

    with as_user(cast.front_door) as reader:
        actions.unname(
            named=queries.named(reader, named.pk),
            reason="She has moved to another ward.",
            by=reader,
            at=clock.now(),
        )
    assert not _sees(as_user, cast.nurse, child.pk)
    with as_user(cast.nurse):
        assert not Restriction.objects.exists()


def test_two_restrictions_close_together(cast, as_user, child):
    with as_user(cast.front_door) as reader:
        a_restriction(reader, child.pk, cast.nurse, facets=["case"])
        a_restriction(reader, child.pk, cast.detective, facets=["case", "missing"])

    with as_user(cast.nurse) as reader:
        assert not people.may_read(reader, child.pk, "case")
    with as_user(cast.front_door) as reader:
        assert people.may_read(reader, child.pk, "case")


def test_lifting_takes_two_of_the_named(cast, as_user, child):
    with as_user(cast.front_door) as reader:
        restriction = a_restriction(reader, child.pk, cast.detective)
        proposal = restrictions.lifted(reader, restriction)
        with pytest.raises(Refused, match="Somebody else decides"):
            restrictions.approved(reader, proposal)
    with as_user(cast.team_manager) as reader, pytest.raises(Missing):
        restrictions.approved(reader, proposal)
    with as_user(cast.detective) as reader:
        restrictions.approved(reader, proposal)

    assert _sees(as_user, cast.team_manager, child.pk)
    with as_user(cast.team_manager):
        county = Standing.objects.get(person=child, basis="responsible")
        assert county.facets == county.granted == list(EVERY_FACET)


def test_one_person_lifts_nothing_even_past_the_actions(cast, as_user, child):
    with as_user(cast.front_door) as reader:
        restriction = a_restriction(reader, child.pk)
        with pytest.raises(ProgrammingError, match="two people"), transaction.atomic():
            Restriction.objects.filter(pk=restriction.pk).update(
                lifted_at=clock.now(), lifted_by=cast.front_door
            )
        with pytest.raises(ProgrammingError), transaction.atomic():
            Standing.objects.filter(person=child).update(facets=list(EVERY_FACET))


def test_the_named_come_to_nothing_more_when_it_is_lifted(cast, as_user, child):
    with as_user(cast.front_door) as reader:
        restriction = a_restriction(reader, child.pk, cast.youth_worker, cast.team_manager)
        proposal = restrictions.lifted(reader, restriction)
    with as_user(cast.team_manager) as reader:
        restrictions.approved(reader, proposal)

    assert not _sees(as_user, cast.youth_worker, child.pk)
    assert _sees(as_user, cast.team_manager, child.pk)


def test_nobody_names_herself_in_what_she_does_not_see(cast, as_user, child):
    with as_user(cast.front_door) as reader:
        restriction = a_restriction(reader, child.pk)

    with as_user(cast.team_manager), pytest.raises(ProgrammingError), transaction.atomic():
        Named(
            restriction=restriction,
            user=cast.team_manager,
            recorded_at=clock.now(),
            recorded_by=cast.team_manager,
        ).save(force_insert=True)


def test_only_the_named_read_who_is_named(cast, as_user, child):
    with as_user(cast.front_door) as reader:
        a_restriction(reader, child.pk, cast.nurse)

    with as_user(cast.nurse):
        assert {each.user_id for each in Named.objects.all()} == {
            cast.nurse.pk,
            cast.front_door.pk,
        }
    for member in (cast.team_manager, cast.records_officer, cast.administrator):
        with as_user(member):
            assert not Named.objects.exists()
            assert not Restriction.objects.exists()


def test_the_owner_stays_named(cast, as_user, child):
    with as_user(cast.front_door) as reader:
        restriction = a_restriction(reader, child.pk)
        owner = queries.named_in(reader, restriction.pk)[0]
        with pytest.raises(Refused, match="owner"):
            actions.unname(
                named=queries.named(reader, owner.pk),
                reason="Long enough a reason.",
                by=reader,
                at=clock.now(),
            )


def test_a_sealed_number_is_there_for_the_named_alone(cast, as_user, child):
    with as_user(cast.front_door) as reader:
        at = clock.now()
        plain = people_actions.add_phone(
            person_id=child.pk, number="07700 900123", by=reader, at=at
        )
        sealed = people_actions.add_phone(
            person_id=child.pk, number="07700 900456", by=reader, at=at
        )
        a_seal(reader, sealed, cast.detective)

    with as_user(cast.team_manager):
        assert list(Phone.objects.filter(person=child)) == [plain]
        assert not Phone.objects.filter(number_key__contains="900456").exists()
    for member in (cast.front_door, cast.detective):
        with as_user(member):
            assert Phone.objects.filter(person=child).count() == 2


def test_a_seal_is_not_taken_off_by_hand(cast, as_user, child):
    with as_user(cast.front_door) as reader:
        phone = people_actions.add_phone(
            person_id=child.pk, number="07700 900456", by=reader, at=clock.now()
        )
        a_seal(reader, phone)
        with pytest.raises(Exception, match="seal stays"), transaction.atomic():
            Phone.objects.filter(pk=phone.pk).update(seal=None)
    with as_user(cast.team_manager):
        assert not Phone.objects.update(flag="")


def test_what_is_restricted_is_said_only_with_a_reason_and_a_review(cast, as_user, child):
    with as_user(cast.front_door) as reader:
        with pytest.raises(Refused, match="sentence"):
            a_restriction(reader, child.pk, reason="because")
        with pytest.raises(Refused, match="next year"):
            a_restriction(reader, child.pk, review_on=clock.london_date(clock.now()))
        with pytest.raises(Refused, match="whole record"):
            a_restriction(reader, child.pk, facets=["identity"])
        with pytest.raises(Refused, match="does not work"):
            a_restriction(reader, child.pk, cast.director)


def test_a_role_without_the_verb_restricts_nothing(cast, as_user, child):
    with as_user(cast.nurse) as reader, pytest.raises(Refused, match="role"):
        a_restriction(reader, child.pk)
    with as_user(cast.city_front_door) as reader, pytest.raises(Missing):
        a_restriction(reader, child.pk)


def test_the_application_cannot_ask_whom_it_does_not_see(cast, as_user):
    with (
        as_user(cast.front_door),
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT harbour_sec.hidden_people('identity')")
