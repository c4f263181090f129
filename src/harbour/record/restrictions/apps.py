"""Register restrictions."""

from typing import override

from django.apps import AppConfig

from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.approvals import rules as approvals
from harbour.foundation.kernel import events


class RestrictionsConfig(AppConfig):
    """Who alone may see."""

    name = "harbour.record.restrictions"
    label = "restrictions"

    @override
    def ready(self) -> None:
        """Listen for people not found, and let two people lift a restriction."""
        from harbour.record.restrictions import actions  # noqa: PLC0415 - needs loaded apps
        from harbour.record.restrictions.vocabulary import LIFT  # noqa: PLC0415 - the same

        events.listen_for_misses(actions.look_out)
        approvals.register(
            LIFT, "Lift a restriction", right=Permission.RESTRICT, carry_out=actions.lift
        )
