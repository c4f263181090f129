"""Emergency access: who, when, whom, for how long, who is told, and what blocks the next."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django.fixtures import Settings

from harbour.demo.partnership import user_id
from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.hub.home.queries import tasks
from harbour.hub.home.vocabulary import TaskKind
from harbour.record.emergency import actions, queries
from harbour.record.emergency.actions import Sought
from harbour.record.emergency.models import Attempt, BankHoliday, BreakGlass, Review
from harbour.record.emergency.vocabulary import Verdict
from harbour.record.people import queries as people
from harbour.record.people.models import Person, Standing
from harbour.record.people.vocabulary import EVERY_FACET
from harbour.record.sharing import actions as sharing
from tests.builders.emergency import REASON, as_the_database, offices_shut
from tests.builders.people import a_child

AsUser = Callable[[User], AbstractContextManager[Reader]]
BORN = date(2009, 3, 14)
EXACTLY = Sought(given="Amara", family="Quill", born_on=BORN)


@pytest.fixture
def child(cast: SimpleNamespace, as_user: AsUser) -> Person:
    """Give a city child, whom the county's out-of-hours worker does not see."""
    offices_shut()
    with as_user(cast.city_front_door) as reader:
        return a_child(reader, cast.city)


def look(by: Reader, sought: Sought = EXACTLY, reason: str = REASON) -> Attempt:
    return actions.look(sought=sought, reason=reason, by=by, at=clock.now())


def broken(by: Reader) -> BreakGlass:
    return actions.break_glass(attempt=look(by), by=by, at=clock.now())


def over(row: BreakGlass) -> None:
    """Let the hour pass."""
    began = clock.now() - timedelta(hours=2)
    with as_the_database():
        BreakGlass.objects.filter(pk=row.pk).update(
            recorded_at=began, ends_at=began + timedelta(minutes=60)
        )
        Standing.objects.filter(because_id=row.pk).update(
            starts_at=began, ends_at=began + timedelta(minutes=60)
        )


def reviewed(by: Reader, row: BreakGlass, verdict: Verdict = Verdict.JUSTIFIED) -> Review:
    fresh = queries.one(by, row.pk)
    return actions.review(
        break_glass=fresh,
        verdict=verdict,
        note="The police confirm it.",
        by=by,
        at=clock.now(),
    )


def test_glass_opens_every_part_to_one_person_for_an_hour(
    cast: SimpleNamespace, as_user: AsUser, child: Person
) -> None:
    with as_user(cast.out_of_hours) as reader:
        with pytest.raises(Missing):
            people.child(reader, child.pk)
        row = broken(reader)

        assert people.child(reader, child.pk).name == "Amara Quill"
        assert all(people.may_read(reader, child.pk, facet) for facet in EVERY_FACET)
        assert people.may_write(reader, child.pk, "missing")
        assert people.why(reader, child.pk) == "emergency"
    assert row.ends_at == row.recorded_at + timedelta(minutes=60)
    with as_user(cast.coordinator) as other:
        [standing] = [
            each for each in people.standings_of(other, child.pk) if each.because_id == row.pk
        ]
    assert (standing.audience, standing.basis) == (f"user:{cast.out_of_hours.pk}", "emergency")
    over(row)
    with as_user(cast.out_of_hours) as reader, pytest.raises(Missing):
        people.child(reader, child.pk)


def test_the_leads_are_told_in_the_same_transaction(
    cast: SimpleNamespace, as_user: AsUser, child: Person
) -> None:
    with as_user(cast.out_of_hours) as reader:
        row = broken(reader)

    assert row.told_at - row.recorded_at <= timedelta(seconds=60)
    assert row.leads
    assert row.recorded_at < row.review_due_at <= row.recorded_at + timedelta(days=5)
    for lead in User.objects.filter(pk__in=row.leads):
        with as_user(lead) as reader:
            found = [each for each in tasks(reader, at=clock.now()) if each.source_id == row.pk]
        assert [each.kind for each in found] == [TaskKind.GLASS_BROKEN]
        assert found[0].due == row.review_due_at
    assert user_id("out_of_hours") not in row.leads


def test_every_attempt_is_kept_and_five_an_hour_are_the_most(
    cast: SimpleNamespace, as_user: AsUser, child: Person
) -> None:
    del child
    with as_user(cast.out_of_hours) as reader:
        for _ in range(5):
            look(reader, Sought(given="No", family="Body", born_on=BORN))
        with pytest.raises(Refused, match="5 times within the hour"):
            look(reader)
        with pytest.raises(DatabaseError, match="too many attempts"), transaction.atomic():
            raw_look("Quill", "Amara", BORN)
        kept = Entry.objects.filter(event="emergency.looked")

        assert [each.results for each in kept] == [0] * 5
        assert [each.reason for each in kept] == [REASON] * 5


def raw_look(family: str, given: str, born: date | None, reason: str = REASON) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT harbour_sec.emergency_look(%s, %s, %s, %s, %s::date, '')",
            [uuid4(), reason, family.lower(), given.lower(), born],
        )
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize(
    "sought",
    [
        Sought(given="Amara", family="Quil", born_on=BORN),
        Sought(given="Amara", family="Quill", born_on=date(2009, 3, 15)),
        Sought(given="Amara", family="Quill"),
        Sought(family="Quill", born_on=BORN),
        Sought(number="999 000 0001"),
    ],
)
def test_only_the_exact_child_is_found(
    cast: SimpleNamespace, as_user: AsUser, child: Person, sought: Sought
) -> None:
    del child
    with as_user(cast.out_of_hours) as reader:
        assert look(reader, sought).outcome == "not_found"


def test_two_children_who_answer_alike_are_not_found(
    cast: SimpleNamespace, as_user: AsUser, child: Person
) -> None:
    del child
    with as_user(cast.city_front_door) as reader:
        a_child(reader, cast.city)

    with as_user(cast.out_of_hours) as reader:
        assert look(reader).outcome == "not_found"


def test_a_child_whom_one_sees_needs_no_glass(
    cast: SimpleNamespace, as_user: AsUser, child: Person
) -> None:
    del child
    with as_user(cast.coordinator) as reader:
        found = look(reader)
        with pytest.raises(Refused, match="Look again"):
            actions.break_glass(attempt=found, by=reader, at=clock.now())

    assert (found.outcome, found.person_id) == ("open", None)


def test_an_unreviewed_one_blocks_the_next_and_a_review_frees_it(
    cast: SimpleNamespace, as_user: AsUser, child: Person
) -> None:
    with as_user(cast.city_front_door) as reader:
        a_child(reader, cast.city, given="Bo", family="Reed")
    with as_user(cast.out_of_hours) as reader:
        row = broken(reader)
        with pytest.raises(Refused, match="has not been reviewed"):
            look(reader, Sought(given="Bo", family="Reed", born_on=BORN))
    over(row)
    with as_user(cast.out_of_hours) as reader:
        with pytest.raises(Refused, match="Ring "):
            look(reader, Sought(given="Bo", family="Reed", born_on=BORN))
        with pytest.raises(DatabaseError, match="unreviewed"), transaction.atomic():
            raw_look("Reed", "Bo", BORN)
    with as_user(User.objects.get(pk=row.leads[0])) as lead:
        reviewed(lead, row)
    with as_user(cast.out_of_hours) as reader:
        assert look(reader, Sought(given="Bo", family="Reed", born_on=BORN)).outcome == "found"


def test_nobody_reviews_her_own_or_one_still_open(
    cast: SimpleNamespace, as_user: AsUser, child: Person
) -> None:
    del child
    with as_user(cast.out_of_hours) as reader:
        row = broken(reader)
        with pytest.raises(Refused):
            reviewed(reader, row)
    lead = User.objects.get(pk=row.leads[0])
    with as_user(lead) as reader:
        with pytest.raises(Refused, match="Review it when it is over"):
            reviewed(reader, row)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            raw_review(row, reader).save(force_insert=True)
    over(row)
    for user in (cast.out_of_hours, cast.analyst):
        with (
            as_user(user) as reader,
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
        ):
            raw_review(row, reader).save(force_insert=True)


def raw_review(row: BreakGlass, by: Reader) -> Review:
    return Review(
        break_glass=row,
        verdict=Verdict.JUSTIFIED,
        note="Fine.",
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )


def test_the_review_shows_every_look_made_under_it(
    cast: SimpleNamespace, as_user: AsUser, child: Person
) -> None:
    with as_user(cast.out_of_hours) as reader:
        row = broken(reader)
        people.child(reader, child.pk, groups=("identity", "case"))
        assert queries.looks_under(reader, row.pk) == []

    with as_user(User.objects.get(pk=row.leads[0])) as lead:
        seen = [each.event for each in queries.looks_under(lead, row.pk)]
    with as_user(cast.analyst) as analyst:
        assert queries.looks_under(analyst, row.pk) == []

    assert "people.child_seen" in seen
    assert "emergency.opened" in seen


def test_it_is_ended_early_by_who_broke_it_and_by_nobody_else(
    cast: SimpleNamespace, as_user: AsUser, child: Person
) -> None:
    with as_user(cast.out_of_hours) as reader:
        row = broken(reader)
    with as_user(cast.coordinator) as other, pytest.raises(Refused):
        actions.end(break_glass=row, by=other, at=clock.now())
    with as_user(cast.out_of_hours) as reader:
        actions.end(break_glass=row, by=reader, at=clock.now())
        with pytest.raises(Missing):
            people.child(reader, child.pk)
        with pytest.raises(Refused, match="over already"):
            actions.end(break_glass=row, by=reader, at=clock.now())


@pytest.mark.parametrize("key", ["front_door", "nurse", "school_lead", "administrator"])
def test_other_roles_break_no_glass(
    cast: SimpleNamespace, as_user: AsUser, child: Person, key: str
) -> None:
    del child
    with as_user(getattr(cast, key)) as reader:
        with pytest.raises(Refused):
            look(reader)
        with pytest.raises(DatabaseError, match="right"), transaction.atomic():
            raw_look("Quill", "Amara", BORN)


def test_a_short_reason_is_refused_here_and_there(
    cast: SimpleNamespace, as_user: AsUser, child: Person
) -> None:
    del child
    with as_user(cast.out_of_hours) as reader:
        with pytest.raises(Refused, match="at least 20 letters"):
            look(reader, reason="It is urgent")
        with pytest.raises(DatabaseError, match="reason"), transaction.atomic():
            raw_look("Quill", "Amara", BORN, reason="It is urgent")


def test_what_was_found_opens_once_for_its_finder_and_soon(
    cast: SimpleNamespace, as_user: AsUser, child: Person
) -> None:
    del child
    with as_user(cast.out_of_hours) as reader:
        found = look(reader)
    with as_user(cast.detective) as other:
        with pytest.raises(Missing):
            queries.attempt(other, found.pk)
        assert opened(found) is None
    with as_the_database():
        Attempt.objects.filter(pk=found.pk).update(recorded_at=clock.now() - timedelta(minutes=11))
    with as_user(cast.out_of_hours) as reader:
        assert opened(found) is None
        with pytest.raises(Refused, match="too long ago"):
            actions.break_glass(
                attempt=queries.attempt(reader, found.pk), by=reader, at=clock.now()
            )


def opened(found: Attempt) -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.break_glass(%s, %s)", [found.pk, uuid4()])
        return cursor.fetchone()[0]


def test_no_statement_of_the_application_opens_or_lengthens_it(
    cast: SimpleNamespace, as_user: AsUser, child: Person
) -> None:
    with as_user(cast.out_of_hours) as reader:
        row = broken(reader)
        later = clock.now() + timedelta(hours=5)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            BreakGlass.objects.filter(pk=row.pk).update(ends_at=later)
        forged = Standing(
            person=child,
            audience=f"user:{reader.user_id}",
            basis="emergency",
            facets=["case"],
            starts_at=clock.now(),
            ends_at=later,
            because_id=row.pk,
            recorded_at=clock.now(),
            recorded_by_id=reader.user_id,
        )
        for basis, audience in (("emergency", "user"), ("allocated", "user"), ("named", "user")):
            forged.pk, forged.basis = uuid4(), basis
            forged.audience = f"{audience}:{reader.user_id}"
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                forged.save(force_insert=True)
        with pytest.raises(Refused, match="by emergency access"):
            sharing.share(
                person_id=child.pk,
                agency=cast.police,
                facets=["case"],
                purpose="safeguard",
                gateway="ca2004_s10",
                reason="They ask who she is with.",
                by=reader,
                at=clock.now(),
            )


def test_in_office_hours_there_is_none(cast: SimpleNamespace, as_user: AsUser) -> None:
    monday_noon = clock.now().replace(year=2026, month=11, day=23, hour=12)
    with as_user(cast.out_of_hours) as reader, pytest.raises(Refused, match="offices are open"):
        actions.look(sought=EXACTLY, reason=REASON, by=reader, at=monday_noon)


def test_e_mail_names_nobody(
    cast: SimpleNamespace,
    as_user: AsUser,
    child: Person,
    settings: Settings,
    mailoutbox: list[Any],
) -> None:
    from harbour.record.emergency import tasks as jobs  # noqa: PLC0415 - the queue needs loaded apps

    del child, settings
    with as_user(cast.out_of_hours) as reader:
        row = broken(reader)
    jobs.write_to_leads([str(each) for each in row.leads])

    assert len(mailoutbox) == len(row.leads)
    for each in mailoutbox:
        assert "Amara" not in each.body
        assert "Quill" not in each.body + each.subject
        assert str(row.person_id) not in each.body


def test_a_share_gives_who_holds_it_no_reason_to_wait(
    cast: SimpleNamespace, as_user: AsUser, child: Person
) -> None:
    with as_user(cast.city_front_door) as reader:
        sharing.share(
            person_id=child.pk,
            agency=cast.county,
            facets=["missing"],
            purpose="missing",
            gateway="ca2004_s10",
            reason="The county's night service takes the calls.",
            by=reader,
            at=clock.now(),
        )

    with as_user(cast.out_of_hours) as reader:
        row = broken(reader)
        assert people.may_read(reader, row.person_id, "case")


def test_the_days_of_the_database_are_those_of_the_rule(db: None) -> None:
    del db
    days = set(BankHoliday.objects.values_list("day", flat=True))

    assert date(2026, 12, 25) in days
    assert date(2026, 12, 26) not in days
    assert date(2026, 12, 28) in days
