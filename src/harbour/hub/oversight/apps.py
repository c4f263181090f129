"""Register oversight."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Who looked at what, and why."""

    name = "harbour.hub.oversight"
    label = "oversight"
