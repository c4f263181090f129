"""Absences that another system's file tells of: many at once, without a log and without news."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import bulk
from harbour.work.missing import policy, rules
from harbour.work.missing.models import Episode, ReturnInterview
from harbour.work.missing.vocabulary import Precision

BATCH = 1000
RETURN_FIELDS = ("returned", "returned_at", "returned_precision", "version")


@transaction.atomic
def take_in(
    *, new: Sequence[Episode], returned: Sequence[Episode], by: Reader, at: datetime
) -> None:
    """Write episodes as a file tells of them, and the returns of known ones.

    `new` are rows with everything but who recorded them; `returned` are stored rows with the fields
    of a return set. An interview is opened for each child who is back; its clock runs where the
    minute of the return is known. The caller writes the ledger's row for the whole file: an import
    is one deed.
    """
    policy.check_can_take_in(by)
    for each in new:
        each.recorded_at, each.recorded_by_id = at, by.user_id
    # One statement: the counts it keeps up to date are locked once, at its end.
    bulk.insert(new)
    Episode.objects.bulk_update(returned, RETURN_FIELDS, batch_size=BATCH)
    _open_interviews([each for each in (*new, *returned) if each.returned], by=by, at=at)


def _open_interviews(back: Iterable[Episode], *, by: Reader, at: datetime) -> None:
    back = list(back)
    known = ReturnInterview.objects.filter(episode__in=[each.pk for each in back])
    there = set(known.values_list("episode_id", flat=True))
    bulk.insert(
        [
            ReturnInterview(
                person_id=episode.person_id,
                episode=episode,
                due_at=_due(episode),
                recorded_at=at,
                recorded_by_id=by.user_id,
            )
            for episode in back
            if episode.pk not in there
        ]
    )


def _due(episode: Episode) -> datetime | None:
    if episode.returned_at is None or episode.returned_precision != Precision.MINUTE:
        return None
    return rules.return_interview_due(returned_at=episode.returned_at)
