"""Register home."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """What is mine and when it is due."""

    name = "harbour.hub.home"
    label = "home"
