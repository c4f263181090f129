"""Register awareness."""

from django.apps import AppConfig


class AwarenessConfig(AppConfig):
    """Outreach and training."""

    name = "harbour.work.awareness"
    label = "awareness"
