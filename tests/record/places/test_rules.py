"""Addresses and postcodes, by table."""

import pytest

from harbour.record.places import rules


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("LE1 1AA", True),
        ("le11aa", True),
        ("EC1A 1BB", True),
        ("W1A 0AX", True),
        ("M1 1AE", True),
        ("B33 8TH", True),
        ("CR2 6XH", True),
        ("DN55 1PT", True),
        ("GIR 0AA", True),
        ("LE1", True),
        ("", True),
        ("LE1 1A", False),
        ("QE1 1AA", False),
        ("LE1 1CA", False),
        ("LE111 1AA", False),
        ("not known", False),
    ],
)
def test_a_postcode_is_doubted_exactly_when_it_has_no_such_form(text: str, *, right: bool) -> None:
    assert (rules.postcode_flag(text) == "") is right


def key(address: tuple[str, str, str]) -> str:
    street, locality, postcode = address
    return rules.match_key(street=street, locality=locality, postcode=postcode)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("4 Lime Road", "", "LE1 1AA"), ("4, lime rd", "", "LE11AA")),
        (("Flat 2, 9 High Street", "Wexcombe", ""), ("flat 2 9 HIGH ST.", "wexcombe", "")),
        (("4 Lime Road", "Wexcombe", "LE1 1AA"), ("4 Lime Road", "", "LE1 1AA")),
        (("Apartment 3, O\u2019Brien Court", "", "LE1 1AA"), ("apt 3 obrien ct", "", "LE1 1AA")),
        (("4 Lime Road", "Wexcombe", "LE1"), ("4 Lime Road", "Elsewhere", "le1")),
    ],
)
def test_two_spellings_of_one_address_have_one_key(
    one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    assert key(one) == key(other) != ""


@pytest.mark.parametrize(
    "other",
    [
        ("14 Lime Road", "", "LE1 1AA"),
        ("4 Lime Road", "", "LE1 1AB"),
        ("4 Elm Road", "", "LE1 1AA"),
    ],
)
def test_neighbours_have_keys_of_their_own(other: tuple[str, str, str]) -> None:
    assert key(("4 Lime Road", "", "LE1 1AA")) != key(other)


def test_the_name_of_a_place_stands_for_a_street_that_is_not_known() -> None:
    named = rules.match_key(name="Larkfield House", postcode="LE1 1AA")

    assert named == rules.match_key(name="larkfield house", postcode="le1 1aa") != ""


def test_half_an_address_has_no_key() -> None:
    assert rules.match_key(street="4 Lime Road") == ""
    assert rules.match_key(postcode="LE1 1AA") == ""
