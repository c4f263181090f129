"""The mail server, where an operator names one. Nothing that is sent holds personal data."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

PATIENCE_SECONDS = 10
NOBODY = {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}


def mailer(environ: Mapping[str, str]) -> dict[str, Any]:
    """Read HARBOUR_MAIL_URL: smtps://user:password@host:465, or smtp:// for STARTTLS on 587."""
    given = environ.get("HARBOUR_MAIL_URL", "")
    if not given:
        return NOBODY
    parts = urlsplit(given)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("HARBOUR_MAIL_URL must look like smtps://user:password@host:465.")
    hidden = parts.scheme == "smtps"
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or (465 if hidden else 587),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": hidden,
            "use_tls": not hidden,
            "timeout": PATIENCE_SECONDS,
        },
    }
