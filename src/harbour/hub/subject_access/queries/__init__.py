"""Read requests, and everything that is held of a person as passages of text."""

from harbour.hub.subject_access.queries.gathering import (
    GIVEN,
    NOT_GIVEN,
    known_of,
    not_in_text,
    passages,
)
from harbour.hub.subject_access.queries.requests import (
    Standing,
    desk,
    open_proposal,
    proposed,
    release_of,
    released,
    request,
    running,
    standing,
)

__all__ = [
    "GIVEN",
    "NOT_GIVEN",
    "Standing",
    "desk",
    "known_of",
    "not_in_text",
    "open_proposal",
    "passages",
    "proposed",
    "release_of",
    "released",
    "request",
    "running",
    "standing",
]
