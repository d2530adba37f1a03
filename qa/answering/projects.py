"""What a project that has a performance table of its own asks for: its funds of the year."""

from __future__ import annotations

from qa.answer import Answer
from qa.answering.context import Context, answered, subject_words
from qa.figures import Source, of_entry
from qa.gather import MONEY
from qa.ledger import CellPlace, Entry
from qa.plan import LOOSE

_FUNDS = (
    "年度资金申请总额",
    "年度资金总额",
    "年度预算资金总额",
    "年度财政资金总额",
    "项目资金总额",
    "资金总额",
)


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
