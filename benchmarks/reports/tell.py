"""Sentences whose figures come from the ledger, each with what it claims."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

import yaml
from pydantic import BaseModel, ConfigDict

from benchmarks.reports.chart import DATA
from benchmarks.reports.model import Block, Heading, Paragraph, Said
from benchmarks.reports.style import Style


class Phrases(BaseModel):
    """Parts of sentences without figures (data/phrases.yaml)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    less: tuple[str, ...]
    more: tuple[str, ...]
    uses: tuple[str, ...]
    projects: tuple[str, ...]
    achievements: tuple[str, ...]
    problems: tuple[str, ...]
    measures: tuple[str, ...]


@cache
def phrases() -> Phrases:
    """The phrases, read once."""
    text = (DATA / "phrases.yaml").read_text(encoding="utf-8")
    return Phrases.model_validate(yaml.safe_load(text))


def percent(part: int, whole: int, digits: int = 1) -> Decimal:
    """`part` in percent of `whole`, rounded half up; 0 where there is no whole."""
    if not whole:
        return Decimal(0)
    return ratio(Decimal(part), Decimal(whole), digits)


def ratio(part: Decimal, whole: Decimal, digits: int) -> Decimal:
    """`part` in percent of `whole`, rounded half up."""
    return (part * 100 / whole).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def wan(amount: int) -> Decimal:
    """An amount in 元 as 万元 to the cent."""
    return (Decimal(amount) / 10000).quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(slots=True)
class Teller:
    """Collects headings and paragraphs of one report."""

    style: Style
    chance: random.Random
    digits: int = 1
    blocks: list[Block] = field(default_factory=list)
    heading: str = ""
    _said: list[Said] = field(default_factory=list)
    _reason: str = ""

    def head(self, level: int, number: str, title: str) -> None:
        """A heading; what follows stands under it."""
        self.heading = number + title
        self.blocks.append(Heading(level, number, title))

    def say(self, text: str) -> None:
        """A paragraph with what the words before it have claimed."""
        self.blocks.append(Paragraph(text, tuple(self._said), self._reason, self.heading))
        self._said, self._reason = [], ""

    def money(self, amount: int, subject: str, measure: str = "amount", basis: str = "") -> str:
        """An amount in 元, written in 万元, and claimed of `subject`."""
        self._said.append(Said(subject, measure, wan(amount), "万元", basis))
        return self.style.said(amount)

    def rate(self, part: int, whole: int, subject: str, measure: str, basis: str = "") -> str:
        """A percentage, claimed of `subject`; unsigned in print where the words give the sign."""
        value = percent(part, whole, self.digits)
        self._said.append(Said(subject, measure, value, "%", basis, percent(part, whole, 2)))
        shown = f"{abs(value)}"
        if self.style.trimmed and "." in shown:
            shown = shown.rstrip("0").rstrip(".")
        return shown + "%"

    def count(self, number: int, unit: str, subject: str) -> str:
        """A number of things, claimed of `subject`."""
        self._said.append(Said(subject, "count", Decimal(number), unit))
        return f"{number}{unit}"

    def change(self, now: int, before: int, subject: str, basis: str, *, why: bool = True) -> str:
        """增加x万元，增长y%，主要原因是…; 持平 where nothing moved."""
        moved = now - before
        if not moved:
            return "与其持平"
        up = moved > 0
        amount = self.money_of_change(moved, subject, basis)
        text = f"{'增加' if up else '减少'}{amount}"
        if before:
            rate = self.rate(moved, before, subject, "rate", basis)
            text += f"，{'增长' if up else '下降'}{rate}"
        return text + (f"，主要原因是{self.why(up)}" if why else "")

    def money_of_change(self, moved: int, subject: str, basis: str) -> str:
        """The size of a change; its sign stands in the words."""
        self._said.append(Said(subject, "change", wan(moved), "万元", basis))
        return self.style.said(abs(moved))

    def why(self, up: bool) -> str:
        """A reason for more or for less."""
        self._reason = self.chance.choice(phrases().more if up else phrases().less)
        return self._reason

    def use(self) -> str:
        """What money was for."""
        return self.chance.choice(phrases().uses)
