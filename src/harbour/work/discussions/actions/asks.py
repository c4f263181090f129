"""Asks: repeats fire them; a discussion or a reason answers them."""

from datetime import datetime

from django.db import connection, transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel.events import Touched
from harbour.foundation.kernel.refusals import Refused
from harbour.work.discussions import policy
from harbour.work.discussions.actions.traces import audited
from harbour.work.discussions.models import Ask
from harbour.work.missing.vocabulary import EPISODE_TOUCHED


def notice_repeats(event: Touched) -> None:
    """Ask for a discussion where the news of an episode fulfils a repeat rule.

    The database counts: whoever reports a child missing may not read what is asked for.
    """
    if event.source == EPISODE_TOUCHED:
        with connection.cursor() as cursor:
            cursor.execute("SELECT harbour_sec.ask_for_discussion(%s)", [event.source_id])


@transaction.atomic
def answer_ask(*, ask: Ask, reason: str, by: Reader, at: datetime) -> None:
    """Record why no strategy discussion is asked for this time."""
    policy.check_can_answer_ask(by, ask)
    if not reason.strip():
        raise Refused("Give the reason.")
    settle(ask, by=by, at=at, reason=reason)
    audited("discussions.ask_answered", ask, by=by, at=at)


def settle(ask: Ask, *, by: Reader, at: datetime, **answer: object) -> None:
    """Close an open ask with a discussion or a reason; the first answer counts."""
    answered = Ask.objects.filter(pk=ask.pk, answered_at=None).update(
        answered_at=at, answered_by=by.user_id, **answer
    )
    if not answered:
        raise Refused("Somebody has answered this already.")
