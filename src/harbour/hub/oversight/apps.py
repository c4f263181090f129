"""Register oversight."""

from typing import override

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Who looked at what, and why."""

    name = "harbour.hub.oversight"
    label = "oversight"

    @override
    def ready(self) -> None:
        """Make known that it takes two people to take many children's names out of the hub."""
        from harbour.foundation.access.vocabulary import Permission  # noqa: PLC0415 - loaded now
        from harbour.foundation.approvals import rules as approvals  # noqa: PLC0415 - loaded now
        from harbour.hub.oversight.vocabulary import EXPORT_NAMES  # noqa: PLC0415 - loaded now

        approvals.register(
            EXPORT_NAMES, "Download the names of many children", right=Permission.APPROVE
        )
