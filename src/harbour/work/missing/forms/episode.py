"""What is asked while a child is missing and when they are back."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar, override

from django import forms
from django.core.validators import MaxLengthValidator

from harbour.foundation.access.models import User
from harbour.foundation.kernel import clock
from harbour.foundation.ui.forms import ChoiceField, DateField, DateTimeField, Form, TextField
from harbour.work.missing import vocabulary as v
from harbour.work.missing.actions import Return, Risk
from harbour.work.missing.forms.asked import (
    AHEAD,
    SHORT,
    ColleagueField,
    Versioned,
    offer_people,
    past,
)


class Log(Form):
    """One entry of the log."""

    names: ClassVar = {"text": "what was done or heard"}
    text = TextField(label="What was done or heard?", validators=[MaxLengthValidator(4000)], rows=3)
    happened_at = DateTimeField(
        label="When?", help_text="Leave empty if it is happening now.", required=False
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    def clean_happened_at(self) -> datetime | None:
        """Refuse what has not happened yet."""
        return past(self.cleaned_data["happened_at"], self.at, "It happened")


class RiskGrade(Versioned):
    """The police's grade."""

    names: ClassVar = {"grade": "the grade the police set", "reason": "why the police set it"}
    grade = ChoiceField(label="Police risk grade", choices=v.PoliceRisk.choices)
    reason = TextField(label="Why?", validators=[MaxLengthValidator(2000)], rows=3)
    set_by = forms.CharField(
        label="Who set it?", help_text="Officer or control room.", required=False, max_length=120
    )

    @property
    def risk(self) -> Risk:
        """Return the grade with its reason."""
        said = self.cleaned_data
        return Risk(grade=said["grade"], reason=said["reason"], set_by=said["set_by"])


class HandOver(Versioned):
    """Who owns the episode from now on."""

    names: ClassVar = {"to": "who takes the episode over"}
    to = ColleagueField(label="Offer it to", unchosen="Choose a colleague")
    note = TextField(label="What must they know?", **SHORT)

    def __init__(self, *args: Any, owners: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people(self.fields["to"], owners)


class RecordReturn(Versioned):
    """When, where and how the child came back."""

    reveals: ClassVar = {"known": {"minute": ("returned_at",), "day": ("returned_on",), "none": ()}}
    names: ClassVar = {
        "known": "how exactly the return is known",
        "returned_at": "when the child came back",
        "returned_on": "the day the child came back",
    }
    known = ChoiceField(
        label="When did the child come back?",
        choices=(
            ("minute", "I know the day and the time"),
            ("day", "I know the day, not the time"),
            ("none", "Nobody recorded it"),
        ),
        hints={
            "minute": "The 72 hours for the return home interview run from this moment.",
            "day": "The board will say: return time not recorded.",
            "none": "The board will say: return time not recorded.",
        },
    )
    returned_at = DateTimeField(label="Day and time")
    returned_on = DateField(label="Day")
    how = ChoiceField(
        label="How did they come back?",
        choices=v.ReturnMethod.choices,
        initial=v.ReturnMethod.NOT_KNOWN,
        required=False,
    )
    found_where = TextField(label="Where were they?", **SHORT)
    found_with = TextField(label="Who were they with?", **SHORT)
    harm = TextField(
        label="Is there any sign that they were harmed?",
        help_text="Injuries, drugs or alcohol, new things, what they said at once.",
        **SHORT,
    )

    def __init__(self, *args: Any, started_at: datetime, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.started_at, self.at = started_at, at
        today = clock.london_date(at)
        self.fields["returned_at"].initial = self.fields["returned_on"].initial = today

    @override
    def clean(self) -> dict[str, Any]:
        """Hold the return between the episode's beginning and now."""
        said = super().clean()
        moment, day = said.get("returned_at"), said.get("returned_on")
        if moment is not None and moment < self.started_at:
            self.add_error("returned_at", "The return must be after the child was last seen")
        if moment is not None and moment > self.at + AHEAD:
            self.add_error("returned_at", "The return cannot be in the future")
        if day is not None and day < clock.london_date(self.started_at):
            self.add_error("returned_on", "The return must be on or after the day last seen")
        if day is not None and day > clock.london_date(self.at):
            self.add_error("returned_on", "The return cannot be in the future")
        return said

    @property
    def back(self) -> Return:
        """Return what was said of the return."""
        said = self.cleaned_data
        moment: datetime | None = said["returned_at"]
        day: date | None = said["returned_on"]
        return Return(
            returned_at=min(moment, self.at) if moment else None,
            returned_on=day,
            how=said["how"] or v.ReturnMethod.NOT_KNOWN,
            found_where=said["found_where"],
            found_with=said["found_with"],
            harm=said["harm"],
        )
