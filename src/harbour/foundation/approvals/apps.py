"""Register approvals."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    """Two people."""

    name = "harbour.foundation.approvals"
    label = "approvals"
