"""Register hosting."""

from django.apps import AppConfig


class HostingConfig(AppConfig):
    """Children placed across a border."""

    name = "harbour.work.hosting"
    label = "hosting"
