"""A PDF with a text layer: a cover, contents, ruled tables, prose."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from benchmarks.reports.model import Difficulty, Heading, Made, Paragraph, Role, Sheet, SheetRow
from benchmarks.reports.writers.grid import groups
from benchmarks.reports.writers.pages import EDGE, Ink, Pages, spread

SIZE = 9.0
LINE = 12.0
PAD = 3.0


def write(made: Made, path: Path) -> None:
    """Draw the report."""
    hard = made.difficulty
    pages = Pages(path, Ink(hard.offset, hard.bold))
    _cover(pages, made)
    _contents(pages, made)
    chance = random.Random(f"{made.seed} {made.year} pdf")
    fresh = True
    for block in made.blocks:
        if isinstance(block, Sheet):
            pages.turn(landscape=block.landscape)
            bare = hard.unruled and chance.random() < 0.4
            _Drawing(pages, block, hard, ruled=not bare).draw()
            fresh = False
        else:
            fresh = _prose(pages, block, fresh)
    pages.save()


def _prose(pages: Pages, block: Heading | Paragraph, fresh: bool) -> bool:
    if isinstance(block, Paragraph):
        if not fresh and pages.size[0] > pages.size[1]:
            pages.turn()
        pages.paragraph(block.text)
        return True
    if block.level == 1:
        pages.turn()
        pages.centred(block.text, 18, bold=True)
        return True
    if not fresh:
        pages.turn()
    if pages.room < 60:
        pages.turn()
    pages.paragraph(block.text)
    return True


def _cover(pages: Pages, made: Made) -> None:
    pages.y = 240
    head, tail = made.body, made.title.removeprefix(made.body)
    pages.centred(head, 26, bold=True)
    pages.y += 20
    pages.centred(tail, 26, bold=True)


def _contents(pages: Pages, made: Made) -> None:
    pages.turn()
    pages.centred("目  录", 18)
    for block in made.blocks:
        if isinstance(block, Heading) and block.level < 3:
            pages.paragraph(block.text, 12, indent=False)


class _Drawing:
    """One table on its way over the pages."""

    def __init__(self, pages: Pages, sheet: Sheet, hard: Difficulty, *, ruled: bool) -> None:
        self.pages, self.sheet, self.hard, self.ruled = pages, sheet, hard, ruled
        self.groups = groups(sheet)
        weights = [
            c.width * (0.7 if hard.wrapped and c.role is Role.LABEL else 1) for c in sheet.columns
        ]
        # Figures need their room whatever the label takes.
        widths = spread(pages.width, weights)
        self.xs = [EDGE + sum(widths[:i]) for i in range(len(widths) + 1)]

    def draw(self) -> None:
        """Title, unit, header, rows, notes."""
        pages, sheet = self.pages, self.sheet
        pages.centred(sheet.title, 15, bold=True)
        if sheet.number:
            pages.y += 16
            pages.put(self.xs[-1] - pages.measure(sheet.number, 10), pages.y, sheet.number, 10)
        pages.y += 16
        if sheet.by:
            pages.put(EDGE, pages.y, sheet.by, 10)
        unit = sheet.unit_line
        pages.put(self.xs[-1] - pages.measure(unit, 10), pages.y, unit, 10)
        pages.y += 6
        self._header()
        for n, row in enumerate(sheet.rows):
            self._row(row, n)
        pages.y += 4
        for note in sheet.notes:
            pages.paragraph(note, 9, indent=False)

    def _header(self) -> None:
        heights = self._header_heights()
        top = self.pages.y
        tops = [top + sum(heights[:i]) for i in range(len(heights) + 1)]
        for span in self.sheet.header:
            box = (
                self.xs[span.column], tops[span.row],
                self.xs[span.column + span.columns], tops[span.row + span.rows],
            )  # fmt: skip
            self._cell(box, span.text, centred=True)
        self.pages.y = tops[-1]
        if any(self.sheet.line_row):
            self._row(SheetRow(self.sheet.line_row), header=True)

    def _header_heights(self) -> list[float]:
        heights = [20.0] * self.sheet.header_rows
        for span in self.sheet.header:
            width = self.xs[span.column + span.columns] - self.xs[span.column] - 2 * PAD
            need = LINE * len(self.pages.broken(span.text, width, SIZE)) + 8
            share = need / span.rows
            for row in range(span.row, span.row + span.rows):
                heights[row] = max(heights[row], share)
        return heights

    def _row(self, row: SheetRow, at: int = -1, *, header: bool = False) -> None:
        boxes = self._boxes(row)
        lines = [self._lines(text, x1 - x0, row, c) for c, x0, x1, text in boxes]
        tall = max(18.0, max(map(len, lines)) * LINE + 6)
        if self.pages.room < tall and not header:
            self.pages.turn(landscape=self.sheet.landscape)
            if self.hard.headers or not self.hard.breaks:
                self._header()
        top = self.pages.y
        for (c, x0, x1, text), broken in zip(boxes, lines, strict=True):
            right = self.sheet.columns[c].role is Role.VALUE and not header
            merged = any(start == c for start, _ in row.merged)
            reach = self.groups.get((at, c), 1)  # rows of one height: groups have short names
            if reach:
                box = (x0, top, x1, min(top + tall * reach, self.pages.size[1] - EDGE))
                self._cell(box, text, broken, right=right, centred=merged or header)
        self.pages.y = top + tall

    def _boxes(self, row: SheetRow) -> list[tuple[int, float, float, str]]:
        """(column, left, right, text) of each cell, merged ones once."""
        covered = {c + i for c, n in row.merged for i in range(1, n)}
        reach = {c: c + n for c, n in row.merged}
        return [
            (c, self.xs[c], self.xs[reach.get(c, c + 1)], text)
            for c, text in enumerate(row.texts)
            if c not in covered
        ]

    def _lines(self, text: str, width: float, row: SheetRow, column: int) -> list[str]:
        if self.sheet.columns[column].role is not Role.LABEL:
            return [text]
        return self.pages.broken(text, width - 2 * PAD - 2 * row.level, SIZE)

    def _cell(
        self,
        box: tuple[float, float, float, float],
        text: str,
        lines: Sequence[str] | None = None,
        *,
        right: bool = False,
        centred: bool = False,
    ) -> None:
        x0, y0, x1, y1 = box
        if self.ruled:
            self.pages.box(*box)
        if not text:
            return
        lines = lines or self.pages.broken(text, x1 - x0 - 2 * PAD, SIZE)
        top = (y0 + y1) / 2 - LINE * len(lines) / 2 + SIZE
        for k, line in enumerate(lines):
            width = self.pages.measure(line, SIZE)
            at = x1 - width - PAD if right else (x0 + x1 - width) / 2 if centred else x0 + PAD
            self.pages.put(at, top + LINE * k, line, SIZE, bold=centred)
