"""Register meetings."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Where agencies decide together."""

    name = "harbour.hub.meetings"
    label = "meetings"
