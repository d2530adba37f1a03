"""Self-assessments of performance: scores, targets, and what the prose says of the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from rapidfuzz.distance import LCSseq

from corpus import Claim, Measure, Row, Table
from qa.audit.amounts import Amount, amount, decimals, plain, ratio
from qa.audit.case import Address, Case
from qa.audit.findings import Rule, Severity, Trial, fails, holds, untried
from qa.audit.names import bare

STATEMENT = "final.performance"
_FORMULA = re.compile(r"得分\s*[=＝]\s*权重")
_REVERSED = re.compile(r"^\s*(?:≤|<|＜|<=|不超过|不高于|不多于|低于|小于)")
_FACTOR = re.compile(r"(\d+)\s*分?\s*[*×xX]\s*执行率")
_SUMMARY = re.compile(r"^(?P<name>[^，。：]{3,40}?)(?:项目)?(?:绩效)?自评(?:综述|结果|情况)[：:]")
_NEAR = 0.6  # share of characters in common from which two indicators are one, named differently


@dataclass(frozen=True, slots=True)
class _Indicator:
    """One indicator of a self-assessment and the cells of its line."""

    table: Table
    row: Row
    cells: dict[str, Address]

    @property
    def name(self) -> str:
        return bare(self.row.label)


def _indicators(case: Case, table: Table) -> list[_Indicator]:
    roles = {c.id: c.role for c in table.columns}
    found = []
    for row in table.rows:
        cells = {
            roles[cell.column]: (table.id, row.id, cell.column)
            for cell in case.line(table.id, row.id)
            if cell.value is not None and roles[cell.column]
        }
        if "target" in cells and "actual" in cells:
            found.append(_Indicator(table, row, cells))
    return found


def _tables(case: Case) -> list[Table]:
    return case.statements.get(STATEMENT, [])


def check_scores(case: Case) -> Iterator[Trial]:
    """得分=权重×完成值÷目标值, at most the weight; the other way round where less is better."""
    for table in _tables(case):
        stated = any(_FORMULA.search(note) for note in table.notes)
        for indicator in _indicators(case, table):
            if {"weight", "score"} <= indicator.cells.keys():
                if stated:
                    yield _score(case, indicator)
                else:
                    yield untried(
                        f"{table.title}没有写明计分公式",
                        f"{table.title} states no formula for its scores",
                    )


def _score(case: Case, indicator: _Indicator) -> Trial:
    weight, score, target, actual = (
        case.cells[indicator.cells[role]] for role in ("weight", "score", "target", "actual")
    )
    values = weight.value, score.value, target.value, actual.value
    if None in values or not target.value or not actual.value or target.unit != actual.unit:
        return untried(f"“{indicator.name}”的目标值与完成值无法相除", "no ratio of the two")
    assert weight.value is not None
    assert score.value is not None
    ratio_ = actual.value / target.value
    reached = 1 / ratio_ if _REVERSED.match(target.text) else ratio_
    expected = weight.value * min(Decimal(1), reached)
    # A score printed without decimals is still a rounded figure.
    slack = Decimal(10) ** -max(1, decimals(score.text))
    if abs(expected - score.value) <= slack:
        return holds()
    cells = tuple(case.printed(indicator.cells[r]) for r in ("score", "target", "actual"))
    return fails(
        f"{indicator.table.title}“{indicator.row.label}”：按公式应得{plain(expected)}分"
        f"（权重{weight.text}，目标{target.text}，完成{actual.text}），表中为{score.text}",
        f"{indicator.row.label}: by its formula the score is {plain(expected)}, "
        f"the table says {score.text}",
        cells,
        (indicator.row.label,),
        (score.text, target.text, actual.text),
    )


def check_execution(case: Case) -> Iterator[Trial]:
    """执行率=执行数÷预算数, and the score that goes with it."""
    for table in _tables(case):
        roles = {c.role: c for c in table.columns if c.role}
        for row in table.rows:
            cells = {
                role: case.cells[a]
                for role, column in roles.items()
                if (a := (table.id, row.id, column.id)) in case.cells
                and case.cells[a].value is not None
            }
            if {"budget", "executed", "rate"} <= cells.keys():
                address = (table.id, row.id, roles["rate"].id)
                yield _rate(case, table, row, address)


def _rate(case: Case, table: Table, row: Row, address: Address) -> Trial:
    by_role = {c.role: (table.id, row.id, c.id) for c in table.columns if c.role}
    planned, done = case.worth(by_role["budget"]), case.worth(by_role["executed"])
    rate = case.cells[address]
    span = ratio(done, planned) if planned and done else None
    if span is None or rate.value is None:
        return untried(f"{table.title}：预算数为零", f"{table.title}: nothing was planned")
    scored = _score_of_rate(case, by_role, span.middle)
    if span.explains(rate.value, rate.text) and scored is None:
        return holds()
    wrong = scored or (rate.text, f"{plain(span.middle)}%", address)
    budget, executed = case.figure(by_role["budget"]), case.figure(by_role["executed"])
    return fails(
        f"{table.title}“{row.label}”：预算{budget}，执行{executed}，应为{wrong[1]}，表中为{wrong[0]}",
        f"{table.title}, {row.label}: {executed} of {budget} makes {wrong[1]}, "
        f"the table says {wrong[0]}",
        (case.printed(wrong[2]), case.printed(by_role["budget"])),
        (row.label,),
        (wrong[0], budget, executed),
    )


def _score_of_rate(
    case: Case, by_role: dict[str, Address], rate: Decimal
) -> tuple[str, str, Address] | None:
    """The printed score, the right one and its cell where the score does not follow the rate."""
    address = by_role.get("budget.score")
    if address is None or address not in case.cells:
        return None
    factor = _FACTOR.search(case.column(address[0], address[2]).label)
    score = case.cells[address]
    if factor is None or score.value is None:
        return None
    expected = Decimal(factor[1]) * min(Decimal(100), rate) / 100
    slack = Decimal(10) ** -max(1, decimals(score.text))
    if abs(expected - score.value) <= slack:
        return None
    return score.text, f"{plain(expected)}分", address


def check_same(case: Case) -> Iterator[Trial]:
    """One indicator in two self-assessments: the same target and the same outcome."""
    for first, second in _couples(case):
        if first.name != second.name:
            continue
        for role, word in (("target", "目标值"), ("actual", "完成值")):
            one, other = case.cells[first.cells[role]], case.cells[second.cells[role]]
            if one.value == other.value and one.unit == other.unit:
                yield holds()
                continue
            yield fails(
                f"“{first.row.label}”的{word}在{first.table.title}中为{one.text}，"
                f"在{second.table.title}中为{other.text}",
                f"{first.row.label}: {one.text} in {first.table.title}, "
                f"{other.text} in {second.table.title}",
                (case.printed(first.cells[role]), case.printed(second.cells[role])),
                (first.row.label,),
                (one.text, other.text),
            )


def check_names(case: Case) -> Iterator[Trial]:
    """One indicator under two names: same place, target and outcome, nearly the same words."""
    for first, second in _couples(case):
        if first.name == second.name or not _one_thing(case, first, second):
            continue
        yield fails(
            f"同一指标名称不一：{first.table.title}写“{first.row.label}”，"
            f"{second.table.title}写“{second.row.label}”",
            f"one indicator has two names: {first.row.label} and {second.row.label}",
            (case.printed(first.cells["target"]), case.printed(second.cells["target"])),
            (first.row.label, second.row.label),
        )


def _couples(case: Case) -> Iterator[tuple[_Indicator, _Indicator]]:
    for one, other in combinations(_tables(case), 2):
        for first in _indicators(case, one):
            for second in _indicators(case, other):
                yield first, second


def _one_thing(case: Case, first: _Indicator, second: _Indicator) -> bool:
    names = {i.name for t in (first.table, second.table) for i in _indicators(case, t)}
    near = LCSseq.normalized_similarity(first.name, second.name)
    if first.row.path != second.row.path or near < _NEAR or len(names) < 2:
        return False
    same = all(
        case.cells[first.cells[r]].text == case.cells[second.cells[r]].text
        for r in ("target", "actual")
    )
    others = {i.name for i in _indicators(case, second.table)}
    return same and first.name not in others


def check_prose(case: Case) -> Iterator[Trial]:
    """What the prose says was reached, in percent of the plan, against the target of the table."""
    lines = [i for table in _tables(case) for i in _indicators(case, table)]
    for passage in list(case.claims):
        for count, completion in pairwise(case.figures(passage)):
            if (count.measure, completion.measure) != (Measure.COUNT, Measure.COMPLETION):
                continue
            same = [i for i in lines if _reached(case, i, count)]
            if same:
                yield _completion(case, count, completion, same)


def _reached(case: Case, indicator: _Indicator, count: Claim) -> bool:
    assert count.quantity is not None
    actual = case.cells[indicator.cells["actual"]]
    said, name = bare(count.subject), indicator.name
    common = any(name[i : i + 2] in said for i in range(len(name) - 1))
    return actual.value == count.quantity.value and actual.value > 1 and common


def _completion(case: Case, count: Claim, completion: Claim, same: list[_Indicator]) -> Trial:
    assert count.quantity is not None
    assert completion.quantity is not None
    target = case.cells[same[0].cells["target"]]
    if target.value is None or target.value <= 0:
        return untried(f"“{same[0].row.label}”没有目标值", f"{same[0].row.label} has no target")
    span = ratio(amount(count.quantity), Amount(target.value, Decimal(0)))
    if span is None or span.explains(completion.quantity.value, completion.quantity.written):
        return holds()
    rate = completion.quantity.written
    implied = count.quantity.value / completion.quantity.value * 100
    return fails(
        f"正文称“{count.subject}”{count.quantity.written}，完成目标的{rate}（即目标约为"
        f"{plain(implied, 0)}），而绩效自评表“{same[0].row.label}”的目标值为{target.text}"
        f"（{count.quantity.written}是它的{plain(span.middle)}%）",
        f"the text says that {count.quantity.written} is {rate} of the target (about "
        f"{plain(implied, 0)}); the self-assessment sets the target at {target.text}",
        (case.said(completion), case.said(count), *(case.printed(i.cells["target"]) for i in same)),
        (same[0].row.label, count.subject),
        (rate, count.quantity.written, target.text),
    )


def check_amounts(case: Case) -> Iterator[Trial]:
    """项目全年预算数为…，执行数为…: what the summary says against the project's own table."""
    for passage in case.report.passages:
        opening = _SUMMARY.match(passage.text)
        table = _table_of(case, bare(opening["name"])) if opening else None
        if table is None:
            continue
        for claim in case.figures(passage.id):
            role = {Measure.BUDGET: "budget", Measure.AMOUNT: "executed"}.get(claim.measure)
            if role and claim.subject.endswith("项目"):
                yield from _summary_figure(case, claim, table, role)


def _summary_figure(case: Case, claim: Claim, table: Table, role: str) -> Iterator[Trial]:
    column = next((c.id for c in table.columns if c.role == role), None)
    cells = [a for a in case.cells if a[0] == table.id and a[2] == column]
    filled = [a for a in cells if case.cells[a].value is not None and case.unit(a)]
    assert claim.quantity is not None
    if not filled:
        return
    worths = [w for a in filled if (w := case.worth(a)) is not None]
    if any(amount(claim.quantity).is_same(worth) for worth in worths):
        yield holds()
        return
    yield fails(
        f"正文称该项目{_word(role)}为{claim.quantity.written}，{case.place(filled[0])}为"
        f"{case.figure(filled[0])}",
        f"the text gives {claim.quantity.written}; {case.place(filled[0])} shows "
        f"{case.figure(filled[0])}",
        (case.said(claim), case.printed(filled[0])),
        (claim.subject,),
        (claim.quantity.written, case.figure(filled[0])),
    )


def _word(role: str) -> str:
    return "预算数" if role == "budget" else "执行数"


def _table_of(case: Case, project: str) -> Table | None:
    """The self-assessment of a project, by the name in its title."""
    named = [t for t in _tables(case) if project.removesuffix("项目") in bare(t.title)]
    return named[0] if len(named) == 1 else None


RULES = (
    Rule(
        "performance.score",
        "指标得分应符合表中写明的计分公式，且不超过权重。",
        "A score follows the formula that the table states.",
        Severity.WARNING,
        "得分末位的一个单位（至少0.1分）",
        check_scores,
    ),
    Rule(
        "performance.rate",
        "执行率及其得分应能由预算数和执行数算出。",
        "Execution rate and its score follow from plan and outcome.",
        Severity.ERROR,
        "各数末位的一半",
        check_execution,
    ),
    Rule(
        "performance.same",
        "同一指标在各自评表中的目标值、完成值应当相同。",
        "One indicator has the same target and outcome in all self-assessments.",
        Severity.ERROR,
        "无",
        check_same,
    ),
    Rule(
        "performance.name",
        "同一指标在各自评表中的名称应当相同。",
        "One indicator has one name.",
        Severity.NOTE,
        "不涉及",
        check_names,
    ),
    Rule(
        "performance.target",
        "正文所称完成目标的比例应与自评表的目标值、完成值相符。",
        "The completion that the text states fits target and outcome of the self-assessment.",
        Severity.WARNING,
        "各数末位的一半；截尾也算相符",
        check_prose,
    ),
    Rule(
        "performance.amount",
        "正文所述项目预算数、执行数应与其自评表一致。",
        "The project's plan and outcome in the text equal those of its self-assessment.",
        Severity.ERROR,
        "各数末位的一半",
        check_amounts,
    ),
)
