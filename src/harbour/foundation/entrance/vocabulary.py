"""The words of the door."""

from datetime import timedelta

from django.db.models import TextChoices

# How long a code for a first password counts, and one after a loss.
FIRST_LASTS = timedelta(days=3)
HELP_LASTS = timedelta(hours=24)
KEPT_FOR = timedelta(days=90)


class Happened(TextChoices):
    """What a person is told of her sign-in."""

    FAILED = "failed", "Somebody tried to sign in as you and failed"
    PASSWORD = "password", "The password was changed"
    FACTOR_ADDED = "factor_added", "A passkey or an authenticator app was added"
    FACTOR_REMOVED = "factor_removed", "A passkey or an authenticator app was removed"
    CODES = "codes", "New recovery codes were made"
    RESET = "reset", "Two people reset this sign-in after a loss"
    ACTIVATED = "activated", "A password was set with a code"
    BROWSER = "browser", "A session was ended because its browser changed"


# The letters of the sign-in library's own news, and what they say.
NEWS = {
    "password_changed": Happened.PASSWORD,
    "password_set": Happened.PASSWORD,
    "totp_activated": Happened.FACTOR_ADDED,
    "webauthn_added": Happened.FACTOR_ADDED,
    "totp_deactivated": Happened.FACTOR_REMOVED,
    "webauthn_removed": Happened.FACTOR_REMOVED,
    "recovery_codes_generated": Happened.CODES,
}
