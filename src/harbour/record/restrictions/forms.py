"""What is asked when a record is restricted, when people are named, and when it is lifted."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar, cast, override
from uuid import UUID

from django import forms

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.foundation.ui.forms import ChoiceField, DateField, Form, ManyField, TextField
from harbour.record.restrictions import policy
from harbour.record.restrictions.policy import Wanted
from harbour.record.restrictions.vocabulary import Kind
from harbour.record.sharing.presenters import FACETS

WHOLE, PARTS = "whole", "parts"
USUAL_REVIEW = timedelta(days=91)
NOT_NAMED = (
    "You are not among those named: you will not see this any more, and cannot undo it. Name "
    "yourself, or say below that you know."
)


class Naming(Form):
    """Who sees it, who answers for it, why, and when that is asked again."""

    kind = ChoiceField(label="Why is it for named people only?", choices=Kind.choices)
    owner = forms.ChoiceField(
        label="Who answers for it?",
        help_text="The owner is named, and is told when somebody else looks for the record.",
    )
    named = ManyField(
        label="Who else sees it?",
        required=False,
        help_text="Two people who may restrict records are needed to lift this again: name at "
        "least one beside the owner.",
    )
    reason = TextField(
        label="What makes it necessary?",
        rows=3,
        max_length=500,
        help_text="Only those named read this.",
    )
    review_on = DateField(label="When is it looked at again?", help_text="Within the next year.")
    sure = forms.BooleanField(
        label="I know that I will not see it any more", required=False, widget=forms.CheckboxInput
    )
    names: ClassVar[dict[str, str]] = {
        "kind": "why it is for named people only",
        "owner": "who answers for it",
        "reason": "what makes it necessary",
        "review_on": "the day of the review",
    }

    def __init__(
        self, *args: Any, reader: Reader, owners: Iterable[User], users: Iterable[User],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        self.reader = reader
        today = clock.london_date(clock.now())
        usual = {"owner": str(reader.user_id), "review_on": today + USUAL_REVIEW}
        super().__init__(*args, initial=usual | kwargs.pop("initial", {}), **kwargs)
        owner = cast("forms.ChoiceField", self.fields["owner"])
        owner.choices = [("", "Choose a person"), *((str(u.pk), _spoken(u)) for u in owners)]
        named = cast("forms.MultipleChoiceField", self.fields["named"])
        named.choices = [(str(each.pk), _spoken(each)) for each in users]

    @override
    def clean(self) -> dict[str, Any]:
        """Warn who is about to shut herself out."""
        found = super().clean()
        chosen = {found.get("owner"), *(found.get("named") or ())}
        if found.get("owner") and str(self.reader.user_id) not in chosen and not found.get("sure"):
            self.add_error("sure", NOT_NAMED)
        return found

    def wanted(self, **more: Any) -> Wanted:
        """Return the restriction that is asked for."""
        found = self.cleaned_data
        return Wanted(
            kind=found["kind"],
            reason=found["reason"],
            owner_id=UUID(found["owner"]),
            named=[UUID(each) for each in found["named"]],
            review_on=found["review_on"],
            **more,
        )


class RestrictForm(Naming):
    """How much of the record is closed, and to whom it stays open."""

    how_much = ChoiceField(
        label="What is for named people only?",
        choices=[(WHOLE, "The whole record"), (PARTS, "Parts of the record")],
        hints={
            WHOLE: "For everybody else this child is not in Harbour: no search, list, count or "
            "message shows that there is a record.",
            PARTS: "Everybody else sees the child, and nothing of these parts.",
        },
    )
    facets = ManyField(
        label="Which parts?", choices=[(each.value, FACETS[each]) for each in policy.PARTS]
    )
    reveals: ClassVar[dict[str, dict[str, tuple[str, ...]]]] = {
        "how_much": {WHOLE: (), PARTS: ("facets",)}
    }
    names: ClassVar[dict[str, str]] = Naming.names | {
        "how_much": "what is for named people only",
        "facets": "at least one part of the record",
    }
    field_order = ("how_much", "facets")

    @property
    def restriction(self) -> Wanted:
        """Return the restriction of the record or of its parts."""
        whole = self.cleaned_data["how_much"] == WHOLE
        return self.wanted(whole=whole, facets=() if whole else self.cleaned_data["facets"])


class NameForm(Form):
    """Who else is named."""

    user = forms.ChoiceField(label="Who is to see it?")
    names: ClassVar[dict[str, str]] = {"user": "the person"}

    def __init__(self, *args: Any, users: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.users = {str(each.pk): each for each in users}
        choices = [(key, _spoken(each)) for key, each in self.users.items()]
        field = cast("forms.ChoiceField", self.fields["user"])
        field.choices = [("", "Choose a person"), *choices]

    @property
    def chosen(self) -> User:
        """Return the person chosen."""
        return self.users[self.cleaned_data["user"]]


class ReasonForm(Form):
    """Why."""

    reason = TextField(label="Why?", rows=3, max_length=500)
    names: ClassVar[dict[str, str]] = {"reason": "the reason"}


class ReviewForm(Form):
    """When it is looked at again."""

    review_on = DateField(label="When is it looked at again?", help_text="Within the next year.")
    names: ClassVar[dict[str, str]] = {"review_on": "the day of the review"}


def _spoken(user: User) -> str:
    return f"{user.name}, {user.job}" if user.job else user.name
