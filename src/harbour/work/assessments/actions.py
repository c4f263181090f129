"""Publish tools, and write assessments. The only writers of this room."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import update_versioned
from harbour.work.assessments import policy, queries, rules
from harbour.work.assessments.models import Assessment, Tool, ToolVersion
from harbour.work.assessments.vocabulary import Judgement


@transaction.atomic
def publish_tools(tools: type[Tool] = Tool, versions: type[ToolVersion] = ToolVersion) -> list[str]:
    """Write the tools that the database does not have yet. Run as the migration role.

    A published version is never changed: an assessment rests on it. A migration hands in its own
    picture of the two tables.
    """
    published: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE harbour_sec_owner")
    for each in queries.definitions():
        faults = rules.faults(each)
        if faults:
            raise ValueError(f"{each.get('code')}: {' '.join(faults)}")
        tool, _ = tools.objects.get_or_create(
            code=each["code"], defaults={"title": each["title"], "purpose": each["purpose"]}
        )
        _, is_new = versions.objects.get_or_create(
            tool=tool,
            number=each["number"],
            defaults={
                "published_on": date.fromisoformat(each["published_on"]),
                "definition": each,
            },
        )
        if is_new:
            published.append(f"{each['code']} {each['number']}")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE harbour_owner")
    return published


@transaction.atomic
def start(
    *,
    person_id: UUID,
    versions: Sequence[ToolVersion],
    by: Reader,
    at: datetime,
    referral_id: UUID | None = None,
) -> list[Assessment]:
    """Open a draft for each tool; two tools opened together are paired."""
    policy.check_can_assess(by, person_id)
    if not versions:
        raise Refused("Choose at least one tool.")
    made: list[Assessment] = []
    for version in versions:
        assessment = Assessment(
            person_id=person_id,
            version_used=version,
            referral_id=referral_id,
            paired_with=made[0] if made else None,
            recorded_at=at,
            recorded_by_id=by.user_id,
        )
        assessment.save(force_insert=True)
        made.append(assessment)
        audit.record(
            Act.COLLECT,
            "assessments.started",
            subjects=[person_id],
            groups=["assessment"],
            about=assessment,
            detail={"tool": version.tool.code, "version": version.number},
            by=by,
            at=at,
        )
    return made


@transaction.atomic
def save_draft(
    *,
    assessment: Assessment,
    seen_version: int,
    answers: dict[str, dict[str, str]],
    by: Reader,
    at: datetime,
) -> None:
    """Keep the answers so far; raise `Conflict` with both texts if somebody else was quicker."""
    policy.check_can_edit(by, assessment)
    update_versioned(assessment, seen_version=seen_version, answers=answers)
    done, whole = rules.answered(assessment.version_used.definition, answers)
    audit.record(
        Act.ALTER,
        "assessments.draft_saved",
        subjects=[assessment.person_id],
        groups=["assessment"],
        about=assessment,
        detail={"answered": done, "of": whole},
        by=by,
        at=at,
    )


@transaction.atomic
def complete(
    *,
    assessment: Assessment,
    seen_version: int,
    judgement: Judgement,
    reason: str,
    by: Reader,
    at: datetime,
) -> None:
    """Record what a person judges, with the reason, beside what the answers come to."""
    policy.check_can_complete(by, assessment)
    if not reason.strip():
        raise Refused("Say why you judge this. The reason is part of the judgement.")
    found = rules.score(
        assessment.version_used.definition,
        assessment.answers,
        age=queries.age_at(assessment, at=at),
    )
    update_versioned(
        assessment,
        seen_version=seen_version,
        score=found.total,
        score_band=found.band,
        judgement=judgement,
        judgement_reason=reason.strip(),
        completed_at=at,
        completed_by_id=by.user_id,
    )
    audit.record(
        Act.ALTER,
        "assessments.completed",
        subjects=[assessment.person_id],
        groups=["assessment"],
        about=assessment,
        detail={
            "judgement": str(judgement),
            "differs": rules.differs(judgement=judgement, band=found.band),
        },
        by=by,
        at=at,
    )
