"""Who may open a page, and what a role is for."""

import ast
from collections.abc import Iterator, Sequence

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from harbour.foundation.access.guards import rule_of
from harbour.foundation.access.roles import ROLES
from harbour.foundation.access.vocabulary import Permission
from tests.architecture.house import sources

# The sign-in library's addresses, reviewed: each shows what is a person's own, or the way in.
SIGN_IN_LIBRARY = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_trust",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_login_webauthn",
}
# Permissions that no page asks for, each with what does.
ASKED_ELSEWHERE = {
    Permission.IMPORT: "the command line's import",
    Permission.APPROVE: "foundation/approvals asks for the right that each deed names",
}


def _addresses(patterns: Sequence[object], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _addresses(each.url_patterns, f"{before}{each.pattern}")
        elif isinstance(each, URLPattern):
            yield f"{before}{each.pattern}", each


ADDRESSES = dict(_addresses(get_resolver().url_patterns))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_says_who_may_open_it(address: str) -> None:
    pattern = ADDRESSES[address]
    module = getattr(pattern.callback, "__module__", "")

    if rule_of(pattern.callback) is None:
        assert module.startswith("allauth."), (
            f"Mark {module}.{pattern.name} with @grants, @signed_in or @open_to_all."
        )
        assert pattern.name in SIGN_IN_LIBRARY, (
            "Review what this address of the sign-in library shows, then add it to SIGN_IN_LIBRARY."
        )


def test_every_rule_without_a_permission_says_why() -> None:
    mute = [
        address
        for address, pattern in ADDRESSES.items()
        if (rule := rule_of(pattern.callback)) and not rule.permissions and not rule.reason
    ]

    assert not mute, f"Give the reason to @signed_in or @open_to_all: {mute}"


def test_unmarked_views_are_only_those_of_libraries() -> None:
    assert not [each for each in settings.HARBOUR_UNMARKED_VIEWS if each.startswith("harbour")]


def test_no_address_takes_text_that_could_be_personal() -> None:
    kinds = {"uuid", "int", "slug"}
    loose = [
        f"{address}: {name}"
        for address, pattern in ADDRESSES.items()
        if rule_of(pattern.callback) is not None
        for name, converter in pattern.pattern.converters.items()
        if type(converter).__name__.removesuffix("Converter").lower() not in kinds
    ]

    assert not loose, f"An address holds ids and fixed words, never what people typed: {loose}"


def test_every_permission_is_held_by_a_role() -> None:
    orphans = set(Permission) - {each for role in ROLES for each in role.permissions}

    assert not orphans, f"Give each to a role in access/roles.py, or strike it: {sorted(orphans)}"


def test_every_permission_is_asked_for() -> None:
    asked = {
        node.attr
        for each in sources()
        if each.room is None or each.furniture in {"views", "policy", "actions", "queries"}
        for node in ast.walk(each.tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in {"Permission", "P"}
    }
    idle = {each.name for each in set(Permission) - ASKED_ELSEWHERE.keys()} - asked

    assert not idle, f"No view, policy or menu asks for {sorted(idle)}: guard with it or strike it."


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.code)
def test_every_role_is_described_for_the_person_who_grants_it(role: object) -> None:
    description = str(getattr(role, "description", ""))

    assert len(description) >= 60, "Say what the role is for, and which children it sees."
    assert description.endswith(".")


def test_roles_can_be_told_apart() -> None:
    assert len({each.code for each in ROLES}) == len(ROLES)
    assert len({each.title for each in ROLES}) == len(ROLES)
    assert len({each.description for each in ROLES}) == len(ROLES)
