"""Register returns."""

from typing import override

from django.apps import AppConfig

from harbour.foundation.kernel import events


class ReturnsConfig(AppConfig):
    """What follows a return home interview."""

    name = "harbour.work.returns"
    label = "returns"

    @override
    def ready(self) -> None:
        """Listen for news: what is named in an interview or at a return goes to the analyst."""
        from harbour.work.returns import actions  # noqa: PLC0415 - needs loaded apps

        events.subscribe(actions.take_names)
