"""Register documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Documents the hub makes."""

    name = "harbour.foundation.documents"
    label = "documents"
