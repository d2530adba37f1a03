"""From a published final account or budget to a `Report`: the door of the package."""

from corpus.errors import UnreadableFile
from corpus.model import (
    Cell,
    Check,
    Claim,
    Column,
    Identity,
    Kind,
    Level,
    Measure,
    Outcome,
    Passage,
    Placement,
    Quantity,
    Reason,
    Report,
    Row,
    Section,
    Source,
    Table,
    Term,
)
from corpus.quantity import convert, find_quantities, parse_number
from corpus.read import read_report

__all__ = [
    "Cell",
    "Check",
    "Claim",
    "Column",
    "Identity",
    "Kind",
    "Level",
    "Measure",
    "Outcome",
    "Passage",
    "Placement",
    "Quantity",
    "Reason",
    "Report",
    "Row",
    "Section",
    "Source",
    "Table",
    "Term",
    "UnreadableFile",
    "convert",
    "find_quantities",
    "parse_number",
    "read_report",
]
