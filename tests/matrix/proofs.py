"""What was found of each term of each policy, kept in a file that the suite compares."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.matrix.mutants import Mutant

FILE = Path(__file__).with_name("proofs.csv")
COLUMNS = ("table", "policy", "definition", "term", "noticed_by")


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A term that was broken, and who noticed."""

    mutant: Mutant
    noticed_by: str

    @property
    def key(self) -> str:
        """Return what the term is called, here and in the file."""
        return key_of(self.mutant)

    @property
    def line(self) -> str:
        """Return the term as it is told to a person."""
        return self.key


def key_of(mutant: Mutant) -> str:
    """Return what a term is called."""
    return f"{mutant.table}.{mutant.policy}, {mutant.change}"


def numbered(mutants: Iterable[Mutant]) -> Iterator[Mutant]:
    """Yield mutants on one line each, a term that stands several times with its number."""
    seen: Counter[str] = Counter()
    for each in mutants:
        one = replace(each, change=" ".join(each.change.split()))
        seen[key_of(one)] += 1
        count = seen[key_of(one)]
        yield one if count == 1 else replace(one, change=f"{one.change} ({count})")


def keep(found: Sequence[Proof], *, whole: bool) -> None:
    """Write what was found; of other tables, what was found before stays unless all were asked."""
    asked = {each.mutant.table for each in found}
    stays = [] if whole else [each for each in read() if each["table"] not in asked]
    made = [
        {
            "table": each.mutant.table,
            "policy": each.mutant.policy,
            "definition": each.mutant.definition,
            "term": each.mutant.change,
            "noticed_by": each.noticed_by,
        }
        for each in found
    ]
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted([*stays, *made], key=lambda each: [each[c] for c in COLUMNS]))


def read() -> list[dict[str, str]]:
    """Return what the file says."""
    if not FILE.exists():
        return []
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
