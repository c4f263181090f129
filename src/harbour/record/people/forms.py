"""What is asked when the record of a person is kept."""

from typing import Any, ClassVar, override

from django import forms
from django.db.models import TextChoices

from harbour.foundation.agencies.models import Agency
from harbour.foundation.agencies.vocabulary import AgencyKind
from harbour.foundation.ui.forms import (
    ChoiceField,
    DateField,
    Form,
    PartialDate,
    PartialDateField,
    Precision,
)
from harbour.record.people import vocabulary as v
from harbour.record.people.models import Person
from harbour.record.people.policy import SHORTEST_REASON

NARROW = {"class": "govuk-input--width-10"}
PRECISIONS = {
    Precision.DAY: v.DatePrecision.DAY,
    Precision.MONTH: v.DatePrecision.MONTH,
    Precision.YEAR: v.DatePrecision.YEAR,
    Precision.NONE: v.DatePrecision.UNKNOWN,
}


class Spoken(forms.ChoiceField):
    """A choice that also understands its own label: two texts in conflict are shown in words."""

    def __init__(self, *, spoken: type[TextChoices], **kwargs: Any) -> None:
        super().__init__(choices=spoken.choices, **kwargs)
        self.codes = {label: code for code, label in spoken.choices}

    @override
    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value))
        return self.codes.get(text, text)


class Identity(Form):
    """Who a person is, apart from names and numbers."""

    born = PartialDateField(
        label="Date of birth",
        required=False,
        help_text="Leave out the day, or the day and the month, if they are not known.",
    )
    sex = Spoken(label="Sex", spoken=v.Sex, widget=forms.RadioSelect)
    ethnicity = Spoken(label="Ethnicity", spoken=v.Ethnicity)
    ethnicity_source = Spoken(label="Who said so", spoken=v.EthnicitySource)
    languages = forms.CharField(
        label="Languages", required=False, max_length=200, help_text="With commas between them."
    )
    disabilities = forms.CharField(
        label="Disabilities", required=False, max_length=300, help_text="With commas between them."
    )
    ehc_plan = Spoken(
        label="Education, health and care plan",
        spoken=v.KnownOrNot,
        widget=forms.RadioSelect,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    names: ClassVar[dict[str, str]] = {"born": "the date of birth"}

    @classmethod
    def initial_of(cls, person: Person) -> dict[str, Any]:
        """Return what is recorded, as the form shows it."""
        known = {
            v.DatePrecision.MONTH: Precision.MONTH,
            v.DatePrecision.YEAR: Precision.YEAR,
        }.get(v.DatePrecision(person.born_precision), Precision.DAY)
        return {
            "born": PartialDate(person.born_on, known),
            "sex": person.sex,
            "ethnicity": person.ethnicity,
            "ethnicity_source": person.ethnicity_source,
            "languages": ", ".join(person.languages),
            "disabilities": ", ".join(person.disabilities),
            "ehc_plan": person.ehc_plan,
            "seen_version": person.version,
        }

    @property
    def changes(self) -> dict[str, Any]:
        """Return the columns as they are to be."""
        found = self.cleaned_data
        born: PartialDate = found["born"]
        return {
            "born_on": born.date,
            "born_precision": PRECISIONS[born.precision],
            "sex": found["sex"],
            "ethnicity": found["ethnicity"],
            "ethnicity_source": found["ethnicity_source"],
            "languages": listed(found["languages"]),
            "disabilities": listed(found["disabilities"]),
            "ehc_plan": found["ehc_plan"],
        }


def listed(text: str) -> list[str]:
    """Return words between commas, each once."""
    return list(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))


class Fact(Form):
    """From when a fact holds, and who said so: asked of every fact."""

    starts_on = DateField(label="Since", required=False, help_text="If you know it.")
    source = forms.CharField(
        label="Who said so",
        required=False,
        max_length=200,
        help_text="A person or a system, for example the school.",
    )
    names: ClassVar[dict[str, str]] = {"starts_on": "the day since when"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [name for name in self.fields if name not in ("starts_on", "source")]
        self.order_fields([*own, "starts_on", "source"])


class NameForm(Fact):
    """A further name."""

    kind = ChoiceField(label="What sort of name is it?", choices=v.NameKind.choices)
    given = forms.CharField(label="First name", required=False, max_length=100)
    family = forms.CharField(label="Family name", required=False, max_length=100)

    @override
    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if not found.get("given", "").strip() and not found.get("family", "").strip():
            self.add_error("given", "Enter a first name or a family name")
        return found


class IdentifierForm(Fact):
    """A number another system knows the person by."""

    scheme = ChoiceField(label="Whose number is it?", choices=v.IdentifierScheme.choices)
    value = forms.CharField(
        label="Number",
        max_length=40,
        help_text="As it was given to you. If it looks wrong it is kept, and marked.",
        widget=forms.TextInput(attrs=NARROW),
    )


class AddressForm(Fact):
    """Where the person lives or stays."""

    KINDS = (("home", "Home"), ("stays", "Stays there at times"), ("other", "Other"))
    kind = ChoiceField(label="What is it to the person?", choices=KINDS)
    street = forms.CharField(label="House and street", max_length=200)
    locality = forms.CharField(label="Town or village", required=False, max_length=100)
    postcode = forms.CharField(
        label="Postcode", required=False, max_length=12, widget=forms.TextInput(attrs=NARROW)
    )


class PhoneForm(Fact):
    """A telephone number."""

    number = forms.CharField(
        label="Telephone number", max_length=40, widget=forms.TextInput(attrs=NARROW)
    )


class SchoolForm(Fact):
    """Where the child is on roll."""

    school = forms.ModelChoiceField(
        label="School or college", required=False, queryset=Agency.objects.none()
    )
    school_name = forms.CharField(
        label="Or its name, if it is not in the list", required=False, max_length=200
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = Agency.objects.filter(kind=AgencyKind.EDUCATION)
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]  # stubs see Field

    @override
    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if not found.get("school") and not found.get("school_name", "").strip():
            self.add_error("school", "Select the school, or enter its name")
        return found


class CareForm(Fact):
    """A legal status under which the child is looked after."""

    legal_status = forms.ChoiceField(label="Legal status", choices=v.LegalStatus.choices)


class TieForm(Fact):
    """An authority that is responsible for the child, its home or its host."""

    kind = ChoiceField(label="What is the authority to the child?", choices=v.AuthorityTieKind)
    authority = forms.ModelChoiceField(label="Authority", queryset=Agency.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        authorities = Agency.objects.filter(kind=AgencyKind.AUTHORITY)
        self.fields["authority"].queryset = authorities  # type: ignore[attr-defined]  # as above


class End(Form):
    """Until when a fact held."""

    ends_on = DateField(label="Until when did it hold?", help_text="For example 27 3 2019.")
    names: ClassVar[dict[str, str]] = {"ends_on": "the day"}


class WhyForm(Form):
    """Why a record is opened."""

    names: ClassVar = {"opened_for": "why you open this record"}

    opened_for = forms.ChoiceField(
        choices=[(each.value, each.label) for each in (*v.ASKED, v.Reason.OTHER)]
    )
    words = forms.CharField(label="Another reason, in a few words", max_length=120, required=False)

    @override
    def clean(self) -> dict[str, Any]:
        """Ask for words where no reason of the list is given."""
        cleaned: dict[str, Any] = super().clean() or {}
        short = len(cleaned.get("words", "").strip()) < SHORTEST_REASON
        if cleaned.get("opened_for") == v.Reason.OTHER and short:
            self.add_error("words", "Say in a few words why you open this record")
        return cleaned
