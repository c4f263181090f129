"""What is asked when a child is looked for, and when one is registered."""

from typing import Any, ClassVar, cast, override

from django import forms
from django.core.exceptions import ValidationError

from harbour.foundation.agencies.models import Agency
from harbour.foundation.ui.forms import (
    ChoiceField,
    DateField,
    Form,
    PartialDate,
    PartialDateField,
    Precision,
    TextField,
)
from harbour.record.linkage.queries import Query
from harbour.record.people.vocabulary import (
    DatePrecision,
    IdentifierScheme,
    RelationKind,
    Sex,
)

NARROW = {"class": "govuk-input--width-10"}
PRECISIONS = {
    Precision.DAY: DatePrecision.DAY,
    Precision.MONTH: DatePrecision.MONTH,
    Precision.YEAR: DatePrecision.YEAR,
    Precision.NONE: DatePrecision.UNKNOWN,
}


class Search(Form):
    """Everything by which a child can be looked for. One answer is enough."""

    given = forms.CharField(
        label="First name",
        required=False,
        max_length=100,
        help_text="As you heard it. Short names and other spellings are found too.",
    )
    family = forms.CharField(label="Family name", required=False, max_length=100)
    born = PartialDateField(
        label="Date of birth",
        required=False,
        help_text="For example 27 3 2009. Leave out what you do not know.",
    )
    age = forms.IntegerField(
        label="Age, if you do not know the date of birth",
        required=False,
        min_value=0,
        max_value=120,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
    )
    identifier = forms.CharField(
        label="A number",
        required=False,
        max_length=40,
        help_text="NHS number, UPN, PNC ID or the authority's own.",
        widget=forms.TextInput(attrs=NARROW),
    )
    phone = forms.CharField(
        label="Telephone", required=False, max_length=40, widget=forms.TextInput(attrs=NARROW)
    )
    postcode = forms.CharField(
        label="Postcode", required=False, max_length=12, widget=forms.TextInput(attrs=NARROW)
    )
    names: ClassVar[dict[str, str]] = {"born": "the date of birth", "age": "the age"}

    @override
    def clean(self) -> dict[str, Any]:
        """Ask for at least one thing to look for."""
        found = super().clean()
        if not self.errors and self.query.is_empty:
            raise ValidationError("Enter a name, a date of birth, a number or a postcode")
        return found

    @property
    def query(self) -> Query:
        """Return what was asked as a search."""
        found = self.cleaned_data
        born: PartialDate = found.get("born") or PartialDate(None, Precision.NONE)
        return Query(
            given=found.get("given", ""),
            family=found.get("family", ""),
            born_on=born.date,
            born_precision=PRECISIONS[born.precision],
            age=found.get("age"),
            identifier=found.get("identifier", ""),
            phone=found.get("phone", ""),
            postcode=found.get("postcode", ""),
        )


class Register(Form):
    """What is written when a child's record is opened."""

    given = forms.CharField(label="First name", max_length=100, required=False)
    family = forms.CharField(label="Family name", max_length=100, required=False)
    known_as = forms.CharField(
        label="Known as",
        max_length=100,
        required=False,
        help_text="The first name the child uses, if it is another.",
    )
    born = PartialDateField(
        label="Date of birth",
        required=False,
        help_text="For example 27 3 2009. Leave out what you do not know.",
    )
    sex = ChoiceField(label="Sex", choices=Sex.choices)
    responsible = forms.ChoiceField(label="Responsible authority")
    host = forms.ChoiceField(
        label="Host authority",
        required=False,
        help_text="Where the child is placed, if that is another authority's area.",
    )
    home = forms.ChoiceField(
        label="Home authority",
        required=False,
        help_text="Where the child comes from, if that is another authority.",
    )
    identifier_scheme = forms.ChoiceField(
        label="Kind of number", choices=IdentifierScheme.choices, required=False
    )
    identifier = forms.CharField(
        label="Number", max_length=40, required=False, widget=forms.TextInput(attrs=NARROW)
    )
    phone = forms.CharField(
        label="Telephone", max_length=40, required=False, widget=forms.TextInput(attrs=NARROW)
    )
    names: ClassVar[dict[str, str]] = {
        "born": "the date of birth",
        "responsible": "the responsible authority",
    }

    def __init__(
        self, *args: Any, authorities: list[Agency], asks_reason: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each.pk), each.name) for each in authorities]
        for name in ("responsible", "host", "home"):
            field = cast("forms.ChoiceField", self.fields[name])
            field.choices = [("", "Choose an authority"), *choices]
        self.authorities = {str(each.pk): each for each in authorities}
        if asks_reason:
            self.fields["reason"] = TextField(
                label="Why is none of the children above this child?",
                rows=3,
                max_length=500,
                help_text="For example: the mother says that the record is her twin brother's.",
                error_messages={"required": "Say why none of the children above is this child"},
            )

    @override
    def clean(self) -> dict[str, Any]:
        """Ask for a name of some kind."""
        found = super().clean()
        if not found.get("given", "").strip() and not found.get("family", "").strip():
            self.add_error("given", "Enter a first name or a family name")
        return found

    def authority(self, name: str) -> Agency | None:
        """Return the authority chosen in a field."""
        return self.authorities.get(self.cleaned_data.get(name) or "")


class Relate(Search):
    """Who the other person is, looked for like anybody else, and what they are to this one."""

    kind = ChoiceField(label="What is this person to the child?", choices=RelationKind.choices)
    starts_on = DateField(label="Since", required=False, help_text="If you know it.")
    source = forms.CharField(label="Who said so", required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("age", "postcode"):
            del self.fields[name]
        self.order_fields(["kind", "given", "family", "born", "identifier", "phone"])

    def offer(self, choices: list[tuple[str, str]]) -> None:
        """Offer the people who were found as choices."""
        self.fields["other"] = ChoiceField(
            label="Which of them is it?",
            choices=choices,
            required=False,
            help_text="If it is none of them, change what you typed and search again.",
        )
        self.order_fields(["other", "kind"])
