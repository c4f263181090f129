"""Every component is catalogued, shown in the gallery, and shows itself by its own tag."""

from datetime import UTC, datetime

import pytest
from django.template import Context, Engine, Template, engines
from django.utils.safestring import SafeString

from harbour.foundation.ui import components as ui
from harbour.foundation.ui import gallery

NOW = datetime(2019, 4, 3, 12, 0, tzinfo=UTC)


def shown(source: str, **context: object) -> str:
    template = engines["django"].from_string(f"{{% load ui %}}{source}")
    return str(template.render({"csrf_token": "token", **context}))


def kinds() -> set[type[ui.Component]]:
    """Return this room's components; a room above may make one of its own."""
    made = ui.Component.__subclasses__()
    return {each for each in made if each.__module__.startswith("harbour.foundation.ui.")}


def test_every_component_is_in_the_catalogue() -> None:
    assert kinds() == set(ui.CATALOGUE.values()), "Add the new component to CATALOGUE."


def test_the_gallery_shows_every_component() -> None:
    names = {example.name for example in gallery.examples(NOW)}

    assert names == set(ui.CATALOGUE), "Add an example of the component to gallery.examples."


@pytest.mark.parametrize("example", gallery.examples(NOW), ids=lambda example: example.name)
def test_a_component_shows_itself_by_show_and_by_its_own_tag(example: gallery.Example) -> None:
    kind_of_tag = f"{{% {example.name} part %}}"

    by_show = shown("{% show part %}", part=example.part)

    assert by_show.strip()
    assert shown(kind_of_tag, part=example.part) == by_show
    assert "style=" not in by_show
    assert "<script" not in by_show


def test_a_tag_takes_the_fields_of_its_component() -> None:
    assert shown('{% tag text="Overdue" colour="red" %}') == shown(
        "{% show part %}", part=ui.Tag("Overdue", ui.Colour.RED)
    )


@pytest.mark.parametrize(
    ("value", "html"),
    [
        (None, '<span class="hb-count">Not recorded</span>'),
        (True, "Yes"),
        (3, "3"),
        ("<b>", "&lt;b&gt;"),
        (SafeString("<b>"), "<b>"),
        (NOW, '<time datetime="2019-04-03T12:00:00+00:00">Wed 3 Apr 2019 13:00</time>'),
        (NOW.date(), '<time datetime="2019-04-03">Wed 3 Apr 2019</time>'),
    ],
)
def test_plain_values_are_shown_as_people_read_them(value: ui.Content, html: str) -> None:
    assert shown("{% show value %}", value=value) == html


def test_several_values_stand_one_under_another() -> None:
    html = shown("{% show value %}", value=("a", ui.Tag("b"), "<c>"))

    assert "<span>a</span>" in html
    assert "govuk-tag" in html
    assert "&lt;c&gt;" in html


def test_a_clock_says_its_state_in_word_shape_and_colour() -> None:
    html = shown("{% show part %}", part=ui.Clock(NOW, NOW))

    assert "Due soon" in html
    assert "<svg" in html
    assert "hb-clock--due-soon" in html


def test_an_empty_table_says_what_would_be_there() -> None:
    table = ui.Table("Interviews", (ui.Column("Child"),), (), empty="No interview is due.")

    assert "No interview is due." in shown("{% show part %}", part=table)
    assert "(0 rows)" in shown("{% show part %}", part=table)


def test_a_button_that_does_a_deed_carries_its_keys() -> None:
    part = ui.Button("Hand over", href="/x/", post=True, fields=(("to", "nights"),))

    html = shown("{% show part %}", part=part, form_key="a-key")

    assert 'name="csrfmiddlewaretoken" value="token"' in html
    assert 'name="form_key" value="a-key"' in html
    assert 'name="to" value="nights"' in html


def test_a_button_that_cannot_be_pressed_says_why() -> None:
    html = shown("{% show part %}", part=ui.Button("Decide", disabled=True, reason="Not yet."))

    assert " disabled" in html
    assert "Not yet." in html


def test_a_block_keeps_what_stands_in_it() -> None:
    html = shown('{% help_block "Why" %}{{ text }}{% endhelp_block %}', text="<i>")

    assert "&lt;i&gt;" in html


def test_tags_work_without_any_context_of_a_request() -> None:
    html = Template(
        "{% load ui %}{% show part %}",
        engine=Engine(libraries={"ui": "harbour.foundation.ui.templatetags.ui"}, app_dirs=True),
    ).render(Context({"part": ui.Inset("x")}))

    assert "govuk-inset-text" in html
