"""What narrows the register and the directory; where a child lives; entries of both."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, cast, override

from django import forms
from django.db.models import QuerySet

from harbour.foundation.agencies import queries as agencies
from harbour.foundation.agencies.models import Agency
from harbour.foundation.agencies.vocabulary import AgencyKind
from harbour.foundation.ui.forms import DateField, Form, ManyField
from harbour.record.providers import vocabulary as v
from harbour.record.providers.actions import Registration
from harbour.record.providers.models import Home

UNCHOSEN = ("", "Choose")
# Bodies that do not arrange placements.
NEVER_PLACE = (AgencyKind.HOME, AgencyKind.HUB, AgencyKind.POLICE, AgencyKind.VOLUNTARY)


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """What the register is narrowed by."""

    words: str
    authority: Agency | None
    kind: str
    is_open: bool | None


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What the directory is narrowed by."""

    words: str
    purpose: str
    past: bool


def _agency_choices(agencies: Iterable[Agency], unchosen: str) -> list[tuple[str, str]]:
    return [("", unchosen), *((str(each.pk), each.name) for each in agencies)]


class HomesFilter(Form):
    """Words of the register and an authority. No child's data, so they stay in the address."""

    words = forms.CharField(label="Name, URN or manager", required=False, max_length=80)
    authority = forms.ChoiceField(label="Where it stands", required=False)
    kind = forms.ChoiceField(
        label="Sort of provider", required=False, choices=[("", "Any"), *v.ProviderKind.choices]
    )
    state = forms.ChoiceField(
        label="Open or closed",
        required=False,
        choices=[("", "Both"), ("open", "Open"), ("closed", "Closed")],
    )

    def __init__(self, *args: Any, authorities: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.authorities = {str(each.pk): each for each in authorities}
        field = cast("forms.ChoiceField", self.fields["authority"])
        field.choices = _agency_choices(authorities, "Anywhere")

    @property
    def narrowing(self) -> Narrowing:
        """Return what the register is narrowed by."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        state = said.get("state", "")
        return Narrowing(
            words=said.get("words", ""),
            authority=self.authorities.get(said.get("authority", "")),
            kind=said.get("kind", ""),
            is_open=None if not state else state == "open",
        )


class DirectoryFilter(Form):
    """Words of the directory, an agency and a purpose. No child's data."""

    words = forms.CharField(label="Agency, name or number", required=False, max_length=80)
    purpose = forms.ChoiceField(
        label="For what", required=False, choices=[("", "Anything"), *v.ContactPurpose.choices]
    )
    past = forms.BooleanField(label="Also those that have ended", required=False)

    @property
    def narrowing(self) -> Sought:
        """Return what the directory is narrowed by."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return Sought(
            words=said.get("words", ""),
            purpose=said.get("purpose", ""),
            past=bool(said.get("past")),
        )


class ContactForm(Form):
    """Whom to ring or write to at an agency."""

    agency = forms.ModelChoiceField(
        label="Agency", queryset=Agency.objects.none(), empty_label="Choose"
    )
    purpose = forms.ChoiceField(label="For what?", choices=[UNCHOSEN, *v.ContactPurpose.choices])
    name = forms.CharField(label="Name or post", required=False, max_length=100)
    phone = forms.CharField(label="Telephone", required=False, max_length=40)
    email = forms.EmailField(label="E-mail", required=False, max_length=120)
    hours = forms.CharField(
        label="When does somebody answer?",
        required=False,
        max_length=80,
        help_text="For example 5 pm to 8.30 am, and all weekend.",
    )
    names: ClassVar[dict[str, str]] = {"agency": "the agency", "purpose": "what it is for"}

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Agency]", self.fields["agency"]).queryset = agencies

    @override
    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not said.get("phone") and not said.get("email") and "email" not in self.errors:
            self.add_error("phone", "Enter a telephone number or an e-mail address")
        return said


class AdjoiningForm(Form):
    """Which authorities adjoin one."""

    neighbours = ManyField(
        label="Which authorities adjoin it?",
        required=False,
        help_text="A placement outside the area, and in none of these, is a placement at a "
        "distance.",
    )

    def __init__(self, *args: Any, others: Iterable[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("ManyField", self.fields["neighbours"])
        field.choices = [(str(each.pk), each.name) for each in others]


class Move(Form):
    """Where a child lives from a day on."""

    home = forms.ModelChoiceField(
        label="Home",
        queryset=Home.objects.none(),
        required=False,
        empty_label="Not a home of the register",
    )
    placement_type = forms.ChoiceField(
        label="What sort of placement is it?", choices=[UNCHOSEN, *v.TYPES_NOW]
    )
    host = forms.ModelChoiceField(
        label="In whose area?",
        queryset=Agency.objects.none(),
        required=False,
        help_text="For a home of the register we know. Else choose the authority.",
        empty_label="Choose",
    )
    responsible = forms.ModelChoiceField(
        label="Responsible authority", queryset=Agency.objects.none(), empty_label="Choose"
    )
    placing = forms.ModelChoiceField(
        label="Who arranged it?",
        queryset=Agency.objects.none(),
        required=False,
        help_text="For a placement by a health or education body, or by another authority.",
        empty_label="The responsible authority",
    )
    starts_on = DateField(label="Since when does the child live there?")
    reason_changed = forms.ChoiceField(
        label="Why did the child leave the place before?",
        required=False,
        choices=[("", "There was none, or it is not known"), *v.REASONS_CHANGED.items()],
    )
    names: ClassVar[dict[str, str]] = {
        "placement_type": "the sort of placement",
        "starts_on": "the day",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        homes = Home.objects.filter(closed_on=None).select_related("agency", "authority")
        cast("forms.ModelChoiceField[Home]", self.fields["home"]).queryset = homes.order_by(
            "agency__name"
        )
        for name in ("host", "responsible"):
            field = cast("forms.ModelChoiceField[Agency]", self.fields[name])
            field.queryset = agencies.authorities()
        placing = cast("forms.ModelChoiceField[Agency]", self.fields["placing"])
        placing.queryset = Agency.objects.exclude(kind__in=NEVER_PLACE)

    @override
    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if not found.get("home") and not found.get("host") and "host" not in self.errors:
            self.add_error("host", "Choose the home, or the authority in whose area it is")
        return found


class EndPlacement(Form):
    """Until when a child lived somewhere, where no other placement follows."""

    ends_on = DateField(label="Until when did the child live there?")
    reason_ended = forms.ChoiceField(
        label="Why did it end?",
        required=False,
        choices=[("", "Not known"), *v.REASONS_ENDED.items()],
    )
    names: ClassVar[dict[str, str]] = {"ends_on": "the day"}


class Entry(Form):
    """What the register says of a home, whether it is new there or not."""

    kind = forms.ChoiceField(label="Sort of provider", choices=v.ProviderKind.choices)
    urn = forms.CharField(
        label="Ofsted URN", required=False, max_length=12, help_text="For example SC123456."
    )
    places = forms.IntegerField(label="Places", required=False, min_value=1, max_value=200)
    manager = forms.CharField(label="Registered manager", required=False, max_length=100)
    phone = forms.CharField(label="Telephone, day and night", required=False, max_length=40)
    opened_on = DateField(label="Opened on", required=False)
    names: ClassVar[dict[str, str]] = {"kind": "the sort of provider"}

    @property
    def known(self) -> Registration:
        """Return what the register is to say."""
        return cast(
            "Registration",
            {name: each for name, each in self.cleaned_data.items() if name in ENTERED},
        )


ENTERED = ("kind", "urn", "places", "manager", "phone", "opened_on", "closed_on")


class NewHome(Entry):
    """A home or other provider that the register does not hold."""

    name = forms.CharField(label="Name", max_length=120)
    authority = forms.ModelChoiceField(
        label="In whose area does it stand?", queryset=Agency.objects.none(), empty_label="Choose"
    )
    field_order = ("name", "kind", "authority")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Agency]", self.fields["authority"])
        field.queryset = agencies.authorities()


class HomeForm(Entry):
    """A change of what the register says."""

    closed_on = DateField(label="Closed on", required=False, help_text="Leave empty while open.")
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def initial_of(home: Home) -> dict[str, Any]:
        """Return what the form shows at first."""
        return {name: getattr(home, name) for name in ENTERED} | {"seen_version": home.version}
