"""What happens to a concern: received, linked, decided, answered, and who may see it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.foundation.kernel.versions import Conflict
from harbour.record.people import queries as people
from harbour.work.referrals import actions, policy, queries
from harbour.work.referrals.models import DescribedChild, Link, Referral, Unlink, Watch
from harbour.work.referrals.vocabulary import Channel, Decision, Status
from tests.builders.people import a_child
from tests.builders.referrals import a_concern, a_decision, a_link

type Acting = Callable[[User], AbstractContextManager[Reader]]
type Unbound = Callable[[], AbstractContextManager[None]]


def test_a_concern_starts_the_clock_on_the_day_it_came_in(
    cast: SimpleNamespace, as_user: Acting
) -> None:
    late_evening = datetime(2019, 4, 18, 22, 30, tzinfo=UTC)  # 23:30 in England, before Easter

    with as_user(cast.front_door) as reader:
        referral = a_concern(reader, cast.county, at=late_evening)

    assert referral.screening_due_on == date(2019, 4, 23)


def test_the_public_principal_writes_and_reads_nothing(
    cast: SimpleNamespace, as_user: Acting, unbound: Unbound
) -> None:
    with as_user(cast.public_intake) as intake:
        sent = a_concern(intake, cast.county, channel=Channel.PUBLIC_FORM)
        assert not Referral.objects.exists()
        assert not DescribedChild.objects.exists()
        with pytest.raises(Missing):
            queries.referral(intake, sent.pk, at=clock.now())

    with unbound():
        stored = Referral.objects.get(pk=sent.pk)
        assert stored.sent_by_id is None
        assert DescribedChild.objects.filter(referral=sent).count() == 1
        entry = Entry.objects.get(event="referrals.received", about_id=sent.pk)
        assert entry.actor_id == cast.public_intake.pk


def test_only_the_front_door_of_the_authority_reads_a_concern(
    cast: SimpleNamespace, as_user: Acting
) -> None:
    with as_user(cast.public_intake) as intake:
        sent = a_concern(intake, cast.county, channel=Channel.PUBLIC_FORM)

    with as_user(cast.front_door) as reader:
        assert queries.referral(reader, sent.pk, at=clock.now()) == sent
    for stranger in (cast.city_front_door, cast.neighbour, cast.director, cast.school_lead):
        with as_user(stranger) as reader, pytest.raises(Missing):
            queries.referral(reader, sent.pk, at=clock.now())


def test_whoever_sent_a_concern_follows_it_and_reads_no_decision(
    cast: SimpleNamespace, as_user: Acting
) -> None:
    with as_user(cast.school_lead) as reader:
        sent = a_concern(reader, cast.county)
        with pytest.raises(Missing):
            queries.referral(reader, sent.pk, at=clock.now())
        lines = queries.sent_lines(queries.sent_by(reader))

    assert [each.reference for each in lines] == [sent.reference]


def test_nobody_adds_a_child_to_a_concern_that_somebody_else_sent(
    cast: SimpleNamespace, as_user: Acting
) -> None:

    with as_user(cast.front_door) as reader:
        sent = a_concern(reader, cast.county)

    with as_user(cast.school_lead) as reader:
        added = DescribedChild(
            referral_id=sent.pk, recorded_at=clock.now(), recorded_by_id=reader.user_id
        )
        with pytest.raises(ProgrammingError), transaction.atomic():
            added.save(force_insert=True)


def test_nobody_links_a_child_they_do_not_see_or_without_screening(
    cast: SimpleNamespace, as_user: Acting
) -> None:
    with as_user(cast.city_front_door) as reader:
        child = a_child(reader, cast.city)
    with as_user(cast.coordinator) as reader, pytest.raises(Refused):
        a_link(reader, a_concern(reader, cast.county), child.pk)
    with as_user(cast.front_door) as reader:
        sent = a_concern(reader, cast.county)
        with pytest.raises(Missing):
            a_link(reader, sent, child.pk)


def test_a_link_by_somebody_who_sees_both_opens_and_unlinking_closes(
    cast: SimpleNamespace, as_user: Acting, screener_of_both: User
) -> None:
    with as_user(cast.city_front_door) as reader:
        child = a_child(reader, cast.city)
    with as_user(screener_of_both) as reader:
        sent = a_concern(reader, cast.county)
        made = a_link(reader, sent, child.pk)
    with as_user(cast.front_door) as reader:
        assert people.person(reader, child.pk) == child
    with as_user(cast.city_front_door) as reader:
        assert queries.referral(reader, sent.pk, at=clock.now()) == sent

    with as_user(screener_of_both) as reader:
        actions.unlink(made=made, reason="Another Amara", by=reader, at=clock.now())

    with as_user(cast.front_door) as reader, pytest.raises(Missing):
        people.person(reader, child.pk)
    with as_user(cast.city_front_door) as reader, pytest.raises(Missing):
        queries.referral(reader, sent.pk, at=clock.now())


def test_linking_twice_is_linking_once_and_unlinking_leaves_both_facts(
    cast: SimpleNamespace, as_user: Acting
) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)
        sent = a_concern(reader, cast.county)
        made = a_link(reader, sent, child.pk)
        assert a_link(reader, sent, child.pk) == made

        actions.unlink(made=made, reason="Her cousin", by=reader, at=clock.now())
        again = a_link(reader, sent, child.pk)

        assert (again.turn, Link.objects.count(), Unlink.objects.count()) == (2, 2, 1)
        assert queries.linked_people(sent.pk) == [child.pk]


def test_the_daily_meeting_needs_a_child(cast: SimpleNamespace, as_user: Acting) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)
        sent = a_concern(reader, cast.county)
        with pytest.raises(Refused, match="Link at least one child"):
            a_decision(reader, sent, Decision.DAILY_MEETING)

        a_link(reader, sent, child.pk)
        a_decision(reader, sent, Decision.DAILY_MEETING)

        moment = sent.decided_at
        assert moment is not None
        after = clock.now()
        [line] = queries.sent_to_daily_meeting(cast.county.pk, moment, after)
        assert line.person_ids == (child.pk,)
        assert queries.sent_to_daily_meeting(cast.county.pk, after, after) == []


def test_a_decision_is_made_once_with_a_reason(cast: SimpleNamespace, as_user: Acting) -> None:
    with as_user(cast.front_door) as reader:
        sent = a_concern(reader, cast.county)
        with pytest.raises(Refused, match="Say why"):
            policy.check_decision_has_grounds(decision=Decision.ADVICE, reason=" ", linked=0)
        stale = Referral.objects.get(pk=sent.pk)
        a_decision(reader, sent, Decision.ADVICE)

        with pytest.raises(Refused, match="already screened"):
            a_decision(reader, sent, Decision.EARLY_HELP)
        with pytest.raises(Conflict):
            a_decision(reader, stale, Decision.EARLY_HELP)

        assert Referral.objects.get(pk=sent.pk).decision == Decision.ADVICE


def test_another_authoritys_front_door_does_not_decide(
    cast: SimpleNamespace, as_user: Acting
) -> None:
    with as_user(cast.front_door) as reader:
        sent = a_concern(reader, cast.county)

    with as_user(cast.city_front_door) as reader, pytest.raises(Refused, match="front door"):
        policy.check_can_decide(reader, sent)
    with as_user(cast.detective) as reader, pytest.raises(Refused, match="Your role"):
        policy.check_can_decide(reader, sent)


def test_the_referrer_is_told_once_after_the_decision(
    cast: SimpleNamespace, as_user: Acting
) -> None:
    with as_user(cast.front_door) as reader:
        sent = a_concern(reader, cast.county)
        with pytest.raises(Refused, match="Decide first"):
            policy.check_can_answer(reader, sent)
        a_decision(reader, sent, Decision.ADVICE)

        actions.record_feedback(
            referral=sent, seen_version=sent.version, text="Thank you.", by=reader, at=clock.now()
        )

        with pytest.raises(Refused, match="already told"):
            policy.check_can_answer(reader, sent)


def test_a_child_registered_from_a_concern_is_linked_to_it(
    cast: SimpleNamespace, as_user: Acting
) -> None:
    with as_user(cast.front_door) as reader:
        sent = a_concern(reader, cast.county)
        [described] = queries.described_children(sent.pk)

        made = actions.register_and_link(
            referral=sent,
            described=described,
            child={
                "given": "Amara",
                "family": "Quill",
                "born_on": None,
                "born_precision": "unknown",
                "sex": "F",
                "responsible": cast.county,
            },
            by=reader,
            at=clock.now(),
        )

        [line] = queries.of_child(reader, made.person_id)
        assert line.reference == sent.reference
        assert line.status == Status.NEW


def test_stopping_a_watch_needs_a_watch(cast: SimpleNamespace, as_user: Acting) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)
        sent = a_concern(reader, cast.county)
        a_link(reader, sent, child.pk)
        a_decision(reader, sent)
        assert queries.is_watched(sent.pk)

        actions.stop_watching(referral=sent, reason="Moved away", by=reader, at=clock.now())

        assert not Watch.objects.filter(ends_at=None).exists()
        with pytest.raises(Refused, match="not in watch"):
            actions.stop_watching(referral=sent, reason="Again", by=reader, at=clock.now())


def test_a_concern_of_another_authoritys_child_is_passed_on_and_gone(
    cast: SimpleNamespace, as_user: Acting
) -> None:
    with as_user(cast.public_intake) as intake:
        sent = a_concern(intake, cast.county, channel=Channel.PUBLIC_FORM)
    with as_user(cast.front_door) as reader:
        actions.pass_on(
            referral=sent,
            seen_version=1,
            authority=cast.city,
            reason="The school is in the city",
            by=reader,
            at=clock.now(),
        )
        assert not Referral.objects.exists()

    with as_user(cast.city_front_door) as reader:
        found = queries.referral(reader, sent.pk, at=clock.now())
        assert (found.authority, found.screening_due_on) == (cast.city, sent.screening_due_on)


def test_a_concern_that_is_linked_or_decided_is_not_passed_on(
    cast: SimpleNamespace, as_user: Acting
) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)
        sent = a_concern(reader, cast.county)
        a_link(reader, sent, child.pk)
        with pytest.raises(Refused, match="Take the link away"):
            policy.check_can_pass_on(reader, sent, linked=1)
        a_decision(reader, sent, Decision.ADVICE)

        with pytest.raises(Refused, match="already screened"):
            policy.check_can_pass_on(reader, sent, linked=0)


def test_the_database_itself_lets_nobody_else_pass_a_concern_on(
    cast: SimpleNamespace, as_user: Acting
) -> None:
    with as_user(cast.front_door) as reader:
        sent = a_concern(reader, cast.county)

    for key in ("city_front_door", "public_intake", "analyst"):
        with as_user(getattr(cast, key)), connection.cursor() as cursor:
            cursor.execute("SELECT harbour_sec.pass_referral(%s, %s, 1)", [sent.pk, cast.city.pk])
            assert cursor.fetchone() == (False,)
