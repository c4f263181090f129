"""Register the door."""

from typing import Any, override

from django.apps import AppConfig


class EntranceConfig(AppConfig):
    """Signing in and out."""

    name = "harbour.foundation.entrance"
    label = "entrance"

    @override
    def ready(self) -> None:
        """Keep recovery codes as hashes, and hear of second factors that failed."""
        from allauth.mfa.signals import authentication_failed  # noqa: PLC0415 - loaded now

        from harbour.foundation.entrance import codes  # noqa: PLC0415 - loaded now

        codes.install()
        authentication_failed.connect(_second_factor_failed, dispatch_uid="entrance.failed")


def _second_factor_failed(sender: object, *, request: Any, user: Any, **kwargs: object) -> None:
    """Whoever failed here knows the password: it is on the ledger and its owner is told."""
    del sender, kwargs
    from harbour.foundation.entrance import notices  # noqa: PLC0415 - needs loaded apps
    from harbour.foundation.entrance.adapter import remember_failure  # noqa: PLC0415 - as above
    from harbour.foundation.entrance.vocabulary import Happened  # noqa: PLC0415 - as above

    remember_failure(request)
    notices.note(request, Happened.FAILED, user_id=user.pk)
