"""Register the agencies."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Agencies, teams and remits."""

    name = "harbour.foundation.agencies"
    label = "agencies"
