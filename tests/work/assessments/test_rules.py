"""What the tools' answers come to."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harbour.work.assessments import queries, rules
from harbour.work.assessments.vocabulary import Answer, IndicatorType, Recency

TOOLS: dict[str, dict[str, Any]] = {each["code"]: each for each in queries.definitions()}
CSE = TOOLS["cse_rat"]


def yes(when: str = "") -> dict[str, str]:
    return {"answer": "yes", "when": when, "evidence": "Seen on Tuesday."}


POSSIBLE = {"answer": "possible", "evidence": "Her friend thinks so."}


@pytest.mark.parametrize(
    ("answers", "total", "band"),
    [
        ({}, 0, "none"),
        ({"v_home": yes()}, 1, "none"),
        ({"v_home": POSSIBLE}, 0, "none"),
        ({"v_home": {"answer": "no"}, "r_cars": {"answer": "not_known"}}, 0, "none"),
        ({"r_cars": yes("recent")}, 2, "none"),
        ({"r_cars": yes("earlier")}, 1, "none"),
        ({"r_cars": yes("both")}, 3, "none"),
        ({"r_cars": yes("older")}, 0, "none"),
        ({"r_cars": POSSIBLE}, 1, "none"),
        ({"h_said": yes("recent")}, 5, "none"),
        ({"h_said": yes("both")}, 7, "low"),
        ({"h_said": yes("older")}, 1, "none"),
        ({"h_said": yes("recent"), "v_home": yes()}, 6, "low"),
        ({"h_said": yes("both"), "h_taken": yes("both")}, 14, "medium"),
        ({"h_said": yes("both"), "h_taken": yes("both"), "h_images": yes("recent"),
          "r_cars": yes("recent"), "r_gifts": yes("recent"), "v_home": yes()}, 24, "high"),
    ],
)  # fmt: skip
def test_the_score_counts_what_was_answered(
    answers: dict[str, dict[str, str]], total: int, band: str
) -> None:
    found = rules.score(CSE, answers)

    assert (found.total, found.band) == (total, band)


def test_every_point_has_its_reason() -> None:
    found = rules.score(CSE, {"r_cars": yes("both"), "v_home": yes(), "h_said": POSSIBLE})

    assert [(each.code, each.points, each.because) for each in found.reasons] == [
        ("v_home", 1, "yes"),
        ("r_cars", 3, "in both"),
        ("h_said", 2, "possible"),
    ]
    assert sum(each.points for each in found.reasons) == found.total


@pytest.mark.parametrize(("age", "band"), [(13, "high"), (14, "none"), (None, "none")])
def test_a_sign_of_harm_to_a_child_under_14_lifts_the_band_and_says_so(
    age: int | None, band: str
) -> None:
    found = rules.score(CSE, {"h_said": POSSIBLE}, age=age)

    assert found.band == band
    assert bool(found.lifted) is (band == "high")
    assert found.total == 2


def test_a_circumstance_alone_lifts_nothing() -> None:
    assert rules.score(CSE, {"v_home": yes()}, age=12).lifted == ""


def some_answers(definition: dict[str, Any]) -> st.SearchStrategy[dict[str, dict[str, str]]]:
    given_answer = st.fixed_dictionaries(
        {
            "answer": st.sampled_from(Answer.values),
            "when": st.sampled_from(["", *Recency.values]),
        }
    )
    codes = [each.code for each in rules.indicators(definition)]
    return st.dictionaries(st.sampled_from(codes), given_answer)


@given(some_answers(CSE), st.sampled_from([each.code for each in rules.indicators(CSE)]))
def test_one_more_sign_never_lowers_the_score(
    answers: dict[str, dict[str, str]], code: str
) -> None:
    without = {**answers, code: {"answer": "no"}}
    with_sign = {**answers, code: yes("recent")}

    assert rules.score(CSE, with_sign).total > rules.score(CSE, without).total


@pytest.mark.parametrize("definition", TOOLS.values(), ids=TOOLS.keys())
def test_a_published_definition_has_no_fault_and_every_kind_of_indicator(
    definition: dict[str, Any],
) -> None:
    assert rules.faults(definition) == []
    assert {each.type for each in rules.indicators(definition)} == set(IndicatorType.values)


@pytest.mark.parametrize("definition", TOOLS.values(), ids=TOOLS.keys())
def test_a_tool_never_blames_the_child(definition: dict[str, Any]) -> None:
    blaming = (
        "promiscuous", "prostitut", "lifestyle", "putting themselves at risk", "runner",
        "streetwise", "boyfriend", "absconded", "risk-taking", "attention seeking",
    )  # fmt: skip
    text = str(definition).lower()

    assert not [word for word in blaming if word in text]


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        ({"title": ""}, "The definition has no title."),
        ({"bands": [{"code": "low", "label": "Low", "from": 3}]}, "must begin at 0"),
        ({"groups": [*CSE["groups"], CSE["groups"][0]]}, "Two indicators are called"),
        (
            {"groups": [{"title": "", "indicators": [{"code": "x", "type": "?", "text": "X"}]}]},
            "The indicator x is of no known type.",
        ),
        (
            {"floors": [{"if_any": "harm", "age_under": 14, "band": "worst", "because": ""}]},
            "The floor worst is no band",
        ),
    ],
)
def test_a_broken_definition_is_named(broken: dict[str, Any], sentence: str) -> None:
    assert any(sentence in each for each in rules.faults({**CSE, **broken}))


def test_what_is_missing_before_a_judgement_is_named_field_by_field() -> None:
    answers = {each.code: {"answer": "no"} for each in rules.indicators(CSE)}
    assert rules.missing(CSE, answers) == {}

    del answers["v_home"]
    answers["v_loss"] = {"answer": "yes"}
    answers["r_cars"] = {"answer": "yes", "evidence": "Seen on Tuesday."}
    answers["r_gifts"] = {"answer": "possible"}

    assert set(rules.missing(CSE, answers)) == {
        "v_home_answer",
        "v_loss_evidence",
        "r_cars_when",
        "r_gifts_evidence",
    }
    assert rules.answered(CSE, answers) == (23, 24)


def test_a_judgement_may_differ_from_the_score() -> None:
    assert rules.differs(judgement="high", band="low")
    assert not rules.differs(judgement="low", band="low")
    assert not rules.differs(judgement="", band="low")
