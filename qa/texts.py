"""The full texts of some reports, each read when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import overload

from corpus import Level, Report


@dataclass(frozen=True, slots=True)
class Texts(Sequence[str]):
    """As many texts as there are `reports`; most questions are settled without any of them."""

    reports: Sequence[str]
    read: Callable[[str], str]

    def __len__(self) -> int:
        return len(self.reports)

    @overload
    def __getitem__(self, position: int) -> str: ...

    @overload
    def __getitem__(self, position: slice) -> Sequence[str]: ...

    def __getitem__(self, position: int | slice) -> str | Sequence[str]:
        if isinstance(position, slice):
            return Texts(self.reports[position], self.read)
        return self.read(self.reports[position])


def text_of(report: Report) -> str:
    """All words of a report: its headings, its prose, its text cells and a government's rows."""
    rows = (r.label for t in report.tables for r in t.rows)
    places = rows if report.identity.level is Level.GOVERNMENT else ()
    cells = (c.text for t in report.tables for c in t.cells if c.value is None)
    headings = (s.title for s in report.sections)
    return "\n".join((*headings, *(p.text for p in report.passages), *cells, *places))
