"""Why somebody may be the child looked for: the weights, by table."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harbour.record.linkage import rules
from harbour.record.linkage.rules import Candidate, How, Query, Verdict, Written
from harbour.record.linkage.vocabulary import FAMILY_VARIANTS, GIVEN_VARIANTS, Field

TODAY = date(2024, 6, 1)
BORN = date(2009, 3, 4)


def judged(query: dict[str, Any], **person: Any) -> Verdict:
    known: dict[str, Any] = {
        "names": (Written(kind="legal", given="Amara", family="Quill"),),
        "born_on": BORN,
        "born_precision": "day",
    }
    return rules.judge(Query(**query), Candidate(**(known | person)), {}, TODAY)


@pytest.mark.parametrize(
    ("asked", "recorded", "how"),
    [
        ("amara", "amara", How.SAME),
        ("bob", "robert", How.VARIANT),
        ("robert", "bob", How.VARIANT),
        ("kasia", "katarzyna", How.VARIANT),
        ("amara", "amarra", How.SPELLING),
        ("amara", "maara", How.SPELLING),
        ("ali", "alo", How.SPELLING),
        ("al", "ad", How.OTHER),
        ("quillfeather", "quilfaether", How.SPELLING),
        ("amara", "armra", How.OTHER),
        ("ama", "amara", How.START),
        ("amara", "oscar", How.OTHER),
    ],
)
def test_words_are_alike_in_one_of_these_ways(asked: str, recorded: str, how: How) -> None:
    assert rules.how_alike(Field.GIVEN, asked, recorded, {}) == how


def test_what_the_vocabulary_heard_counts_as_sound() -> None:
    heard = {("jon", "gianni"): "sound"}

    assert rules.how_alike(Field.GIVEN, "jon", "gianni", heard) == How.SOUND


@pytest.mark.parametrize("table", [GIVEN_VARIANTS, FAMILY_VARIANTS])
def test_every_variant_is_written_as_a_key_and_stands_with_another(table: str) -> None:
    for line in table.strip().splitlines():
        words = line.split()
        assert len(words) > 1, line
        assert all(word.isascii() and word.isalpha() and word == word.lower() for word in words)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"given": "Amara", "family": "Quill"}, {"given": "Amarra", "family": "Quill"}),
        ({"given": "Amarra", "family": "Quill"}, {"given": "Oscar", "family": "Quill"}),
        ({"given": "Amara", "family": "Quill"}, {"given": "Quill", "family": "Amara"}),
        ({"born_on": BORN}, {"born_on": date(2009, 4, 3)}),
        ({"born_on": date(2009, 4, 3)}, {"born_on": date(2009, 3, 5)}),
        ({"born_on": date(2009, 3, 5)}, {"born_on": date(2009, 3, 28)}),
        ({"born_on": date(2009, 3, 28)}, {"born_on": date(2011, 12, 17)}),
        ({"born_on": BORN}, {"born_on": date(2009, 3, 1), "born_precision": "month"}),
        (
            {"born_on": date(2009, 3, 1), "born_precision": "month"},
            {"born_on": date(2009, 1, 1), "born_precision": "year"},
        ),
        ({"age": 15}, {"age": 16}),
        ({"age": 16}, {"age": 18}),
    ],
)
def test_what_fits_better_weighs_more(better: dict[str, Any], worse: dict[str, Any]) -> None:
    assert judged(better).score > judged(worse).score


@pytest.mark.parametrize(
    ("query", "person", "caution"),
    [
        ({"given": "Oscar", "family": "Quill", "born_on": BORN}, {}, "may be a twin"),
        (
            {"given": "Oscar", "family": "Quill"},
            {"shared": frozenset({"postcode"})},
            "may be a brother or sister",
        ),
        ({"given": "Oscar", "family": "Quill"}, {}, "may be a relative"),
        (
            {"given": "Wilf", "family": "Oxenham"},
            {"shared": frozenset({"identifier"})},
            "The number is the same but the name is not",
        ),
        ({"given": "Amara", "family": "Quill"}, {"twin": True}, "A twin is recorded"),
        ({"given": "Amara", "family": "Quill"}, {}, "Only the name speaks for it"),
        (
            {"given": "Amara", "family": "Quill", "born_on": BORN},
            {"born_on": None, "born_precision": "unknown"},
            "No date of birth is recorded",
        ),
        (
            {"given": "Amara", "family": "Quill", "born_on": date(2012, 1, 17)},
            {},
            "Another date of birth is recorded: 4 March 2009",
        ),
        (
            {"born_on": date(2001, 1, 1), "born_precision": "year"},
            {},
            "Another year of birth is recorded",
        ),
        (
            {"born_on": date(2009, 7, 1), "born_precision": "month"},
            {},
            "Another month of birth in the same year is recorded",
        ),
        ({"born_on": BORN}, {"born_precision": "estimated", "born_on": date(2002, 1, 1)}, "age"),
        ({"age": 9}, {}, "Another age: 15"),
    ],
)
def test_every_doubt_is_said(query: dict[str, Any], person: dict[str, Any], caution: str) -> None:
    assert caution in " ".join(judged(query, **person).caution)


def test_an_estimate_of_a_neighbouring_year_fits() -> None:
    verdict = judged({"born_on": BORN}, born_precision="estimated", born_on=date(2010, 1, 1))

    assert "Year of birth fits an estimate" in verdict.why


def test_a_person_without_a_name_is_judged_by_the_rest() -> None:
    verdict = judged({"given": "Amara", "born_on": BORN}, names=())

    assert verdict.why == ("Same date of birth",)


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_name_however_odd_breaks_the_comparison(one: str, other: str) -> None:
    verdict = judged({"given": one, "family": other})

    assert isinstance(verdict.score, int)


@given(st.text(alphabet="abcdefghij -'", min_size=1, max_size=20))
def test_a_name_always_fits_itself(name: str) -> None:
    if rules.words(name):
        verdict = judged({"family": name}, names=(Written(kind="legal", given="", family=name),))
        assert verdict.why[0] == "Same family name"
