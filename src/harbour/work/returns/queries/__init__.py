"""Read what followed an interview, what was named, and who keeps being missing together."""

from harbour.work.returns.queries.following import (
    InterviewFile,
    interview_file,
    returned_to,
    state_of,
    states_of,
    teams_for,
    to_acknowledge,
    to_review,
    told,
)
from harbour.work.returns.queries.naming import named, to_judge
from harbour.work.returns.queries.together import (
    PlaceLine,
    companions_of,
    pairs,
    places,
    places_of,
)

__all__ = [
    "InterviewFile",
    "PlaceLine",
    "companions_of",
    "interview_file",
    "named",
    "pairs",
    "places",
    "places_of",
    "returned_to",
    "state_of",
    "states_of",
    "teams_for",
    "to_acknowledge",
    "to_judge",
    "to_review",
    "told",
]
