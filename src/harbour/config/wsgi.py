"""The web server's door: it opens only with its secrets, and if the catalog gate finds nothing."""

import os

from django.core.wsgi import get_wsgi_application

from harbour.config import secrets

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "harbour.config.settings")


def _refuse(found: list[str]) -> None:
    if found:
        raise SystemExit("Harbour refuses to serve:\n- " + "\n- ".join(found))


def _refuse_if_open() -> None:
    from django.conf import settings  # noqa: PLC0415 - after set-up

    from harbour.foundation.access import gate  # noqa: PLC0415 - after set-up

    _refuse(gate.findings() + ([] if settings.HARBOUR_DEMO else gate.demo_findings()))


_refuse(secrets.findings(os.environ))
application = get_wsgi_application()
_refuse_if_open()
