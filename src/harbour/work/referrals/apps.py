"""Register referrals."""

from typing import override

from django.apps import AppConfig

from harbour.foundation.kernel import events


class ReferralsConfig(AppConfig):
    """Concerns as they come in."""

    name = "harbour.work.referrals"
    label = "referrals"

    @override
    def ready(self) -> None:
        """Listen for news: a concern in watch resurfaces when something touches what it named."""
        from harbour.work.referrals import actions  # noqa: PLC0415 - needs loaded apps

        events.subscribe(actions.fire)
