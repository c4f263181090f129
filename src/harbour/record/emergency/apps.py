"""Register emergency access."""

from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    """Breaking glass."""

    name = "harbour.record.emergency"
    label = "emergency"
