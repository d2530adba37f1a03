"""The number checker: what bears out a figure that a sentence states.

A cell of the same account and measure makes it `table`; a percentage or change that the report's
other figures give again makes it `computed`; digits that agree in another scale of the unit
(元 for 万元), and what the audit finds wrong by a table or by its own arithmetic, are a
`conflict`; what only the sentence says stays `prose`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from weakref import WeakKeyDictionary

from qa.answer import CheckedBy
from qa.audit import Severity, audit_report, tabled
from qa.figures import tolerance
from qa.gather import MONEY, basis_kind, same_value
from qa.ledger import PLAIN, CellPlace, Entry, Ledger, Place, SpanPlace
from qa.vocabulary import roles


def confirm(ledger: Ledger, entry: Entry) -> CheckedBy:
    """How a figure of the report is borne out by the rest of the report."""
    if isinstance(entry.place, CellPlace):
        return CheckedBy.TABLE
    if entry.value is None:
        return CheckedBy.PROSE
    audited = _audited(ledger)
    if entry.place in audited.wrong:
        return CheckedBy.CONFLICT
    if entry.place in audited.tabled:
        return CheckedBy.TABLE
    if entry.measure in (PLAIN, "budget", "target"):
        return _against_cells(ledger, entry)
    return CheckedBy.COMPUTED if _recomputes(ledger, entry) else CheckedBy.PROSE


@dataclass(frozen=True, slots=True)
class _Audited:
    """The sentences' figures that the audit found wrong, and those that a statement bears out."""

    wrong: frozenset[Place]
    tabled: frozenset[Place]


_AUDITED: WeakKeyDictionary[Ledger, _Audited] = WeakKeyDictionary()


def _audited(ledger: Ledger) -> _Audited:
    if ledger not in _AUDITED:
        slips = [
            finding.evidence[0]
            for finding in audit_report(ledger.report)
            if finding.rule.startswith("prose.") and finding.severity is Severity.ERROR
        ]
        _AUDITED[ledger] = _Audited(
            frozenset(
                SpanPlace(e.passage, e.start or 0, e.end or 0)
                for e in slips
                if e.passage is not None
            ),
            frozenset(SpanPlace(c.passage, c.start, c.end) for c in tabled(ledger.report)),
        )
    return _AUDITED[ledger]


_OTHER_TABLES = 2


def agreeing(ledger: Ledger, entry: Entry) -> tuple[Entry, ...]:
    """Other places that print the same figure of the same account: statements, then a sentence."""
    alike = [e for e in ledger.of(entry.item) if _says_same(e, entry)]
    tables: dict[int, Entry] = {}
    for other in alike:
        if isinstance(other.place, CellPlace) and other.place.table != _table(entry):
            known = tables.get(other.place.table)
            if known is None or (other.label not in _TOTALS and known.label in _TOTALS):
                tables[other.place.table] = other
    told = [e for e in alike if not isinstance(e.place, CellPlace) and e.place != entry.place]
    return (*list(tables.values())[:_OTHER_TABLES], *told[:1])


_TOTALS = ("合计", "总计", "小计", "")


def _table(entry: Entry) -> int | None:
    return entry.place.table if isinstance(entry.place, CellPlace) else None


def _says_same(other: Entry, entry: Entry) -> bool:
    same = other.measure == entry.measure and other.required == entry.required
    if not same or other.place == entry.place or other.blank != entry.blank:
        return False
    return other.blank or (other.value is not None and same_value(other, entry))


def _against_cells(ledger: Ledger, entry: Entry) -> CheckedBy:
    cells = [c for item in _items(entry.item) for c in _cells(ledger, item, entry.measure)]
    if any(same_value(c, entry) for c in cells):
        return CheckedBy.TABLE
    if any(_misscaled(c, entry) for c in cells):
        return CheckedBy.CONFLICT
    return CheckedBy.PROSE


def _items(item: str) -> tuple[str, ...]:
    table = roles()
    return (item, *table.fallbacks.get(item, ()), *table.twins.get(item, ()))


def _cells(ledger: Ledger, item: str, measure: str) -> list[Entry]:
    measures = {measure} if measure == PLAIN else {measure, "budget", "target"}
    found = (e for e in ledger.of(item) if isinstance(e.place, CellPlace))
    return [e for e in found if e.value is not None and e.measure in measures]


def _misscaled(cell: Entry, entry: Entry) -> bool:
    """80.20元 beside a cell of 80.20万元."""
    both = cell.unit in MONEY and entry.unit in MONEY
    return both and cell.unit != entry.unit and cell.value == entry.value


def _recomputes(ledger: Ledger, entry: Entry) -> bool:
    amount = _first(ledger, entry.item, PLAIN)
    if amount is None or amount.value is None or entry.value is None:
        return False
    if entry.measure == "completion":
        budget = _first(ledger, entry.item, "budget") or _first(ledger, entry.item, "target")
        return _is_percent(entry.value, amount.value, budget.value if budget else None)
    if entry.measure == "rate":
        change = _change(ledger, entry)
        base = amount.value - change if change is not None else None
        return _is_percent(entry.value, change, base)
    if entry.measure == "change":
        rate = _first_rate(ledger, entry)
        base = amount.value - entry.value
        return rate is not None and _is_percent(rate, entry.value, base)
    if entry.measure == "share":
        return any(
            _is_percent(entry.value, amount.value, whole.value)
            for item in (
                "expenditure.total",
                "income.total",
                "fund.general.expenditure",
                "procurement",
            )
            for whole in _all(ledger, item)
        )
    return False


def _first_rate(ledger: Ledger, entry: Entry) -> Decimal | None:
    """The printed rate against the same basis, which a printed change must give."""
    year = ledger.report.identity.year
    kind = basis_kind(entry.basis, year)
    rates = [e for e in ledger.of(entry.item) if e.measure == "rate"]
    return next((e.value for e in rates if basis_kind(e.basis, year) == kind), None)


def _change(ledger: Ledger, entry: Entry) -> Decimal | None:
    year = ledger.report.identity.year
    kind = basis_kind(entry.basis, year)
    changes = [e for e in ledger.of(entry.item) if e.measure == "change"]
    return next((e.value for e in changes if basis_kind(e.basis, year) == kind), None)


def _is_percent(printed: Decimal, part: Decimal | None, whole: Decimal | None) -> bool:
    if part is None or not whole:
        return False
    return abs(part / whole * 100 - printed) <= tolerance(printed)


def _all(ledger: Ledger, item: str) -> list[Entry]:
    return [e for e in ledger.of(item) if e.measure == PLAIN and e.value]


def _first(ledger: Ledger, item: str, measure: str) -> Entry | None:
    entries = [e for e in ledger.of(item) if e.measure == measure and e.value is not None]
    return min(entries, key=lambda e: (len(e.required), e.side == "income", e.rank), default=None)
