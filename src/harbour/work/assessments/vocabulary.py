"""Words of the tools: kinds of indicator, answers, recency, and what a person judges."""

from django.db.models import TextChoices


class IndicatorType(TextChoices):
    """What an indicator speaks of."""

    VULNERABILITY = "vulnerability", "Vulnerability"
    RISK = "risk", "Risk"
    HARM = "harm", "Harm"


class Answer(TextChoices):
    """What is known of an indicator."""

    YES = "yes", "Yes"
    POSSIBLE = "possible", "Possible"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


class Recency(TextChoices):
    """When a sign was last seen. `BOTH` is more than `RECENT`: it has gone on."""

    RECENT = "recent", "In the last 6 months"
    EARLIER = "earlier", "6 to 12 months ago"
    BOTH = "both", "In both"
    OLDER = "older", "Longer ago"


class Judgement(TextChoices):
    """What a person makes of it, beside the score."""

    HIGH = "high", "High: the child is being harmed, or will be soon"
    MEDIUM = "medium", "Medium: somebody is targeting or grooming the child"
    LOW = "low", "Low: signs that need watching and help"
    NONE = "none", "No sign of exploitation"


JUDGEMENT_WORDS = {
    Judgement.HIGH: "High",
    Judgement.MEDIUM: "Medium",
    Judgement.LOW: "Low",
    Judgement.NONE: "No sign",
}
