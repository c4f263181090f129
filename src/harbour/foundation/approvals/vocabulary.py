"""What can become of a proposal, and how long it stands open."""

from datetime import timedelta

from django.db.models import TextChoices

LIFETIME = timedelta(hours=24)
SHORTEST_REASON = 10


class Decision(TextChoices):
    """What was decided, by somebody else; or taken back by the proposer."""

    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"
