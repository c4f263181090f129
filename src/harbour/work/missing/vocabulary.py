"""Words of the missing room."""

from django.db.models import TextChoices

# The names under which news of this room goes up the house.
EPISODE_TOUCHED = "missing.episode"
INTERVIEW_HELD = "missing.interview"


class EpisodeKind(TextChoices):
    """The two kinds of the SSDA903 return."""

    MISSING = "M", "Missing"
    AWAY = "A", "Away without authorisation"


class MissingFrom(TextChoices):
    """Where the child should have been."""

    HOME = "home", "Home"
    CARE = "care", "Care placement"
    EDUCATION = "education", "Education"


class Population(TextChoices):
    """Four populations that are never mixed."""

    NOT_LOOKED_AFTER = "own_not_looked_after", "Own children, not looked after"
    LOOKED_AFTER_HERE = "own_looked_after_here", "Own looked-after children placed in the area"
    LOOKED_AFTER_ELSEWHERE = (
        "own_looked_after_elsewhere",
        "Own looked-after children placed elsewhere",
    )
    HOSTED = "hosted", "Other authorities' looked-after children placed here"


class PoliceRisk(TextChoices):
    """The police's grade of an open episode."""

    VERY_LOW = "very_low", "Very low or no apparent risk"
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class Precision(TextChoices):
    """How exactly a moment is known."""

    MINUTE = "minute", "Time recorded"
    DAY = "day", "Only the day recorded"


class Answer(TextChoices):
    """Offered and accepted, as the returns code them."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_APPLICABLE = "na", "Not applicable"
    NOT_KNOWN = "not_known", "Not known"


class InterviewService(TextChoices):
    """Who holds the interview; each is independent of the placement."""

    LISTENING_SUPPORT = "listening_support", "Listening Support Service"
    DUTY_SOCIAL_WORKER = "duty_social_worker", "Duty social worker"
    PLACING_AUTHORITY = "placing_authority", "Placing authority"
    CHOSEN_BY_CHILD = "chosen_by_child", "Someone the child named"


class CheckOutcome(TextChoices):
    """What the police's prevention (safe and well) check found."""

    SAFE = "safe", "Made: the child says they are safe and well"
    CONCERN = "concern", "Made: there is a concern for the child"
    HARM = "harm", "Made: the child says they were harmed"
    NOT_MADE = "not_made", "Not made"


class ReturnMethod(TextChoices):
    """How a child came back."""

    RETURNED = "returned", "Came back without being fetched"
    FOUND_BY_POLICE = "police", "Found by the police"
    FOUND_BY_CARER = "carer", "Found by a parent, carer or the home"
    OTHER = "other", "Another way"
    NOT_KNOWN = "not_known", "Not known"


class LogKind(TextChoices):
    """What an entry of an episode's log is."""

    REPORT = "report", "Reported"
    NOTE = "note", "Log entry"
    DETAILS = "details", "Details changed"
    ADULT = "adult", "Turned 18"
    RISK = "risk", "Police risk grade"
    OWNER = "owner", "Owner"
    PREVENTION = "prevention", "Prevention check"
    RETURN = "return", "Return"
    INTERVIEW = "interview", "Return home interview"


class PushFactor(TextChoices):
    """What a child went away from."""

    ARGUMENT = "argument", "Argument or conflict where they live"
    PLACEMENT = "placement", "Unhappy with the placement"
    RULES = "rules", "Boundaries or rules"
    HARM_AT_HOME = "harm", "Harm or neglect where they live"
    BULLYING = "bullying", "Bullying or trouble at school"
    CONTACT = "contact", "Not seeing family or friends"
    WELLBEING = "wellbeing", "Low mood or mental health"
    OTHER = "other", "Something else"


class PullFactor(TextChoices):
    """What drew a child away."""

    FRIENDS = "friends", "Being with friends"
    FAMILY = "family", "Being with family"
    RELATIONSHIP = "relationship", "A boyfriend, girlfriend or relationship"
    SUBSTANCES = "substances", "Alcohol or drugs"
    MONEY = "money", "Money or goods"
    EXPLOITATION = "exploitation", "Drawn or made to go by someone who exploits them"
    ONLINE = "online", "Somebody met online"
    OTHER = "other", "Something else"


class ClockState(TextChoices):
    """Where the return interview's clock stands."""

    ON_TRACK = "on_track", "On track"
    DUE_SOON = "due_soon", "Due within 24 h"
    OVERDUE = "overdue", "Overdue"
    NO_TIME = "no_time", "Return time not recorded"
