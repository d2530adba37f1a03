"""The same sentence told twice, in the prose or in a table's words, with other figures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus import find_quantities
from qa.audit.amounts import half
from qa.audit.case import Address, Case
from qa.audit.findings import Evidence, Rule, Severity, Trial, fails, holds

_LEAST = 8  # characters of common words before two figures are taken for the same
_WORDS = 12  # a table's words are prose from this length on
_STOPS = re.compile(r"[。！？；]")
_NOT_WORDS = re.compile(r"[\s\d.,，．%％]+")


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure in a text: the words of its sentence before it, and where it stands."""

    value: Decimal
    written: str
    unit: str
    lead: str
    source: int | Address
    start: int
    end: int


def check_repeats(case: Case) -> Iterator[Trial]:
    """Figures after the same words: other values, beyond what rounding explains."""
    for first, second in _couples(case):
        if _rounds(first, second) or first.value == second.value:
            yield holds()
        else:
            yield _differs(case, first, second, "数值不同", "differ in value")


def check_precision(case: Case) -> Iterator[Trial]:
    """Figures after the same words that differ only in how far they are rounded."""
    for first, second in _couples(case):
        if first.value == second.value:
            yield holds()
        elif _rounds(first, second):
            yield _differs(case, first, second, "保留的小数位数不同", "differ in precision")


def _couples(case: Case) -> Iterator[tuple[_Told, _Told]]:
    """Each figure of a table's words with the figure of the prose that follows the same words."""
    if not any(True for _ in _word_cells(case)):
        return
    prose: dict[tuple[str, str], list[_Told]] = defaultdict(list)
    for passage in case.report.passages:
        for told in _figures(passage.text, passage.id):
            prose[told.lead, told.unit].append(told)
    for address, text in _word_cells(case):
        for told in _figures(text, address):
            same = prose.get((told.lead, told.unit), ())
            if len(same) == 1:
                yield same[0], told


def _word_cells(case: Case) -> Iterator[tuple[Address, str]]:
    for address, cell in case.cells.items():
        if cell.value is None and len(cell.text) >= _WORDS:
            yield address, cell.text


def _figures(text: str, source: int | Address) -> Iterator[_Told]:
    for found in find_quantities(text):
        opened = max((m.end() for m in _STOPS.finditer(text, 0, found.start)), default=0)
        lead = _NOT_WORDS.sub("", text[opened : found.start])
        if len(lead) >= _LEAST:
            q = found.quantity
            yield _Told(q.value, q.written, q.unit, lead, source, found.start, found.end)


def _rounds(first: _Told, second: _Told) -> bool:
    slack = max(half(first.written), half(second.written))
    return abs(first.value - second.value) <= slack


def _differs(case: Case, prose: _Told, cell: _Told, how: str, how_en: str) -> Trial:
    evidence = (_evidence(case, prose), _evidence(case, cell))
    about = _about(case, prose)
    where = evidence[1].table or evidence[1].section
    return fails(
        f"同一句话中的“{about}”，正文写{prose.written}，{where}写{cell.written}，{how}",
        f"the same sentence gives {about} as {prose.written} in the text and as {cell.written} "
        f"in {where}: they {how_en}",
        evidence,
        (about,),
        (prose.written, cell.written),
    )


def _about(case: Case, told: _Told) -> str:
    claims = case.figures(told.source) if isinstance(told.source, int) else []
    same = (c.subject for c in claims if c.start <= told.start < c.end)
    return next(same, told.lead[-16:])


def _evidence(case: Case, told: _Told) -> Evidence:
    if isinstance(told.source, int):
        return case.span(told.source, told.start, told.end)
    text = case.cells[told.source].text
    opened = max((m.end() for m in _STOPS.finditer(text, 0, told.start)), default=0)
    ends = _STOPS.search(text, told.end)
    quote = text[opened : ends.end() if ends else len(text)]
    return case.printed(told.source, quote).model_copy(update={"value": told.written})


RULES = (
    Rule(
        "repeat.value",
        "同一句话在正文与表格中重复出现时，数值应当相同。",
        "A sentence told twice gives the same figure.",
        Severity.ERROR,
        "较粗一处末位的一半",
        check_repeats,
    ),
    Rule(
        "repeat.precision",
        "同一句话在正文与表格中重复出现时，数值的小数位数应当一致。",
        "A sentence told twice gives a figure with the same precision.",
        Severity.NOTE,
        "无（只在四舍五入可以解释差异时提出）",
        check_precision,
    ),
)
