"""Say what the columns of an extract mean."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from harbour.exchange.police_missing import policy, queries
from harbour.exchange.police_missing.models import ColumnMapping
from harbour.exchange.police_missing.rules import columns
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.refusals import Refused


@transaction.atomic
def say_columns(
    *, authority: Agency, names: Sequence[str], fields: Mapping[str, str], by: Reader, at: datetime
) -> ColumnMapping:
    """Write a new version of what the columns mean; the versions before it stay."""
    policy.check_can_map(by, authority)
    problem = columns.problem(fields, names)
    if problem:
        raise Refused(problem)
    layout = columns.layout(names)
    before = queries.mapping_for(authority, layout)
    said = {meaning: column for meaning, column in fields.items() if column}
    if before is not None and before.fields == said:
        return before
    mapping = ColumnMapping(
        authority=authority,
        layout=layout,
        number=before.number + 1 if before else 1,
        columns=list(names),
        fields=said,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    try:
        with transaction.atomic():
            mapping.save(force_insert=True)
    except IntegrityError as broken:
        raise Refused("Somebody else said a moment ago what these columns mean.") from broken
    audit.record(
        Act.COLLECT,
        "police_missing.columns_said",
        by=by,
        at=at,
        about=mapping,
        detail={"version": mapping.number, "columns": len(names)},
    )
    return mapping
