"""Any form comes out with its labels, hints and errors tied to its controls."""

import re

import pytest
from django import forms
from django.forms.renderers import get_default_renderer

from harbour.foundation.ui import gallery
from harbour.foundation.ui.components import Link
from harbour.foundation.ui.renderer import GovukRenderer, problems


class Foreign(forms.Form):
    """A form of a library, which knows nothing of this room."""

    login = forms.EmailField(help_text="Your work address")
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    remember = forms.BooleanField(required=False)
    colour = forms.ChoiceField(choices=(("a", "A"), ("b", "B")), widget=forms.RadioSelect)


def ids(html: str) -> list[str]:
    return re.findall(r'\sid="([^"]+)"', html)


def test_the_renderer_is_the_one_that_settings_name() -> None:
    assert isinstance(get_default_renderer(), GovukRenderer)


def test_every_error_links_to_a_control_that_is_there() -> None:
    form = gallery.EveryField({"harm": "confirmed"})
    html = str(form)

    links = [found for found in problems(form) if isinstance(found, Link)]

    assert len(links) == 11
    assert [link.text for link in links if link.href.removeprefix("#") not in ids(html)] == []


def test_no_id_is_given_twice() -> None:
    found = ids(str(gallery.EveryField({})))

    assert sorted(found) == sorted(set(found))


def test_what_describes_a_control_is_there() -> None:
    html = str(gallery.EveryField({}))
    described = " ".join(re.findall(r'aria-describedby="([^"]+)"', html)).split()

    assert described
    assert set(described) <= set(ids(html))


def test_every_label_is_for_a_control_that_is_there() -> None:
    html = str(gallery.EveryField())

    assert set(re.findall(r'<label[^>]*\sfor="([^"]+)"', html)) <= set(ids(html))


def test_browsers_are_asked_to_remember_nothing() -> None:
    html = str(gallery.EveryField())
    texts = re.findall(
        r"<(?:input|textarea|select)[^>]*govuk-(?:input|textarea|select)[^>]*>", html
    )

    assert texts
    assert [each for each in texts if 'autocomplete="off"' not in each] == []


def test_a_form_of_a_library_is_dressed_too() -> None:
    html = str(Foreign({"login": "nobody"}))

    assert 'class="govuk-input govuk-input--error"' in html
    assert 'autocomplete="current-password"' in html
    assert 'data-module="govuk-password-input"' in html
    assert 'class="govuk-checkboxes__input"' in html
    assert 'href="#id_colour_0"' not in html
    assert ("#id_colour_0") in [
        each.href for each in problems(Foreign({})) if isinstance(each, Link)
    ]


def test_a_choice_that_reveals_says_what_it_controls() -> None:
    html = str(gallery.EveryField())

    assert 'data-aria-controls="conditional-id_harm_2"' in html
    assert html.count('id="id_known_harm"') == 1
    assert html.index('id="conditional-id_harm_2"') < html.index('id="id_known_harm"')


def test_a_counted_text_is_not_cut_off_by_the_browser() -> None:
    html = str(gallery.EveryField()["words"].as_field_group())

    assert "maxlength=" not in html.replace("data-maxlength=", "")
    assert 'aria-describedby="id_words_helptext id_words-info"' in html


@pytest.mark.parametrize("name", ["<b>", "&", '"'])
def test_what_people_typed_is_escaped(name: str) -> None:
    html = str(gallery.EveryField({"name": name})["name"])

    assert f'value="{name}"' not in html
