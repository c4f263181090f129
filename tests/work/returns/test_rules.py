"""Where a review stands, which names are the same, who was missing together: on plain values."""

import random
from datetime import UTC, datetime, timedelta
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harbour.work.missing.rules import Span, overlaps
from harbour.work.returns import rules
from harbour.work.returns.rules import Absence
from harbour.work.returns.vocabulary import ReviewState, Together

START = datetime(2026, 3, 28, tzinfo=UTC)
S = ReviewState


def hour(number: float) -> datetime:
    return START + timedelta(hours=number)


@pytest.mark.parametrize(
    ("reviews", "added", "state"),
    [
        ([], [], S.WAITING),
        ([], [1], S.WAITING),
        ([(2, "more")], [], S.RETURNED),
        ([(2, "more")], [1], S.RETURNED),
        ([(2, "more")], [3], S.ANSWERED),
        ([(2, "more"), (4, "accepted")], [3], S.ACCEPTED),
        ([(2, "more"), (4, "more")], [3], S.RETURNED),
        ([(4, "accepted")], [5], S.ACCEPTED),
    ],
)
def test_the_last_review_counts_and_what_was_added_since(
    reviews: list[tuple[int, str]], added: list[int], state: object
) -> None:
    found = rules.review_state(
        reviews=[(hour(at), outcome) for at, outcome in reviews],
        added_at=[hour(at) for at in added],
    )

    assert found is state


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The chip shop, Mill Lane", "chip shop mill lane", True),
        ("Danny's flat", "DANNYS FLAT", True),
        ("Café Rosa", "cafe rosa", True),
        ("Mill Lane", "Mill Road", False),
    ],
)
def test_two_spellings_of_one_name_share_a_key(one: str, other: str, *, same: bool) -> None:
    assert (rules.name_key(one) == rules.name_key(other)) is same


@pytest.mark.parametrize("text", ["", "  ", "?", "at the", "a b"])
def test_what_says_too_little_has_no_key(text: str) -> None:
    assert rules.name_key(text) == ""


PLACES = [UUID(int=100), UUID(int=101)]
CHILDREN = [UUID(int=number) for number in range(4)]
NAMES = {
    CHILDREN[0]: ["ada birch"],
    CHILDREN[1]: ["bo crane"],
    CHILDREN[2]: ["cy dale"],
    CHILDREN[3]: [],
}
TEXTS = ["", "with Ada Birch", "Bo Crane and Cy Dale", "ada", "Adabirch"]


def invented(seed: int) -> list[Absence]:
    """Invent absences close together in time; a seed shrinks as well as a draw and costs less."""
    chance = random.Random(seed)
    made = []
    for number in range(chance.randint(0, 9)):
        begins = hour(chance.randint(0, 12))
        ends = begins + timedelta(hours=chance.randint(0, 6)) if chance.random() < 0.7 else None
        made.append(
            Absence(
                episode_id=UUID(int=1000 + number),
                person_id=chance.choice(CHILDREN),
                span=Span(begins, ends, is_open=ends is None and chance.random() < 0.5),
                places=frozenset(chance.sample(PLACES, chance.randint(0, 1))),
                named_places=frozenset(chance.sample(["mill", "park"], chance.randint(0, 1))),
                companions=frozenset(chance.sample(CHILDREN, chance.randint(0, 1))),
                said=(chance.choice(TEXTS),),
            )
        )
    return made


seeds = st.integers(0, 2**32).map(invented)


def why(one: Absence, other: Absence) -> set[Together]:
    """Say it again, plainly."""
    found = set()
    if one.places & other.places:
        found.add(Together.SAME_PLACE)
    if one.named_places & other.named_places:
        found.add(Together.SAME_WORDS)
    if one.person_id in other.companions or other.person_id in one.companions:
        found.add(Together.NAMED)
    for each, another in ((one, other), (other, one)):
        for name in NAMES[another.person_id]:
            words = each.said[0].lower().split()
            if name in " ".join(words) and set(name.split()) <= set(words):
                found.add(Together.SAID)
    return found


@given(seeds)
def test_children_were_together_where_a_plain_recount_says_so(found: list[Absence]) -> None:
    expected: dict[frozenset[UUID], list[set[Together]]] = {}
    for one, other in combinations(found, 2):
        if one.person_id != other.person_id and overlaps(one.span, other.span) and why(one, other):
            key = frozenset({one.person_id, other.person_id})
            expected.setdefault(key, []).append(why(one, other))

    pairs = rules.together(found, NAMES)

    assert {frozenset(pair.children): len(pair.episodes) for pair in pairs} == {
        key: len(shared) for key, shared in expected.items()
    }
    for pair in pairs:
        assert pair.why == set().union(*expected[frozenset(pair.children)])
    times = [len(pair.episodes) for pair in pairs]
    assert times == sorted(times, reverse=True)


@given(seeds)
def test_who_was_together_does_not_depend_on_the_order(found: list[Absence]) -> None:
    forward = {(pair.children, frozenset(pair.episodes)) for pair in rules.together(found, NAMES)}
    back = {
        (pair.children, frozenset(pair.episodes)) for pair in rules.together(found[::-1], NAMES)
    }

    assert {key for key, _ in forward} == {key for key, _ in back}


def test_one_name_is_not_read_out_of_two_texts() -> None:
    one = Absence(
        episode_id=UUID(int=1),
        person_id=CHILDREN[1],
        span=Span(hour(0), hour(5)),
        said=("Ada", "Birch Close"),
    )
    other = Absence(episode_id=UUID(int=2), person_id=CHILDREN[0], span=Span(hour(1), hour(2)))

    assert rules.together([one, other], NAMES) == ()
