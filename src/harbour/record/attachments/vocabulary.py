"""Words of the attachments room: what a document is, and which part of the record it belongs to."""

from typing import Final

from django.db.models import TextChoices

from harbour.foundation.access.vocabulary import Facet


class Kind(TextChoices):
    """What a document is: its title in lists, because the name of a file may name a person."""

    REFERRAL = "referral", "Referral or notification"
    ASSESSMENT = "assessment", "Assessment or completed tool"
    POLICE = "police", "Police report"
    MINUTES = "minutes", "Minutes of a strategy discussion or panel"
    PLAN = "plan", "Safety or disruption plan"
    HEALTH = "health", "Letter or report from health"
    COURT = "court", "Court order or court paper"
    INTERVIEW = "interview", "Record of a return home interview"
    CHILDS = "childs", "Letter, drawing or message of the child"
    PACK = "pack", "Information to find a missing child"
    PHOTOGRAPH = "photograph", "Photograph of the child"
    PLACEMENT = "placement", "Placement or care plan"
    SCHOOL = "school", "School report or attendance"
    IDENTITY = "identity", "Proof of identity"
    OTHER = "other", "Another document"


# What was said in an interview is not for everybody who reads that a child was missing.
PART_OF: Final[dict[Kind, Facet]] = {
    Kind.REFERRAL: Facet.REFERRAL,
    Kind.ASSESSMENT: Facet.ASSESSMENT,
    Kind.POLICE: Facet.CASE,
    Kind.MINUTES: Facet.CASE,
    Kind.PLAN: Facet.CASE,
    Kind.HEALTH: Facet.CASE,
    Kind.COURT: Facet.CASE,
    Kind.INTERVIEW: Facet.CASE,
    Kind.CHILDS: Facet.CASE,
    Kind.PACK: Facet.MISSING,
    Kind.PHOTOGRAPH: Facet.MISSING,
    Kind.PLACEMENT: Facet.PLACEMENT,
    Kind.SCHOOL: Facet.CONTACT,
    Kind.IDENTITY: Facet.IDENTITY,
    Kind.OTHER: Facet.CASE,
}
PARTS: Final = tuple(each for each in Facet if each in set(PART_OF.values()))
