"""Which entries of the ledger a question means, best first, and when two of them disagree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus import Level, convert
from qa.coverage import OWN, WHOLE, told_of
from qa.ledger import PLAIN, CellPlace, Entry, Ledger, SpanPlace
from qa.plan import Mention, Plan
from qa.vocabulary import by_key, roles

MONEY = frozenset({"元", "万元", "亿元"})
PEOPLE = frozenset({"人", "人次", "名", "位", "万人", "万人次"})
_WILLING = {
    PLAIN: (PLAIN,),
    "": (PLAIN,),
    "budget": ("budget", "target"),
    "target": ("target", "budget"),
    "executed": ("prior", PLAIN),
}


# Tables that show only a part of an account: without being asked for they yield to the whole.
_NARROWER = frozenset({"basic", "operating_cost", "procurement"})


@dataclass(frozen=True, slots=True)
class Want:
    """What a figure must be: everything the question says about it beyond the item itself."""

    keys: frozenset[str] = frozenset()
    measure: str = ""
    basis: str = ""
    side: str = ""
    units: frozenset[str] = frozenset()
    tables: frozenset[tuple[str, int]] = frozenset()
    code: str = ""
    text: str = ""
    year: int | None = None
    area: str = ""
    region: str = ""
    period: str = ""

    def measuring(self, measure: str, basis: str = "") -> Want:
        """The same figure, measured otherwise."""
        units = (
            self.units
            if measure in ("", PLAIN, "budget", "prior", "change", "target")
            else frozenset()
        )
        return replace(self, measure=measure, basis=basis, units=units)


def want_of(plan: Plan, mention: Mention | None = None) -> Want:
    """What the plan wants of one of its items."""
    return Want(
        keys=frozenset(m.item for m in plan.mentions),
        measure=plan.measure,
        basis=plan.basis,
        side=plan.side,
        units=unit_family(plan.unit, plan.money),
        tables=frozenset(plan.tables),
        code=mention.code if mention else "",
        text=plan.utterance.text,
        year=plan.scope.years[0] if len(plan.scope.years) == 1 else None,
        area=plan.area,
        region=plan.regions[0] if len(plan.regions) == 1 else "",
        period=plan.period,
    )


def unit_family(unit: str, money: bool) -> frozenset[str]:
    """The units that satisfy a question's cue: 几人 takes 人次 too; "" with money means money."""
    if unit in MONEY or (money and not unit):
        return MONEY
    if unit in PEOPLE:
        return PEOPLE
    if unit in ("批", "批次"):
        return frozenset({"批", "批次", "个批次"})
    if unit in ("辆", "台"):
        return frozenset({"辆", "台", "台（套）", "套"})
    return frozenset({unit}) if unit else frozenset()


def basis_kind(entry_basis: str, year: int | None) -> str:
    """budget, prior or target: what a change or rate in a sentence is measured against.

    In a budget, the figure compared with is the earlier year's even where it is a 预算.
    """
    years = [int(y) for y in re.findall(r"20\d\d", entry_basis)]
    if years and year and min(years) < year:
        return "prior"
    if re.search(r"上年|去年|上一年|同期|往年", entry_basis):
        return "prior"
    if "目标" in entry_basis or "任务" in entry_basis:
        return "target"
    return "budget" if "预算" in entry_basis else ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry and how well it fits."""

    entry: Entry
    score: float


def candidates(ledger: Ledger, item: str, want: Want) -> tuple[Candidate, ...]:
    """The entries of `item` that fit `want`, best first."""
    pool: Iterable[Entry] = ledger.of(item)
    if want.code:
        uncoded = (e for e in ledger.of(item) if not e.code)  # what sentences say of it
        pool = (*ledger.by_code(want.code), *uncoded)
    scored = [Candidate(e, s) for e in pool if (s := _score(e, item, want, ledger)) is not None]
    if want.code:  # the row of the code itself goes before what is said of its account
        scored = [c for c in scored if c.entry.code == want.code] or scored
    return tuple(sorted(scored, key=lambda c: (-c.score, c.entry.rank)))


def _score(entry: Entry, item: str, want: Want, ledger: Ledger) -> float | None:
    if any(r not in want.keys and not _column_said(r, want.text) for r in entry.required):
        return None  # an id is no word of a question: subsidy is a column, not what was said
    if not _measures(entry, want, ledger) or not _of_year(entry, want, ledger):
        return None
    if entry.region != want.region or entry.period != (want.period if entry.period else ""):
        return None
    if (want.period and not entry.period) or _of_another_fund(entry, item, want, ledger):
        return None
    if want.units and entry.unit and entry.unit not in want.units:
        return None
    if _lacks_context(entry, item, ledger) or _another_of_its_kind(entry, want, ledger):
        return None
    score = 2.0 * len(entry.required) + 1.0 * len((entry.context & want.keys) - {item})
    score -= 0.4 * len(_unused(entry, item, want))
    if _other_side(entry, item, want, ledger):
        return None
    score += _side_score(entry, want)
    score -= 0.5 * len((entry.context & _NARROWER) - want.keys - {item})
    score += _table_score(entry, want)
    score += _name_score(entry, want) + _home_score(entry, item)
    score -= _YEARS_AHEAD if _ahead(entry, want, ledger) else 0.0
    area = _area_score(entry, want, ledger)
    return score + area if area is not None else None


_TAIL = re.compile(r"（[^（）]*）|(?:基金|收入|支出|合计)$")


def _column_said(required: str, text: str) -> bool:
    """Whether a question says a column's name; 职工医疗保险 is 职工医疗保险（含生育保险）基金."""
    if required.isascii():
        return False
    shorter = _TAIL.sub("", _TAIL.sub("", required))
    return required in text or (len(shorter) >= _TELLING and shorter in text)


_TELLING = 5  # characters that name a column without its ending


def _measures(entry: Entry, want: Want, ledger: Ledger) -> bool:
    willing = _WILLING.get(want.measure, (want.measure,))
    if entry.measure not in willing:
        return False
    if want.period and entry.period:
        return True  # of several years told together the basis is the period before
    if want.basis and entry.measure in ("change", "rate"):
        return basis_kind(entry.basis, ledger.report.identity.year) == want.basis
    return True


def _of_year(entry: Entry, want: Want, ledger: Ledger) -> bool:
    """Whether an entry is of the year asked for: a government's report tells of several."""
    identity = ledger.report.identity
    if identity.level is not Level.GOVERNMENT or not entry.year:
        return True
    if entry.measure == "prior":  # 88亿元 of five years ago is no figure of the year before
        return entry.year >= (identity.year or entry.year) - 1
    if want.period and entry.period:
        return True
    if want.year is None and entry.year in told_of(identity):
        return True
    return entry.year == (want.year or identity.year)


_YEARS_AHEAD = 3.0  # a figure of another year yields to one of the report's own


def _ahead(entry: Entry, want: Want, ledger: Ledger) -> bool:
    """Whether no year is asked for and a government's figure is not of the report's own."""
    identity = ledger.report.identity
    government = identity.level is Level.GOVERNMENT and want.year is None
    return government and entry.measure != "prior" and entry.year not in (None, identity.year)


def _area_score(entry: Entry, want: Want, ledger: Ledger) -> float | None:
    """The whole city unless its own level is asked for; None where it is the other one.

    What a report does not say is its own level's is not, where it tells the two apart.
    """
    area = next((a for a in (WHOLE, OWN) if a in entry.context), "")
    if want.area and area:
        return 1.0 if area == want.area else None
    if want.area == OWN and not want.region and ledger.has_own_level:
        return None
    return 0.4 if area == WHOLE else 0.0


_FUNDS = frozenset({"fund.general", "fund.government", "fund.capital", "fund.social"})


def _of_another_fund(entry: Entry, item: str, want: Want, ledger: Ledger) -> bool:
    """Whether a government's figure is of a fund that the question does not name, but another."""
    if ledger.report.identity.level is not Level.GOVERNMENT or item in _FUNDS:
        return False
    asked, own = (want.keys - {item}) & _FUNDS, entry.context & _FUNDS
    return bool(asked and own and not asked & own)


def _unused(entry: Entry, item: str, want: Want) -> frozenset[str]:
    return want.keys - {item} - entry.required - entry.context


def _side_score(entry: Entry, want: Want) -> float:
    if want.side and entry.side:
        return 1.5 if entry.side == want.side else -1.5
    return -0.3 if entry.side == "income" else 0.0


def _another_of_its_kind(entry: Entry, want: Want, ledger: Ledger) -> bool:
    """Whether an entry stands in the twin of a table that is named: another project's."""
    if not want.tables or not isinstance(entry.place, CellPlace):
        return False
    named = {ledger.report.tables[t].statement for r, t in want.tables if r == entry.report}
    own = ledger.report.tables[entry.place.table].statement
    return bool(own) and own in named and (entry.report, entry.place.table) not in want.tables


def _other_side(entry: Entry, item: str, want: Want, ledger: Ledger) -> bool:
    """Whether a government's fund is told by its income where its spending is asked, or so."""
    differ = bool(want.side and entry.side and entry.side != want.side)
    government = ledger.report.identity.level is Level.GOVERNMENT
    return differ and government and item.startswith("fund.")


def _table_score(entry: Entry, want: Want) -> float:
    if not want.tables:
        return 0.0
    here = isinstance(entry.place, CellPlace) and (entry.report, entry.place.table) in want.tables
    return 3.0 if here else -3.0


def _home_score(entry: Entry, item: str) -> float:
    """An item is at home in the statement of the whole it is part of (接待费 in 三公)."""
    home = next((w for w, parts in roles().parts.items() if item in parts), "")
    return 0.45 if home in _HOMES and home in entry.context else 0.0


_HOMES = frozenset({"three", "vehicles"})


def _name_score(entry: Entry, want: Want) -> float:
    """Prefer the row whose group the question also names, and a cell over a sentence."""
    named = sum(0.5 for part in entry.path if len(part) >= 2 and part in want.text)
    exact = 0.3 if entry.label and entry.label in want.text else 0.0
    return (
        named * (isinstance(entry.place, CellPlace))
        + exact
        + (0.1 if isinstance(entry.place, CellPlace) else 0.0)
    )


def _lacks_context(entry: Entry, item: str, ledger: Ledger) -> bool:
    """A short name (维修费) counts only where its sentence is about the right thing (用车)."""
    concept = by_key().get(item)
    if concept is None or not concept.within:
        return False
    if isinstance(entry.place, SpanPlace):
        near = ledger.report.passages[entry.place.passage].text
    else:
        near = ledger.report.tables[entry.place.table].title + entry.label
    return not any(word in near for word in concept.within)


def same_value(a: Entry, b: Entry) -> bool:
    """Whether two entries print the same quantity, units converted; blanks equal blanks and 0."""
    left, right = _comparable(a), _comparable(b)
    if left[1] != right[1] and left[0] and right[0]:
        return False
    return abs(left[0] - right[0]) <= _slack(a, b)


def _comparable(entry: Entry) -> tuple[Decimal, str]:
    if entry.value is None:
        return Decimal(0), ""
    if entry.unit in MONEY:
        return convert(entry.value, entry.unit, "元"), "元"
    return entry.value, "人" if entry.unit in PEOPLE else entry.unit


def _slack(a: Entry, b: Entry) -> Decimal:
    """Half a unit of the last printed place of the coarser of the two."""
    return max(_half_place(a), _half_place(b))


def _half_place(entry: Entry) -> Decimal:
    if entry.value is None:
        return Decimal(0)
    exponent = entry.value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    half = (
        Decimal(5).scaleb(-max(places, 0) - 1)
        if places > 0 or entry.unit not in MONEY
        else Decimal("0.5")
    )
    if entry.unit not in MONEY:
        return Decimal(0)
    return convert(half, entry.unit, "元") if places > 0 else Decimal(0)


def distinct(found: Sequence[Candidate], margin: float = 0.35) -> tuple[Entry, ...]:
    """One entry for each different value among the candidates close to the best."""
    if not found:
        return ()
    near = [c.entry for c in found if c.score >= found[0].score - margin]
    kept: list[Entry] = []
    for entry in near:
        if not any(same_value(entry, k) for k in kept):
            kept.append(entry)
    return tuple(kept)
