"""Limits of emergency access, and what a review can find."""

from datetime import timedelta

from django.db.models import TextChoices

LASTS = timedelta(minutes=60)
SHORTEST_REASON = 20
ATTEMPTS_AN_HOUR = 5
# From finding the child to opening the record.
FOUND_HOLDS = timedelta(minutes=10)


class Outcome(TextChoices):
    """What an attempt answers."""

    FOUND = "found", "Found for emergency access"
    NOT_FOUND = "not_found", "Not found for emergency access"
    OPEN = "open", "Open to you already"


class Verdict(TextChoices):
    """What the review found."""

    JUSTIFIED = "justified", "Justified"
    NOT_JUSTIFIED = "not_justified", "Not justified"
    FOLLOW_UP = "follow_up", "Needs follow-up"
