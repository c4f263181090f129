"""Keep a form that is not sent yet, and count how often an address tries."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.utils.crypto import salted_hmac

from harbour.work.referrals import queries, rules


def keep_draft(*, key: str, answers: Mapping[str, Any]) -> None:
    """Keep the answers of a form that is not sent yet, and dispose of those older than a day."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.dispose_of_drafts()")
        cursor.execute("SELECT harbour_sec.keep_draft(%s, %s::jsonb)", [key, json.dumps(answers)])


def take_draft(*, key: str) -> dict[str, Any] | None:
    """Take the answers out for sending: of two presses, one gets them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.take_draft(%s)", [key])
        found = cursor.fetchone()[0]
    return queries.as_answers(found)


def count_try(*, kind: str, address: str, at: datetime) -> bool:
    """Count one try from an address and say whether it is within the limits.

    The address is hashed with the server's secret and an hour, so that the count names nobody.
    """
    within = True
    for hours, most in rules.PUBLIC_LIMITS[kind].items():
        window = int(at.timestamp()) // (hours * 3600)
        mark = salted_hmac(
            "referrals.limit", f"{kind}|{address}|{hours}|{window}", algorithm="sha256"
        ).hexdigest()
        name = f"referrals:{mark}"
        if cache.add(name, 1, timeout=hours * 3600):
            continue
        within = cache.incr(name) <= most and within
    return within
