"""One account in several statements: equal wherever the statements' totals are equal.

A statement of part of the money (fiscal, general) shows at most what the whole shows of an account.
Where both come to the same total, nothing is left for a difference in any account.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from corpus import Kind, Outcome, Row, Table
from qa.audit.case import Address, Case
from qa.audit.findings import Rule, Severity, Trial, fails, holds, untried
from qa.audit.names import bare
from qa.audit.places import places

_TOTALS = ("total", "expenditure.total", "grand.expenditure")


def check_accounts(case: Case) -> Iterator[Trial]:
    """Each account of two statements whose totals agree."""
    for (one, first), (other, second) in combinations(_sheets(case), 2):
        if one.statement == other.statement:
            continue
        totals = _total(case, one, first), _total(case, other, second)
        if totals[0] is None or totals[1] is None or not _agree(case, totals[0], totals[1]):
            yield untried(
                f"{one.name}与{other.name}的总数不同，科目不必相等",
                f"{one.name} and {other.name} come to different totals",
            )
            continue
        yield from _compare(case, (one, first), (other, second))


def _sheets(case: Case) -> Iterator[tuple[Table, int]]:
    """The tables by account, each with the column of the whole."""
    accounts = places().accounts
    final = case.report.identity.kind is Kind.FINAL
    for entry in accounts.final if final else accounts.budget:
        statement, _, role = entry.partition(":")
        for table in case.statements.get(statement, ())[:1]:
            columns = [c for c in table.columns if c.role == role]
            home = [c for c in columns if any(_total_at(case, table, c.id))]
            yield from ((table, c.id) for c in home[:1])


def _total_at(case: Case, table: Table, column: int) -> list[Address]:
    found = []
    for role in _TOTALS:
        rows = [r.id for r in table.rows if r.role == role]
        found += [a for r in rows if (a := (table.id, r, column)) in case.cells]
    return found


def _total(case: Case, table: Table, column: int) -> Address | None:
    return next(iter(_total_at(case, table, column)), None)


def _agree(case: Case, one: Address, other: Address) -> bool:
    first, second = case.worth(one), case.worth(other)
    return first is not None and second is not None and first.meets(second)


def _compare(case: Case, one: tuple[Table, int], other: tuple[Table, int]) -> Iterator[Trial]:
    (left, column), (right, second) = one, other
    broken = _broken(left) | _broken(right)
    for row, twin in _pairs(left, right):
        first, last = (left.id, row.id, column), (right.id, twin.id, second)
        if not {first, last} <= case.cells.keys() or {first, last} & broken:
            continue
        if case.worth(first) is None or case.worth(last) is None:
            continue
        if _agree(case, first, last):
            yield holds()
        else:
            yield _differs(case, first, last)


def _broken(table: Table) -> set[Address]:
    """The cells of failed links, which table.link tells of."""
    return {
        (table.id, row, column)
        for check in table.checks
        if check.outcome is Outcome.FAILS and check.rule.startswith("[")
        for row, column in check.cells
    }


def _pairs(left: Table, right: Table) -> Iterator[tuple[Row, Row]]:
    """The accounts of both tables: by code, else a 类 by its name."""
    by_code = {r.code: r for r in right.rows if r.code}
    by_name = {bare(r.label): r for r in right.rows if r.label and not r.role and _is_class(r)}
    for row in left.rows:
        twin = by_code.get(row.code) if row.code else None
        if twin is None and not row.role and _is_class(row):
            twin = by_name.get(bare(row.label))
        if twin is not None:
            yield row, twin


def _is_class(row: Row) -> bool:
    return len(row.code) in (0, 3) and row.label.endswith("支出")


def _differs(case: Case, first: Address, last: Address) -> Trial:
    label = case.row(first[0], first[1]).label
    return fails(
        f"“{label}”在{case.place(first)}为{case.figure(first)}，在{case.place(last)}为"
        f"{case.figure(last)}，而两表总数相同",
        f"{label} is {case.figure(first)} in one statement and {case.figure(last)} in another, "
        "while both come to the same total",
        (case.printed(first), case.printed(last)),
        (label,),
        (case.figure(first), case.figure(last)),
    )


RULES = (
    Rule(
        "table.account",
        "两表总数相同时，同一科目在两表中的金额应当相同。",
        "An account is the same in two statements that come to the same total.",
        Severity.ERROR,
        "两数末位的一半之和（各表分别四舍五入）",
        check_accounts,
    ),
)
