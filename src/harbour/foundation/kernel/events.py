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


@dataclass(frozen=True, kw_only=True)
class NotFound:
    """Somebody asked for a person by an id and was shown nobody: absent and hidden alike."""

    person_id: UUID
    by_id: UUID


MissHandler = Callable[[NotFound], None]
_miss_handlers: list[MissHandler] = []


def listen_for_misses(handler: MissHandler) -> None:
    """Have `handler` told whenever a person is not found, once, however often it asks."""
    if handler not in _miss_handlers:
        _miss_handlers.append(handler)


def tell_of_miss(event: NotFound) -> None:
    """Tell who listens that nobody was shown, the same whether somebody is hidden or not."""
    for handler in _miss_handlers:
        handler(event)
