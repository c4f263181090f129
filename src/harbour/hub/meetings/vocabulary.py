"""Words of the meetings room."""

from django.db.models import TextChoices


class Group(TextChoices):
    """Why a child is on the agenda, in the order in which the meeting takes them."""

    MISSING_NOW = "missing_now", "Missing now"
    RETURNED = "returned", "Returned"
    NEW_CONCERN = "new_concern", "New concerns"
    RESURFACED = "resurfaced", "Resurfaced"
    NOT_ACKNOWLEDGED = "not_acknowledged", "Not acknowledged"


class ReasonKind(TextChoices):
    """What put a child on the agenda."""

    MISSING = "missing", "Missing"
    RETURNED = "returned", "Returned"
    REFERRAL = "referral", "Concern sent to the meeting"
    WATCH = "watch", "A watch fired"
    OFFER = "offer", "Allocation not acknowledged"
    CARRIED = "carried", "Carried over"


class Outcome(TextChoices):
    """What the meeting decided about a child."""

    GRADED = "graded", "Graded"
    NO_CHANGE = "no_change", "Grade stays as it is"
    NEXT_MEETING = "next_meeting", "To the next meeting"
