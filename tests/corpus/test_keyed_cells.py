"""Cells keyed from page images against what is read: F1 over (table, row, column) and text."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from corpus import Report, read_report

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("JUEWEN_SHARED", ROOT.parent / "shared")) / "reports"
KEYED = sorted((Path(__file__).parent / "keyed").glob("*.txt"))
TARGET = 0.995

Key = tuple[str, int, str]  # table title, block, code or label


@dataclass
class Keyed:
    """One keyed file: the report it belongs to, and the cells of each row."""

    folder: str
    name: str
    rows: dict[Key, list[str]] = field(default_factory=dict)


def parse(path: Path) -> Keyed:
    table = ""
    keyed = Keyed("", "")
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("file: "):
            keyed.folder, keyed.name = line.removeprefix("file: ").split(" ", 1)
        elif line.startswith("table: "):
            table = line.removeprefix("table: ")
        else:
            block, row, cells = line.split(";")
            keyed.rows[table, int(block), row] = cells.split("|")
    return keyed


@cache
def report(folder: str, name: str) -> Report:
    (path,) = [p for p in (SHARED / folder).iterdir() if name in p.name and p.suffix == ".pdf"]
    return read_report(path)


def read_rows(read: Report) -> Iterator[tuple[Key, list[str]]]:
    for table in read.tables:
        texts = {(c.row, c.column): c.text for c in table.cells}
        for row in table.rows:
            own = [c.id for c in table.columns if c.block == row.block]
            key = (table.title, row.block, row.code or row.label)
            yield key, [texts.get((row.id, column), "") for column in own]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reports are not beside the repository")
@pytest.mark.parametrize("path", KEYED, ids=lambda path: path.stem)
def test_keyed_cells_are_read_as_printed(path: Path) -> None:
    keyed = parse(path)
    found = dict(read_rows(report(keyed.folder, keyed.name)))
    right = wrong = missed = 0
    for key, cells in keyed.rows.items():
        shown = found.get(key, [""] * len(cells))
        assert len(shown) == len(cells), key
        for expected, text in zip(cells, shown, strict=True):
            right += expected == text
            wrong += bool(text) and expected != text
            missed += bool(expected) and expected != text
    assert 2 * right / (2 * right + wrong + missed) >= TARGET, (right, wrong, missed)


def test_enough_cells_are_keyed() -> None:
    counts = {path.stem: sum(map(len, parse(path).rows.values())) for path in KEYED}
    assert sum(count >= 150 for count in counts.values()) >= 5
