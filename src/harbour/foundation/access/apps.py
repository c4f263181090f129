"""Register access."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """People, roles, and the signed context."""

    name = "harbour.foundation.access"
    label = "access"
