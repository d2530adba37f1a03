"""Drawing on pages with reportlab: text that wraps, ruled tables that break over pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.reports.writers.text import cut

HAN, LATIN = "STSong-Light", "Helvetica"
pdfmetrics.registerFont(UnicodeCIDFont(HAN))
A4 = (595.32, 841.92)
EDGE = 56.0


@dataclass(frozen=True, slots=True)
class Ink:
    """How letters are put on the page."""

    offset: bool = False  # digits smaller and off the baseline
    bold: bool = False  # drawn twice


class Pages:
    """A PDF being drawn; `y` goes down the page from the top."""

    def __init__(self, path: Path, ink: Ink) -> None:
        self.ink = ink
        self.canvas = Canvas(str(path), pagesize=A4, invariant=1)
        self.size = A4
        self.y = EDGE
        self.number = 1

    @property
    def room(self) -> float:
        """How much of the page is left."""
        return self.size[1] - EDGE - self.y

    @property
    def width(self) -> float:
        """The width between the edges."""
        return self.size[0] - 2 * EDGE

    def turn(self, *, landscape: bool = False) -> None:
        """Begin a new page."""
        self._foot()
        self.canvas.showPage()
        self.number += 1
        self.size = (A4[1], A4[0]) if landscape else A4
        self.canvas.setPageSize(self.size)
        self.y = EDGE

    def save(self) -> None:
        """Finish the file."""
        self._foot()
        self.canvas.save()

    def _foot(self) -> None:
        text = f"— {self.number} —"
        self.put((self.size[0] - self.measure(text, 9)) / 2, self.size[1] - 30, text, 9)

    def measure(self, text: str, size: float) -> float:
        """The width of a text in points."""
        return float(sum(pdfmetrics.stringWidth(run, font, size) for font, run in runs(text)))

    def put(self, x: float, y: float, text: str, size: float, *, bold: bool = False) -> None:
        """A text with its baseline at `y`; Latin letters and digits in their own font."""
        for font, run in runs(text):
            drop = 1.6 if self.ink.offset and font == LATIN else 0.0
            self.canvas.setFont(font, size * (0.94 if drop else 1))
            self.canvas.drawString(x, self.size[1] - y - drop, run)
            if bold and self.ink.bold:
                self.canvas.drawString(x + 0.25, self.size[1] - y - drop, run)
            x += pdfmetrics.stringWidth(run, font, size)

    def paragraph(self, text: str, size: float = 14, *, indent: bool = True) -> None:
        """A paragraph of prose over as many lines and pages as it takes."""
        for line in self.broken("　　" + text if indent else text, self.width, size):
            if self.room < size * 1.8:
                self.turn()
            self.y += size * 1.8
            self.put(EDGE, self.y, line, size)

    def centred(self, text: str, size: float, *, bold: bool = False) -> None:
        """A line in the middle of the page."""
        for line in self.broken(text, self.width, size):
            self.y += size * 1.7
            self.put((self.size[0] - self.measure(line, size)) / 2, self.y, line, size, bold=bold)

    def broken(self, text: str, width: float, size: float) -> list[str]:
        """The text in lines that fit into `width`."""
        if self.measure(text, size) <= width:
            return [text]
        # Latin letters take half the room of a character.
        return [part for part in _fit(self, text, width, size) if part]

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A rectangle of thin lines."""
        self.canvas.setLineWidth(0.5)
        self.canvas.rect(x0, self.size[1] - y1, x1 - x0, y1 - y0)


def _fit(pages: Pages, text: str, width: float, size: float) -> list[str]:
    lines, line = [], ""
    for token in cut(text, 1):
        if line and pages.measure(line + token, size) > width and token[0] not in "，。；：、）":
            lines.append(line)
            line = ""
        line += token
    return [*lines, line]


def runs(text: str) -> list[tuple[str, str]]:
    """The text in runs of one font: (font, run)."""
    found: list[tuple[str, str]] = []
    for char in text:
        font = LATIN if char.isascii() and char != " " else HAN
        if found and found[-1][0] == font:
            found[-1] = (font, found[-1][1] + char)
        else:
            found.append((font, char))
    return found


def spread(total: float, weights: Sequence[float]) -> list[float]:
    """`total` divided in proportion to the weights."""
    return [total * weight / sum(weights) for weight in weights]
