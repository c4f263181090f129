"""Read what puts a child on the agenda of a window."""

from datetime import datetime
from uuid import UUID

from harbour.foundation.access.reader import Reader
from harbour.foundation.ui import when
from harbour.hub.meetings import rules
from harbour.hub.meetings.models import Meeting
from harbour.hub.meetings.queries.held import items
from harbour.hub.meetings.vocabulary import Group, Outcome, ReasonKind
from harbour.work.cases import queries as cases
from harbour.work.missing import queries as missing
from harbour.work.referrals import queries as referrals


def reasons(
    reader: Reader, authority_id: UUID, window: rules.Window, *, at: datetime
) -> tuple[rules.Reason, ...]:
    """Return everything that puts a child of this authority on the agenda of this window."""
    return (
        *_missing(reader, authority_id, window, at),
        *_returned(reader, authority_id, window),
        *_concerns(authority_id, window),
        *_fired(authority_id, window),
        *_not_acknowledged(reader, authority_id, window),
    )


def _missing(
    reader: Reader, authority_id: UUID, window: rules.Window, at: datetime
) -> tuple[rules.Reason, ...]:
    narrowed = missing.Narrowed(authority_id=authority_id)
    return tuple(
        rules.Reason(
            person_id=each.child.id,
            kind=ReasonKind.MISSING,
            sentence=_gone(each),
            source="missing.episode",
            source_id=each.episode_id,
            at=each.started_at,
        )
        for each in missing.missing_now(reader, at=at, narrowed=narrowed)
        if each.started_at < window.ends_at
    )


def _returned(reader: Reader, authority_id: UUID, window: rules.Window) -> tuple[rules.Reason, ...]:
    back = missing.returned_between(
        reader, authority_id, since=window.begins_at, until=window.ends_at
    )
    return tuple(
        rules.Reason(
            person_id=each.person_id,
            kind=ReasonKind.RETURNED,
            sentence=_came_back(each),
            source="missing.episode",
            source_id=each.episode_id,
            at=each.returned_at or each.started_at,
        )
        for each in back
    )


def _concerns(authority_id: UUID, window: rules.Window) -> tuple[rules.Reason, ...]:
    sent = referrals.sent_to_daily_meeting(authority_id, window.begins_at, window.ends_at)
    return tuple(
        rules.Reason(
            person_id=person_id,
            kind=ReasonKind.REFERRAL,
            sentence=_said(each),
            source="referrals.referral",
            source_id=each.id,
            at=each.received_at,
        )
        for each in sent
        for person_id in each.person_ids
    )


def _fired(authority_id: UUID, window: rules.Window) -> tuple[rules.Reason, ...]:
    return tuple(
        rules.Reason(
            person_id=person_id,
            kind=ReasonKind.WATCH,
            sentence=f"{each.reasons[0]} Concern {each.concern.reference} was kept in watch.",
            source="referrals.watch",
            source_id=each.concern.id,
            at=each.fired_at,
        )
        for each in referrals.resurfaced(authority_id, window.begins_at, window.ends_at)
        for person_id in each.concern.person_ids
    )


def _not_acknowledged(
    reader: Reader, authority_id: UUID, window: rules.Window
) -> tuple[rules.Reason, ...]:
    return tuple(
        rules.Reason(
            person_id=each.person_id,
            kind=ReasonKind.OFFER,
            sentence=f"{each.role.label} offered {when.moment(each.offered_at)}, not acknowledged "
            f"by {when.moment(each.acknowledge_by)}.",
            source="cases.allocation",
            source_id=each.id,
            at=each.acknowledge_by,
        )
        for each in cases.unacknowledged(reader, authority_id, window.ends_at)
    )


def carried(reader: Reader, last: Meeting | None) -> tuple[rules.Reason, ...]:
    """Return the children whom the last meeting carried over, each with the reason it gave."""
    if last is None:
        return ()
    return tuple(
        rules.Reason(
            person_id=each.person_id,
            kind=ReasonKind.CARRIED,
            sentence=f"Carried over from the last meeting: {each.decision_reason}",
            source="meetings.item",
            source_id=each.pk,
            at=each.decided_at or last.window_to,
            carried_group=Group(each.group),
        )
        for each in items(reader, last.pk)
        if each.decision == Outcome.NEXT_MEETING
    )


def _gone(line: missing.MissingNow) -> str:
    said = [f"Missing since {when.moment(line.started_at)}."]
    said += [f"{each}." for each in line.repeats[:1]]
    if line.adult_on is not None:
        said.append(f"Turned 18 on {when.day(line.adult_on)} and is not back.")
    return " ".join(said)


def _came_back(line: missing.EpisodeLine) -> str:
    began = f"Missing from {when.moment(line.started_at)}"
    if line.returned_at is None:
        return f"{began}, back; return time not recorded."
    due = f" Return interview due {when.moment(line.due_at)}." if line.due_at else ""
    return f"{began}, back {when.moment(line.returned_at)}.{due}"


def _said(line: referrals.ConcernLine) -> str:
    about = ", ".join(line.concerns)
    return f"Concern {line.reference} from {line.source}: {about}."
