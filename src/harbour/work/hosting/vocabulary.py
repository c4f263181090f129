"""Words of the hosting room, as the regulations use them."""

from enum import StrEnum

from django.db.models import TextChoices


class Direction(TextChoices):
    """Whether the child comes or goes."""

    ARRIVAL = "arrival", "Arrival"
    DEPARTURE = "departure", "Departure"


class Duty(TextChoices):
    """Under which duty somebody notifies."""

    REG_41 = "reg_41", "The home, regulation 41"
    REG_13 = "reg_13", "The placing authority, regulation 13"


class Channel(TextChoices):
    """How a notification or a telling reached the hub."""

    HARBOUR = "harbour", "In Harbour"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"
    PHONE = "phone", "Telephone"
    MEETING = "meeting", "At a meeting"


# Regulation 41(3): a notification must be in writing.
IN_WRITING = frozenset({Channel.HARBOUR, Channel.EMAIL, Channel.LETTER})


class Said(TextChoices):
    """Yes or no; nothing where the notification does not say."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNSAID = "", "It does not say"


class CareOrder(TextChoices):
    """Whether the child is subject to a care or supervision order under section 31."""

    NONE = "none", "No order"
    INTERIM = "interim", "Interim care order"
    CARE = "care", "Care order"
    SUPERVISION = "supervision", "Supervision order"
    UNSAID = "", "It does not say"


class State(StrEnum):
    """Where a notification stands."""

    COMPLETE = "Complete"
    INCOMPLETE = "Incomplete"
    TAKEN_IN = "Taken in"


class ChaseKind(TextChoices):
    """What somebody is asked for."""

    ARRIVAL = "arrival", "Notification of arrival"
    DEPARTURE = "departure", "Notification of departure"
    PLACING = "placing", "Placing authority's notification"
    INCOMPLETE = "incomplete", "What a notification lacks"
    GAPS = "gaps", "What the home authority has not told"
    PACK = "pack", "Acknowledgement of the pack"


class ChaseHow(TextChoices):
    """How somebody was asked."""

    EMAIL = "email", "E-mail"
    PHONE = "phone", "Telephone"
    LETTER = "letter", "Letter"
    IN_PERSON = "in_person", "In person"


class FlagKind(TextChoices):
    """What the home authority told of a child."""

    CSE = "cse", "Sexual exploitation"
    CCE = "cce", "Criminal exploitation"
    COUNTY_LINES = "county_lines", "County lines"
    MISSING = "missing", "Goes missing"
    TRAFFICKING = "trafficking", "Trafficking or modern slavery"
    GANGS = "gangs", "Gangs"
    NONE = "none", "Told that there is none"


class ConsultationAnswer(TextChoices):
    """What became of the offer of a local consultation."""

    WAITING = "waiting", "Not answered yet"
    ACCEPTED = "accepted", "Accepted"
    HELD = "held", "Held"
    DECLINED = "declined", "Declined"


class Gap(StrEnum):
    """What the home authority has not told, or what is not agreed, of a hosted child."""

    PLACING = "Its written notification of the placement"
    CONTACT = "Whom to ring there about the child"
    REVIEWER = "The independent reviewing officer"
    FLAGS = "Whether the child is at risk of exploitation or of going missing"
    OLD_FLAGS = "Whether what it told still holds"
    INTERVIEWER = "Who holds return interviews"
    CONSULTATION = "A local consultation is not offered yet"
