"""What sentences say about cells: "公务用车运行费支出0.56万元", "公务用车购置费无预算安排"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.amounts import YUAN, Scale
from corpus.frames import Frame
from corpus.model import Column, Kind
from corpus.placing import Told
from corpus.relations import Ref
from corpus.statements import ColumnSpec, Shape
from corpus.tokens import decimals, number, plain

_AMOUNT = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)(亿元|万元|千元|元)")
_CHANGE = re.compile(r"比|较|增加|减少|增长|下降|上年|节约|追加|调整")
_NO_BUDGET = re.compile(r"(无|未安排|没有(安排)?)(年初)?(预算|财政拨款预算)|预算(数)?为?零")
_NO_SPENDING = re.compile(r"(无|未|没有)(发生)?(支出|使用|发生|开支)|支出(决算)?(数)?为?零")
_ALL_SPENT = re.compile(r"完成(年初|全年|调整)?预算的?100(\.0+)?%")
_OF_A_BUDGET = re.compile(r"(占|完成).{0,8}预算的?$")


@dataclass(frozen=True, slots=True)
class _Said:
    measure: str
    amount: Decimal  # in yuan
    step: Decimal  # one unit of its last decimal, in yuan


def mentions(frames: Sequence[Frame], prose: Sequence[str], scale: Scale) -> tuple[Told, ...]:
    """What the passages say about the one line of figures, or the 合计 row, of each statement."""
    texts = _lists_joined([plain(passage) for passage in prose])
    return tuple(told for frame in frames for told in _of_frame(frame, texts, scale))


def _lists_joined(texts: Sequence[str]) -> list[str]:
    """The passages, with the items of a list (…如下：…；…；) behind the one that says of what."""
    joined: list[str] = []
    for text in texts:
        if joined and joined[-1].endswith((";", ":")):
            joined[-1] += text
        else:
            joined.append(text)
    return joined


def _of_frame(frame: Frame, texts: Sequence[str], scale: Scale) -> Iterator[Told]:
    row = _row(frame)
    if row is None or frame.statement is None:
        return
    where = re.compile(frame.statement.said_where)
    specs = {s.role: s for layout in frame.statement.layouts for s in layout if s.said}
    names = {plain(n) for s in specs.values() for n in s.said.split("|")}
    for text in texts:
        if where.search(text):
            for column in frame.columns(row):
                if column.role in specs:
                    yield from _about(frame, row, column, specs[column.role], names, text, scale)


def _row(frame: Frame) -> int | None:
    if frame.statement is not None and frame.statement.shape is Shape.AMOUNTS:
        return 0 if frame.draft.rows else None
    return frame.role("total")


def _about(
    frame: Frame,
    row: int,
    column: Column,
    spec: ColumnSpec,
    names: set[str],
    text: str,
    scale: Scale,
) -> Iterator[Told]:
    own = {plain(name) for name in spec.said.split("|")}
    plan = frame.statement is not None and frame.statement.kind is Kind.BUDGET
    for window in _windows(text, own, names):
        said = next((s for s in _sayings(window, plan) if s.measure == spec.measure), None)
        if said is not None:
            amount = int(said.amount / scale.quantum)
            tolerance = int(said.step / scale.quantum / 2)
            yield Told(Ref(frame.id, row, column.id), amount, tolerance)


def _windows(text: str, own: set[str], names: set[str]) -> Iterator[str]:
    """What follows each own name, up to the end of its sentence or the next name."""
    ordered = sorted(names, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, ordered)))
    found = list(pattern.finditer(text))
    for k, name in enumerate(found):
        if name[0] in own:
            end = found[k + 1].start() if k + 1 < len(found) else len(text)
            sentence = re.match(r"[^。;]*", text[name.end() : end])
            yield sentence[0] if sentence else ""


def _sayings(window: str, plan: bool) -> Iterator[_Said]:
    """The amounts of a window; in the report of a plan every amount is planned."""
    start = 0
    for found in _AMOUNT.finditer(window):
        before = window[start : found.start()]
        start = found.end()
        value = number(found[1])
        if value is None or _CHANGE.search(before) or _OF_A_BUDGET.search(before):
            continue
        unit = YUAN[found[2]]
        step = unit * Decimal(10) ** -decimals(found[1])
        measure = "budget" if plan else _measure(before)
        yield _Said(measure, value * unit, step)
        if measure == "final" and _ALL_SPENT.search(window):
            yield _Said("budget", value * unit, step)
    if _NO_BUDGET.search(window):
        yield _Said("budget", Decimal(0), Decimal(0))
    if _NO_SPENDING.search(window):
        yield _Said("final", Decimal(0), Decimal(0))


def _measure(before: str) -> str:
    return "budget" if "预算" in before and "决算" not in before else "final"
