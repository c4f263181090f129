"""What agencies agreed is what the database lets through, and the rest is closed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.record.people import queries as people
from harbour.record.people.models import Person, Standing
from harbour.record.sharing import actions, queries
from harbour.record.sharing.models import Agreement, Share
from harbour.record.sharing.vocabulary import AgreementState
from tests.builders.people import a_child
from tests.builders.sharing import REASON, a_share, an_agreement

AsUser = Callable[[User], AbstractContextManager[Reader]]
MONTH = timedelta(days=30)


@pytest.fixture
def child(cast: SimpleNamespace, as_user: AsUser) -> Person:
    with as_user(cast.front_door) as reader:
        return a_child(reader, cast.county)


@pytest.fixture
def agreement(cast: SimpleNamespace, as_user: AsUser) -> Agreement:
    with as_user(cast.records_officer) as reader:
        return an_agreement(reader, cast.team_manager, cast.county, cast.school, cast.police)


def sees(as_user: AsUser, user: User, child: Person) -> bool:
    with as_user(user) as reader:
        return people.may_read(reader, child.pk, "missing")


def test_a_share_that_an_agreement_covers_rests_on_it_and_lasts(
    cast: SimpleNamespace, as_user: AsUser, child: Person, agreement: Agreement
) -> None:
    with as_user(cast.front_door) as reader:
        shared = a_share(reader, child.pk, cast.school)

    assert (shared.agreement, shared.expires_at) == (agreement, None)
    assert sees(as_user, cast.school_lead, child)


@pytest.mark.parametrize(
    "terms",
    [
        {"purpose": "prevent_crime"},
        {"gateway": "dpa2018_18"},
        {"facets": ["missing", "assessment"]},
    ],
)
def test_what_it_does_not_cover_is_a_decision_for_28_days(
    cast: SimpleNamespace,
    as_user: AsUser,
    child: Person,
    agreement: Agreement,
    terms: dict[str, Any],
) -> None:
    del agreement
    with as_user(cast.front_door) as reader:
        shared = a_share(reader, child.pk, cast.school, **terms)

    assert shared.agreement is None
    assert shared.expires_at == shared.recorded_at + timedelta(days=28)


def test_an_agreement_of_other_agencies_covers_nothing(
    cast: SimpleNamespace, as_user: AsUser, agreement: Agreement
) -> None:
    with as_user(cast.city_front_door) as reader:
        of_the_city = a_child(reader, cast.city)
        shared = a_share(reader, of_the_city.pk, cast.school)

    assert shared.agreement_id != agreement.pk
    assert shared.expires_at is not None


def test_a_share_ends_with_the_agreement_it_rests_on(
    cast: SimpleNamespace, as_user: AsUser, child: Person
) -> None:
    last = clock.london_date(clock.now()) + MONTH
    with as_user(cast.records_officer) as reader:
        an_agreement(reader, cast.team_manager, cast.county, cast.school, ends_on=last)

    with as_user(cast.front_door) as reader:
        shared = a_share(reader, child.pk, cast.school)

    assert shared.expires_at is not None
    assert clock.london_date(shared.expires_at) == last + timedelta(days=1)


@pytest.mark.parametrize("state", [AgreementState.SUSPENDED, AgreementState.ENDED])
def test_stopping_an_agreement_closes_its_shares_at_the_next_statement(
    cast: SimpleNamespace,
    as_user: AsUser,
    child: Person,
    agreement: Agreement,
    state: AgreementState,
) -> None:
    with as_user(cast.front_door) as reader:
        shared = a_share(reader, child.pk, cast.school)
        other = a_share(reader, child.pk, cast.home_agency)

    with as_user(cast.records_officer) as reader:
        row = actions.move(
            agreement=agreement,
            state=state,
            reason="The school left the partnership.",
            by=reader,
            at=clock.now(),
        )
        told = Entry.objects.get(about_id=row.pk)

    assert not sees(as_user, cast.school_lead, child)
    assert sees(as_user, cast.home_manager, child)
    assert told.subjects == [child.pk]
    with as_user(cast.front_door):
        shared.refresh_from_db()
        other.refresh_from_db()
    assert shared.withdrawn_by_id == cast.records_officer.pk
    assert "The school left the partnership." in shared.withdrawn_reason
    assert other.withdrawn_at is None


def test_a_narrower_version_closes_only_what_it_no_longer_covers(
    cast: SimpleNamespace, as_user: AsUser, child: Person, agreement: Agreement
) -> None:
    with as_user(cast.front_door) as reader:
        a_share(reader, child.pk, cast.school, facets=["missing", "case"])
        a_share(reader, child.pk, cast.police, facets=["missing"])
    today = clock.london_date(clock.now())
    terms = actions.Agreed(
        title=agreement.title,
        reference=agreement.reference,
        parties=[cast.county, cast.school, cast.police],
        purposes=agreement.purposes,
        gateways=agreement.gateways,
        facets=["missing"],
        starts_on=today,
        ends_on=today + MONTH,
        review_on=today + MONTH,
        owner=cast.team_manager,
    )

    with as_user(cast.records_officer) as reader:
        newer = actions.change(agreement=agreement, terms=terms, by=reader, at=clock.now())
        with pytest.raises(Refused, match="a moment ago"):
            actions.change(agreement=agreement, terms=terms, by=reader, at=clock.now())

    assert newer.number == 2
    assert not sees(as_user, cast.school_lead, child)
    with as_user(cast.front_door) as reader:
        [still] = [each for each in queries.shares_of(reader, child.pk) if not each.withdrawn_at]
        with transaction.atomic():
            standings = people.standings_of(reader, child.pk)
    assert still.agency == cast.police
    ends = {each.ends_at for each in standings if each.because_id == still.pk}
    assert ends == {still.expires_at}
    assert still.expires_at is not None


def test_only_who_keeps_agreements_writes_them(
    cast: SimpleNamespace, as_user: AsUser, agreement: Agreement
) -> None:
    with as_user(cast.team_manager) as reader:
        with pytest.raises(Refused):
            an_agreement(reader, cast.team_manager, cast.county, cast.school)
        forged = Agreement.objects.get(pk=agreement.pk)
        forged.pk, forged.series = cast.county.pk, cast.county.pk
        forged.recorded_by_id = reader.user_id
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            forged.save(force_insert=True)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Agreement.objects.filter(pk=agreement.pk).update(facets=["contact"])


def raw_share(child: Person, cast: SimpleNamespace, **changed: Any) -> Share:
    now = clock.now()
    known: dict[str, Any] = {
        "person": child,
        "agency": cast.school,
        "facets": ["identity", "missing"],
        "purpose": "safeguard",
        "gateway": "ca2004_s10",
        "reason": REASON,
        "expires_at": now + timedelta(days=20),
        "recorded_at": now,
        "recorded_by": cast.front_door,
    }
    return Share(**(known | changed))


def test_the_database_itself_asks_what_a_share_rests_on(
    cast: SimpleNamespace, as_user: AsUser, child: Person, agreement: Agreement
) -> None:
    uncovered = [
        {"agreement": agreement, "agency": cast.health},
        {"agreement": agreement, "purpose": "prevent_crime"},
        {"agreement": agreement, "gateway": "dpa2018_18"},
        {"agreement": agreement, "facets": ["identity", "contact"]},
    ]
    with as_user(cast.front_door):
        for terms in uncovered:
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                raw_share(child, cast, **terms).save(force_insert=True)
        for terms in ({"expires_at": None}, {"expires_at": clock.now() + 2 * MONTH}):
            with pytest.raises(DatabaseError), transaction.atomic():
                raw_share(child, cast, **terms).save(force_insert=True)
        with transaction.atomic():
            raw_share(child, cast, agreement=agreement, expires_at=None).save(force_insert=True)


@pytest.mark.parametrize("agency", ["listening", "school"])
def test_the_database_itself_keeps_section_115_from_other_bodies(
    cast: SimpleNamespace, as_user: AsUser, child: Person, unbound: Any, agency: str
) -> None:
    share = raw_share(child, cast, agency=getattr(cast, agency), gateway="cda1998_s115")

    with as_user(cast.front_door), pytest.raises(IntegrityError), transaction.atomic():
        share.save(force_insert=True)
    with unbound(), pytest.raises(IntegrityError), transaction.atomic():
        share.save(force_insert=True)


def standing(child: Person, cast: SimpleNamespace, share: Share, **changed: Any) -> Standing:
    known: dict[str, Any] = {
        "person": child,
        "audience": f"agency:{cast.school.pk}",
        "basis": "shared",
        "facets": ["missing"],
        "writes": False,
        "starts_at": clock.now(),
        "ends_at": share.expires_at,
        "because_id": share.pk,
        "recorded_at": clock.now(),
        "recorded_by": cast.front_door,
    }
    return Standing(**(known | changed))


def test_no_standing_with_an_agency_goes_beyond_its_share(
    cast: SimpleNamespace, as_user: AsUser, child: Person
) -> None:
    beyond: list[dict[str, Any]] = [
        {"facets": ["missing", "case"]},
        {"writes": True},
        {"ends_at": None},
        {"ends_at": clock.now() + MONTH},
        {"audience": f"agency:{cast.health.pk}"},
        {"because_id": None},
        {"basis": "responsible"},
        {"basis": "emergency"},
    ]
    with as_user(cast.front_door) as reader:
        shared = a_share(reader, child.pk, cast.school)
        for terms in beyond:
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                standing(child, cast, shared, **terms).save(force_insert=True)
        with transaction.atomic():
            standing(child, cast, shared).save(force_insert=True)


def test_a_share_is_extended_by_a_new_decision(
    cast: SimpleNamespace, as_user: AsUser, child: Person
) -> None:
    with as_user(cast.front_door) as reader:
        first = a_share(reader, child.pk, cast.school, expires_at=clock.now() + timedelta(days=2))
        until = clock.now() + timedelta(days=27)
        second = actions.extend(
            earlier=first,
            expires_at=until,
            reason=REASON,
            by=reader,
            at=clock.now(),
        )
        with pytest.raises(Refused, match="at most 28 days"):
            actions.extend(
                earlier=second, expires_at=until + MONTH, reason=REASON, by=reader, at=clock.now()
            )

    assert second.continues == first
    assert sees(as_user, cast.school_lead, child)
    with as_user(cast.front_door) as reader:
        with pytest.raises(Refused):
            actions.extend(
                earlier=first, expires_at=until, reason=REASON, by=reader, at=clock.now()
            )
        actions.withdraw(share=second, reason="She left the school.", by=reader, at=clock.now())
    with as_user(cast.school_lead) as lead, pytest.raises(Missing):
        people.child(lead, child.pk)


def test_a_withdrawn_share_is_not_rewritten(
    cast: SimpleNamespace, as_user: AsUser, child: Person
) -> None:
    with as_user(cast.front_door) as reader:
        shared = a_share(reader, child.pk, cast.school)
        actions.withdraw(share=shared, reason="She left the school.", by=reader, at=clock.now())

        again = Share.objects.filter(pk=shared.pk).update(withdrawn_reason="Something else.")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Share.objects.filter(pk=shared.pk).update(facets=["contact"])

    assert again == 0


def test_who_would_read_is_said_before_it_is_shared(cast: SimpleNamespace) -> None:
    today = clock.london_date(clock.now())

    found = queries.lookers(cast.school, ["identity", "missing", "contact"], on=today)

    assert [(each.name, set(each.reads)) for each in found] == [
        ("Moira Finch", {"identity", "missing"})
    ]
    assert queries.lookers(cast.other_school, ["identity"], on=today) == []
