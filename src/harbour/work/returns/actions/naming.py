"""Names: taken down as they were said, judged by the analyst, never facts by themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.events import Touched
from harbour.foundation.kernel.refusals import Refused
from harbour.record.places import actions as places
from harbour.record.places.actions import Whereabouts
from harbour.record.places.vocabulary import PlaceKind
from harbour.work.missing.models import Episode, ReturnInterview
from harbour.work.missing.vocabulary import EPISODE_TOUCHED, INTERVIEW_HELD
from harbour.work.returns import policy, rules
from harbour.work.returns.models import Judgement, Named
from harbour.work.returns.vocabulary import JudgementOutcome, NamedKind, Origin


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the analyst makes of a name, with the reason."""

    outcome: str
    reason: str
    strength: str = ""
    place_kind: str = ""
    whereabouts: Whereabouts | None = None
    other_id: UUID | None = None


def take_names(event: Touched) -> None:
    """Take down what was named when an interview was held or a child came back."""
    if event.source == INTERVIEW_HELD:
        held = ReturnInterview.objects.filter(pk=event.source_id).first()
        if held is not None:
            _take(held.episode_id, held, held.places_named, held.people_named, event)
    elif event.source == EPISODE_TOUCHED:
        back = Episode.objects.filter(pk=event.source_id, returned=True).first()
        if back is not None:
            _take(back.pk, None, [back.found_where], [back.found_with], event)


def _take(
    episode_id: UUID,
    interview: ReturnInterview | None,
    places_named: Iterable[str],
    people_named: Iterable[str],
    event: Touched,
) -> None:
    named = [(NamedKind.PLACE, each) for each in places_named]
    named += [(NamedKind.PERSON, each) for each in people_named]
    Named.objects.bulk_create(
        Named(
            person_id=event.children[0],
            episode_id=episode_id,
            interview=interview,
            kind=kind,
            text=text.strip(),
            key=rules.name_key(text),
            origin=Origin.RETURN if interview is None else Origin.INTERVIEW,
            recorded_at=event.at,
            recorded_by_id=event.by_id,
        )
        for kind, text in named
        if text.strip()
    )


@transaction.atomic
def judge(*, named: Named, verdict: Verdict, by: Reader, at: datetime) -> Judgement:
    """Accept a name as a place or an association with its strength, or refuse it, with a reason."""
    policy.check_can_judge(by, named)
    accepted = verdict.outcome == JudgementOutcome.ACCEPTED
    _check(named, verdict, accepted=accepted)
    place = None
    if accepted and named.kind == NamedKind.PLACE:
        place = places.place_for(
            kind=PlaceKind(verdict.place_kind), by=by, at=at, **(verdict.whereabouts or {})
        )
    row = Judgement(
        person_id=named.person_id,
        named=named,
        outcome=verdict.outcome,
        strength=verdict.strength if accepted else "",
        place=place,
        other_id=verdict.other_id if accepted else None,
        reason=verdict.reason,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as broken:
        if "named_id" not in str(broken):
            raise
        raise Refused("Somebody else judged this name a moment ago.") from None
    subjects = [each for each in (named.person_id, row.other_id) if each is not None]
    audit.record(
        Act.COMBINE if accepted else Act.ALTER,
        "returns.judged",
        subjects=subjects,
        groups=("missing",),
        about=row,
        by=by,
        at=at,
        detail={"outcome": verdict.outcome, "kind": named.kind, "strength": row.strength},
    )
    return row


def _check(named: Named, verdict: Verdict, *, accepted: bool) -> None:
    if not verdict.reason.strip():
        raise Refused("Give the reason.")
    if not accepted:
        return
    if not verdict.strength:
        raise Refused("Say how far it is established.")
    if named.kind == NamedKind.PLACE and not verdict.place_kind:
        raise Refused("Say what kind of place it is.")
    if verdict.other_id == named.person_id:
        raise Refused("A child is not their own company.")
