"""Figures of referrals, assessments and models of exploitation."""

from typing import Any

from harbour.insight.reporting.vocabulary.terms import (
    CHILD_BANDS,
    Count,
    Definition,
    Place,
    Share,
    Subject,
    Unit,
    Window,
    cell,
)
from harbour.work.cases.vocabulary import Model


def named() -> tuple[Definition, ...]:
    """Return the figures of referrals that name sexual exploitation."""
    exploitation = cell("exploitation_referrals", "referrals")
    boys = cell("exploitation_referrals", "referrals", sex="M")
    names = tuple((str(place), band.label) for place, band in enumerate(CHILD_BANDS, start=1))
    of_one = "referrals received by the authority's front door that name sexual exploitation"
    shared: dict[str, Any] = {"subject": Subject.REFERRALS, "window": Window.QUARTER}
    return (
        Definition(
            id="referrals.exploitation",
            title="Referrals for sexual exploitation",
            unit=Unit.REFERRALS,
            population=of_one,
            formula=Count(exploitation),
            definition="Referrals received in the quarter with sexual exploitation among their "
            "concerns, alone or with others.",
            **shared,
        ),
        *(
            Definition(
                id=f"referrals.exploitation.age_{word}",
                title=f"{label} age group of children referred for sexual exploitation",
                unit=Unit.AGE_BAND,
                population=of_one,
                formula=Place(
                    "exploitation_referrals", "referrals", "band", names, rank, "referrals"
                ),
                definition="Ages on the day the referral came, in the bands 0-9, 10-12, 13-14, "
                "15-16, 17 and 18 or over, "
                "by number of referrals.",
                **shared,
            )
            for rank, word, label in ((1, "first", "Largest"), (2, "second", "Second largest"))
        ),
        Definition(
            id="referrals.exploitation.boys",
            title="Referrals for sexual exploitation that are about boys, long term",
            unit=Unit.PERCENT,
            population=of_one,
            formula=Share(boys, exploitation, "referrals"),
            definition="Referrals that speak of a boy, of all that name sexual exploitation. "
            "Compare authorities only with "
            "the counts beside the percentages.",
            subject=Subject.REFERRALS,
            window=Window.LONG_TERM,
        ),
    )


def every() -> tuple[Definition, ...]:
    """Return the figures of referrals of every kind."""
    of_all = "referrals of every kind received by the authority's front door"
    counted = cell("screening", "referrals")
    shared: dict[str, Any] = {"subject": Subject.REFERRALS, "window": Window.QUARTER}
    return (
        Definition(
            id="referrals.all",
            title="Referrals of every kind",
            unit=Unit.REFERRALS,
            population=of_all,
            formula=Count(counted),
            definition="Referrals received in the quarter.",
            **shared,
        ),
        *(
            Definition(
                id=f"referrals.from_{word}",
                title=f"Referrals from {label}",
                unit=Unit.REFERRALS,
                population=of_all,
                formula=Count(cell("screening", "referrals", source=source)),
                definition=f"Referrals received in the quarter whose local source is {label}.",
                **shared,
            )
            for word, source, label in (
                ("youth_offending", "yos", "the Youth Offending Service"),
                ("education", "education", "education"),
            )
        ),
        Definition(
            id="referrals.in_time",
            title="Referrals screened within one working day",
            unit=Unit.PERCENT,
            population=of_all,
            formula=Share(cell("screening", "in_time"), counted, "referrals"),
            definition="Referrals decided by the end of the next working day, of all received "
            "in the quarter.",
            **shared,
        ),
        Definition(
            id="referrals.to_meeting",
            title="Referrals taken to the daily meeting",
            unit=Unit.PERCENT,
            population=of_all,
            formula=Share(cell("screening", "to_meeting"), counted, "referrals"),
            definition="Referrals that screening sent to the daily meeting, of all received in "
            "the quarter: the "
            "conversion that tells more volume from more need.",
            **shared,
        ),
    )


def exploitation() -> tuple[Definition, ...]:
    of_tools = "assessments of children the authority is responsible for or hosts"
    of_models = "children in whose case a model was first seen in the quarter"
    shared: dict[str, Any] = {"subject": Subject.EXPLOITATION, "window": Window.QUARTER}
    names = tuple((each.value, each.value) for each in Model)
    cases = cell("models", "cases")
    return (
        Definition(
            id="assessments.exploitation",
            title="Sexual-exploitation assessments completed",
            unit=Unit.ASSESSMENTS,
            population=of_tools,
            formula=Count(cell("assessments", "exploitation")),
            definition="Sexual-exploitation risk assessment tools completed in the quarter.",
            **shared,
        ),
        Definition(
            id="assessments.pairs",
            title="Sexual-exploitation assessments received with a gang assessment",
            unit=Unit.ASSESSMENTS,
            population=of_tools,
            formula=Count(cell("assessments", "pairs")),
            definition="Pairs of the two tools completed together for one child; a pair counts "
            "when its later tool was "
            "completed.",
            **shared,
        ),
        Definition(
            id="models.cases",
            title="Cases with a model of exploitation",
            unit=Unit.CASES,
            population=of_models,
            formula=Count(cases),
            definition="Children in whose case at least one model was first seen in the quarter.",
            **shared,
        ),
        *(
            Definition(
                id=f"models.{word}",
                title=f"{label} common model of exploitation",
                unit=Unit.MODEL,
                population=of_models,
                formula=Place("models", "cases", "model", names, rank, "cases"),
                definition="Models by number of children; one child's case may show several, so "
                "they do not add up.",
                **shared,
            )
            for rank, word, label in ((1, "first", "Most"), (2, "second", "Second most"))
        ),
        Definition(
            id="models.group",
            title="Cases linked to the group model",
            unit=Unit.CASES,
            population=of_models,
            formula=Count(cell("models", "cases", model=Model.GROUP)),
            definition="Children in whose case the group model was first seen in the quarter.",
            **shared,
        ),
    )
