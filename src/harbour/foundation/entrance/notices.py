"""What a person is told of her own sign-in: failed tries, changes, resets."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from harbour.foundation.access.context import acting_as
from harbour.foundation.entrance.models import Notice
from harbour.foundation.entrance.vocabulary import KEPT_FOR, Happened
from harbour.foundation.kernel import clock
from harbour.foundation.ui.when import moment

_NOTE = "SELECT harbour_sec.note_sign_in(%s, %s, %s, %s, %s)"
# What else would only be known from this page is written to her mailbox too.
BY_MAIL = frozenset(Happened) - {Happened.FAILED, Happened.BROWSER}


def note(
    request: HttpRequest | None, kind: Happened, *, user_id: UUID | None = None, email: str = ""
) -> None:
    """Write down what happened to the sign-in of a person, known by id or by a typed address."""
    address = get_adapter().get_client_ip(request) if request is not None else ""
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [user_id, email, kind.value, clock.now(), address or ""])
    mailed = not settings.MAILERS["default"]["BACKEND"].endswith("dummy.EmailBackend")
    if user_id is not None and kind in BY_MAIL and mailed:
        from harbour.foundation.entrance import tasks  # noqa: PLC0415 - the queue needs loaded apps

        tasks.write_to.defer(user_id=str(user_id))


def of(user_id: UUID) -> list[Notice]:
    """Return what happened to the sign-in of whoever is signed in, newest first."""
    return list(Notice.objects.filter(user_id=user_id))


def unread(user_id: UUID, *, at: datetime, session_id: str) -> str:
    """Return in a sentence what a person was not told yet, and keep that she was."""
    with acting_as(user_id, session_id=session_id):
        Notice.objects.filter(user_id=user_id, at__lt=at - KEPT_FOR).delete()
        rows = list(Notice.objects.filter(user_id=user_id, told_at=None))
        Notice.objects.filter(pk__in=[each.pk for each in rows]).update(told_at=at)
    if not rows:
        return ""
    kinds = Counter(Happened(each.kind) for each in rows)
    said = [f"{kind.label}{f' ({n} times)' if n > 1 else ''}" for kind, n in kinds.items()]
    return (
        f"Since you were last here: {'; '.join(said)}. Last on {moment(rows[0].at)}. If this was "
        "not you, tell your administrator now; Your account says more."
    )
