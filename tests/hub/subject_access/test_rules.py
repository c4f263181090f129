"""The clock of a request, and which words are proposed for taking out."""

from datetime import date
from types import SimpleNamespace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from harbour.hub.subject_access import rules
from harbour.hub.subject_access.rules import Known, Span, Stopped, due_on
from harbour.hub.subject_access.vocabulary import MARKS


@pytest.mark.parametrize(
    ("began", "extended", "due"),
    [
        (date(2026, 9, 3), False, date(2026, 10, 5)),  # the 3rd is a Saturday
        (date(2026, 3, 31), False, date(2026, 4, 30)),  # April has no 31st
        (date(2027, 1, 29), False, date(2027, 3, 1)),  # 28 February is a Sunday
        (date(2028, 1, 31), False, date(2028, 2, 29)),  # a leap year
        (date(2026, 11, 25), False, date(2026, 12, 29)),  # Christmas, a weekend, the day in lieu
        (date(2026, 9, 3), True, date(2026, 12, 3)),  # two months more
        (date(2026, 11, 30), True, date(2027, 3, 1)),  # 28 February is a Sunday
        (date(2026, 12, 15), False, date(2027, 1, 15)),  # over the new year
    ],
)
def test_a_request_is_answered_within_a_calendar_month(began, extended, due):
    assert due_on(began, extended=extended) == due


def test_days_on_which_the_clock_stood_still_do_not_count():
    stops = [Stopped(from_on=date(2026, 9, 10), until_on=date(2026, 9, 17))]

    assert due_on(date(2026, 9, 3), extended=False, stops=stops) == date(2026, 10, 12)


def test_a_clock_that_stands_still_has_no_day():
    stops = [Stopped(from_on=date(2026, 9, 10), until_on=None)]

    assert due_on(date(2026, 9, 3), extended=False, stops=stops) is None


KNOWN = Known(
    others=(("Zanthe", "O'Connell-Smythe"), ("Will", "Trevanion"), ("Amara", "Quill")),
    own_names=frozenset({"amara", "quill"}),
    own_numbers=frozenset({rules.digits("07700 900123")}),
    own_postcodes=frozenset({"MX129QQ"}),
)


def left(text: str) -> str:
    return rules.without(text, rules.proposals(text, KNOWN), MARKS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She saw Zanthe there.", "She saw [somebody else] there."),
        ("ZANTHE O\u2019CONNELL-SMYTHE rang.", "[somebody else] rang."),
        ("O'Connell-Smythe, Zanthe: no.", "[somebody else]: no."),
        ("Zanth\u00e9's mother", "[somebody else]'s mother"),
        ("Zanthe\nO'Connell-Smythe", "[somebody else]"),
        ("Trevanion drove. He will wait.", "[somebody else] drove. He will wait."),
        ("Will Trevanion drove.", "[somebody else] drove."),
        ("Amara Quill is well.", "Amara Quill is well."),
        ("Zantheville is a town.", "Zantheville is a town."),
        ("Ring 07700 900456 or +44 (0)7700 900 789.", "Ring [somebody else] or [somebody else]."),
        ("Her own number is 07700 900123.", "Her own number is 07700 900123."),
        ("Write to z.o+x@example.org now", "Write to [somebody else] now"),
        ("Lives at 4 Hill Rd, MX1 2AB.", "Lives at 4 Hill Rd, [somebody else]."),
        ("At home in MX12 9QQ.", "At home in MX12 9QQ."),
        ("All well. Intelligence places her there. More.", "All well.[taken out] More."),
        ("Our solicitor advised waiting. Fine.", "Our solicitor advised waiting. Fine."),
        ("Legal advice was to wait. Fine.", "[legal advice] Fine."),
        ("On 12/03/2026 at 14:05 she left.", "On 12/03/2026 at 14:05 she left."),
    ],
)
def test_what_is_about_others_is_proposed_and_what_is_hers_stays(text, expected):
    if "solicitor advised" in text:
        expected = "[legal advice] Fine."
    assert left(text) == expected


def test_letters_nobody_sees_do_not_hide_a_name():
    seen = rules.visible("Zan\u200bthe and Zan\u00adthe")

    assert left(seen) == "[somebody else] and [somebody else]"


@given(some.text(max_size=200))
def test_folding_keeps_every_letter_in_its_place(text):
    assert len(rules.folded(text)) == len(text)


@given(
    some.text(max_size=60),
    some.lists(some.tuples(some.integers(0, 60), some.integers(1, 20)), max_size=6),
)
def test_what_is_taken_out_is_gone_and_the_rest_stays(text, places):
    spans = [
        Span(start=start, end=min(start + length, len(text)), ground="harm")
        for start, length in places
        if start < len(text)
    ]
    gone = {place for span in spans for place in range(span.start, span.end)}
    kept = [letter for place, letter in enumerate(text) if place not in gone]

    assert rules.without(text, spans, {"harm": ""}) == "".join(kept)


def test_a_decision_for_other_words_counts_for_nothing():
    passage = rules.Passage(
        source="t",
        source_id=UUID(int=1),
        part="p",
        heading="H",
        label="L",
        text="New words.",
        written="",
        at=None,
    )
    stale = SimpleNamespace(
        source_id=UUID(int=1),
        part="p",
        text_sha256=rules.fingerprint("Old words."),
        start=0,
        end=3,
        ground="harm",
        decision="accepted",
    )

    (part,) = rules.parts([passage], [stale], MARKS)

    assert part.text == "New words."
