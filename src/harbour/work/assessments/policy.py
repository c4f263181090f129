"""Who may complete a tool about a child, and what its state allows."""

from uuid import UUID

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.kernel.refusals import Refused, permits
from harbour.record.people import queries as people
from harbour.work.assessments import rules
from harbour.work.assessments.models import Assessment


def check_can_assess(reader: Reader, person_id: UUID) -> None:
    """Refuse unless the reader completes tools and may write in this child's assessments."""
    access.check_may(reader, Permission.ASSESSMENT_COMPLETE)
    if not people.may_write(reader, person_id, Facet.ASSESSMENT):
        raise Refused("You may read about this child, but not write assessments.")


def check_can_edit(reader: Reader, assessment: Assessment) -> None:
    """Refuse to change what was completed: a later view is a new assessment."""
    check_can_assess(reader, assessment.person_id)
    if assessment.completed_at is not None:
        raise Refused("This assessment is complete. If things have changed, start a new one.")


def check_can_complete(reader: Reader, assessment: Assessment) -> None:
    """Refuse a judgement before every question has an answer."""
    check_can_edit(reader, assessment)
    definition = assessment.version_used.definition
    left = rules.missing(definition, assessment.answers)
    if left:
        raise Refused(f"{len(left)} answers are missing before anybody can judge.")


can_assess = permits(check_can_assess)
can_edit = permits(check_can_edit)
can_complete = permits(check_can_complete)
