"""What a column of the extract can mean, and the words the police use for a risk."""

from enum import StrEnum

from django.db.models import TextChoices

from harbour.work.missing.vocabulary import MissingFrom, PoliceRisk

SOURCE = "police"


class Field(TextChoices):
    """What a column tells."""

    REFERENCE = "reference", "Police reference of the report"
    GIVEN = "given", "Given name"
    FAMILY = "family", "Family name"
    BORN = "born", "Date of birth"
    CHILD = "child", "The authority's number for the child"
    STARTED = "started", "Missing from: day, or day and time"
    STARTED_TIME = "started_time", "Missing from: time, if it stands apart"
    RETURNED = "returned", "Found or back: day, or day and time"
    RETURNED_TIME = "returned_time", "Found or back: time, if it stands apart"
    RISK = "risk", "Police risk grade"
    MISSING_FROM = "missing_from", "Home, care or education"
    LAST_SEEN = "last_seen", "Where last seen"
    FOUND_WHERE = "found_where", "Where found"


REQUIRED = (Field.REFERENCE, Field.STARTED)
# Either a number of the authority tells who the child is, or these together.
NAMES_A_CHILD = (Field.GIVEN, Field.FAMILY, Field.BORN)

# Column names seen in extracts, as a first guess on the page; a person confirms it.
USUAL_NAMES: dict[str, Field] = {
    "reference": Field.REFERENCE,
    "misper reference": Field.REFERENCE,
    "misper ref": Field.REFERENCE,
    "report number": Field.REFERENCE,
    "forename": Field.GIVEN,
    "first name": Field.GIVEN,
    "given name": Field.GIVEN,
    "surname": Field.FAMILY,
    "family name": Field.FAMILY,
    "last name": Field.FAMILY,
    "date of birth": Field.BORN,
    "dob": Field.BORN,
    "child id": Field.CHILD,
    "la child id": Field.CHILD,
    "missing from": Field.STARTED,
    "date missing": Field.STARTED,
    "last seen date": Field.STARTED,
    "time missing": Field.STARTED_TIME,
    "last seen time": Field.STARTED_TIME,
    "date found": Field.RETURNED,
    "date returned": Field.RETURNED,
    "time found": Field.RETURNED_TIME,
    "time returned": Field.RETURNED_TIME,
    "risk": Field.RISK,
    "risk level": Field.RISK,
    "risk grade": Field.RISK,
    "place type": Field.MISSING_FROM,
    "last seen at": Field.LAST_SEEN,
    "found at": Field.FOUND_WHERE,
}

RISKS: dict[str, PoliceRisk] = {
    "very low": PoliceRisk.VERY_LOW,
    "no apparent risk": PoliceRisk.VERY_LOW,
    "no apparent": PoliceRisk.VERY_LOW,
    "absent": PoliceRisk.VERY_LOW,
    "low": PoliceRisk.LOW,
    "standard": PoliceRisk.LOW,
    "medium": PoliceRisk.MEDIUM,
    "high": PoliceRisk.HIGH,
}
PLACES: dict[str, MissingFrom] = {
    "home": MissingFrom.HOME,
    "home address": MissingFrom.HOME,
    "care": MissingFrom.CARE,
    "care home": MissingFrom.CARE,
    "children's home": MissingFrom.CARE,
    "foster care": MissingFrom.CARE,
    "foster home": MissingFrom.CARE,
    "education": MissingFrom.EDUCATION,
    "school": MissingFrom.EDUCATION,
    "college": MissingFrom.EDUCATION,
}


class Severity(StrEnum):
    """Whether a row can come in."""

    REFUSED = "refused"
    FLAGGED = "flagged"


class Outcome(TextChoices):
    """What came of a file."""

    CAME_IN = "in", "Came in"
    CAME_IN_IN_PART = "part", "Came in in part"
    REFUSED = "refused", "Stayed out: rows were refused"
    NOTHING_CHANGED = "same", "Nothing changed: the hub has it already"
