"""Register subject access."""

from typing import override

from django.apps import AppConfig


class SubjectAccessConfig(AppConfig):
    """Requests for what is held of a person."""

    name = "harbour.hub.subject_access"
    label = "subject_access"

    @override
    def ready(self) -> None:
        """Make known that a release takes two people."""
        from harbour.foundation.access.vocabulary import Permission  # noqa: PLC0415 - loaded apps
        from harbour.foundation.approvals import rules as approvals  # noqa: PLC0415 - loaded apps
        from harbour.hub.subject_access import actions  # noqa: PLC0415 - needs loaded apps
        from harbour.hub.subject_access.vocabulary import RELEASE  # noqa: PLC0415 - loaded apps

        approvals.register(
            RELEASE,
            "Release a record to the person it is about",
            right=Permission.SUBJECT_ACCESS,
            carry_out=actions.release,
        )
