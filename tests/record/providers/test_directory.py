"""The directory: whom to ring, dated, made sure of, ended, and kept by the right people."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.record.providers import actions, queries
from harbour.record.providers.models import Contact
from tests.builders.pages import text_of

ClientFor = Callable[[User], Client]
AsUser = Callable[[User], AbstractContextManager[Reader]]
ADD = "providers:add_contact"


def a_contact(by: Reader, agency: Any, *, days_ago: int = 0, **said: Any) -> Contact:
    known = {"purpose": "out_of_hours", "phone": "07700 900155"} | said
    at = clock.now() - timedelta(days=days_ago)
    return actions.add_contact(agency=agency, by=by, at=at, **known)


def test_a_number_for_the_night_is_found_by_whoever_works_here(
    cast: SimpleNamespace, client_for: ClientFor, as_user: AsUser
) -> None:
    said = {"agency": cast.city.pk, "purpose": "out_of_hours", "hours": "5 pm to 8.30 am"}
    client_for(cast.coordinator).post(reverse(ADD), said | {"phone": "07700 900155"})
    with as_user(cast.coordinator) as reader:
        a_contact(reader, cast.county, purpose="missing", phone="07700 900166")

    for key in ("youth_worker", "out_of_hours", "home_manager"):
        found = client_for(getattr(cast, key)).get(
            reverse("providers:contacts"), {"words": "wexcombe", "purpose": "out_of_hours"}
        )
        assert "07700 900155" in text_of(found)
        assert "07700 900166" not in text_of(found)


def test_a_contact_ages_is_made_sure_of_and_ends_without_being_lost(
    cast: SimpleNamespace, client_for: ClientFor, as_user: AsUser
) -> None:
    with as_user(cast.coordinator) as reader:
        row = a_contact(reader, cast.city, days_ago=200)
    client, page = client_for(cast.coordinator), reverse("providers:contacts")
    assert "Make sure of it" in text_of(client.get(page))

    client.post(reverse("providers:confirm_contact", args=[row.pk]))
    assert "Make sure of it" not in text_of(client.get(page))
    client.post(reverse("providers:end_contact", args=[row.pk]))

    assert "07700 900155" not in text_of(client.get(page))
    assert "07700 900155" in text_of(client.get(page, {"past": "on"}))
    assert client.post(reverse("providers:end_contact", args=[row.pk])).status_code == 403


def test_each_agency_keeps_its_own_contacts_and_no_others(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.home_manager) as manager:
        own = a_contact(manager, cast.home_agency, purpose="manager")
        with pytest.raises(Refused):
            a_contact(manager, cast.city)
    with as_user(cast.school_lead) as lead:
        with pytest.raises(Refused):
            actions.confirm_contact(contact=own, by=lead, at=clock.now())
        # The database says the same to whoever comes past the actions.
        assert not Contact.objects.filter(pk=own.pk).update(ends_on=own.starts_on)
        for agency, writer in ((cast.city, lead.user_id), (cast.school, cast.nurse.pk)):
            row = Contact(
                agency=agency,
                purpose="duty",
                phone="07700 900155",
                starts_on=own.starts_on,
                checked_on=own.starts_on,
                recorded_at=clock.now(),
                recorded_by_id=writer,
            )
            with pytest.raises(ProgrammingError), transaction.atomic():
                row.save(force_insert=True)
    with as_user(cast.coordinator):
        assert Contact.objects.filter(pk=own.pk).update(checked_on=own.starts_on) == 1
        with pytest.raises(ProgrammingError), transaction.atomic():
            Contact.objects.filter(pk=own.pk).update(phone="07700 900199")
    assert not Contact.objects.exists()  # nobody is signed in
    with as_user(cast.director) as director:
        assert queries.contacts(director).count() == 1


def test_a_contact_that_reaches_nobody_is_not_kept(
    cast: SimpleNamespace, client_for: ClientFor
) -> None:
    said = {"agency": cast.city.pk, "purpose": "duty", "name": "Duty desk"}

    answer = client_for(cast.coordinator).post(reverse(ADD), said)

    assert "Enter a telephone number or an e-mail address" in text_of(answer)
