"""The menu shows each member of the cast the places that open to her, and no others."""

import pytest
from django.test import Client

from harbour.demo import partnership

SEES = {
    "youth_worker": ({"Missing"}, {"Front door", "Daily meeting", "Oversight"}),
    "director": ({"Figures"}, {"Find a child", "Missing", "Front door"}),
    "records_officer": ({"Oversight"}, {"Front door", "People and roles"}),
    "administrator": ({"People and roles"}, {"Find a child", "Missing", "Figures"}),
    "front_door": ({"Front door", "Daily meeting", "Missing", "Find a child"}, {"Oversight"}),
}


@pytest.mark.parametrize("who", SEES)
def test_the_bar_shows_what_opens_and_nothing_else(cast, client_for, settings, who):
    settings.HARBOUR_DEMO = True
    shown, hidden = SEES[who]

    named = named_to(client_for(getattr(cast, who)))

    assert shown <= set(named)
    assert not hidden & set(named)


@pytest.mark.parametrize("who", [each.key for each in partnership.CAST if each.shown])
def test_every_place_in_the_bar_opens(cast, client_for, settings, who):
    settings.HARBOUR_DEMO = True
    browser = client_for(getattr(cast, who))

    for text, href in named_to(browser).items():
        assert browser.get(href, follow=True).status_code == 200, text


@pytest.mark.parametrize("who", [each.key for each in partnership.CAST if each.shown])
def test_the_bar_leads_to_every_place_in_one_line(cast, client_for, settings, who):
    settings.HARBOUR_DEMO = True
    browser = client_for(getattr(cast, who))
    bar = browser.get("/").context["frame"].navigation
    beyond = set(named_to(browser)) - {each.text for each in bar}

    assert len(bar) <= 7
    assert not beyond or bar[-1].href == "/more/"


def named_to(browser: Client) -> dict[str, str]:
    """Return the places that the page of places names to a person, each with its address."""
    return {each.text: each.href for each in browser.get("/more/").context["places"]}
