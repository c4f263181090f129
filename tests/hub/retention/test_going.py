"""A record goes when its time is over and two people agree, whole, and nothing else goes."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.urls import reverse
from pytest_django.fixtures import Settings

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.approvals import actions as approvals
from harbour.foundation.approvals.models import Proposal
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.hub.meetings.models import Item, Meeting
from harbour.hub.retention import actions, queries, rules, tasks
from harbour.hub.retention.models import Due, Hold, Rule, Tombstone
from harbour.hub.retention.vocabulary import Deed, Scope
from harbour.record.attachments.models import Content
from harbour.record.people import actions as people
from harbour.record.people.models import CareStatus, Person, PersonRole
from harbour.work.cases.models import StageEntry
from harbour.work.referrals.models import Referral
from harbour.work.referrals.vocabulary import Decision
from tests.builders import meetings, providers, referrals
from tests.builders.attachments import a_document
from tests.builders.people import a_child
from tests.builders.retention import a_hold
from tests.conftest import role
from tests.journeys import walk

AsUser = Callable[[User], AbstractContextManager[Reader]]
Unbound = Callable[[], AbstractContextManager[None]]
REASON = "The schedule has run out and nobody needs it."
OLD: dict[str, Any] = {"born_on": date(1990, 3, 14)}


@pytest.fixture(autouse=True)
def file_keys(settings: Settings) -> None:
    settings.HARBOUR_FILE_KEY = b"\x07" * 32
    settings.HARBOUR_CLAMD = ""
    settings.HARBOUR_DEMO = True


@pytest.fixture
def child(cast: SimpleNamespace, as_user: AsUser) -> Person:
    """Register a child whose twenty-five years are over."""
    with as_user(cast.front_door) as by:
        return a_child(by, cast.county, given="Isolde", family="Vantongeren", **OLD)


def proposed(by: Reader, child: Person, deed: Deed = Deed.DISPOSE, **more: Any) -> Proposal:
    return actions.propose(
        deed=deed, person_id=child.pk, reason=REASON, by=by, at=clock.now(), **more
    )


def approved(by: Reader, proposal: Proposal) -> None:
    approvals.approve(proposal=proposal, by=by, at=clock.now())


def gone(cast: SimpleNamespace, as_user: AsUser, child: Person, deed: Deed = Deed.DISPOSE) -> None:
    with as_user(cast.records_officer) as by:
        proposal = proposed(by, child, deed)
    with as_user(cast.team_manager) as by:
        approved(by, proposal)


def test_the_nightly_look_finds_what_is_due_once(cast, as_user, child):
    with as_user(cast.front_door) as by:
        a_child(by, cast.county, given="Young", born_on=date(2012, 1, 1))
    tasks.find_due()
    tasks.find_due()

    with as_user(cast.records_officer) as reader:
        assert [(each.person_id, each.rule_id) for each in queries.due(reader)] == [
            (child.pk, "child")
        ]
    with as_user(cast.detective):
        assert not Due.objects.exists()


def test_a_hold_strikes_a_record_from_what_is_due(cast, as_user, child):
    tasks.find_due()
    with as_user(cast.records_officer) as by:
        a_hold(by, child.pk)
    tasks.find_due()

    with as_user(cast.records_officer) as reader:
        assert not queries.due(reader).exists()


@pytest.mark.parametrize("scope", [Scope.RULE, Scope.PARTNERSHIP, Scope.PERSON])
def test_no_record_goes_under_a_hold(cast, as_user, child, scope):
    with as_user(cast.records_officer) as by:
        proposal = proposed(by, child)
        covered = actions.Covered(
            scope=scope,
            person_id=child.pk if scope is Scope.PERSON else None,
            rule="child" if scope is Scope.RULE else None,
        )
        actions.place_hold(covered=covered, reason="An inquiry has begun.", by=by, at=clock.now())

    with as_user(cast.team_manager) as by, pytest.raises(Refused, match="legal hold"):
        approved(by, proposal)
    with as_user(cast.team_manager):
        assert Person.objects.filter(pk=child.pk).exists()
        assert not Tombstone.objects.exists()


def test_a_hold_is_lifted_by_two(cast, as_user, child):
    with as_user(cast.records_officer) as by:
        hold = a_hold(by, child.pk)
        proposal = actions.propose_lift(hold=hold, reason=REASON, by=by, at=clock.now())
        with pytest.raises(Refused, match="Somebody else decides"):
            approved(by, proposal)
        assert not Hold.objects.filter(pk=hold.pk).update(
            lifted_at=clock.now(), lifted_by_id=by.user_id
        )
    with as_user(cast.team_manager) as by:
        approved(by, proposal)
        assert not queries.ends(by, child.pk, on=date(2026, 1, 1)).held


def test_a_record_does_not_go_before_its_time(cast, as_user):
    with as_user(cast.front_door) as by:
        young = a_child(by, cast.county)

    with as_user(cast.records_officer) as by, pytest.raises(Refused, match="not over"):
        proposed(by, young)


def test_who_may_not_keep_the_schedule_proposes_nothing(cast, as_user, child):
    with as_user(cast.detective) as by, pytest.raises(Refused):
        proposed(by, child)


def test_one_person_alone_disposes_of_nothing(cast, as_user, child):
    with as_user(cast.records_officer) as by:
        proposal = proposed(by, child)
        with pytest.raises(Refused, match="Somebody else decides"):
            approved(by, proposal)
        for code in ("retention.dispose", "erasure"):
            with (
                pytest.raises(DatabaseError, match="two people"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute("SELECT harbour_sec.dispose(%s, %s)", [child.pk, code])


def test_an_approval_of_one_record_opens_no_other(cast, as_user, child):
    with as_user(cast.front_door) as by:
        other = a_child(by, cast.county, **OLD)
    with as_user(cast.records_officer) as by:
        proposal = proposed(by, child)
    with as_user(cast.team_manager) as by:
        approved(by, proposal)
        with (
            pytest.raises(DatabaseError, match="two people"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT harbour_sec.dispose(%s, %s)", [other.pk, "retention.dispose"])


def test_two_people_keep_a_record_longer(cast, as_user, child):
    with as_user(cast.records_officer) as by:
        proposal = proposed(by, child, Deed.KEEP, keep_until=date(2040, 1, 1))
    with as_user(cast.team_manager) as by:
        approved(by, proposal)
        assert queries.ends(by, child.pk, on=date(2026, 1, 1)).due_on == date(2040, 1, 1)
        with pytest.raises(Refused, match="not over"):
            proposed(by, child)


def test_a_tombstone_says_that_and_why_and_nothing_else(cast, as_user, child):
    gone(cast, as_user, child)

    with as_user(cast.records_officer) as reader:
        stone = queries.tombstones(reader).get()
        assert (stone.person_ref, stone.rule, stone.deed) == (child.pk, "child", Deed.DISPOSE)
        assert (stone.proposed_by, stone.disposed_by) == (cast.records_officer, cast.team_manager)
        assert stone.rows["people_person"] == 1
    with as_user(cast.detective):
        assert not Tombstone.objects.exists()


def test_the_ledger_stays_and_says_who_erased(cast, as_user, unbound, child):
    with unbound():
        before = set(Entry.objects.filter(subjects__contains=[child.pk]).values_list("pk"))
    gone(cast, as_user, child, Deed.ERASE)

    with unbound():
        after = Entry.objects.filter(subjects__contains=[child.pk])
        assert before <= set(after.values_list("pk"))
        assert after.get(event="retention.erased").actor_id == cast.team_manager.pk


def test_a_concern_about_two_children_stays_with_the_other(cast, as_user, unbound):
    with as_user(cast.front_door) as by:
        one, two = (a_child(by, cast.county, **OLD) for _ in range(2))
        shared, alone = referrals.a_concern(by, cast.county), referrals.a_concern(by, cast.county)
        referrals.a_link(by, shared, one.pk)
        referrals.a_link(by, shared, two.pk)
        referrals.a_link(by, alone, one.pk)
    gone(cast, as_user, one)

    with unbound():
        assert Referral.objects.filter(pk=shared.pk).exists()
        assert not Referral.objects.filter(pk=alone.pk).exists()
        assert Tombstone.objects.get().kept_with_others == 1


def test_who_was_on_record_for_one_child_alone_goes_with_the_child(cast, as_user, unbound, child):
    with as_user(cast.front_door) as by:
        sibling = a_child(by, cast.county)
        mother, teacher = (a_child(by, cast.county, family="Vane") for _ in range(2))
        for tied, to in ((mother, child), (teacher, child), (teacher, sibling)):
            people.add_relation(
                person_id=to.pk, other_id=tied.pk, kind="other", by=by, at=clock.now()
            )
    with unbound():
        PersonRole.objects.filter(person__in=[mother, teacher]).update(role="carer")
    gone(cast, as_user, child)

    with unbound():
        left = set(Person.objects.values_list("pk", flat=True))
    assert {sibling.pk, teacher.pk} <= left
    assert not {child.pk, mother.pk} & left


def test_bytes_of_a_removed_document_go_after_a_month(cast, as_user, unbound, child):
    from harbour.record.attachments import actions as attachments  # noqa: PLC0415 - one use

    with as_user(cast.front_door) as by:
        removed, kept = a_document(by, child.pk), a_document(by, child.pk)
        long_ago = clock.now() - timedelta(days=31)
        attachments.remove(attachment=removed, reason="Wrong child's record.", by=by, at=long_ago)

    assert tasks.purge() == 1
    with unbound():
        assert [each.attachment_id for each in Content.objects.all()] == [kept.pk]


# Nothing is left of what went (P4)

CANARY = "Canarywort"


@contextmanager
def words_let_go() -> Iterator[None]:
    """Let what a child said be overwritten for a moment: else not even the tables' owner may."""
    with role("harbour_owner"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE missing_returninterview DISABLE TRIGGER missing_keep_words")
    yield
    with role("harbour_owner"), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE missing_returninterview ENABLE TRIGGER missing_keep_words")


def planted(unbound: Unbound, ids: dict[str, Any]) -> int:
    """Put a canary into every free text of every row that belongs to the child; count them."""
    count = 0
    with words_let_go(), unbound():
        for model in apps.get_models():
            rows = list(_rows_of(model, ids))
            for field in model._meta.local_concrete_fields if rows else ():
                for row in rows:
                    value = _canary(field, count)
                    if value is None:
                        break
                    # Some columns stay empty until a row is closed: its other columns tell of it.
                    with suppress(IntegrityError), transaction.atomic():
                        model._base_manager.filter(pk=row.pk).update(**{field.name: value})
                        count += 1
    return count


def _rows_of(model: type[models.Model], ids: dict[str, Any]) -> Iterator[models.Model]:
    names = {each.name for each in model._meta.local_concrete_fields}
    if model._meta.app_label in {"audit", "approvals", "retention"}:
        return
    if model is Person:
        yield Person.objects.get(pk=ids["person_id"])
    elif "person" in names:
        yield from model._base_manager.filter(person=ids["person_id"])
    elif "referral" in names or model is Referral:
        key = "pk" if model is Referral else "referral"
        yield from model._base_manager.filter(**{key: ids["referral_id"]})
    elif "link" in names:
        yield from model._base_manager.filter(link__person=ids["person_id"])


def _canary(field: "models.Field[Any, Any]", number: int) -> object:
    if field.primary_key or field.choices or field.unique:
        return None
    if isinstance(field, ArrayField) and isinstance(field.base_field, models.TextField):
        return [f"{CANARY}{number}"] if field.name not in {"facets", "granted"} else None
    if isinstance(field, models.JSONField):
        return {"said": f"{CANARY}{number}"}
    if isinstance(field, models.TextField) and field.name not in {"audience", "facet", "kind"}:
        return f"{CANARY} {number}"
    return None


def found_anywhere(unbound: Unbound, words: str) -> dict[str, int]:
    """Search every row of every table for some words; return the tables that have them."""
    found = {}
    with unbound(), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            if table.startswith(("procrastinate_", "django_session", "harbour_cache")):
                continue
            # The name comes from the catalog.
            statement = f"SELECT count(*) FROM {table} t WHERE t::text ILIKE %s"  # noqa: S608
            cursor.execute(statement, [f"%{words}%"])
            if number := cursor.fetchone()[0]:
                found[table] = number
    return found


def test_after_erasure_nothing_of_the_child_is_left_in_the_database(cast, as_user, unbound):
    with as_user(cast.team_manager) as by:
        home = providers.a_home(by, cast.home_agency, cast.county)
    worker = walk.all_round_worker("retention.walker", "Wren Castell", cast.county)
    helpers = SimpleNamespace(home=home, worker=cast.youth_worker, shared_with=cast.school)
    with as_user(worker) as by:
        ids = walk.record_of(by, cast.county, helpers, family="Vantongeren")
        other = a_child(by, cast.county, given="Ola", family="Bystander")
    with unbound():
        Hold.objects.all().delete()
        number = planted(unbound, ids)
    assert number > 100
    assert len(found_anywhere(unbound, CANARY)) >= 25

    with as_user(worker) as by:
        proposal = proposed(by, Person(pk=ids["person_id"]), Deed.ERASE)
    with as_user(cast.team_manager) as by:
        approved(by, proposal)

    assert found_anywhere(unbound, CANARY) == {}
    assert found_anywhere(unbound, "Vantongeren") == {}
    # What names the id are the ledger and the proof that two people did it, and nothing else.
    assert found_anywhere(unbound, str(ids["person_id"])).keys() <= {
        "audit_entry",
        "approvals_proposal",
        "retention_tombstone",
        "audit_lookedat",
    }
    with unbound():
        assert Person.objects.filter(pk=other.pk).exists()


def test_a_closed_meeting_lets_go_of_a_child_it_showed_last(cast, as_user, unbound, child):
    with as_user(cast.front_door) as by:
        concern = referrals.a_concern(by, cast.county)
        referrals.a_link(by, concern, child.pk)
        referrals.a_decision(by, concern, Decision.DAILY_MEETING)
    with as_user(cast.team_manager) as by:
        meeting = meetings.a_meeting(by, cast.county)
        item = meetings.the_item(by, meeting, child)
    with unbound():
        at = {"decided_at": clock.now(), "decided_by": cast.team_manager}
        Item.objects.filter(pk=item.pk).update(decision="no_action", **at)
        closed = {"closed_at": clock.now(), "closed_by": cast.team_manager, "shown": item}
        Meeting.objects.filter(pk=meeting.pk).update(**closed)

    gone(cast, as_user, child)

    with unbound():
        kept = Meeting.objects.get(pk=meeting.pk)
        assert (kept.shown_id, kept.closed_by) == (None, cast.team_manager)


def test_the_search_forgets_a_name_that_nobody_else_has(cast, as_user, unbound, child):
    with as_user(cast.front_door) as by:
        a_child(by, cast.county, given="Isolde", family="Quill")
    gone(cast, as_user, child)

    assert found_anywhere(unbound, "vantongeren") == {}
    with unbound(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM linkage_token WHERE token = 'isolde'")
        assert cursor.fetchone()[0] >= 1


# The same clocks in both places


def test_the_database_works_the_clocks_out_as_the_rules_do(cast, as_user, unbound):
    made = {}
    with as_user(cast.front_door) as by:
        for born in (date(1948, 2, 29), date(1990, 7, 1), date(2010, 5, 17)):
            for looked_after in (False, True):
                for died in (None, born + timedelta(days=4000), born + timedelta(days=9000)):
                    row = a_child(by, cast.county, born_on=born)
                    facts = rules.Facts(born_on=born, died_on=died, looked_after=looked_after)
                    made[row.pk] = facts
    with unbound():
        for person_id, facts in made.items():
            Person.objects.filter(pk=person_id).update(deceased_on=facts.died_on)
            if facts.looked_after:
                CareStatus.objects.create(
                    person_id=person_id,
                    legal_status="C2",
                    recorded_at=clock.now(),
                    recorded_by=cast.front_door,
                )

    with as_user(cast.records_officer) as reader:
        for person_id, facts in made.items():
            told = queries.ends(reader, person_id, on=date(2026, 1, 1)).clocks
            assert told == tuple((each.rule, each.due_on) for each in rules.clocks(facts))


def test_a_section_47_enquiry_starts_its_own_clock(cast, as_user, unbound, child):
    with unbound():
        StageEntry.objects.create(
            person=child,
            stage="investigation",
            entered_on=date(2020, 1, 1),
            recorded_at=clock.now(),
            recorded_by=cast.front_door,
        )

    with as_user(cast.records_officer) as reader:
        found = queries.ends(reader, child.pk, on=date(2026, 1, 1))
    assert found.rule == "section_47"
    assert found.due_on == rules.anniversary(clock.london_date(clock.now()), 35)


def test_the_schedule_in_the_database_is_the_schedule_of_the_code(cast, as_user):
    with as_user(cast.nurse):
        told = {(each.code, each.trigger, each.years) for each in Rule.objects.all()}

    assert told == {(each.code, each.trigger.value, each.years) for each in rules.SCHEDULE}


# Pages


def test_a_record_is_proposed_on_its_page_and_goes_when_another_approves(
    cast, as_user, client_for, child
):
    tasks.find_due()
    client = client_for(cast.records_officer)
    assert "Isolde Vantongeren" in client.get(reverse("retention:desk")).content.decode()
    assert "Record whose time is over" in client.get(reverse("home:my_work")).content.decode()

    answer = client.post(
        reverse("retention:propose", args=[child.pk]),
        {"deed": Deed.DISPOSE.value, "reason": REASON},
        follow=True,
    )

    assert "Somebody else has to approve it" in answer.content.decode()
    with as_user(cast.team_manager) as by:
        approved(by, Proposal.objects.get())
    shown = client.get(reverse("retention:desk")).content.decode()
    assert "Isolde" not in re.sub(r"<title>.*?</title>", "", shown)
    assert str(child.pk) in shown


def test_the_schedule_is_read_with_its_laws(cast, client_for):
    shown = client_for(cast.records_officer).get(reverse("retention:schedule")).content.decode()

    assert "Care Planning, Placement and Case Review (England) Regulations 2010, reg 50" in shown
    assert client_for(cast.detective).get(reverse("retention:schedule")).status_code == 403
