"""The money of a project that has a part of its own: the year's total, and what it is made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import takewhile

from corpus import Passage, convert
from qa.answering.listed import of_amount
from qa.figures import Figure, Source, sum_of
from qa.gather import MONEY
from qa.ledger import Entry, SpanPlace
from qa.topics import Topic

_MONEY = ("amount", "budget", "change", "target")
_WHOLE = re.compile(
    r"总预算|预算总额|总额|总投资|合计|共计|总计|共安排|安排(?:资金|预算|经费)?$|预算(?:为|数)?$"
)
_AGAIN = re.compile(r"合计|共计|总计")
_SEPARATORS = re.compile(r"[，,、；;：:。（(]|其中|合计|共计|总计|包括")
_LEADING = re.compile(r"^(?:用于|安排|计划|支持|补贴|投入|其中)+")
_QUARTERS = "一二三四"
_RANGE = re.compile(r"第?([一二三四1-4])(?:季度)?(?:到|至|-|~|—)第?([一二三四1-4])季度?")
_ONE = re.compile(r"第?([一二三四1-4])季度")
_HALVES = {"上半年": "一二", "下半年": "三四"}
_FIRST = re.compile(r"前([一二两三1-3])个?季度")
_EVERY = re.compile(r"(?:各|每|四|4|几)(?:个)?季度|按季度|分季度")
_SHORTEST = 3  # characters of a part's label that must be said


@dataclass(frozen=True, slots=True)
class Part:
    """What a part of a project's money is for, and how much it is."""

    label: str
    figure: Figure


def total_of(source: Source, topic: Topic) -> Figure | None:
    """The year's money for the project: as printed, otherwise the sum of what is printed."""
    entries = _entries(source, topic)
    whole = _whole(source, entries)
    label = topic.whole_name or topic.name
    if whole is not None:
        return replace(of_amount(source, whole), label=label)
    figures = tuple(of_amount(source, e) for e in entries)
    total = sum_of(figures) if len(figures) > 1 else None
    return replace(total, label=label) if total is not None else None


def parts_of(source: Source, topic: Topic) -> tuple[Part, ...]:
    """What the year's money is made of, where the parts add up to the total or none is printed."""
    entries = _entries(source, topic)
    whole = _whole(source, entries)
    rest = [e for e in entries if e is not whole and not _again(source, e, whole)]
    parts = tuple(Part(_label(source, e), of_amount(source, e)) for e in rest)
    if whole is None:
        return parts if len(parts) > 1 else ()
    total = sum((_yuan(p.figure) for p in parts), Decimal(0))
    return parts if total == _yuan(of_amount(source, whole)) else ()


def parts_said(parts: Sequence[Part], text: str) -> tuple[Part, ...]:
    """The parts that the text names: by quarter, or by most of their labels."""
    quarters = _quarters(text)
    if quarters:
        return tuple(p for p in parts if any(q + "季度" in p.label for q in quarters))
    scored = [(len(s), p) for p in parts if (s := _shared(p.label, text))]
    best = max((n for n, _ in scored), default=0)
    exact = [p for _, p in scored if p.label in text or _LEADING.sub("", p.label) in text]
    said = exact or [p for n, p in scored if n == best]
    return tuple(p for p in parts if p in said or _joined(p, said, text))


_SHORTEST_HEAD = 2


def _joined(part: Part, said: Sequence[Part], text: str) -> bool:
    """Whether only what sets a part apart is said, joined to its like: 区级和市级补贴."""
    for other in said:
        pairs = zip(part.label[::-1], other.label[::-1], strict=False)
        same = takewhile(lambda ab: ab[0] == ab[1], pairs)
        tail = "".join(a for a, _ in same)
        head = part.label[: max(_SHORTEST_HEAD, len(part.label) - len(tail))]
        if len(tail) > 1 and re.search(f"{re.escape(head)}的?[加和与、及+]", text):
            return True
    return False


def _quarters(text: str) -> str:
    """The quarters that the text names: 一二三四 for all of them."""
    if _EVERY.search(text) or (
        "季度" in text and not re.search(f"{_ONE.pattern}|{_FIRST.pattern}", text)
    ):
        return _QUARTERS
    first_ones = _FIRST.search(text)
    if first_ones:
        return _QUARTERS[: "一二三四".find(_han(first_ones.group(1).replace("两", "二"))) + 1]
    span = _RANGE.search(text)
    if span:
        first, last = (_QUARTERS.find(_han(q)) for q in span.groups())
        return _QUARTERS[first : last + 1]
    half = next((q for word, q in _HALVES.items() if word in text), "")
    return half or "".join(_han(q) for q in _ONE.findall(text))


def _han(quarter: str) -> str:
    return _QUARTERS[int(quarter) - 1] if quarter.isdigit() else quarter


def _shared(label: str, text: str) -> str:
    """The telling stretch of a label that the text has, "" where that is too little."""
    telling = _LEADING.sub("", label)
    block = SequenceMatcher(None, telling, text, autojunk=False).find_longest_match()
    said = telling[block.a : block.a + block.size]
    return said if block.size >= min(_SHORTEST, len(telling)) and block.size > 1 else ""


# --- reading the figures ------------------------------------------------------------------------


def _passages(source: Source, topic: Topic) -> list[Passage]:
    section = topic.aspect("money")
    return [p for p in source.ledger.report.passages if p.section == section]


def _entries(source: Source, topic: Topic) -> list[Entry]:
    found = [e for p in _passages(source, topic) for e in source.ledger.of_passage(p.id)]
    amounts = [e for e in found if e.measure in _MONEY and e.value is not None]
    return [e for e in amounts if of_amount(source, e).unit in MONEY]


def _whole(source: Source, entries: Sequence[Entry]) -> Entry | None:
    """The first amount where its clause calls it the whole, or where it stands alone."""
    if not entries:
        return None
    first = entries[0]
    if len(entries) == 1 or _WHOLE.search(_clause(source, first)):
        return first
    rest = sum((_yuan(of_amount(source, e)) for e in entries[1:]), Decimal(0))
    return first if rest == _yuan(of_amount(source, first)) else None


def _again(source: Source, entry: Entry, whole: Entry | None) -> bool:
    """Whether an amount only says the whole once more: ……，合计若干."""
    if whole is None or _yuan(of_amount(source, entry)) != _yuan(of_amount(source, whole)):
        return False
    return bool(_AGAIN.search(_before(source, entry)[-6:]))


def _before(source: Source, entry: Entry) -> str:
    """The text before a figure, from the paragraph before it too where its own begins with it."""
    assert isinstance(entry.place, SpanPlace)
    passages = source.ledger.report.passages
    own = passages[entry.place.passage]
    before = own.text[: entry.place.start]
    if len(before.strip()) < 2 and own.id and passages[own.id - 1].section == own.section:
        before = passages[own.id - 1].text + before
    return before


def _clause(source: Source, entry: Entry) -> str:
    return _SEPARATORS.split(re.sub(r"(?<=\d),(?=\d)", "", _before(source, entry)))[-1]


def _label(source: Source, entry: Entry) -> str:
    said = re.sub(r"\s|为$", "", _clause(source, entry))
    return said or entry.label


def _yuan(figure: Figure) -> Decimal:
    return (
        convert(figure.value or Decimal(0), figure.unit, "元")
        if figure.unit in MONEY
        else Decimal(0)
    )
