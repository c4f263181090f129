"""The register of homes at a browser."""

import re
from collections.abc import Callable
from types import SimpleNamespace

from django.test import Client
from django.urls import reverse

from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import User
from tests.builders.pages import text_of
from tests.builders.people import a_child
from tests.builders.providers import a_home, a_placement

ClientFor = Callable[[User], Client]


def test_the_register_is_listed_narrowed_and_counted(
    cast: SimpleNamespace, client_for: ClientFor
) -> None:
    with acting_as(cast.coordinator.pk) as reader:
        home = a_home(reader, cast.home_agency, cast.county, urn="SC990001", places=4)
        a_placement(reader, a_child(reader, cast.county), home, cast.county)
    client = client_for(cast.coordinator)

    shown = text_of(client.get(reverse("providers:homes"), {"words": "lark", "sort": "-places"}))
    assert "Larkfield House" in shown
    assert "SC990001" in shown
    empty = text_of(client.get(reverse("providers:homes"), {"words": "nowhere"}))
    assert "No home of the register answers to this" in empty


def test_the_register_counts_only_children_the_reader_may_see(
    cast: SimpleNamespace, client_for: ClientFor
) -> None:
    with acting_as(cast.coordinator.pk) as reader:
        home = a_home(reader, cast.home_agency, cast.county, places=4)
        a_placement(reader, a_child(reader, cast.county), home, cast.county)

    row = client_for(cast.neighbour).get(reverse("providers:homes")).content.decode()

    cell = re.search(r'data-label="Children you may see there">(.*?)<', row, re.DOTALL)
    assert cell is not None
    assert cell[1].strip() == "0"
