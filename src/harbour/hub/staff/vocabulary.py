"""The words of people and roles."""

from django.db.models import TextChoices

MAKE_ADMINISTRATOR = "staff.administrator"
HELP_TO_SIGN_IN = "staff.sign_in_help"


class Lost(TextChoices):
    """What somebody cannot sign in without."""

    PASSWORD = "password", "The password is forgotten, or somebody else knows it"
    FACTOR = "factor", "The phone, the security key or the recovery codes are lost or stolen"
    BOTH = "both", "Both"
