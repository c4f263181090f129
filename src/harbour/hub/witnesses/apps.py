"""Register witnesses."""

from django.apps import AppConfig


class WitnessesConfig(AppConfig):
    """Witnesses of the ledger."""

    name = "harbour.hub.witnesses"
    label = "witnesses"
