"""The judge of a stated figure: its body, year and account are found first, then its value.

The account must be the one that the text names, with every column and table that it names;
a figure that stands in the row beside is not borne out by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from qa.checking.addresses import addressed, is_cell_of, is_of_two_columns
from qa.checking.confirming import confirm
from qa.checking.naming import Naming, name_all, words_of
from qa.checking.stated import (
    Judgement,
    Precision,
    Ruling,
    Stated,
    agrees,
    figure,
    is_scale_slip,
)
from qa.coverage import area_said, period_said
from qa.figures import Figure, Source, resolve, share_of, tolerance
from qa.gather import Want, basis_kind, candidates, distinct, unit_family
from qa.ledger import CellPlace, Entry, Ledger, Place
from qa.names import bare
from qa.regions import named_in
from qa.vocabulary import key_of

_CLOSE = 0.35  # readings this near to the best are meant as well


def judge(stated: Stated, ledgers: Sequence[Ledger]) -> Judgement:
    """What the reports make of one stated figure."""
    scoped, refusal = _in_scope(stated, ledgers)
    if refusal is not None:
        return refusal
    if stated.cell is not None:
        return _against_cited(stated, scoped)
    verdicts = [_against(_as_of(stated, ledger), ledger, ledgers) for ledger in scoped]
    shown = [v for v in verdicts if v.may_be_shown]
    conflicts = [v for v in verdicts if v.ruling is Ruling.CONFLICT]
    return next(iter([*shown, *conflicts, *verdicts]))


# --- who and when -------------------------------------------------------------------------------


def _in_scope(
    stated: Stated, ledgers: Sequence[Ledger]
) -> tuple[Sequence[Ledger], Judgement | None]:
    named = [x for x in ledgers if not stated.body or is_body(stated.body, x)]
    if not named:
        return (), _rejected(f"没有“{stated.body}”的报告", f"no report of {stated.body} is held")
    kind = [x for x in named if not stated.kind or x.report.identity.kind.value == stated.kind]
    if not kind:
        return (), _rejected("没有这一种类的报告", "no report of that kind is held")
    dated = [x for x in kind if stated.year in (None, x.report.identity.year)]
    dated = dated or [x for x in kind if _next_year(stated) == x.report.identity.year]
    if not dated:
        return (), _rejected(f"没有{stated.year}年度的报告", f"no report of {stated.year} is held")
    return dated, None


def is_body(name: str, ledger: Ledger) -> bool:
    """Whether a name is that of the report's body, in full or in one of its short forms."""
    identity = ledger.report.identity
    return bare(name) in {bare(n) for n in (identity.body, identity.title, *identity.short_names)}


def _next_year(stated: Stated) -> int | None:
    """The year whose report also tells of the stated one."""
    tells = stated.measure in ("amount", "prior") and stated.year is not None
    return stated.year + 1 if tells and stated.year is not None else None


def _as_of(stated: Stated, ledger: Ledger) -> Stated:
    """An amount of the year before a report's own is its prior figure."""
    if stated.year is not None and stated.year != ledger.report.identity.year:
        return stated.model_copy(update={"measure": "prior"})
    return stated


# --- a cited cell -------------------------------------------------------------------------------


def _against_cited(stated: Stated, ledgers: Sequence[Ledger]) -> Judgement:
    cited = stated.cell
    assert cited is not None
    ledger = next((x for x in ledgers if x.report.id == cited.report), None)
    entry = ledger.at(CellPlace(cited.table, cited.row, cited.column)) if ledger else None
    if ledger is None or entry is None:
        return _rejected("所引的单元格不存在", "the cited cell does not exist")
    if not is_cell_of(stated, ledger, entry):
        return _rejected(
            f"所引的是{_place(ledger, entry)}，不是“{stated.account}”",
            f"the cited cell is {_place(ledger, entry)}, not {stated.account}",
            [entry],
        )
    return _compared(stated, ledger, [entry])


# --- by name ------------------------------------------------------------------------------------


def _against(stated: Stated, ledger: Ledger, ledgers: Sequence[Ledger]) -> Judgement:
    there = addressed(stated, ledger)
    if there and is_of_two_columns(there):
        return _rejected(
            f"叫“{stated.column}”的不止一栏",
            f"several columns are called {stated.column}",
            there,
        )
    if there:
        return _compared(stated, ledger, there)
    naming = name_all(stated, ledger)
    if naming.unknown:
        return _rejected(
            f"报告中没有“{naming.unknown}”", f"the report does not name {naming.unknown}"
        )
    if stated.direction:
        turned = _turned(stated, naming, _source(ledger, ledgers))
        if turned is not None:
            return turned
    found = [e for item in naming.items for e in _printed(stated, item, naming, ledger)]
    if any(_agrees(stated, e) for e in found):
        return _compared(stated, ledger, found)
    computed = _computed(stated, naming, _source(ledger, ledgers))
    if computed is not None and (computed.may_be_shown or not found):
        return computed
    return _compared(stated, ledger, found)


def _printed(stated: Stated, item: str, naming: Naming, ledger: Ledger) -> list[Entry]:
    """The figures of an item that are meant by all that the text says."""
    found = [
        c
        for c in candidates(ledger, item, _want(stated, naming, ledger))
        if _is_meant(c.entry, naming, ledger)
    ]
    return list(distinct(found, margin=_CLOSE))


def _want(stated: Stated, naming: Naming, ledger: Ledger) -> Want:
    kind = basis_kind(stated.basis, ledger.report.identity.year) if stated.basis else ""
    basis = kind if stated.measure in ("change", "rate") else ""
    units = frozenset() if stated.unit == "%" else unit_family(stated.unit, False)
    text = stated.account + stated.column
    regions = {region for _, _, region in named_in(text, (ledger.report,))}
    return Want(
        keys=naming.items,
        measure=stated.measure,
        basis=basis,
        side=naming.side,
        units=units,
        tables=naming.tables,
        code=stated.code,
        text=text,
        year=stated.year,
        area=area_said((text,)) if not regions else "",
        region=regions.pop() if len(regions) == 1 else "",
        period=period_said(text),
    )


def _is_meant(entry: Entry, naming: Naming, ledger: Ledger) -> bool:
    if naming.tables and (
        not isinstance(entry.place, CellPlace)
        or (entry.report, entry.place.table) not in naming.tables
    ):
        return False
    if naming.economic is not None:
        economic = entry.code.startswith(("3", "5"))
        if not entry.code or economic != naming.economic:
            return False
    around = words_of(entry, ledger)
    used = entry.required | entry.context | {entry.item}
    return all(item in used or word in around for word, item in naming.mentions)


def _compared(stated: Stated, ledger: Ledger, entries: Sequence[Entry]) -> Judgement:
    """The ruling where these are the figures that the text can mean."""
    agreeing = [e for e in entries if _agrees(stated, e)]
    if not agreeing:
        return _denied(stated, ledger, entries)
    entry = agreeing[0]
    ruling = Ruling(confirm(ledger, entry).value)
    where = _place(ledger, entry)
    if ruling is Ruling.CONFLICT:
        return Judgement(
            ruling,
            f"{where}这样写，但报告另有不同的数",
            f"{where} has it so, but another place of the report does not",
            _places([entry, *_others(stated, entries)]),
        )
    return Judgement(ruling, f"见{where}", f"see {where}", _places([entry]))


def _others(stated: Stated, entries: Iterable[Entry]) -> list[Entry]:
    return [e for e in entries if not _agrees(stated, e) and e.value is not None]


def _agrees(stated: Stated, entry: Entry) -> bool:
    if entry.value is None:
        return entry.blank and not stated.value
    return agrees(stated, entry.value, entry.unit)


def _denied(stated: Stated, ledger: Ledger, entries: Sequence[Entry]) -> Judgement:
    """Why a figure is not what the report has: the report's own, or where the figure stands."""
    said = figure(stated.value, stated.unit)
    known = [e for e in entries if e.value is not None]
    blank = next((e for e in entries if e.blank), None)
    if not known and blank is not None:
        where = _place(ledger, blank)
        return _rejected(f"{where}没有数", f"{where} shows nothing", [blank])
    if not known:
        elsewhere = _elsewhere(stated, ledger)
        return _rejected(
            f"报告中没有可以印证{said}的数" + (f"；{elsewhere[0]}" if elsewhere else ""),
            f"nothing in the report bears out {said}" + (f"; {elsewhere[1]}" if elsewhere else ""),
        )
    entry = known[0]
    assert entry.value is not None
    held, where = figure(entry.value, entry.unit), _place(ledger, entry)
    if is_scale_slip(stated, entry.value, entry.unit):
        return _rejected(
            f"单位不符：{where}为{held}，不是{said}", f"{where} has {held}, not {said}", [entry]
        )
    if entry.value == -stated.value:
        return _rejected(
            f"方向不符：{where}为{held}", f"{where} points the other way: {held}", [entry]
        )
    return _rejected(f"{where}为{held}，不是{said}", f"{where} has {held}, not {said}", [entry])


def _elsewhere(stated: Stated, ledger: Ledger) -> tuple[str, str] | None:
    """Where the report has these digits for something else."""
    for entry in ledger.entries:
        if entry.value is not None and entry.value == stated.value and entry.value:
            where = _place(ledger, entry)
            return f"{figure(entry.value, entry.unit)}是{where}的数", f"it is {where}"
    return None


# --- worked out ---------------------------------------------------------------------------------


def _source(ledger: Ledger, ledgers: Sequence[Ledger]) -> Source:
    return Source(ledger, lambda: _before(ledger, ledgers))


def _before(ledger: Ledger, ledgers: Sequence[Ledger]) -> Ledger | None:
    own = ledger.report.identity
    return next(
        (
            x
            for x in ledgers
            if own.year is not None
            and x.report.identity.year == own.year - 1
            and (x.report.identity.body, x.report.identity.kind, x.report.identity.level)
            == (own.body, own.kind, own.level)
        ),
        None,
    )


def _computed(stated: Stated, naming: Naming, source: Source) -> Judgement | None:
    """The ruling where the report's other figures give what is stated, or another value of it."""
    denial = None
    for item in naming.items:
        found = _derived(stated, item, naming, source)
        if found is None or found.value is None:
            continue
        if not all(_is_meant_operand(e, naming, source.ledger) for e in _entries(found)):
            continue
        zh, en = f"由报告的数算出：{_sum(found)}", f"worked out from the report: {_sum(found)}"
        if _derived_agrees(stated, found):
            return Judgement(Ruling.COMPUTED, zh, en, _places(_entries(found)))
        denial = denial or _rejected(zh, en, _entries(found))
    return denial


def _derived(stated: Stated, item: str, naming: Naming, source: Source) -> Figure | None:
    want = replace(_want(stated, naming, source.ledger), units=frozenset())
    if stated.measure == "share":
        whole = key_of(stated.basis) if stated.basis else ""
        part = resolve(source, item, want.measuring("amount"))
        total = resolve(source, whole, want.measuring("amount")) if whole else None
        return share_of(part, total) if part is not None and total is not None else None
    if stated.measure not in ("budget", "prior", "change", "rate", "completion"):
        return None
    found = resolve(source, item, want)
    return found if found is not None and found.step is not None else None


def _derived_agrees(stated: Stated, found: Figure) -> bool:
    assert found.value is not None
    if stated.unit != "%":
        return agrees(stated, found.value, found.unit)
    if stated.precision is not Precision.EXACT:
        return agrees(stated, found.value, "%")
    return abs(found.value - stated.value) <= tolerance(stated.value) and (
        found.value * stated.value >= 0
    )


def _entries(found: Figure) -> list[Entry]:
    if found.step is None:
        return [found.entry] if found.entry is not None else []
    return [e for operand in found.step.operands for e in _entries(operand)]


def _is_meant_operand(entry: Entry, naming: Naming, ledger: Ledger) -> bool:
    if entry.report != ledger.report.id or not naming.tables:
        return True
    return isinstance(entry.place, CellPlace) and (entry.report, entry.place.table) in naming.tables


def _sum(found: Figure) -> str:
    if found.step is None:
        return figure(found.value, found.unit) if found.value is not None else ""
    parts = dict(zip("abcdefghij", found.step.operands, strict=False))
    shown = re.sub(
        r"\b[a-j]\b",
        lambda m: figure(parts[m[0]].value or Decimal(0), parts[m[0]].unit),
        found.step.formula,
    )
    return f"{shown} = {figure(found.value, found.unit)}" if found.value is not None else shown


def _turned(stated: Stated, naming: Naming, source: Source) -> Judgement | None:
    """The refusal of a direction that the report denies or does not tell; None where it is so."""
    moves = []
    for item in naming.items:
        want = replace(_want(stated, naming, source.ledger), units=frozenset())
        found = resolve(source, item, want.measuring("change", want.basis))
        if found is not None and found.value is not None:
            moves.append(found)
    if any((m.value or 0) * stated.direction > 0 for m in moves):
        return None
    entries = [e for m in moves for e in _entries(m)]
    if not moves:
        return _rejected("报告没有说它增加还是减少", "the report does not say how it moved")
    said = figure(moves[0].value or Decimal(0), moves[0].unit)
    return _rejected(f"增减方向不符：变动为{said}", f"it moved by {said}", entries)


# --- words --------------------------------------------------------------------------------------


def _rejected(zh: str, en: str, entries: Sequence[Entry] = ()) -> Judgement:
    return Judgement(Ruling.REJECTED, zh, en, _places(entries))


def _places(entries: Iterable[Entry]) -> tuple[tuple[str, Place], ...]:
    return tuple(dict.fromkeys((e.report, e.place) for e in entries))


def _place(ledger: Ledger, entry: Entry) -> str:
    """An address in words: 公开03表“行政运行”行“基本支出”栏, or 正文“机关运行经费”."""
    if not isinstance(entry.place, CellPlace):
        return f"正文“{entry.label}”"
    table = ledger.report.tables[entry.place.table]
    row, column = table.rows[entry.place.row], table.columns[entry.place.column]
    label = f"“{row.label}”行" if row.label else ""
    return f"{table.name}{label}“{column.label}”栏"
