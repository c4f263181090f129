"""What the sign-in page asks of this room."""

from typing import Any

from django import template
from django.conf import settings

from harbour.foundation.access.models import User
from harbour.foundation.entrance import queries, sessions
from harbour.foundation.entrance.adapter import providers

register = template.Library()


@register.simple_tag(takes_context=True)
def is_an_old_browser(context: dict[str, Any]) -> bool:
    """Say whether a browser lacks the defences of the last years: it does not say who asks.

    Browsers add `Sec-Fetch-Mode` by themselves where the connection is safe; programs that are no
    browsers are not told anything.
    """
    request = context["request"]
    agent = request.headers.get("User-Agent", "")
    return request.is_secure() and "Mozilla" in agent and "Sec-Fetch-Mode" not in request.headers


@register.simple_tag
def demo_cast() -> list[User]:
    """Return the cast in the demo, nobody elsewhere."""
    return queries.demo_cast() if settings.HARBOUR_DEMO else []


@register.simple_tag(takes_context=True)
def other_sessions(context: dict[str, Any]) -> int:
    """Return how many other sessions could be ended now that a password or a factor changed."""
    request = context.get("request")
    return sessions.others_after_change(request) if request is not None else 0


@register.simple_tag
def sign_in_providers() -> list[dict[str, Any]]:
    """Return the agencies' own sign-ins."""
    return providers()
