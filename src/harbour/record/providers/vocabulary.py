"""Codes of placements, as the looked-after children's return (SSDA903) spells them."""

from collections.abc import Mapping
from enum import StrEnum

from django.db.models import TextChoices


class ProviderKind(TextChoices):
    """What sort of provider it is, as Ofsted registers it."""

    CHILDRENS_HOME = "childrens_home", "Children's home"
    SECURE_HOME = "secure_home", "Secure children's home"
    SUPPORTED = "supported", "Supported accommodation"
    RESIDENTIAL_SCHOOL = "residential_school", "Residential special school"
    FOSTERING = "fostering", "Fostering agency"
    FAMILY_CENTRE = "family_centre", "Residential family centre"
    OTHER = "other", "Another provider"


class ContactPurpose(TextChoices):
    """For what somebody at an agency is rung or written to."""

    MISSING = "missing", "Missing children: lead"
    EXPLOITATION = "exploitation", "Exploitation: lead"
    OUT_OF_HOURS = "out_of_hours", "Emergency duty team, out of hours"
    DUTY = "duty", "Duty social work, in the day"
    NOTIFICATIONS = "notifications", "Notifications of placements"
    REVIEWING = "reviewing", "Independent reviewing service"
    MANAGER = "manager", "Registered manager"
    RESPONSIBLE = "responsible", "Responsible individual"
    HEALTH = "health", "Health of looked-after children"
    EDUCATION = "education", "Virtual school"
    OTHER = "other", "Other"


class Distance(StrEnum):
    """How far from the responsible authority's area a child is placed.

    "At a distance" is outside the area and not within the area of any adjoining local authority:
    regulation 11(5) of the Care Planning, Placement and Case Review (England) Regulations 2010.
    """

    IN_AREA = "In the responsible authority's own area"
    ADJOINING = "Out of area, in an adjoining authority"
    DISTANT = "Out of area, at a distance"
    OUT_OF_AREA = "Out of area; which areas adjoin is not recorded"
    NOT_KNOWN = "Not known whose area it is"


# Placed elsewhere than in the responsible authority's own area.
AWAY = frozenset({Distance.ADJOINING, Distance.DISTANT, Distance.OUT_OF_AREA})

# Where a child lives while looked after: column PLACE.
PLACEMENT_TYPES: Mapping[str, str] = {
    "A3": "Placed for adoption by consent, with current foster carer",
    "A4": "Placed for adoption by consent, not with current foster carer",
    "A5": "Placed for adoption under an order, with current foster carer",
    "A6": "Placed for adoption under an order, not with current foster carer",
    "H5": "Semi-independent living",
    "K1": "Secure children's home",
    "K2": "Children's home",
    "K3": "Registered supported accommodation",
    "P1": "With own parents or another person with parental responsibility",
    "P2": "Independent living",
    "P3": "Residential employment",
    "R1": "Residential care home",
    "R2": "NHS or other medical or nursing care",
    "R3": "Family centre or mother and baby unit",
    "R5": "Young offender institution",
    "S1": "Residential school",
    "T0": "Temporary move of any kind",
    "T1": "Temporary: in hospital",
    "T2": "Temporary: on holiday",
    "T3": "Temporary: while the foster carer is on holiday",
    "T4": "Temporary: seven days or fewer, for another reason",
    "U1": "Foster placement with relative or friend, long term",
    "U2": "Foster placement with relative or friend who is an approved adopter",
    "U3": "Foster placement with relative or friend, other",
    "U4": "Foster placement with another carer, long term",
    "U5": "Foster placement with another carer who is an approved adopter",
    "U6": "Foster placement with another carer, other",
    "Z1": "Other placement",
    "Z11": "Other placement, Z11 of the list for 2026",
    "Z12": "Other placement, Z12 of the list for 2026",
    "Z13": "Other placement, Z13 of the list for 2026",
    "Z14": "Other placement, Z14 of the list for 2026",
}

# Who provides it: column PLACE_PROVIDER.
PROVIDER_TYPES: Mapping[str, str] = {
    "PR0": "Parent or other person with parental responsibility",
    "PR1": "The responsible authority itself",
    "PR2": "Another local authority",
    "PR3": "Other public provision",
    "PR4": "Private provision",
    "PR5": "Voluntary provision",
}

# Why being looked after, or one part of it, ended: column REC.
REASONS_ENDED: Mapping[str, str] = {
    "X1": "Another episode began on the same day",
    "E11": "Adopted, the application unopposed",
    "E12": "Adopted, consent dispensed with by the court",
    "E13": "Left care to live with people with no parental responsibility",
    "E14": "Accommodation on remand ended",
    "E15": "Age assessment found the person to be 18 or over",
    "E16": "Moved abroad",
    "E17": "Stayed with current carers after 18 under a staying-put arrangement",
    "E2": "Died",
    "E3": "Care taken over by another local authority",
    "E4A": "Returned home, planned",
    "E4B": "Returned home, unplanned",
    "E41": "Child arrangements order granted",
    "E43": "Special guardianship order, former foster carer",
    "E44": "Special guardianship order, other carer",
    "E45": "Special guardianship order, former foster carer who is a relative or friend",
    "E46": "Special guardianship order, another former foster carer",
    "E47": "Special guardianship order, relative or friend who was not the foster carer",
    "E48": "Special guardianship order, another person",
    "E5": "Moved into independent living with support",
    "E6": "Moved into independent living without support",
    "E7": "Transferred to adult social services",
    "E8": "Ceased for any other reason",
    "E9": "Sentenced to custody",
}

# Why a placement changed: column REASON_PLACE_CHANGE.
REASONS_CHANGED: Mapping[str, str] = {
    "CARPL": "Change to, or carrying out of, the care plan",
    "CLOSE": "Provision closed or carer resigned",
    "ALLEG": "Allegation (section 47)",
    "STAND": "Concern about standards of care",
    "APPRR": "Approval removed",
    "CREQB": "Carer asked for an end because of behaviour",
    "CREQO": "Carer asked for an end for another reason",
    "CHILD": "Child asked for an end",
    "LAREQ": "Responsible or area authority asked for an end",
    "PLACE": "Status of the placement changed, nothing else",
    "CUSTOD": "Custody arrangement",
    "OTHER": "Another reason",
}

# Not offered for a placement made now: replaced by supported accommodation, or finer codes of the
# list for 2026 that only an import brings.
NOT_OFFERED = frozenset({"H5", "P2", "Z11", "Z12", "Z13", "Z14"})

# What a person chooses from today.
TYPES_NOW = tuple(
    (code, gloss) for code, gloss in PLACEMENT_TYPES.items() if code not in NOT_OFFERED
)
