"""Read tools and assessments. The database filters by who asks."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import Any
from uuid import UUID

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.kernel.refusals import Missing
from harbour.record.people import rules as people_rules
from harbour.work.assessments.models import Assessment, ToolVersion
from harbour.work.assessments.vocabulary import JUDGEMENT_WORDS, Judgement

ROOM = "harbour.work.assessments"


@dataclass(frozen=True, kw_only=True)
class AssessmentLine:
    """An assessment of a child, for a list or a chronology."""

    id: UUID
    tool_code: str
    tool_title: str
    started_at: datetime
    started_by: str
    completed_at: datetime | None
    completed_by: str
    completed_by_id: UUID | None
    score: int | None
    score_label: str
    judgement: str
    judgement_label: str
    judgement_reason: str
    paired_with_id: UUID | None

    @property
    def is_draft(self) -> bool:
        """Say whether nobody has judged yet."""
        return self.completed_at is None


def definitions() -> Iterator[dict[str, Any]]:
    """Return every tool that this release brings, from the files of this room."""
    for file in sorted(resources.files(ROOM).joinpath("tools").iterdir(), key=lambda it: it.name):
        if file.name.endswith(".json"):
            yield json.loads(file.read_text("utf-8"))


def newest_versions() -> list[ToolVersion]:
    """Return the newest published version of each tool, by title."""
    found = ToolVersion.objects.select_related("tool").order_by("tool_id", "-number")
    return sorted(found.distinct("tool_id"), key=lambda each: each.tool.title)


def versions_named(ids: Iterable[UUID]) -> list[ToolVersion]:
    """Return these versions of tools, by title."""
    found = ToolVersion.objects.filter(pk__in=list(ids)).select_related("tool")
    return list(found.order_by("tool__title"))


def assessment(reader: Reader, assessment_id: UUID, *, at: datetime) -> Assessment:
    """Return an assessment and write that the reader looked at it; raise `Missing` if unseen."""
    found = assessment_to_change(reader, assessment_id)
    audit.record(
        Act.CONSULT,
        "assessments.seen",
        subjects=[found.person_id],
        groups=["assessment"],
        about=found,
        by=reader,
        at=at,
    )
    return found


def assessment_to_change(reader: Reader, assessment_id: UUID) -> Assessment:
    """Return an assessment for an act that writes its own ledger row; raise `Missing` if unseen."""
    del reader  # the database knows who asks
    found = (
        Assessment.objects.filter(pk=assessment_id)
        .select_related("version_used__tool", "person", "recorded_by", "completed_by")
        .first()
    )
    if found is None:
        raise Missing
    return found


def paired(found: Assessment) -> list[Assessment]:
    """Return the assessments that were opened together with this one."""
    first = found.paired_with_id or found.pk
    together = Assessment.objects.filter(person=found.person_id).filter(
        pk__in=[first]
    ) | Assessment.objects.filter(person=found.person_id, paired_with=first)
    together = together.exclude(pk=found.pk)
    return list(together.select_related("version_used__tool").order_by("recorded_at"))


def of_child(reader: Reader, person_id: UUID) -> list[AssessmentLine]:
    """Return a child's assessments, drafts included, the newest first.

    Whoever shows them writes the consultation: they are part of the child's page.
    """
    del reader  # the database knows who asks
    found = Assessment.objects.filter(person=person_id).select_related(
        "version_used__tool", "recorded_by", "completed_by"
    )
    return [_line(each) for each in found.order_by("-recorded_at", "-pk")]


def _line(found: Assessment) -> AssessmentLine:
    bands = {each["code"]: each["label"] for each in found.version_used.definition["bands"]}
    return AssessmentLine(
        id=found.pk,
        tool_code=found.version_used.tool.code,
        tool_title=found.version_used.tool.title,
        started_at=found.recorded_at,
        started_by=found.recorded_by.name,
        completed_at=found.completed_at,
        completed_by=found.completed_by.name if found.completed_by else "",
        completed_by_id=found.completed_by_id,
        score=found.score,
        score_label=bands.get(found.score_band, ""),
        judgement=found.judgement,
        judgement_label=JUDGEMENT_WORDS[Judgement(found.judgement)] if found.judgement else "",
        judgement_reason=found.judgement_reason,
        paired_with_id=found.paired_with_id,
    )


def age_at(assessment: Assessment, *, at: datetime) -> int | None:
    """Return how old the child is when the tool is completed."""
    person = assessment.person
    return people_rules.age_on(person.born_on, person.born_precision, london_date(at))
