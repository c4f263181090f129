"""A form that names what is missing, and fields for dates as people know them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple, override

from django import forms
from django.core.exceptions import ValidationError
from django.forms import widgets

from harbour.foundation.kernel.clock import LONDON, london


class Form(forms.Form):
    """A form whose errors name the field, and whose hidden questions ask nothing.

    `names` gives the words for a field in its messages: `{"name": "the child's name"}` makes
    "Enter the child's name". `reveals` says which fields stand under which choice:
    `{"harm": {"confirmed": ("harm_detail",)}}`; what was not revealed is neither required nor kept.
    """

    names: ClassVar[Mapping[str, str]] = {}
    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {}
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            self._name_what_is_missing(name, field)

    @property
    def revealed(self) -> frozenset[str]:
        """Return the names of the fields that stand under a choice."""
        return frozenset(
            name
            for options in self.reveals.values()
            for names in options.values()
            for name in names
        )

    @property
    def in_the_open(self) -> tuple[forms.BoundField, ...]:
        """Return the visible fields that stand on their own."""
        return tuple(field for field in self.visible_fields() if field.name not in self.revealed)

    @override
    def clean(self) -> dict[str, Any]:
        """Drop what was not asked; a subclass calls this first and then reads `cleaned_data`."""
        super().clean()
        for chooser, options in self.reveals.items():
            # As the page shows it: what was read may be a truth value and no word.
            chosen = self.fields[chooser].prepare_value(self.cleaned_data.get(chooser))
            picked = {
                str(one) for one in (chosen if isinstance(chosen, (list, tuple)) else [chosen])
            }
            asked = {name for value, names in options.items() if value in picked for name in names}
            for names in options.values():
                for name in set(names) - asked:
                    self._forget(name)
        return self.cleaned_data

    def _forget(self, name: str) -> None:
        self.errors.pop(name, None)
        self.cleaned_data[name] = getattr(self.fields[name], "empty_value", None)

    def _name_what_is_missing(self, name: str, field: forms.Field) -> None:
        words = self.names.get(name) or _in_a_sentence(str(field.label or name.replace("_", " ")))
        default = type(field).default_error_messages.get("required")
        own = field.error_messages.get("required")
        if own in (None, default, forms.Field.default_error_messages["required"]):
            field.error_messages["required"] = f"{_verb(field)} {words}"
        if isinstance(field, Named):
            field.words = words


def _in_a_sentence(label: str) -> str:
    label = label.rstrip("?:. ")
    if len(label) > 1 and label[1].isupper():
        return label
    return label[:1].lower() + label[1:]


def _verb(field: forms.Field) -> str:
    if isinstance(field.widget, (widgets.ChoiceWidget, widgets.CheckboxInput)):
        return "Select"
    return "Choose" if isinstance(field.widget, widgets.FileInput) else "Enter"


class Named:
    """A field that uses its own words in its messages."""

    words: str = "the date"

    def say(self, rest: str) -> ValidationError:
        """Return an error that begins with the field's words."""
        return ValidationError(f"{self.words[:1].upper()}{self.words[1:]} {rest}")


class ChoiceField(forms.ChoiceField):
    """Radios, each with an optional hint."""

    widget = forms.RadioSelect

    def __init__(self, *, hints: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.hints = {str(value): hint for value, hint in (hints or {}).items()}


class ManyField(forms.MultipleChoiceField):
    """Checkboxes, each with an optional hint."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, hints: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.hints = {str(value): hint for value, hint in (hints or {}).items()}


class YesNoField(forms.TypedChoiceField):
    """Yes or no as two radios; gives True, False, or None where it may be left open."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", (("yes", "Yes"), ("no", "No")))
        super().__init__(coerce=lambda value: value == "yes", empty_value=None, **kwargs)
        self.hints: dict[str, str] = {}

    @override
    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class TextField(forms.CharField):
    """Several lines of text; counts characters where `max_length` is given."""

    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    NONE = "none"


class PartialDate(NamedTuple):
    """A date of which perhaps only the year is known; what is unknown stands as the first."""

    date: date | None
    precision: Precision


@dataclass(frozen=True)
class Part:
    """One box of a date: its name, its label, its width."""

    name: str
    label: str
    width: int
    numeric: bool = True


DATE_PARTS = (Part("day", "Day", 2), Part("month", "Month", 2), Part("year", "Year", 4))
MOMENT_PARTS = (*DATE_PARTS, Part("time", "Time", 5, numeric=False))


class PartsWidget(forms.MultiWidget):
    """Boxes in a row, each with its own label."""

    template_name = "ui/widgets/date.html"
    use_fieldset = True
    parts: ClassVar[tuple[Part, ...]] = DATE_PARTS

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part.name: forms.TextInput() for part in self.parts}, attrs)

    @override
    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        if isinstance(value, PartialDate):  # a tuple, which the library would take for the boxes
            value = self.decompress(value)
        context = super().get_context(name, value, attrs)
        boxes = context["widget"]["subwidgets"]
        context["boxes"] = [
            {"part": part, "widget": box} for part, box in zip(self.parts, boxes, strict=True)
        ]
        context["failed"] = "aria-invalid" in (attrs or {})
        return context

    @override
    def decompress(self, value: Any) -> list[Any]:
        return _date_boxes(value)


class MomentWidget(PartsWidget):
    """Day, month, year and time."""

    parts = MOMENT_PARTS

    @override
    def decompress(self, value: Any) -> list[Any]:
        if not isinstance(value, datetime):
            return [*_date_boxes(value), None]
        local = london(value)
        return [local.day, local.month, local.year, f"{local:%H:%M}"]


def _date_boxes(value: Any) -> list[Any]:
    if isinstance(value, PartialDate):
        if value.date is None:
            return [None, None, None]
        known = value.precision
        return [
            value.date.day if known is Precision.DAY else None,
            value.date.month if known in {Precision.DAY, Precision.MONTH} else None,
            value.date.year,
        ]
    return [value.day, value.month, value.year] if isinstance(value, date) else [None, None, None]


class _PartsField(Named, forms.MultiValueField):
    """A field of boxes that a person fills with numbers."""

    widget: type[PartsWidget] = PartsWidget

    def __init__(self, **kwargs: Any) -> None:
        fields = tuple(forms.CharField(required=False, max_length=12) for _ in self.widget.parts)
        super().__init__(fields=fields, require_all_fields=False, **kwargs)

    def _numbers(self, boxes: Sequence[str]) -> list[int | None]:
        """Return day, month and year as numbers, or say which is not one."""
        numbers: list[int | None] = []
        for part, text in zip(DATE_PARTS, boxes, strict=False):
            text = (text or "").strip()  # noqa: PLW2901 - the trimmed text is the text
            if part.name == "month" and text[:3].lower() in _MONTHS:
                text = str(_MONTHS[text[:3].lower()])  # noqa: PLW2901 - as above
            if text and not (text.isascii() and text.isdigit()):
                raise self.say("must be a real date")
            numbers.append(int(text) if text else None)
        return numbers

    def _whole(self, boxes: Sequence[str]) -> date:
        """Return the date, or say which box is empty or that there is no such day."""
        day, month, year = self._numbers(boxes)
        empty = [
            part.name
            for part, number in zip(DATE_PARTS, (day, month, year), strict=True)
            if number is None
        ]
        if empty:
            raise self.say(f"must include a {' and a '.join(empty)}")
        return self._real(year, month, day)

    def _real(self, year: int | None, month: int | None, day: int | None) -> date:
        """Return the date with what is unknown as the first, or say that there is no such day."""
        if year is not None and year < 1000:
            raise self.say("must have a year of four numbers, for example 2019")
        try:
            return date(year or 1, month or 1, day or 1)
        except ValueError as error:
            raise self.say("must be a real date") from error


_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        start=1,
    )
}


class DateField(_PartsField):
    """A date in three boxes."""

    @override
    def compress(self, data_list: list[str]) -> date | None:
        if not any(data_list):
            return None
        return self._whole(data_list)


class PartialDateField(_PartsField):
    """A date of which the day, or the day and the month, may be unknown."""

    @override
    def compress(self, data_list: list[str]) -> PartialDate:
        if not any(data_list):
            return PartialDate(None, Precision.NONE)
        day, month, year = self._numbers(data_list)
        if year is None:
            raise self.say("must include a year")
        if day is not None and month is None:
            raise self.say("must include a month, or leave the day out too")
        known = (
            Precision.DAY
            if day is not None
            else Precision.MONTH
            if month is not None
            else Precision.YEAR
        )
        return PartialDate(self._real(year, month, day), known)


class DateTimeField(_PartsField):
    """A date and a time on the wall in England; gives the moment in UTC."""

    widget = MomentWidget

    @override
    def compress(self, data_list: list[str]) -> datetime | None:
        if not any(data_list):
            return None
        day = self._whole(data_list[:3])
        return self._moment(day, self._time(data_list[3] or ""))

    def _time(self, text: str) -> time:
        if not text.strip():
            raise self.say("must include a time, for example 23:40")
        found = _TIME.fullmatch(text.strip().lower())
        if found is None:
            raise self.say("must have a time like 23:40 or 11:40pm")
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        if found["half"]:
            if not 1 <= hour <= 12:
                raise self.say("must have a time like 23:40 or 11:40pm")
            hour = hour % 12 + (12 if found["half"] == "pm" else 0)
        if hour > 23 or minute > 59:
            raise self.say("must have a time like 23:40 or 11:40pm")
        return time(hour, minute)

    def _moment(self, day: date, at: time) -> datetime:
        """Return the moment in UTC; an hour that came twice is the first of the two."""
        moment = datetime.combine(day, at, tzinfo=LONDON).astimezone(UTC)
        if london(moment).time() != at:
            raise self.say(f"cannot be {at:%H:%M}: the clocks went forward over that hour")
        return moment


_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d{2}))?\s*(?P<half>am|pm)?")
