"""Kinds of restriction, and how somebody came upon a record that is not there for them."""

from datetime import timedelta

from django.db.models import TextChoices

LIFT = "restrictions.lift"
LONGEST_WITHOUT_REVIEW = timedelta(days=366)
SHORTEST_REASON = 10


class Kind(TextChoices):
    """Why a record is for named people only."""

    STAFF_RELATIVE = "staff_relative", "Relative or friend of somebody who works here"
    HIGH_PROFILE = "high_profile", "Widely known, or in the news"
    WITNESS_PROTECTION = "witness_protection", "Protected witness, or hidden from somebody"
    OTHER = "other", "Another reason"


class How(TextChoices):
    """How somebody who is not named looked for the record."""

    SEARCH = "search", "Searched for somebody like this child"
    ADDRESS = "address", "Opened the address of the record's page"
    EMERGENCY = "emergency", "Asked for emergency access"


class SealedRow(TextChoices):
    """A row that can be sealed by itself."""

    ADDRESS = "address", "Address"
    PHONE = "phone", "Telephone number"
