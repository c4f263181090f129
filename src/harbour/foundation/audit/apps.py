"""Register the audit ledger."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The ledger."""

    name = "harbour.foundation.audit"
    label = "audit"
