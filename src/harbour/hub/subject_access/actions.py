"""Take a request, propose and decide what goes out, and release the rest by two people."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.approvals import actions as approvals
from harbour.foundation.approvals.models import Proposal
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.documents import keys, pdf
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.hub.subject_access import policy, presenters, queries, rules
from harbour.hub.subject_access.models import AccessRequest, ClockStop, Redaction, Release
from harbour.hub.subject_access.rules import Passage
from harbour.hub.subject_access.vocabulary import MARKS, RELEASE, Decision, Ground
from harbour.record.attachments import actions as attachments
from harbour.record.people import queries as people

CHANGED = "The record has changed since: {number} new proposals wait for a decision."


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who asks, how that was made sure, and since when the clock runs."""

    asker: str
    asker_name: str
    identity_checked: str
    authority: str
    received_on: date
    identity_on: date | None = None


@transaction.atomic
def take(*, person_id: UUID, asked: Asked, by: Reader, at: datetime) -> AccessRequest:
    """Take a request, gather what is held, and propose what should be taken out."""
    policy.check_can_ask(
        by,
        asker=asked.asker,
        authority=asked.authority,
        received=asked.received_on,
        on=clock.london_date(at),
    )
    people.person(by, person_id)
    row = AccessRequest(
        person_id=person_id,
        asker=asked.asker,
        asker_name=asked.asker_name,
        identity_checked=asked.identity_checked,
        authority=asked.authority,
        received_on=asked.received_on,
        identity_on=asked.identity_on or asked.received_on,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    policy.check_sees_everything(by, row)
    row.save(force_insert=True)
    found = _propose(row, by=by, at=at)
    _remember(Act.COLLECT, "taken", row, by=by, at=at, proposals=found)
    return row


@transaction.atomic
def stop_clock(*, request: AccessRequest, reason: str, by: Reader, at: datetime) -> ClockStop:
    """Let the clock stand still while the asker is asked something that is needed."""
    policy.check_can_stop(by, request)
    row = ClockStop(
        person_id=request.person_id,
        request=request,
        from_on=clock.london_date(at),
        reason=reason.strip(),
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    row.save(force_insert=True)
    _remember(Act.ALTER, "clock_stopped", request, by=by, at=at)
    return row


@transaction.atomic
def go_on(*, request: AccessRequest, by: Reader, at: datetime) -> None:
    """Let the clock run again: the asker answered."""
    stopped = policy.check_can_go_on(by, request)
    ClockStop.objects.filter(pk=stopped.pk, until_on=None).update(until_on=clock.london_date(at))
    _remember(Act.ALTER, "clock_goes_on", request, by=by, at=at)


@transaction.atomic
def extend(*, request: AccessRequest, reason: str, by: Reader, at: datetime) -> None:
    """Take two months more, with the reason that the asker is told."""
    policy.check_can_extend(by, request)
    AccessRequest.objects.filter(pk=request.pk, extended_at=None).update(
        extended_at=at, extended_by_id=by.user_id, extended_reason=reason.strip()
    )
    _remember(Act.ALTER, "extended", request, by=by, at=at)


@transaction.atomic
def decide(
    *,
    request: AccessRequest,
    redaction_ids: Iterable[UUID],
    decision: Decision,
    by: Reader,
    at: datetime,
) -> int:
    """Accept or reject proposals; return how many. A decision can be made anew until the end."""
    policy.check_sees_everything(by, request)
    policy.check_open(request)
    changed = request.redactions.filter(pk__in=list(redaction_ids)).update(
        decision=decision, decided_at=at, decided_by_id=by.user_id
    )
    _remember(Act.ALTER, "decided", request, by=by, at=at, proposals=changed)
    return changed


@transaction.atomic
def take_out(
    *, request: AccessRequest, words: str, ground: Ground, by: Reader, at: datetime
) -> int:
    """Take some words out wherever they stand in what is held; return how often."""
    policy.check_sees_everything(by, request)
    policy.check_open(request)
    rows = [
        _redaction(request, each, rules.Span(start=start, end=end, ground=ground), by=by, at=at)
        for each in queries.passages(by, request.person_id)
        for start, end in rules.occurrences(each.text, words)
    ]
    for row in rows:
        row.by_rule, row.decision = False, Decision.ACCEPTED
        row.decided_at, row.decided_by_id = at, by.user_id
    Redaction.objects.bulk_create(rows)
    _remember(Act.ALTER, "taken_out", request, by=by, at=at, proposals=len(rows))
    return len(rows)


@transaction.atomic
def propose_release(*, request: AccessRequest, reason: str, by: Reader, at: datetime) -> Proposal:
    """Propose to release exactly what is left now; a second person checks it."""
    policy.check_sees_everything(by, request)
    policy.check_open(request)
    _propose(request, by=by, at=at)
    waiting = request.redactions.filter(decision="").count()
    if waiting:
        raise Refused(CHANGED.format(number=waiting))
    if queries.open_proposal(by, request, at=at):
        raise Refused("The release is proposed already. It waits for a second person.")
    parts = rules.parts(queries.passages(by, request.person_id), queries.proposed(request), MARKS)
    return approvals.propose(
        code=RELEASE,
        payload={"request_id": str(request.pk), "content": rules.digest(parts)},
        person_id=request.person_id,
        about_id=request.pk,
        about_kind="accessrequest",
        summary=f"Release what is held of a person: {len(parts)} parts",
        reason=reason,
        by=by,
        at=at,
    )


def release(*, payload: Mapping[str, object], by: Reader, at: datetime) -> Release:
    """Build the document from what is left, as the second person has just approved."""
    request = queries.request(by, UUID(str(payload["request_id"])))
    policy.check_sees_everything(by, request)
    policy.check_open(request)
    held = queries.passages(by, request.person_id)
    parts = rules.parts(held, queries.proposed(request), MARKS)
    if rules.digest(parts) != payload["content"]:
        raise Refused("The record has changed since it was proposed. It has to be proposed again.")
    by_hand = queries.not_in_text(by, request.person_id)
    frame = pdf.frame(title="Copy of the record held about you", reader=by, at=at)
    data = presenters.bundle_data(parts, by_hand=by_hand)
    document = pdf.render("subject_access/bundle.typ", frame, data)
    key = attachments.key_for(person_id=request.person_id, by=by, at=at)
    row = Release(
        person_id=request.person_id,
        request=request,
        sha256=hashlib.sha256(document).hexdigest(),
        manifest=rules.manifest(parts),
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    row.sealed = keys.sealed(document, key=key, of=row.pk)
    row.save(force_insert=True)
    _remember(Act.DISCLOSE, "released", request, by=by, at=at, parts=len(parts))
    return row


@transaction.atomic
def close(*, request: AccessRequest, reason: str, by: Reader, at: datetime) -> None:
    """Close a request for which nothing is released, and say why."""
    policy.check_can_answer(by)
    policy.check_open(request)
    AccessRequest.objects.filter(pk=request.pk, closed_at=None).update(
        closed_at=at, closed_by_id=by.user_id, closed_reason=reason.strip()
    )
    _remember(Act.ALTER, "closed", request, by=by, at=at)


def _propose(request: AccessRequest, *, by: Reader, at: datetime) -> int:
    """Write down the proposals for every passage that has none for its present words."""
    known = queries.known_of(by, request.person_id)
    judged = set(request.redactions.values_list("source_id", "part", "text_sha256", "start"))
    rows = [
        _redaction(request, each, span, by=by, at=at)
        for each in queries.passages(by, request.person_id)
        for span in _spans(each, known)
        if (each.source_id, each.part, each.sha256, span.start) not in judged
    ]
    Redaction.objects.bulk_create(rows)
    return len(rows)


def _spans(passage: Passage, known: rules.Known) -> tuple[rules.Span, ...]:
    if passage.ground:
        return (rules.Span(start=0, end=len(passage.text), ground=passage.ground),)
    return rules.proposals(passage.text, known)


def _redaction(
    request: AccessRequest, passage: Passage, span: rules.Span, *, by: Reader, at: datetime
) -> Redaction:
    return Redaction(
        person_id=request.person_id,
        request=request,
        source=passage.source,
        source_id=passage.source_id,
        part=passage.part,
        text_sha256=passage.sha256,
        start=span.start,
        end=span.end,
        ground=span.ground,
        found_at=at,
        found_by_id=by.user_id,
    )


def _remember(
    act: Act, what: str, request: AccessRequest, *, by: Reader, at: datetime, **detail: Any
) -> None:
    audit.record(
        act,
        f"subject_access.{what}",
        by=by,
        at=at,
        subjects=[request.person_id],
        groups=[each.value for each in Facet],
        about=request,
        detail=detail,
    )
