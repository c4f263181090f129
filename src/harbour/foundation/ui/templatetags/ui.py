"""Template tags: `{% show part %}` for any component, and one tag for each by name."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, cast

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context, Template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from harbour.foundation.ui import when
from harbour.foundation.ui.components import (
    CATALOGUE,
    Card,
    Component,
    Content,
    ErrorSummary,
    Help,
    Inset,
    Lines,
    Link,
    Pagination,
)
from harbour.foundation.ui.renderer import problems as problems_of
from harbour.foundation.ui.submissions import FORM_KEY

register = template.Library()
NOT_RECORDED = mark_safe('<span class="hb-count">Not recorded</span>')
_CARRIED = ("csrf_token", FORM_KEY, "request")


@register.simple_tag(takes_context=True)
def show(context: Context, value: Content) -> SafeString:
    """Show a component, a text, a moment, or several of them one under another."""
    if value is None:
        return NOT_RECORDED
    if isinstance(value, Component):
        return _rendered(context, value)
    if isinstance(value, bool):
        return SafeString("Yes" if value else "No")
    if isinstance(value, (date, datetime)):
        return format_html(
            '<time datetime="{}">{}</time>', value.isoformat(), when.day_or_moment(value)
        )
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _rendered(context, Lines(tuple(value)))
    return conditional_escape(value if isinstance(value, str) else str(value))


def _rendered(context: Context, part: Component) -> SafeString:
    if isinstance(part, Pagination) and not part.steps and not part.span:
        return SafeString("")
    found = cast("Template", context.template).engine.get_template(part.template_name)
    carried = {name: context[name] for name in _CARRIED if name in context}
    return SafeString(found.render(context.new({**carried, "part": part})).strip())


def _register(name: str, kind: type[Component]) -> None:
    def tag(context: Context, part: Component | None = None, **fields: Any) -> SafeString:
        return show(context, kind(**fields) if part is None else part)

    register.simple_tag(takes_context=True, name=name)(tag)


for _name, _kind in CATALOGUE.items():
    _register(_name, _kind)


@register.simple_block_tag(takes_context=True)
def inset_block(context: Context, content: str) -> SafeString:
    """Set a part of the template apart."""
    return show(context, Inset(SafeString(content)))


@register.simple_block_tag(takes_context=True)
def help_block(context: Context, content: str, summary: str) -> SafeString:
    """Put a part of the template behind a summary that opens."""
    return show(context, Help(summary, SafeString(content)))


@register.simple_block_tag(takes_context=True)
def card_block(context: Context, content: str, title: str, level: int = 3) -> SafeString:
    """Put a border round a part of the template."""
    return show(context, Card(title, SafeString(content), level))


@register.simple_tag(takes_context=True)
def problems(context: Context, *forms: BaseForm) -> SafeString:
    """Show what stops these forms from going on, or nothing."""
    errors = tuple(error for form in forms if form.is_bound for error in problems_of(form))
    return show(context, ErrorSummary(errors)) if errors else SafeString("")


@register.simple_tag
def field(bound: BoundField, size: str = "s", *, heading: bool = False) -> SafeString:
    """Show one field with its label, hint and errors."""
    shown = {"field": bound, "size": "l" if heading else size, "heading": heading}
    return SafeString(bound.form.renderer.render(bound.template_name, shown))


@register.simple_tag(takes_context=True)
def form_key(context: Context) -> SafeString:
    """Put the key into a form that makes sure that two presses do one deed."""
    return format_html(
        '<input type="hidden" name="{}" value="{}">', FORM_KEY, context.get(FORM_KEY, "")
    )


@register.inclusion_tag("ui/components/breadcrumbs.html")
def breadcrumbs(links: Iterable[Link]) -> dict[str, Any]:
    """Show the way here."""
    return {"links": tuple(links)}


@register.simple_tag
def back_link(href: str, text: str = "Back") -> SafeString:
    """Show a link to where the person came from."""
    return format_html(
        '<nav aria-label="Back"><a class="govuk-back-link" href="{}">{}</a></nav>', href, text
    )


@register.filter
def day(value: date | datetime | None) -> str:
    """Return a date with its weekday."""
    return when.day(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Return a date with its weekday, and the time in England."""
    return when.moment(value) if value else ""


@register.filter
def clock_time(value: datetime | None) -> str:
    """Return the time in England."""
    return when.clock_time(value) if value else ""
