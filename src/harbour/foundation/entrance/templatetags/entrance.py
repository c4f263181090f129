"""What the sign-in page asks of this room."""

from typing import Any

from django import template
from django.conf import settings

from harbour.foundation.access.models import User
from harbour.foundation.entrance import queries
from harbour.foundation.entrance.adapter import providers

register = template.Library()


@register.simple_tag
def demo_cast() -> list[User]:
    """Return the cast in the demo, nobody elsewhere."""
    return queries.demo_cast() if settings.HARBOUR_DEMO else []


@register.simple_tag
def sign_in_providers() -> list[dict[str, Any]]:
    """Return the agencies' own sign-ins."""
    return providers()
