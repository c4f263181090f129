"""Write concerns: receive, link, decide, answer, watch. The only writers of this room."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict
from uuid import UUID

from django.core.cache import cache
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import events
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import update_versioned
from harbour.record.people import actions as people
from harbour.record.people import queries as people_queries
from harbour.record.people import rules as people_rules
from harbour.record.people.vocabulary import AuthorityTieKind
from harbour.record.places import actions as places
from harbour.record.places import rules as place_rules
from harbour.record.places.models import Place
from harbour.record.places.vocabulary import PlaceKind
from harbour.work.referrals import policy, queries, rules
from harbour.work.referrals.models import DescribedChild, Link, Referral, Unlink, Watch
from harbour.work.referrals.vocabulary import Channel, Decision, LocalSource, Status, WatchKind


@dataclass(frozen=True, kw_only=True)
class SaidChild:
    """A child as a referrer describes them."""

    given: str = ""
    family: str = ""
    known_as: str = ""
    born_on: date | None = None
    born_precision: str = ""
    age_said: str = ""
    sex: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    school: str = ""
    with_now: str = ""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a referrer says, whichever way it comes in."""

    authority: Agency
    source: str
    concerns: tuple[str, ...]
    narrative: str
    children: tuple[SaidChild, ...]
    local_source: str = LocalSource.NONE
    referrer_name: str = ""
    referrer_role: str = ""
    referrer_contact: str = ""
    group_name: str = ""
    immediate_danger: bool = False
    danger_action: str = ""
    parents_informed: str = ""
    parents_reason: str = ""


def _new_reference() -> str:
    """Return a reference that nobody can guess and that says nothing."""
    return rules.reference_from(secrets.randbits(64))


@transaction.atomic
def receive(
    *,
    said: Said,
    channel: Channel,
    by: Reader,
    at: datetime,
    received_at: datetime | None = None,
) -> Referral:
    """Write down a concern with the children it speaks of, and start the screening clock.

    A person with an account is kept as the sender; the public form's principal sends for nobody.
    `received_at` is earlier than `at` for a call that is written up afterwards.
    """
    policy.check_can_send(by)
    moment = received_at or at
    referral = Referral(
        reference=_new_reference(),
        received_at=moment,
        channel=channel,
        sent_by_id=None if channel == Channel.PUBLIC_FORM else by.user_id,
        status=Status.NEW,
        screening_due_on=rules.screening_due_on(received_on=london_date(moment)),
        recorded_at=at,
        recorded_by_id=by.user_id,
        **_without_children(said),
    )
    referral.save(force_insert=True)
    described = [
        DescribedChild(
            referral=referral,
            number=number,
            recorded_at=at,
            recorded_by_id=by.user_id,
            **vars(child),
        )
        for number, child in enumerate(said.children, start=1)
    ]
    DescribedChild.objects.bulk_create(described)
    audit.record(
        Act.COLLECT,
        "referrals.received",
        about=referral,
        groups=["referral"],
        results=len(described),
        detail={"channel": str(channel), "reference": referral.reference},
        by=by,
        at=at,
    )
    _touch(referral, described, (), "A new concern came in.", by=by, at=at)
    return referral


def _without_children(said: Said) -> dict[str, Any]:
    fields = dict(vars(said))
    del fields["children"]
    fields["concerns"] = list(said.concerns)
    return fields


@transaction.atomic
def link(
    *,
    referral: Referral,
    described: DescribedChild | None,
    person_id: UUID,
    by: Reader,
    at: datetime,
) -> Link:
    """Say that the concern speaks of this person. Saying it twice is saying it once."""
    policy.check_can_work(by, referral)
    people_queries.person(by, person_id)
    standing = queries.links(referral.pk).filter(person_id=person_id).first()
    if standing is not None:
        return standing
    made = Link(
        referral=referral,
        described=described,
        person_id=person_id,
        turn=queries.turns_of(referral.pk, person_id) + 1,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    made.save(force_insert=True)
    _associate(referral, made, by=by, at=at)
    audit.record(
        Act.COMBINE,
        "referrals.child_linked",
        subjects=[person_id],
        groups=["referral"],
        about=referral,
        by=by,
        at=at,
    )
    _keep_watch_on_child(referral, person_id, at=at)
    children = queries.described_children(referral.pk)
    _touch(referral, children, (person_id,), "A concern was linked to the child.", by=by, at=at)
    return made


def _associate(referral: Referral, made: Link, *, by: Reader, at: datetime) -> None:
    """Open the child's record to the authority that received the concern, where it is another's."""
    kinds = (AuthorityTieKind.RESPONSIBLE, AuthorityTieKind.HOST)
    ties = [people_queries.authority_of(made.person_id, kind) for kind in kinds]
    if referral.authority_id not in {each.pk for each in ties if each is not None}:
        people.associate(
            person_id=made.person_id,
            authority=referral.authority,
            because_id=made.pk,
            by=by,
            at=at,
        )


@transaction.atomic
def register_and_link(
    *, referral: Referral, described: DescribedChild, child: people.Child, by: Reader, at: datetime
) -> Link:  # fmt: skip
    """Open a record for a child whom no search found, and link the concern to it."""
    policy.check_can_work(by, referral)
    person = people.register_child(by=by, at=at, **child)
    return link(referral=referral, described=described, person_id=person.pk, by=by, at=at)


@transaction.atomic
def unlink(*, made: Link, reason: str, by: Reader, at: datetime) -> None:
    """Say that a link was a mistake, and close what it had opened. The link stays on record."""
    referral = made.referral
    linked = queries.links(referral.pk).count()
    policy.check_can_unlink(by, referral, linked=linked)
    if queries.is_undone(made.pk):
        return
    Unlink(link=made, reason=reason, recorded_at=at, recorded_by_id=by.user_id).save(
        force_insert=True
    )
    Watch.objects.filter(
        referral=referral, kind=WatchKind.CHILD, value=str(made.person_id), ends_at=None
    ).update(ends_at=at)
    audit.record(
        Act.ALTER,
        "referrals.child_unlinked",
        subjects=[made.person_id],
        groups=["referral"],
        about=referral,
        by=by,
        at=at,
    )
    people.end_standings(person_id=made.person_id, because_id=made.pk, by=by, at=at)


@transaction.atomic
def decide(
    *,
    referral: Referral,
    seen_version: int,
    decision: Decision,
    reason: str,
    by: Reader,
    at: datetime,
) -> None:
    """Record the screening decision with its reason; no further action begins a watch."""
    policy.check_can_decide(by, referral)
    linked = tuple(queries.linked_people(referral.pk))
    policy.check_decision_has_grounds(decision=decision, reason=reason, linked=len(linked))
    update_versioned(
        referral,
        seen_version=seen_version,
        status=Status.SCREENED,
        decision=decision,
        decision_reason=reason.strip(),
        decided_at=at,
        decided_by_id=by.user_id,
    )
    late = rules.is_late(due_on=referral.screening_due_on, day=london_date(at))
    audit.record(
        Act.ALTER,
        "referrals.decided",
        subjects=linked,
        groups=["referral"],
        about=referral,
        detail={"decision": str(decision), "late": late},
        by=by,
        at=at,
    )
    children = queries.described_children(referral.pk)
    _touch(referral, children, linked, "A concern was screened.", by=by, at=at)
    if decision == Decision.NO_FURTHER_ACTION:
        _watch(referral, children, linked, by=by, at=at)


def _watch(
    referral: Referral,
    children: Sequence[DescribedChild],
    linked: Sequence[UUID],
    *,
    by: Reader,
    at: datetime,
) -> None:
    """Look out for everything the concern named."""
    found = [(WatchKind.CHILD, str(each)) for each in linked]
    found += [(WatchKind.PHONE, key) for key in _phones(children)]
    found += [(WatchKind.PLACE, str(each)) for each in _watched_places(children, by=by, at=at)]
    found += [(WatchKind.GROUP, key) for key in _groups(referral)]
    Watch.objects.bulk_create(
        Watch(referral=referral, kind=kind, value=value, starts_at=at)
        for kind, value in dict.fromkeys(found)
    )


def _watched_places(
    children: Sequence[DescribedChild], *, by: Reader, at: datetime
) -> tuple[UUID, ...]:
    """Return the places at the described addresses, written down where nobody had them yet."""
    for child in children:
        where = _whereabouts(child)
        if place_rules.match_key(**where):
            places.place_for(kind=PlaceKind.RESIDENCE, by=by, at=at, **where)
    return _places(children)


def _keep_watch_on_child(referral: Referral, person_id: UUID, *, at: datetime) -> None:
    """Watch a child who is linked to a concern that is already in watch."""
    watching = Watch.objects.filter(referral=referral, ends_at=None)
    if referral.decision == Decision.NO_FURTHER_ACTION and watching.exists():
        Watch(referral=referral, kind=WatchKind.CHILD, value=str(person_id), starts_at=at).save(
            force_insert=True
        )


@transaction.atomic
def stop_watching(*, referral: Referral, reason: str, by: Reader, at: datetime) -> None:
    """End the watch over a concern; the reason stands in the ledger."""
    watching = Watch.objects.filter(referral=referral, ends_at=None)
    policy.check_can_stop_watching(by, referral, watching=watching.exists())
    watching.update(ends_at=at)
    audit.record(
        Act.ALTER,
        "referrals.watch_ended",
        subjects=queries.linked_people(referral.pk),
        groups=["referral"],
        about=referral,
        reason=reason.strip(),
        by=by,
        at=at,
    )


@transaction.atomic
def pass_on(
    *,
    referral: Referral,
    seen_version: int,
    authority: Agency,
    reason: str,
    by: Reader,
    at: datetime,
) -> None:
    """Hand a concern to the authority it belongs to. Its clock runs on: the child waits as long."""
    policy.check_can_pass_on(by, referral, linked=queries.links(referral.pk).count())
    audit.record(
        Act.DISCLOSE,
        "referrals.passed_on",
        groups=["referral"],
        about=referral,
        reason=reason.strip(),
        detail={"from": str(referral.authority_id), "to": str(authority.pk)},
        by=by,
        at=at,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT harbour_sec.pass_referral(%s, %s, %s)",
            [referral.pk, authority.pk, seen_version],
        )
        if not cursor.fetchone()[0]:
            raise Refused("Somebody else has worked on this concern. Open it again.")


@transaction.atomic
def record_feedback(
    *, referral: Referral, seen_version: int, text: str, by: Reader, at: datetime
) -> None:
    """Record what the referrer was told."""
    policy.check_can_answer(by, referral)
    update_versioned(
        referral,
        seen_version=seen_version,
        feedback_text=text.strip(),
        feedback_at=at,
        feedback_by_id=by.user_id,
    )
    audit.record(
        Act.DISCLOSE,
        "referrals.referrer_told",
        subjects=queries.linked_people(referral.pk),
        about=referral,
        by=by,
        at=at,
    )


# News, up and in


def fire(event: events.Touched) -> None:
    """Let the database fire every watch the news touches, whoever keeps it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT harbour_sec.fire_watches(%s::uuid[], %s::uuid[], %s::text[], %s::text[], "
            "%s, %s::uuid, %s)",
            [
                [str(each) for each in event.children],
                [str(each) for each in event.places],
                list(event.phones),
                list(event.groups),
                event.source,
                str(event.source_id),
                event.reason,
            ],
        )


def _touch(
    referral: Referral,
    children: Sequence[DescribedChild],
    linked: Sequence[UUID],
    reason: str,
    *,
    by: Reader,
    at: datetime,
) -> None:
    events.publish(
        events.Touched(
            children=tuple(linked),
            places=_places(children),
            phones=_phones(children),
            groups=_groups(referral),
            source="referral",
            source_id=referral.pk,
            reason=reason,
            at=at,
            by_id=by.user_id,
        )
    )


def _phones(children: Sequence[DescribedChild]) -> tuple[str, ...]:
    keys = (people_rules.phone_key(each.phone) for each in children if each.phone.strip())
    return tuple(key for key in keys if len(key) > 5)


def _groups(referral: Referral) -> tuple[str, ...]:
    key = rules.group_key(referral.group_name)
    return (key,) if key else ()


class _Where(TypedDict):
    street: str
    locality: str
    postcode: str


def _whereabouts(child: DescribedChild) -> _Where:
    street, locality = rules.street_and_locality(child.address)
    return {"street": street, "locality": locality, "postcode": child.postcode}


def _places(children: Sequence[DescribedChild]) -> tuple[UUID, ...]:
    """Return the known places at these addresses, for those who may read where people live."""
    keys = {place_rules.match_key(**_whereabouts(each)) for each in children} - {""}
    if not keys:
        return ()
    return tuple(Place.objects.filter(match_key__in=keys).values_list("pk", flat=True))


# Drafts of the form


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


# How often one address may use the public form


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
