"""Where the report says that there is nothing, and where it lists what there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus import Claim, Measure, Row, Table
from qa.audit.case import Address, Case
from qa.audit.findings import Evidence, Rule, Severity, Trial, fails, holds, untried
from qa.audit.names import bare, loose, subject
from qa.audit.places import cells_for

_EMPTY = re.compile(r"(?:故|因此|所以)?(?:本表|此表)(?:为空表?|无数据|没有数据|为空)")
_LIST = re.compile(r"主要?(?:包括|用于|是)[：:]?(?P<items>[^。；]+?)(?P<more>等)?(?=[。；]|$)")
_BASIC = ("final.general_basic", "budget.general_basic", "budget.fiscal_basic")
_PERSONNEL = ("301", "303")


def check_nothing(case: Case) -> Iterator[Trial]:
    """无政府性基金预算财政拨款支出: the cells of what there is none of are blank or zero."""
    for claim in case.report.claims:
        if claim.measure is Measure.NONE:
            yield from _none(case, claim)
    for table in case.report.tables:
        for note in table.notes:
            if _EMPTY.search(note):
                yield _empty(case, table, note)


def _none(case: Case, claim: Claim) -> Iterator[Trial]:
    cells = cells_for(case, claim, "budget" if claim.basis == "预算" else "amount")
    if not cells:
        return
    filled = [a for a in cells if (w := case.worth(a)) is not None and w.value]
    if not filled:
        yield holds()
        return
    yield fails(
        f"正文称无“{claim.subject}”，而{case.place(filled[0])}为{case.figure(filled[0])}",
        f"the text says there is no {claim.subject}; {case.place(filled[0])} "
        f"shows {case.figure(filled[0])}",
        (case.said(claim), case.printed(filled[0])),
        (claim.subject,),
        (case.text(claim), case.figure(filled[0])),
    )


def _empty(case: Case, table: Table, note: str) -> Trial:
    filled = [c for c in table.cells if c.value]
    if not filled:
        return holds()
    address = (table.id, filled[0].row, filled[0].column)
    return fails(
        f"{table.name}的注说本表为空表，而{case.place(address)}为{case.figure(address)}",
        f"the note of {table.name} says that the table is empty; {case.place(address)} "
        f"shows {case.figure(address)}",
        (case.printed(address), case.printed(address, note)),
        (table.title,),
        (note, case.figure(address)),
    )


@dataclass(frozen=True, slots=True)
class _Listed:
    """A list of accounts in the prose: 人员经费…主要包括：基本工资、津贴补贴."""

    claim: Claim
    start: int
    items: tuple[str, ...]
    open_ended: bool


def check_listed(case: Case) -> Iterator[Trial]:
    """Accounts that a list names while their cells are blank."""
    for listed in _lists(case):
        blank: list[tuple[str, Address]] = []
        found = False
        for item in listed.items:
            address = _find(case, listed, item)
            if address is None:
                yield untried(f"“{item}”：表中没有同名科目", f"{item}: no account of this name")
                continue
            found = True
            worth = case.worth(address)
            if worth is not None and not worth.value:
                blank.append((item, address))
        if blank:
            yield _listed_but_blank(case, listed, blank)
        elif found:
            yield holds()


def check_left_out(case: Case) -> Iterator[Trial]:
    """Accounts with an amount that a closed list does not name."""
    for listed in _lists(case):
        named = {_find(case, listed, item) for item in listed.items}
        if listed.open_ended or None in named:
            yield untried(
                f"“{listed.claim.subject}”的列举以“等”结尾或有名称与表不同，无法逐项核对",
                f"the list of {listed.claim.subject} is open or uses other names",
            )
            continue
        missing = [a for a in _accounts(case, listed.claim) if a not in named and _filled(case, a)]
        yield _left_out(case, listed, missing) if missing else holds()


def _listed_but_blank(case: Case, listed: _Listed, blank: list[tuple[str, Address]]) -> Trial:
    names = "、".join(item for item, _ in blank)
    table = case.report.tables[blank[0][1][0]].name
    return fails(
        f"正文列举“{listed.claim.subject}”时写有“{names}”，而{table}中没有金额",
        f"the text lists {names} under {listed.claim.subject}; {table} shows nothing there",
        (*(_item(case, listed, i) for i, _ in blank), *(case.printed(a) for _, a in blank)),
        tuple(case.row(a[0], a[1]).label for _, a in blank),
    )


def _left_out(case: Case, listed: _Listed, missing: list[Address]) -> Trial:
    names = "、".join(case.row(a[0], a[1]).label for a in missing)
    table = case.report.tables[missing[0][0]].name
    return fails(
        f"正文列举“{listed.claim.subject}”时没有写{table}中有金额的“{names}”",
        f"the text's list under {listed.claim.subject} leaves out {names}, which {table} holds",
        (case.said(listed.claim), *(case.printed(a) for a in missing)),
        tuple(case.row(a[0], a[1]).label for a in missing),
        tuple(case.figure(a) for a in missing),
    )


def _item(case: Case, listed: _Listed, item: str) -> Evidence:
    text = case.report.passages[listed.claim.passage].text
    start = max(listed.start, text.find(item, listed.start))
    return case.span(listed.claim.passage, start, start + len(item))


def _lists(case: Case) -> Iterator[_Listed]:
    for claim in case.report.claims:
        if subject(claim.subject) not in ("人员经费", "公用经费") or claim.quantity is None:
            continue
        if claim.measure not in (Measure.AMOUNT, Measure.BUDGET) or not _accounts(case, claim):
            continue
        text = case.report.passages[claim.passage].text
        match = _LIST.match(text, _skip(text, claim.end))
        if match is not None:
            items = tuple(i.strip(" ，") for i in re.split(r"[、，]", match["items"]) if i.strip())
            if len(items) > 1:
                yield _Listed(claim, match.start("items"), items, bool(match["more"]))


def _skip(text: str, start: int) -> int:
    while start < len(text) and text[start] in "，。；：,; ":
        start += 1
    return start


def _accounts(case: Case, claim: Claim) -> list[Address]:
    """The cells of the accounts that make up 人员经费 or 公用经费."""
    personnel = subject(claim.subject) == "人员经费"
    tables = [table for statement in _BASIC for table in case.statements.get(statement, ())]
    return [
        address
        for table in tables[:1]
        for row in table.rows
        if len(row.code) == 5 and (row.code.startswith(_PERSONNEL)) == personnel
        for address in _amount_cell(case, table, row)
    ]


def _amount_cell(case: Case, table: Table, row: Row) -> list[Address]:
    """The cell with the account's amount, first of those that the row's part of the table has."""
    columns = [c.id for c in table.columns if c.role in ("amount", "total")]
    return [a for c in columns if (a := (table.id, row.id, c)) in case.cells][:1]


def _filled(case: Case, address: Address) -> bool:
    worth = case.worth(address)
    return worth is not None and bool(worth.value)


def _find(case: Case, listed: _Listed, item: str) -> Address | None:
    """The account that a list means: by its name, else by its name without 费 or 支出."""
    accounts = _accounts(case, listed.claim)
    for form in (bare, loose):
        same = [a for a in accounts if form(case.row(a[0], a[1]).label) == form(item)]
        if same:
            return same[0]
    return None


RULES = (
    Rule(
        "nothing.table",
        "正文（或表注）说没有的，表中应为空白或零。",
        "What the text says there is none of is blank or zero in the tables.",
        Severity.ERROR,
        "不涉及",
        check_nothing,
    ),
    Rule(
        "list.blank",
        "正文“主要包括”列举的科目，表中应有金额。",
        "An account that the text lists has an amount in the table.",
        Severity.ERROR,
        "不涉及",
        check_listed,
    ),
    Rule(
        "list.missing",
        "表中有金额的科目，正文完整列举时不应遗漏。",
        "A closed list leaves out no account that has an amount.",
        Severity.WARNING,
        "不涉及",
        check_left_out,
    ),
)
