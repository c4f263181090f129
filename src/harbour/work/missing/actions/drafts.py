"""Keep a report that is being written, for its author alone, until it is sent."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit.vocabulary import Act
from harbour.work.missing import policy, rules
from harbour.work.missing.actions.traces import audited
from harbour.work.missing.models import ReportDraft


@transaction.atomic
def begin_draft(*, person_id: UUID, by: Reader, at: datetime) -> ReportDraft:
    """Begin a report about a child; drafts of the reader that are a day old go."""
    policy.check_can_report(by, person_id)
    ReportDraft.objects.filter(user_id=by.user_id, begun_at__lt=at - rules.DRAFT_KEPT_FOR).delete()
    draft = ReportDraft(user_id=by.user_id, person_id=person_id, begun_at=at)
    draft.save(force_insert=True)
    audited("missing.report_begun", draft, act=Act.COLLECT, by=by, at=at)
    return draft


@transaction.atomic
def keep_step(
    *, draft: ReportDraft, step: str, answers: dict[str, list[str]], by: Reader, at: datetime
) -> None:
    """Keep the answers of one step as they were typed."""
    draft.answers = {**draft.answers, step: answers}
    draft.save(update_fields=["answers"])
    audited("missing.report_step_kept", draft, by=by, at=at, step=step)


@transaction.atomic
def drop_draft(*, draft: ReportDraft, by: Reader, at: datetime) -> None:
    """Forget a draft: its report was sent, or its author gave it up."""
    audited("missing.report_draft_dropped", draft, act=Act.ERASE, by=by, at=at)
    draft.delete()
