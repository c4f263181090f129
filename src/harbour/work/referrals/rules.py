"""When a concern must be screened, what its reference looks like, what a referrer may be told."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from harbour.foundation.agencies.vocabulary import AgencyKind
from harbour.foundation.kernel.working_days import add_working_days
from harbour.work.referrals.vocabulary import Concern, Decision, LocalSource, Source

# Working Together to Safeguard Children: a decision on a referral within one working day.
SCREENING_WORKING_DAYS = 1

# How often one address may begin and send the public form: hours, and how often in them. A school
# or a surgery speaks from one address, so the limits are wide; a machine meets them in a minute.
PUBLIC_LIMITS = {"begin": {1: 40, 24: 150}, "send": {1: 12, 24: 50}}

# No vowels, so that no word appears; none of the signs that are read for one another (0 O, 1 I L).
REFERENCE_SIGNS = "BCDFGHJKMNPQRSTVWXZ23456789"
REFERENCE_SHAPE = re.compile(rf"HB-[{REFERENCE_SIGNS}]{{4}}-[{REFERENCE_SIGNS}]{{4}}")

# "12 Alder Road", "4a High St": a house number before the name of a street; "Flat 3" is not.
HOUSE_AND_STREET = re.compile(r"(?<!\d)\d+[a-z]?\s+\w+", re.IGNORECASE)

# The census has no code of its own for youth justice (a service of the authority) or for a home.
SOURCE_OF_AGENCY = {
    AgencyKind.AUTHORITY: (Source.SOCIAL_CARE, LocalSource.NONE),
    AgencyKind.POLICE: (Source.POLICE, LocalSource.NONE),
    AgencyKind.HEALTH: (Source.OTHER_HEALTH, LocalSource.NONE),
    AgencyKind.EDUCATION: (Source.SCHOOL, LocalSource.EDUCATION),
    AgencyKind.YOUTH_JUSTICE: (Source.AUTHORITY_OTHER, LocalSource.YOUTH_OFFENDING),
    AgencyKind.VOLUNTARY: (Source.OTHER, LocalSource.VOLUNTARY),
    AgencyKind.HOME: (Source.OTHER, LocalSource.CHILDRENS_HOME),
    AgencyKind.HUB: (Source.AUTHORITY_OTHER, LocalSource.NONE),
}
EDUCATION_SOURCES = frozenset({Source.SCHOOL, Source.EDUCATION})

THANKS = "Thank you for telling us."
AGAIN = "If you become worried again, tell us again."
PRIVATE = "We cannot tell you more, because what we know about a child is private."
# What a referrer may be told: never what is known, about whom, or who else is involved.
FEEDBACK = {
    Decision.ADVICE: (
        THANKS,
        "A social worker has read what you said and has given advice.",
        AGAIN,
    ),
    Decision.NO_FURTHER_ACTION: (
        THANKS,
        "A social worker has read what you said.",
        "We keep it, so that it counts if anything more comes to light.",
        AGAIN,
    ),
    Decision.EARLY_HELP: (
        THANKS,
        "A social worker has read what you said and help will be offered.",
        PRIVATE,
    ),
    Decision.EXISTING_WORKER: (
        THANKS,
        "What you said has been read and has reached the right person.",
        PRIVATE,
    ),
    Decision.DAILY_MEETING: (
        THANKS,
        "What you said has been read, and services that protect children are looking at it.",
        PRIVATE,
    ),
}


def screening_due_on(*, received_on: date) -> date:
    """Return the day by whose end somebody must have decided what happens."""
    return add_working_days(received_on, SCREENING_WORKING_DAYS)


def is_late(*, due_on: date, day: date) -> bool:
    """Say whether a decision on this day comes after the day it was due."""
    return day > due_on


def reference_from(entropy: int) -> str:
    """Return a reference like HB-7KQM-X4TD out of a large random number."""
    signs = []
    for _ in range(8):
        entropy, place = divmod(entropy, len(REFERENCE_SIGNS))
        signs.append(REFERENCE_SIGNS[place])
    return f"HB-{''.join(signs[:4])}-{''.join(signs[4:])}"


def group_key(name: str) -> str:
    """Return what tells whether two people named the same group or line: letters and digits."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = re.findall(r"[a-z0-9]+", bare)
    return "".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def source_of_agency(kind: str) -> tuple[Source, LocalSource]:
    """Return the census source and the local sub-source of a referral from such an agency."""
    try:
        return SOURCE_OF_AGENCY[AgencyKind(kind)]
    except ValueError:
        return Source.UNKNOWN, LocalSource.NONE


def local_source_of(source: str) -> LocalSource:
    """Return the local sub-source that follows from the census source alone."""
    return LocalSource.EDUCATION if source in EDUCATION_SOURCES else LocalSource.NONE


def feedback_sentence(decision: str) -> str:
    """Return the sentence that may be told to whoever sent the concern."""
    return " ".join(FEEDBACK[Decision(decision)])


def concern_labels(concerns: Iterable[str]) -> tuple[str, ...]:
    """Return the concern types in the order of the list, in words."""
    named = set(concerns)
    return tuple(str(each.label) for each in Concern if each in named)


def street_and_locality(address: str) -> tuple[str, str]:
    """Return the street with its number, and what follows it, of an address typed in one piece."""
    parts = [part.strip() for part in re.split(r"[,\n]", address) if part.strip()]
    for last, part in enumerate(parts):
        if HOUSE_AND_STREET.match(part):
            return " ".join(parts[: last + 1]), " ".join(parts[last + 1 : last + 2])
    return " ".join(parts[:1]), " ".join(parts[1:2])


def age_in_words(said: str) -> int | None:
    """Return the age in what a referrer said ("about 14", "between 13 and 15": the middle)."""
    found = [int(number) for number in re.findall(r"\b\d{1,2}\b", said)]
    return sum(found) // len(found) if found else None
