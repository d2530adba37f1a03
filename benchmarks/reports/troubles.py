"""What makes the same report harder to read: other words, blank rows, spread characters."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import yaml
from pydantic import BaseModel, ConfigDict

from benchmarks.reports.chart import DATA
from benchmarks.reports.model import Block, Difficulty, Sheet, SheetRow, Span
from corpus.model import Kind

_SPREAD = ("合计", "总计", "小计", "项目", "收入", "支出", "金额", "总计")


class Alternatives(BaseModel):
    """Other words by kind of report (data/alternatives.yaml)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    final: dict[str, tuple[str, ...]]
    budget: dict[str, tuple[str, ...]]
    unit_labels: tuple[str, ...]


@cache
def alternatives() -> Alternatives:
    """The alternatives, read once."""
    text = (DATA / "alternatives.yaml").read_text(encoding="utf-8")
    return Alternatives.model_validate(yaml.safe_load(text))


def other_words(kind: Kind, hard: Difficulty, chance: random.Random) -> dict[str, str]:
    """A choice of other words, about half of those there are; none unless asked for."""
    if not hard.titles:
        return {}
    known = alternatives().final if kind is Kind.FINAL else alternatives().budget
    return {word: chance.choice(others) for word, others in known.items() if chance.random() < 0.5}


def troubled(blocks: Iterable[Block], hard: Difficulty, chance: random.Random) -> list[Block]:
    """The blocks with what the difficulty does to tables."""
    label = chance.choice(alternatives().unit_labels) if hard.titles else "单位"
    return [_sheet(b, hard, chance, label) if isinstance(b, Sheet) else b for b in blocks]


def _sheet(sheet: Sheet, hard: Difficulty, chance: random.Random, unit_label: str) -> Sheet:
    sheet = replace(sheet, unit_label=unit_label)
    if hard.blank_rows and not sheet.unlabelled:
        empty = SheetRow(("",) * len(sheet.columns))
        sheet = replace(sheet, rows=(*sheet.rows, *[empty] * chance.randint(1, 3)))
    if hard.spread:
        sheet = replace(
            sheet,
            header=tuple(_spread_span(s) for s in sheet.header),
            rows=tuple(replace(r, texts=tuple(map(_spread, r.texts))) for r in sheet.rows),
        )
    return sheet


def _spread_span(span: Span) -> Span:
    return replace(span, text=_spread(span.text))


def _spread(text: str) -> str:
    return " ".join(text) if text in _SPREAD else text
