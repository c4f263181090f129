"""The form renderer: Django's own forms, in GOV.UK markup.

With `FORM_RENDERER = "harbour.foundation.ui.renderer.GovukRenderer"` every form, those of libraries
included, comes out accessible: label, hint, error, and input tied together by ids.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, override

from django import forms
from django.forms import widgets
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates

from harbour.foundation.ui.components import Link

if TYPE_CHECKING:
    from django.http import HttpRequest

# Django's own template of a widget, and ours. Single controls keep Django's: the class is enough.
_OURS = {
    "django/forms/widgets/radio.html": "ui/widgets/radios.html",
    "django/forms/widgets/checkbox_select.html": "ui/widgets/checkboxes.html",
    "django/forms/widgets/clearable_file_input.html": "ui/widgets/file.html",
}


# The first kind that fits gives the class.
_CLASSES: tuple[tuple[tuple[type[widgets.Widget], ...], str], ...] = (
    ((widgets.Textarea,), "govuk-textarea"),
    ((widgets.FileInput,), "govuk-file-upload"),
    ((widgets.CheckboxInput,), "govuk-checkboxes__input"),
    ((widgets.RadioSelect, widgets.CheckboxSelectMultiple), ""),
    ((widgets.Select,), "govuk-select"),
    (
        (widgets.PasswordInput,),
        "govuk-input govuk-password-input__input govuk-js-password-input-input",
    ),
    ((widgets.Input,), "govuk-input"),
)


class GovukRenderer(DjangoTemplates):
    """Render forms and widgets from the templates of this room."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class: type[BoundField] | None = None  # set below, once the class exists

    @override
    def render(
        self, template_name: str, context: dict[str, Any], request: "HttpRequest | None" = None
    ) -> str:
        return str(
            super().render(_OURS.get(template_name, template_name), context, request=request)
        )


@dataclass(frozen=True)
class Choice:
    """One radio or checkbox as it is shown, with what it reveals."""

    id: str
    value: str
    label: str
    hint: str
    checked: bool
    disabled: bool
    reveals: tuple[BoundField, ...]


class GovukBoundField(BoundField):
    """A field of a form that knows its GOV.UK classes and where its errors point."""

    @property
    def kind(self) -> str:
        """Return which of the field templates shows this field."""
        widget = self.field.widget
        if isinstance(widget, widgets.CheckboxSelectMultiple):
            return "checkboxes"
        if isinstance(widget, widgets.RadioSelect):
            return "radios"
        if isinstance(widget, widgets.CheckboxInput):
            return "checkbox"
        return "group" if widget.use_fieldset else "single"

    @property
    def anchor(self) -> str:
        """Return the id that the error summary links to: the first thing a person can change."""
        if self.field.widget.use_fieldset:
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    @property
    def is_password(self) -> bool:
        """Say whether the field gets a button that shows what was typed."""
        return isinstance(self.field.widget, widgets.PasswordInput)

    @property
    def limit(self) -> int | None:
        """Return the number of characters that a counted textarea allows."""
        if not isinstance(self.field.widget, widgets.Textarea):
            return None
        return getattr(self.field, "max_length", None)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Return the radios or checkboxes of this field."""
        hints: dict[str, str] = getattr(self.field, "hints", {})
        return tuple(self._choice(bound.data, hints) for bound in self.subwidgets)

    def _choice(self, data: dict[str, Any], hints: dict[str, str]) -> Choice:
        value = str(data["value"])
        return Choice(
            id=data["attrs"].get("id", ""),
            value=value,
            label=data["label"],
            hint=hints.get(value, ""),
            checked=bool(data["selected"]),
            disabled="disabled" in data["attrs"],
            reveals=self._revealed_by(value),
        )

    def _revealed_by(self, value: str) -> tuple[BoundField, ...]:
        reveals = getattr(self.form, "reveals", {}).get(self.name, {})
        return tuple(self.form[name] for name in reveals.get(value, ()))

    @override
    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: widgets.Widget | None = None
    ) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            return built
        built.pop("required", None)
        if self.limit is not None:
            built["maxlength"] = False  # counted, not cut off
            described = f"{built.get('aria-describedby', '')} {self.auto_id}-info"
            built["aria-describedby"] = described.strip()
        if "autocomplete" not in widget.attrs:
            built.setdefault("autocomplete", "off")
        if base := _base_class(widget):
            failed = f"{base.split()[0]}--error" if self.errors else ""
            counted = "govuk-js-character-count" if self.limit is not None else ""
            own = widget.attrs.get("class", "")
            built["class"] = " ".join(part for part in (base, failed, counted, own) if part)
        return built


def _base_class(widget: widgets.Widget) -> str:
    """Return the GOV.UK class of a single control; groups give their parts their own."""
    return next((name for kinds, name in _CLASSES if isinstance(widget, kinds)), "")


GovukRenderer.bound_field_class = GovukBoundField


def problems(form: forms.BaseForm) -> tuple[Link | str, ...]:
    """Return every error of a form, each linked to the control that mends it."""
    found: list[Link | str] = [str(error) for error in form.non_field_errors()]
    for bound in form:
        anchor = bound.anchor if isinstance(bound, GovukBoundField) else bound.id_for_label
        if bound.is_hidden:
            found += [str(error) for error in bound.errors]
        else:
            found += [Link(str(error), f"#{anchor}") for error in bound.errors]
    return tuple(found)
