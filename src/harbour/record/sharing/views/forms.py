"""The page of a form about sharing."""

from dataclasses import dataclass

from django.http import HttpResponse

from harbour.foundation.access.guards import StaffRequest
from harbour.foundation.ui.forms import Form
from harbour.foundation.ui.pages import page


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """A form, what it is about, and the way back."""

    form: Form
    heading: str
    submit: str
    back: str
    lede: str = ""
    submit_kind: str = ""

    @property
    def cancel(self) -> str:
        """Return where the person goes who changes her mind."""
        return self.back


def form_page(request: StaffRequest, shown: FormPage) -> HttpResponse:
    """Show a form about sharing."""
    return page(
        request,
        "sharing/form.html",
        {
            "form": shown.form,
            "heading": shown.heading,
            "lede": shown.lede,
            "submit": shown.submit,
            "submit_kind": shown.submit_kind,
            "back": shown.back,
            "cancel": shown.cancel,
        },
    )
