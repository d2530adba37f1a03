"""What the words give away: two directions at once, a doubled 无, what a template left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus import Measure
from qa.audit.case import Case
from qa.audit.findings import Rule, Severity, Trial, fails, holds, untried

_RISE = "增加|增长|上升|提高|上涨|增支"
_FALL = "减少|下降|降低|下滑|压减|减支"
_BOTH = re.compile(
    rf"(?:{_RISE})(?:[（(](?:{_FALL})[）)]|[/／]?(?:{_FALL}))|"
    rf"(?:{_FALL})(?:[（(](?:{_RISE})[）)]|[/／]?(?:{_RISE}))|"
    r"(?:大于|高于)[（(/／]?(?:小于|低于)|(?:小于|低于)[（(/／]?(?:大于|高于)"
)
_AFTER_BOTH = re.compile(r"[额率幅度的]*[）)]?(?:了|为|约|近)?\s*[\d]")
_TWICE = re.compile(
    r"无[^，。；、：无]{2,30}?(?:费用?|支出|收入|预算)无(?:预算安排|支出|预算|安排)"
)
_BLANKS = re.compile(
    r"(?<![A-Za-z])[XＸ×xｘ]{2,}(?![A-Za-z])|[Ｘ×](?=[万亿]?元|个|辆|[%％]|年)|(?:主要)?原因(?:是|为)?[：:]?(?=。)|"
    r"【\s*】|＿{2,}|_{3,}"
)


def check_direction(case: Case) -> Iterator[Trial]:
    """增加减少166万元: a sentence that says both ways."""
    if case.is_form:
        yield untried("本文件是尚未填写的模板", "this file is a form that has not been filled in")
        return
    for passage in case.report.passages:
        for match in _BOTH.finditer(passage.text):
            if not _AFTER_BOTH.match(passage.text, match.end()) and not _bracketed(match.group()):
                continue
            words = match.group()
            yield fails(
                f"“{words}”方向相反，二者只能留一个：{case.sentence(passage.id, *match.span())}",
                f"“{words}” says both directions at once",
                (case.span(passage.id, *match.span()),),
                _subjects_near(case, passage.id, match.end()),
                _figures_after(case, passage.id, match.end()),
            )


def _bracketed(words: str) -> bool:
    return words[-1] in "）)"


def _subjects_near(case: Case, passage: int, position: int) -> tuple[str, ...]:
    after = [c for c in case.figures(passage) if c.start >= position]
    return (after[0].subject,) if after else ()


def _figures_after(case: Case, passage: int, position: int) -> tuple[str, ...]:
    after = [c for c in case.figures(passage) if position <= c.start <= position + 6]
    return tuple(c.quantity.written for c in after[:1] if c.quantity)


def check_negation(case: Case) -> Iterator[Trial]:
    """无因公出国（境）费无预算安排: nothing said twice in one clause."""
    for passage in case.report.passages:
        for match in _TWICE.finditer(passage.text):
            yield fails(
                f"“{match.group()}”中“无”字重复",
                f"“{match.group()}” says 无 twice",
                (case.span(passage.id, *match.span()),),
                tuple(dict.fromkeys(c.subject for c in case.claims.get(passage.id, ())))[:1],
            )


def check_blanks(case: Case) -> Iterator[Trial]:
    """What a template left to be filled in: XX万元, 主要原因是。"""
    if case.is_form:
        yield _unfilled(case)
        return
    for passage in case.report.passages:
        for match in _BLANKS.finditer(passage.text):
            yield fails(
                f"此处应填而未填：{case.sentence(passage.id, *match.span())}",
                "something was left to be filled in here",
                (case.span(passage.id, *match.span()),),
                _subjects_near(case, passage.id, match.end()),
            )


def _unfilled(case: Case) -> Trial:
    places = [
        case.span(passage.id, *match.span())
        for passage in case.report.passages
        for match in _BLANKS.finditer(passage.text)
    ]
    return fails(
        f"本文件是尚未填写的模板，共有{len(places)}处待填",
        f"this file is a form with {len(places)} places left to be filled in",
        tuple(places[:3]),
    )


def check_signs(case: Case) -> Iterator[Trial]:
    """A change and its rate that point in different directions: 减少5万元，增长2%."""
    for passage in case.claims:
        figures = case.figures(passage)
        for change, rate in pairwise(figures):
            if (change.measure, rate.measure) != (Measure.CHANGE, Measure.RATE):
                continue
            if change.subject != rate.subject or change.basis != rate.basis:
                continue
            assert change.quantity is not None
            assert rate.quantity is not None
            if change.quantity.value * rate.quantity.value >= 0:
                yield holds()
                continue
            text = case.report.passages[passage].text[change.start - 4 : rate.end]
            yield fails(
                f"同一句中增减方向不一致：“{text.lstrip('，。； ')}”",
                "the change and its rate point in different directions",
                (case.span(passage, change.start, rate.end),),
                (change.subject,),
                (change.quantity.written, rate.quantity.written),
            )


RULES = (
    Rule(
        "wording.direction",
        "增减只能说一个方向（如不应写“增加减少”或留下“增加（减少）”）。",
        "A change is said to go one way only.",
        Severity.ERROR,
        "不涉及",
        check_direction,
    ),
    Rule(
        "wording.signs",
        "增减额与增减率的方向应当一致。",
        "A change and its rate point the same way.",
        Severity.ERROR,
        "不涉及",
        check_signs,
    ),
    Rule(
        "wording.negation",
        "同一分句中“无”不应重复。",
        "A clause says 无 once.",
        Severity.NOTE,
        "不涉及",
        check_negation,
    ),
    Rule(
        "wording.blank",
        "模板中待填的内容应已填写。",
        "Nothing of a template is left to be filled in.",
        Severity.NOTE,
        "不涉及",
        check_blanks,
    ),
)
