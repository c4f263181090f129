"""What is asked for a notification, a chase, the pack, and what is known of a hosted child."""

from datetime import date
from typing import Any, ClassVar, cast, override

from django import forms
from django.db.models import QuerySet

from harbour.foundation.agencies import queries as agencies
from harbour.foundation.agencies.models import Agency
from harbour.foundation.ui.forms import ChoiceField, DateField, Form, ManyField, TextField
from harbour.record.providers.models import Home
from harbour.work.hosting import vocabulary as v
from harbour.work.hosting.actions import Notified, Stated
from harbour.work.hosting.models import Consultation, Notification
from harbour.work.missing.vocabulary import InterviewService

SAID = [("yes", "Yes"), ("no", "No"), ("", "Not known yet")]
ORDERS = [*((each.value, each.label) for each in v.CareOrder if each), ("", "Not known yet")]


def _agency(label: str, empty: str, hint: str = "") -> "forms.ModelChoiceField[Agency]":
    return forms.ModelChoiceField(
        label=label,
        queryset=Agency.objects.none(),
        required=False,
        empty_label=empty,
        help_text=hint,
    )


class StatedForm(Form):
    """What regulation 41(3) asks a notification to state; what is left empty is chased."""

    given = forms.CharField(label="First names", required=False, max_length=100)
    family = forms.CharField(label="Family name", required=False, max_length=100)
    born_on = DateField(label="Date of birth", required=False)
    placing = _agency("Which authority placed the child?", "Not known yet")
    placing_contact = forms.CharField(
        label="Whom to ring there",
        required=False,
        max_length=200,
        help_text="Name, telephone or e-mail of the social worker.",
    )
    reviewer_contact = forms.CharField(
        label="Independent reviewing officer",
        required=False,
        max_length=200,
        help_text="Name, telephone or e-mail.",
    )
    accommodated = ChoiceField(
        label="Accommodated under section 20 or 21 of the Children Act 1989?",
        choices=SAID,
        required=False,
    )
    care_order = ChoiceField(
        label="A care or supervision order under section 31?", choices=ORDERS, required=False
    )
    ehc_plan = ChoiceField(label="An EHC plan?", choices=SAID, required=False)
    ehc_authority = _agency("Which authority is responsible for the plan?", "Not known yet")
    needs_given = forms.BooleanField(
        label="It says what the child needs and why this placement suits", required=False
    )
    care_plan_given = forms.BooleanField(label="The care plan came with it", required=False)
    emergency = forms.BooleanField(label="The placement was made in an emergency", required=False)
    names: ClassVar[dict[str, str]] = {"born_on": "the date of birth"}
    reveals: ClassVar[dict[str, dict[str, tuple[str, ...]]]] = {
        "ehc_plan": {"yes": ("ehc_authority",)}
    }
    OF_REG_13: ClassVar[tuple[str, ...]] = ("needs_given", "care_plan_given", "emergency")

    def __init__(self, *args: Any, duty: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("placing", "ehc_authority"):
            field = cast("forms.ModelChoiceField[Agency]", self.fields[name])
            field.queryset = agencies.authorities()
        if duty == v.Duty.REG_41:
            for name in self.OF_REG_13:
                del self.fields[name]

    @property
    def stated(self) -> Stated:
        """Return what the notification states."""
        found = {name: self.cleaned_data[name] for name in STATED if name in self.cleaned_data}
        return cast("Stated", found)


STATED = (
    "channel", "emergency", "given", "family", "born_on", "accommodated", "care_order", "placing",
    "placing_contact", "reviewer_contact", "ehc_plan", "ehc_authority", "needs_given",
    "care_plan_given", "going_to",
)  # fmt: skip


class HomeForm(StatedForm):
    """An arrival or a departure as the home itself tells it."""

    happened_on = DateField(label="Since when is the child with you?")
    names: ClassVar[dict[str, str]] = {"happened_on": "the day", "born_on": "the date of birth"}
    field_order = ("given", "family", "born_on", "happened_on")

    def __init__(self, *args: Any, leaving: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, duty=v.Duty.REG_41, **kwargs)
        for name in ("given", "family"):
            self.fields[name].required = True
        if leaving:
            self.fields["happened_on"].label = "On which day did the child leave?"
            self.fields["going_to"] = forms.CharField(
                label="Where does the child go?", required=False, max_length=200
            )
            self.order_fields(("given", "family", "born_on", "happened_on", "going_to"))


class ReceivedForm(StatedForm):
    """A notification as the hub received it, or as a placing authority makes it."""

    direction = ChoiceField(label="What does it tell?", choices=v.Direction.choices)
    duty = ChoiceField(label="Who notifies?", choices=v.Duty.choices)
    channel = ChoiceField(label="How did it come?", choices=v.Channel.choices)
    sender = forms.ModelChoiceField(
        label="From", queryset=Agency.objects.none(), empty_label="Choose"
    )
    home = forms.ModelChoiceField(
        label="Home",
        queryset=Home.objects.none(),
        required=False,
        empty_label="Not a home of the register",
    )
    host = forms.ModelChoiceField(
        label="In whose area?", queryset=Agency.objects.none(), empty_label="Choose"
    )
    received_on = DateField(label="When did it come?")
    happened_on = DateField(label="When did the child arrive or leave?")
    field_order = (
        "direction", "duty", "sender", "channel", "received_on", "happened_on", "home", "host",
        "given", "family", "born_on",
    )  # fmt: skip
    reveals: ClassVar[dict[str, dict[str, tuple[str, ...]]]] = {
        "ehc_plan": {"yes": ("ehc_authority",)},
        "duty": {"reg_13": StatedForm.OF_REG_13},
    }
    names: ClassVar[dict[str, str]] = {
        "direction": "what it tells",
        "duty": "who notifies",
        "channel": "how it came",
        "sender": "who sent it",
        "host": "the authority of the area",
        "received_on": "the day it came",
        "happened_on": "the day",
        "born_on": "the date of birth",
    }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        sender = cast("forms.ModelChoiceField[Agency]", self.fields["sender"])
        sender.queryset = Agency.objects.exclude(kind__in=("police", "hub"))
        home = cast("forms.ModelChoiceField[Home]", self.fields["home"])
        home.queryset = Home.objects.select_related("agency").order_by("agency__name")
        host = cast("forms.ModelChoiceField[Agency]", self.fields["host"])
        host.queryset = agencies.authorities()

    @override
    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for name in ("received_on", "happened_on"):
            if said.get(name) and said[name] > self.today:
                self.add_error(name, "The day cannot be one to come")
        return said

    @property
    def notified(self) -> Notified:
        """Return the notification."""
        names = ("direction", "duty", "sender", "home", "host", "received_on", "happened_on")
        told = {name: self.cleaned_data[name] for name in names}
        return cast("Notified", told | self.stated)


class CompleteForm(StatedForm):
    """What a notification lacked."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def initial_of(found: Notification) -> dict[str, Any]:
        """Return what the form shows at first."""
        said = {name: getattr(found, name) for name in STATED if name != "channel"}
        return said | {"seen_version": found.version}


class TakeInForm(Form):
    """Which child, or which placement, a notification is about."""

    which = ChoiceField(label="Which child is it?", choices=())
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    names: ClassVar[dict[str, str]] = {"which": "the child"}

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["which"]).choices = offered


class ChaseForm(Form):
    """How somebody was asked, and what was said."""

    how = ChoiceField(label="How did you ask?", choices=v.ChaseHow.choices)
    words = TextField(label="What was said", required=False, rows=3, max_length=1000)
    names: ClassVar[dict[str, str]] = {"how": "how you asked"}


class PackForm(Form):
    """A version of the pack."""

    text = TextField(
        label="What the pack says",
        rows=14,
        max_length=20000,
        help_text="How to send a concern, what to do when a child is missing, the guidance and "
        "the law, and that every arrival and departure is notified. The directory of contacts "
        "stands below it by itself.",
    )
    changed = forms.CharField(label="What is new", required=False, max_length=200)
    names: ClassVar[dict[str, str]] = {"text": "what the pack says"}


class ToldForm(Form):
    """What another authority told of a child."""

    kinds = ManyField(label="What did it tell?", choices=v.FlagKind.choices)
    told_by = forms.ModelChoiceField(
        label="Who told it?", queryset=Agency.objects.none(), empty_label="Choose"
    )
    told_on = DateField(label="When was it told?")
    channel = ChoiceField(label="How?", choices=v.Channel.choices)
    since_on = DateField(
        label="Since when does it hold there?",
        required=False,
        help_text="The day the flag was set at home, if they said so.",
    )
    words = TextField(
        label="What they said", required=False, rows=4, max_length=2000,
        help_text="As they said it. It is what they told, not what this hub has found.",
    )  # fmt: skip
    names: ClassVar[dict[str, str]] = {
        "kinds": "what they told",
        "told_by": "who told it",
        "told_on": "the day",
        "channel": "how it was told",
        "since_on": "the day",
    }

    def __init__(self, *args: Any, tellers: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Agency]", self.fields["told_by"]).queryset = tellers

    @override
    def clean(self) -> dict[str, Any]:
        said = super().clean()
        kinds = said.get("kinds") or []
        if v.FlagKind.NONE in kinds and len(kinds) > 1:
            self.add_error("kinds", "Either there is none, or say which")
        return said


class OfferForm(Form):
    """A local consultation that is offered."""

    agency = forms.ModelChoiceField(
        label="To which authority?", queryset=Agency.objects.none(), empty_label="Choose"
    )
    offered_on = DateField(label="When was it offered?")
    names: ClassVar[dict[str, str]] = {"agency": "the authority", "offered_on": "the day"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Agency]", self.fields["agency"])
        field.queryset = agencies.authorities()


class ConsultationForm(Form):
    """What became of an offered consultation."""

    answer = ChoiceField(label="What became of it?", choices=v.ConsultationAnswer.choices)
    held_on = DateField(label="When was it held?", required=False)
    words = TextField(label="What came of it", required=False, rows=4, max_length=2000)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    names: ClassVar[dict[str, str]] = {"answer": "what became of it", "held_on": "the day"}
    reveals: ClassVar[dict[str, dict[str, tuple[str, ...]]]] = {
        "answer": {"held": ("held_on",)},
    }

    @staticmethod
    def initial_of(found: Consultation) -> dict[str, Any]:
        """Return what the form shows at first."""
        return {
            "answer": found.answer,
            "held_on": found.held_on,
            "words": found.words,
            "seen_version": found.version,
        }


class ArrangeForm(Form):
    """Who holds the return interviews of a child placed across a border."""

    interviewer = ChoiceField(
        label="Who holds return interviews?", choices=InterviewService.choices
    )
    agreed_with = _agency("With which authority is it agreed?", "Not agreed with anybody yet")
    reason = TextField(label="Why are they best placed?", rows=3, max_length=1000)
    names: ClassVar[dict[str, str]] = {
        "interviewer": "who holds them",
        "reason": "why they are best placed",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Agency]", self.fields["agreed_with"])
        field.queryset = agencies.authorities()
