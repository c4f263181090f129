"""Register reporting."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Figures that recompute."""

    name = "harbour.insight.reporting"
    label = "reporting"
