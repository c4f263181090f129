"""Parts of a record, and what an agency will see of them, in words."""

from collections.abc import Collection, Mapping

from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.ui.components import Content, Lines
from harbour.record.people.vocabulary import EVERY_FACET

FACETS: Mapping[str, str] = {
    Facet.IDENTITY: "Who the child is",
    Facet.CONTACT: "Addresses, telephones, school and family",
    Facet.PLACEMENT: "Placements and care status",
    Facet.REFERRAL: "Concerns that were sent",
    Facet.ASSESSMENT: "Assessments",
    Facet.CASE: "Harm, risk grade, plan and notes",
    Facet.MISSING: "Missing episodes and return interviews",
    Facet.MEETING: "What was said at meetings",
    Facet.SHARING: "Who else sees the record",
}
# What each part means to somebody who is about to open it to others: with what is not in it.
MEANING: Mapping[str, str] = {
    Facet.IDENTITY: "The child's names, date of birth, sex, ethnicity and numbers such as the NHS "
    "number, and which authorities are responsible.",
    Facet.CONTACT: "Every address where the child lives or lived, telephone numbers, schools, and "
    "who the family are.",
    Facet.PLACEMENT: "Where the child is and was placed, with whom, and under which legal status.",
    Facet.REFERRAL: "Every concern linked to the child, word for word, with who sent it.",
    Facet.ASSESSMENT: "Completed assessments with every answer, score and judgement.",
    Facet.CASE: "The harm and risk grade with its reasons, who works with the child, the plan, the "
    "child's own words, and every note.",
    Facet.MISSING: "Every time the child was missing, the police risk and log. What was said in a "
    "return interview only where the case is shared as well.",
    Facet.MEETING: "What agencies said about the child at meetings.",
    Facet.SHARING: "Who sees the record and why.",
}


def facets_text(facets: Collection[str]) -> Content:
    """Return parts of a record in words; everything as one word."""
    if set(facets) >= set(EVERY_FACET):
        return "Everything"
    return Lines(tuple(FACETS[each] for each in FACETS if each in facets))


def in_order(facets: Collection[str]) -> list[str]:
    """Return parts of a record in the order in which pages show them."""
    return [each for each in FACETS if each in facets]
