"""Kinds of place."""

from django.db.models import TextChoices


class PlaceKind(TextChoices):
    """What sort of place it is."""

    RESIDENCE = "residence", "Home address"
    CHILDRENS_HOME = "childrens_home", "Children's home"
    FLAT = "flat", "Flat or house used by others"
    PARK = "park", "Park or open space"
    TAKEAWAY = "takeaway", "Takeaway or shop"
    TAXI_RANK = "taxi_rank", "Taxi rank"
    HOTEL = "hotel", "Hotel"
    TRANSPORT = "transport", "Station or bus stop"
    SCHOOL = "school", "School or college"
    ONLINE = "online", "Online space"
    OTHER = "other", "Other"
