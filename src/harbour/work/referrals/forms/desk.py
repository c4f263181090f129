"""What is asked at the front door: of a caller, on a list, and of the person who screens."""

from collections.abc import Sequence
from typing import Any, override

from django import forms
from django.forms.utils import ErrorDict

from harbour.foundation.agencies.models import Agency
from harbour.foundation.ui.forms import (
    ChoiceField,
    DateTimeField,
    Form,
    ManyField,
    PartialDateField,
    TextField,
)
from harbour.record.people.vocabulary import Sex
from harbour.work.referrals.forms.questions import LONGEST_STORY, WIDE, YES_NO
from harbour.work.referrals.vocabulary import (
    Concern,
    Decision,
    LocalSource,
    Source,
    Status,
    Told,
)

SHORT = forms.TextInput(attrs={"class": "govuk-input--width-10"})
TWO_ROWS = forms.Textarea(attrs={"rows": 2})
# A local source beside a census source in one list: both are what people ask for.
SOURCE_FILTER = (
    ("", "Any source"),
    ("Local source", [each for each in LocalSource.choices if each[0]]),
    ("Census source", list(Source.choices)),
)


class Unfinished(Form):
    """A form that may be shown again as it was typed, before anything is complained of."""

    def forgive(self) -> None:
        """Show what was typed and no errors: somebody is still on the line."""
        self._errors = ErrorDict()


class Call(Unfinished):
    """A phone call, on one page: what can be asked while somebody is on the line."""

    immediate_danger = ChoiceField(
        label="Is anyone in danger right now?",
        choices=YES_NO,
        help_text="If so: the caller hangs up and calls 999, or you call for them.",
        error_messages={"required": "Select yes if anyone is in danger right now"},
    )
    danger_action = forms.CharField(label="What was done at once", max_length=500, widget=TWO_ROWS)
    received_at = DateTimeField(label="When the call came in")
    authority = forms.ChoiceField(label="Where the child lives")
    narrative = TextField(
        label="What the caller says",
        help_text="In the caller's words, and in the child's words where they are repeated.",
        max_length=LONGEST_STORY,
        rows=8,
    )
    concerns = ManyField(label="What it is about", choices=Concern.choices)
    group_name = forms.CharField(
        label="A group or line that was named", max_length=100, required=False, widget=WIDE
    )
    source = forms.ChoiceField(
        label="Who is calling", choices=(("", "Choose one"), *Source.choices)
    )
    local_source = forms.ChoiceField(
        label="Local source", choices=LocalSource.choices, required=False
    )
    referrer_name = forms.CharField(
        label="Caller's name", max_length=100, required=False, widget=WIDE
    )
    referrer_role = forms.CharField(
        label="Caller's job, or what they are to the child",
        max_length=200,
        required=False,
        widget=WIDE,
    )
    referrer_contact = forms.CharField(
        label="How the caller can be reached", max_length=200, required=False, widget=WIDE
    )
    parents_informed = ChoiceField(
        label="Do the parents or carers know?", choices=Told.choices, initial=Told.NOT_KNOWN
    )
    parents_reason = forms.CharField(
        label="Is there a reason not to tell them?",
        max_length=500,
        required=False,
        widget=TWO_ROWS,
    )
    names = {
        "danger_action": "what was done at once",
        "received_at": "when the call came in",
        "authority": "where the child lives",
        "narrative": "what the caller says",
        "concerns": "what it is about",
        "source": "who is calling",
        "parents_informed": "whether the parents or carers know",
    }
    reveals = {
        "immediate_danger": {"yes": ("danger_action",)},
        "parents_informed": {Told.NO.value: ("parents_reason",)},
    }

    def __init__(self, *args: Any, authorities: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose one")] if len(authorities) > 1 else []
        choices += [(str(each.pk), each.name) for each in authorities]
        self.fields["authority"] = forms.ChoiceField(
            label="Where the child lives",
            choices=choices,
            error_messages={"required": "Select where the child lives"},
        )


class CallChild(Unfinished):
    """A child on the phone form. One of the three names is enough."""

    given = forms.CharField(label="First name", max_length=100, required=False, widget=WIDE)
    family = forms.CharField(label="Family name", max_length=100, required=False, widget=WIDE)
    known_as = forms.CharField(label="Known as", max_length=100, required=False, widget=WIDE)
    born = PartialDateField(label="Date of birth, as far as known", required=False)
    age_said = forms.CharField(
        label="Or about how old", max_length=60, required=False, widget=SHORT
    )
    sex = ChoiceField(label="Sex", choices=Sex.choices, required=False)
    with_now = forms.CharField(
        label="Where the child is now, and with whom",
        max_length=500,
        required=False,
        widget=TWO_ROWS,
    )
    phone = forms.CharField(
        label="Child's phone number", max_length=30, required=False, widget=WIDE
    )
    address = forms.CharField(label="Address", max_length=300, required=False, widget=TWO_ROWS)
    postcode = forms.CharField(label="Postcode", max_length=10, required=False, widget=SHORT)
    school = forms.CharField(label="School or college", max_length=200, required=False, widget=WIDE)
    names = {"born": "the date of birth"}

    @override
    def clean(self) -> dict[str, Any]:
        """Ask for one of the three names."""
        found = super().clean()
        if not any(str(found.get(name) or "").strip() for name in ("given", "family", "known_as")):
            self.add_error("given", "Enter a name or a nickname, or say who is meant")
        return found


class Filter(Form):
    """What a list at the front door shows. Nothing here says anything of a child."""

    status = forms.ChoiceField(
        label="Status",
        required=False,
        choices=((Status.NEW, "To be screened"), (Status.SCREENED, "Screened"), ("all", "All")),
    )
    late = forms.ChoiceField(
        label="Clock", required=False, choices=(("", "Any"), ("late", "Overdue only"))
    )
    source = forms.ChoiceField(label="Source", required=False, choices=SOURCE_FILTER)
    concern = forms.ChoiceField(
        label="Concern", required=False, choices=(("", "Any concern"), *Concern.choices)
    )
    authority = forms.ChoiceField(label="Authority", required=False)

    def __init__(self, *args: Any, authorities: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(authorities) < 2:
            del self.fields["authority"]
            return
        self.fields["authority"] = forms.ChoiceField(
            label="Authority",
            required=False,
            choices=[("", "Any authority"), *((str(each.pk), each.name) for each in authorities)],
        )


class Decide(Form):
    """What happens with the concern, and why."""

    decision = ChoiceField(
        label="What happens now?",
        choices=Decision.choices,
        hints={
            Decision.ADVICE: "The referrer is told what they can do.",
            Decision.NO_FURTHER_ACTION: "It comes back when anything new touches the same child, "
            "address, phone or group.",
            Decision.EXISTING_WORKER: "Somebody already works with the child and is told today.",
            Decision.DAILY_MEETING: "The agencies grade the risk together. Needs a linked child.",
        },
    )
    reason = TextField(
        label="Why?",
        help_text="What you looked at and what it means for the child. Others will rest on it.",
        max_length=4_000,
        rows=4,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    names = {"decision": "what happens now", "reason": "why"}


class Feedback(Form):
    """What the referrer is told."""

    text = TextField(
        label="What the referrer was told",
        help_text="The sentence says nothing private. Change it if you said it differently.",
        max_length=1_000,
        rows=4,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    names = {"text": "what the referrer was told"}


class Unlink(Form):
    """Why a link was a mistake."""

    reason = TextField(
        label="Why is this not the child?",
        max_length=500,
        rows=2,
        error_messages={"required": "Enter why this is not the child"},
    )


class StopWatching(Form):
    """Why a concern need not be watched any more."""

    reason = TextField(
        label="Why need it not be watched any more?",
        max_length=500,
        rows=2,
        error_messages={"required": "Enter why it need not be watched any more"},
    )


class PassOn(Form):
    """Which authority a concern belongs to."""

    authority = ChoiceField(label="Which authority does the child belong to?")
    reason = TextField(
        label="How do you know?",
        max_length=500,
        rows=2,
        error_messages={"required": "Enter how you know that it belongs there"},
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, authorities: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"] = ChoiceField(
            label="Which authority does the child belong to?",
            choices=[(str(each.pk), each.name) for each in authorities],
            error_messages={"required": "Select the authority"},
        )


class Register(Form):
    """A child whom no search found, prefilled with what the referrer said."""

    given = forms.CharField(label="First name", max_length=100, required=False, widget=WIDE)
    family = forms.CharField(label="Family name", max_length=100, required=False, widget=WIDE)
    known_as = forms.CharField(label="Known as", max_length=100, required=False, widget=WIDE)
    born = PartialDateField(
        label="Date of birth, as far as known",
        help_text="Leave empty if nobody knows it.",
        required=False,
    )
    sex = ChoiceField(label="Sex", choices=Sex.choices, initial=Sex.UNKNOWN)
    responsible = forms.ChoiceField(label="Responsible authority")
    names = {"born": "the date of birth"}

    def __init__(self, *args: Any, authorities: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"] = forms.ChoiceField(
            label="Responsible authority",
            choices=[(str(each.pk), each.name) for each in authorities],
        )

    @override
    def clean(self) -> dict[str, Any]:
        """Ask for one of the three names."""
        found = super().clean()
        if not any(str(found.get(name) or "").strip() for name in ("given", "family", "known_as")):
            self.add_error("given", "Enter a name, or what the child is called")
        return found
