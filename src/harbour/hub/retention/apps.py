"""Register retention."""

from typing import override

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """How long records are kept, and how they go."""

    name = "harbour.hub.retention"
    label = "retention"

    @override
    def ready(self) -> None:
        """Make known what takes two people here."""
        from harbour.foundation.access.vocabulary import Permission  # noqa: PLC0415 - needs loaded apps
        from harbour.foundation.approvals import rules as approvals  # noqa: PLC0415 - needs loaded apps
        from harbour.hub.retention import actions  # noqa: PLC0415 - needs loaded apps
        from harbour.hub.retention.vocabulary import Deed  # noqa: PLC0415 - needs loaded apps

        carried_out = {
            Deed.DISPOSE: actions.dispose,
            Deed.ERASE: actions.erase,
            Deed.KEEP: actions.keep_longer,
            Deed.LIFT: actions.lift_hold,
        }
        for deed, carry_out in carried_out.items():
            approvals.register(
                deed.value, str(deed.label), right=Permission.RETENTION, carry_out=carry_out
            )
