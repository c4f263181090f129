"""The checks that the Department for Education publishes, as a list.

Each flags and none refuses: the record keeps what the authority said, and says what is odd about
it. The numbers and the conditions are the Department's; the sentences are ours. A check without a
number is one of our own.
"""

from datetime import date

from harbour.exchange.ssda903.rules.checks import (
    ADULT,
    Rule,
    born_otherwise,
    first_before_birth,
    numbered_alike,
    open_though_care_ended,
    open_though_the_placement_ended,
    outside_care,
    overlapping_absences,
    review_age,
    started_as_adults,
    started_before_the_last_ended,
    unended_before_the_next,
    without_care,
    without_postcodes,
)
from harbour.exchange.ssda903.rules.findings import Finding
from harbour.exchange.ssda903.rules.tables import Tables
from harbour.exchange.ssda903.rules.values import birthday
from harbour.exchange.ssda903.vocabulary import (
    EPISODES,
    HEADER,
    HEALTH,
    MISSING_EPISODES,
    PLACEMENTS_WITHOUT_PROVIDER,
    REVIEWS,
    UASC,
)

# Rule 353: the Children Act 1989 came into force.
FIRST_EPISODE = date(1991, 10, 14)
# Rules 445 and 446: the Adoption and Children Act 2002 put placement orders in place of freeing.
LAST_FREEING_ORDER = date(2005, 12, 31)
FIRST_PLACEMENT_ORDER = date(2005, 12, 1)
YOUNGEST_MOTHER = 11


def flags(tables: Tables) -> list[Finding]:
    """Return everything the published rules find odd, rule by rule and row by row."""
    return [finding for rule in RULES for finding in rule.findings(tables)]


AT_THE_SOURCE = "Correct it at its source"
DATES = "Check both dates at their source"

HEADER_RULES = (
    Rule(
        number="301",
        table=HEADER,
        column="DOB",
        problem="The date of birth is after the end of the collection year",
        what_to_do=DATES,
        broken=lambda t: (r for r in t.header if r.born_on > t.year_ends_on),
    ),
    Rule(
        number="174",
        table=HEADER,
        column="MC_DOB",
        problem="A boy has a date of birth of a first child as a mother",
        what_to_do="Check sex and the mother columns",
        broken=lambda t: (r for r in t.header if r.sex in {"1", "M"} and r.first_child_born_on),
    ),
    Rule(
        number="611",
        table=HEADER,
        column="MC_DOB",
        problem="The child is a mother, and her child's date of birth is blank",
        what_to_do="Fill in MC_DOB if it is known",
        broken=lambda t: (r for r in t.header if r.mother == "1" and not r.first_child_born_on),
    ),
    Rule(
        number="612",
        table=HEADER,
        column="MOTHER",
        problem="A first child's date of birth is given, and the mother column does not say yes",
        what_to_do="Check MOTHER and MC_DOB",
        broken=lambda t: (
            r for r in t.header if r.mother != "1" and r.sex in {"2", "F"} and r.first_child_born_on
        ),
    ),
    Rule(
        number="620",
        table=HEADER,
        column="MC_DOB",
        problem="The mother would have been under 11 years of age, or younger than her child",
        what_to_do=DATES,
        broken=lambda t: (
            r
            for r in t.header
            if r.first_child_born_on
            and r.first_child_born_on < birthday(r.born_on, YOUNGEST_MOTHER)
        ),
    ),
    Rule(
        number="",
        table=HEADER,
        column="UPN",
        problem="Another child of this table has the same UPN",
        what_to_do="Ask the school or the virtual school whose number it is",
        broken=numbered_alike,
    ),
)

EPISODE_RULES = (
    Rule(
        number="142",
        table=EPISODES,
        column="DEC",
        problem="The next episode has begun, and this one has no end or no reason for its end",
        what_to_do="Fill in DEC and REC of the earlier episode",
        broken=unended_before_the_next,
    ),
    Rule(
        number="148",
        table=EPISODES,
        column="REC",
        problem="An end date and a reason for the end belong together; only one of them is given",
        what_to_do="Fill in both DEC and REC, or leave both blank while the episode is open",
        broken=lambda t: (r for r in t.episodes if bool(r.ends_on) != bool(r.reason_ceased)),
    ),
    Rule(
        number="302",
        table=EPISODES,
        column="DECOM",
        problem="The first episode begins before the child was born",
        what_to_do=DATES,
        broken=first_before_birth,
    ),
    Rule(
        number="352",
        table=EPISODES,
        column="DECOM",
        problem="The child began to be looked after at 18 or over",
        what_to_do=DATES,
        broken=started_as_adults,
    ),
    Rule(
        number="353",
        table=EPISODES,
        column="DECOM",
        problem="The episode begins before 14 October 1991",
        what_to_do=AT_THE_SOURCE,
        broken=lambda t: (r for r in t.episodes if r.starts_on < FIRST_EPISODE),
    ),
    Rule(
        number="354",
        table=EPISODES,
        column="DECOM",
        problem="The episode begins after the end of the collection year",
        what_to_do="Check the date, and the collection year",
        broken=lambda t: (r for r in t.episodes if r.starts_on > t.year_ends_on),
    ),
    Rule(
        number="355",
        table=EPISODES,
        column="DEC",
        problem="The episode ends on the day it begins",
        what_to_do=DATES,
        broken=lambda t: (r for r in t.episodes if r.ends_on == r.starts_on),
    ),
    Rule(
        number="356",
        table=EPISODES,
        column="DEC",
        problem="The episode ends before it begins",
        what_to_do=DATES,
        broken=lambda t: (r for r in t.episodes if r.ends_on and r.ends_on < r.starts_on),
    ),
    Rule(
        number="385",
        table=EPISODES,
        column="DEC",
        problem="The episode ends after the end of the collection year",
        what_to_do="Check the date, and the collection year",
        broken=lambda t: (r for r in t.episodes if r.ends_on and r.ends_on > t.year_ends_on),
    ),
    Rule(
        number="392b",
        table=EPISODES,
        column="PL_POST",
        problem="The child is looked after, and the home or the placement postcode is blank",
        what_to_do="Fill in HOME_POST and PL_POST if they are known",
        broken=without_postcodes,
    ),
    Rule(
        number="445",
        table=EPISODES,
        column="LS",
        problem="Freeing orders (D1) could no longer be granted when this episode began",
        what_to_do=AT_THE_SOURCE,
        broken=lambda t: (
            r for r in t.episodes if r.legal_status == "D1" and r.starts_on > LAST_FREEING_ORDER
        ),
    ),
    Rule(
        number="446",
        table=EPISODES,
        column="LS",
        problem="Placement orders (E1) could not yet be granted when this episode began",
        what_to_do=AT_THE_SOURCE,
        broken=lambda t: (
            r for r in t.episodes if r.legal_status == "E1" and r.starts_on < FIRST_PLACEMENT_ORDER
        ),
    ),
    Rule(
        number="501",
        table=EPISODES,
        column="DECOM",
        problem="The episode begins before the one before it ends",
        what_to_do="Check DEC of the earlier episode and DECOM of this one",
        broken=started_before_the_last_ended,
    ),
    Rule(
        number="526",
        table=EPISODES,
        column="PLACE_PROVIDER",
        problem="The placement has no provider",
        what_to_do="Fill in PLACE_PROVIDER",
        broken=lambda t: (
            r
            for r in t.episodes
            if not r.provider and r.placement not in PLACEMENTS_WITHOUT_PROVIDER
        ),
    ),
)

MISSING_RULES = (
    Rule(
        number="567",
        table=MISSING_EPISODES,
        column="MIS_END",
        problem="The absence ends before it begins",
        what_to_do=DATES,
        broken=lambda t: (r for r in t.missing if r.ends_on and r.ends_on < r.starts_on),
    ),
    Rule(
        number="570",
        table=MISSING_EPISODES,
        column="MIS_START",
        problem="The absence begins after the end of the collection year",
        what_to_do="Check the date, and the collection year",
        broken=lambda t: (r for r in t.missing if r.starts_on > t.year_ends_on),
    ),
    Rule(
        number="571",
        table=MISSING_EPISODES,
        column="MIS_END",
        problem="The absence ends outside the collection year",
        what_to_do="Check the date, and the collection year",
        broken=lambda t: (
            r
            for r in t.missing
            if r.ends_on and not t.year_starts_on <= r.ends_on <= t.year_ends_on
        ),
    ),
    Rule(
        number="574",
        table=MISSING_EPISODES,
        column="MIS_START",
        problem="Two absences of this child overlap, or one began while another was open",
        what_to_do="Find out which dates are right; both absences are kept until then",
        broken=overlapping_absences,
    ),
    Rule(
        number="575",
        table=MISSING_EPISODES,
        column="MIS_END",
        problem="The placement the child went missing from has ended, and the absence has no end",
        what_to_do="Fill in MIS_END, or tell the responsible social worker at once",
        broken=open_though_the_placement_ended,
    ),
    Rule(
        number="577",
        table=MISSING_EPISODES,
        column="MIS_END",
        problem="The child is no longer looked after, and the absence has no end",
        what_to_do="Fill in MIS_END, or tell the responsible social worker at once",
        broken=open_though_care_ended,
    ),
    Rule(
        number="578",
        table=MISSING_EPISODES,
        column="MIS_START",
        problem="The absence begins after the child ceased to be looked after",
        what_to_do="Check the date against the episodes of care",
        broken=lambda t: (row for row, ended in outside_care(t) if ended),
    ),
    Rule(
        number="581",
        table=MISSING_EPISODES,
        column="MIS_START",
        problem="The absence begins before the child began to be looked after",
        what_to_do="Check the date against the episodes of care",
        broken=lambda t: (row for row, ended in outside_care(t) if not ended),
    ),
    Rule(
        number="586",
        table=MISSING_EPISODES,
        column="MIS_START",
        problem="The absence begins on or before the day the child was born",
        what_to_do=DATES,
        broken=lambda t: (r for r in t.missing if r.starts_on <= r.born_on),
    ),
    Rule(
        number="",
        table=MISSING_EPISODES,
        column="CHILD",
        problem="The child has an absence and no episode of care",
        what_to_do="See whether the episodes table is complete",
        broken=without_care,
    ),
    Rule(
        number="",
        table=MISSING_EPISODES,
        column="DOB",
        problem="The date of birth is not the one in the header table",
        what_to_do="Check that both rows are about the same child",
        broken=lambda t: born_otherwise(t, t.missing),
    ),
)

HEALTH_RULES = (
    Rule(
        number="197a",
        table=HEALTH,
        column="SDQ_REASON",
        problem="A score is given, and a reason for having none as well",
        what_to_do="Keep the one that is right",
        broken=lambda t: (r for r in t.health if r.sdq_score is not None and r.sdq_reason),
    ),
    Rule(
        number="192",
        table=HEALTH,
        column="INTERVENTION_RECEIVED",
        problem="Substance misuse is recorded, and whether help was received is blank",
        what_to_do="Fill in INTERVENTION_RECEIVED",
        broken=lambda t: (
            r for r in t.health if r.substance_misuse == "1" and not r.intervention_received
        ),
    ),
    Rule(
        number="193",
        table=HEALTH,
        column="INTERVENTION_RECEIVED",
        problem="No substance misuse is recorded, and help with it is",
        what_to_do="Check the three columns on substance misuse",
        broken=lambda t: (
            r
            for r in t.health
            if r.substance_misuse == "0" and (r.intervention_received or r.intervention_offered)
        ),
    ),
    Rule(
        number="158",
        table=HEALTH,
        column="INTERVENTION_OFFERED",
        problem="Help was received; whether it was offered should then be blank",
        what_to_do="Leave INTERVENTION_OFFERED blank",
        broken=lambda t: (
            r for r in t.health if r.intervention_received == "1" and r.intervention_offered
        ),
    ),
    Rule(
        number="159",
        table=HEALTH,
        column="INTERVENTION_OFFERED",
        problem="Help was not received, and whether it was offered is blank",
        what_to_do="Fill in INTERVENTION_OFFERED",
        broken=lambda t: (
            r for r in t.health if r.intervention_received == "0" and not r.intervention_offered
        ),
    ),
    Rule(
        number="",
        table=HEALTH,
        column="DOB",
        problem="The date of birth is not the one in the header table",
        what_to_do="Check that both rows are about the same child",
        broken=lambda t: born_otherwise(t, t.health),
    ),
)

UASC_RULES = (
    Rule(
        number="304",
        table=UASC,
        column="DUC",
        problem="The status ends after the child's 18th birthday",
        what_to_do=DATES,
        broken=lambda t: (
            r
            for r in t.uasc
            if r.status_ceases_on and r.status_ceases_on > birthday(r.born_on, ADULT)
        ),
    ),
    Rule(
        number="104",
        table=UASC,
        column="DUC",
        problem="The status ended before the collection year began",
        what_to_do="See whether the row belongs to an earlier year",
        broken=lambda t: (
            r for r in t.uasc if r.status_ceases_on and r.status_ceases_on < t.year_starts_on
        ),
    ),
    Rule(
        number="",
        table=UASC,
        column="SEX",
        problem="The sex is not the one in the header table",
        what_to_do="Check that both rows are about the same child",
        broken=lambda t: (
            r for r in t.uasc if r.child in t.children and t.children[r.child].sex != r.sex
        ),
    ),
    Rule(
        number="",
        table=UASC,
        column="DOB",
        problem="The date of birth is not the one in the header table",
        what_to_do="Check that both rows are about the same child",
        broken=lambda t: born_otherwise(t, t.uasc),
    ),
)

REVIEW_RULES = (
    Rule(
        number="440",
        table=REVIEWS,
        column="REVIEW_CODE",
        problem="The code says the child was under four at the review; the dates say four or over",
        what_to_do="Use the code for how the child took part",
        broken=lambda t: review_age(t, takes_part=False),
    ),
    Rule(
        number="441",
        table=REVIEWS,
        column="REVIEW_CODE",
        problem="The code says how the child took part; the dates say the child was under four",
        what_to_do="Use PN0, or check the dates",
        broken=lambda t: review_age(t, takes_part=True),
    ),
    Rule(
        number="",
        table=REVIEWS,
        column="REVIEW",
        problem="The review is dated after the end of the collection year",
        what_to_do="Check the date: a return holds reviews that were held",
        broken=lambda t: (r for r in t.reviews if r.held_on > t.year_ends_on),
    ),
    Rule(
        number="",
        table=REVIEWS,
        column="DOB",
        problem="The date of birth is not the one in the header table",
        what_to_do="Check that both rows are about the same child",
        broken=lambda t: born_otherwise(t, t.reviews),
    ),
)

RULES = (
    *HEADER_RULES,
    *EPISODE_RULES,
    *MISSING_RULES,
    *HEALTH_RULES,
    *UASC_RULES,
    *REVIEW_RULES,
)
