"""Register network."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Lines and associations."""

    name = "harbour.insight.network"
    label = "network"
