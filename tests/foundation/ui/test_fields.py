"""What the fields of this room take, and what they say when they do not."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms as plain
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from harbour.foundation.kernel.clock import london
from harbour.foundation.ui import forms
from harbour.foundation.ui.forms import PartialDate, Precision


class Asked(forms.Form):
    names = {"born": "the child's date of birth", "name": "the child's name"}
    reveals = {"harm": {"confirmed": ("known", "since")}, "told": {"other": ("who",)}}

    name = plain.CharField(label="Name")
    born = forms.DateField()
    harm = forms.ChoiceField(choices=(("none", "None"), ("confirmed", "Confirmed")))
    known = plain.CharField()
    since = forms.DateField()
    told = forms.ManyField(choices=(("police", "Police"), ("other", "Other")), required=False)
    who = plain.CharField(label="Who else?")


ANSWERS = {
    "name": "Robin",
    "born_day": "6",
    "born_month": "5",
    "born_year": "2004",
    "harm": "none",
}


def errors(**changes: Any) -> dict[str, str]:
    form = Asked(ANSWERS | changes)
    return {name: str(found[0]) for name, found in form.errors.items()}


@pytest.mark.parametrize(
    ("boxes", "found"),
    [
        (["", "", ""], PartialDate(None, Precision.NONE)),
        (["", "", "2004"], PartialDate(date(2004, 1, 1), Precision.YEAR)),
        (["", "5", "2004"], PartialDate(date(2004, 5, 1), Precision.MONTH)),
        (["", "May", "2004"], PartialDate(date(2004, 5, 1), Precision.MONTH)),
        ([" 29 ", "2", "2004"], PartialDate(date(2004, 2, 29), Precision.DAY)),
    ],
)
def test_a_partial_date_says_how_much_is_known(boxes: list[str], found: PartialDate) -> None:
    assert forms.PartialDateField(required=False).clean(boxes) == found


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        (["29", "2", "2003"], "The date must be a real date"),
        (["1", "", "2004"], "The date must include a month, or leave the day out too"),
        (["1", "2", ""], "The date must include a year"),
        (["1", "2", "04"], "The date must have a year of four numbers, for example 2019"),
        (["x", "2", "2004"], "The date must be a real date"),
        (["²", "2", "2004"], "The date must be a real date"),
    ],
)
def test_a_partial_date_says_what_is_wrong(boxes: list[str], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        forms.PartialDateField().clean(boxes)


@given(st.dates(min_value=date(1900, 1, 1)), st.sampled_from(list(Precision)))
def test_a_partial_date_survives_being_shown_and_sent_again(
    day: date, precision: Precision
) -> None:
    known = {
        Precision.DAY: PartialDate(day, precision),
        Precision.MONTH: PartialDate(day.replace(day=1), precision),
        Precision.YEAR: PartialDate(day.replace(day=1, month=1), precision),
        Precision.NONE: PartialDate(None, precision),
    }[precision]
    field = forms.PartialDateField(required=False)

    boxes = ["" if box is None else str(box) for box in forms.PartsWidget().decompress(known)]

    assert field.clean(boxes) == known


@pytest.mark.parametrize("text", ["23:40", "2340", "23.40", "11:40pm", "11.40 PM"])
def test_a_time_may_be_written_as_people_write_it(text: str) -> None:
    assert forms.DateTimeField().clean(["3", "4", "2019", text]) == datetime(
        2019, 4, 3, 22, 40, tzinfo=UTC
    )


def test_midnight_and_noon_are_told_apart() -> None:
    field = forms.DateTimeField()

    assert london(field.clean(["3", "4", "2019", "12am"])).hour == 0
    assert london(field.clean(["3", "4", "2019", "12pm"])).hour == 12


@pytest.mark.parametrize("text", ["", "24:00", "13pm", "0am", "23:60", "soon"])
def test_a_time_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="time"):
        forms.DateTimeField().clean(["3", "4", "2019", text])


def test_an_hour_that_the_clocks_skipped_is_refused() -> None:
    with pytest.raises(ValidationError, match="the clocks went forward"):
        forms.DateTimeField().clean(["31", "3", "2019", "01:30"])


def test_an_hour_that_came_twice_is_the_first_of_the_two() -> None:
    moment = forms.DateTimeField().clean(["27", "10", "2019", "01:30"])

    assert moment == datetime(2019, 10, 27, 0, 30, tzinfo=UTC)


@given(st.datetimes(min_value=datetime(1950, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - the bound of the strategy is naive by its contract
def test_a_moment_survives_being_shown_and_sent_again(moment: datetime) -> None:
    minute = moment.replace(second=0, microsecond=0)
    if london(minute).fold:
        return
    field = forms.DateTimeField()

    boxes = [str(box) for box in forms.MomentWidget().decompress(minute)]

    assert field.clean(boxes) == minute


def test_an_empty_field_is_named_in_its_error() -> None:
    assert errors(name="", born_day="", born_month="", born_year="") == {
        "name": "Enter the child's name",
        "born": "Enter the child's date of birth",
    }


def test_an_incomplete_date_says_which_part_is_missing() -> None:
    assert errors(born_day="", born_month="") == {
        "born": "The child's date of birth must include a day and a month"
    }


def test_a_question_that_was_not_revealed_asks_nothing() -> None:
    form = Asked(ANSWERS | {"known": "left over from before", "since_day": "99"})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["known"] == ""
    assert form.cleaned_data["since"] is None


def test_a_question_that_was_revealed_must_be_answered() -> None:
    assert errors(harm="confirmed", told=["police", "other"]) == {
        "known": "Enter known",
        "since": "Enter since",
        "who": "Enter who else",
    }


def test_yes_and_no_are_answers_and_silence_is_none() -> None:
    field = forms.YesNoField(required=False)

    assert (field.clean("yes"), field.clean("no"), field.clean("")) == (True, False, None)
    assert field.prepare_value(value=False) == "no"


class Harmed(forms.Form):
    reveals = {"hurt": {"yes": ("where",)}}

    hurt = forms.YesNoField(label="Is the child hurt?")
    where = plain.CharField(label="Where")


def test_a_yes_keeps_and_asks_for_what_it_reveals() -> None:
    told = Harmed({"hurt": "yes", "where": "On the arm"})
    silent = Harmed({"hurt": "yes", "where": ""})
    unhurt = Harmed({"hurt": "no", "where": "On the arm"})

    assert told.is_valid()
    assert told.cleaned_data == {"hurt": True, "where": "On the arm"}
    assert list(silent.errors) == ["where"]
    assert unhurt.is_valid()
    assert unhurt.cleaned_data["where"] != "On the arm"
