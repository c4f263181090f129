"""Register staff."""

from typing import override

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """People and roles."""

    name = "harbour.hub.staff"
    label = "staff"

    @override
    def ready(self) -> None:
        """Make known what takes two people: to make an administrator, to reset a sign-in."""
        from harbour.foundation.access.vocabulary import Permission  # noqa: PLC0415 - loaded now
        from harbour.foundation.approvals import rules as approvals  # noqa: PLC0415 - loaded now
        from harbour.hub.staff import actions, vocabulary  # noqa: PLC0415 - loaded now

        approvals.register(
            vocabulary.MAKE_ADMINISTRATOR,
            "Make somebody a system administrator",
            right=Permission.USERS_APPROVE,
            carry_out=actions.make_administrator,
        )
        approvals.register(
            vocabulary.HELP_TO_SIGN_IN,
            "Take away a lost password or factor and end every session",
            right=Permission.USERS_APPROVE,
            carry_out=actions.reset_sign_in,
        )
