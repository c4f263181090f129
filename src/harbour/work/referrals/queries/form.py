"""Read what the form needs: who takes concerns, who writes for the public, an unsent draft."""

import json
from typing import Any

from django.db import connection

from harbour.foundation.access import roles
from harbour.foundation.access.models import User
from harbour.foundation.access.queries import holders
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies import queries as agencies
from harbour.foundation.agencies.models import Agency


def public_principal() -> User | None:
    """Return the principal in whose name the public form writes."""
    return holders(roles.PUBLIC_INTAKE).filter(is_system=True).first()


def receiving_authorities() -> list[Agency]:
    """Return the authorities that take concerns, by name."""
    return list(agencies.partner_authorities())


def authority_for_unknown_area() -> Agency | None:
    """Return who takes a concern when nobody knows the area: the first by official code."""
    return agencies.partner_authorities().order_by("code", "name").first()


def agency_kind(reader: Reader) -> str:
    """Return what sort of body the reader works for."""
    if reader.agency_id is None:
        return ""
    found = Agency.objects.filter(pk=reader.agency_id).values_list("kind", flat=True)
    return found.first() or ""


def draft(key: str) -> dict[str, Any] | None:
    """Return the answers kept under this key, if they are not older than a day."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.draft(%s)", [key])
        return as_answers(cursor.fetchone()[0])


def as_answers(found: Any) -> dict[str, Any] | None:
    """Return what the database gave as answers."""
    answers: dict[str, Any] | None = json.loads(found) if isinstance(found, str) else found
    return answers
