"""Gold questions: one JSON object a line, validated when loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

Kind = Literal[
    "lookup",
    "derived",
    "reason",
    "definition",
    "list",
    "count",
    "compare",
    "followup",
    "unanswerable",
    "ambiguous",
    "audit",
]


class GoldError(Exception):
    """A gold file that cannot be used; the message names the file and line."""


def _amount(written: object) -> object:
    """Read "1,578.60" as an exact Decimal; floats are refused because they are not exact."""
    if not isinstance(written, str):
        raise ValueError("an amount must be written as a string")
    try:
        return Decimal(written.replace(",", "").replace("，", "").strip())
    except InvalidOperation:
        raise ValueError(f"{written!r} is not a number") from None


Amount = Annotated[Decimal, BeforeValidator(_amount)]
Text = Annotated[str, Field(min_length=1)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GoldNumber(_Frozen):
    """A figure that a right answer states; `accept` are other values that count as right."""

    value: Amount
    unit: str
    accept: tuple[Amount, ...] = ()


class GoldQuestion(_Frozen):
    """One gold question. `contains` is a conjunction of groups, each group a disjunction."""

    id: Text
    reports: tuple[Text, ...]
    turns: tuple[Text, ...] = ()
    question: Text
    lang: Literal["zh", "en", "mixed"]
    kind: Kind
    answerable: bool
    numbers: tuple[GoldNumber, ...] = ()
    contains: tuple[Annotated[tuple[Text, ...], Field(min_length=1)], ...] = ()
    excludes: tuple[Text, ...] = ()
    quote: tuple[Text, ...] = ()
    section: str = ""
    page: int | None = None
    note: str = ""
    false_premise: bool = False  # the question takes for granted what the report denies

    @model_validator(mode="after")
    def _is_consistent(self) -> GoldQuestion:
        expects = bool(self.numbers or self.contains)
        if self.answerable and not expects:
            raise ValueError("an answerable question must expect numbers or strings")
        if not self.answerable and self.numbers:
            raise ValueError("an unanswerable question cannot expect a number")
        return self


def load_gold(paths: Iterable[Path]) -> tuple[GoldQuestion, ...]:
    """All questions of the files, in order. Raises GoldError on the first line that is not valid.

    Ids are unique over all files, so that two runs can be compared question by question.
    """
    seen: dict[str, Path] = {}
    questions: list[GoldQuestion] = []
    for path in paths:
        for question in _read(path):
            if question.id in seen:
                raise GoldError(f"{path}: id {question.id} also stands in {seen[question.id]}")
            seen[question.id] = path
            questions.append(question)
    if not questions:
        raise GoldError("the gold set holds no question")
    return tuple(questions)


def _read(path: Path) -> Iterator[GoldQuestion]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read ({error})") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield GoldQuestion.model_validate_json(line)
        except ValidationError as error:
            raise GoldError(f"{path}, line {number}: {_first_problem(error)}") from error


def _first_problem(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else str(first["msg"])
