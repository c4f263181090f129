"""Register the door."""

from django.apps import AppConfig


class EntranceConfig(AppConfig):
    """Signing in and out."""

    name = "harbour.foundation.entrance"
    label = "entrance"
