"""Register discussions."""

from typing import override

from django.apps import AppConfig

from harbour.foundation.kernel import events


class DiscussionsConfig(AppConfig):
    """Strategy discussions."""

    name = "harbour.work.discussions"
    label = "discussions"

    @override
    def ready(self) -> None:
        """Listen for news: a child who is missing again may fulfil a repeat rule."""
        from harbour.work.discussions import actions  # noqa: PLC0415 - needs loaded apps

        events.subscribe(actions.notice_repeats)
