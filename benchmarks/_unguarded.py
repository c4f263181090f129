"""The peer of `page_under_policies`: the application past its policies and without its ledger.

It stands here and not in the product: nothing that the product reads can switch either off.
"""

import os
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ["HARBOUR_APP_DATABASE_URL"] = os.environ["HARBOUR_BENCH_DATABASE_URL"]


def _forget(*said: Any, **more: Any) -> None:
    del said, more


def _application() -> Any:
    made = get_wsgi_application()
    from harbour.foundation.audit import actions  # noqa: PLC0415 - needs loaded apps

    actions.record = _forget
    return made


application = _application()
