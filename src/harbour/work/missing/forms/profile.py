"""What a missing profile asks."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, cast, override

from django import forms
from django.core.validators import MaxLengthValidator

from harbour.foundation.documents import intake
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.ui import when
from harbour.foundation.ui.forms import DateField, TextField
from harbour.record.attachments.actions import Sent
from harbour.record.attachments.models import Attachment
from harbour.record.attachments.vocabulary import Kind
from harbour.work.missing.actions.profiles import Known
from harbour.work.missing.forms.asked import Versioned
from harbour.work.missing.models import Profile

WORDS = (
    "looks", "vulnerable", "medical", "places", "associates", "phones", "accounts", "transport",
    "money", "approach", "agreed",
)  # fmt: skip


def _asked(label: str, hint: str = "") -> TextField:
    return TextField(
        label=label,
        help_text=hint,
        required=False,
        rows=2,
        validators=[MaxLengthValidator(2000)],
    )


class ProfileForm(Versioned):
    """What somebody who looks for this child tonight needs to know."""

    looks = _asked(
        "What does the child look like?", "Height, build, hair, eyes, marks, usual clothes."
    )
    photo = forms.ChoiceField(
        label="Photograph",
        required=False,
        help_text="From the child's documents, or send a new one below.",
    )
    new_photo = forms.FileField(
        label="Or send a new photograph",
        required=False,
        allow_empty_file=True,
        help_text="JPEG or PNG, at most 10 MB. Where it was taken is removed from the file.",
    )
    photo_on = DateField(label="When was it taken?", required=False)
    vulnerable = _asked(
        "What puts the child at risk while missing?", "What has happened to them, who harms them."
    )
    medical = _asked("Health", "Conditions, medicines, allergies, what happens without them.")
    places = _asked("Where may the child go?", "Places with addresses, where you know them.")
    associates = _asked("With whom may the child be?", "Friends, family, others; say how you know.")
    phones = _asked("Telephones", "Numbers, network, whether it is with the child.")
    accounts = _asked("Online names", "Social media, games, messages.")
    transport = _asked("How does the child travel?", "Travel card, usual routes, bicycle.")
    money = _asked("Money", "Cash, cards, who gives it.")
    approach = _asked("How to speak with the child", "What helps, what frightens, who is trusted.")
    agreed = _asked(
        "What was agreed with the child", "If late: whom they ring, who fetches them, a safe word."
    )
    names: ClassVar[dict[str, str]] = {"photo_on": "the day the photograph was taken"}

    def __init__(
        self, *args: Any, photographs: Iterable[Attachment], at: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.infected = False
        self.photographs = {str(each.pk): each for each in photographs}
        field = cast("forms.ChoiceField", self.fields["photo"])
        choices = [
            (key, f"Sent {when.day(clock.london_date(each.recorded_at))}")
            for key, each in self.photographs.items()
        ]
        field.choices = [("", "None"), *choices]

    @staticmethod
    def initial_of(found: Profile | None) -> dict[str, Any]:
        """Return what the form shows at first."""
        if found is None:
            return {"seen_version": 0}
        words = {name: getattr(found, name) for name in WORDS}
        photo = {"photo": str(found.photo_id or ""), "photo_on": found.photo_on}
        return words | photo | {"seen_version": found.number}

    def clean_new_photo(self) -> intake.Accepted | None:
        """Judge the picture by its bytes; what is refused says why at its field."""
        sent = self.cleaned_data["new_photo"]
        if not sent:
            return None
        try:
            found = intake.accepted(str(sent.name or ""), sent.read(), size=sent.size)
        except Refused as refused:
            self.infected = isinstance(refused, intake.Infected)
            raise forms.ValidationError(refused.sentence) from refused
        if not found.file_type.startswith("image/"):
            raise forms.ValidationError("The photograph must be a JPEG or a PNG")
        return found

    @property
    def sent_photo(self) -> Sent | None:
        """Return the new photograph as a document to be kept, if one was sent."""
        found = self.cleaned_data["new_photo"]
        # What the file was called is not kept: it may name somebody.
        return Sent(kind=Kind.PHOTOGRAPH, name="", file=found) if found else None

    @override
    def clean(self) -> dict[str, Any]:
        said = super().clean()
        pictured = said.get("photo") or said.get("new_photo")
        if pictured and not said.get("photo_on") and "photo_on" not in self.errors:
            self.add_error("photo_on", "Enter the day the photograph was taken, about if need be")
        taken = said.get("photo_on")
        if taken and taken > clock.london_date(self.at):
            self.add_error("photo_on", "The photograph cannot be of a day to come")
        if not any(said.get(name) for name in WORDS):
            self.add_error("looks", "Say at least one thing that helps to find the child")
        return said

    @property
    def known(self) -> Known:
        """Return what the profile says now."""
        said = {name: self.cleaned_data[name].strip() for name in WORDS}
        photo = self.photographs.get(self.cleaned_data["photo"])
        return cast(
            "Known", said | {"photo": photo, "photo_on": self.cleaned_data["photo_on"] or None}
        )
