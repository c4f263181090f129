"""The roles of the hub: what a manager would want to read before giving one to somebody.

Who holds which role in which team, from when until when, is data. What a role may see and do is
here, is copied to the database at every start, and the server refuses to serve if the copies
differ.
"""

from dataclasses import dataclass
from functools import cache

from harbour.foundation.access.vocabulary import Facet, Permission, Reach

P = Permission
EVERY_FACET = frozenset(Facet)
FRONT_LINE = frozenset(
    {
        P.PEOPLE_SEARCH,
        P.PEOPLE_REGISTER,
        P.PEOPLE_EDIT,
        P.REFERRAL_RECORD,
        P.ASSESSMENT_COMPLETE,
        P.MEETING_ATTEND,
        P.ALLOCATION_ANSWER,
        P.PLAN_EDIT,
        P.MISSING_REPORT,
        P.MISSING_RETURN,
        P.INTERVIEW_OFFER,
        P.DISCUSSION_ASK,
        P.SHARE,
        P.DOCUMENT_KEEP,
        P.SHARE_ASK,
        P.FIGURES_READ,
        P.FIGURES_EXACT,
    }
)


@dataclass(frozen=True, kw_only=True)
class Role:
    """A role, described for the person who grants it."""

    code: str
    title: str
    description: str
    reach: Reach | None
    reads: frozenset[Facet] = frozenset()
    writes: frozenset[Facet] = frozenset()
    permissions: frozenset[Permission] = frozenset()
    rights: frozenset[str] = frozenset()  # what the database itself asks, beside facets
    system: bool = False
    # Reads the missing profile of a child only while the child is missing.
    police: bool = False


COORDINATOR = Role(
    code="coordinator",
    title="Missing and safeguarding coordinator",
    description="Runs the missing board, chases notifications and return interviews. Sees every "
    "part of the "
    "record of the children of the authorities her team works for, and of children hosted there.",
    reach=Reach.AUTHORITY,
    reads=EVERY_FACET,
    writes=EVERY_FACET,
    permissions=FRONT_LINE
    | {P.INTERVIEW_HOLD, P.INTERVIEW_REVIEW, P.ALLOCATION_OFFER, P.RESTRICT, P.DISCUSSION_RUN}
    | {P.SUBJECT_ACCESS, P.BREAK_GLASS}
    | {P.PLACEMENT_NOTIFY, P.HOSTING, P.RETURNS},
)
FRONT_DOOR = Role(
    code="front_door",
    title="Front-door social worker",
    description="Screens concerns within one working day and allocates. Sees every part of the "
    "record of her "
    "authority's children.",
    reach=Reach.AUTHORITY,
    reads=EVERY_FACET,
    writes=EVERY_FACET,
    permissions=FRONT_LINE
    | {P.REFERRAL_SCREEN, P.ALLOCATION_OFFER, P.GRADING_DECIDE, P.RESTRICT, P.DISCUSSION_RUN}
    | {P.PLACEMENT_NOTIFY, P.HOSTING},
)
TEAM_MANAGER = Role(
    code="team_manager",
    title="Team manager",
    description="Runs the hub's team and chairs the daily meeting. Sees every part of the record "
    "of her "
    "authority's children.",
    reach=Reach.AUTHORITY,
    reads=EVERY_FACET,
    writes=EVERY_FACET,
    permissions=FRONT_LINE
    | {P.REFERRAL_SCREEN, P.ALLOCATION_OFFER, P.GRADING_DECIDE, P.MEETING_CHAIR}
    | {P.APPROVE, P.RESTRICT, P.RETENTION, P.SUBJECT_ACCESS, P.EMERGENCY_REVIEW}
    | {P.INTERVIEW_REVIEW, P.DISCUSSION_RUN, P.PLACEMENT_NOTIFY, P.HOSTING, P.RETURNS},
)
DETECTIVE = Role(
    code="detective",
    title="Detective",
    description="Investigates, grades with the social worker, is allocated to children at high "
    "risk. Sees the "
    "children of the authorities the police team works for.",
    reach=Reach.AUTHORITY,
    reads=EVERY_FACET,
    writes=EVERY_FACET,
    permissions=FRONT_LINE
    | {P.GRADING_DECIDE, P.MEETING_CHAIR, P.RESTRICT, P.BREAK_GLASS, P.DISCUSSION_RUN},
    police=True,
)
ANALYST = Role(
    code="analyst",
    title="Police analyst",
    description="Analyses the combined partnership data. Reads every part of the record of the "
    "children of the "
    "authorities the team works for; writes none of it. Judges the places and people that children "
    "name: what she accepts stands beside the record.",
    reach=Reach.AUTHORITY,
    reads=EVERY_FACET,
    permissions=frozenset(
        {P.PEOPLE_SEARCH, P.MEETING_ATTEND, P.FIGURES_READ, P.FIGURES_EXACT, P.REFERRAL_RECORD}
        | {P.NAMED_JUDGE}
    ),
    police=True,
)
NURSE = Role(
    code="nurse",
    title="Specialist nurse",
    description="Gives health's view at the daily meeting and keeps the health flag. Sees the "
    "children of the "
    "authorities the team works for.",
    reach=Reach.AUTHORITY,
    reads=EVERY_FACET,
    writes=EVERY_FACET - {Facet.PLACEMENT},
    permissions=FRONT_LINE,
)
YOUTH_JUSTICE = Role(
    code="youth_justice",
    title="Youth justice worker",
    description="Brings the Youth Offending Service's view, completes the gang-association tool. "
    "Sees the "
    "children of the authorities the team works for.",
    reach=Reach.AUTHORITY,
    reads=EVERY_FACET - {Facet.PLACEMENT},
    writes=frozenset(
        {Facet.IDENTITY, Facet.CONTACT, Facet.REFERRAL, Facet.ASSESSMENT, Facet.CASE, Facet.MEETING}
        | {Facet.MISSING}
    ),
    permissions=FRONT_LINE - {P.SHARE},
)
OUT_OF_HOURS = Role(
    code="out_of_hours",
    title="Out-of-hours worker",
    description="Takes calls at night: concerns, missing reports, returns. Sees the children of "
    "the authorities "
    "the service covers.",
    reach=Reach.AUTHORITY,
    reads=EVERY_FACET,
    writes=EVERY_FACET - {Facet.MEETING},
    permissions=FRONT_LINE
    | {P.REFERRAL_SCREEN, P.BREAK_GLASS, P.PLACEMENT_NOTIFY, P.DISCUSSION_RUN},
)
PANEL_CHAIR = Role(
    code="panel_chair",
    title="Panel chair",
    description="Chairs the Risk Management Panel. Reads the record of the children of the "
    "authorities the panel "
    "serves, except where they live; decides with the panel.",
    reach=Reach.AUTHORITY,
    reads=EVERY_FACET - {Facet.CONTACT, Facet.PLACEMENT},
    writes=frozenset({Facet.MEETING, Facet.CASE}),
    permissions=frozenset(
        {P.PEOPLE_SEARCH, P.MEETING_ATTEND, P.MEETING_CHAIR, P.GRADING_DECIDE}
        | {P.FIGURES_READ, P.FIGURES_EXACT}
    ),
)
NEIGHBOUR = Role(
    code="neighbour_social_worker",
    title="Neighbouring authority's social worker",
    description="Works for another authority. Sees children her own authority is responsible for "
    "or hosts, and "
    "children shared with it.",
    reach=Reach.AUTHORITY,
    reads=frozenset({Facet.IDENTITY, Facet.CONTACT, Facet.PLACEMENT, Facet.MISSING, Facet.CASE}),
    writes=frozenset({Facet.MISSING, Facet.PLACEMENT}),
    permissions=frozenset(
        {P.PEOPLE_SEARCH, P.REFERRAL_RECORD, P.MISSING_REPORT, P.MISSING_RETURN}
        | {P.INTERVIEW_OFFER, P.INTERVIEW_HOLD, P.ALLOCATION_ANSWER, P.DOCUMENT_KEEP, P.SHARE_ASK}
        | {P.PLACEMENT_NOTIFY}
    ),
)
YOUTH_WORKER = Role(
    code="youth_worker",
    title="Youth worker",
    description="Holds return interviews for the Listening Support Service. Sees only children "
    "allocated to "
    "her or shared with her service.",
    reach=Reach.AGENCY,
    reads=frozenset({Facet.IDENTITY, Facet.CONTACT, Facet.MISSING, Facet.CASE}),
    writes=frozenset({Facet.MISSING, Facet.CASE}),
    permissions=frozenset(
        {P.PEOPLE_SEARCH, P.REFERRAL_RECORD, P.INTERVIEW_OFFER, P.INTERVIEW_HOLD}
        | {P.ALLOCATION_ANSWER, P.PLAN_EDIT, P.DOCUMENT_KEEP, P.SHARE_ASK, P.DISCUSSION_ASK}
    ),
)
SCHOOL_LEAD = Role(
    code="school_lead",
    title="School safeguarding lead",
    description="Sends concerns about pupils and reads what was shared with the school. Sees no "
    "child otherwise.",
    reach=Reach.AGENCY,
    reads=frozenset({Facet.IDENTITY, Facet.CASE, Facet.MISSING}),
    permissions=frozenset({P.PEOPLE_SEARCH, P.REFERRAL_RECORD, P.SHARE_ASK}),
)
HOME_MANAGER = Role(
    code="home_manager",
    title="Children's-home manager",
    description="Sees only the children placed in her home, and of them who they are, where they "
    "are placed and "
    "when they were missing. Notifies arrivals and departures, reports a child missing and back.",
    reach=Reach.AGENCY,
    reads=frozenset({Facet.IDENTITY, Facet.PLACEMENT, Facet.MISSING}),
    writes=frozenset({Facet.MISSING}),
    permissions=frozenset(
        {
            P.PEOPLE_SEARCH,
            P.REFERRAL_RECORD,
            P.MISSING_REPORT,
            P.MISSING_RETURN,
            P.DOCUMENT_KEEP,
            P.SHARE_ASK,
            P.PLACEMENT_NOTIFY,
            P.PROVIDER_DESK,
        }
    ),
)
DIRECTOR = Role(
    code="director",
    title="Director",
    description="Answers to the committee. Reads figures; sees no child's record.",
    reach=None,
    permissions=frozenset({P.FIGURES_READ}),
)
RECORDS_OFFICER = Role(
    code="records_officer",
    title="Records and audit officer",
    description="Reads who looked at what and why. Of a child, sees only who it is.",
    reach=Reach.AUTHORITY,
    reads=frozenset({Facet.IDENTITY}),
    permissions=frozenset(
        {P.AUDIT_READ, P.PEOPLE_SEARCH, P.FIGURES_READ, P.WITNESSES_MANAGE}
        | {P.APPROVE, P.USERS_APPROVE, P.RETENTION, P.AGREEMENT_KEEP, P.EMERGENCY_REVIEW}
    ),
    rights=frozenset({"audit:read", "witnesses:write"}),
)
SYSTEM_ADMINISTRATOR = Role(
    code="system_administrator",
    title="System administrator",
    description="Gives people their roles and keeps the list of agencies. Sees no case data.",
    reach=None,
    permissions=frozenset({P.USERS_MANAGE, P.USERS_APPROVE, P.WITNESSES_MANAGE}),
    rights=frozenset({"agencies:write", "holdings:write", "witnesses:write"}),
)
RECORDS_IMPORT = Role(
    code="records_import",
    title="Records import",
    description="The import of an authority's own statutory returns. No person signs in with it.",
    reach=Reach.AUTHORITY,
    reads=frozenset(
        {Facet.IDENTITY, Facet.CONTACT, Facet.PLACEMENT, Facet.MISSING, Facet.ASSESSMENT}
    ),
    writes=frozenset(
        {Facet.IDENTITY, Facet.CONTACT, Facet.PLACEMENT, Facet.MISSING, Facet.ASSESSMENT}
    ),
    permissions=frozenset({P.IMPORT, P.PEOPLE_REGISTER, P.MISSING_REPORT, P.MISSING_RETURN}),
    system=True,
)
PUBLIC_INTAKE = Role(
    code="public_intake",
    title="Public referral form",
    description="The form that needs no account: it can send a concern and read nothing. No "
    "person signs in with it.",
    reach=None,
    permissions=frozenset({P.REFERRAL_SEND}),
    system=True,
)
FIGURES_COMMAND = Role(
    code="figures_command",
    title="Figures command",
    description="The command that prints a quarter's figures for whoever runs the server. No "
    "person signs in with it.",
    reach=None,
    permissions=frozenset({P.FIGURES_READ, P.FIGURES_EXACT}),
    system=True,
)

ROLES: tuple[Role, ...] = (
    COORDINATOR,
    FRONT_DOOR,
    TEAM_MANAGER,
    DETECTIVE,
    ANALYST,
    NURSE,
    YOUTH_WORKER,
    YOUTH_JUSTICE,
    SCHOOL_LEAD,
    OUT_OF_HOURS,
    HOME_MANAGER,
    NEIGHBOUR,
    PANEL_CHAIR,
    DIRECTOR,
    RECORDS_OFFICER,
    SYSTEM_ADMINISTRATOR,
    RECORDS_IMPORT,
    PUBLIC_INTAKE,
    FIGURES_COMMAND,
)


@cache
def role(code: str) -> Role:
    """Return the role with this code; raise `KeyError` for a code no release knows."""
    return {each.code: each for each in ROLES}[code]


def database_grants() -> frozenset[tuple[str, str, str]]:
    """Return (role, what, reach) as the database holds them; a written facet ends in `:write`."""
    rows: set[tuple[str, str, str]] = set()
    for each in ROLES:
        reach = each.reach.value if each.reach else ""
        rows |= {(each.code, facet.value, reach) for facet in each.reads}
        rows |= {(each.code, f"{facet.value}:write", reach) for facet in each.writes}
        rows |= {(each.code, right, "") for right in each.rights}
        rows |= {(each.code, f"may:{verb}", "") for verb in each.permissions}
        if each.permissions & {P.REFERRAL_RECORD, P.REFERRAL_SEND}:
            rows.add((each.code, "referral:send", ""))
        if P.FIGURES_READ in each.permissions:
            rows.add((each.code, "figures:read", ""))
        if Facet.MISSING in each.reads and not each.police:
            rows.add((each.code, "profile:always", ""))
    return frozenset(rows)
