"""Register sharing."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Who else may see."""

    name = "harbour.record.sharing"
    label = "sharing"
