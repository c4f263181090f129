"""Say whom a concern speaks of, and when that was a mistake."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.record.people import actions as people
from harbour.record.people import queries as people_queries
from harbour.record.people.vocabulary import AuthorityTieKind
from harbour.work.referrals import policy, queries
from harbour.work.referrals.actions import news, watching
from harbour.work.referrals.models import DescribedChild, Link, Referral, Unlink, Watch
from harbour.work.referrals.vocabulary import WatchKind


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
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:  # somebody else pressed the same button at the same moment
        return queries.links(referral.pk).get(person_id=person_id)
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
    watching.keep_watch_on_child(referral, person_id, at=at)
    children = queries.described_children(referral.pk)
    news.touch(referral, children, (person_id,), "A concern was linked to the child.", by=by, at=at)
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
