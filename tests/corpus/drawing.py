"""Draws made-up pages with reportlab: ruled tables, bare text, and the tricks real files play."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

HAN, LATIN = "STSong-Light", "Helvetica"
pdfmetrics.registerFont(UnicodeCIDFont(HAN))
WIDTH, HEIGHT = 595.0, 842.0
LEFT, ROW = 60.0, 22.0

Merged = tuple[int, int, int, int]  # row, column, rowspan, colspan


class Pages:
    """A PDF being drawn; `y` goes down the page from the top."""

    def __init__(self, path: Path, size: tuple[float, float] = (WIDTH, HEIGHT)) -> None:
        self.path, self.size = path, size
        self.canvas = Canvas(str(path), pagesize=size)

    def text(self, x: float, y: float, text: str, size: float = 10, font: str = HAN) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.size[1] - y, text)

    def mixed(self, x: float, y: float, parts: Sequence[tuple[str, str]], size: float = 10) -> None:
        """One line out of several fonts on the same baseline."""
        for font, text in parts:
            self.text(x, y, text, size, font)
            x += pdfmetrics.stringWidth(text, font, size)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, self.size[1] - y0, x1, self.size[1] - y1)

    def table(
        self,
        y: float,
        widths: Sequence[float],
        rows: Sequence[Sequence[str]],
        merged: Sequence[Merged] = (),
        heights: Sequence[float] | None = None,
    ) -> float:
        """A table with every cell ruled; a text with line breaks wraps. Returns its lower edge."""
        tall = list(heights or [ROW] * len(rows))
        ys = [y + sum(tall[:i]) for i in range(len(rows) + 1)]
        xs = [LEFT + sum(widths[:i]) for i in range(len(widths) + 1)]
        covered = {
            (r + i, c + j): (r, c, h, w)
            for r, c, h, w in merged
            for i in range(h)
            for j in range(w)
        }
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                r0, c0, h, w = covered.get((r, c), (r, c, 1, 1))
                if (r0, c0) != (r, c):
                    continue
                box = xs[c], ys[r], xs[c + w], ys[r + h]
                self.box(*box)
                self._fill(box, text)
        return ys[-1]

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.rect(x0, self.size[1] - y1, x1 - x0, y1 - y0)

    def _fill(self, box: tuple[float, float, float, float], text: str) -> None:
        x0, y0, x1, y1 = box
        lines = text.split("\n")
        top = (y0 + y1) / 2 - 6 * len(lines) + 9
        for k, line in enumerate(lines):
            if line.replace(",", "").replace(".", "").isdigit():
                width = pdfmetrics.stringWidth(line, HAN, 10)
                self.text(x1 - width - 3, top + 12 * k, line)
            else:
                self.text(x0 + 3, top + 12 * k, line)

    def next(self) -> None:
        self.canvas.showPage()

    def save(self) -> Path:
        self.canvas.save()
        return self.path
