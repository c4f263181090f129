"""Optimistic locking: nobody's words are lost because two people typed at once."""

from typing import Any

from harbour.foundation.kernel.models import Versioned


class Conflict(Exception):
    """Somebody else changed the record since this person opened it."""

    def __init__(self, *, theirs: dict[str, Any], mine: dict[str, Any], version: int) -> None:
        super().__init__("This record was changed by somebody else since you opened it.")
        self.theirs = theirs
        self.mine = mine
        self.version = version


def update_versioned(instance: Versioned, *, seen_version: int, **changes: Any) -> None:
    """Write `changes` if the row is still at `seen_version`.

    Raise `Conflict` with both texts if not.

    The instance is brought up to date on success. A row that the reader may not write looks like
    a row that is gone: `Conflict` is only raised where the row can still be read.
    """
    model = type(instance)
    written = model._base_manager.filter(pk=instance.pk, version=seen_version).update(
        version=seen_version + 1, **changes
    )
    if written:
        for field, value in changes.items():
            setattr(instance, field, value)
        instance.version = seen_version + 1
        return
    stored = model._base_manager.get(pk=instance.pk)
    theirs = {field: getattr(stored, field) for field in changes}
    raise Conflict(theirs=theirs, mine=changes, version=stored.version)
