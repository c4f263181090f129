"""What is asked of a person who completes a tool: one form a tool, made from its definition."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django import forms

from harbour.foundation.ui.forms import ChoiceField, Form, ManyField, TextField
from harbour.work.assessments import rules
from harbour.work.assessments.models import ToolVersion
from harbour.work.assessments.rules import Answers, Definition, Indicator
from harbour.work.assessments.vocabulary import Answer, Judgement, Recency

LONGEST_EVIDENCE = 2_000
PARTS = ("answer", "when", "evidence")


class Start(Form):
    """Which tools."""

    tools = ManyField(
        label="Which tools do you want to complete?",
        help_text="Two tools that you choose together are kept as a pair.",
        error_messages={"required": "Select at least one tool"},
    )

    def __init__(self, *args: Any, versions: list[ToolVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tools"] = ManyField(
            label="Which tools do you want to complete?",
            help_text="Two tools that you choose together are kept as a pair.",
            choices=[(str(each.pk), each.tool.title) for each in versions],
            hints={str(each.pk): each.tool.purpose for each in versions},
            error_messages={"required": "Select at least one tool"},
        )

    @property
    def chosen(self) -> list[UUID]:
        """Return the versions that were chosen."""
        return [UUID(each) for each in self.cleaned_data["tools"]]


class ToolForm(Form):
    """The answers to one tool. A draft may have gaps: what is missing is asked before judging."""

    definition: ClassVar[Definition]
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def answers(self) -> dict[str, dict[str, str]]:
        """Return the answers as the record keeps them."""
        return {
            each.code: {
                part: str(self.cleaned_data.get(f"{each.code}_{part}") or "").strip()
                for part in (PARTS if each.is_dated else ("answer", "evidence"))
            }
            for each in rules.indicators(self.definition)
        }

    def complain_of_gaps(self) -> None:
        """Name every answer that is missing before a person can judge."""
        for field, sentence in rules.missing(self.definition, self.answers).items():
            self.add_error(field, sentence)


def tool_form(definition: Definition) -> type[ToolForm]:
    """Return the form of a tool."""
    fields: dict[str, Any] = {"definition": definition, "reveals": {}, "__module__": __name__}
    for each in rules.indicators(definition):
        fields |= _fields(each)
        shown = tuple(
            f"{each.code}_{part}"
            for part in (("when", "evidence") if each.is_dated else ("evidence",))
        )
        fields["reveals"][f"{each.code}_answer"] = {
            Answer.YES.value: shown,
            Answer.POSSIBLE.value: (f"{each.code}_evidence",),
        }
    return type("FilledTool", (ToolForm,), fields)


def _fields(indicator: Indicator) -> dict[str, forms.Field]:
    made: dict[str, forms.Field] = {
        f"{indicator.code}_answer": ChoiceField(
            label=indicator.text, help_text=indicator.help, choices=Answer.choices, required=False
        ),
        f"{indicator.code}_evidence": TextField(
            label="What does this rest on?",
            help_text="What was seen or said, by whom, and when.",
            max_length=LONGEST_EVIDENCE,
            rows=2,
            required=False,
        ),
    }
    if indicator.is_dated:
        made[f"{indicator.code}_when"] = forms.ChoiceField(
            label="When was it last seen?",
            choices=(("", "Choose one"), *Recency.choices),
            required=False,
        )
    return made


def as_initial(answers: Answers) -> dict[str, str]:
    """Return kept answers as the fields of a form."""
    return {
        f"{code}_{part}": given.get(part, "")
        for code, given in answers.items()
        for part in PARTS
        if given.get(part)
    }


def labels(definition: Definition) -> Mapping[str, str]:
    """Return the words for each field, for two texts side by side."""
    words = {"answer": "", "when": " (when)", "evidence": " (what it rests on)"}
    return {
        f"{each.code}_{part}": f"{each.text}{word}"
        for each in rules.indicators(definition)
        for part, word in words.items()
    }


class Judge(Form):
    """What a person judges, and why. Nothing is filled in: the score does not decide."""

    judgement = ChoiceField(label="What do you judge?", choices=Judgement.choices)
    reason = TextField(
        label="Why?",
        help_text="What weighs most, what speaks against it, what is not known. If you judge "
        "otherwise than the score, say what the tool does not see.",
        max_length=4_000,
        rows=5,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    names = {"judgement": "what you judge", "reason": "why you judge this"}
