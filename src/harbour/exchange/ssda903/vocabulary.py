"""The tables, columns and codes of the return, each code with its meaning and its years of use.

Codes and their years are facts of the Department for Education's guides; the glosses are ours.
A year is the one in which the collection ends: 2018 is 1 April 2017 to 31 March 2018.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from harbour.record.providers import vocabulary as providers

# Stands as the source of every fact that came in with a return.
SOURCE = "SSDA903 return"

NO_YEARS: Mapping[str, int] = {}


@dataclass(frozen=True, kw_only=True)
class Codes:
    """A closed list of codes: what each means, and its first and last collection year."""

    called: str
    glosses: Mapping[str, str]
    since: Mapping[str, int] = field(default_factory=lambda: NO_YEARS)
    until: Mapping[str, int] = field(default_factory=lambda: NO_YEARS)

    def in_use(self, code: str, year_ending: int) -> bool:
        """Say whether the guide of that year lists the code."""
        return self.since.get(code, 0) <= year_ending <= self.until.get(code, 9999)


YES_NO = Codes(called="0 or 1", glosses={"0": "No", "1": "Yes"})

SEX = Codes(
    called="sex",
    glosses={"1": "Male", "2": "Female", "M": "Male", "F": "Female", "U": "Unknown"},
    since={"M": 2025, "F": 2025, "U": 2025},
    until={"1": 2024, "2": 2024},
)

ETHNICITY = Codes(
    called="ethnicity",
    glosses={
        "WBRI": "White British",
        "WIRI": "White Irish",
        "WOTH": "Any other White background",
        "WIRT": "Traveller of Irish heritage",
        "WROM": "Gypsy or Roma",
        "MWBC": "White and Black Caribbean",
        "MWBA": "White and Black African",
        "MWAS": "White and Asian",
        "MOTH": "Any other Mixed background",
        "AIND": "Indian",
        "APKN": "Pakistani",
        "ABAN": "Bangladeshi",
        "AOTH": "Any other Asian background",
        "BCRB": "Caribbean",
        "BAFR": "African",
        "BOTH": "Any other Black background",
        "CHNE": "Chinese",
        "OOTH": "Any other ethnic group",
        "REFU": "Refused to say",
        "NOBT": "Not yet obtained",
    },
)

REASON_FOR_NEW_EPISODE = Codes(
    called="reason for new episode",
    glosses={
        "S": "Started to be looked after",
        "L": "Legal status changed",
        "P": "Placement and carer changed",
        "T": "Placement changed, same carer",
        "B": "Legal status, placement and carer changed",
        "U": "Legal status and placement changed, same carer",
    },
)

LEGAL_STATUS = Codes(
    called="legal status",
    glosses={
        "C1": "Interim care order",
        "C2": "Full care order",
        "D1": "Freeing order granted",
        "E1": "Placement order granted",
        "V2": "Single period of accommodation under section 20",
        "V3": "Series of short breaks, each episode recorded",
        "V4": "Series of short breaks, the agreement recorded",
        "L1": "Police protection, in local authority accommodation",
        "L2": "Emergency protection order",
        "L3": "Child assessment order, in local authority accommodation",
        "J1": "Remanded to local authority or youth detention accommodation",
        "J2": "Local authority accommodation under PACE 1984",
        "J3": "Youth rehabilitation order with residence or intensive fostering",
    },
)

# Children in a series of short breaks: no postcodes and no distance are asked for them.
SHORT_BREAKS = frozenset({"V3", "V4"})

CATEGORY_OF_NEED = Codes(
    called="category of need",
    glosses={
        "N1": "Abuse or neglect",
        "N2": "Child's disability or illness",
        "N3": "Parental illness or disability",
        "N4": "Family in acute stress",
        "N5": "Family dysfunction",
        "N6": "Socially unacceptable behaviour",
        "N7": "Low income",
        "N8": "Absent parenting",
    },
)

PLACEMENT = Codes(
    called="placement",
    glosses=providers.PLACEMENT_TYPES,
    since={"K3": 2024, "Z11": 2026, "Z12": 2026, "Z13": 2026, "Z14": 2026},
    until={"H5": 2025, "P2": 2025},
)

# Temporary and other placements have no provider code of their own (rule 526).
PLACEMENTS_WITHOUT_PROVIDER = frozenset({"T0", "T1", "T2", "T3", "T4", "Z1"})

PROVIDER = Codes(
    called="placement provider",
    glosses=providers.PROVIDER_TYPES,
)

REASON_EPISODE_CEASED = Codes(
    called="reason episode ceased",
    glosses=providers.REASONS_ENDED,
    since={"E45": 2019, "E46": 2019, "E47": 2019, "E48": 2019},
    until={"E43": 2018, "E44": 2018},
)

REASON_FOR_PLACEMENT_CHANGE = Codes(
    called="reason for placement change",
    glosses=providers.REASONS_CHANGED,
    since={"CUSTOD": 2019},
)

MISSING = Codes(
    called="missing or away",
    glosses={"M": "Missing from care", "A": "Away from placement without authorisation"},
)

PARTICIPATION = Codes(
    called="participation in the review",
    glosses={
        "PN0": "Under four at the time of the review",
        "PN1": "Attended and spoke for themselves",
        "PN2": "Attended, an advocate spoke",
        "PN3": "Attended and conveyed views without words",
        "PN4": "Attended and did not convey views",
        "PN5": "Did not attend, an advocate gave views",
        "PN6": "Did not attend, gave views another way",
        "PN7": "Did not attend and gave no views",
    },
)

# Age from which a child is expected to take part (rules 440 and 441).
TAKES_PART_FROM_AGE = 4

SDQ_REASON = Codes(
    called="reason for no SDQ score",
    glosses={
        "SDQ1": "No questionnaire: under four or 17 and over",
        "SDQ2": "Carer refused",
        "SDQ3": "Severity of the child's disability",
        "SDQ4": "Other reason",
        "SDQ5": "Child refused",
    },
)

# Strengths and Difficulties Questionnaire: a total out of forty.
SDQ_LOWEST, SDQ_HIGHEST = 0, 40

UPN_UNKNOWN = Codes(
    called="UPN not known",
    glosses={
        "UN1": "Not of school age, none assigned yet",
        "UN2": "Never attended a maintained school in England",
        "UN3": "Educated outside England",
        "UN4": "Newly looked after, not known at the time of the return",
        "UN5": "Sources disagree",
    },
)


class Kind(StrEnum):
    """What a column holds, and so how its cells are read."""

    CHILD = "child"
    DATE = "date"
    CODE = "code"
    NUMBER = "number"
    UPN = "upn"
    POSTCODE = "postcode"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its name in the file, the field it fills, and the published number of its own rule.

    A `required` cell that is blank refuses its row; an `expected` one flags it.
    """

    name: str
    field: str
    kind: Kind
    codes: Codes = YES_NO
    required: bool = False
    expected: bool = False
    rule: str = ""
    blank_rule: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of the return that the hub reads."""

    name: str
    title: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the column names in the order of the guide."""
        return tuple(column.name for column in self.columns)


def _child() -> Column:
    return Column(name="CHILD", field="child", kind=Kind.CHILD, required=True)


def _born() -> Column:
    return Column(name="DOB", field="born_on", kind=Kind.DATE, required=True, rule="102")


def _flag(name: str, meaning: str) -> Column:
    return Column(name=name, field=meaning, kind=Kind.CODE, codes=YES_NO, rule="181")


HEADER = Table(
    name="header",
    title="Children",
    columns=(
        _child(),
        Column(name="SEX", field="sex", kind=Kind.CODE, codes=SEX, expected=True, rule="101"),
        _born(),
        Column(
            name="ETHNIC",
            field="ethnicity",
            kind=Kind.CODE,
            codes=ETHNICITY,
            expected=True,
            rule="103",
        ),
        Column(name="UPN", field="upn", kind=Kind.UPN, expected=True, rule="168", blank_rule="442"),
        Column(name="MOTHER", field="mother", kind=Kind.CODE, codes=YES_NO),
        Column(name="MC_DOB", field="first_child_born_on", kind=Kind.DATE, rule="171"),
    ),
)

EPISODES = Table(
    name="episodes",
    title="Episodes of care",
    columns=(
        _child(),
        Column(name="DECOM", field="starts_on", kind=Kind.DATE, required=True, rule="141"),
        Column(
            name="RNE",
            field="reason_new",
            kind=Kind.CODE,
            codes=REASON_FOR_NEW_EPISODE,
            required=True,
            rule="143",
        ),
        Column(
            name="LS",
            field="legal_status",
            kind=Kind.CODE,
            codes=LEGAL_STATUS,
            required=True,
            rule="144",
        ),
        Column(
            name="CIN",
            field="need",
            kind=Kind.CODE,
            codes=CATEGORY_OF_NEED,
            required=True,
            rule="145",
        ),
        Column(
            name="PLACE",
            field="placement",
            kind=Kind.CODE,
            codes=PLACEMENT,
            required=True,
            rule="146",
        ),
        Column(name="PLACE_PROVIDER", field="provider", kind=Kind.CODE, codes=PROVIDER, rule="178"),
        Column(name="DEC", field="ends_on", kind=Kind.DATE, rule="147"),
        Column(
            name="REC",
            field="reason_ceased",
            kind=Kind.CODE,
            codes=REASON_EPISODE_CEASED,
            rule="149",
        ),
        Column(
            name="REASON_PLACE_CHANGE",
            field="reason_change",
            kind=Kind.CODE,
            codes=REASON_FOR_PLACEMENT_CHANGE,
            rule="1009",
        ),
        Column(name="HOME_POST", field="home_postcode", kind=Kind.POSTCODE, rule="392c"),
        Column(name="PL_POST", field="placement_postcode", kind=Kind.POSTCODE, rule="392c"),
        Column(name="URN", field="urn", kind=Kind.TEXT),
    ),
)

MISSING_EPISODES = Table(
    name="missing",
    title="Missing episodes",
    columns=(
        _child(),
        _born(),
        Column(
            name="MISSING",
            field="kind",
            kind=Kind.CODE,
            codes=MISSING,
            required=True,
            rule="1006",
            blank_rule="565",
        ),
        Column(
            name="MIS_START",
            field="starts_on",
            kind=Kind.DATE,
            required=True,
            rule="1004",
            blank_rule="564",
        ),
        Column(name="MIS_END", field="ends_on", kind=Kind.DATE, rule="1005"),
    ),
)

HEALTH = Table(
    name="oc2",
    title="Health and offending (OC2)",
    columns=(
        _child(),
        _born(),
        Column(name="SDQ_SCORE", field="sdq_score", kind=Kind.NUMBER, rule="180"),
        Column(name="SDQ_REASON", field="sdq_reason", kind=Kind.CODE, codes=SDQ_REASON, rule="196"),
        _flag("CONVICTED", "convicted"),
        _flag("HEALTH_CHECK", "health_check"),
        _flag("IMMUNISATIONS", "immunisations"),
        _flag("TEETH_CHECK", "teeth_check"),
        _flag("HEALTH_ASSESSMENT", "health_assessment"),
        _flag("SUBSTANCE_MISUSE", "substance_misuse"),
        _flag("INTERVENTION_RECEIVED", "intervention_received"),
        _flag("INTERVENTION_OFFERED", "intervention_offered"),
    ),
)

UASC = Table(
    name="uasc",
    title="Unaccompanied asylum-seeking children",
    columns=(
        _child(),
        Column(name="SEX", field="sex", kind=Kind.CODE, codes=SEX, expected=True, rule="101"),
        _born(),
        Column(name="DUC", field="status_ceases_on", kind=Kind.DATE, rule="104"),
    ),
)

REVIEWS = Table(
    name="reviews",
    title="Reviews",
    columns=(
        _child(),
        _born(),
        Column(name="REVIEW", field="held_on", kind=Kind.DATE, required=True, rule="166"),
        Column(
            name="REVIEW_CODE",
            field="participation",
            kind=Kind.CODE,
            codes=PARTICIPATION,
            required=True,
            rule="167",
        ),
    ),
)

# In the order in which they must come in: nothing can be said of a child before the child is known.
TABLES = (HEADER, EPISODES, MISSING_EPISODES, HEALTH, UASC, REVIEWS)

# Tables of the return that the hub does not read yet, by the columns that give them away.
NOT_READ_YET: Mapping[str, frozenset[str]] = {
    "ad1": frozenset({"DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR"}),
    "oc3": frozenset({"IN_TOUCH", "ACTIV", "ACCOM"}),
    "placed_for_adoption": frozenset({"DATE_PLACED", "DATE_PLACED_CEASED"}),
    "previous_permanence": frozenset({"PREV_PERM", "LA_PERM", "DATE_PERM"}),
    "sw_episodes": frozenset({"SW_ID", "SW_DECOM", "SW_DEC"}),
    "dolo": frozenset({"DOLO_START", "DOLO_END"}),
}
