"""Questions as gold lines (docs/evaluation.md): JSON, one a line, for the file that was written."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from decimal import Decimal

from benchmarks.reports.model import Figure, Made, Question


def gold_lines(made: Made, stem: str, count: int | None = None) -> Iterator[str]:
    """The report's questions as gold for the file with that stem; `count` of them by chance.

    A sample takes each kind in proportion, at least one of every kind.
    """
    for n, question in enumerate(sample(made, count)):
        yield json.dumps(_line(question, f"{stem}-{n + 1:04d}", stem), ensure_ascii=False)


def sample(made: Made, count: int | None) -> list[Question]:
    """`count` of the questions, kinds by turns."""
    questions = list(made.questions)
    if count is None or count >= len(questions):
        return questions
    random.Random(f"{made.seed} {made.year} sample").shuffle(questions)
    kinds: dict[str, list[Question]] = {}
    for question in questions:
        kinds.setdefault(question.kind, []).append(question)
    picked = [listed.pop() for listed in kinds.values()][:count]
    rest = [question for question in questions if question not in picked]
    return picked + rest[: count - len(picked)]


def _line(question: Question, id: str, stem: str) -> dict[str, object]:
    return {
        "id": id,
        "reports": [stem],
        "turns": [],
        "question": question.question,
        "lang": question.lang,
        "kind": question.kind,
        "answerable": question.answerable,
        "numbers": [_number(figure) for figure in question.numbers],
        "contains": [list(group) for group in question.contains],
        "excludes": list(question.excludes),
        "quote": list(question.quote),
        "section": question.section,
        "note": question.note,
    }


def _number(figure: Figure) -> dict[str, object]:
    return {
        "value": _plain(figure.value),
        "unit": figure.unit,
        "accept": _texts(figure.accept),
    }


def _texts(values: Iterable[Decimal]) -> list[str]:
    return [_plain(value) for value in values]


def _plain(value: Decimal) -> str:
    return f"{value:f}"
