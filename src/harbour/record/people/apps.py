"""Register people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People and who stands with them."""

    name = "harbour.record.people"
    label = "people"
