"""Register places."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Addresses and premises."""

    name = "harbour.record.places"
    label = "places"
