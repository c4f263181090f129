"""Words of the returns room."""

from django.db.models import TextChoices


class AdditionKind(TextChoices):
    """Why something was added to an interview that is never edited."""

    MORE = "more", "More of what the child said"
    CORRECTION = "correction", "A correction"
    FOLLOW_UP = "follow_up", "What came of it"


class Criterion(TextChoices):
    """What a good return home interview has (DfE, January 2014; local quality standards)."""

    INDEPENDENT = "independent", "Held by somebody independent of the placement and the police"
    IN_TIME = "in_time", "Held within 72 hours, or it says why not"
    OWN_WORDS = "own_words", "In the child's own words"
    PUSH_AND_PULL = "push_and_pull", "What they went away from and what drew them"
    WHERE_AND_WHO = "where_and_who", "Where they were, with whom, and how they travelled"
    HARM = "harm", "Harm, and the risk of it, was asked about"
    WOULD_HELP = "would_help", "What would help, as the child sees it"
    NEXT_STEPS = "next_steps", "What happens next, and who does it"


class ReviewOutcome(TextChoices):
    """What a second person decided about an interview."""

    ACCEPTED = "accepted", "Accepted"
    MORE = "more", "Returned for more"


class ReviewState(TextChoices):
    """Where an interview stands with its quality review."""

    WAITING = "waiting", "Waits for review"
    RETURNED = "returned", "Returned for more"
    ANSWERED = "answered", "Added to, waits for review again"
    ACCEPTED = "accepted", "Accepted"


class NamedKind(TextChoices):
    """What sort of thing was named."""

    PLACE = "place", "Place"
    PERSON = "person", "Person"


class Origin(TextChoices):
    """Where it was named."""

    INTERVIEW = "interview", "Named by the child in the return home interview"
    RETURN = "return", "Recorded with the return"


class JudgementOutcome(TextChoices):
    """What the analyst made of a name."""

    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Refused"


class Strength(TextChoices):
    """How far an association is established."""

    CONFIRMED = "confirmed", "Confirmed"
    TENTATIVE = "tentative", "Tentative"
    UNCONFIRMED = "unconfirmed", "Unconfirmed"


class Together(TextChoices):
    """What says that two children who were missing at the same time were together."""

    SAME_PLACE = "same_place", "Same place, accepted by the analyst"
    SAME_WORDS = "same_words", "The same place named, not looked into yet"
    NAMED = "named", "One is recorded as having been with the other"
    SAID = "said", "One's name stands in the other's report"
