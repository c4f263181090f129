"""Offer, answer and hold the return home interview."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.kernel import events
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import update_versioned
from harbour.record.people import actions as people
from harbour.record.people.vocabulary import Basis
from harbour.work.missing import policy
from harbour.work.missing.actions.traces import audited, write
from harbour.work.missing.models import InterviewAnswer, ReturnInterview
from harbour.work.missing.vocabulary import INTERVIEW_HELD, Answer, InterviewService, LogKind

# What an interviewer of the Listening Support Service needs, and no more.
INTERVIEWER_SEES = (Facet.IDENTITY, Facet.CONTACT, Facet.MISSING)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Whether an interview was offered, by which service, and why it is best placed."""

    offered: str
    offered_at: datetime | None = None
    not_offered_reason: str = ""
    service: str = ""
    best_placed_reason: str = ""
    chosen_by_child: str = ""
    interviewer: User | None = None


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the child answered; where they declined, why, and what their carer says instead."""

    accepted: str
    declined_reason: str = ""
    carer_account: str = ""


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """What was said in the interview. The child's words stand as they were said."""

    held_at: datetime
    child_words: str
    push_factors: tuple[str, ...] = ()
    pull_factors: tuple[str, ...] = ()
    where_text: str = ""
    who_text: str = ""
    places_named: tuple[str, ...] = ()
    people_named: tuple[str, ...] = ()
    travel_text: str = ""
    harm_text: str = ""
    would_help: str = ""
    actions_text: str = ""


@transaction.atomic
def offer_interview(
    *, interview: ReturnInterview, offer: Offer, seen_version: int, by: Reader, at: datetime
) -> None:
    """Record the offer, and open what the interviewer needs of the child's record to them."""
    policy.check_can_offer(by, interview)
    _check_offer(interview, offer, at=at)
    former = interview.interviewer_id
    named = offer.interviewer.pk if offer.interviewer else None
    update_versioned(
        interview,
        seen_version=seen_version,
        offered=offer.offered,
        offered_at=(offer.offered_at or at) if offer.offered == Answer.YES else None,
        offered_by_id=by.user_id,
        not_offered_reason=offer.not_offered_reason,
        service=offer.service,
        best_placed_reason=offer.best_placed_reason,
        chosen_by_child=offer.chosen_by_child,
        interviewer_id=named,
    )
    _open_record(interview, offer, former=former, by=by, at=at)
    write(interview.episode, LogKind.INTERVIEW, _offer_words(offer), by=by, at=at)
    audited(
        "missing.interview_offered",
        interview,
        by=by,
        at=at,
        offered=offer.offered,
        service=offer.service,
    )


def _check_offer(interview: ReturnInterview, offer: Offer, *, at: datetime) -> None:
    if offer.offered in {Answer.NO, Answer.NOT_APPLICABLE} and not offer.not_offered_reason.strip():
        raise Refused("Say why no interview is offered.")
    if offer.offered != Answer.YES:
        return
    if not offer.service or not offer.best_placed_reason.strip():
        raise Refused("Say who is best placed to hold the interview, and why.")
    if offer.service == InterviewService.CHOSEN_BY_CHILD and not offer.chosen_by_child.strip():
        raise Refused("Say whom the child named.")
    if offer.offered_at is not None and offer.offered_at > at:
        raise Refused("The offer cannot be in the future.")
    if offer.offered_at is not None and offer.offered_at < interview.episode.started_at:
        raise Refused("The offer cannot come before the episode.")


def _open_record(
    interview: ReturnInterview, offer: Offer, *, former: UUID | None, by: Reader, at: datetime
) -> None:
    """Give the named youth worker a standing with the child, and end that of the one before."""
    named = offer.interviewer
    changed = former != (named.pk if named else None)
    if changed and former is not None:
        people.end_standings(person_id=interview.person_id, because_id=interview.pk, by=by, at=at)
    outsider = offer.service == InterviewService.LISTENING_SUPPORT
    if not changed or named is None or named.pk == by.user_id or not outsider:
        return
    policy.check_can_open_record(by)
    people.give_standing(
        person_id=interview.person_id,
        audience=f"user:{named.pk}",
        basis=Basis.ALLOCATED,
        facets=INTERVIEWER_SEES,
        because_id=interview.pk,
        by=by,
        at=at,
    )


def _offer_words(offer: Offer) -> str:
    if offer.offered == Answer.YES:
        who = f", {offer.interviewer.name}" if offer.interviewer else ""
        return f"Return home interview offered: {InterviewService(offer.service).label}{who}."
    if offer.offered == Answer.NOT_KNOWN:
        return "It is not known whether a return home interview was offered."
    return f"No return home interview offered: {offer.not_offered_reason}"


@transaction.atomic
def record_answer(
    *, interview: ReturnInterview, reply: Reply, seen_version: int, by: Reader, at: datetime
) -> None:
    """Record the child's answer; a declined interview keeps the reason and the carer's account.

    A child who is asked again may answer otherwise: each answer stays as it was given.
    """
    policy.check_can_answer(by, interview)
    if reply.accepted == Answer.NO and not reply.declined_reason.strip():
        raise Refused("Say why the child declined, in their words where you can.")
    update_versioned(
        interview,
        seen_version=seen_version,
        accepted=reply.accepted,
        answered_at=at,
        answered_by_id=by.user_id,
        declined_reason=reply.declined_reason,
        carer_account=reply.carer_account,
    )
    InterviewAnswer(
        person_id=interview.person_id,
        interview=interview,
        accepted=reply.accepted,
        declined_reason=reply.declined_reason,
        carer_account=reply.carer_account,
        recorded_at=at,
        recorded_by_id=by.user_id,
    ).save(force_insert=True)
    words = {
        Answer.YES: "The child accepted the return home interview.",
        Answer.NO: "The child declined the return home interview.",
    }.get(Answer(reply.accepted), "The child's answer to the offer was recorded.")
    write(interview.episode, LogKind.INTERVIEW, words, by=by, at=at)
    audited("missing.interview_answered", interview, by=by, at=at, accepted=reply.accepted)


@transaction.atomic
def hold_interview(
    *, interview: ReturnInterview, said: Conversation, seen_version: int, by: Reader, at: datetime
) -> None:
    """Record the interview. From here on the child's words are never edited, by anybody."""
    policy.check_can_hold(by, interview)
    if not said.child_words.strip():
        raise Refused("Write down what the child said, in the child's own words.")
    if not interview.episode.started_at <= said.held_at <= at:
        raise Refused("The interview is held after the child went missing and not in the future.")
    update_versioned(
        interview,
        seen_version=seen_version,
        accepted=Answer.YES,
        held_at=said.held_at,
        held_by_id=by.user_id,
        child_words=said.child_words,
        push_factors=list(said.push_factors),
        pull_factors=list(said.pull_factors),
        where_text=said.where_text,
        who_text=said.who_text,
        places_named=list(said.places_named),
        people_named=list(said.people_named),
        travel_text=said.travel_text,
        harm_text=said.harm_text,
        would_help=said.would_help,
        actions_text=said.actions_text,
    )
    words = "The return home interview was held."
    write(interview.episode, LogKind.INTERVIEW, words, happened_at=said.held_at, by=by, at=at)
    audited("missing.interview_held", interview, by=by, at=at)
    events.publish(
        events.Touched(
            children=(interview.person_id,),
            source=INTERVIEW_HELD,
            source_id=interview.pk,
            reason="A child said in a return home interview where they were.",
            at=at,
            by_id=by.user_id,
        )
    )
