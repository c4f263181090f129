"""Who a provider's person is here, and which roles her groups give her."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db import connection, transaction

from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import User
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.entrance.models import IdentityMapping
from harbour.foundation.kernel import clock

OVERAGE = "_claim_names"  # Entra ID: too many groups to name, ask elsewhere


class Unknown(Exception):
    """Nobody here is this person; the page says the same whatever the cause."""


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What a provider says of a person, read the way its configuration tells."""

    provider: str
    subject: str
    name: str
    email: str
    verified: bool
    groups: tuple[str, ...]


def read(provider: str, claims: Mapping[str, Any], settings: Mapping[str, Any]) -> Identity:
    """Return the identity in the claims; raise `Unknown` if its groups cannot be known."""
    named = settings.get("groups_claim", "groups")
    if named in claims.get(OVERAGE, {}):
        raise Unknown
    groups = claims.get(named, [])
    if isinstance(groups, str):
        groups = [groups]
    verified = claims.get("email_verified") is True or bool(settings.get("trusts_email"))
    return Identity(
        provider=provider,
        subject=str(claims[settings.get("uid_field", "sub")]),
        name=str(claims.get("name") or claims.get("email") or ""),
        email=str(claims.get("email") or "").strip().lower(),
        verified=verified,
        groups=tuple(str(each) for each in groups),
    )


def asked_for_two(claims: Mapping[str, Any], settings: Mapping[str, Any]) -> bool:
    """Say whether the provider itself says that it asked for a second factor."""
    rule = settings.get("second_factor") or {}
    said = claims.get(rule.get("claim", ""), [])
    said = said if isinstance(said, list) else [said]
    return bool(set(map(str, said)) & set(rule.get("values", ())))


@transaction.atomic
def person_of(identity: Identity) -> User:
    """Return the person linked to the subject; else link by verified address, or make one by group.

    Raises `Unknown` for everybody else, and for who has left.
    """
    linked = SocialAccount.objects.filter(provider=identity.provider, uid=identity.subject)
    account = linked.select_related("user").first()
    user = account.user if account is not None else _newly_linked(identity)
    if user.is_system or not user.works_on(clock.london_date(clock.now())):
        raise Unknown
    return user


def _newly_linked(identity: Identity) -> User:
    if not identity.email or not identity.verified:
        raise Unknown
    user = User.objects.filter(email__iexact=identity.email).first()
    if user is None:
        if not _mapped(identity).exists():
            raise Unknown
        user = User.objects.create_user(identity.email, None, name=identity.name)
    elif SocialAccount.objects.filter(provider=identity.provider, user=user).exists():
        raise Unknown  # an address that was given to somebody else since
    return user


def _mapped(identity: Identity) -> Any:
    return IdentityMapping.objects.filter(
        provider=identity.provider, group__in=identity.groups, ended_at=None
    )


def bring_in_line(user: User, identity: Identity) -> None:
    """Give and end the roles that the person's groups give, by the mapping of today.

    The database does it, for the person who is signing in and nobody else.
    """
    with acting_as(user.pk) as reader, connection.cursor() as cursor:
        cursor.execute(
            "SELECT given, ended FROM harbour_sec.align_holdings(%s, %s, %s)",
            [user.pk, identity.provider, _texts(identity.groups)],
        )
        given, ended = cursor.fetchone()
        if given or ended:
            audit.record(
                Act.ALTER,
                "entrance.roles_brought_in_line",
                by=reader,
                at=clock.now(),
                about=user,
                detail={"provider": identity.provider, "given": given, "ended": ended},
            )


def _texts(groups: Iterable[str]) -> list[str]:
    return sorted(set(groups))
