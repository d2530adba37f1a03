"""Reports that never were, with everything that is true of them (docs/generator.md).

from benchmarks.reports import make, write
made = make(7, "putuo_final", 2024)
write(made, "report.pdf")
made.cells, made.paragraphs, made.questions
"""

from benchmarks.reports.gold import gold_lines
from benchmarks.reports.layouts import LAYOUTS, Layout
from benchmarks.reports.making import CLEAN, make, make_years
from benchmarks.reports.model import (
    Difficulty,
    Figure,
    Heading,
    Made,
    Paragraph,
    Plant,
    Question,
    Said,
    Sheet,
    TrueCell,
)
from benchmarks.reports.writers import write

__all__ = [
    "CLEAN",
    "LAYOUTS",
    "Difficulty",
    "Figure",
    "Heading",
    "Layout",
    "Made",
    "Paragraph",
    "Plant",
    "Question",
    "Said",
    "Sheet",
    "TrueCell",
    "gold_lines",
    "make",
    "make_years",
    "write",
]
