"""The acts a ledger row can record, those of Data Protection Act 2018 s62 first; witnesses."""

from django.db.models import TextChoices


class Act(TextChoices):
    """What was done."""

    COLLECT = "collect", "wrote down"
    ALTER = "alter", "changed"
    CONSULT = "consult", "looked at"
    DISCLOSE = "disclose", "disclosed"
    COMBINE = "combine", "combined"
    ERASE = "erase", "erased"
    SEARCH = "search", "searched"
    DENY = "deny", "was refused"
    EXPORT = "export", "exported"
    PRINT = "print", "printed"
    APPROVE = "approve", "approved"
    SIGN_IN = "sign_in", "signed in"
    SIGN_IN_FAILED = "sign_in_failed", "failed to sign in"
    SIGN_OUT = "sign_out", "signed out"


class WitnessKind(TextChoices):
    """How signed roots reach an agency."""

    ENDPOINT = "endpoint", "Web address that takes them (HTTPS)"
    MAILBOX = "mailbox", "Mailbox"
    FILE = "file", "File that is only added to"


class AlertKind(TextChoices):
    """What is unusual."""

    UNUSUAL = "unusual", "Many records beyond one's own work"
    STOPPED = "stopped", "Stopped at the limit"


class Answer(TextChoices):
    """What a lead said to an alert."""

    GO_ON = "go_on", "May go on for an hour"
    LOOKED_INTO = "looked_into", "Looked into"
