"""Answer an alert: the only writer but the database itself."""

from datetime import datetime

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.breadth import policy
from harbour.foundation.audit.breadth.models import GOES_ON_FOR, Alert
from harbour.foundation.audit.vocabulary import Act, Answer
from harbour.foundation.kernel.refusals import Refused


@transaction.atomic
def answer(*, alert: Alert, answer: Answer, note: str, by: Reader, at: datetime) -> None:
    """Say what was found; and, for an hour, that the person may go on."""
    policy.check_can_answer(by, alert, note)
    changed = Alert.objects.filter(pk=alert.pk, answer="").update(
        answer=answer,
        answered_at=at,
        answered_by_id=by.user_id,
        note=note.strip(),
        until=at + GOES_ON_FOR if answer is Answer.GO_ON else None,
    )
    if not changed:
        raise Refused("Somebody else answered this already.")
    audit.record(
        Act.APPROVE,
        "audit.breadth_answered",
        about=alert,
        reason=note.strip(),
        by=by,
        at=at,
        detail={"answer": answer.value, "person": str(alert.user_id)},
    )
