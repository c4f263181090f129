"""A person's own account as she reads it."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.urls import reverse

from harbour.foundation.access.models import User
from harbour.foundation.entrance.models import Notice
from harbour.foundation.entrance.sessions import Sitting
from harbour.foundation.entrance.vocabulary import Happened
from harbour.foundation.ui import components as ui
from harbour.foundation.ui.when import moment

KINDS = {
    Authenticator.Type.WEBAUTHN: "Passkey or security key",
    Authenticator.Type.TOTP: "Authenticator app",
    Authenticator.Type.RECOVERY_CODES: "Recovery codes",
}


def account_page(user: User, sittings: list[Sitting], notices: list[Notice]) -> dict[str, Any]:
    """Return the sessions with a way to end each, the factors, and what happened to them."""
    kinds = list(
        Authenticator.objects.filter(user_id=user.pk)
        .values_list("type", flat=True)
        .order_by("type")
    )
    return {
        "person": user,
        "table": sessions_table(sittings),
        "others": [each for each in sittings if not each.current],
        "factors": [KINDS[Authenticator.Type(each)] for each in kinds],
        "manage": reverse("mfa_index"),
        "happened": ui.Timeline(
            tuple(
                ui.Event(
                    str(Happened(each.kind).label),
                    each.at,
                    by=f"from the address {each.address}" if each.address else "",
                )
                for each in notices
            ),
            empty="Nothing in the last 90 days.",
        ),
    }


def sessions_table(sittings: list[Sitting]) -> ui.Table:
    """Return the open sessions of one person."""
    return ui.Table(
        caption="Where this account is signed in",
        columns=(
            ui.Column("Signed in"),
            ui.Column("Last seen"),
            ui.Column("Address"),
            ui.Column("Browser"),
        ),
        rows=[
            (
                moment(each.began_at),
                ui.Lines((moment(each.seen_at), ui.Tag("This one", ui.Colour.GREEN)))
                if each.current
                else moment(each.seen_at),
                each.address,
                browser(each.browser),
            )
            for each in sittings
        ],
        empty="Nowhere.",
        noun=("session", "sessions"),
    )


def browser(agent: str) -> str:
    """Return the browser a person would name, out of what it says of itself."""
    for mark, name in (
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ):
        if mark in agent:
            return name
    return "Another program"
