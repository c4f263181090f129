"""Words of the cases room."""

from django.db.models import TextChoices


class HarmStatus(TextChoices):
    """Whether the child is known to have been harmed; never merged with risk."""

    NONE_KNOWN = "none_known", "None known"
    SUSPECTED = "suspected", "Suspected"
    CONFIRMED = "confirmed", "Confirmed"


class HarmWhen(TextChoices):
    """Whether the harm is happening now."""

    NOT_APPLICABLE = "", "Not applicable"
    CURRENT = "current", "Current"
    PAST = "past", "Past"


class AllocationRole(TextChoices):
    """What the person allocated does for the child."""

    DETECTIVE = "detective", "Detective"
    SOCIAL_WORKER = "social_worker", "Social worker"
    YOUTH_WORKER = "youth_worker", "Youth worker"
    NURSE = "nurse", "Specialist nurse"
    YOUTH_JUSTICE = "youth_justice", "Youth justice worker"
    LEAD = "lead", "Lead worker"


class AllocationState(TextChoices):
    """Where an allocation stands."""

    OFFERED = "offered", "Not acknowledged"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    DECLINED = "declined", "Declined"
    ENDED = "ended", "Ended"


class Stage(TextChoices):
    """The way from first disclosure to recovery."""

    CONCERN = "concern", "Concern"
    DISCLOSURE = "disclosure", "First disclosure"
    INVESTIGATION = "investigation", "Investigation"
    CHARGING = "charging", "Charging decision"
    COURT = "court", "Court"
    RECOVERY = "recovery", "Recovery"
    CLOSED = "closed", "Closed"


class PlanKind(TextChoices):
    """What a plan is for."""

    SAFETY = "safety", "Safety"
    DISRUPTION = "disruption", "Disruption"
    FAMILY = "family", "Whole family"
    HEALTH = "health", "Health"
    EDUCATION = "education", "Education"


class Model(TextChoices):
    """Models of exploitation; a case may show several."""

    ONLINE = "online", "Online"
    PARTY = "party", "Party"
    GROUP = "group", "Group"
    OLDER = "older", "Inappropriate relationship with an older person"
    PEER = "peer", "Peer-on-peer"
    GANG = "gang", "Gang or organised"
    COUNTY_LINES = "county_lines", "County lines"
    CUCKOOING = "cuckooing", "Cuckooing"
    TRAFFICKING = "trafficking", "Trafficking"


class EntryKind(TextChoices):
    """What sort of entry a chronology has."""

    CONCERN = "concern", "Concerns"
    ASSESSMENT = "assessment", "Assessments"
    GRADING = "grading", "Gradings"
    ALLOCATION = "allocation", "Allocations"
    PLAN = "plan", "Plan"
    STAGE = "stage", "Stages"
    MODEL = "model", "Models of exploitation"
    VOICE = "voice", "The child's own words"
    MISSING = "missing", "Missing episodes"
    INTERVIEW = "interview", "Return home interviews"
    NOTE = "note", "Notes"
    PLACEMENT = "placement", "Placements"
    SHARE = "share", "Shares"
