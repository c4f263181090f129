"""The bar shows each member of the cast the places that open to her, and no others."""

import pytest

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

    bar = client_for(getattr(cast, who)).get("/").context["frame"].navigation

    assert shown <= {each.text for each in bar}
    assert not hidden & {each.text for each in bar}


@pytest.mark.parametrize("who", [each.key for each in partnership.CAST if each.shown])
def test_every_place_in_the_bar_opens(cast, client_for, settings, who):
    settings.HARBOUR_DEMO = True
    browser = client_for(getattr(cast, who))

    for place in browser.get("/").context["frame"].navigation:
        assert browser.get(place.href, follow=True).status_code == 200, place.text
