"""The files that are handed out: their columns and codes are facts of those who ask for them."""

from django.db.models import TextChoices


class Format(TextChoices):
    """What is made."""

    SSDA903 = "ssda903", "SSDA903: missing table of a collection year"
    SSD = "ssd", "Standard Safeguarding Dataset: ssd_missing"
    ANNEX_A = "annex_a", "Annex A: list 8, children in care"


FILE_NAMES = {
    Format.SSDA903: "missing.csv",
    Format.SSD: "ssd_missing.csv",
    Format.ANNEX_A: "annex-a-list-8.csv",
}

# Checks of the missing table whose hits come with the data: no export can mend them.
TOLD_CHECKS = {
    "577": "The child is no longer looked after, and the absence is still open. Record the return.",
    "578": "The absence begins after the child stopped being looked after. Look which is wrong.",
    "581": "The absence begins before the child was looked after. Look which date is wrong.",
    "1012": "The child had no episode of care in the year. The absence may be of another year.",
}

SSDA903_COLUMNS = ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END")
SSD_COLUMNS = (
    "miss_table_id",
    "miss_person_id",
    "miss_missing_episode_start_date",
    "miss_missing_episode_type",
    "miss_missing_episode_end_date",
    "miss_missing_rhi_offered",
    "miss_missing_rhi_accepted",
)
SECOND_PERIOD = (
    "Is this a second or subsequent period of being a Looked After Child within the last 12 months"
    " (Y/N)"
)
_TIMES = "Number of Episodes the Child has been \u2018{}\u2019 from their Placement in the last "
TIMES_MISSING = f"{_TIMES.format('Missing')}12 months"
TIMES_ABSENT = f"{_TIMES.format('Absent')}12 months"
# Ofsted's list 8, January 2024. The hub fills the first five and the last of its own subject; an
# authority's case system fills the others.
ANNEX_A_COLUMNS = (
    "Child Unique ID",
    "Gender",
    "Ethnicity",
    "Date of Birth",
    "Age",
    "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N))",
    "Does the Child have a Disability",
    "Date Started to be Looked After",
    "Child's Category of Need",
    SECOND_PERIOD,
    "Start date of current legal status",
    "Child's Legal Status",
    "Date of Latest Statutory Review",
    "Date of Last Social Work Visit",
    "What is the permanence plan for this child?",
    "Date of Last IRO Visit / Contact to the Child",
    "Date of Last Health Assessment",
    "Date of Last Dental Check",
    "Number of Placements in the Last 12 months",
    "Date Ceased to be Looked After",
    "Reason Ceased to be Looked After",
    "Start Date of Most Recent Placement",
    "Placement Type",
    "Placement Provider",
    "Placement postcode",
    "URN of Placement",
    "Placement Location",
    "LA of Placement",
    TIMES_MISSING,
    TIMES_ABSENT,
    "Was the child offered a Return Interview after their last missing episode (Y/N)?",
    "Did the child accept a Return Interview after their last missing episode (Y/N)?",
    "Allocated Team",
    "Allocated Worker",
)
GENDERS = {"M": "a) Male", "F": "b) Female", "U": "c) Not stated/recorded"}
YES, NO, UNKNOWN = "a) Yes", "b) No", "c) Unknown"
