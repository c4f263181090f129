"""What is asked about the return home interview."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, override

from django import forms
from django.core.validators import MaxLengthValidator

from harbour.foundation.access.models import User
from harbour.foundation.kernel import clock
from harbour.foundation.ui.forms import ChoiceField, DateTimeField, ManyField, TextField
from harbour.work.missing import vocabulary as v
from harbour.work.missing.actions import Conversation, Offer, Reply
from harbour.work.missing.forms.asked import SHORT, ColleagueField, Versioned, offer_people, past

ONE_A_LINE = "One a line. The police analyst looks at each: until then it is a name, not a fact."


class OfferInterview(Versioned):
    """Whether an interview is offered, by whom, and why they are best placed."""

    reveals: ClassVar = {
        "offered": {
            v.Answer.YES: (
                "offered_at",
                "service",
                "chosen_by_child",
                "interviewer",
                "best_placed_reason",
            ),
            v.Answer.NO: ("not_offered_reason",),
            v.Answer.NOT_APPLICABLE: ("not_applicable_reason",),
        }
    }
    names: ClassVar = {
        "offered": "whether an interview is offered",
        "service": "who is best placed to hold it",
        "best_placed_reason": "why they are best placed",
        "chosen_by_child": "whom the child named",
        "not_offered_reason": "why no interview is offered",
        "not_applicable_reason": "why an interview does not apply",
    }
    offered = ChoiceField(
        label="Is a return home interview offered?",
        choices=(
            (v.Answer.YES, "Yes"),
            (v.Answer.NO, "No"),
            (v.Answer.NOT_APPLICABLE, "Not applicable"),
            (v.Answer.NOT_KNOWN, "Not known"),
        ),
        hints={v.Answer.YES: "Every child is offered one after every episode."},
    )
    offered_at = DateTimeField(
        label="When was it offered?", help_text="Leave empty if it is offered now.", required=False
    )
    service = ChoiceField(
        label="Who is best placed to hold it?",
        choices=v.InterviewService.choices,
        hints={
            v.InterviewService.CHOSEN_BY_CHILD: "A child may prefer somebody they trust.",
            v.InterviewService.LISTENING_SUPPORT: "Independent of the placement and the police.",
        },
    )
    chosen_by_child = forms.CharField(
        label="Whom did the child name?",
        help_text="Only where the child wants to speak with somebody they trust.",
        max_length=200,
        required=False,
    )
    interviewer = ColleagueField(
        label="Who holds it?",
        help_text="A youth worker named here can open this child's missing record from now on.",
        required=False,
        unchosen="Not decided yet",
    )
    best_placed_reason = TextField(
        label="Why are they best placed?", validators=[MaxLengthValidator(1000)], rows=2
    )
    not_offered_reason = TextField(
        label="Why is none offered?", validators=[MaxLengthValidator(1000)], rows=2
    )
    not_applicable_reason = TextField(
        label="Why does an interview not apply?", validators=[MaxLengthValidator(1000)], rows=2
    )

    def __init__(
        self, *args: Any, interviewers: Iterable[User], started_at: datetime, at: datetime,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        offer_people(self.fields["interviewer"], interviewers)
        self.started_at, self.at = started_at, at

    def clean_offered_at(self) -> datetime | None:
        """Hold the offer between the episode's beginning and now."""
        moment = past(self.cleaned_data["offered_at"], self.at, "The offer")
        if moment is not None and moment < self.started_at:
            raise forms.ValidationError("The offer must be after the child was last seen")
        return moment

    @override
    def clean(self) -> dict[str, Any]:
        """Ask whom the child named, where the child named somebody."""
        said = super().clean()
        named = said.get("service") == v.InterviewService.CHOSEN_BY_CHILD
        if named and not said.get("chosen_by_child"):
            self.add_error("chosen_by_child", "Enter whom the child named")
        return said

    @property
    def offer(self) -> Offer:
        """Return what was said of the offer."""
        said = self.cleaned_data
        return Offer(
            offered=said["offered"],
            offered_at=said["offered_at"],
            service=said["service"] or "",
            interviewer=said["interviewer"],
            chosen_by_child=said["chosen_by_child"] or "",
            best_placed_reason=said["best_placed_reason"] or "",
            not_offered_reason=said["not_offered_reason"] or said["not_applicable_reason"] or "",
        )


class Answered(Versioned):
    """What the child answered to the offer."""

    reveals: ClassVar = {"accepted": {v.Answer.NO: ("declined_reason", "carer_account")}}
    names: ClassVar = {
        "accepted": "what the child answered",
        "declined_reason": "why the child declined",
    }
    accepted = ChoiceField(
        label="Did the child accept the interview?",
        choices=(
            (v.Answer.YES, "Yes"),
            (v.Answer.NO, "No, the child declined"),
            (v.Answer.NOT_APPLICABLE, "Not applicable"),
            (v.Answer.NOT_KNOWN, "Not known"),
        ),
    )
    declined_reason = TextField(
        label="Why did the child decline?",
        help_text="In their own words where you can.",
        validators=[MaxLengthValidator(2000)],
        rows=2,
    )
    carer_account = TextField(
        label="What do their parents or carers say about the episode?",
        help_text="Their account is taken instead, when a child does not want an interview.",
        **SHORT,
    )

    @property
    def reply(self) -> Reply:
        """Return what was said of the answer."""
        said = self.cleaned_data
        return Reply(
            accepted=said["accepted"],
            declined_reason=said["declined_reason"] or "",
            carer_account=said["carer_account"] or "",
        )


class Hold(Versioned):
    """What was said in the interview."""

    names: ClassVar = {
        "held_at": "when the interview was held",
        "child_words": "what the child said",
    }
    held_at = DateTimeField(label="When was the interview held?")
    child_words = TextField(
        label="What did the child say?",
        help_text="In the child's own words. They stay as written: nobody can edit them later.",
        validators=[MaxLengthValidator(20000)],
        rows=8,
    )
    push_factors = ManyField(
        label="What did they go away from?", choices=v.PushFactor.choices, required=False
    )
    pull_factors = ManyField(
        label="What drew them away?", choices=v.PullFactor.choices, required=False
    )
    where_text = TextField(label="Where did they go?", **SHORT)
    who_text = TextField(label="Who were they with?", **SHORT)
    places_named = TextField(label="Which places did they name?", help_text=ONE_A_LINE, **SHORT)
    people_named = TextField(label="Which people did they name?", help_text=ONE_A_LINE, **SHORT)
    travel_text = TextField(label="How did they travel?", **SHORT)
    harm_text = TextField(label="Were they harmed, or at risk of harm?", **SHORT)
    would_help = TextField(
        label="What would help, as the child sees it?",
        help_text="In the child's own words. Nobody can edit this later.",
        **SHORT,
    )
    actions_text = TextField(label="What happens next, and who does it?", **SHORT)

    def __init__(self, *args: Any, started_at: datetime, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.started_at, self.at = started_at, at
        self.fields["held_at"].initial = clock.london_date(at)

    def clean_held_at(self) -> datetime | None:
        """Hold the interview between the episode's beginning and now."""
        moment = past(self.cleaned_data["held_at"], self.at, "The interview")
        if moment is not None and moment < self.started_at:
            raise forms.ValidationError("The interview must be after the child was last seen")
        return moment

    @property
    def said(self) -> Conversation:
        """Return what was said."""
        said = self.cleaned_data
        return Conversation(
            held_at=said["held_at"],
            child_words=said["child_words"],
            push_factors=tuple(said["push_factors"]),
            pull_factors=tuple(said["pull_factors"]),
            where_text=said["where_text"],
            who_text=said["who_text"],
            places_named=_lines(said["places_named"]),
            people_named=_lines(said["people_named"]),
            travel_text=said["travel_text"],
            harm_text=said["harm_text"],
            would_help=said["would_help"],
            actions_text=said["actions_text"],
        )


def _lines(text: str) -> tuple[str, ...]:
    """Return what was named, one each, in order, nothing twice."""
    return tuple(dict.fromkeys(each.strip() for each in text.splitlines() if each.strip()))
