"""Register the look of the house."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Page frame, forms, components, and forms sent only once."""

    name = "harbour.foundation.ui"
    label = "ui"
