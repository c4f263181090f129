"""News that goes up the house.

A lower room tells, a higher room listens, and neither imports the other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Touched:
    """Something new rests on these children, addresses, phones or groups.

    `reason` is a sentence without personal data; `source` names the record that brought the news.
    """

    children: tuple[UUID, ...] = ()
    places: tuple[UUID, ...] = ()
    phones: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    source: str
    source_id: UUID
    reason: str
    at: datetime
    by_id: UUID


Handler = Callable[[Touched], None]
_handlers: list[Handler] = []


def subscribe(handler: Handler) -> None:
    """Have `handler` told of every touch, once, however often it subscribes."""
    if handler not in _handlers:
        _handlers.append(handler)


def publish(event: Touched) -> None:
    """Tell every subscriber within the transaction of the deed.

    So that news and deed stand or fall together.
    """
    for handler in _handlers:
        handler(event)
