"""Register providers."""

from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    """Homes and placements."""

    name = "harbour.record.providers"
    label = "providers"
