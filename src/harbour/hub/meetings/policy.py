"""Who may open, speak, decide and close; what the state of a meeting and of an item allows."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.kernel.refusals import Refused, permits
from harbour.hub.meetings import rules
from harbour.hub.meetings.models import Item, Meeting
from harbour.hub.meetings.vocabulary import Outcome


def check_can_open(reader: Reader, authority_id: UUID, *, is_open: bool) -> None:
    """Refuse unless the reader chairs meetings of this authority and none is open."""
    access.check_may(reader, Permission.MEETING_CHAIR)
    if authority_id not in reader.authority_ids:
        raise Refused("Your team does not work for this authority.")
    if is_open:
        raise Refused(
            "A meeting of this authority is open. Close it before you start the next one."
        )


def check_is_open(meeting: Meeting) -> None:
    """Refuse to change anything in a closed meeting."""
    if meeting.closed_at is not None:
        raise Refused("This meeting is closed. Its minutes stay as they are.")


def check_writes(reader: Reader) -> None:
    """Refuse a reader whose role listens to the meeting but writes nothing into it."""
    access.check_may(reader, Permission.MEETING_ATTEND)
    if not any(Facet.MEETING in role.writes for role in reader.roles):
        raise Refused("Your role listens to the meeting but writes nothing into it.")


def check_can_prepare(reader: Reader, meeting: Meeting) -> None:
    """Refuse unless the reader writes into meetings and this one is open."""
    check_writes(reader)
    check_is_open(meeting)


def check_can_turn(reader: Reader, meeting: Meeting) -> None:
    """Refuse unless the reader chairs and the meeting is open."""
    access.check_may(reader, Permission.MEETING_CHAIR)
    check_is_open(meeting)


def check_takes_part(reader: Reader, agencies: Collection[UUID]) -> None:
    """Refuse a reader whose agency has no seat in this meeting."""
    if reader.agency_id not in agencies:
        raise Refused("Your agency has no seat in this meeting, so it gives no view.")


def seat_of(reader: Reader) -> UUID:
    """Return the agency for which the reader speaks; refuse a reader who has none."""
    if reader.agency_id is None:
        raise Refused("You hold no role in any agency today.")
    return reader.agency_id


def check_has_a_seat(agency_id: UUID, agencies: Collection[UUID]) -> None:
    """Refuse attendance of an agency that has no seat in this meeting."""
    if agency_id not in agencies:
        raise Refused("This agency has no seat in this meeting.")


def check_can_give_view(
    reader: Reader, meeting: Meeting, item: Item, agencies: Collection[UUID]
) -> None:
    """Refuse unless the reader's agency has a seat and the views are still private."""
    check_can_prepare(reader, meeting)
    check_takes_part(reader, agencies)
    if item.revealed_at is not None:
        raise Refused(
            "The views of this child are open, so they stay as they were given. "
            "What your agency sees differently now goes into the decision as dissent."
        )


def check_can_reveal(reader: Reader, meeting: Meeting, item: Item) -> None:
    """Refuse unless the reader chairs an open meeting and the views are still private."""
    check_can_turn(reader, meeting)
    if item.revealed_at is not None:
        raise Refused("The views of this child are open already.")


def check_can_decide(reader: Reader, meeting: Meeting, item: Item, outcome: Outcome) -> None:
    """Refuse unless the reader decides and the views are open; a child is carried over without."""
    access.check_may(reader, Permission.GRADING_DECIDE)
    check_is_open(meeting)
    if outcome is not Outcome.NEXT_MEETING and item.revealed_at is None:
        raise Refused("Open the views first: each agency gives its own before it hears the others.")


def check_can_close(reader: Reader, meeting: Meeting, *, undecided: int, at: datetime) -> None:
    """Refuse unless the reader chairs, every child is decided and the window has ended."""
    check_can_turn(reader, meeting)
    window = rules.Window(begins_at=meeting.window_from, ends_at=meeting.window_to)
    rules.check_close(undecided=undecided, window=window, at=at)


can_open = permits(check_can_open)
can_prepare = permits(check_can_prepare)
can_turn = permits(check_can_turn)
can_give_view = permits(check_can_give_view)
can_reveal = permits(check_can_reveal)
can_decide = permits(check_can_decide)
can_close = permits(check_can_close)
