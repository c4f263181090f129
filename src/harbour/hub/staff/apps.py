"""Register staff."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """People and roles."""

    name = "harbour.hub.staff"
    label = "staff"
