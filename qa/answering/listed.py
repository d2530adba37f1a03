"""Figures that sentences list: a whole with its parts, like things beside each other, counts.

Where a report writes 其中：A为x、B为y there is no table: that parts add up says what is whose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from qa.answering.context import Context, clean
from qa.answering.gist import rendered, spare, wanted
from qa.answering.members import Group, Member, same_kind
from qa.figures import Figure, Source, of_entry
from qa.gather import MONEY, unit_family
from qa.ledger import PLAIN, Entry, Ledger, SpanPlace
from qa.names import core, grams

_PLAINLY = (PLAIN, "budget")
_OF_WHICH = re.compile(r"其中|包括|分别|[（(]")
_MONEY_TALK = re.compile(r"预算|决算|资金|支出|经费|采购")
_STOP = re.compile(r"[。；]")
_SEPARATOR = re.compile(r"[，,、；;：:。（(]|其中|合计|共计")
_FLOOR = 0.62
_OWN = 0.2  # of which the labels of what is listed say this much


@dataclass(frozen=True, slots=True)
class Listing:
    """Figures that a passage gives for like things. `whole` is what they add up to, if printed."""

    passage: int
    whole: Entry | None
    parts: tuple[Entry, ...]


# --- reading them off the ledger ------------------------------------------------------------------


@lru_cache(maxsize=64)
def listings(ledger: Ledger) -> tuple[Listing, ...]:
    """Every listing of a report, in the order of its text."""
    return tuple(li for p in ledger.report.passages for li in _of_passage(ledger, p.id))


def _of_passage(ledger: Ledger, passage: int) -> Iterable[Listing]:
    entries = [e for e in ledger.of_passage(passage) if e.value is not None]
    text = ledger.report.passages[passage].text
    plain = [e for e in entries if e.measure in _PLAINLY]
    found = [li for run in _runs(plain) for li in _wholes(passage, text, run)]
    if not found:
        every = [e for e in entries if e.measure in (*_PLAINLY, "change")]
        found = [li for run in _runs(every) for li in _wholes(passage, text, run) if li.whole]
    yield from found
    yield from _alike(passage, entries)


def _runs(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Entries beside each other that count the same kind of thing."""
    runs: list[list[Entry]] = []
    for entry in entries:
        if runs and same_kind(runs[-1][-1].unit, entry.unit):
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return runs


def _wholes(passage: int, text: str, run: Sequence[Entry]) -> Iterable[Listing]:
    at = 0
    while at < len(run) - 1:
        whole = run[at]
        parts = _summing(text, run, at) or _announced(text, run, at)
        while parts:
            yield Listing(passage, whole, parts)
            at += len(parts)
            parts = _summing_to(whole, run[at + 1 :])  # split once more, by another trait
        at += 1


def _summing(text: str, run: Sequence[Entry], at: int) -> tuple[Entry, ...]:
    """The entries after `at` that add up to it exactly."""
    parts = _summing_to(run[at], run[at + 1 :])
    return parts if len(parts) > 1 or (parts and _introduced(text, run[at], parts[0])) else ()


def _summing_to(whole: Entry, run: Sequence[Entry]) -> tuple[Entry, ...]:
    """The first entries of `run` that add up to `whole`."""
    total = Decimal(0)
    for position, entry in enumerate(run):
        if entry.label == whole.label:
            return ()
        total += _value(entry)
        if total and abs(total - _value(whole)) <= _rounding(whole, position + 2):
            return tuple(run[: position + 1])
    return ()


def _announced(text: str, run: Sequence[Entry], at: int) -> tuple[Entry, ...]:
    """What follows 其中 to the end of the sentence, where it does not exceed the whole."""
    if not _introduced(text, run[at], run[at + 1]):
        return ()
    parts: list[Entry] = []
    for entry in run[at + 1 :]:
        before = parts[-1] if parts else None
        if before is not None and _STOP.search(text[_end(before) : _start(entry)]):
            break
        if entry.label == run[at].label:
            break
        parts.append(entry)
    total = sum(_value(p) for p in parts)
    fits = total <= _value(run[at]) + _rounding(run[at], len(parts) + 1)
    return tuple(parts) if parts and fits else ()


def _introduced(text: str, whole: Entry, part: Entry) -> bool:
    between = text[_end(whole) : _start(part)]
    return bool(_OF_WHICH.search(between)) and "。" not in between


def _alike(passage: int, entries: Sequence[Entry]) -> Iterable[Listing]:
    """Figures of one measure and unit whose labels end alike: 养老保险净增, 失业保险净增."""
    measures = dict.fromkeys(e.measure for e in entries)
    for measure in measures:
        for run in _runs([e for e in entries if e.measure == measure]):
            alike = [e for e in run if any(_alike_labels(e, o) for o in run)]
            if len(alike) > 1:
                yield Listing(passage, None, tuple(alike))


def _alike_labels(a: Entry, b: Entry) -> bool:
    return a.label != b.label and len(a.label) > 2 < len(b.label) and a.label[-3:] == b.label[-3:]


def _rounding(entry: Entry, terms: int) -> Decimal:
    """What rounding explains: half a unit of the last printed place for each term of a sum."""
    exponent = entry.value.as_tuple().exponent if entry.value is not None else 0
    if entry.unit not in MONEY or not isinstance(exponent, int) or exponent >= 0:
        return Decimal(0)
    from corpus import convert

    return convert(Decimal(5).scaleb(exponent - 1) * terms, entry.unit, "元")


def _value(entry: Entry) -> Decimal:
    from corpus import convert

    value = entry.value or Decimal(0)
    return convert(value, entry.unit, "元") if entry.unit in MONEY else value


def _start(entry: Entry) -> int:
    assert isinstance(entry.place, SpanPlace)
    return entry.place.start


def _end(entry: Entry) -> int:
    assert isinstance(entry.place, SpanPlace)
    return entry.place.end


def whole_of_part(source: Source, part: Entry) -> Entry | None:
    """What a sentence gives as the whole of a figure that it lists."""
    found = (li.whole for li in listings(source.ledger) if part in li.parts and li.whole)
    return next(found, None)


# --- parts of an item -----------------------------------------------------------------------------


def parts_in_prose(source: Source, item: str) -> tuple[Member, ...]:
    """What a sentence says that the item consists of."""
    for listing in listings(source.ledger):
        if listing.whole is None or listing.whole.item != item:
            continue
        if len(listing.parts) > 1 or listing.whole.unit not in MONEY:
            return members_of(source, listing.parts)
    return ()


def members_of(source: Source, entries: Sequence[Entry]) -> tuple[Member, ...]:
    """Entries of sentences as members of a set."""
    return tuple(_member(source, e) for e in entries)


def _member(source: Source, entry: Entry) -> Member:
    label = entry.label if entry.measure in _PLAINLY else _said_label(source, entry)
    return Member(clean(label), entry.item, of_amount(source, entry))


def of_amount(source: Source, entry: Entry) -> Figure:
    """The figure of an entry; 370万 beside other money is 370万元."""
    figure = of_entry(entry)
    if entry.unit != "万":
        return figure
    assert isinstance(entry.place, SpanPlace)
    text = source.ledger.report.passages[entry.place.passage].text
    return replace(figure, unit="万元") if _MONEY_TALK.search(text) else figure


def _said_label(source: Source, entry: Entry) -> str:
    """A label as its clause has it: a name that ends in 增长 is easily read as a movement."""
    if entry.measure != "change":
        return entry.label
    assert isinstance(entry.place, SpanPlace)
    before = source.ledger.report.passages[entry.place.passage].text[: entry.place.start]
    return _SEPARATOR.split(before)[-1] or entry.label


# --- the listing that a question means ------------------------------------------------------------


def of_question(context: Context) -> Group | None:
    """The listing that covers what the question says, narrowed to the parts it names."""
    measured = measured_listing(context)
    if measured is not None:
        return Group("", members_of(*measured), measured[0], kind="listed")
    best = best_listing(context)
    if best is None or _says_nothing(context, best[1]):
        return None
    source, listing = best
    named = named_parts(context, listing.parts)
    chosen = named if len(named) > 1 else _at_measure(context, source, listing)
    whole = of_amount(source, listing.whole) if listing.whole else None
    name = clean(listing.whole.label) if listing.whole else ""
    return Group(name, members_of(source, chosen), source, kind="listed", whole=whole)


def _says_nothing(context: Context, listing: Listing) -> bool:
    """Whether the question names nothing that could tell this listing from another."""
    telling = listing.whole is not None and _says_quantity(context, listing.whole)
    return len(spare(context)) < 2 and not telling and len(named_parts(context, listing.parts)) < 2


def _at_measure(context: Context, source: Source, listing: Listing) -> tuple[Entry, ...]:
    """The parts by the measure asked for (完成率) where the passage gives it for each of them."""
    return measured_parts(context, source, listing) or listing.parts


def measured_parts(context: Context, source: Source, listing: Listing) -> tuple[Entry, ...] | None:
    """The parts by the percentage asked for; None where it is not given for each of them."""
    measure = context.plan.measure
    if measure not in ("completion", "rate", "share"):
        return None
    labels = {p.label for p in listing.parts}
    asked = [
        e
        for e in source.ledger.of_passage(listing.passage)
        if e.measure == measure and e.label in labels
    ]
    return tuple(asked) if len(asked) == len(labels) else None


def measured_listing(context: Context) -> tuple[Source, tuple[Entry, ...]] | None:
    """Like things by the percentage asked for, in a passage that has the question's own word.

    哪种业务办得最多: 业务 is a word of the passage that counts its kinds.
    """
    words = _own_words(context)
    for source in context.sources if words else ():
        for listing in listings(source.ledger):
            text = source.ledger.report.passages[listing.passage].text
            parts = measured_parts(context, source, listing)
            if parts and len(parts) > 1 and any(w in text for w in words):
                return source, parts
    return None


def _own_words(context: Context) -> list[str]:
    """Two characters each around what the question says besides the words of asking."""
    text = context.plan.text or context.plan.utterance.text
    pairs = (text[i : i + 2] for i in range(len(text) - 1))
    return [p for p in pairs if set(p) & set(spare(context)) and _HAN_PAIR.fullmatch(p)]


_HAN_PAIR = re.compile(r"[\u3400-\u9fff]{2}")


def best_listing(context: Context) -> tuple[Source, Listing] | None:
    """The listing whose words cover the question's best, with its report; None when none does."""
    words = wanted(context)
    units = unit_family(context.plan.unit, context.plan.money)
    scored = [
        (_fit(context, source, listing, words), -listing.passage, source, listing)
        for source in context.sources
        for listing in listings(source.ledger)
        if not units or listing.parts[0].unit in units
    ]
    scored.sort(key=lambda s: (-s[0], -s[1]))
    if not scored or scored[0][0] < _FLOOR:
        return None
    return scored[0][2], scored[0][3]


def _fit(context: Context, source: Source, listing: Listing, words: dict[str, int]) -> float:
    """The weighted share of the question's content that the listing's own words cover."""
    report = source.ledger.report
    sentences = context.sentences(report.id)
    passage = report.passages[listing.passage]
    said = passage.text + "".join(report.path(passage.section)[-2:])
    total = sum(sentences.weight(g) for g in words)
    if not total:
        return 0.0
    cover = sum(sentences.weight(g) for g in words if g in said) / total
    labels = "".join(p.label for p in listing.parts) + (
        listing.whole.label if listing.whole else ""
    )
    own = sum(sentences.weight(g) for g in words if g in labels) / total
    if own < _OWN and not named_parts(context, listing.parts):
        return 0.0
    named = len(named_parts(context, listing.parts))
    quantity = 0.5 if listing.whole and _says_quantity(context, listing.whole) else 0.0
    return cover * (own > 0) + 0.3 * own + (0.3 if named > 1 else 0.0) + quantity


def _says_quantity(context: Context, whole: Entry) -> bool:
    """Whether the question repeats the whole: 这几台设备各是什么."""
    pattern = rf"(?<![\d.]){re.escape(whole.text.split(whole.unit)[0])}\s*{re.escape(whole.unit)}"
    return bool(whole.unit) and bool(re.search(pattern, context.plan.utterance.text))


def named_parts(context: Context, parts: Sequence[Entry]) -> tuple[Entry, ...]:
    """The parts whose telling first characters the question says."""
    text = context.plan.utterance.text if context.zh else rendered(context)
    return tuple(p for p in parts if any(h in text for h in heads(p.label)))


def heads(label: str) -> tuple[str, ...]:
    """The telling first characters of a label: 工伤保险净增 -> 工伤."""
    name = core(label)
    return tuple(name[:n] for n in (4, 3, 2) if len(name) >= n)


# --- counts that a sentence states ----------------------------------------------------------------

_COUNTED = frozenset({"个", "家", "项", "条", "名", "种", "类"})
_LABEL_FLOOR = 0.75
_COVER_FLOOR = 0.6


def stated_count(context: Context) -> tuple[Source, Entry] | None:
    """A count that a sentence states outright (内设机构12个), where its name is what is asked."""
    if context.plan.condition is not None:
        return None
    return _stated(context, _is_count, _LABEL_FLOOR)


def stated_mean(context: Context) -> tuple[Source, Entry] | None:
    """A mean that a sentence states outright (平均得分95.50分), where its name is what is asked."""
    return _stated(context, lambda e: "平均" in e.label and e.value is not None, 0.3)


def _stated(
    context: Context, accept: Callable[[Entry], bool], floor: float
) -> tuple[Source, Entry] | None:
    plan, words = context.plan, wanted(context)
    scored = []
    for source in context.sources:
        for entry in source.ledger.entries:
            if isinstance(entry.place, SpanPlace) and entry.measure == PLAIN and accept(entry):
                score = _count_fit(context, source, entry, words, floor)
                scored.append((score, -entry.rank, source, entry))
    scored = [s for s in scored if s[0] and _unit_fits(plan.unit, s[3].unit)]
    best = max(scored, key=lambda s: (s[0], s[1]), default=None)
    return (best[2], best[3]) if best else None


def _is_count(entry: Entry) -> bool:
    return entry.unit in _COUNTED and entry.value is not None


def _unit_fits(asked: str, printed: str) -> bool:
    """个, 家 and 项 stand in for each other; other units do not."""
    return not asked or asked == printed or {asked, printed} <= _COUNTED


def _count_fit(
    context: Context, source: Source, entry: Entry, words: dict[str, int], floor: float
) -> float:
    """How much of the label the question says plus how much of the question the sentence says."""
    assert isinstance(entry.place, SpanPlace)
    report = source.ledger.report
    sentences = context.sentences(report.id)
    label = grams(core(entry.label))
    question = grams(context.plan.text or context.plan.utterance.text)
    weight = sum(sentences.weight(g) for g in label)
    total = sum(sentences.weight(g) for g in words)
    if not weight or not total:
        return 0.0
    said = sum(sentences.weight(g) for g in label if g in question) / weight
    if said < floor:
        return 0.0
    passage = report.passages[entry.place.passage]
    around = passage.text + "".join(report.path(passage.section)[-2:])
    cover = sum(sentences.weight(g) for g in words if g in around) / total
    return said + cover if cover >= _COVER_FLOOR else 0.0
