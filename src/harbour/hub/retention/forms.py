"""What is asked when a record is to go or to stay."""

from typing import Any, ClassVar, cast

from django import forms

from harbour.foundation.ui.forms import ChoiceField, DateField, Form, TextField
from harbour.hub.retention.models import Rule
from harbour.hub.retention.vocabulary import Deed, Scope

WHY = "A sentence that the second person, and whoever asks in ten years, can follow."


class ReasonForm(Form):
    """Why."""

    reason = TextField(label="Why?", rows=3, max_length=1000, help_text=WHY, min_length=10)
    names: ClassVar[dict[str, str]] = {"reason": "why"}


class ProposeForm(ReasonForm):
    """What is proposed for one record, and why."""

    deed = ChoiceField(
        label="What do you propose?",
        choices=[(each.value, each.label) for each in (Deed.DISPOSE, Deed.KEEP, Deed.ERASE)],
        hints={
            Deed.DISPOSE: "The schedule has run out and no hold stands.",
            Deed.ERASE: "A request to erase was upheld, or the record should never have been made.",
        },
    )
    keep_until = DateField(label="Until when is it kept?")
    field_order = ("deed", "keep_until", "reason")
    names: ClassVar[dict[str, str]] = {
        "deed": "what you propose",
        "keep_until": "the day until which it is kept",
        "reason": "why",
    }
    reveals: ClassVar[dict[str, dict[str, tuple[str, ...]]]] = {
        "deed": {Deed.KEEP.value: ("keep_until",)}
    }


class HoldForm(ReasonForm):
    """What a hold covers, and why."""

    scope = ChoiceField(
        label="What does it cover?",
        choices=[(each.value, each.label) for each in (Scope.RULE, Scope.PARTNERSHIP)],
        hints={Scope.PARTNERSHIP: "Nothing at all is disposed of while it stands."},
    )
    rule = forms.ChoiceField(label="Which rule?")
    ends_on = DateField(
        label="Until when?",
        required=False,
        help_text="The first day without it. Leave it empty if two people are to lift it.",
    )
    field_order = ("scope", "rule", "ends_on", "reason")
    names: ClassVar[dict[str, str]] = {
        "scope": "what it covers",
        "rule": "the rule",
        "reason": "why the records must stay",
    }
    reveals: ClassVar[dict[str, dict[str, tuple[str, ...]]]] = {
        "scope": {Scope.RULE.value: ("rule",)}
    }

    def __init__(self, *args: Any, rules: list[Rule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["rule"])
        field.choices = [(each.code, each.covers) for each in rules]


class ChildHoldForm(ReasonForm):
    """Why one child's record must stay, and until when."""

    ends_on = DateField(
        label="Until when?",
        required=False,
        help_text="The first day without it. Leave it empty if two people are to lift it.",
    )
    field_order = ("reason", "ends_on")
