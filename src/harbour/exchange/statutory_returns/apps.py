"""Register returns."""

from django.apps import AppConfig


class StatutoryReturnsConfig(AppConfig):
    """Returns and imports."""

    name = "harbour.exchange.statutory_returns"
    label = "statutory_returns"
