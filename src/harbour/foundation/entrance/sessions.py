"""A person's sessions: which there are, a new name for one, and the end of any of them at once."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from harbour.foundation.kernel import clock

SEEN = "seen"
# When a password or a factor was changed in this session: for a while every page of the sign-in
# offers to end the other sessions.
CHANGED = "credential_changed"
OFFERED_FOR = 15 * 60


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """One session as its owner reads it."""

    id: int
    began_at: datetime
    seen_at: datetime
    address: str
    browser: str
    current: bool


def of(user_id: UUID, *, current: str = "") -> list[Sitting]:
    """Return the open sessions of a person, the newest first."""
    rows = list(UserSession.objects.filter(user_id=user_id).order_by("-created_at"))
    open_ones = {
        each.session_key: each.get_decoded()
        for each in Session.objects.filter(session_key__in=[row.session_key for row in rows])
    }
    return [
        Sitting(
            id=row.pk,
            began_at=row.created_at,
            seen_at=_seen(open_ones[row.session_key], row.created_at),
            address=row.ip,
            browser=row.user_agent,
            current=row.session_key == current,
        )
        for row in rows
        if row.session_key in open_ones
    ]


def _seen(session: dict[str, object], began_at: datetime) -> datetime:
    moment = session.get(SEEN)
    return datetime.fromtimestamp(moment, UTC) if isinstance(moment, int) else began_at


def end(user_id: UUID, *, only: int | None = None, but: str = "") -> int:
    """End the sessions of a person, or one of them, or all but one; return how many ended.

    The next request of an ended session is nobody's: there is nothing left to look it up by.
    """
    rows = UserSession.objects.filter(user_id=user_id).exclude(session_key=but)
    if only is not None:
        rows = rows.filter(pk=only)
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)


def renew(request: HttpRequest) -> None:
    """Give the running session another name, so that one known before opens nothing new."""
    before = request.session.session_key
    request.session.cycle_key()
    rotate_token(request)
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def offer_end(request: HttpRequest) -> None:
    """Offer the end of other sessions for a while: who knew the old password may be in one."""
    request.session[CHANGED] = int(clock.now().timestamp())


def others_after_change(request: HttpRequest) -> int:
    """Return how many other sessions are open, if how this person signs in just changed."""
    age = clock.now().timestamp() - request.session.get(CHANGED, 0)
    if not 0 <= age <= OFFERED_FOR or not request.user.is_authenticated:
        return 0
    current = request.session.session_key or ""
    return len([each for each in of(request.user.pk, current=current) if not each.current])
