"""The form with which a person sets her first password."""

from typing import Any, ClassVar, override

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from harbour.foundation.access.models import User
from harbour.foundation.ui.forms import Form

DOES_NOT_FIT = (
    "The address and the code do not belong together, or the code has run out. Look at both again, "
    "or ask your administrator for another."
)


class Activate(Form):
    """A code and the password that a person chooses."""

    names: ClassVar = {
        "email": "your work e-mail address",
        "code": "the code",
        "password": "a password",
        "again": "the password once more",
    }

    email = forms.EmailField(label="Work e-mail address", max_length=254)
    code = forms.CharField(
        label="Code",
        max_length=40,
        help_text="Sixteen letters and numbers. Small letters and missing lines do no harm.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="New password",
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="New password once more",
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    @override
    def clean(self) -> dict[str, Any]:
        """Compare both, and refuse what anybody would guess."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("password") and said.get("again") and said["password"] != said["again"]:
            self.add_error("again", "The two passwords are not the same")
        self.check_password_for(None)
        return said

    def check_password_for(self, user: User | None) -> None:
        """Say in the form what is wrong with the password, for this person where she is known."""
        password = self.cleaned_data.get("password")
        if password:
            try:
                validate_password(password, user)
            except ValidationError as problem:
                self.add_error("password", problem)
