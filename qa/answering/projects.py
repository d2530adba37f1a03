"""Projects with a performance table of their own: their funds of the year and their indicators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus import Row, Table
from qa.answer import Answer
from qa.answering.context import Context, answered, subject_words
from qa.answering.quoting import quote_place
from qa.figures import Figure, Source, difference_of, mean_of, of_entry, sum_of
from qa.gather import MONEY
from qa.ledger import CellPlace, Entry
from qa.names import core, grams
from qa.plan import LOOSE, Operation
from qa.projects import project_tables
from qa.understand import gist_of

_FUNDS = (
    "年度资金申请总额",
    "年度资金总额",
    "年度预算资金总额",
    "年度财政资金总额",
    "项目资金总额",
    "资金总额",
)
_PROJECTS = re.compile(r"项目|专项|\bprojects?\b")
_OF_MONEY = re.compile(
    r"钱|资金|金额|预算|经费|申请|总额|加起来|合计|多少|最|\b(?:fund|budget|money)"
)
_ALL_OF = re.compile(
    r"(?:[两二三四五六七八九十几\d]个|各个?|所有|全部|这些).{0,8}(?:项目|专项).{0,12}(?:合计|总和|之和|一共|总共|加起来)"
)
_LEVELS = re.compile(r"[一二三]级指标")
_HALF = 0.5  # the share of the question's words that an indicator must say
_MOST = 14
_SETS = (Operation.RANK, Operation.SUM, Operation.AVERAGE, Operation.LIST, Operation.SPREAD)


def funds(context: Context) -> Answer | None:
    """A named project's funds, where money is asked for and no row of its table is named."""
    plan = context.plan
    asks = plan.money or plan.measure == "budget"
    if (
        not asks
        or any(m.via not in LOOSE for m in plan.strong)
        or plan.measure not in ("", "amount", "budget")
        or plan.unit
    ):
        return None
    for source in context.sources:
        for report, table in plan.tables:
            entry = _total(source, table) if report == source.ledger.report.id else None
            if entry is not None:
                writer = subject_words(context.writer(), source, plan.scope.named_body)
                writer.name(entry.label).say("为", ": ").figure(of_entry(entry))
                return answered(writer.say("。", "."))
    return None


def _total(source: Source, table: int) -> Entry | None:
    """The first of the rows that hold a project's whole funds of the year."""
    if not source.ledger.report.tables[table].statement.endswith("performance"):
        return None
    rows = [e for e in source.ledger.of_table(table) if e.unit in MONEY and e.value is not None]
    found = (e for label in _FUNDS for e in rows if label in e.label and _cell(e))
    return next(found, None)


def _cell(entry: Entry) -> bool:
    return isinstance(entry.place, CellPlace)


# --- all of them ----------------------------------------------------------------------------------


def all_funds(context: Context) -> Answer | None:
    """The projects of all such tables with their funds: listed, ranked, added up."""
    plan, text = context.plan, context.plan.utterance.text
    others = [m for m in plan.strong if m.via not in LOOSE and "项目" not in m.surface]
    if len(context.sources) != 1 or others or plan.unit == "张":
        return _forms(context)
    asks = _PROJECTS.search(text) and _OF_MONEY.search(text)
    if plan.operation is Operation.LOOKUP and _ALL_OF.search(text):
        context = replace(context, plan=replace(plan, operation=Operation.SUM))
        plan = context.plan
    if plan.operation not in _SETS or not asks or plan.measure in ("share", "score", "completion"):
        return None
    source = context.source
    tables = project_tables(source.ledger.report)
    named = {t for r, t in plan.tables if r == source.ledger.report.id}
    if len(tables) < 2 or len(named) == 1:
        return None
    found = [(name, _funds_of(source, name, table)) for name, table in tables]
    figures = [f for _, f in found if f is not None]
    if len(figures) != len(found):
        return None
    return _written(context, figures)


def _funds_of(source: Source, name: str, table: int) -> Figure | None:
    entry = _total(source, table)
    return replace(of_entry(entry), label=name) if entry is not None else None


def _written(context: Context, figures: Sequence[Figure]) -> Answer:
    plan, writer = context.plan, context.writer()
    ordered = list(figures)
    if plan.operation in (Operation.RANK, Operation.SPREAD):
        ordered.sort(key=lambda f: f.value or 0, reverse=not plan.lowest)
        low = ("最少的是", "the smallest is ") if plan.lowest else ("最多的是", "the largest is ")
        writer.say(*low)
        shown = ordered[plan.position - 1 :][: max(plan.top, 1)]
        shown += [f for f in ordered if f not in shown] if plan.position == 1 else []
    else:
        shown = ordered
    for position, figure in enumerate(shown):
        writer.say("；" if position else "", "; " if position else "")
        writer.name(figure.label).say("为", ": ").figure(figure)
    if plan.operation is Operation.SPREAD:
        gap = difference_of(ordered[0], ordered[-1])
        if gap is not None:
            writer.say("；相差", "; the gap is ").figure(gap)
    if plan.operation in (Operation.SUM, Operation.AVERAGE):
        total = (
            sum_of(tuple(figures)) if plan.operation is Operation.SUM else mean_of(tuple(figures))
        )
        if total is not None:
            words = (
                ("；合计", "; in total ")
                if plan.operation is Operation.SUM
                else ("；平均", "; mean ")
            )
            writer.say(*words).figure(total).working(total)
    return answered(writer.say("。", "."))


def _forms(context: Context) -> Answer | None:
    """几张某某表: how many tables of the title that the question says."""
    plan = context.plan
    if plan.unit != "张" or not plan.tables or plan.condition is not None:
        return None
    writer = context.writer().say("共有", "").counted(len(plan.tables), "张").say("：", ": ")
    for position, (report, table) in enumerate(plan.tables):
        source = next(s for s in context.sources if s.ledger.report.id == report)
        found = source.ledger.report.tables[table]
        name = next((n for n, t in project_tables(source.ledger.report) if t == table), found.title)
        writer.say("；" if position else "", "; " if position else "").name(name)
        if found.rows and found.columns:
            writer.mark(report, CellPlace(table, found.rows[0].id, found.columns[0].id))
    return answered(writer.say("。", "."))


# --- indicators of one ----------------------------------------------------------------------------


def indicators_of(context: Context) -> Answer | None:
    """The indicators of a named project that the question's words are about, as printed."""
    plan = context.plan
    if plan.money or any(m.via not in LOOSE and "项目" not in m.surface for m in plan.strong):
        return None
    for source in context.sources:
        report = source.ledger.report
        own = [t for r, t in plan.tables if r == report.id]
        if len(own) != 1 or not report.tables[own[0]].statement.endswith("performance"):
            continue
        rows = _meant(context, report.tables[own[0]])
        if rows:
            return _quoted(context, source, report.tables[own[0]], rows)
    return None


def _meant(context: Context, table: Table) -> list[Row]:
    """The rows whose label, or the group above it, says most of what the question says."""
    wanted = grams(_LEVELS.sub(" ", gist_of(context.plan.text, ())))
    total = sum(wanted.values())
    if total < 2:
        return []
    scored = [(_said(wanted, row) / total, row) for row in table.rows if row.path]
    best = max((score for score, _ in scored), default=0.0)
    return [row for score, row in scored if score == best] if best >= _HALF else []


def _said(wanted: dict[str, int], row: Row) -> float:
    words = grams("".join((*row.path, core(row.label), row.label)))
    return sum(n for gram, n in wanted.items() if gram in words)


def _quoted(context: Context, source: Source, table: Table, rows: Sequence[Row]) -> Answer | None:
    report = source.ledger.report
    writer = context.writer()
    written = 0
    for row in rows[:_MOST]:
        cell = next((c for c in table.row_cells(row.id) if c.text.strip()), None)
        if cell is None:
            continue
        writer.say("；" if written else "", "; " if written else "")
        place = CellPlace(table.id, row.id, cell.column)
        writer.name(row.label).say("：", ": ")
        quote_place(writer, report, place)
        entry = source.ledger.at(place)
        if entry is not None and entry.value is not None:
            writer.say("，即", ", that is ").figure(of_entry(entry))
        written += 1
    return answered(writer.say("。", ".")) if written else None
