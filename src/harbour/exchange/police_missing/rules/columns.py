"""Which column of an extract tells what."""

import hashlib
from collections.abc import Mapping, Sequence

from harbour.exchange.police_missing.vocabulary import (
    NAMES_A_CHILD,
    REQUIRED,
    USUAL_NAMES,
    Field,
)


def plain(name: str) -> str:
    """Return a column's name whatever its case, spaces and strokes."""
    return " ".join(name.replace("_", " ").replace("-", " ").casefold().split())


def layout(names: Sequence[str]) -> str:
    """Return what tells one form of the extract from another: its columns in their order."""
    return hashlib.sha256("\n".join(map(plain, names)).encode()).hexdigest()


def guessed(names: Sequence[str]) -> dict[str, str]:
    """Return what the columns may mean, by their usual names; each meaning at most once."""
    found: dict[str, str] = {}
    for name in names:
        meaning = USUAL_NAMES.get(plain(name))
        if meaning and meaning not in found:
            found[meaning.value] = name
    return found


def problem(fields: Mapping[str, str], names: Sequence[str]) -> str:
    """Return why nothing could be read by these columns, or nothing."""
    missing = [each.label for each in REQUIRED if not fields.get(each)]
    if missing:
        return f"Say which column holds: {', '.join(missing)}."
    if not fields.get(Field.CHILD) and not all(fields.get(each) for each in NAMES_A_CHILD):
        return (
            "Say which columns tell who the child is: the authority's number, or given name, "
            "family name and date of birth together."
        )
    used = [column for column in fields.values() if column]
    twice = sorted({column for column in used if used.count(column) > 1})
    if twice:
        return f"A column tells one thing. Chosen twice: {', '.join(twice)}."
    unknown = sorted(set(used) - set(names))
    return f"The file has no column {', '.join(unknown)}." if unknown else ""


def twice(names: Sequence[str]) -> tuple[str, ...]:
    """Return the columns whose name stands there more than once."""
    keys = [plain(name) for name in names if name]
    return tuple(sorted({name for name in names if name and keys.count(plain(name)) > 1}))
