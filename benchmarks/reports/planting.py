"""Contradictions put into a report on purpose, each recorded, so that an audit can be scored."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from benchmarks.reports.model import Block, Paragraph, Plant, Role, Sheet, SheetRow

Planted = tuple[Block, Plant]
Names = tuple[str, str]  # the body, and another
_UNCHECKED = ("budget.procurement",)  # its sums are no statement's
_AMOUNT = re.compile(r"(?<![\d.,])(\d[\d,]*(?:\.\d+)?)(?=万元)")
_RATE = re.compile(r"(?<![\d.,])(\d+(?:\.\d+)?)(?=%)")
_TRIES = 60


def plant(
    blocks: Sequence[Block], count: int, chance: random.Random, body: str, other: str
) -> tuple[list[Block], tuple[Plant, ...]]:
    """`count` contradictions, each in a block of its own; the blocks and what was done."""
    changed = list(blocks)
    plants: list[Plant] = []
    used: set[int] = set()
    makers = (_cell, _cell, _amount, _rate, _direction, _unit, _year, _name)
    for _ in range(_TRIES):
        if len(plants) == count:
            break
        at = chance.randrange(len(changed))
        maker: Callable[..., Planted | None] = chance.choice(makers)
        done = None if at in used else maker(changed[at], chance, (body, other))
        if done is not None:
            changed[at], record = done
            plants.append(record)
            used.add(at)
    return changed, tuple(plants)


def _cell(block: Block, chance: random.Random, _: Names) -> Planted | None:
    """Another figure in a cell of a table with sums."""
    if not isinstance(block, Sheet) or block.statement in _UNCHECKED:
        return None
    places = [
        (r, c)
        for r, row in enumerate(block.rows)
        for c, column in enumerate(block.columns)
        if column.role is Role.VALUE and _figure(row.texts[c]) > 1
    ]
    if not places:
        return None
    r, c = chance.choice(places)
    was = block.rows[r].texts[c]
    now = _other(was, chance)
    row = _with_text(block.rows[r], c, now)
    rows = (*block.rows[:r], row, *block.rows[r + 1 :])
    label = next((t for t in block.rows[r].texts if re.search("[\u4e00-\u9fff]", t)), "")
    place = f"{block.title} {label} {'/'.join(block.columns[c].path)}"
    return replace(block, rows=rows), Plant("cell", place, was, now)


def _with_text(row: SheetRow, column: int, text: str) -> SheetRow:
    return replace(row, texts=(*row.texts[:column], text, *row.texts[column + 1 :]))


def _figure(text: str) -> Decimal:
    bare = text.replace(",", "")
    return Decimal(bare) if re.fullmatch(r"\d+\.\d+", bare) else Decimal(0)


def _other(text: str, chance: random.Random) -> str:
    """A figure that rounding does not explain, written the same way."""
    value = _figure(text if "." in text else text + ".0")
    moved = value * Decimal(chance.choice(("1.1", "0.9", "1.5", "0.5"))) + Decimal("0.11")
    places = len(text.partition(".")[2])
    shown = f"{moved:,.{places}f}" if "," in text else f"{moved:.{places}f}"
    return shown if shown != text else f"{moved + 1:.{places}f}"


def _amount(block: Block, chance: random.Random, _: Names) -> Planted | None:
    """Another amount in a sentence that can be checked: one with a rate or a share beside it."""
    if not isinstance(block, Paragraph) or not any(s.unit == "%" for s in block.said):
        return None
    found = [m for m in _AMOUNT.finditer(block.text) if Decimal(m[1].replace(",", "")) > 1]
    return _replaced(block, chance.choice(found), "amount", chance) if found else None


def _rate(block: Block, chance: random.Random, _: Names) -> Planted | None:
    """Another percentage."""
    if not isinstance(block, Paragraph) or not block.said:
        return None
    found = [m for m in _RATE.finditer(block.text) if Decimal(m[1]) > 1]
    return _replaced(block, chance.choice(found), "rate", chance) if found else None


def _replaced(block: Paragraph, match: re.Match[str], kind: str, chance: random.Random) -> Planted:
    now = _other(match[1], chance)
    text = block.text[: match.start()] + now + block.text[match.end() :]
    return replace(block, text=text), Plant(kind, block.section, match[1], now)


def _direction(block: Block, _: random.Random, __: Names) -> Planted | None:
    """增加 where the rate beside it falls, or the other way round."""
    if not isinstance(block, Paragraph):
        return None
    match = re.search(r"(增加|减少)(?=[\d,.]+万元，(增长|下降))", block.text)
    if match is None:
        return None
    now = "减少" if match[1] == "增加" else "增加"
    text = block.text[: match.start()] + now + block.text[match.end() :]
    return replace(block, text=text), Plant("direction", block.section, match[1], now)


def _unit(block: Block, chance: random.Random, _: Names) -> Planted | None:
    """元 where 万元 is meant."""
    if not isinstance(block, Paragraph) or not any(s.unit == "%" for s in block.said):
        return None
    found = [m for m in _AMOUNT.finditer(block.text) if Decimal(m[1].replace(",", "")) > 1]
    if not found:
        return None
    match = chance.choice(found)
    text = block.text[: match.end()] + block.text[match.end() :].replace("万元", "元", 1)
    was, now = match[1] + "万元", match[1] + "元"
    return replace(block, text=text), Plant("unit", block.section, was, now)


def _year(block: Block, _: random.Random, __: Names) -> Planted | None:
    """A sentence about this year's figures that names another year."""
    if not isinstance(block, Paragraph) or not any(s.measure == "amount" for s in block.said):
        return None
    match = re.match(r"(20\d\d)(?=年度)", block.text)
    if match is None:
        return None
    now = str(int(match[1]) - 3)
    text = now + block.text[match.end() :]
    return replace(block, text=text), Plant("year", block.section, match[1], now)


def _name(block: Block, _: random.Random, names: Names) -> Planted | None:
    """Another body's name where this one's belongs."""
    if not isinstance(block, Paragraph) or not block.said:
        return None
    was, now = names
    if was not in block.text:
        return None
    text = block.text.replace(was, now, 1)
    return replace(block, text=text), Plant("name", block.section, was, now)
