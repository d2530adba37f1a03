"""What an arm is: something that brings pieces of reports for a question and answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus import Report
from qa.answer import Answer, CheckedBy, Citation, Number, Status
from qa.evaluation import Found
from qa.evaluation.figures import figures


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as an arm is given it: in `reports`, or anywhere where there are none."""

    question: str
    turns: tuple[str, ...]
    reports: tuple[str, ...]

    @property
    def text(self) -> str:
        """All that was said, oldest first."""
        return " ".join((*self.turns, self.question))


class Arm(Protocol):
    """One way of finding and answering."""

    name: str

    def bring(self, asked: Asked) -> Sequence[Found]:
        """Pieces of reports, best first."""
        ...

    def answer(self, asked: Asked) -> Answer:
        """An answer by the product's record."""
        ...


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage or row of a report as it is printed, and what it stands under."""

    report: str
    text: str
    heading: str

    @property
    def found(self) -> Found:
        """The piece as it is judged."""
        return Found(self.report, self.text, self.heading)


def from_top(asked: Asked, found: Sequence[Found]) -> Answer:
    """The first piece as the answer: what somebody who only searches would read out."""
    if not found or not found[0].text.strip():
        return Answer(
            question=asked.question, status=Status.REFUSED, answer="nothing found", language="en"
        )
    top = found[0]
    cited = Citation(report=top.report, title="", year=None, section=top.heading, quote=top.text)
    stated = {(f.value, f.unit): f for f in figures(top.text) if f.is_amount or not f.unit}
    numbers = tuple(
        Number(value=value, unit=unit, check=CheckedBy.PROSE, citation=0) for value, unit in stated
    )
    return Answer(
        question=asked.question, status=Status.ANSWERED, answer=f"{top.text}[1]", language="zh",
        numbers=numbers, citations=(cited,),
    )  # fmt: skip


def pieces_of(report: Report) -> list[Piece]:
    """Every passage and every row with its cells, in reading order of either."""
    found = []
    for passage in report.passages:
        if passage.text.strip():
            heading = "\n".join(report.path(passage.section))
            found.append(Piece(report.id, passage.text, heading))
    for table in report.tables:
        heading = "\n".join((*report.path(table.section), table.number, table.title))
        cells: dict[int, list[str]] = {}
        for cell in table.cells:
            if cell.text:
                cells.setdefault(cell.row, []).append(f"{cell.text}{_unit(cell.text, cell.unit)}")
        for row in table.rows:
            label = " ".join((row.code, *row.path, row.label)).strip()
            text = " ".join((label, *cells.get(row.id, [])))
            if label:
                found.append(Piece(report.id, text, heading))
    return found


def _unit(text: str, unit: str) -> str:
    """The unit a reader supplies from the table's head; a baseline must not fail for want of it."""
    return unit if text[-1:].isdigit() else ""
