"""Register the SSDA903 exchange."""

from django.apps import AppConfig


class Ssda903Config(AppConfig):
    """The children-looked-after return."""

    name = "harbour.exchange.ssda903"
    label = "ssda903"
