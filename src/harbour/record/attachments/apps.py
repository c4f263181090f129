"""Register attachments."""

from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    """Files on a child's record."""

    name = "harbour.record.attachments"
    label = "attachments"
