"""Which forms were already sent: claimed before the deed, settled with where it led."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import salted_hmac

from harbour.foundation.ui.models import Submission

FORM_KEY = "form_key"
UNCOMPARED = frozenset({FORM_KEY, "csrfmiddlewaretoken"})
# A key is only ever pressed twice within one sitting; a week covers a phone left in a drawer.
KEPT_FOR = timedelta(days=7)

_CLAIM = """
INSERT INTO ui_submission (id, user_id, body_hash, location, recorded_at)
VALUES (%s, %s, %s, '', %s) ON CONFLICT (id) DO NOTHING
"""


def key_of(request: HttpRequest) -> UUID | None:
    """Return the key of a form that was sent, if it has one."""
    if request.method != "POST":
        return None
    try:
        return UUID(request.POST.get(FORM_KEY, ""))
    except ValueError:
        return None


def fingerprint(request: HttpRequest) -> str:
    """Return a keyed hash of what was sent and where: it tells sameness and nothing else."""
    parts = [request.path]
    for name, values in sorted(request.POST.lists()):
        if name not in UNCOMPARED:
            parts += [name, *(str(value) for value in values)]
    for name, files in sorted(request.FILES.lists()):
        for each in files:
            parts += [name, str(each.name), hashlib.sha256(each.read()).hexdigest()]
            each.seek(0)
    body = "\x1f".join(f"{len(part)}:{part}" for part in parts)
    return salted_hmac("harbour.foundation.ui.once", body, algorithm="sha256").hexdigest()


def claim(*, key: UUID, user_id: UUID, body_hash: str, at: datetime) -> bool:
    """Write the key down and say whether it was new; a second press waits here for the first."""
    Submission.objects.filter(user_id=user_id, recorded_at__lt=at - KEPT_FOR).delete()
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [key, user_id, body_hash, at])
        return bool(cursor.rowcount == 1)


def answer_to(*, key: UUID, body_hash: str) -> str:
    """Return where the first press led, or nothing if what was sent then was something else."""
    first = Submission.objects.filter(pk=key, body_hash=body_hash).first()
    return first.location if first is not None else ""


def settle(*, key: UUID, response: HttpResponse) -> None:
    """Keep where a deed led; forget the key of a form that was handed back with errors."""
    if isinstance(response, HttpResponseRedirect):
        Submission.objects.filter(pk=key).update(location=response.url)
    else:
        release(key=key)


def release(*, key: UUID) -> None:
    """Forget a key whose deed did not happen."""
    if not connection.needs_rollback:
        Submission.objects.filter(pk=key).delete()
