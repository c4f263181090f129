"""What is asked when a document is sent, replaced or removed."""

from typing import Any, ClassVar, override

from django import forms

from harbour.foundation.documents import intake
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.ui.forms import ChoiceField, Form, TextField
from harbour.record.attachments.actions import Sent
from harbour.record.attachments.vocabulary import Kind

LIMITS = "PDF, Word, Excel, JPEG, PNG or plain text, at most 10 MB."


class FileForm(Form):
    """One file, judged by its bytes while the form is still open."""

    file = forms.FileField(label="Which file?", allow_empty_file=True, help_text=LIMITS)
    names: ClassVar[dict[str, str]] = {"file": "a file"}
    infected = False
    sent_name = ""

    def clean_file(self) -> intake.Accepted | None:
        """Judge the file; what is refused says why at its field."""
        sent = self.cleaned_data["file"]
        try:
            self.sent_name = str(sent.name or "")
            return intake.accepted(self.sent_name, sent.read(), size=sent.size)
        except Refused as refused:
            self.infected = isinstance(refused, intake.Infected)
            self.add_error("file", refused.sentence)
            return None

    def sent_as(self, kind: Kind) -> Sent:
        """Return the file as a document of this kind."""
        return Sent(kind=kind, name=self.sent_name, file=self.cleaned_data["file"])


class KeepForm(FileForm):
    """A file, and what it is."""

    kind = ChoiceField(label="What is it?")
    field_order = ("kind", "file")
    names: ClassVar[dict[str, str]] = {"kind": "what the document is", "file": "a file"}

    def __init__(self, *args: Any, kinds: tuple[Kind, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, ChoiceField)  # noqa: S101 - declared so four lines above
        field.choices = [(each.value, each.label) for each in kinds]

    @property
    def sent(self) -> Sent:
        """Return the file as the document it was said to be."""
        return self.sent_as(Kind(self.cleaned_data["kind"]))


class RemoveForm(Form):
    """Why a document is removed."""

    reason = TextField(label="Why is it removed?", rows=3, max_length=500)
    names: ClassVar[dict[str, str]] = {"reason": "why it is removed"}

    @override
    def clean(self) -> dict[str, Any]:
        """Ask for a sentence."""
        found = super().clean()
        if "reason" in found and len(found["reason"].strip()) < 10:
            self.add_error("reason", "Say in a sentence why it is removed")
        return found
