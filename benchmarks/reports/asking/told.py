"""Questions that sentences answer: changes, shares, completion, counts, reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from benchmarks.reports.asking.wordings import Asker
from benchmarks.reports.model import Figure, Paragraph, Question, Said
from benchmarks.reports.tell import ratio

_UNITS = {"台（套）": "台"}
_ONLY_TOLD = ("政府采购", "授予", "绩效自评资金", "绩效目标项目预算资金")
_ASKED = ("change", "rate", "share", "completion", "budget")
_UP = ("增加", "增长", "上升", "increase", "rose", "grew", "up")
_DOWN = ("减少", "下降", "降低", "decrease", "fell", "drop", "down")

Claim = tuple[Paragraph, Said]


def told(asker: Asker) -> Iterator[Question]:
    """A question for each claim whose subject, measure and basis occur once in the report."""
    claims = [(p, s) for p in asker.made.paragraphs for s in p.said]
    seen = Counter({_key(s): 0 for _, s in claims})
    for key, values in _values(claims).items():
        seen[key] = len(values)
    for paragraph, said in claims:
        if seen[_key(said)] == 1 and said.value:
            seen[_key(said)] = 0
            yield from _figures(asker, paragraph, said)
    yield from _reasons(asker, claims)
    yield from _gaps(asker, claims)
    yield from _prior(asker)


def _key(said: Said) -> tuple[str, str, str]:
    return said.subject, said.measure, said.basis if said.measure != "budget" else ""


def _values(claims: list[Claim]) -> dict[tuple[str, str, str], set[Decimal]]:
    found: dict[tuple[str, str, str], set[Decimal]] = {}
    for _, said in claims:
        found.setdefault(_key(said), set()).add(said.value)
    return found


def _figures(asker: Asker, paragraph: Paragraph, said: Said) -> Iterator[Question]:
    kind = _kind(said)
    if not kind:
        return
    text, lang = asker.word(
        kind, subject=said.subject, basis=said.basis, unit=said.unit, moved=_moved(said)
    )
    unit = _UNITS.get(said.unit, said.unit)
    figure = Figure(abs(said.value), unit)
    if said.unit == "%":
        figure = _percentage(said)
    yield Question(
        text, "count" if kind == "number_of" else "lookup", lang, numbers=(figure,),
        quote=(_written(paragraph, said),), section=paragraph.section,
    )  # fmt: skip


def _percentage(said: Said) -> Figure:
    """The rate as printed; other roundings count, and its sign where the question is neutral."""
    exact = said.exact if said.exact is not None else said.value
    roundings = {exact, *(ratio(exact, Decimal(100), digits) for digits in (0, 1))}
    accepted = {r for size in roundings for r in (abs(size), size)} - {abs(said.value)}
    return Figure(abs(said.value), "%", tuple(sorted(accepted)))


def _kind(said: Said) -> str:
    if said.measure == "amount":
        return "told" if said.subject.startswith(_ONLY_TOLD) else ""
    if said.measure == "count":
        return "number_of"
    return said.measure if said.measure in _ASKED else ""


def _moved(said: Said) -> str:
    return "增加" if said.value > 0 else "减少"


def _written(paragraph: Paragraph, said: Said) -> str:
    """The part of the paragraph around the figure: what a citation has to show."""
    figure = f"{abs(said.value):,}".rstrip("0").rstrip(".") if "." in str(said.value) else ""
    at = paragraph.text.find(figure) if figure else -1
    return paragraph.text[max(0, at - 8) : at + len(figure)] if at > 0 else paragraph.text[:24]


def _reasons(asker: Asker, claims: list[Claim]) -> Iterator[Question]:
    for paragraph, said in claims:
        if said.measure != "change" or paragraph.reason not in paragraph.text or not said.value:
            continue
        if not paragraph.reason:
            continue
        words = {"subject": said.subject, "basis": said.basis, "moved": _moved(said)}
        text, lang = asker.word("why", **words)
        yield _reason(text, lang, paragraph, ((paragraph.reason,),))
        if asker.chance.random() < 0.3:
            wrong = "减少" if said.value > 0 else "增加"
            text, lang = asker.word("false_premise", **words, wrong=wrong)
            yield _reason(text, lang, paragraph, (_UP if said.value > 0 else _DOWN,))


def _reason(
    text: str, lang: str, paragraph: Paragraph, contains: tuple[tuple[str, ...], ...]
) -> Question:
    return Question(
        text, "reason", lang, contains=contains, quote=(paragraph.reason,),
        section=paragraph.section,
    )  # fmt: skip


def _gaps(asker: Asker, claims: list[Claim]) -> Iterator[Question]:
    """How far the account is from its budget, where one sentence gives both."""
    subjects = Counter(s.subject for _, s in claims if s.measure == "budget")
    for paragraph in asker.made.paragraphs:
        planned = next((s for s in paragraph.said if s.measure == "budget"), None)
        spent = next((s for s in paragraph.said if s.measure == "amount"), None)
        if not planned or not spent or planned.subject != spent.subject:
            continue
        if subjects[planned.subject] == 1 and planned.value != spent.value:
            text, lang = asker.word("gap", subject=planned.subject)
            gap = abs(planned.value - spent.value)
            yield Question(
                text, "derived", lang, numbers=(Figure(gap, "万元"),),
                quote=(_written(paragraph, spent),), section=paragraph.section,
            )  # fmt: skip


def _prior(asker: Asker) -> Iterator[Question]:
    """The year before, from this year's figure and its change."""
    for paragraph in asker.made.paragraphs:
        first = paragraph.said[0] if paragraph.said else None
        for said in paragraph.said[1:2]:
            same = first is not None and first.subject == said.subject
            yearly = said.basis.startswith(str(asker.made.year - 1)) or said.basis == "上年"
            if first and same and said.measure == "change" and yearly:
                text, lang = asker.word("prior", subject=said.subject)
                yield Question(
                    text, "derived", lang, numbers=(Figure(first.value - said.value, "万元"),),
                    quote=(_written(paragraph, said),), section=paragraph.section,
                )  # fmt: skip
