"""Who may report, log, hand over, record a return and interview; what the state allows."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused, permits
from harbour.foundation.ui import when
from harbour.record.people import queries as people
from harbour.work.missing import rules
from harbour.work.missing.models import Episode, ReturnInterview, SentSheet
from harbour.work.missing.vocabulary import Answer, Precision

# Who opens the pages of this room. Which children they see there, the database decides.
SEES_EPISODES = (
    Permission.MISSING_REPORT,
    Permission.MISSING_RETURN,
    Permission.INTERVIEW_OFFER,
    Permission.INTERVIEW_HOLD,
    Permission.MEETING_ATTEND,
)
# Who opens an interview with all that followed it. Whose words they read, the database decides.
READS_INTERVIEWS = (
    Permission.INTERVIEW_OFFER,
    Permission.INTERVIEW_HOLD,
    Permission.INTERVIEW_REVIEW,
    Permission.NAMED_JUDGE,
)


def check_can_report(reader: Reader, person_id: UUID) -> None:
    """Refuse unless the reader reports missing children and writes this child's record."""
    access.check_may(reader, Permission.MISSING_REPORT)
    _check_writes(reader, person_id)


def check_can_keep_profile(reader: Reader, person_id: UUID) -> None:
    """Refuse who could not report this child missing: the profile is for that report."""
    check_can_report(reader, person_id)


def agency_of(reader: Reader) -> UUID:
    """Return whose carer keeps a profile; refuse somebody who works for no agency."""
    if reader.agency_id is None:
        raise Refused("Your account belongs to no agency. Ask the system administrator.")
    return reader.agency_id


def check_can_take_in(reader: Reader) -> None:
    """Refuse unless the reader brings in other systems' files; the database checks each child."""
    access.check_may(reader, Permission.IMPORT)


def may_report(reader: Reader) -> bool:
    """Say whether the reader reports missing children at all."""
    return reader.may(Permission.MISSING_REPORT)


def check_shares_no_time(
    reader: Reader, episodes: Iterable[Episode], *, started_at: datetime
) -> None:
    """Refuse an episode that overlaps another one of the child (SSDA903 rule 574)."""
    del reader
    new = rules.Span(started_at, is_open=True)
    for each in episodes:
        if rules.overlaps(span_of(each), new):
            raise Refused(_overlap_sentence(each, started_at))


def check_begins_in_the_past(*, started_at: datetime, at: datetime) -> None:
    """Refuse an episode that has not begun."""
    if started_at > at:
        raise Refused("The time the child was last seen cannot be in the future.")


def check_can_log(reader: Reader, episode: Episode) -> None:
    """Refuse unless the reader works on missing children and writes this child's record."""
    if not any(reader.may(each) for each in SEES_EPISODES[:4]):
        access.check_may(reader, Permission.MISSING_REPORT)
    _check_writes(reader, episode.person_id)


def check_can_set_risk(reader: Reader, episode: Episode) -> None:
    """Refuse unless the reader reports missing children and the child is still missing."""
    check_can_report(reader, episode.person_id)
    _check_open(episode)


def check_can_own(reader: Reader, episode: Episode) -> None:
    """Refuse unless the reader reports missing children and the episode still needs an owner."""
    check_can_report(reader, episode.person_id)
    _check_open(episode)


def check_can_acknowledge(reader: Reader, episode: Episode) -> None:
    """Refuse unless the episode was offered to the reader and waits for her word."""
    if episode.owner_id == reader.user_id:
        raise Refused("You have acknowledged this episode already.")
    if episode.offered_to_id != reader.user_id:
        raise Refused("Only the person it was handed to can acknowledge it.")
    _check_open(episode)


def check_can_drop_offer(reader: Reader, episode: Episode) -> None:
    """Refuse unless an offer waits that was made to the reader, by her, or of her episode."""
    if episode.offered_to_id is None:
        raise Refused("This episode is not offered to anybody.")
    if reader.user_id not in {episode.offered_to_id, episode.offered_by_id, episode.owner_id}:
        raise Refused("Only who offered it, who owns it, or who was offered it can end the offer.")
    check_can_own(reader, episode)


def check_can_amend(reader: Reader, episode: Episode) -> None:
    """Refuse to change what is known of a child who is back, or by who does not report."""
    check_can_report(reader, episode.person_id)
    _check_open(episode)


def check_can_send(reader: Reader, episode: Episode) -> None:
    """Refuse to send the sheet of a child who is back, or by who does not report."""
    check_can_report(reader, episode.person_id)
    _check_open(episode)


def check_can_end(reader: Reader, sheet: SentSheet) -> None:
    """Refuse to close what was sent by who could not have sent it."""
    check_can_report(reader, sheet.person_id)


def check_can_carry_on(reader: Reader, episode: Episode, *, at: datetime) -> None:
    """Refuse while the child is a child, or is back."""
    check_can_report(reader, episode.person_id)
    _check_open(episode)
    if adult_since(episode, at=at) is None:
        raise Refused("This child is not 18: the episode goes on as a child's.")


def check_can_record_return(reader: Reader, episode: Episode) -> None:
    """Refuse unless the reader records returns and none is recorded."""
    access.check_may(reader, Permission.MISSING_RETURN)
    _check_writes(reader, episode.person_id)
    if episode.returned:
        raise Refused("This episode already has a return recorded.")


def check_return_follows_absence(
    *, started_at: datetime, returned_at: datetime, at: datetime
) -> None:
    """Refuse a return before the episode or after the present moment."""
    if returned_at < started_at:
        raise Refused("The child cannot have returned before going missing.")
    if returned_at > at:
        raise Refused("The return cannot be in the future.")


def check_can_check_prevention(reader: Reader, episode: Episode) -> None:
    """Refuse unless the child is back and no prevention check is recorded."""
    access.check_may(reader, Permission.MISSING_RETURN)
    _check_writes(reader, episode.person_id)
    if not episode.returned:
        raise Refused("Record the return first: the check is made when the child is back.")
    if episode.prevention_check_at is not None:
        raise Refused("A prevention check is already recorded for this episode.")


def check_can_offer(reader: Reader, interview: ReturnInterview) -> None:
    """Refuse unless the reader offers interviews and this one was not held."""
    access.check_may(reader, Permission.INTERVIEW_OFFER)
    _check_writes(reader, interview.person_id)
    _check_not_held(interview)


def check_can_open_record(reader: Reader) -> None:
    """Refuse unless one of the reader's roles may open a child's record to an interviewer."""
    if not any({Facet.IDENTITY, Facet.SHARING} & role.writes for role in reader.roles):
        raise Refused(
            "The interviewer does not see this child yet, and your role cannot open the record to "
            "them. Ask the missing and safeguarding coordinator to make the offer."
        )


def check_can_answer(reader: Reader, interview: ReturnInterview) -> None:
    """Refuse unless the reader offers or holds interviews and this one was offered, not held."""
    if not reader.may(Permission.INTERVIEW_HOLD):
        access.check_may(reader, Permission.INTERVIEW_OFFER)
    _check_writes(reader, interview.person_id)
    if interview.offered != Answer.YES:
        raise Refused("Record the offer first: a child answers what was offered.")
    _check_not_held(interview)


def check_can_hold(reader: Reader, interview: ReturnInterview) -> None:
    """Refuse unless the reader holds interviews and the child was offered one, not declined."""
    access.check_may(reader, Permission.INTERVIEW_HOLD)
    _check_writes(reader, interview.person_id)
    if interview.offered != Answer.YES:
        raise Refused("Record the offer first: a child is asked before they are interviewed.")
    if interview.accepted == Answer.NO:
        raise Refused(
            "The child declined this interview. If they changed their mind, record that answer "
            "first."
        )
    _check_not_held(interview)


can_report = permits(check_can_report)
can_log = permits(check_can_log)
can_set_risk = permits(check_can_set_risk)
can_own = permits(check_can_own)
can_acknowledge = permits(check_can_acknowledge)
can_drop_offer = permits(check_can_drop_offer)
can_send = permits(check_can_send)
can_amend = permits(check_can_amend)
can_carry_on = permits(check_can_carry_on)
can_record_return = permits(check_can_record_return)
can_check_prevention = permits(check_can_check_prevention)
can_offer = permits(check_can_offer)
can_answer = permits(check_can_answer)
can_hold = permits(check_can_hold)


def adult_since(episode: Episode, *, at: datetime) -> date | None:
    """Return the day an open episode ended as a child's; nothing while it is one."""
    grown = rules.adult_from(episode.person.born_on, episode.person.born_precision)
    today = clock.london_date(at)
    if episode.returned or rules.is_open(returned=False, adult_from=grown, on=today):
        return None
    return grown


def span_of(episode: Episode) -> rules.Span:
    """Return when an episode was, as the rules read it."""
    return rules.Span(
        starts_at=episode.started_at, ends_at=episode.returned_at, is_open=not episode.returned
    )


def words_of(episode: Episode) -> str:
    """Return when an episode was, in words that say how exactly it is known."""
    begun = _moment(episode.started_at, episode.started_precision)
    if not episode.returned:
        return f"from {begun}, still open"
    if episode.returned_at is None:
        return f"from {begun}, return time not recorded"
    return f"from {begun} to {_moment(episode.returned_at, episode.returned_precision)}"


def _moment(value: datetime, precision: str) -> str:
    return when.day(value) if precision == Precision.DAY else when.moment(value)


def _overlap_sentence(other: Episode, started_at: datetime) -> str:
    if not other.returned and other.started_at <= started_at:
        return (
            f"This child is already reported missing {words_of(other)}. Add to that episode, or "
            "record the return first if the child was back in between."
        )
    return (
        f"This child already has an episode {words_of(other)}. Two episodes of one child cannot "
        "overlap: check when the child was last seen."
    )


def _check_open(episode: Episode) -> None:
    if episode.returned:
        raise Refused("The child is back: the return is recorded.")


def _check_not_held(interview: ReturnInterview) -> None:
    if interview.held_at is not None:
        raise Refused("This interview was held. What the child said stays as it was said.")


def _check_writes(reader: Reader, person_id: UUID) -> None:
    if not people.may_write(reader, person_id, Facet.MISSING):
        raise Refused(
            "You can read this child's missing episodes, but your role does not add to them."
        )
