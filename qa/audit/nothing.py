"""Where the report says that there is nothing, and where it lists what there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz.distance import LCSseq

from corpus import Claim, Measure, Row, Table
from qa.audit.amounts import Amount, amount, is_money, plain
from qa.audit.case import Address, Case
from qa.audit.findings import Evidence, Rule, Severity, Trial, fails, holds, untried
from qa.audit.names import bare, loose, subject
from qa.audit.places import cells_for, cells_of

_EMPTY = re.compile(r"(?:故|因此|所以)?(?:本表|此表)(?:为空表?|无数据|没有数据|为空)")
_LIST = re.compile(r"主要?(?:包括|用于|是)[：:]?(?P<items>[^。；]+?)(?P<more>等)?(?=[。；]|$)")
_BASIC = ("final.general_basic", "budget.general_basic", "budget.fiscal_basic")
_PERSONNEL = ("301", "303")
_ALIKE = 0.5  # share of characters in common from which two names may mean one account


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
        if listed.open_ended:
            yield untried(
                f"“{listed.claim.subject}”的列举以“等”结尾，无法逐项核对",
                f"the list of {listed.claim.subject} is open",
            )
            continue
        found = {item: _find(case, listed, item) for item in listed.items}
        strange = [bare(item) for item, address in found.items() if address is None]
        missing = [
            a
            for a in _accounts(case, listed.claim)
            if a not in found.values() and _filled(case, a) and not _is_like(case, a, strange)
        ]
        yield _left_out(case, listed, missing) if missing else holds()


def _is_like(case: Case, address: Address, names: list[str]) -> bool:
    """Whether an account may be what the list calls by a name that the table does not know."""
    label = bare(case.row(address[0], address[1]).label)
    return any(LCSseq.normalized_similarity(label, name) >= _ALIKE for name in names)


def check_basic(case: Case) -> Iterator[Trial]:
    """人员经费 and 公用经费 as the sum of their classes of accounts."""
    for claim in case.report.claims:
        if claim.measure not in (Measure.AMOUNT, Measure.BUDGET) or claim.quantity is None:
            continue
        if subject(claim.subject) not in ("人员经费", "公用经费") or cells_of(case, claim):
            continue
        if "基本支出" not in case.heading(claim.passage) or not is_money(claim.quantity.unit):
            continue
        classes = [a for a in _accounts(case, claim, digits=3) if _filled(case, a)]
        if classes:
            yield _basic(case, claim, classes)


def _basic(case: Case, claim: Claim, classes: list[Address]) -> Trial:
    assert claim.quantity is not None
    worths = [w for a in classes if (w := case.worth(a)) is not None]
    total = Amount(
        sum((w.value for w in worths), Decimal(0)), sum((w.slack for w in worths), Decimal(0))
    )
    if amount(claim.quantity).meets(total):
        return holds()
    names = "＋".join(case.row(a[0], a[1]).label for a in classes)
    result = f"{plain(total.value / 10**4)}万元"
    return fails(
        f"正文称“{claim.subject}”为{claim.quantity.written}，而"
        f"{case.report.tables[classes[0][0]].name}中{names}为{result}",
        f"the text gives {claim.subject} as {claim.quantity.written}; the table's {names} "
        f"makes {result}",
        (case.said(claim), *(case.printed(a) for a in classes)),
        (claim.subject,),
        (claim.quantity.written, result),
    )


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


def _accounts(case: Case, claim: Claim, digits: int = 5) -> list[Address]:
    """The cells of the accounts that make up 人员经费 or 公用经费."""
    personnel = subject(claim.subject) == "人员经费"
    tables = [table for statement in _BASIC for table in case.statements.get(statement, ())]
    return [
        address
        for table in tables[:1]
        for row in table.rows
        if len(row.code) == digits and (row.code.startswith(_PERSONNEL)) == personnel
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
    labels = {a: case.row(a[0], a[1]).label for a in _accounts(case, listed.claim)}
    exact = next((a for a, label in labels.items() if bare(label) == bare(item)), None)
    forms = {bare(item), loose(item)}
    near = (a for a, label in labels.items() if forms & {bare(label), loose(label)})
    return exact or next(near, None)


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
        "prose.basic",
        "人员经费、公用经费应等于其各类经济科目之和。",
        "人员经费 and 公用经费 are the sums of their economic classes.",
        Severity.ERROR,
        "每个四舍五入的数各半个末位",
        check_basic,
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
