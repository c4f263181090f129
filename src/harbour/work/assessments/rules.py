"""What a tool's answers come to, and why; what is missing before a person can judge."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from harbour.work.assessments.vocabulary import Answer, IndicatorType, Recency

type Definition = Mapping[str, Any]
type Answers = Mapping[str, Mapping[str, str]]

SEEN = frozenset({Answer.YES.value, Answer.POSSIBLE.value})


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One thing a tool asks about."""

    code: str
    type: str
    text: str
    help: str

    @property
    def is_dated(self) -> bool:
        """Say whether it matters when it was last seen: a circumstance has no such day."""
        return self.type != IndicatorType.VULNERABILITY


@dataclass(frozen=True, kw_only=True)
class Group:
    """Indicators that stand together."""

    title: str
    lede: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, kw_only=True)
class Reason:
    """What one answer adds to the score."""

    code: str
    text: str
    points: int
    because: str


@dataclass(frozen=True, kw_only=True)
class Score:
    """A number, the band it falls into, and every reason for both."""

    total: int
    band: str
    band_label: str
    reasons: tuple[Reason, ...]
    lifted: str = ""


def groups(definition: Definition) -> tuple[Group, ...]:
    """Return the groups of a definition with their indicators."""
    return tuple(
        Group(
            title=each["title"],
            lede=each.get("lede", ""),
            indicators=tuple(
                Indicator(
                    code=one["code"], type=one["type"], text=one["text"], help=one.get("help", "")
                )
                for one in each["indicators"]
            ),
        )
        for each in definition["groups"]
    )


def indicators(definition: Definition) -> tuple[Indicator, ...]:
    """Return every indicator of a definition, in order."""
    return tuple(one for each in groups(definition) for one in each.indicators)


def score(definition: Definition, answers: Answers, *, age: int | None = None) -> Score:
    """Return the score of answers, with the reason for every point.

    A tool counts; it does not decide. The score never grades a child and never closes a case.
    """
    reasons = tuple(
        _reason(definition, each, answers.get(each.code, {})) for each in indicators(definition)
    )
    reasons = tuple(each for each in reasons if each.points)
    total = sum(each.points for each in reasons)
    band = _band_of(definition, total)
    lifted = _lift(definition, answers, age)
    if lifted and _rank(definition, lifted["band"]) > _rank(definition, band["code"]):
        raised = next(each for each in definition["bands"] if each["code"] == lifted["band"])
        return Score(
            total=total,
            band=raised["code"],
            band_label=raised["label"],
            reasons=reasons,
            lifted=lifted["because"],
        )
    return Score(total=total, band=band["code"], band_label=band["label"], reasons=reasons)


def _reason(definition: Definition, indicator: Indicator, given: Mapping[str, str]) -> Reason:
    points, because = _points(definition["scoring"][indicator.type], indicator, given)
    return Reason(code=indicator.code, text=indicator.text, points=points, because=because)


def _points(
    weights: Mapping[str, int], indicator: Indicator, given: Mapping[str, str]
) -> tuple[int, str]:
    answer = given.get("answer", "")
    if answer == Answer.POSSIBLE:
        return weights["possible"], "possible"
    if answer != Answer.YES:
        return 0, ""
    if not indicator.is_dated:
        return weights["yes"], "yes"
    when = given.get("when", "")
    if when == Recency.BOTH:
        return weights["recent"] + weights["earlier"], str(Recency.BOTH.label).lower()
    if when in weights and when in Recency.values:
        return weights[when], str(Recency(when).label).lower()
    return 0, ""


def _band_of(definition: Definition, total: int) -> Mapping[str, Any]:
    reached = [each for each in definition["bands"] if total >= each["from"]]
    found: Mapping[str, Any] = reached[-1]
    return found


def _rank(definition: Definition, code: str) -> int:
    return [each["code"] for each in definition["bands"]].index(code)


def _lift(definition: Definition, answers: Answers, age: int | None) -> Mapping[str, Any] | None:
    """Return the rule that lifts this child's band whatever the sum, if one does."""
    types = {
        each.type
        for each in indicators(definition)
        if answers.get(each.code, {}).get("answer") in SEEN
    }
    for rule in definition.get("floors", ()):
        if rule["if_any"] in types and age is not None and age < rule["age_under"]:
            found: Mapping[str, Any] = rule
            return found
    return None


def missing(definition: Definition, answers: Answers) -> dict[str, str]:
    """Return what is still to be answered before a person can judge: field, sentence."""
    found: dict[str, str] = {}
    for each in indicators(definition):
        given = answers.get(each.code, {})
        answer = given.get("answer", "")
        if answer not in Answer.values:
            found[f"{each.code}_answer"] = f"Select an answer: {each.text}"
            continue
        if answer not in SEEN:
            continue
        if not given.get("evidence", "").strip():
            found[f"{each.code}_evidence"] = f"Enter what this rests on: {each.text}"
        if each.is_dated and answer == Answer.YES and given.get("when") not in Recency.values:
            found[f"{each.code}_when"] = f"Select when it was last seen: {each.text}"
    return found


def answered(definition: Definition, answers: Answers) -> tuple[int, int]:
    """Return how many indicators are answered, of how many."""
    codes = [each.code for each in indicators(definition)]
    done = sum(answers.get(code, {}).get("answer") in Answer.values for code in codes)
    return done, len(codes)


def differs(*, judgement: str, band: str) -> bool:
    """Say whether a person judges otherwise than the score counts."""
    return bool(judgement) and judgement != band


def faults(definition: Definition) -> list[str]:
    """Return a sentence for everything that is wrong with a tool's definition."""
    return list(_faults(definition))


def _faults(definition: Definition) -> Iterator[str]:
    for key in ("code", "number", "title", "purpose", "groups", "bands", "scoring", "windows"):
        if not definition.get(key):
            yield f"The definition has no {key}."
            return
    codes = [each.code for each in indicators(definition)]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"Two indicators are called {code}."
    for each in indicators(definition):
        if each.type not in IndicatorType.values:
            yield f"The indicator {each.code} is of no known type."
    starts = [each["from"] for each in definition["bands"]]
    if starts[0] != 0 or starts != sorted(set(starts)):
        yield "The bands must begin at 0 and go up."
    bands = {each["code"] for each in definition["bands"]}
    for rule in definition.get("floors", ()):
        if rule["band"] not in bands:
            yield f"The floor {rule['band']} is no band of this tool."
