"""Narrow the ledger."""

from typing import ClassVar

from django import forms

from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.ui.forms import DateField, Form


class LedgerFilter(Form):
    """Which rows to read. Holds no personal data: people are chosen from the rows themselves."""

    names: ClassVar = {"act": "the kind of act", "since": "the first day", "until": "the last day"}

    act = forms.ChoiceField(
        label="What was done", choices=[("", "Anything"), *Act.choices], required=False
    )
    since = DateField(label="From", required=False)
    until = DateField(label="To and including", required=False)
