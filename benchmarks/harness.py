"""What every benchmark shares: its arguments, repeats that alternate, and the table it prints."""

import argparse
import json
import os
import platform
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Peer:
    """What we measure ourselves against, in the same run on the same machine."""

    name: str
    version: str


@dataclass(kw_only=True)
class Figure:
    """One figure with its repeats. Larger ratios are better, whatever the unit."""

    figure: str
    unit: str
    larger_is_better: bool = False
    ours: list[float] = field(default_factory=list)
    peer: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float | None:
        """Return peer over ours for times and errors, ours over peer for rates and recalls."""
        ours, peer = statistics.median(self.ours), statistics.median(self.peer)
        above, below = (ours, peer) if self.larger_is_better else (peer, ours)
        return round(above / below, 3) if below else None

    def as_json(self, peer: Peer) -> dict[str, Any]:
        """Return the figure as the JSON of a benchmark holds it."""
        return {
            "figure": self.figure,
            "unit": self.unit,
            "ours": _spread(self.ours),
            "peer": {"name": peer.name, "version": peer.version, **_spread(self.peer)},
            "ratio": self.ratio,
        }


def _spread(values: Sequence[float]) -> dict[str, float]:
    return {
        "median": round(statistics.median(values), 4),
        "min": round(min(values), 4),
        "max": round(max(values), 4),
    }


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a benchmark was asked for."""

    size: int
    seed: int
    repeats: int
    format: str


def options(argv: Sequence[str], *, name: str, size: int, doc: str | None) -> Options:
    """Read the arguments that every benchmark takes."""
    parser = argparse.ArgumentParser(prog=f"harbour bench {name}", description=doc)
    parser.add_argument("--size", type=int, default=size, help="how many records")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same people")
    parser.add_argument(
        "--repeats", type=int, default=5, help="how often ours and theirs take turns"
    )
    parser.add_argument("--format", choices=("table", "json"), default="table")
    found = parser.parse_args(list(argv))
    return Options(size=found.size, seed=found.seed, repeats=found.repeats, format=found.format)


def alternate(repeats: int, ours: Callable[[], None], peer: Callable[[], None]) -> None:
    """Run both by turns, the first one changing, so that neither always finds a warm machine."""
    for number in range(repeats):
        for run in (ours, peer) if number % 2 == 0 else (peer, ours):
            run()


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    ranked = sorted(values)
    return ranked[min(round(share * len(ranked)), len(ranked) - 1)]


def machine() -> dict[str, Any]:
    """Return what the figures were measured on."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(_memory() / 2**30, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if not information.exists():
        return platform.processor() or platform.machine()
    names = [
        line.split(":", 1)[1].strip()
        for line in information.read_text("utf-8").splitlines()
        if line.startswith("model name")
    ]
    return names[0] if names else platform.machine()


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def show(name: str, asked: Options, peer: Peer, figures: Sequence[Figure]) -> None:
    """Print the figures, as a table for people or as one object for programs."""
    if asked.format == "json":
        result = {
            "name": name,
            "size": asked.size,
            "seed": asked.seed,
            "machine": machine(),
            "figures": [each.as_json(peer) for each in figures],
        }
        print(json.dumps(result, indent=2))
        return
    print(f"\n{name}: {asked.size:,} records, seed {asked.seed}, {asked.repeats} repeats by turns")
    print(f"peer: {peer.name} {peer.version}\n")
    print("| figure | unit | ours: median (min to max) | peer: median (min to max) | ratio |")
    print("|---|---|--:|--:|--:|")
    for each in figures:
        ours, theirs = _spread(each.ours), _spread(each.peer)
        print(
            f"| {each.figure} | {each.unit} | {_text(ours)} | {_text(theirs)} "
            f"| {'-' if each.ratio is None else f'{each.ratio:.2f}'} |"
        )


def _text(spread: dict[str, float]) -> str:
    return f"{spread['median']:,.3g} ({spread['min']:,.3g} to {spread['max']:,.3g})"
