"""What every form of this room shares."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, override

from django import forms
from django.core.validators import MaxLengthValidator

from harbour.foundation.access.models import User
from harbour.foundation.ui.forms import Form

SHORT: dict[str, Any] = {"validators": [MaxLengthValidator(2000)], "required": False, "rows": 2}
# A clock on a phone may run a little ahead of ours: a minute is no future.
AHEAD = timedelta(minutes=1)


class Versioned(Form):
    """A form that knows which version of the record the person had in front of them."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)


def past(moment: datetime | None, at: datetime, what: str) -> datetime | None:
    """Return a moment that is not in the future; a minute ahead counts as now."""
    if moment is None or moment <= at:
        return moment
    if moment > at + AHEAD:
        raise forms.ValidationError(f"{what} cannot be in the future")
    return at


class ColleagueField(forms.ChoiceField):
    """A select of people who work in the hub, each with their job; gives the person."""

    def __init__(self, *, unchosen: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.unchosen = unchosen
        self.offered: dict[str, User] = {}

    def offer(self, people: Iterable[User]) -> None:
        """Offer these people, in the order of their names."""
        named = sorted(people, key=lambda each: each.name)
        self.offered = {str(each.pk): each for each in named}
        self.choices = [
            ("", self.unchosen),
            *((key, _job(each)) for key, each in self.offered.items()),
        ]

    @override
    def clean(self, value: Any) -> User | None:
        return self.offered.get(super().clean(value))


def offer_people(field: forms.Field, people: Iterable[User]) -> None:
    """Offer these people in a select of colleagues."""
    if isinstance(field, ColleagueField):
        field.offer(people)


def _job(user: User) -> str:
    return f"{user.name}, {user.job}" if user.job else user.name
