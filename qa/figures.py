"""One figure, found or computed: the algebra of amount, budget, prior, change, rate, completion.

A report rarely prints all of them for one account, and any two usually give the third. What is
printed is preferred and recomputed where it can be; what is computed carries its derivation.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from corpus import convert
from qa.answer import CheckedBy
from qa.coverage import planned
from qa.gather import MONEY, Want, basis_kind, candidates, distinct
from qa.ledger import PLAIN, CellPlace, Entry, Ledger

_RIVAL_MARGIN = 0.8  # how far below the best a reading may be and still be mentioned
_PERCENT_PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Step:
    """A calculation: `formula` over the operands' labels, replayable from their values."""

    formula: str
    operands: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with where it comes from: an entry, a calculation, or both when they agree.

    `value` is None for a blank, which is an answer too. `rivals` are entries for the same thing
    that print another value.
    """

    label: str
    value: Decimal | None
    unit: str
    check: CheckedBy
    entry: Entry | None = None
    step: Step | None = None
    rivals: tuple[Entry, ...] = ()
    year: int | None = None


def of_entry(entry: Entry, rivals: tuple[Entry, ...] = ()) -> Figure:
    """The figure that an entry prints."""
    check = CheckedBy.TABLE if isinstance(entry.place, CellPlace) else CheckedBy.PROSE
    return Figure(
        entry.label, entry.value, entry.unit, check, entry, rivals=rivals, year=entry.year
    )


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures of one body and year come from."""

    ledger: Ledger
    earlier: Callable[[], Ledger | None] = lambda: None

    @property
    def before(self) -> Ledger | None:
        """The ledger of the year before, read when it is first needed; None if it is not held."""
        return self.earlier()

    @property
    def year(self) -> int | None:
        """The report's fiscal year."""
        return self.ledger.report.identity.year

    @property
    def is_budget(self) -> bool:
        """Whether the plain amounts of the report are planned ones."""
        return planned(self.ledger.report)


def resolve(source: Source, item: str, want: Want) -> Figure | None:
    """The figure that `want` asks of `item`; None when the report neither prints nor implies it."""
    if source.is_budget and want.basis == "budget":
        want = replace(want, basis="prior")  # a budget is compared with the budget before it
    if item == "performance.score" and want.measure in ("", PLAIN):
        want = want.measuring("score")
    handler = _HANDLERS.get(want.measure, _printed)
    return handler(source, item, want)


def readings(source: Source, item: str, want: Want) -> tuple[Figure, ...]:
    """Every different value printed for what `want` asks: more than one is an ambiguity."""
    return tuple(of_entry(e) for e in distinct(candidates(source.ledger, item, want)))


def _printed(source: Source, item: str, want: Want) -> Figure | None:
    found = candidates(source.ledger, item, want)
    if not found:
        return None
    values = distinct(found, margin=_RIVAL_MARGIN)
    return of_entry(values[0], rivals=values[1:])


def _amount(source: Source, item: str, want: Want) -> Figure | None:
    printed = _printed(source, item, want.measuring(PLAIN))
    if source.is_budget and (printed is None or printed.value is None):
        return _printed(source, item, replace(want, measure="target")) or printed
    return printed  # of a plan's indicators there are targets only


def _budget(source: Source, item: str, want: Want) -> Figure | None:
    printed = _printed(source, item, want.measuring("budget"))
    if printed:
        return printed
    if source.is_budget or _lies_ahead(source, want):
        return _amount(source, item, want)
    return _minus_change(source, item, want, "budget") or _from_completion(source, item, want)


def _target(source: Source, item: str, want: Want) -> Figure | None:
    printed = _printed(source, item, want.measuring("target"))
    return printed or _from_completion(source, item, want)


def _from_completion(source: Source, item: str, want: Want) -> Figure | None:
    """The plan that an outcome and its printed completion imply, where it is to be worked out."""
    if not _WORK_OUT.search(want.text):
        return None
    amount = _amount(source, item, want)
    done = _printed(source, item, want.measuring("completion"))
    if not _usable(amount, done) or amount is None or done is None or not done.value:
        return None
    places = 2 if amount.unit in MONEY else 0
    value = rounded((amount.value or Decimal(0)) * 100 / done.value, places)
    return _computed(amount.label, value, amount.unit, "a ÷ b", (amount, done), source.year)


def _year_of(source: Source, want: Want) -> int | None:
    return want.year if _lies_ahead(source, want) else source.year


def _lies_ahead(source: Source, want: Want) -> bool:
    """Whether the year asked for is the one that a report on the year before plans."""
    return bool(want.year and source.year and want.year > source.year)


def _prior(source: Source, item: str, want: Want) -> Figure | None:
    if _lies_ahead(source, want):
        return _amount(source, item, replace(want, year=source.year))
    spent = source.is_budget and _SPENT.search(want.text)
    if source.before is not None and not spent:
        earlier = _amount(Source(source.before), item, want)
        if earlier:
            return earlier
    printed = _printed(source, item, want.measuring("prior"))
    if printed is None and spent:
        return _stood(source, item, want)  # the base of a planned change was planned too
    return printed or _stood(source, item, want) or _minus_change(source, item, want, "prior")


def _stood(source: Source, item: str, want: Want) -> Figure | None:
    """What stood at a day of the year before (截至上年末), as the passages on assets say it."""
    before = source.year - 1 if source.year else None
    found = candidates(source.ledger, item, replace(want, year=before).measuring(PLAIN))
    earlier = [c for c in found if c.entry.year and source.year and c.entry.year < source.year]
    return of_entry(earlier[0].entry) if earlier else None


def _minus_change(source: Source, item: str, want: Want, basis: str) -> Figure | None:
    """The base of a printed change: 2022 = 2023 − change."""
    amount = _amount(source, item, want)
    change = _printed(source, item, want.measuring("change", basis))
    if not _usable(amount, change) or amount is None or change is None:
        return None
    value = _to(amount.unit, change)
    if amount.value is None or value is None:
        return None
    label = amount.label
    year = (source.year - 1) if basis == "prior" and source.year else source.year
    return _computed(label, amount.value - value, amount.unit, "a − b", (amount, change), year)


_WORK_OUT = re.compile(
    r"推算|倒推|反推|倒算|推出|还原|算一?下|算算|算出|除以|÷|大概|大约|work out|derive"
)
# Words for money spent: an earlier budget's planned amount does not answer them.
_SPENT = re.compile(r"执行|实际|决算|spent|actual|executed")


def _change(source: Source, item: str, want: Want) -> Figure | None:
    for basis in (want.basis,) if want.basis else ("prior", "budget", "target"):
        asked = want.measuring("change", basis)
        printed = _printed(source, item, asked)
        figure = printed or _difference_from_base(source, item, want, basis)
        if figure:
            return figure
    return None if want.units else _rate(source, item, want)  # 增长多少 may be told in percent


def _difference_from_base(source: Source, item: str, want: Want, basis: str) -> Figure | None:
    amount, base = _amount(source, item, want), _base(source, item, want, basis)
    if not _usable(amount, base) or amount is None or base is None or amount.value is None:
        return None
    other = _to(amount.unit, base)
    if other is None:
        return None
    label = amount.label
    return _computed(
        label, amount.value - other, amount.unit, "a − b", (amount, base), _year_of(source, want)
    )


def _base(source: Source, item: str, want: Want, basis: str) -> Figure | None:
    if basis == "prior":
        if _lies_ahead(source, want):
            return _amount(source, item, replace(want, year=source.year))
        spent = source.is_budget and _SPENT.search(want.text)
        if source.before is not None and not spent:
            return _amount(Source(source.before), item, want)
        return _printed(source, item, want.measuring("prior"))
    if source.is_budget:
        return None
    return _printed(source, item, want.measuring("budget"))


def _rate(source: Source, item: str, want: Want) -> Figure | None:
    for basis in (want.basis,) if want.basis else ("prior", "budget"):
        printed = _printed(source, item, want.measuring("rate", basis))
        computed = _rate_from(source, item, want, basis)
        if printed:
            return _confirmed(printed, computed)
        index = _printed(source, item, want.measuring("index")) if basis == "prior" else None
        if index is not None and index.value is not None:
            return rate_of_index(index)
        if computed:
            return computed
        unmoved = _printed(source, item, want.measuring("change", basis))
        if unmoved is not None and unmoved.value == 0:
            return unmoved  # 与上年持平 says the rate too
    return None


def _rate_from(source: Source, item: str, want: Want, basis: str) -> Figure | None:
    amount = _amount(source, item, want)
    base = _base(source, item, want, basis) or _minus_change(source, item, want, basis)
    if not _usable(amount, base) or amount is None or base is None or amount.value is None:
        return None
    other = _to(amount.unit, base)
    if not other:
        return None
    value = (amount.value - other) / other * 100
    label = amount.label
    return _percent(label, value, "(a − b) ÷ b", (amount, base), source.year)


def _completion(source: Source, item: str, want: Want) -> Figure | None:
    printed = _printed(source, item, want.measuring("completion"))
    adjusted = replace(want, text=f"{want.text}调整预算")  # what a table may measure against
    computed = [_completed(source, item, w) for w in (want, adjusted)]
    if printed is None:
        return computed[0]
    confirmed = [_confirmed(printed, c) for c in computed]
    return next((f for f in confirmed if f.check is CheckedBy.COMPUTED), confirmed[0])


def _completed(source: Source, item: str, want: Want) -> Figure | None:
    """What was carried out as a share of what was planned; None for a plan."""
    amount, base = _amount(source, item, want), _budget(source, item, want)
    if not _usable(amount, base) or amount is None or base is None or amount.value is None:
        return None
    other = _to(amount.unit, base)
    if not other or source.is_budget:
        return None
    value = amount.value / other * 100
    return _percent(amount.label, value, "a ÷ b", (amount, base), source.year)


def _share(source: Source, item: str, want: Want) -> Figure | None:
    return _printed(source, item, want.measuring("share"))


def share_of(part: Figure, whole: Figure) -> Figure | None:
    """`part` as a percentage of `whole`; None when their units do not compare or whole is 0."""
    if part.value is None or whole.value is None:
        return None
    other = _to(part.unit, whole)
    if not other:
        return None
    label = f"{part.label}占{whole.label}"
    return _percent(label, part.value / other * 100, "a ÷ b", (part, whole), part.year)


def percent_of(label: str, a: Figure, b: Figure) -> Figure | None:
    """a ÷ b in percent under a name of its own; None when they do not compare or b is 0."""
    share = share_of(a, b)
    return replace(share, label=label) if share is not None else None


def ratio_of(a: Figure, b: Figure) -> Figure | None:
    """How many times b goes into a, to two places; None when they do not compare or b is 0."""
    other = _to(a.unit, b)
    if a.value is None or not other:
        return None
    label = f"{a.label}与{b.label}之比"
    return _computed(label, rounded(a.value / other, 2), "倍", "a ÷ b", (a, b), a.year)


def per_unit_of(a: Figure, count: Figure, unit: str) -> Figure | None:
    """a for each of `count` things, in `unit`, to two places; None when there are none."""
    value = _to(unit, a)
    if value is None or not count.value:
        return None
    label = f"平均每{count.unit}"
    return _computed(label, rounded(value / count.value, 2), unit, "a ÷ b", (a, count), a.year)


def per_month_of(a: Figure) -> Figure | None:
    """A twelfth of a year's figure: amounts to two places, things that are counted in ones."""
    if a.value is None:
        return None
    value = rounded(a.value / 12, 2 if a.unit in MONEY else 0)
    return _computed("平均每月", value, a.unit, "a ÷ 12", (a,), a.year)


def difference_of(a: Figure, b: Figure) -> Figure | None:
    """a − b in a's unit; None when their units do not compare."""
    other = _to(a.unit, b)
    if a.value is None or other is None:
        return None
    return _computed(f"{a.label}与{b.label}之差", a.value - other, a.unit, "a − b", (a, b), a.year)


def sum_of(figures: tuple[Figure, ...]) -> Figure | None:
    """The sum in the first figure's unit; blanks count as nothing."""
    total = Decimal(0)
    for figure in figures:
        if figure.value is None:
            continue
        value = _to(figures[0].unit, figure)
        if value is None:
            return None
        total += value
    formula = " + ".join("abcdefghij"[: len(figures)]) if len(figures) <= 10 else "Σ"
    return _computed("合计", total, figures[0].unit, formula, figures, figures[0].year)


def mean_of(figures: tuple[Figure, ...]) -> Figure | None:
    """The arithmetic mean, to two places."""
    total = sum_of(figures)
    if total is None or total.value is None:
        return None
    value = rounded(total.value / len(figures), 2)
    return _computed("平均", value, total.unit, f"Σ ÷ {len(figures)}", figures, total.year)


def percent_above(a: Figure, b: Figure) -> Figure | None:
    """By how many percent a lies above b; None when they do not compare or b is 0."""
    other = _to(a.unit, b)
    if a.value is None or not other:
        return None
    value = (a.value - other) / other * 100
    return _percent(a.label, value, "(a − b) ÷ b", (a, b), a.year)


def rate_of_index(index: Figure) -> Figure | None:
    """The rate that a figure as a percentage of the year before's implies: 103.9% is up 3.9%."""
    if index.value is None or index.unit != "%":
        return None
    return _computed(index.label, index.value - 100, "%", "a − 100", (index,), index.year)


def rounded(value: Decimal, places: int) -> Decimal:
    """Half-up rounding, as the reports round."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _computed(
    label: str,
    value: Decimal,
    unit: str,
    formula: str,
    operands: tuple[Figure, ...],
    year: int | None,
) -> Figure:
    return Figure(label, value, unit, CheckedBy.COMPUTED, step=Step(formula, operands), year=year)


def _percent(
    label: str, value: Decimal, formula: str, operands: tuple[Figure, ...], year: int | None
) -> Figure:
    return _computed(
        label, value.quantize(_PERCENT_PLACES, ROUND_HALF_UP), "%", formula, operands, year
    )


def _confirmed(printed: Figure, computed: Figure | None) -> Figure:
    """A printed percentage with the calculation that confirms it, or marked as in conflict."""
    if computed is None or computed.value is None or printed.value is None:
        return printed
    agrees = abs(printed.value - computed.value) <= tolerance(printed.value)
    check = CheckedBy.COMPUTED if agrees else CheckedBy.CONFLICT
    return Figure(
        printed.label,
        printed.value,
        printed.unit,
        check,
        printed.entry,
        computed.step,
        printed.rivals,
        printed.year,
    )


def replayed(figure: Figure) -> Figure | None:
    """The percentage that a figure's own step gives, where it was printed and worked out."""
    if figure.step is None or len(figure.step.operands) != 2:
        return None
    a, b = figure.step.operands
    other = _to(a.unit, b)
    if a.value is None or not other:
        return None
    top = a.value - other if "−" in figure.step.formula else a.value
    return _percent(figure.label, top / other * 100, figure.step.formula, (a, b), figure.year)


def tolerance(printed: Decimal) -> Decimal:
    """What rounding explains: one unit of the last printed place of a percentage."""
    exponent = printed.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return Decimal(1).scaleb(-places) if places else Decimal("0.5")


def _usable(a: Figure | None, b: Figure | None) -> bool:
    return a is not None and b is not None and a.value is not None and b.value is not None


def _to(unit: str, figure: Figure) -> Decimal | None:
    """`figure` in `unit`, None where the two do not measure the same."""
    if figure.value is None or figure.unit == unit:
        return figure.value
    if unit in MONEY and figure.unit in MONEY:
        return convert(figure.value, figure.unit, unit)
    people = {"人", "人次", "名", "位"}
    return figure.value if unit in people and figure.unit in people else None


def _executed(source: Source, item: str, want: Want) -> Figure | None:
    """What was carried out: in a budget only the sentences on the year before say it."""
    if source.is_budget:
        return _printed(source, item, want.measuring("prior"))
    return _amount(source, item, want)


_HANDLERS: dict[str, Callable[[Source, str, Want], Figure | None]] = {
    "": _amount,
    PLAIN: _amount,
    "budget": _budget,
    "prior": _prior,
    "change": _change,
    "rate": _rate,
    "completion": _completion,
    "target": _target,
    "share": _share,
    "executed": _executed,
}
__all__ = [
    "Figure",
    "Source",
    "Step",
    "basis_kind",
    "difference_of",
    "mean_of",
    "of_entry",
    "per_month_of",
    "per_unit_of",
    "percent_of",
    "ratio_of",
    "readings",
    "resolve",
    "rounded",
    "share_of",
    "sum_of",
    "tolerance",
]
