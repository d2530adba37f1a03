"""How well made-up reports are read back: F1 by layout, format and difficulty."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.reports.comparing import compare, identity_errors
from benchmarks.reports.layouts import LAYOUTS
from benchmarks.reports.making import make
from benchmarks.reports.model import Difficulty
from benchmarks.reports.writers import write
from corpus import UnreadableFile, read_report


@dataclass(slots=True)
class Tally:
    """What became of the cells of some reports."""

    reports: int = 0
    right: int = 0
    missed: int = 0
    invented: int = 0
    unread: int = 0
    identity: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Over all cells of all these reports; one that was not read misses all of its cells."""
        total = 2 * self.right + self.missed + self.invented
        return 2 * self.right / total if total else 0.0


Key = tuple[str, str, str]  # layout, format, difficulty
Tallies = dict[Key, Tally]


def check(seeds: Iterable[int], difficulties: dict[str, Difficulty]) -> Tallies:
    """Write each layout in each format at each difficulty once for every seed, and read it back."""
    tallies: Tallies = defaultdict(Tally)
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            for key in _keys(difficulties):
                layout, format, name = key
                path = Path(folder) / f"{seed}.{format}"
                _one(tallies[key], seed, layout, difficulties[name], path)
    return dict(tallies)


def _keys(difficulties: Iterable[str]) -> Iterator[Key]:
    for name in difficulties:
        for layout in LAYOUTS.values():
            for format in layout.formats:
                yield layout.name, format, name


def _one(tally: Tally, seed: int, layout: str, hard: Difficulty, path: Path) -> None:
    made = make(seed, layout, difficulty=hard)
    write(made, path)
    tally.reports += 1
    try:
        report = read_report(path)
    except UnreadableFile:
        tally.unread += 1
        tally.missed += len(made.cells)
        return
    score = compare(made, report)
    tally.right += score.right
    tally.missed += len(score.missed)
    tally.invented += len(score.invented)
    tally.identity += identity_errors(made, report)


def table(tallies: Tallies, difficulties: Sequence[str]) -> str:
    """A Markdown table: a row for each layout and format, F1 by difficulty."""
    lines = [
        "| layout | format | " + " | ".join(difficulties) + " |",
        "|---|---|" + "---|" * len(difficulties),
    ]
    for layout in LAYOUTS.values():
        for format in layout.formats:
            found = [tallies.get((layout.name, format, name)) for name in difficulties]
            cells = [f"{tally.f1:.4f}" if tally else "" for tally in found]
            lines.append(f"| {layout.name} | {format} | " + " | ".join(cells) + " |")
    reports = sum(tally.reports for tally in tallies.values())
    cells_ = sum(tally.right + tally.missed for tally in tallies.values())
    wrong = sum(len(tally.identity) for tally in tallies.values())
    return "\n".join([*lines, "", f"{reports} reports, {cells_} cells, {wrong} wrong identities"])
