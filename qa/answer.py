"""The answer record: what every face of the product shows and what `batch` writes."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Status(StrEnum):
    """Answered, asked back, or declined with a reason."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    REFUSED = "refused"


class CheckedBy(StrEnum):
    """How a figure was checked: by a cell, a calculation, a sentence, or two that disagree."""

    TABLE = "table"
    COMPUTED = "computed"
    PROSE = "prose"
    CONFLICT = "conflict"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Citation(_Frozen):
    """An address in a report. `quote` is verbatim report text (for a cell: its row)."""

    report: str
    title: str
    year: int | None
    section: str
    table: str = ""
    row: str = ""
    column: str = ""
    page: int | None = None
    quote: str = ""


class Number(_Frozen):
    """A figure stated by the answer. `citation` is an index into `Answer.citations`."""

    value: Decimal
    unit: str
    check: CheckedBy
    citation: int | None


class Operand(_Frozen):
    """One input of a calculation."""

    label: str
    value: Decimal
    unit: str
    citation: int | None


class Derivation(_Frozen):
    """How a computed figure came about; `formula` names the operands by their labels."""

    formula: str
    operands: tuple[Operand, ...]
    result: Decimal


class Answer(_Frozen):
    """A checked answer. `answer` marks its sources as [1], [2] … in the order of `citations`."""

    id: str = ""
    question: str
    status: Status
    answer: str
    language: Literal["zh", "en"]
    numbers: tuple[Number, ...] = ()
    citations: tuple[Citation, ...] = ()
    derivation: Derivation | None = None
    suggestions: tuple[str, ...] = ()
    elapsed_ms: float = 0.0
