"""Sharing opens a record at once, withdrawing closes it at once, and the law is asked first."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.record.people import queries as people
from harbour.record.people.models import Person, Standing
from harbour.record.sharing import actions, queries
from harbour.record.sharing.models import Share
from tests.builders.people import a_child

AsUser = Callable[[User], AbstractContextManager[Reader]]
REASON = "The school sees her every day."


def share(by: Reader, child: Person, agency: Agency, **terms: Any) -> Share:
    known: dict[str, Any] = {
        "facets": ["missing"],
        "purpose": "safeguard",
        "gateway": "ca2004_s10",
        "reason": REASON,
    }
    return actions.share(
        person_id=child.pk, agency=agency, by=by, at=clock.now(), **(known | terms)
    )


def test_a_share_is_seen_at_the_next_statement(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)
    with as_user(cast.school_lead) as lead, pytest.raises(Missing):
        people.child(lead, child.pk)
    with as_user(cast.front_door) as reader:
        share(reader, child, cast.school)

    with as_user(cast.school_lead) as lead:
        assert people.child(lead, child.pk).name == "Amara Quill"


def test_a_withdrawn_share_is_gone_at_the_next_statement(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)
        shared = share(reader, child, cast.school, expires_at=clock.now() + timedelta(days=20))
    with as_user(cast.school_lead) as lead:
        people.child(lead, child.pk)
    with as_user(cast.front_door) as reader:
        actions.withdraw(share=shared, reason="She changed schools.", by=reader, at=clock.now())

    with as_user(cast.school_lead) as lead, pytest.raises(Missing):
        people.child(lead, child.pk)


def test_a_share_lets_nobody_write(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)
        share(reader, child, cast.neighbour_authority, facets=["missing", "placement"])

    with as_user(cast.neighbour) as social_worker:
        assert people.may_read(social_worker, child.pk, "placement")
        assert not people.may_write(social_worker, child.pk, "placement")


@pytest.mark.parametrize("agency", ["listening", "school"])
def test_section_115_reaches_no_voluntary_body_and_no_other_agency(
    cast: SimpleNamespace, as_user: AsUser, agency: str
) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)

        with pytest.raises(Refused, match="ection 115"):
            share(reader, child, getattr(cast, agency), gateway="cda1998_s115")

        assert not Share.objects.filter(person=child).exists()


def test_section_115_reaches_the_police(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)

        shared = share(reader, child, cast.police, gateway="cda1998_s115")

        assert Share.objects.filter(pk=shared.pk).exists()


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({"facets": []}, "at least one part"),
        ({"facets": ["sharing"]}, "never shared"),
        ({"facets": ["meeting"]}, "never shared"),
        ({"reason": "because"}, "Say in a sentence"),
        ({"expires_at": clock.now() - timedelta(days=1)}, "over before it began"),
    ],
)
def test_a_share_without_sense_is_refused(
    cast: SimpleNamespace, as_user: AsUser, terms: dict[str, Any], sentence: str
) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)

        with pytest.raises(Refused, match=sentence):
            share(reader, child, cast.school, **terms)


def test_an_analyst_shares_nothing(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)

    with as_user(cast.analyst) as analyst, pytest.raises(Refused):
        share(analyst, child, cast.school)


def test_who_can_see_a_child_is_said_in_words(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)
        share(reader, child, cast.school)

        openings = queries.openings(reader, child.pk, at=clock.now())

    assert [(each.audience, each.basis.label) for each in openings] == [
        ("Teams that work for Middleshire County Council", "Responsible authority's partnership"),
        ("Fenwick Lane Academy", "Shared with this agency"),
    ]
    assert openings[1].share is not None
    assert openings[1].share.reason == REASON


def test_an_agency_it_was_shared_with_does_not_learn_who_else_sees_it(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)
        share(reader, child, cast.school)

    with as_user(cast.school_lead) as lead:
        assert queries.openings(lead, child.pk, at=clock.now()) == []


def test_the_ledger_says_what_was_disclosed_to_whom(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)
        shared = share(reader, child, cast.school)
        row = Entry.objects.get(event="sharing.shared", about_id=shared.pk)

    assert (row.act, row.groups, row.reason) == ("disclose", ["identity", "missing"], REASON)
    assert row.detail["agency"] == "Fenwick Lane Academy"


def test_no_statement_of_the_application_can_lengthen_a_standing(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)

        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Standing.objects.filter(person=child).update(ends_at=None)
