"""Accounts one by one as the prose explains them: budget, outcome, completion, movement."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from qa.answering.context import Context, clean
from qa.answering.gist import is_bare
from qa.answering.listed import measured_listing
from qa.answering.members import Group, Member
from qa.figures import Figure, Source, difference_of, of_entry
from qa.gather import basis_kind
from qa.ledger import PLAIN, Entry, SpanPlace
from qa.names import core
from qa.plan import LOOSE
from qa.vocabulary import by_key

_ITEM_RANK = re.compile(r"[（(](?:项|\d+项)[）)]")
_RANK = re.compile(r"[（(](?:类|款|项|\d+[类款项])[）)]")
_ABOVE = re.compile(r"([^（）()、。]{2,})[（(]款[）)]")
_BUDGETARY = ("over_budget", "under_budget", "on_budget")
_BOTH = re.compile(
    r"超预算|预算.{0,4}(?:和|与|跟|同).{0,4}(?:决算|实际|执行)|(?:决算|实际).{0,4}(?:和|与|跟|同|比).{0,6}预算"
)
_MOVED = re.compile(r"[增减]|上升|下降|上涨|increas|decreas|grew|rose|fell|drop")
_AGAINST_LAST = re.compile(
    r"持平|不变|没变|相同|(?:比|较)[^，。]{2,16}(?:少|低|多|高)(?!少|多)|unchanged|flat"
)
_FAST = re.compile(r"最快|最慢|幅度|fastest")
_GAP = re.compile(
    r"[少多]花(了|得)?(最|多少)|差(得)?(最|多少|多大)|相差|差距|差额|超(了|出|支|预算)?得?(最|多少)|节约|结余|gap"
)


def of_question(context: Context) -> Group | None:
    """The accounts whose completion, budget gap or movement the question compares."""
    measure = _asked(context)
    if not measure or not is_bare(context) or _listed_otherwise(context):
        return None
    for source in context.sources:
        members = tuple(_members(context, source, measure))
        if members:
            return Group("", members, source, kind="outturn")
    return None


def _listed_otherwise(context: Context) -> bool:
    """Whether a word of the question (险种) stands for like things that a passage lists."""
    return measured_listing(context) is not None


def _asked(context: Context) -> str:
    """completion, gap, change or rate; "" where the question is about something else."""
    plan, text = context.plan, context.plan.utterance.text
    if plan.basis == "prior" and _AGAINST_LAST.search(text):
        return "change"
    name = plan.condition.name if plan.condition else ""
    against_budget = plan.basis == "budget" or name in _BUDGETARY or _BOTH.search(text)
    if against_budget and _GAP.search(text):
        return "gap"
    ends = name in ("bound", "between")
    bounded = ends and plan.condition is not None and plan.condition.unit in ("%", "")
    if plan.measure == "completion" or name in _BUDGETARY or (bounded and "完成" in text):
        return "completion"
    if plan.measure == "rate" or (plan.direction and _FAST.search(text)):
        return "rate"
    if plan.measure == "change" or (plan.direction and _MOVED.search(text)):
        return "gap" if plan.basis == "budget" else "change"
    return ""


def _members(context: Context, source: Source, measure: str) -> Iterable[Member]:
    found = [m for p in _passages(context, source) if (m := _member(source, p, measure))]
    seen: set[tuple[str, object]] = set()
    repeated = {label for label, n in Counter(m.label for m in found).items() if n > 1}
    for member in found:
        key = (member.label, member.figure.value)
        if key not in seen:
            seen.add(key)
            yield _told_apart(source, member) if member.label in repeated else member


def _told_apart(source: Source, member: Member) -> Member:
    """The member with the account above it in its name: 一般行政管理事务（宣传事务）."""
    entry = next((f.entry for _, f in member.others if f.entry is not None), None)
    if entry is None or not isinstance(entry.place, SpanPlace):
        return member
    report = source.ledger.report
    passage = report.passages[entry.place.passage]
    above = _ABOVE.search(report.path(passage.section)[-1] + passage.text)
    label = f"{member.label}（{above.group(1)}）" if above else member.label
    return replace(member, label=label, figure=replace(member.figure, label=label))


def _passages(context: Context, source: Source) -> list[int]:
    """The passages that explain one account each: items (项) where there are such, narrowed."""
    report = source.ledger.report
    headed: list[tuple[int, str]] = []
    for passage in report.passages:
        entries = source.ledger.of_passage(passage.id)
        if entries:
            before = passage.text[: _start(entries[0])]
            headed.append((passage.id, report.path(passage.section)[-1] + before))
    items = [(p, h) for p, h in headed if _ITEM_RANK.search(h)]
    ranked = items or [(p, h) for p, h in headed if _RANK.search(h)]
    return [p for p, h in ranked if _within(context, h)]


def _start(entry: Entry) -> int:
    assert isinstance(entry.place, SpanPlace)
    return entry.place.start


def _within(context: Context, heading: str) -> bool:
    """Whether an account belongs to what the question names; totals narrow nothing."""
    named = [m for m in context.plan.strong if m.via not in LOOSE and not _is_total(m.item)]
    return all(_name(m.item) in heading for m in named)


def _is_total(item: str) -> bool:
    concept = by_key().get(item)
    return concept is not None and bool(concept.id)


def _name(item: str) -> str:
    concept = by_key().get(item)
    return core(concept.names[0]) if concept else item


def _member(source: Source, passage: int, measure: str) -> Member | None:
    """The account of a passage: its figures are those that share the first figure's item."""
    entries = source.ledger.of_passage(passage)
    own = [e for e in entries if e.item == entries[0].item and e.value is not None]
    figures = {name: of_entry(e) for name, e in _named(source, own).items()}
    figure = _chosen(figures, measure)
    if figure is None:
        return None
    label = clean(entries[0].label)
    sense = {"gap": "gap", "change": "moved", "rate": "moved"}.get(measure, "")
    figure = replace(figure, label=label)
    return Member(label, entries[0].item, figure, tuple(figures.items()), sense)


def _named(source: Source, entries: list[Entry]) -> dict[str, Entry]:
    """The first figure of each measure; movements by what they are measured against."""
    found: dict[str, Entry] = {}
    for entry in entries:
        name = entry.measure
        if name in ("change", "rate"):
            kind = basis_kind(entry.basis, source.year)
            name = f"{name}.{kind}" if kind else name
        found.setdefault(name, entry)
    return found


def _chosen(figures: dict[str, Figure], measure: str) -> Figure | None:
    if measure == "completion":
        return figures.get("completion")
    if measure == "gap":
        return _gap(figures)
    if measure == "change":
        return _change(figures) or figures.get("rate.prior")
    return figures.get("rate.prior") or figures.get("rate") or _change(figures)


def _change(figures: dict[str, Figure]) -> Figure | None:
    """The printed movement, otherwise what the plan or outcome differs from the year before."""
    printed = figures.get("change.prior") or figures.get("change")
    if printed is not None:
        return printed
    now, before = figures.get("budget") or figures.get(PLAIN), figures.get("prior")
    return difference_of(now, before) if now and before else None


def _gap(figures: dict[str, Figure]) -> Figure | None:
    """Outcome less budget, computed from both."""
    amount, budget = figures.get(PLAIN), figures.get("budget")
    return difference_of(amount, budget) if amount and budget else None
