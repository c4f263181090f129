"""The questions of the form, one a page, in plain words."""

from collections.abc import Mapping
from typing import Any, ClassVar, override

from django import forms

from harbour.foundation.agencies.models import Agency
from harbour.foundation.ui.forms import (
    ChoiceField,
    Form,
    ManyField,
    PartialDate,
    PartialDateField,
    Precision,
    TextField,
)
from harbour.record.people.vocabulary import Sex
from harbour.work.referrals.vocabulary import (
    PLAIN_CONCERNS,
    PUBLIC_RELATIONS,
    PUBLIC_SERVICES,
    LocalSource,
    Source,
    Told,
)

LONGEST_STORY = 10_000
UNKNOWN_AREA = "unknown"
YES_NO = (("yes", "Yes"), ("no", "No"))
WIDE = forms.TextInput(attrs={"class": "govuk-input--width-20"})


class Question(Form):
    """One page of the form. `lede` and `why` stand beside the question."""

    heading: ClassVar[str] = ""
    lede: ClassVar[str] = ""
    why: ClassVar[str] = ""

    def __init__(self, *args: Any, authorities: tuple[Agency, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.authorities = authorities


class Danger(Question):
    """Whether somebody must be called now."""

    heading = "Is anyone in danger right now?"
    why = (
        "If somebody may be hurt in the next hours, the police can be there sooner than we can. "
        "Call 999 first, then come back and tell us what you told them."
    )
    immediate_danger = ChoiceField(
        label="Is anyone in danger right now?",
        choices=YES_NO,
        help_text="For example: a child is hurt, is being held somewhere, or is with somebody who "
        "hurts them.",
        error_messages={"required": "Select yes if anyone is in danger right now"},
    )
    danger_action = forms.CharField(
        label="What has been done about it?",
        help_text="For example: I called 999 at ten past four. If nothing yet: call 999 now.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    names = {"danger_action": "what has been done about the danger"}
    reveals = {"immediate_danger": {"yes": ("danger_action",)}}


class Area(Question):
    """Which front door takes the concern."""

    heading = "Where does the child live?"
    why = "Each council has a team that reads concerns. This brings yours to the right one at once."
    area = ChoiceField(
        label="Where does the child live?",
        help_text="If there are several children, choose for the child you worry about most.",
        error_messages={"required": "Select the area, or “I do not know”"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: list[tuple[str, str]] = [(str(each.pk), each.name) for each in self.authorities]
        chosen.append((UNKNOWN_AREA, "I do not know, or somewhere else"))
        field = self.fields["area"]
        assert isinstance(field, ChoiceField)  # noqa: S101 - declared above
        field.choices = chosen


class ChildName(Question):
    """Who the child is."""

    heading = "What is the child's name?"
    lede = "Tell us what you know. A first name or a nickname helps too."
    why = "A name lets us see quickly whether somebody already works with the child."
    given = forms.CharField(label="First name", max_length=100, required=False, widget=WIDE)
    family = forms.CharField(label="Family name", max_length=100, required=False, widget=WIDE)
    known_as = forms.CharField(
        label="Other names or nicknames", max_length=200, required=False, widget=WIDE
    )

    @override
    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not any(str(found.get(name) or "").strip() for name in ("given", "family", "known_as")):
            self.add_error(
                "given",
                "Enter a name or a nickname. If you know none, say who you mean, for example "
                "“girl in a red coat”",
            )
        return found


class ChildAge(Question):
    """How old the child is."""

    heading = "How old is the child?"
    why = "The age tells us how to help, and it tells children with the same name apart."
    born = PartialDateField(
        label="Date of birth, if you know it",
        help_text="For example 27 3 2010. You may leave out the day or the month.",
        required=False,
    )
    age_said = forms.CharField(
        label="Or about how old",
        help_text="For example: 14, or between 13 and 15",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    sex = ChoiceField(label="Sex", choices=Sex.choices, required=False)
    names = {"born": "the date of birth"}


class ChildHome(Question):
    """Where the child lives."""

    heading = "Where is the child's home?"
    lede = "You can go on without it."
    why = "We may need to go there. We never tell anybody who does not need to know."
    address = forms.CharField(
        label="Address",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    postcode = forms.CharField(
        label="Postcode",
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )


class ChildNow(Question):
    """How the child can be found."""

    heading = "How can the child be found?"
    lede = "You can go on without it."
    why = "If the child is not safe now, this is what somebody who goes to look needs."
    with_now = forms.CharField(
        label="Where is the child now, and with whom?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    phone = forms.CharField(
        label="The child's phone number",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "inputmode": "tel"}),
    )
    school = forms.CharField(label="School or college", max_length=200, required=False, widget=WIDE)


class MoreChildren(Question):
    """Whether there is another child."""

    heading = "Is there another child you are worried about?"
    why = "Several children can be told about together. Each is looked at by themselves."
    another = ChoiceField(
        label="Is there another child you are worried about?",
        choices=YES_NO,
        error_messages={"required": "Select yes if there is another child"},
    )


class Worries(Question):
    """What it is about."""

    heading = "What are you worried about?"
    why = "This brings what you say to people who know about it. You need not be sure."
    concerns = ManyField(
        label="What are you worried about?",
        help_text="Select all that may fit. A suspicion is enough.",
        choices=[(value, words) for value, words, _ in PLAIN_CONCERNS],
        hints={value: hint for value, _, hint in PLAIN_CONCERNS if hint},
        error_messages={"required": "Select at least one worry. A suspicion is enough"},
    )


class Story(Question):
    """What happened."""

    heading = "What have you seen or heard?"
    why = "Your own words are best. They are kept as you write them."
    narrative = TextField(
        label="What have you seen or heard?",
        help_text="When and where it was, who was there, what the child said, what has changed. "
        "Say what you know yourself and what somebody told you.",
        max_length=LONGEST_STORY,
        rows=10,
        error_messages={"required": "Enter what you have seen or heard"},
    )


class Group(Question):
    """A group or a line that was named."""

    heading = "Did anybody name a group or a phone line?"
    lede = "You can go on without it."
    why = "The same name from several people shows us where children are being hurt."
    group_name = forms.CharField(
        label="Name of a group, a gang or a drugs line",
        help_text="As you heard it. People, cars and places belong in what you have written.",
        max_length=100,
        required=False,
        widget=WIDE,
    )


class Parents(Question):
    """Whether the parents know."""

    heading = "Do the child's parents or carers know that you are telling us?"
    why = "We talk to parents unless that would put a child in danger. You need not ask them first."
    parents_informed = ChoiceField(
        label="Do the child's parents or carers know that you are telling us?",
        choices=Told.choices,
        error_messages={"required": "Select whether the parents or carers know"},
    )
    parents_reason = forms.CharField(
        label="Is there a reason not to tell them?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reveals = {"parents_informed": {"no": ("parents_reason",)}}


class You(Question):
    """Who is telling."""

    heading = "Who are you?"
    why = "It helps us to understand what you saw. You need not give your name."
    relation = ChoiceField(
        label="Who are you?",
        choices=PUBLIC_RELATIONS,
        error_messages={"required": "Select who you are, or “I would rather not say”"},
    )
    service = forms.ChoiceField(
        label="Where do you work or volunteer?",
        choices=(("", "Choose one"), *PUBLIC_SERVICES),
        error_messages={"required": "Select where you work or volunteer"},
    )
    reveals = {"relation": {"work": ("service",)}}


class Contact(Question):
    """How the referrer can be reached."""

    heading = "May we get in touch with you?"
    lede = "You can go on without it."
    why = (
        "We may have a question, and we would like to tell you that somebody has looked. "
        "We do not tell the family who you are unless a court orders it."
    )
    referrer_name = forms.CharField(label="Your name", max_length=100, required=False, widget=WIDE)
    referrer_role = forms.CharField(
        label="Your job, or what you are to the child",
        max_length=200,
        required=False,
        widget=WIDE,
    )
    referrer_contact = forms.CharField(
        label="Phone number or email address", max_length=200, required=False, widget=WIDE
    )


class Sender(Question):
    """Who in which service is telling: staff, prefilled."""

    heading = "Who is telling us?"
    lede = "Filled in from your sign-in. Change it if you write on behalf of somebody else."
    why = "The source is counted in the census of children in need; the local source beside it."
    source = forms.ChoiceField(
        label="Source", choices=Source.choices, help_text="As the census codes it"
    )
    local_source = forms.ChoiceField(
        label="Local source", choices=LocalSource.choices, required=False
    )
    referrer_name = forms.CharField(label="Name", max_length=100, widget=WIDE)
    referrer_role = forms.CharField(label="Job and agency", max_length=200, widget=WIDE)
    referrer_contact = forms.CharField(
        label="Phone number or email address", max_length=200, widget=WIDE
    )
    names = {
        "referrer_name": "the name of who is telling",
        "referrer_role": "the job and agency of who is telling",
        "referrer_contact": "how who is telling can be reached",
    }


CHILD_QUESTIONS: Mapping[str, type[Question]] = {
    "name": ChildName,
    "age": ChildAge,
    "home": ChildHome,
    "now": ChildNow,
}


def born_parts(born: PartialDate | None) -> dict[str, Any]:
    """Return a partial date as the record keeps it: its first possible day, and its precision."""
    if born is None or born.date is None or born.precision is Precision.NONE:
        return {"born_on": None, "born_precision": ""}
    return {"born_on": born.date, "born_precision": born.precision.value}
