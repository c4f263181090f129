"""One page of a sorted list, read from the address and from nothing else.

Only orders that a room has named are taken; anything else in the address falls back to the default.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from harbour.foundation.ui.components import Pagination, Step

SIZES = (25, 50)
_OWN = ("page", "sort", "size")


@dataclass(frozen=True)
class Order:
    """The orders a list offers: each key with its columns, ascending."""

    keys: Mapping[str, tuple[str, ...]]
    default: str
    descending: bool = False
    tie: str = "pk"


@dataclass(frozen=True)
class Wanted:
    """What the address asks for."""

    order: Order
    sort: str
    descending: bool
    page: int
    size: int
    kept: tuple[tuple[str, str], ...]

    @property
    def order_by(self) -> tuple[str, ...]:
        """Return the columns for `QuerySet.order_by`, tie-break included: pages never overlap."""
        columns = (*self.order.keys[self.sort], self.order.tie)
        return tuple(_turned(column) for column in columns) if self.descending else columns

    def order_of(self, key: str) -> str:
        """Return the `aria-sort` word of a column."""
        if key != self.sort:
            return "none"
        return "descending" if self.descending else "ascending"

    def sorted_by(self, key: str) -> str:
        """Return the address of this list by another order, or by the same one turned round."""
        turned = key == self.sort and not self.descending
        return replace(self, sort=key, descending=turned, page=1).href()

    def href(self) -> str:
        """Return the address of this list as it is wanted."""
        pairs = [*self.kept, ("sort", f"-{self.sort}" if self.descending else self.sort)]
        if self.size != SIZES[0]:
            pairs.append(("size", str(self.size)))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return f"?{urlencode(pairs)}"

    @property
    def carried(self) -> tuple[tuple[str, str], ...]:
        """Return the hidden fields of a filter form, so that a filter keeps order and size."""
        return (
            ("sort", f"-{self.sort}" if self.descending else self.sort),
            ("size", str(self.size)),
        )


def _turned(column: str) -> str:
    return column.removeprefix("-") if column.startswith("-") else f"-{column}"


def wanted(query: QueryDict, order: Order) -> Wanted:
    """Read order, page and size from the address; what is not on offer is the default."""
    asked = query.get("sort", "")
    key, descending = asked.removeprefix("-"), asked.startswith("-")
    if key not in order.keys:
        key, descending = order.default, order.descending
    kept = tuple(
        (name, value)
        for name, values in query.lists()
        if name not in _OWN
        for value in values
        if value
    )
    size = _number(query.get("size"), SIZES[0])
    return Wanted(
        order=order,
        sort=key,
        descending=descending,
        page=_number(query.get("page"), 1),
        size=size if size in SIZES else SIZES[0],
        kept=kept,
    )


def _number(text: str | None, default: int) -> int:
    if text and text.isascii() and text.isdigit() and len(text) < 7:
        return max(int(text), 1)
    return default


@dataclass(frozen=True)
class Paged[T]:
    """One page of a list."""

    items: tuple[T, ...]
    total: int
    pagination: Pagination


def paged[T](everything: "QuerySet[Any, T] | Sequence[T]", wanted: Wanted) -> Paged[T]:
    """Return the page that is wanted, or the last one where the list is shorter than that."""
    total = everything.count() if isinstance(everything, QuerySet) else len(everything)
    last = max((total + wanted.size - 1) // wanted.size, 1)
    wanted = replace(wanted, page=min(wanted.page, last))
    start = (wanted.page - 1) * wanted.size
    items = tuple(everything[start : start + wanted.size])
    return Paged(items, total, _pagination(wanted, total, last))


def _pagination(wanted: Wanted, total: int, last: int) -> Pagination:
    def at(number: int) -> str:
        return replace(wanted, page=number).href() if 1 <= number <= last else ""

    first = (wanted.page - 1) * wanted.size + 1
    span = (
        f"Showing {first:,} to {min(first + wanted.size - 1, total):,} of {total:,}"
        if total
        else ""
    )
    if last == 1:
        return Pagination((), span=span)
    numbers = sorted(
        {1, wanted.page - 1, wanted.page, wanted.page + 1, last} & set(range(1, last + 1))
    )
    steps: list[Step] = []
    for number in numbers:
        if steps and steps[-1].number is not None and number - steps[-1].number > 1:
            steps.append(Step(None))
        steps.append(Step(number, at(number), current=number == wanted.page))
    return Pagination(tuple(steps), at(wanted.page - 1), at(wanted.page + 1), span=span)
