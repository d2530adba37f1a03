"""One figure, or a few: any cell by row and column, in any measure, with its conflicts shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus import Kind, Level, Report
from qa.answer import Answer, CheckedBy
from qa.answering import refuse
from qa.answering.context import Context, answered, clean, item_name, known, subject_words
from qa.answering.elsewhere import (
    borne_out,
    english_elsewhere,
    said_elsewhere,
    strange_words,
    surroundings,
)
from qa.answering.placed import placed
from qa.answering.wholes import without_wholes
from qa.compose import Writer
from qa.figures import Figure, Source, of_entry, sum_of
from qa.gather import MONEY, basis_kind, candidates, distinct
from qa.ledger import PLAIN, CellPlace, Entry
from qa.plan import LOOSE, Mention, Operation, Via
from qa.vocabulary import by_id, key_of, roles

_MEASURE_WORDS = {
    "budget": ("预算数", "budget"),
    "prior": ("上年数", "prior-year figure"),
    "completion": ("完成率", "completion"),
    "rate": ("增减幅度", "rate of change"),
    "change": ("增减额", "change"),
    "share": ("占比", "share"),
    "score": ("得分", "score"),
    "weight": ("分值", "weight"),
    "target": ("目标值", "target"),
}


# Words that ask for money already spent, which a budget does not account for.
_ACCOUNTED = re.compile(r"(?<!预)决算")
_ACTUAL = re.compile(
    r"决算|实际(花|支出|用|执行|完成|发生)|花出去|到年底|actual(ly)? (spen|expend|cost)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A figure with the mention that asked for it and the report that holds it."""

    mention: Mention
    source: Source
    figure: Figure


def lookup(context: Context) -> Answer | None:
    """The answer to a plain figure question; None when no figure fits and words might."""
    plan = context.plan
    if plan.narrowing and not _evidence_says(context, plan.narrowing):
        return refuse.not_said(context)
    mentions = _asked(context)
    if not mentions:
        return _moved(context)
    several = _several_readings(context, mentions)
    if several is not None:
        return several
    found = [f for m in mentions for s in context.sources if (f := _find(context, s, m))]
    found = [f for f in found if _explained(context, f)] or _nearer(context, mentions)
    if not found:
        return _by_parts(context, mentions)
    return _written(context, found)


def _nearer(context: Context, mentions: Sequence[Mention]) -> list[Found]:
    """The one item of a longer name whose surroundings say the rest of the question too.

    林木管护 is no account of that name, but 林木抚育 in a table about 管护 is.
    """
    found: dict[str, Found] = {}
    for mention in mentions if len(mentions) == 1 and context.zh else ():
        for source in context.sources:
            if source.ledger.report.identity.level is Level.GOVERNMENT:
                continue  # whose funds and heads share their names with much else
            for entry in source.ledger.entries:
                longer = mention.surface in entry.label and entry.item != mention.item
                longer = longer and not _of_other_side(context.plan.side, entry.label)
                if longer and entry.item not in found and borne_out(context, source, entry):
                    other = replace(mention, item=entry.item)
                    one = _find(context, source, other)
                    if one is not None and _explained(context, one):
                        found[entry.item] = one
    return list(found.values()) if len(found) == 1 else []


def _of_other_side(side: str, label: str) -> bool:
    """Whether a name speaks of what was spent where receipts are asked for, or the other way."""
    return bool(side) and ("支出" if side == "income" else "收入") in label


def _by_parts(context: Context, mentions: Sequence[Mention]) -> Answer | None:
    """水电费 where a report has only 水费 and 电费: each part that it has, blanks too."""
    if len(mentions) != 1 or mentions[0].item in by_id():
        return None
    if context.plan.measure not in ("", PLAIN, "budget"):
        return None
    parts = [
        Mention(-2, -1, part, part, mentions[0].via)
        for part in roles().parts.get(mentions[0].item, ())
    ]
    found = [f for m in parts for s in context.sources if (f := _find(context, s, m))]
    if len(found) < 2:
        return None
    writer = _each_written(context, found)
    total = sum_of(tuple(f.figure for f in found))
    if total is not None and len(context.sources) == 1:
        writer.say("合计为", " In total ").figure(total).working(total).say("。", ".")
    return answered(writer)


def counted(context: Context) -> Answer | None:
    """A count that a sentence states outright (涉及项目1个), where the unit asked for fits."""
    plan = context.plan
    if not plan.unit or plan.condition is not None:
        return None
    found: list[Found] = []
    for mention in plan.strong or plan.mentions:
        for source in context.sources:
            entries = [
                c.entry for c in candidates(source.ledger, mention.item, context.want(mention))
            ]
            stated = [e for e in entries if e.unit and e.unit not in MONEY and e.value is not None]
            if stated:
                found.append(Found(mention, source, of_entry(stated[0])))
                break
    return _written(context, found) if found else None


_MOVES = ("change", "rate", "completion", "target", "score")
_MOST_MOVES = 6


def _moved(context: Context) -> Answer | None:
    """比上年减少了多少, of nothing in particular: every total that the report compares."""
    plan = context.plan
    if plan.measure not in _MOVES or len(plan.leftover) > 1:
        return None
    kept: list[Entry] = []
    for entry in context.source.ledger.entries:
        if entry.measure != plan.measure or not entry.value or len(kept) >= _MOST_MOVES:
            continue
        moved = plan.measure in ("change", "rate") and plan.basis
        if moved and basis_kind(entry.basis, context.source.year) != plan.basis:
            continue
        if all(entry.label != k.label for k in kept):
            kept.append(entry)
    if not kept:
        return None
    writer = context.writer().say(
        "问题没有指明项目，报告中有：", "No item was named. The report has: "
    )
    for position, entry in enumerate(kept):
        fell = (entry.value or 0) < 0
        writer.say("；" if position else "", "; " if position else "").name(clean(entry.label))
        if plan.measure in ("change", "rate"):
            writer.say("减少" if fell else "增加", " down " if fell else " up ")
        else:
            writer.say("为", ": ")
        writer.figure(of_entry(entry))
    return answered(writer.say("。您指的是哪一项？", ". Which one do you mean?"))


def asks_actuals(context: Context) -> bool:
    """Whether money already spent is asked of budgets, which only plan it."""
    budgets = all(s.is_budget for s in context.sources)
    text = context.plan.text
    own = {s.year for s in context.sources}
    told = context.plan.measure == "executed" and not set(context.plan.scope.years) & own
    past = (told or context.plan.measure == "prior") and not _ACCOUNTED.search(text)
    return budgets and not past and bool(_ACTUAL.search(text))


def _asked(context: Context) -> tuple[Mention, ...]:
    """The mentions to answer for: one where a single cell satisfies them all."""
    plan = context.plan
    mentions = without_wholes(plan, plan.strong or plan.mentions)
    if len(mentions) < 2:
        return tuple(mentions)
    ranked = sorted(mentions, key=lambda m: -_used(context, m))
    best = _used(context, ranked[0])
    if best > 1:
        rest = [m for m in mentions if m.item not in _keys_used(context, ranked[0])]
        return (ranked[0], *[m for m in rest if _used(context, m) >= 1])
    return tuple(m for m in mentions if _used(context, m) >= 1)


def _used(context: Context, mention: Mention) -> int:
    """How many of the question's items the best entry of this one satisfies."""
    return len(_keys_used(context, mention))


def _keys_used(context: Context, mention: Mention) -> frozenset[str]:
    want = context.want(mention)
    keys = frozenset(m.item for m in context.plan.strong)
    best: frozenset[str] = frozenset()
    for source in context.sources:
        for candidate in candidates(source.ledger, mention.item, want)[:3]:
            entry = candidate.entry
            used = keys & ({mention.item} | entry.required | entry.context)
            best = max(best, used, key=len)
        if not best and context.figure(source, mention.item, want):
            best = frozenset({mention.item})
    return best


def _find(context: Context, source: Source, mention: Mention) -> Found | None:
    figure = context.figure(source, mention.item, context.want(mention))
    return Found(mention, source, figure) if figure else None


# --- does the evidence bear the question out? ---------------------------------------------------


def narrowed_beyond(context: Context) -> bool:
    """Whether the question narrows to what no report in scope speaks of (季度, 人均)."""
    word = context.plan.narrowing
    if not word or not context.sources:
        return False
    words = (word, *_NARROWED.get(word, ()))
    labels = (e.label for s in context.sources for e in s.ledger.entries)
    said = any(
        context.sentences(s.ledger.report.id).says(w) for s in context.sources for w in words
    )
    return not said and not any(w in label for label in labels for w in words)


def _evidence_says(context: Context, word: str) -> bool:
    """Whether the best figure's own words contain the narrowing qualifier."""
    words = (word, *_NARROWED.get(word, ()))
    for mention in context.plan.mentions:
        for source in context.sources:
            figure = context.figure(source, mention.item, context.want(mention))
            around = surroundings(source, figure.entry) if figure and figure.entry else ""
            if any(w in around for w in words):
                return True
    return False


# How reports say what an English question narrows to.
_NARROWED = {
    "monthly": ("月",),
    "per month": ("月",),
    "per capita": ("人均",),
    "per person": ("人均", "每人"),
    "quarter": ("季度",),
}


def _explained(context: Context, found: Found) -> bool:
    """Whether what the question says besides the item is borne out by the figure's surroundings.

    An exact name forgives a few words; a loose link forgives none that the report does not say.
    """
    entry = found.figure.entry
    if entry is None:
        return True
    if found.mention.via in (Via.PARTIAL, Via.CODE):
        return True  # a code is exact, the share of the words it covers was its condition
    strange = strange_words(context, found.source, entry)
    length = sum(map(len, strange))
    if said_elsewhere(context, found.source, strange):
        return False  # the report speaks of it, but elsewhere: this figure is another one
    if english_elsewhere(context, found.source, entry):
        return False
    if found.mention.via in LOOSE:
        return length <= 4
    if found.mention.via is Via.ALIAS and not found.mention.weak:
        return length <= max(4, len(found.mention.surface))
    if found.mention.weak:
        return not strange  # of a word that only hints at the whole nothing is forgiven
    return length <= max(6, 2 * len(found.mention.surface))


# --- several readings ---------------------------------------------------------------------------


def _several_readings(context: Context, mentions: Sequence[Mention]) -> Answer | None:
    """A name that stands for different things (a contribution, a head count): all are given."""
    plan = context.plan
    if len(mentions) != 1 or len(context.sources) != 1 or plan.operation is not Operation.LOOKUP:
        return None
    if context.source.ledger.report.identity.level is Level.GOVERNMENT:
        return None  # its figures differ in place and years, which the question chooses
    mention = mentions[0]
    if plan.measure not in ("", PLAIN) or plan.tables or mention.code or len(mention.surface) < 3:
        return None
    found = _wider(context, mention)
    if len(found) < 2:
        return None
    writer = context.writer()
    writer.say("“", "“").name(mention.surface).say(
        "”在报告里有不同的口径：", "” stands for different things in the report: "
    )
    for position, entry in enumerate(found):
        writer.say("；" if position else "", "; " if position else "")
        writer.name(clean(entry.label)).say("为", ": ").figure(of_entry(entry))
    writer.say("。请明确您要问的是哪一项。", ". Which one do you mean?")
    return answered(writer)


def _wider(context: Context, mention: Mention) -> tuple[Entry, ...]:
    """Entries whose label contains the name, one for each different unit family."""
    ledger = context.source.ledger
    want = context.want(mention)
    exact = distinct(candidates(ledger, mention.item, want))
    if (
        (exact and mention.via in (Via.LABEL, Via.NAME, Via.CODE))
        or context.plan.unit
        or context.plan.money
    ):
        return ()
    chosen: list[Entry] = list(exact[:1])
    for entry in ledger.entries:
        if mention.surface not in entry.label or entry.measure != PLAIN or entry.required:
            continue
        if entry.value is not None and all(entry.unit != c.unit for c in chosen):
            chosen.append(entry)
    return tuple(chosen)


# --- writing ------------------------------------------------------------------------------------


def _written(context: Context, found: Sequence[Found]) -> Answer:
    return answered(_each_written(context, found))


def _each_written(context: Context, found: Sequence[Found]) -> Writer:
    writer = context.writer()
    many = len({f.source.ledger.report.id for f in found}) > 1
    for position, one in enumerate(found):
        if position:
            writer.lines()
        write_one(context, writer, one, many)
    return writer


def write_one(context: Context, writer: Writer, found: Found, named: bool = False) -> None:
    """One figure as a sentence: who, when, what, how much, how it was checked."""
    plan, figure, source = context.plan, found.figure, found.source
    earlier = figure.year if plan.measure == "prior" or plan.scope.prior else None
    ahead = bool(figure.year and source.year and figure.year > source.year)
    year = figure.year if ahead else _before(source, earlier)
    subject_words(writer, source, named or plan.scope.named_body, year)
    name = context.called(figure.label, found.mention.item)
    name = placed(name, figure.entry, source.ledger.report.identity, context.zh)
    writer.name(_with_columns(context, name, figure))
    measure = plan.measure
    if figure.unit == "%" and measure == "completion":
        _write_completion(writer, figure)
    elif measure in ("change", "rate") and figure.value is not None:
        _write_change(context, writer, figure)
        _write_other_move(context, writer, found)
    elif measure == "prior" or plan.scope.prior:
        writer.say("为", ": ").figure(figure).working(figure).say("。", ".")
    else:
        _write_plain(context, writer, found)
    _write_rivals(writer, found)


def _with_columns(context: Context, name: str, figure: Figure) -> str:
    """The name with the column that the figure stands in: 购房补贴的项目支出."""
    columns = figure.entry.required if figure.entry is not None else frozenset()
    said = [item_name(c, context.zh) for c in sorted(columns) if known(c)]
    said = [s for s in said if s not in name and key_of(s) != key_of(name)]
    if not said:
        return name
    return f"{name}的{'、'.join(said)}" if context.zh else f"{name}, {', '.join(said)}"


def _before(source: Source, year: int | None) -> int | None:
    """The year that a prior-year figure is of."""
    if year is None or source.year is None:
        return None
    return year if year != source.year else source.year - 1


def _write_plain(context: Context, writer: Writer, found: Found) -> None:
    figure, plan, source = found.figure, context.plan, found.source
    planned = figure.entry is not None and figure.entry.measure == "target"
    word = _MEASURE_WORDS.get("target" if planned else plan.measure)
    if plan.measure == PLAIN and source.ledger.report.identity.kind is Kind.FINAL:
        word = ("决算数", "actual")
    if figure.value is None:
        if word:
            writer.say(f"的{word[0]}", f" ({word[1]})")
        writer.say("：", ": ").figure(figure).say("。", ".")
        return
    writer.say(f"的{word[0]}为" if word else "为", f" ({word[1]}): " if word else ": ")
    writer.figure(figure).working(figure).say("。", ".")
    if plan.measure in ("target", PLAIN, "") and figure.entry:
        _write_target(writer, found)


def _write_target(writer: Writer, found: Found) -> None:
    """Beside an indicator's actual value stand its target and score."""
    entry = found.figure.entry
    if entry is None or not isinstance(entry.place, CellPlace):
        return
    table = found.source.ledger.report.tables[entry.place.table]
    if not table.statement.endswith("performance"):
        return
    for measure, zh, en in (("target", "目标值", "target"), ("score", "得分", "score")):
        other = next(
            (
                e
                for e in found.source.ledger.of(entry.item)
                if isinstance(e.place, CellPlace)
                and e.place.table == entry.place.table
                and e.place.row == entry.place.row
                and e.measure == measure
                and e.place != entry.place
            ),
            None,
        )
        if other and other.value is not None:
            writer.say(f"（{zh}", f" ({en} ").figure(of_entry(other)).say("）", ")")


def _write_completion(writer: Writer, figure: Figure) -> None:
    writer.say("的完成率为", " — completion: ").figure(figure).working(figure).say("。", ".")
    _write_check(writer, figure)


def _write_check(writer: Writer, figure: Figure) -> None:
    if figure.check is CheckedBy.CONFLICT:
        writer.say(
            "按表中数字重新计算与报告所写不一致，请以复核为准。",
            " Recomputing does not give the printed figure.",
        )


def _write_change(context: Context, writer: Writer, figure: Figure) -> None:
    assert figure.value is not None
    if figure.value == 0:
        said = context.plan.basis in ("prior", "budget")
        zh = {"prior": "与上年持平，没有变化", "budget": "与预算持平，没有变化"}
        writer.say(zh[context.plan.basis] if said else "没有变化", " did not change")
        if figure.unit:
            writer.say("（", " (").figure(figure).working(figure).say("）", ")")
        elif figure.entry is not None:
            writer.mark(figure.entry.report, figure.entry.place)
        writer.say("。", ".")
        return
    fell = figure.value < 0
    entry = figure.entry
    basis = entry.basis if entry else ""
    base = _compared_with(figure)
    if basis:
        writer.say("较", " against ").name(basis)
    elif base == "target":
        writer.say("较目标值", " against the target")
    elif base == "budget":
        writer.say("较预算数", " against the budget")
    elif base == "prior" or (base and context.plan.basis == "prior"):
        writer.say("较上年", " against the year before")
    elif context.plan.basis == "budget":
        writer.say("较年初预算", " against the initial budget")
    elif context.plan.basis == "prior":
        writer.say("较上年", " against the year before")
    _correct_premise(context, writer, fell)
    if figure.unit == "%":
        writer.say("下降" if fell else "增长", " fell by " if fell else " rose by ")
    else:
        writer.say("减少" if fell else "增加", " fell by " if fell else " rose by ")
    writer.figure(figure).working(figure).say("。", ".")
    _write_check(writer, figure)


def _write_other_move(context: Context, writer: Writer, found: Found) -> None:
    """Beside an amount the rate that the report prints with it, and the other way round."""
    basis = context.plan.basis or "prior"
    other = {"change": "rate", "rate": "change"}[context.plan.measure]
    want = context.want(found.mention).measuring(other, basis)
    figure = found.figure.step.operands[0] if found.figure.step else found.figure
    item = figure.entry.item if figure.entry else found.mention.item
    printed = candidates(found.source.ledger, item, want)
    if not printed or not printed[0].entry.value or not found.figure.value:
        return
    entry = printed[0].entry
    if (entry.unit == "%") is not (other == "rate"):
        return
    if ((entry.value or 0) < 0) != (found.figure.value < 0):
        return
    fell = (entry.value or 0) < 0
    if other == "rate":
        writer.say(
            "幅度为下降" if fell else "幅度为增长", " That is down " if fell else " That is up "
        )
    else:
        writer.say(
            "金额为减少" if fell else "金额为增加",
            " That is down by " if fell else " That is up by ",
        )
    writer.figure(of_entry(entry)).say("。", ".")


def _compared_with(figure: Figure) -> str:
    """What a computed difference was taken from: the measure of its second operand."""
    entry = figure.step.operands[1].entry if figure.step is not None else None
    return entry.measure if entry is not None else ""


def _correct_premise(context: Context, writer: Writer, fell: bool) -> None:
    asked = context.plan.direction
    if (asked == "up" and fell) or (asked == "down" and not fell):
        writer.say("并非如问题所说，而是", ", contrary to the question,")


def _write_rivals(writer: Writer, found: Found) -> None:
    """Other values that the report prints for the same thing."""
    rivals = [r for r in found.figure.rivals if r.value is not None][:3]
    if not rivals:
        return
    report = found.source.ledger.report
    writer.say("另有不同口径：", " Elsewhere: ")
    for position, rival in enumerate(rivals):
        writer.say("；" if position else "", "; " if position else "")
        writer.name(where(report, rival)).say("为", " ").figure(of_entry(rival))
    writer.say("。", ".")


def where(report: Report, entry: Entry) -> str:
    """The table or section of an entry, in short."""
    if isinstance(entry.place, CellPlace):
        table = report.tables[entry.place.table]
        column = table.columns[entry.place.column].label
        return f"{table.name}{clean(entry.label)}（{column}）"
    section = report.sections[report.passages[entry.place.passage].section]
    return f"“{section.number}{section.title}”中{clean(entry.label)}"
