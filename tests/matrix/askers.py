"""Who is asked: the cast, two who do every job of a hub, and people who hold every right but one.

Whoever lacks one right alone is answered by the term that asks for it, and by no other.
"""

from collections.abc import Iterable
from uuid import UUID

from harbour.demo import partnership
from harbour.foundation.access.models import Holding, RoleGrant, User
from harbour.foundation.agencies.models import Agency, Remit, Team
from tests.matrix.pools import LITERAL, policies_of

# One of each kind of reach and of right.
CAST = (
    "front_door",
    "city_front_door",
    "nurse",
    "panel_chair",
    "youth_worker",
    "school_lead",
    "home_manager",
    "director",
    "records_officer",
    "administrator",
    "records_import",
    "public_intake",
)
# Where one of several rights is enough, some who have but one of them.
WITHOUT_SEVERAL = (
    ("audit:read", "sharing"),
    ("identity:write", "placement:write", "case:write"),
    ("identity:write", "sharing:write", "case:write"),
    ("identity:write", "sharing:write", "placement:write"),
    ("sharing:write", "placement:write", "case:write"),
)

# Whose two teams reach a child differently.
TWO_HATS = ("missing", "meeting", "meeting:write", "referral:write", "assessment:write")


def rights() -> dict[str, str]:
    """Return everything that a role may be granted, with its widest reach."""
    return {each.what: each.reach for each in RoleGrant.objects.order_by("reach")} | {
        each.what: each.reach for each in RoleGrant.objects.filter(reach="authority")
    }


def asked_about(table: str, everything: Iterable[str]) -> list[str]:
    """Return the rights that the policies of a table name."""
    named = set(LITERAL.findall(policies_of(table)))
    # A part of a record is also what its row says, or what an agency's permission is called.
    named |= {each.removeprefix("may:") for each in named}
    return sorted(named & set(everything))


def user_id(lacking: Iterable[str]) -> UUID:
    """Return who holds every right but these."""
    return partnership.stable_id("without", _name(lacking))


def _name(lacking: Iterable[str]) -> str:
    return f"without {', '.join(sorted(lacking)) or 'nothing'}"


def without(lacking: Iterable[str], team: Team, everything: dict[str, str], name: str = "") -> UUID:
    """Write down somebody who holds every right but these, in a team."""
    code = _name(lacking)
    name = name or code
    user = User(
        id=partnership.stable_id("without", name),
        email=f"{partnership.stable_id('without', name)}@example.org",
        name=name,
        job="For the check",
    )
    user.save(force_insert=True)
    RoleGrant.objects.bulk_create(
        [
            RoleGrant(role=code, what=what, reach=reach)
            for what, reach in everything.items()
            if what not in lacking
        ],
        ignore_conflicts=True,
    )
    Holding(user=user, role=code, team=team, starts_on=partnership.SINCE).save(force_insert=True)
    return user.pk


def with_two_hats(lacking: str, teams: tuple[Team, Team], everything: dict[str, str]) -> UUID:
    """Write down somebody with every right in one team, and every right but one in another."""
    one = without((), teams[0], everything, name=f"two hats, without {lacking} in the second")
    code = f"without {lacking}"
    Holding(user_id=one, role=code, team=teams[1], starts_on=partnership.SINCE).save(
        force_insert=True
    )
    return one


def team_of(agency: Agency) -> Team:
    """Return a team that works for its own authority."""
    remit = Remit.objects.filter(team__agency=agency, authority=agency, ends_on=None)
    return remit.order_by("team__name")[0].team


def team_of_anybody(agency: Agency) -> Team:
    """Return a team of an agency, whomever it works for."""
    return Team.objects.filter(agency=agency).order_by("name")[0]


def other_teams_of(agency: Agency) -> tuple[UUID, ...]:
    """Return the other teams of an agency that has one working for itself."""
    others = Team.objects.filter(agency=agency).exclude(pk=team_of(agency).pk)
    return tuple(others.order_by("name").values_list("pk", flat=True))
