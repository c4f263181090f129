"""Register a child after having searched."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.record.linkage import policy, queries
from harbour.record.linkage.queries import Query
from harbour.record.people import actions as people
from harbour.record.people.actions import Child
from harbour.record.people.models import Person


class Known(TypedDict, total=False):
    """What is known besides name and birth, as it was typed for the search."""

    identifier_scheme: str
    identifier: str
    phone: str


@transaction.atomic
def register(
    *, child: Child, reason: str, by: Reader, at: datetime, **known: Unpack[Known]
) -> Person:
    """Open a child's record; where others may be the same child, only with a reason.

    The search is run once more with what is about to be written, so that nobody registers a child
    whom a colleague registered a minute ago.
    """
    policy.check_can_register(by)
    hits = queries.find(by, _asked(child, known), at=at)
    policy.check_looked_at(hits, reason)
    person = people.register_child(**child, by=by, at=at)
    if known.get("identifier"):
        people.add_identifier(
            person_id=person.pk,
            scheme=known.get("identifier_scheme", "other"),
            value=known["identifier"],
            by=by,
            at=at,
        )
    if known.get("phone"):
        people.add_phone(person_id=person.pk, number=known["phone"], by=by, at=at)
    audit.record(
        Act.COLLECT,
        "linkage.registered",
        subjects=[person.pk, *(each.person_id for each in hits)],
        groups=["identity"],
        about=person,
        reason=reason.strip(),
        results=len(hits),
        by=by,
        at=at,
    )
    return person


def _asked(child: Child, known: Known) -> Query:
    """Return the search for a child who is about to be registered."""
    return Query(
        given=child["given"],
        family=child["family"],
        born_on=child["born_on"],
        born_precision=child["born_precision"],
        identifier=known.get("identifier", ""),
        phone=known.get("phone", ""),
    )
