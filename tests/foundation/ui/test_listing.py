"""A list takes from the address what it offers, and nothing else."""

import pytest
from django.http import QueryDict

from harbour.foundation.ui import listing

ORDER = listing.Order(
    keys={"due": ("due_at",), "name": ("family", "-given")}, default="due", descending=True
)


def wanted(query: str) -> listing.Wanted:
    return listing.wanted(QueryDict(query), ORDER)


@pytest.mark.parametrize(
    "query", ["", "sort=password", "sort=-due_at", "sort=due__password", "size=9999&page=-4"]
)
def test_what_is_not_on_offer_is_the_default(query: str) -> None:
    found = wanted(query)

    assert (found.order_by, found.page, found.size) == (("-due_at", "-pk"), 1, 25)


def test_an_order_turned_round_turns_every_column() -> None:
    assert wanted("sort=name").order_by == ("family", "-given", "pk")
    assert wanted("sort=-name").order_by == ("-family", "given", "-pk")


def test_a_heading_pressed_twice_turns_the_order_round() -> None:
    first = wanted("status=now&page=3&size=50").sorted_by("name")
    assert first == "?status=now&sort=name&size=50"

    assert wanted(first.removeprefix("?")).sorted_by("name") == "?status=now&sort=-name&size=50"


def test_only_the_column_in_use_says_its_order() -> None:
    found = wanted("sort=-name")

    assert (found.order_of("name"), found.order_of("due")) == ("descending", "none")


def test_pages_meet_without_gap_or_overlap() -> None:
    everything = tuple(range(60))

    shown = [listing.paged(everything, wanted(f"page={page}")).items for page in (1, 2, 3)]

    assert sum(shown, ()) == everything


def test_a_page_beyond_the_end_is_the_last() -> None:
    shown = listing.paged(tuple(range(60)), wanted("page=99"))

    assert shown.items == tuple(range(50, 60))
    assert shown.pagination.span == "Showing 51 to 60 of 60"
    assert shown.pagination.following == ""


def test_far_pages_are_left_out_of_the_links() -> None:
    steps = listing.paged(tuple(range(500)), wanted("page=10")).pagination.steps

    assert [step.number for step in steps] == [1, None, 9, 10, 11, None, 20]
    assert [step.number for step in steps if step.current] == [10]


def test_an_empty_list_has_one_page_and_no_links() -> None:
    nothing: tuple[int, ...] = ()

    shown = listing.paged(nothing, wanted("page=2"))

    assert (shown.items, shown.total, shown.pagination.steps) == ((), 0, ())
