"""Register missing."""

from django.apps import AppConfig


class MissingConfig(AppConfig):
    """Episodes, returns and interviews."""

    name = "harbour.work.missing"
    label = "missing"
