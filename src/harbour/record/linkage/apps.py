"""Register linkage."""

from django.apps import AppConfig


class LinkageConfig(AppConfig):
    """Finding the one child."""

    name = "harbour.record.linkage"
    label = "linkage"
