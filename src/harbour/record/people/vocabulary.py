"""Words of the people room, as the law and the statutory returns spell them."""

from enum import StrEnum
from uuid import UUID

from django.db.models import TextChoices

from harbour.foundation.access.vocabulary import Facet


class Sex(TextChoices):
    """Sex as the children's returns code it."""

    MALE = "M", "Male"
    FEMALE = "F", "Female"
    UNKNOWN = "U", "Not known"


class DatePrecision(TextChoices):
    """How much of a date of birth is known."""

    DAY = "day", "Day known"
    MONTH = "month", "Month known"
    YEAR = "year", "Year known"
    ESTIMATED = "estimated", "Estimated from an age"
    UNKNOWN = "unknown", "Not known"


class Ethnicity(TextChoices):
    """The 20 codes of the DfE returns."""

    WBRI = "WBRI", "White British"
    WIRI = "WIRI", "White Irish"
    WOTH = "WOTH", "Any other White background"
    WIRT = "WIRT", "Traveller of Irish heritage"
    WROM = "WROM", "Gypsy or Roma"
    MWBC = "MWBC", "White and Black Caribbean"
    MWBA = "MWBA", "White and Black African"
    MWAS = "MWAS", "White and Asian"
    MOTH = "MOTH", "Any other mixed background"
    AIND = "AIND", "Indian"
    APKN = "APKN", "Pakistani"
    ABAN = "ABAN", "Bangladeshi"
    AOTH = "AOTH", "Any other Asian background"
    BCRB = "BCRB", "Caribbean"
    BAFR = "BAFR", "African"
    BOTH = "BOTH", "Any other Black background"
    CHNE = "CHNE", "Chinese"
    OOTH = "OOTH", "Any other ethnic group"
    REFU = "REFU", "Refused"
    NOBT = "NOBT", "Information not yet obtained"


class EthnicitySource(TextChoices):
    """Who said so."""

    SELF = "self", "Said by the person"
    FAMILY = "family", "Said by parent or carer"
    OFFICER = "officer", "Recorded by a professional"
    SYSTEM = "system", "Taken from another system"
    UNKNOWN = "unknown", "Source not recorded"


class KnownOrNot(TextChoices):
    """Yes, no, or nobody has asked."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


class NameKind(TextChoices):
    """What sort of name it is."""

    LEGAL = "legal", "Legal name"
    KNOWN_AS = "known_as", "Known as"
    ALIAS = "alias", "Alias"
    PREVIOUS = "previous", "Previous name"


class IdentifierScheme(TextChoices):
    """Whose number it is."""

    NHS = "nhs", "NHS number"
    UPN = "upn", "Unique pupil number"
    PNC = "pnc", "PNC ID"
    LA_CHILD = "la_child", "Local authority child id"
    YOT = "yot", "Youth justice id"
    HOME_OFFICE = "home_office", "Home Office number"
    OTHER = "other", "Other"


class RoleKind(TextChoices):
    """In what sense a person is in the record. One person may be several at once, child first."""

    CHILD = "child", "Child"
    ADULT_OF_CONCERN = "adult_of_concern", "Adult of concern"
    CARER = "carer", "Parent or carer"
    PROFESSIONAL = "professional", "Professional"


class AuthorityTieKind(TextChoices):
    """What an authority is to a child."""

    RESPONSIBLE = "responsible", "Responsible authority"
    HOME = "home", "Home authority"
    HOST = "host", "Host authority"


class Basis(TextChoices):
    """Why an audience has a standing."""

    RESPONSIBLE = "responsible", "Responsible authority's partnership"
    HOST = "host", "Host authority's partnership"
    PLACED = "placed", "Placed with this provider"
    ALLOCATED = "allocated", "Allocated to the child"
    SHARED = "shared", "Shared with this agency"
    ASSOCIATED = "associated", "Recorded association with the authority's work"
    NAMED = "named", "Named in a restriction of the record"
    EMERGENCY = "emergency", "Emergency access, soon over"


class RelationKind(TextChoices):
    """What one person is to another."""

    PARENT = "parent", "Parent"
    SIBLING = "sibling", "Brother or sister"
    TWIN = "twin", "Twin"
    CARER = "carer", "Carer"
    RELATIVE = "relative", "Other relative"
    FRIEND = "friend", "Friend"
    OTHER = "other", "Other"


class ConcernStatus(TextChoices):
    """How far an adult of concern has been established as such."""

    IDENTIFIED = "identified", "Identified"
    OF_INTEREST = "of_interest", "Of interest"
    SUSPECTED = "suspected", "Suspected"
    CHARGED = "charged", "Charged"
    CONVICTED = "convicted", "Convicted"


class LegalStatus(TextChoices):
    """Under which legal status a child is looked after: codes of the SSDA903 return."""

    C1 = "C1", "C1 Interim care order"
    C2 = "C2", "C2 Full care order"
    D1 = "D1", "D1 Freeing order granted"
    E1 = "E1", "E1 Placement order granted"
    V2 = "V2", "V2 Single period of accommodation under section 20"
    V3 = "V3", "V3 Short-term breaks, each recorded"
    V4 = "V4", "V4 Short-term breaks, under an agreement"
    J1 = "J1", "J1 Remanded to local authority or youth detention accommodation"
    J2 = "J2", "J2 Local authority accommodation under PACE"
    J3 = "J3", "J3 Sentenced to a youth rehabilitation order with residence"
    L1 = "L1", "L1 Police protection, in local authority accommodation"
    L2 = "L2", "L2 Emergency protection order"
    L3 = "L3", "L3 Child assessment order, in local authority accommodation"


class Audience(StrEnum):
    """Whom a standing opens a record to."""

    AUTHORITY = "authority"
    AGENCY = "agency"
    USER = "user"

    def of(self, subject_id: UUID) -> str:
        """Return the audience as a standing holds it."""
        return f"{self.value}:{subject_id}"


EVERY_FACET: tuple[str, ...] = tuple(each.value for each in Facet)


class Reason(TextChoices):
    """Why somebody looks at a child's record: what they say, or what the page itself is for."""

    SECTION_47 = "section_47", "Section 47 enquiry"
    STRATEGY = "strategy", "Strategy discussion"
    MISSING = "missing", "Missing episode"
    MEETING = "meeting", "Daily meeting"
    SUPERVISION = "supervision", "Supervision of the worker"
    ALLOCATED = "allocated", "Allocated to me"
    ASKED = "asked", "The child or a parent asked"
    OTHER = "other", "Another reason"
    # Said by the page: nobody is asked.
    SCREENING = "screening", "Screening a concern"
    SEARCH = "search", "Finding the right record"
    OWN_WORK = "own_work", "List of one's own work"
    EMERGENCY = "emergency", "Emergency access"
    OVERSIGHT = "oversight", "Oversight of the hub"


# What a person is asked, in the order of the keys 1 to 7; another reason takes words.
ASKED: tuple[Reason, ...] = (
    Reason.SECTION_47,
    Reason.STRATEGY,
    Reason.MISSING,
    Reason.MEETING,
    Reason.SUPERVISION,
    Reason.ALLOCATED,
    Reason.ASKED,
)
