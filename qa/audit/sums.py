"""The tables against themselves: every check that was recorded when they were read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from corpus import Check, Outcome, Row, Table
from qa.audit.amounts import decimals
from qa.audit.case import Address, Case
from qa.audit.findings import Rule, Severity, Trial, fails, holds, untried
from qa.audit.names import bare

_SHOWN = 8  # addends shown as evidence; more would bury the result
_LINK = re.compile(r"(?P<statement>[\w.]+)?\[(?P<row>[\w.*#]+)\](?P<column>[\w.]+)")
_CODE = re.compile(r"2\d{2}(\d{2}(\d{2})?)?")


def _is_link(check: Check) -> bool:
    return check.rule.startswith("[")


def _is_score(check: Check) -> bool:
    return check.rule.startswith("总分")


def _is_sum(check: Check) -> bool:
    return not _is_link(check) and not _is_score(check)


def _checks(kind: Callable[[Check], bool]) -> Callable[[Case], Iterator[Trial]]:
    def run(case: Case) -> Iterator[Trial]:
        for table in case.report.tables:
            for check in table.checks:
                if kind(check):
                    yield _trial(case, table, check)

    return run


def _trial(case: Case, table: Table, check: Check) -> Trial:
    if check.outcome is Outcome.HOLDS or _rounded_to_yuan(case, table, check):
        return holds()
    where = f"{table.name}（{check.rule}）"
    if check.outcome is Outcome.UNTRIED or check.expected is None or check.found is None:
        return untried(f"{where}：{_reason(check)}", check.message)
    if any(_is_orphan(table, table.rows[row]) for row, _ in check.cells):
        return untried(
            f"{where}：有科目的编码不成体系，无法汇总", f"{check.rule}: a code is astray"
        )
    if _is_link(check) and not _same_thing(case, table, check):
        message = f"{where}：编码所指的科目名称不同，无法核对"
        return untried(message, f"{check.rule}: the code stands for another account here")
    return _failure(case, table, check, check.found, check.expected)


def _same_thing(case: Case, table: Table, check: Check) -> bool:
    """Whether an account that a link names by its code is the one meant, by its name.

    Some bodies number their economic accounts themselves.
    """
    if "#" not in check.rule:
        return True
    row, column = check.cells[0]
    own = bare(table.rows[row].label + "/".join(case.column(table.id, column).path))
    named = [bare(case.row(t, r).label) for t, r, _ in _linked(case, table, check, (-1, -1, -1))]
    return any(name[i : i + 4] in own for name in named for i in range(max(1, len(name) - 3)))


def _reason(check: Check) -> str:
    missing = "no such statement" in check.message
    return "报告中没有另一张表" if missing else "该行有数值未能归入确定的栏"


def _failure(case: Case, table: Table, check: Check, found: Decimal, expected: Decimal) -> Trial:
    own = [(table.id, row, column) for row, column in check.cells]
    cells = [a for a in own if a in case.cells]
    linked = _linked(case, table, check, cells[0]) if _is_link(check) else []
    shown = [a for a in (*cells[1:], *linked) if case.cells[a].text][:_SHOWN]
    row = table.rows[cells[0][1]]
    relation, unit = ("应不小于", table.unit) if ">=" in check.rule else ("应为", table.unit)
    difference = abs(found - expected)
    against = "、".join(dict.fromkeys(case.place(a) for a in linked)) or f"“{_words(check.rule)}”"
    return fails(
        f"{case.place(cells[0])}为{_number(found)}{unit}，按{against}计算{relation}"
        f"{_number(expected)}{unit}，相差{_number(difference)}{unit}",
        f"{case.place(cells[0])} shows {_number(found)}; by {check.rule} it should be "
        f"{'at least ' if '>=' in check.rule else ''}{_number(expected)}, "
        f"a difference of {_number(difference)}",
        (case.printed(cells[0]), *(case.printed(a) for a in shown)),
        tuple(dict.fromkeys(filter(None, (row.label, case.column(table.id, cells[0][2]).label)))),
        tuple(case.figure(a) for a in (cells[0], *shown[:3])),
    )


def _words(rule: str) -> str:
    return rule if re.search(r"[\u4e00-\u9fff]", rule) else "各栏之和"


def _number(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rounded_to_yuan(case: Case, table: Table, check: Check) -> bool:
    """Whether figures printed to the yuan among others printed to the fen explain a difference."""
    if check.found is None or check.expected is None or table.unit != "元":
        return False
    texts = [case.cells[a].text for r, c in check.cells if (a := (table.id, r, c)) in case.cells]
    slack = sum((Decimal(10) ** -decimals(text) / 2 for text in texts if text), Decimal(0))
    return abs(check.found - check.expected) <= max(slack, Decimal("0.5"))


def _linked(case: Case, table: Table, check: Check, cell: Address) -> list[Address]:
    """The cells of other statements that a link names."""
    row = table.rows[check.cells[0][0]]
    _, _, right = check.rule.partition("=")
    found: list[Address] = []
    for term in _LINK.finditer(right):
        statement = term["statement"] or table.statement
        if term["row"] == "*":
            found += _counterparts(case, row, statement, term["column"])
        else:
            found += case.role(statement, term["row"], term["column"])
    return [a for a in found if a != cell]


def _counterparts(case: Case, row: Row, statement: str, role: str) -> list[Address]:
    return [
        (other.id, r.id, c.id)
        for other in case.statements.get(statement, ())
        for r in other.rows
        if (row.code and r.code == row.code) or bare(r.label) == bare(row.label)
        for c in other.columns
        if c.role == role and (other.id, r.id, c.id) in case.cells
    ]


def _is_orphan(table: Table, row: Row) -> bool:
    """An account below the class whose own class or kind is not in the table."""
    if len(row.code) not in (5, 7) or not row.code.isdigit():
        return False
    return not any(r.code and row.code.startswith(r.code) for r in table.rows if r.id != row.id)


def check_codes(case: Case) -> Iterator[Trial]:
    """Account codes of functional statements that stand under no account of the table."""
    for table in case.report.tables:
        if not table.statement or not any(_CODE.fullmatch(r.code) for r in table.rows):
            continue
        if not any(len(r.code) == 3 for r in table.rows):
            continue  # the table has no classes to stand under
        orphans = [row for row in table.rows if _is_orphan(table, row)]
        for row in orphans:
            address = next((a for a in case.cells if a[:2] == (table.id, row.id)), None)
            if address is not None:
                yield fails(
                    f"{table.name}“{row.label}”的科目编码为{row.code}，表中没有它所属的类、款",
                    f"{table.name}: the code {row.code} of {row.label} belongs to no class there",
                    (case.printed(address).model_copy(update={"value": row.code}),),
                    (row.label,),
                    (row.code,),
                )
        if not orphans:
            yield holds()


RULES = (
    Rule(
        "table.sum",
        "表内各栏、各行及上下级科目应当合得上。",
        "Rows, columns and accounts of a table add up.",
        Severity.ERROR,
        "每个四舍五入的数各半个末位",
        _checks(_is_sum),
    ),
    Rule(
        "table.link",
        "同一数字在不同的表中应当一致。",
        "A figure that several statements hold is the same in all.",
        Severity.ERROR,
        "每个四舍五入的数各半个末位",
        _checks(_is_link),
    ),
    Rule(
        "table.code",
        "科目编码应与其上级科目的编码相连。",
        "An account's code begins with that of the account above it.",
        Severity.ERROR,
        "不涉及",
        check_codes,
    ),
    Rule(
        "performance.total",
        "绩效自评总分应等于各项得分之和。",
        "The total score is the sum of the scores.",
        Severity.ERROR,
        "每个四舍五入的数各半个末位",
        _checks(_is_score),
    ),
)
