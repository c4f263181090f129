"""The pages of the ledger's witnesses: found, used, and closed to everybody else."""

import pytest
from django.urls import reverse

from harbour.foundation.audit.models import Witness


def test_a_witness_is_added_seen_and_ended(cast, client_for, as_user):
    browser = client_for(cast.records_officer)
    given = {"agency": cast.police.pk, "kind": "file", "address": "police.jsonl"}

    added = browser.post(reverse("witnesses:add"), given, follow=True)
    with as_user(cast.records_officer):
        witness = Witness.objects.get()
    ended = browser.post(
        reverse("witnesses:end", args=[witness.pk]), {"reason": "Moved."}, follow=True
    )

    assert "police.jsonl" in added.content.decode()
    assert "Nothing yet" in added.content.decode()
    assert "police.jsonl" not in ended.content.decode()


def test_an_address_that_cannot_be_used_is_named_at_its_field(cast, client_for):
    given = {"agency": cast.police.pk, "kind": "endpoint", "address": "http://x.example.org"}

    shown = client_for(cast.administrator).post(reverse("witnesses:add"), given)

    assert "begins with https://" in shown.content.decode()


def test_the_same_witness_twice_is_refused_in_a_sentence(cast, client_for):
    browser = client_for(cast.records_officer)
    given = {"agency": cast.police.pk, "kind": "mailbox", "address": "ledger@police.example.org"}
    browser.post(reverse("witnesses:add"), given)

    again = browser.post(reverse("witnesses:add"), given)

    assert again.status_code == 403
    assert "has this witness already" in again.content.decode()


@pytest.mark.parametrize("who", ["detective", "director", "front_door", "team_manager"])
def test_nobody_else_opens_them(cast, client_for, who):
    assert client_for(getattr(cast, who)).get(reverse("witnesses:list")).status_code == 403
