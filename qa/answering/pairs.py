"""Questions over two figures or more: differences, sums, means and multiples, with working."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.answer import Answer
from qa.answering import refuse
from qa.answering.context import Context, answered, clean
from qa.answering.listed import best_listing, named_parts, stated_mean
from qa.answering.parts import children
from qa.answering.quotients import each, monthly
from qa.answering.shares import share
from qa.compose import Writer
from qa.figures import Figure, Source, difference_of, mean_of, of_entry, ratio_of, sum_of
from qa.ledger import PLAIN
from qa.link import content_of
from qa.plan import LOOSE, Mention, Operation
from qa.slots import SPENT_AND_RECEIVED
from qa.vocabulary import roles

_BEFORE = re.compile(r"上一?年|去年|前一年|last year|previous year")
_ADDED = re.compile(
    r"加起来|加(?:到|在)?一[块起]|加总|相加|之和|总和|合起来|加在一起|"
    r"sum of|combined|added together|add up to"
)


def pairs(context: Context) -> Answer | None:
    """The answer to a difference, sum, mean, multiple or share; None when a figure is lacking."""
    handler = {
        Operation.DIFFERENCE: _difference,
        Operation.SUM: _sum,
        Operation.AVERAGE: _mean,
        Operation.RATIO: _ratio,
        Operation.SHARE: share,
    }[context.plan.operation]
    return handler(context)


_SAID_MEASURES = {
    "completion": ("完成率", " (completion)"),
    "score": ("得分", " (score)"),
    "weight": ("分值", " (weight)"),
}
_COMPARED = ("budget", "prior", "target", "completion", "score", "weight")


def _amount(context: Context, source: Source, mention: Mention) -> Figure | None:
    measure = context.plan.measure if context.plan.measure in _COMPARED else PLAIN
    want = replace(context.want(mention).measuring(measure), side="")
    figure = context.figure(source, mention.item, want)
    if figure is None:
        return None
    label = clean(context.called(figure.label, mention.item))
    said = _SAID_MEASURES.get(measure, ("", ""))
    return replace(figure, label=label + said[0 if context.zh else 1])


def _mentions(context: Context) -> tuple[Mention, ...]:
    named = tuple(m for m in context.plan.mentions if m.via not in LOOSE)
    strong = tuple(m for m in named if not m.weak) if len(named) > 1 else context.plan.strong
    mentions = strong if len(strong) > 1 else named or context.plan.mentions
    mentions = _operands(context, mentions)
    items = {m.item for m in mentions}
    wholes = {i for i in items if items & set(roles().parts.get(i, ()))}
    apart = tuple(m for m in mentions if m.item not in wholes)
    within = apart and _OF_WHICH.search(context.plan.text)
    return apart if len({m.item for m in apart}) > 1 or within else mentions


_OF_WHICH = re.compile(r"[里中内](?:面|头|边)?的")  # 三公里的接待: the part alone is compared
_COLUMNS = frozenset({*roles().columns.values(), "expenditure.total", "income.total"} - {""})
_QUALIFIES = re.compile(
    r"(?:的|[项类个]|[里中内]|各自|本年|当年|全年)\s*$|\b(?:in|of|under|by)\s+(?:the\s+|total\s+)*$"
)


def _operands(context: Context, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The accounts that are compared, without the column that is said of them.

    甲和乙的基本支出加起来, 甲、乙两项本年支出合计: the column chooses the figure of each account,
    it is none of the operands.
    """
    text = context.plan.text or context.plan.utterance.text
    said = tuple(
        m
        for m in mentions
        if m.item in _COLUMNS and (m.end < 0 or _QUALIFIES.search(text[: max(0, m.start)]))
    )
    accounts = tuple(m for m in mentions if m not in said)
    return accounts if said and accounts and len({m.item for m in said}) == 1 else mentions


def _figures(context: Context, mentions: Sequence[Mention]) -> tuple[Figure, ...]:
    """One figure for each item, in the order of the question; one item is taken of each report."""
    unique = list({m.item: m for m in mentions}.values())
    found = []
    for mention in unique:
        own = [f for s in context.sources if (f := _amount(context, s, mention)) is not None]
        own = [f for f in own if f.value is not None]
        found += own if len(unique) == 1 and not context.agreeing else own[:1]
    return tuple(found)


def _two(context: Context) -> tuple[Figure, Figure] | None:
    """The two figures that a comparison is between; None unless both are there."""
    mentions = _mentions(context)
    if len(context.sources) > 1 and len({m.item for m in mentions}) == 1:
        return _of_years(context, mentions[0])
    figures = _figures(context, mentions)
    return (figures[0], figures[1]) if len(figures) > 1 else None


_PLANNED = re.compile(r"预算|计划|目标|budget|planned|target")
_DONE = re.compile(r"决算|实际|执行|完成|支出|花|actual|spent|executed|outturn")
_BETWEEN = re.compile(r"(?:和|与|跟|比|较|、|\band\b|\bthan\b|\bbetween\b)")


def _plan_and_outcome(context: Context) -> tuple[Figure, Figure] | None:
    """预算和决算差多少, of one item or of the whole: what was spent and what was planned."""
    text = context.plan.utterance.text
    items = {m.item for m in context.plan.strong or context.plan.mentions}
    apart = _PLANNED.search(text) and _DONE.search(text) and _BETWEEN.search(text)
    if not apart or len(items) > 1 or len(context.sources) > 1:
        return None
    mention = next(iter(context.plan.strong or context.plan.mentions), None)
    item = mention.item if mention is not None else "expenditure.total"
    item = "expenditure.total" if item == "grand.total" else item
    want = replace(context.want(mention), side="", basis="")
    budget = context.figure(context.source, item, want.measuring("budget"))
    actual = context.figure(context.source, item, want.measuring(PLAIN))
    if budget is None or actual is None or budget.value is None or actual.value is None:
        return None
    label = clean(context.called(actual.label, item))
    zh = context.zh
    return (
        replace(actual, label=label + ("决算" if zh else " (actual)")),
        replace(budget, label=label + ("预算" if zh else " (budget)")),
    )


def _two_sides(context: Context) -> tuple[Figure, Figure] | None:
    """购房补贴的收入和支出差多少: one account on both sides of the accounts."""
    named = [m for m in context.plan.strong if m.item not in _SIDED | _OF_SIDES]
    sides = {m.item for m in context.plan.mentions} & _SIDED
    sided = sides == _SIDED or SPENT_AND_RECEIVED.search(context.plan.text)
    if len({m.item for m in named}) != 1 or not sided or len(context.sources) > 1:
        return None
    found = []
    for side, zh, en in (("income", "收入", " (income)"), ("expenditure", "支出", " (spent)")):
        want = replace(context.want(named[0]).measuring(PLAIN), side=side)
        want = replace(want, keys=frozenset({named[0].item}))
        figure = context.figure(context.source, named[0].item, want)
        if figure is None or figure.entry is None or figure.entry.side != side:
            return None
        label = clean(context.called(figure.label, named[0].item))
        found.append(replace(figure, label=label + (f"（{zh}）" if context.zh else en)))
    return (found[0], found[1]) if all(f.value is not None for f in found) else None


_OF_SIDES = frozenset({"income.fiscal", "expenditure.fiscal"})
_SIDED = frozenset({"income.total", "expenditure.total"})


# --- things that were listed but not recognised ---------------------------------------------------

_LISTED = re.compile(r"[、+＋]|加上?(?!起来|总|在一起)|和|与|跟|以及|(?<!\w)and(?!\w)|\bplus\b")
_FRAME = re.compile(
    r".*[:：类]|(?:一共|总共|合计|合起来|加起来|之和|总和|相加|共计|加总|两者|[两二三四五六七八几]项|[两二三四五六七八几]个).*"
)


def _unnamed(context: Context) -> bool:
    """Whether one of the things that the question lists was not recognised: no part is the whole.

    甲费、乙费、丙费一共多少 is not the sum of the one account that is known.
    """
    text = context.plan.text or context.plan.utterance.text
    if not context.zh or "、" not in text:
        return False
    at = 0
    for piece in _LISTED.split(text):
        start = text.index(piece, at)
        at = start + len(piece)
        words = _FRAME.sub("", piece.split("：")[-1].split(":")[-1])
        if len(re.findall(r"[\u3400-\u9fff]", words)) < _NAME:
            continue
        named = any(m.start < at and m.end > start for m in context.plan.mentions)
        if not named and len(content_of(words, ())) >= _NAME:
            return True
    return False


_NAME = 2


def _two_listed(context: Context) -> tuple[Figure, Figure] | None:
    """Two of the like things that a sentence lists, named by their telling first characters."""
    best = best_listing(context)
    parts = named_parts(context, best[1].parts) if best else ()
    return (of_entry(parts[0]), of_entry(parts[1])) if len(parts) == 2 else None


def _of_years(context: Context, mention: Mention) -> tuple[Figure, Figure] | None:
    """One item in the two years that a multiple is between, in the order of the question."""
    if context.plan.operation is not Operation.RATIO:
        return None  # a difference over several reports is told as a series
    text = context.plan.utterance.text
    found = {s.year: f for s in context.sources if (f := _amount(context, s, mention)) is not None}
    said = sorted((text.find(str(year)), year) for year in found if year and str(year) in text)
    base = _BASE_YEAR.search(text)
    if base is not None:  # compared with 2024, by what factor: the base comes second
        said.sort(key=lambda s: str(s[1]) == base.group(1))
    figures = [found[year] for _, year in said if found[year].value is not None]
    return (figures[0], figures[1]) if len(figures) == 2 else None


_ENOUGH = re.compile(r"够(?:不够)?|足够|抵得|覆盖得|\benough\b")
_BASE_YEAR = re.compile(
    r"(?:compared? (?:with|to)|than|over|from|relative to|比|较|相比于?|对比)\s?(20\d\d)"
)


def _difference(context: Context) -> Answer | None:
    blank = _one_blank(context)
    if blank is not None:
        return blank
    if _unnamed(context):
        return refuse.not_said(context)
    two = _two_sides(context) or _plan_and_outcome(context) or _two(context)
    two = two or _two_listed(context)
    gap = difference_of(*two) if two else None
    if two is None or gap is None or gap.value is None:
        return _cannot_compare(context)
    writer = _write_two(context, *two)
    if gap.value == 0:
        writer.say("两者相等，相差", "they are equal, difference ").figure(gap)
        return answered(writer.say("。", "."))
    if _ENOUGH.search(context.plan.utterance.text):
        writer.say(
            "够用，" if gap.value > 0 else "不够用，", "" if gap.value > 0 else "not enough: "
        )
    more, less = two if gap.value > 0 else (two[1], two[0])
    _name(writer, more).say("比", " is higher than ")
    _name(writer, less).say("多", " by ")
    points = replace(gap, unit="个百分点") if gap.unit == "%" else gap
    writer.figure(points).working(points).say("。", ".")
    _write_same(context, writer, gap)
    return answered(writer)


_JUST_WHICH = re.compile(
    r"(?:等于|正好|刚好|恰好|就是)[^，,?？]{0,12}哪|哪一?[项个笔][^，,?？]{0,6}(?:相等|一样)"
)


def _write_same(context: Context, writer: Writer, gap: Figure) -> None:
    """Which account of the report is just as much as the difference, where that is asked."""
    if not _JUST_WHICH.search(context.plan.utterance.text) or gap.value is None:
        return
    size = abs(gap.value)
    named = {m.item for m in context.plan.mentions}
    same = {
        e.item: e
        for e in reversed(context.source.ledger.entries)
        if e.value == size and e.unit == gap.unit and e.measure == PLAIN and e.item not in named
    }
    for entry in list(same.values())[:_FEW]:
        writer.say("与这个差额相等的有", "Just as much is ").name(clean(entry.label))
        writer.say("：", ": ").figure(of_entry(entry)).say("。", ". ")


_FEW = 3


def _one_blank(context: Context) -> Answer | None:
    """Of two accounts of which the table leaves one empty: both said, and which one has money."""
    mentions = list({m.item: m for m in _mentions(context)}.values())
    if len(mentions) != 2 or len(context.sources) != 1:
        return None
    found = [_amount(context, context.source, m) for m in mentions]
    figures = [f for f in found if f is not None]
    with_value = [f for f in figures if f.value]
    if len(figures) != 2 or len(with_value) != 1 or all(f.value is not None for f in figures):
        return None
    writer = context.writer()
    for figure in figures:
        _name(writer, figure).say("：" if figure.value is None else "为", ": ").figure(figure)
        writer.say("；", "; ")
    writer.say("有金额的只有", "only ").name(with_value[0].label).say("", " has an amount")
    return answered(writer.say("。", "."))


def _cannot_compare(context: Context) -> Answer | None:
    """A difference of which only one side was found is not answered with that one."""
    items = {m.item for m in context.plan.mentions}
    return refuse.not_said(context) if len(items) < 2 and len(context.sources) == 1 else None


def _write_two(context: Context, a: Figure, b: Figure) -> Writer:
    writer = context.writer()
    for figure in (a, b):
        _name(writer, figure).say("为", ": ").figure(figure).say("，", "; ")
    return writer


def _name(writer: Writer, figure: Figure) -> Writer:
    if figure.year and writer.language == "zh":
        writer.year(figure.year)
    return writer.name(figure.label)


def _ratio(context: Context) -> Answer | None:
    """How many times the second figure goes into the first."""
    two = _two(context) or _with_prior(context)
    ratio = ratio_of(*two) if two else None
    if two is None or ratio is None:
        return refuse.not_said(context) if len(context.sources) == 1 else None
    writer = _write_two(context, *two)
    writer.say("前者是后者的", "the first is ").figure(ratio).say("", " (times the second)")
    return answered(writer.working(ratio).say("。", "."))


def _with_prior(context: Context) -> tuple[Figure, Figure] | None:
    """A figure and that of the year before, where the multiple is of the year before."""
    mention = next(iter(context.plan.strong or context.plan.mentions), None)
    if mention is None or not _BEFORE.search(context.plan.utterance.text):
        return None
    want = replace(context.want(mention), side="")
    now = context.figure(context.source, mention.item, want.measuring(PLAIN))
    before = context.figure(context.source, mention.item, want.measuring("prior"))
    return (now, before) if now is not None and before is not None else None


def _sum(context: Context) -> Answer | None:
    if _unnamed(context):
        return refuse.not_said(context)
    figures = _summands(context)
    total = sum_of(figures) if len(figures) > 1 and any(f.value for f in figures) else None
    if total is None:
        return _cannot_add(context)
    checked = _whole_and_parts(context, figures)
    if checked is not None:
        return checked
    writer = context.writer()
    for position, figure in enumerate(figures):
        writer.say("，" if position else "", ", " if position else "")
        _name(writer, figure).say("：" if figure.value is None else "为", ": ").figure(figure)
    writer.say("，合计为", "; in total ").figure(total).working(total).say("。", ".")
    return answered(writer)


def _set_aside(context: Context) -> Iterator[Figure]:
    """The whole that the parts are held against, which is none of the summands itself."""
    had = {m.item for m in _mentions(context)}
    for mention in {m.item: m for m in context.plan.strong if m.item not in had}.values():
        figure = _amount(context, context.source, mention)
        if figure is not None and figure.value is not None:
            yield figure


_CHECKED = re.compile(
    r"对得上|对不上|等于|相等|一致|相符|吻合|对不对|对吗|平不平|是不是|"
    r"\b(?:equals?|match|add up to|tally)\b"
)


def _whole_and_parts(context: Context, figures: Sequence[Figure]) -> Answer | None:
    """甲等于乙加丙吗: the parts added and held against the whole; None where none is asked."""
    if not _CHECKED.search(context.plan.utterance.text):
        return None
    if len(figures) == 2:
        figures = (*figures, *_set_aside(context))
    if len(figures) < 3:
        return refuse.not_said(context)  # one of the three was not recognised
    whole = max(figures, key=lambda f: f.value or 0)
    parts = tuple(f for f in figures if f is not whole)
    total = sum_of(parts)
    gap = difference_of(whole, replace(total, label="合计")) if total is not None else None
    if total is None or gap is None or gap.value is None:
        return None
    writer = context.writer()
    for part in parts:
        _name(writer, part).say("为", ": ").figure(part).say("，", ", ")
    writer.say("相加为", "added up: ").figure(total).working(total).say("；", "; ")
    _name(writer, whole).say("为", ": ").figure(whole)
    if gap.value == 0:
        return answered(writer.say("，两者一致，相等。", "; they agree, they are equal."))
    writer.say("，两者不一致，相差", "; they do not agree and are apart by ")
    return answered(writer.figure(replace(gap, value=abs(gap.value))).working(gap).say("。", "."))


def _summands(context: Context) -> tuple[Figure, ...]:
    """What is to be added: the items named, blanks too, or all that the one item consists of."""
    mentions = list({m.item: m for m in _mentions(context)}.values())
    if len(mentions) == 1 and len(context.sources) == 1:
        parts = children(context, context.source, mentions[0])
        named = [replace(p.figure, label=p.label) for p in parts if p.figure.value]
        return tuple(named) if len(named) > 1 else ()
    if len(context.sources) > 1:
        return _figures(context, mentions)
    found = [_amount(context, context.source, m) for m in mentions]
    return tuple(f for f in found if f is not None) if all(found) else ()


def _cannot_add(context: Context) -> Answer | None:
    """A sum of which only one summand was found is not answered with that one."""
    if _ADDED.search(context.plan.utterance.text):
        return refuse.not_said(context)
    return None


def _stated_mean(context: Context) -> Answer | None:
    """A mean that the report itself states."""
    found = stated_mean(context)
    if found is None:
        return None
    writer = context.writer().name(clean(found[1].label)).say("为", ": ")
    return answered(writer.figure(of_entry(found[1])).say("。", "."))


def _mean(context: Context) -> Answer | None:
    """A mean of the named figures, a month's part of a year, or a figure for each thing."""
    answer = monthly(context) or each(context) or _stated_mean(context)
    if answer is not None or context.plan.narrowing:
        return answer
    figures = _figures(context, context.plan.strong or context.plan.mentions)
    mean = mean_of(figures) if len(figures) > 1 else None
    if mean is None:
        return None
    writer = context.writer().say("平均为", "The mean is ").figure(mean).say("：", ": ")
    for position, figure in enumerate(figures):
        writer.say("、" if position else "", ", " if position else "")
        _name(writer, figure).say("为", ": ").figure(figure)
    return answered(writer.say("。", "."))
