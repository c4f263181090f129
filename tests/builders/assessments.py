"""Small builders of tools that were completed about a child."""

from datetime import datetime
from uuid import UUID

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.work.assessments import actions, queries, rules
from harbour.work.assessments.models import Assessment
from harbour.work.assessments.rules import Definition
from harbour.work.assessments.vocabulary import Answer, Judgement, Recency


def answers_to(definition: Definition, **seen: Recency) -> dict[str, dict[str, str]]:
    """Return an answer to every indicator: seen where named, with a time; else no."""
    answers: dict[str, dict[str, str]] = {}
    for each in rules.indicators(definition):
        when = seen.get(each.code)
        if when is None:
            answers[each.code] = {"answer": Answer.NO.value}
        else:
            answers[each.code] = {
                "answer": Answer.YES.value,
                "when": str(when) if each.is_dated else "",
                "evidence": "Seen by the school nurse on Tuesday.",
            }
    return answers


def some_drafts(by: Reader, person_id: UUID, *codes: str) -> list[Assessment]:
    """Start the named tools together."""
    versions = [each for each in queries.newest_versions() if each.tool.code in codes]
    versions.sort(key=lambda each: codes.index(each.tool.code))
    return actions.start(person_id=person_id, versions=versions, by=by, at=clock.now())


def an_assessment(
    by: Reader,
    person_id: UUID,
    code: str = "cse_rat",
    judgement: Judgement = Judgement.LOW,
    *,
    at: datetime | None = None,
    **seen: Recency,
) -> Assessment:
    """Complete a tool about a child."""
    [draft] = some_drafts(by, person_id, code)
    completed(by, draft, judgement, at=at, **seen)
    return draft


def completed(
    by: Reader,
    draft: Assessment,
    judgement: Judgement = Judgement.LOW,
    *,
    at: datetime | None = None,
    **seen: Recency,
) -> None:
    """Answer every question of a draft and judge."""
    moment = at or clock.now()
    actions.save_draft(
        assessment=draft,
        seen_version=draft.version,
        answers=answers_to(draft.version_used.definition, **seen),
        by=by,
        at=moment,
    )
    actions.complete(
        assessment=draft,
        seen_version=draft.version,
        judgement=judgement,
        reason="One sign only, and the child talks to her teacher.",
        by=by,
        at=moment,
    )
