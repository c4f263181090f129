"""Kinds of agency."""

from django.db.models import TextChoices


class AgencyKind(TextChoices):
    """What sort of body an agency is."""

    AUTHORITY = "authority", "Local authority"
    POLICE = "police", "Police force"
    HEALTH = "health", "Health trust"
    EDUCATION = "education", "School or college"
    YOUTH_JUSTICE = "youth_justice", "Youth justice service"
    VOLUNTARY = "voluntary", "Voluntary body"
    HOME = "home", "Children's home or other provider"
    HUB = "hub", "The partnership itself"
