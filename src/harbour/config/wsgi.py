"""The web server's door: it opens only if the catalog gate finds nothing."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "harbour.config.settings")
application = get_wsgi_application()


def _refuse_if_open() -> None:
    from django.conf import settings  # noqa: PLC0415 - after set-up

    from harbour.foundation.access import gate  # noqa: PLC0415 - after set-up

    found = gate.findings()
    if not settings.HARBOUR_DEMO:
        found += gate.demo_findings()
    if found:
        raise SystemExit("Harbour refuses to serve:\n- " + "\n- ".join(found))


_refuse_if_open()
