"""Register referrals."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Concerns as they come in."""

    name = "harbour.work.referrals"
    label = "referrals"
