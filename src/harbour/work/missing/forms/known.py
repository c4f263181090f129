"""What is asked to bring an episode up to date."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxLengthValidator

from harbour.foundation.access.reader import Reader
from harbour.foundation.ui.forms import ChoiceField, DateTimeField, Form, TextField
from harbour.work.missing import actions
from harbour.work.missing import vocabulary as v
from harbour.work.missing.actions.known import WORDS, Kind, Known
from harbour.work.missing.forms.asked import SHORT, Versioned, past
from harbour.work.missing.models import Episode

SEEN = "was_"


class Amend(Versioned):
    """What is known of a child who is missing, as it stands and as it was when it was opened."""

    last_seen = TextField(label="Where were they last seen, and by whom?", **SHORT)
    wearing = TextField(label="What is the child wearing?", **SHORT)
    with_whom = TextField(label="Who may they be with?", **SHORT)
    means = TextField(label="What do they have with them?", **SHORT)
    told = TextField(label="Who has been told?", **SHORT)
    reported_at = DateTimeField(label="When were the police told?", required=False)
    police_reference = forms.CharField(
        label="Police reference",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )

    def __init__(self, *args: Any, episode: Episode, at: datetime, **kwargs: Any) -> None:
        stands = {name: getattr(episode, name) for name in WORDS}
        kwargs["initial"] = {
            "seen_version": episode.version,
            **stands,
            **{SEEN + name: text for name, text in stands.items()},
        }
        super().__init__(*args, **kwargs)
        self.at = at
        for name in WORDS:
            self.fields[SEEN + name] = forms.CharField(
                widget=forms.HiddenInput, required=False, strip=False
            )
        if episode.reported_at is not None:
            del self.fields["reported_at"]

    def clean_reported_at(self) -> datetime | None:
        """Refuse what has not happened yet."""
        return past(self.cleaned_data["reported_at"], self.at, "The police were told")

    def keep(self, *, episode: Episode, by: Reader, at: datetime) -> bool:
        """Keep what was said."""
        said = self.cleaned_data
        return actions.amend(
            episode=episode,
            known=Known(
                words={name: _plain(said[name]) for name in WORDS},
                seen={name: _plain(said[SEEN + name]) for name in WORDS},
                reported_at=said.get("reported_at"),
            ),
            seen_version=said["seen_version"],
            by=by,
            at=at,
        )


def _plain(text: str) -> str:
    """Return a text as it is kept: browsers end lines with two characters."""
    return text.replace("\r\n", "\n").strip()


class Reclassify(Versioned):
    """Which kind of episode it is, and why."""

    names: ClassVar = {
        "kind": "whether anybody knows where the child is",
        "missing_from": "where the child is missing from",
        "reason": "what changed",
    }
    kind = ChoiceField(
        label="Does anybody know where the child is?",
        choices=(
            (v.EpisodeKind.MISSING, "No: the child is missing"),
            (v.EpisodeKind.AWAY, "Yes, but they are not where they should be"),
        ),
        hints={v.EpisodeKind.AWAY: "Away without authorisation: only for a looked-after child."},
    )
    missing_from = ChoiceField(
        label="Where is the child missing from?", choices=v.MissingFrom.choices
    )
    out_of_area = ChoiceField(
        label="May the child be outside the local authority's area?",
        choices=(("yes", "Yes"), ("no", "No or not known")),
        initial="no",
        required=False,
    )
    reason = TextField(label="What changed?", validators=[MaxLengthValidator(2000)], rows=2)

    @staticmethod
    def initial_of(episode: Episode) -> dict[str, Any]:
        """Return what the form shows at first."""
        return {
            "seen_version": episode.version,
            "kind": episode.kind,
            "missing_from": episode.missing_from,
            "out_of_area": "yes" if episode.out_of_area else "no",
        }

    @property
    def said(self) -> Kind:
        """Return the kind with its reason."""
        said = self.cleaned_data
        return Kind(
            kind=said["kind"],
            missing_from=said["missing_from"],
            out_of_area=said["out_of_area"] == "yes",
            reason=said["reason"],
        )


class CarryOn(Form):
    """Who goes on looking for somebody who is not a child any more."""

    names: ClassVar = {"text": "who goes on looking"}
    text = TextField(
        label="Who goes on looking, and who has been told?",
        help_text="Police, adult safeguarding, family.",
        validators=[MaxLengthValidator(2000)],
        rows=3,
    )
