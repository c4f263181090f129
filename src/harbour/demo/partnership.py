"""The invented partnership: authorities, agencies, teams, and the cast with their roles."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from types import SimpleNamespace
from uuid import UUID, uuid5

from django.db import connection, transaction

from harbour.foundation.access import roles
from harbour.foundation.access.models import Holding, User
from harbour.foundation.access.roles import Role
from harbour.foundation.agencies.models import Agency, Remit, Team
from harbour.foundation.agencies.vocabulary import AgencyKind as K

DOMAIN = "harbour-demo.example.org"
SPACE = UUID("6f2c1c52-8e0e-4a53-9d3b-1f1f6a4f9d10")
SINCE = date(2014, 9, 1)

COUNTY = "Middleshire County Council"
CITY = "Wexcombe City Council"
RUTLAND = "Ottermere Council"
NEIGHBOUR = "Northmoor County Council"


@dataclass(frozen=True, kw_only=True)
class AgencySeed:
    """An agency of the demo: (key, name, kind)."""

    key: str
    name: str
    kind: K
    partner: bool = False
    s115: bool = False
    code: str = ""


AGENCIES = (
    AgencySeed(key="county", name=COUNTY, kind=K.AUTHORITY, partner=True, s115=True, code="9901"),
    AgencySeed(key="city", name=CITY, kind=K.AUTHORITY, partner=True, s115=True, code="9902"),
    AgencySeed(key="rutland", name=RUTLAND, kind=K.AUTHORITY, partner=True, s115=True, code="9903"),
    AgencySeed(key="neighbour", name=NEIGHBOUR, kind=K.AUTHORITY, s115=True, code="9911"),
    AgencySeed(
        key="eastmere", name="Eastmere Borough Council", kind=K.AUTHORITY, s115=True, code="9912"
    ),
    AgencySeed(
        key="saltby", name="Saltby Metropolitan Council", kind=K.AUTHORITY, s115=True, code="9913"
    ),
    AgencySeed(
        key="harrowdale", name="Harrowdale Council", kind=K.AUTHORITY, s115=True, code="9914"
    ),
    AgencySeed(
        key="thornfield", name="Thornfield London Borough", kind=K.AUTHORITY, s115=True, code="9915"
    ),
    AgencySeed(key="police", name="Middleshire Police", kind=K.POLICE, partner=True, s115=True),
    AgencySeed(
        key="health",
        name="Middleshire Partnership NHS Trust",
        kind=K.HEALTH,
        partner=True,
        s115=True,
    ),
    AgencySeed(
        key="yos", name="Youth Offending Service", kind=K.YOUTH_JUSTICE, partner=True, s115=True
    ),
    AgencySeed(key="listening", name="Listening Support Service", kind=K.VOLUNTARY, partner=True),
    AgencySeed(key="school", name="Fenwick Lane Academy", kind=K.EDUCATION, code="9901/4001"),
    AgencySeed(key="other_school", name="Ashgrove School", kind=K.EDUCATION, code="9902/4002"),
    AgencySeed(key="home_agency", name="Larkfield House", kind=K.HOME, code="SC990001"),
    AgencySeed(key="hub", name="The Middleshire partnership", kind=K.HUB, partner=True),
)


@dataclass(frozen=True, kw_only=True)
class TeamSeed:
    """A team, its agency, and the authorities whose children it works for."""

    key: str
    agency: str
    name: str
    remit: tuple[str, ...] = ()


TEAMS = (
    TeamSeed(key="first_response", agency="county", name="First Response", remit=("county",)),
    TeamSeed(
        key="hub_county", agency="county", name="Exploitation Hub (county)", remit=("county",)
    ),
    TeamSeed(key="hub_city", agency="city", name="Exploitation Hub (city)", remit=("city",)),
    TeamSeed(
        key="hub_rutland", agency="rutland", name="Exploitation Hub (Ottermere)", remit=("rutland",)
    ),
    TeamSeed(
        key="missing_team",
        agency="county",
        name="Missing from Home Team",
        remit=("county", "city", "rutland"),
    ),
    TeamSeed(
        key="out_of_hours_team",
        agency="county",
        name="Out of Hours Service",
        remit=("county", "rutland"),
    ),
    TeamSeed(
        key="police_team",
        agency="police",
        name="Child Exploitation Team",
        remit=("county", "city", "rutland"),
    ),
    TeamSeed(
        key="health_team",
        agency="health",
        name="Specialist Nursing",
        remit=("county", "city", "rutland"),
    ),
    TeamSeed(
        key="yos_team", agency="yos", name="Youth Justice", remit=("county", "city", "rutland")
    ),
    TeamSeed(key="listening_team", agency="listening", name="Return interviews"),
    TeamSeed(key="school_team", agency="school", name="Safeguarding"),
    TeamSeed(key="home_team", agency="home_agency", name="Larkfield House"),
    TeamSeed(
        key="neighbour_team", agency="neighbour", name="Children in Care", remit=("neighbour",)
    ),
    TeamSeed(
        key="panel_team",
        agency="hub",
        name="Risk Management Panel",
        remit=("county", "city", "rutland"),
    ),
    TeamSeed(key="directorate", agency="county", name="Directorate"),
    TeamSeed(
        key="records_team",
        agency="hub",
        name="Records and audit",
        remit=("county", "city", "rutland"),
    ),
    TeamSeed(key="systems", agency="hub", name="Systems"),
    TeamSeed(key="import_county", agency="county", name="Returns (county)", remit=("county",)),
    TeamSeed(key="import_city", agency="city", name="Returns (city)", remit=("city",)),
    TeamSeed(
        key="import_rutland", agency="rutland", name="Returns (Ottermere)", remit=("rutland",)
    ),
    TeamSeed(key="intake", agency="hub", name="Public form"),
)


@dataclass(frozen=True, kw_only=True)
class Member:
    """A member of the cast."""

    key: str
    name: str
    job: str
    role: Role
    team: str
    shown: bool = True


CAST = (
    Member(
        key="coordinator",
        name="Ruth Adeyemi",
        job="Missing and safeguarding coordinator",
        role=roles.COORDINATOR,
        team="missing_team",
    ),
    Member(
        key="front_door",
        name="Sam Whitlock",
        job="Front-door social worker, county",
        role=roles.FRONT_DOOR,
        team="first_response",
    ),
    Member(
        key="city_front_door",
        name="Nadia Rahman",
        job="Front-door social worker, city",
        role=roles.FRONT_DOOR,
        team="hub_city",
    ),
    Member(
        key="team_manager",
        name="Helen Marsh",
        job="Team manager, county hub",
        role=roles.TEAM_MANAGER,
        team="hub_county",
    ),
    Member(
        key="city_team_manager",
        name="Farida Aziz",
        job="Team manager, city hub",
        role=roles.TEAM_MANAGER,
        team="hub_city",
    ),
    Member(
        key="detective",
        name="Owen Pryce",
        job="Detective",
        role=roles.DETECTIVE,
        team="police_team",
    ),
    Member(
        key="analyst",
        name="Ines Carvalho",
        job="Police analyst",
        role=roles.ANALYST,
        team="police_team",
    ),
    Member(
        key="nurse",
        name="Grace Okoro",
        job="Specialist nurse",
        role=roles.NURSE,
        team="health_team",
    ),
    Member(
        key="youth_worker",
        name="Jamie Rudd",
        job="Youth worker, return interviews",
        role=roles.YOUTH_WORKER,
        team="listening_team",
    ),
    Member(
        key="youth_justice",
        name="Dele Akande",
        job="Youth justice worker",
        role=roles.YOUTH_JUSTICE,
        team="yos_team",
    ),
    Member(
        key="school_lead",
        name="Moira Finch",
        job="School safeguarding lead",
        role=roles.SCHOOL_LEAD,
        team="school_team",
    ),
    Member(
        key="out_of_hours",
        name="Leon Baptiste",
        job="Out-of-hours worker",
        role=roles.OUT_OF_HOURS,
        team="out_of_hours_team",
    ),
    Member(
        key="home_manager",
        name="Carol Jephson",
        job="Children's-home manager, Larkfield House",
        role=roles.HOME_MANAGER,
        team="home_team",
    ),
    Member(
        key="neighbour",
        name="Tomasz Zielinski",
        job="Social worker, Northmoor",
        role=roles.NEIGHBOUR,
        team="neighbour_team",
    ),
    Member(
        key="panel_chair",
        name="Margaret Oduya",
        job="Panel chair",
        role=roles.PANEL_CHAIR,
        team="panel_team",
    ),
    Member(
        key="director",
        name="Alan Trevelyan",
        job="Director of children's services",
        role=roles.DIRECTOR,
        team="directorate",
    ),
    Member(
        key="records_officer",
        name="Priya Natarajan",
        job="Records and audit officer",
        role=roles.RECORDS_OFFICER,
        team="records_team",
    ),
    Member(
        key="administrator",
        name="Chris Lund",
        job="System administrator",
        role=roles.SYSTEM_ADMINISTRATOR,
        team="systems",
    ),
    Member(
        key="records_import",
        name="Records import, county",
        job="System principal",
        role=roles.RECORDS_IMPORT,
        team="import_county",
        shown=False,
    ),
    Member(
        key="records_import_city",
        name="Records import, city",
        job="System principal",
        role=roles.RECORDS_IMPORT,
        team="import_city",
        shown=False,
    ),
    Member(
        key="records_import_rutland",
        name="Records import, Ottermere",
        job="System principal",
        role=roles.RECORDS_IMPORT,
        team="import_rutland",
        shown=False,
    ),
    Member(
        key="public_intake",
        name="Public referral form",
        job="System principal",
        role=roles.PUBLIC_INTAKE,
        team="intake",
        shown=False,
    ),
    Member(
        key="figures_command",
        name="Figures command",
        job="System principal",
        role=roles.FIGURES_COMMAND,
        team="systems",
        shown=False,
    ),
)


@cache
def stable_id(kind: str, key: str) -> UUID:
    """Return the same id for the same invented thing on every machine."""
    return uuid5(SPACE, f"{kind}:{key}")


def agency_id(key: str) -> UUID:
    """Return the id of an agency of the demo."""
    return stable_id("agency", key)


def user_id(key: str) -> UUID:
    """Return the id of a member of the cast."""
    return stable_id("user", key)


@transaction.atomic
def build() -> SimpleNamespace:
    """Write agencies, teams, remits and the cast; return them by key.

    Needs a connection whose login is a member of `harbour_sec_owner` (migration role, or the
    tests').
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        before = cursor.fetchone()[0]
        cursor.execute("SET LOCAL ROLE harbour_sec_owner")
    made = _agencies_and_teams() | _people()
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {before}")
    return SimpleNamespace(**made)


def _agencies_and_teams() -> dict[str, object]:
    agencies = {
        each.key: Agency(
            id=agency_id(each.key),
            name=each.name,
            kind=each.kind,
            code=each.code,
            partner=each.partner,
            covered_by_s115=each.s115,
            starts_on=SINCE,
        )
        for each in AGENCIES
    }
    Agency.objects.bulk_create(agencies.values())
    teams = {
        each.key: Team(id=stable_id("team", each.key), agency=agencies[each.agency], name=each.name)
        for each in TEAMS
    }
    Team.objects.bulk_create(teams.values())
    Remit.objects.bulk_create(
        Remit(team=teams[each.key], authority=agencies[authority], starts_on=SINCE)
        for each in TEAMS
        for authority in each.remit
    )
    return {
        **{
            f"{key}_authority": value
            for key, value in agencies.items()
            if value.kind == K.AUTHORITY
        },
        **{key: value for key, value in agencies.items() if key != "neighbour"},
        **teams,
    }


def _people() -> dict[str, object]:
    people = {}
    for each in CAST:
        person = User(
            id=user_id(each.key),
            email=f"{each.key.replace('_', '.')}@{DOMAIN}",
            name=each.name,
            job=each.job,
            is_system=each.role.system,
        )
        person.set_unusable_password()
        people[each.key] = person
    User.objects.bulk_create(people.values())
    Holding.objects.bulk_create(
        Holding(
            user=people[each.key],
            role=each.role.code,
            team_id=stable_id("team", each.team),
            starts_on=SINCE,
        )
        for each in CAST
    )
    return dict(people)


def cast_members() -> list[Member]:
    """Return the members of the cast that the demo's sign-in page offers, in order."""
    return [each for each in CAST if each.shown]
