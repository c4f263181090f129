"""Words of the discussions room."""

from django.db.models import TextChoices


class Basis(TextChoices):
    """On what a strategy discussion rests."""

    S47 = "s47", "Children Act 1989 s47: reasonable cause to suspect significant harm"
    WORKING_TOGETHER = "working_together", "Working Together: agencies need to plan together"
    REPEATS = "repeats", "Repeated missing episodes: the local rule"
    OUT_OF_AREA = "out_of_area", "A child placed out of area: placing and host authority plan"


class Capacity(TextChoices):
    """As what an agency is invited. The first three are the minimum (Working Together)."""

    POLICE = "police", "Police"
    SOCIAL_CARE = "social_care", "Children's social care"
    HEALTH = "health", "Health"
    PLACING = "placing", "Placing authority"
    HOST = "host", "Host authority"
    OTHER = "other", "Other"


class InvitationAnswer(TextChoices):
    """What an agency answered."""

    COMING = "coming", "Coming"
    NOT_COMING = "not_coming", "Not coming"


class Manner(TextChoices):
    """How it was held."""

    MEETING = "meeting", "Meeting"
    CALL = "call", "Telephone or video"


class Outcome(TextChoices):
    """What it came to."""

    S47_ENQUIRY = "s47", "Section 47 enquiry"
    ASSESSMENT = "assessment", "Single assessment"
    EXISTING_PLAN = "plan", "The present plan goes on, changed"
    NO_FURTHER_ACTION = "nfa", "No further action"


class Stage(TextChoices):
    """Where a discussion stands."""

    ASKED = "asked", "Asked for"
    HELD = "held", "Held, outcome not recorded"
    DECIDED = "decided", "Decided"
    DROPPED = "dropped", "Not held, with a reason"
