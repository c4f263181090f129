"""Ask another partnership for parts of a child's record, and answer what was asked."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Required, TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.refusals import Refused
from harbour.record.people import queries as people
from harbour.record.sharing import policy
from harbour.record.sharing.models import Answer, Request
from harbour.record.sharing.vocabulary import Outcome

# What the agency that asked reads where nobody wrote more.
SAID = {
    Outcome.SHARED: "It is shared: you find it under Find a child.",
    Outcome.DECLINED: "It is not shared. The reason is kept with the authority that was asked.",
}


class Asked(TypedDict, total=False):
    """What an agency asks for."""

    facets: Required[Collection[str]]
    purpose: Required[str]
    what: Required[str]
    reason: Required[str]
    person_id: UUID | None
    given: str
    family: str
    born_on: date | None


@transaction.atomic
def ask(*, authority: Agency, by: Reader, at: datetime, **asked: Unpack[Asked]) -> Request:
    """Ask an authority's partnership for parts of a child's record, on behalf of one's agency."""
    policy.check_can_ask(by, authority, facets=asked["facets"], reason=asked["reason"])
    person_id = asked.get("person_id")
    if person_id is not None:
        people.person(by, person_id)
    elif not asked.get("family", "").strip():
        raise Refused("Say which child it is: a family name at least.")
    row = Request(
        agency_id=policy.agency_of(by),
        authority=authority,
        person_id=person_id,
        given=asked.get("given", "").strip(),
        family=asked.get("family", "").strip(),
        born_on=asked.get("born_on"),
        facets=list(asked["facets"]),
        purpose=asked["purpose"],
        what=asked["what"].strip(),
        reason=asked["reason"].strip(),
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    row.save(force_insert=True)
    audit.record(
        Act.COLLECT,
        "sharing.asked",
        subjects=[person_id] if person_id else [],
        groups=row.facets,
        about=row,
        reason=row.reason,
        by=by,
        at=at,
        detail={"authority": authority.name, "purpose": row.purpose},
    )
    return row


@transaction.atomic
def answer(
    *, request: Request, outcome: Outcome, words: str, by: Reader, at: datetime
) -> Answer:  # fmt: skip
    """Tell the agency that asked what became of it; a later answer takes the place of this one."""
    policy.check_can_answer(by, authority_id=request.authority_id, answered=False)
    row = Answer(
        request=request,
        outcome=outcome,
        words=words.strip() or SAID[outcome],
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    row.save(force_insert=True)
    audit.record(
        Act.DISCLOSE,
        "sharing.answered",
        subjects=[request.person_id] if request.person_id else [],
        about=row,
        by=by,
        at=at,
        detail={"outcome": outcome.value, "agency": request.agency.name},
    )
    return row
