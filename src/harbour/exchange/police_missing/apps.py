"""Register the police's extract."""

from django.apps import AppConfig


class PoliceMissingConfig(AppConfig):
    """The police's extract of missing reports."""

    name = "harbour.exchange.police_missing"
    label = "police_missing"
