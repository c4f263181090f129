"""A tool and its result as their pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import BoundField
from django.urls import NoReverseMatch, reverse

from harbour.foundation.ui import components as ui
from harbour.foundation.ui.components import Colour
from harbour.record.people.queries import ChildHeader
from harbour.work.assessments import rules
from harbour.work.assessments.forms import Judge, ToolForm
from harbour.work.assessments.models import Assessment
from harbour.work.assessments.rules import Answers, Definition, Indicator, Score
from harbour.work.assessments.vocabulary import (
    JUDGEMENT_WORDS,
    Answer,
    IndicatorType,
    Judgement,
    Recency,
)

TYPE_COLOURS = {
    IndicatorType.VULNERABILITY: Colour.GREY,
    IndicatorType.RISK: Colour.YELLOW,
    IndicatorType.HARM: Colour.RED,
}


@dataclass(frozen=True)
class Asked:
    """One indicator on the page: its kind, and the field that asks."""

    tag: ui.Tag
    field: BoundField


@dataclass(frozen=True)
class AskedGroup:
    """Indicators that stand together on the page."""

    title: str
    lede: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class FillPage:
    """A tool being filled in."""

    heading: str
    purpose: str
    child: str
    back: ui.Link
    form: ToolForm
    groups: tuple[AskedGroup, ...]
    progress: str
    pair: tuple[ui.Link, ...]


def child_words(child: ChildHeader) -> str:
    """Return who a tool is about, in a line."""
    return f"{child.name}, aged {child.age}" if child.age is not None else child.name


def back_to(child: ChildHeader) -> ui.Link:
    """Return the way back to the child's assessments."""
    try:
        return ui.Link(child.name, reverse("cases:assessments", args=(child.id,)))
    except NoReverseMatch:
        return ui.Link("Start", reverse("assessments:start", args=(child.id,)))


def fill_page(
    child: ChildHeader, assessment: Assessment, form: ToolForm, pair: Sequence[Assessment]
) -> FillPage:
    """Return the page of a tool with its indicators in groups."""
    definition = assessment.version_used.definition
    done, whole = rules.answered(definition, assessment.answers)
    return FillPage(
        heading=assessment.version_used.tool.title,
        purpose=assessment.version_used.tool.purpose,
        child=child_words(child),
        back=back_to(child),
        form=form,
        groups=tuple(
            AskedGroup(
                title=group.title,
                lede=group.lede,
                asked=tuple(
                    Asked(tag=_type_tag(each), field=form[f"{each.code}_answer"])
                    for each in group.indicators
                ),
            )
            for group in rules.groups(definition)
        ),
        progress=f"{done} of {whole} answered",
        pair=tuple(_pair_link(each) for each in pair),
    )


def _type_tag(indicator: Indicator) -> ui.Tag:
    kind = IndicatorType(indicator.type)
    return ui.Tag(str(kind.label), TYPE_COLOURS[kind])


def _pair_link(other: Assessment) -> ui.Link:
    return ui.Link(
        other.version_used.tool.title,
        reverse("assessments:assessment", args=(other.pk,)),
    )


@dataclass(frozen=True)
class JudgePage:
    """The score with its reasons, and the question what a person makes of it."""

    heading: str
    child: str
    back: str
    score: ui.SummaryList
    reasons: ui.Table
    lifted: str
    form: Judge


def judge_page(child: ChildHeader, assessment: Assessment, score: Score, form: Judge) -> JudgePage:
    """Return the page on which a person judges."""
    return JudgePage(
        heading="What do you judge?",
        child=child_words(child),
        back=reverse("assessments:fill", args=(assessment.pk,)),
        score=_score_list(score),
        reasons=_reasons(score),
        lifted=score.lifted,
        form=form,
    )


def _score_list(score: Score) -> ui.SummaryList:
    return ui.SummaryList(
        (ui.Row("Score", str(score.total)), ui.Row("The tool counts", score.band_label))
    )


def _reasons(score: Score) -> ui.Table:
    return ui.Table(
        caption="What the score is made of",
        columns=(ui.Column("Sign"), ui.Column("Seen"), ui.Column("Points")),
        rows=[(each.text, each.because, str(each.points)) for each in score.reasons],
        empty="No sign was seen, so the score is 0.",
        total=len(score.reasons),
        noun=("sign", "signs"),
    )


@dataclass(frozen=True)
class ViewPage:
    """An assessment, whole or still a draft."""

    heading: str
    child: str
    back: ui.Link
    tags: tuple[ui.Tag, ...]
    facts: ui.SummaryList
    differs: str
    judgement_reason: str
    reasons: ui.Table | None
    lifted: str
    answers: tuple[ui.SummaryList, ...]
    pair: tuple[ui.Link, ...]
    go_on: ui.Button | None


def view_page(
    child: ChildHeader, assessment: Assessment, pair: Sequence[Assessment], *, may_edit: bool
) -> ViewPage:
    """Return the page of an assessment."""
    definition = assessment.version_used.definition
    score = None
    if assessment.completed_at is not None:
        score = rules.score(definition, assessment.answers)
    return ViewPage(
        heading=assessment.version_used.tool.title,
        child=child_words(child),
        back=back_to(child),
        tags=_tags(assessment),
        facts=_facts(assessment),
        differs=_differs(assessment),
        judgement_reason=assessment.judgement_reason,
        reasons=_reasons(score) if score else None,
        lifted=_lifted(definition, assessment),
        answers=tuple(
            ui.SummaryList(
                tuple(_answer(each, assessment.answers) for each in group.indicators),
                title=group.title,
            )
            for group in rules.groups(definition)
        ),
        pair=tuple(_pair_link(each) for each in pair),
        go_on=ui.Button("Go on", href=reverse("assessments:fill", args=(assessment.pk,)))
        if may_edit
        else None,
    )


def _tags(assessment: Assessment) -> tuple[ui.Tag, ...]:
    if assessment.completed_at is None:
        return (ui.Tag("Draft", Colour.YELLOW),)
    return (ui.Tag("Complete", Colour.GREEN),)


def _band_label(assessment: Assessment) -> str:
    bands = assessment.version_used.definition["bands"]
    return next((each["label"] for each in bands if each["code"] == assessment.score_band), "")


def _facts(assessment: Assessment) -> ui.SummaryList:
    version = assessment.version_used
    rows = [
        ui.Row("Tool", f"{version.tool.title}, version {version.number}"),
        ui.Row("Started", (assessment.recorded_at, assessment.recorded_by.name)),
    ]
    if assessment.completed_at is not None and assessment.completed_by is not None:
        rows += [
            ui.Row("Completed", (assessment.completed_at, assessment.completed_by.name)),
            ui.Row("Judgement", JUDGEMENT_WORDS[Judgement(assessment.judgement)]),
            ui.Row("The tool counts", f"{assessment.score}: {_band_label(assessment)}"),
        ]
    return ui.SummaryList(tuple(rows))


def _differs(assessment: Assessment) -> str:
    if not rules.differs(judgement=assessment.judgement, band=assessment.score_band):
        return ""
    return "The judgement differs from the score. The reason stands below."


def _lifted(definition: Definition, assessment: Assessment) -> str:
    """Say why the band is higher than the sum, where it was when the tool was completed."""
    if assessment.completed_at is None:
        return ""
    plain = rules.score(definition, assessment.answers)
    if plain.band == assessment.score_band:
        return ""
    return next((each["because"] for each in definition.get("floors", ())), "")


def _answer(indicator: Indicator, answers: Answers) -> ui.Row:
    given = answers.get(indicator.code, {})
    if given.get("answer") not in Answer.values:
        return ui.Row(indicator.text, "Not answered")
    words: list[ui.Content] = [str(Answer(given["answer"]).label)]
    if given.get("when") in Recency.values:
        words.append(str(Recency(given["when"]).label))
    if given.get("evidence"):
        words.append(given["evidence"])
    return ui.Row(indicator.text, tuple(words))
