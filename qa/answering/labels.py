"""Texts beside labels: 主管部门, 年度目标, 项目名称 in the forms that a report fills in."""

from __future__ import annotations

import re

from corpus import Cell, Level, Report, Table
from qa.answer import Answer
from qa.answering.asked import Question
from qa.answering.context import Context, answered
from qa.answering.quoting import quote_place
from qa.ledger import CellPlace
from qa.needs import plain
from qa.wording import chinese_of, wording

_NUMBER_MARK = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.]|\d+[、.．)）]|[（(][一二三四五六七八九十\d]+[）)])"
)


_OF_MONEY = ("budget", "amount", "prior", "executed", "change", "rate", "share")


def _government(context: Context) -> bool:
    return all(s.ledger.report.identity.level is Level.GOVERNMENT for s in context.sources)


def labelled(context: Context) -> Answer | None:
    """主管部门是谁, 年度目标是什么: the text beside a label that the question names."""
    if context.plan.money or context.plan.unit or context.plan.measure in _OF_MONEY:
        return None
    if context.plan.strong and _government(context):
        return None  # beside a government's accounts stand figures
    best: tuple[float, Question, CellPlace] | None = None
    for source in context.sources:
        question = Question(context, source)
        report = source.ledger.report
        named = {table for r, table in context.plan.tables if r == report.id}
        for place, label, title in _texts_beside(report):
            if named and place.table not in named:
                continue
            score = _label_score(question, label, title)
            if score > (best[0] if best else 0.0):
                best = (score, question, place)
    if best is None:
        return None
    _, question, place = best
    report = question.source.ledger.report
    writer = context.writer()
    writer.name(report.tables[place.table].rows[place.row].label).say("：", ": ")
    return answered(quote_place(writer, report, place))


def _texts_beside(report: Report) -> list[tuple[CellPlace, str, str]]:
    return [
        (CellPlace(t.id, c.row, c.column), _label(t, c), t.title + _named_in(t))
        for t in report.tables
        for c in t.cells
        if c.value is None and len(c.text) >= 2 and not re.fullmatch(r"[-—/\d.%]+", c.text)
    ]


def _label(table: Table, cell: Cell) -> str:
    return _NUMBER_MARK.sub("", plain(table.rows[cell.row].label))


def _named_in(table: Table) -> str:
    """What a form says it is about: the first texts beside its labels."""
    texts = [c.text for c in table.cells if c.value is None and 2 <= len(c.text) <= 40]
    return "".join(texts[:3])


def _as_labelled(context: Context) -> str:
    """The question as labels may have it: of an English one every Chinese word that it may mean."""
    text = context.plan.utterance.text
    if context.zh:
        return text
    return " ".join(
        (text, *(c for _, options in chinese_of(_LATIN.findall(text)) for c in options))
    )


_LATIN = re.compile(r"[a-z][a-z'-]*[a-z]")


def _label_score(question: Question, label: str, title: str) -> float:
    context = question.context
    text = _as_labelled(context)
    twins = wording().twins.get(label, ())
    said = next((w for w in (label, *twins) if len(w) >= 3 and w in text), "")
    if not said:
        return 0.0
    rest = [n for n in question.needs if not any(o in said or said in o for o in n.options)]
    return len(said) + question.sentences.coverage(title, rest) * 4
