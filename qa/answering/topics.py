"""Questions about projects that a report describes under headings of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.answer import Answer, Status
from qa.answering.context import Context, answered, subject_words
from qa.answering.funding import Part, parts_of, parts_said, total_of
from qa.answering.quoting import quote_place
from qa.compose import Writer
from qa.figures import Figure, Source, difference_of, ratio_of, share_of, sum_of
from qa.gather import MONEY
from qa.ledger import SpanPlace
from qa.plan import LOOSE, Operation
from qa.sides import share_sides
from qa.topics import Topic, asked_aspect, headed_aspect, named, speaks, topics_of
from qa.vocabulary import cues

_SHORT = 26  # a follow-up that names no project is no longer than this
_GENERIC = 4  # characters of 项目, 项目支出; 绩效目标项目 is a name of its own
_MOST = 1600  # characters of a part that an answer quotes
_PARTS = re.compile(
    r"组成|构成|分成|分为|包括|包含|[几哪各](?:几|些)?(?:块|部分|方面|项|个方向|类)|各(?:是)?(?:多少|几)|分别|明细|"
    r"细分|具体(?:安排|怎么分)|(?:怎么|咋|如何)(?:花|分|用|安排)|花(?:在|到)|用(?:在|到|于)(?:哪|什么|啥)|"
    r"\b(?:parts?|components?|split|broken? down|breakdown|consists?|made up|itemi[sz]e|each)\b"
)
_ALL = re.compile(
    r"合计|一共|总共|总计|加起来|之和|总和|共计|全部|加总|\b(?:total|altogether|combined|sum)\b"
)
_COUNTING = re.compile(
    r"[几多少](?:个|项|类)(?:专项|项目|工程)|(?:专项|项目|工程)有(?:几|多少)(?:个|项)"
)
_SEVERAL = re.compile(
    r"(?:[两二三四五六七八九十几\d]|各|每|这些|那些|哪)(?:个|些|项|一个)?(?:重点)?"
    r"(?:专项|项目|工程)"
)
_MOST_OF = re.compile(
    r"最|排|第[一二三四五]|\b(?:largest|most|biggest|highest|smallest|least|lowest)\b"
)
_APART = re.compile(
    r"相差|差(?:多少|几)|多多少|少多少|(?:更|谁|哪个).{0,6}(?:多|少|大|小|高|低)|"
    r"\b(?:difference|more|larger|gap)\b"
)
_SETTING = re.compile(r"季度|用款|进度款")


@dataclass(frozen=True, slots=True)
class Told:
    """A project with the report that describes it."""

    source: Source
    topic: Topic


def of_topic(context: Context) -> Answer | None:
    """What the report writes of a project under its own heading; None where none is meant."""
    told = [Told(s, t) for s in context.sources for t in topics_of(s.ledger.report)]
    if not told or context.plan.operation is Operation.REASON:
        return None
    text = context.plan.utterance.text
    chosen = _chosen(context, told, text)
    if chosen:
        return _of_chosen(context, chosen, told, text)
    if _otherwise(context):
        return None
    return _of_all(context, told, text) or _unnamed(context, told, text)


def _chosen(context: Context, told: Sequence[Told], text: str) -> list[Told]:
    """The projects that the question, or the one before it, names."""
    now = named(text, [t.topic for t in told])
    before = context.plan.before
    if not now and before and len(text) <= _SHORT and not _otherwise(context):
        now = named(before, [t.topic for t in told])[-1:]
    return [t for n in now for t in told if t.topic == n]


def _otherwise(context: Context) -> bool:
    """Whether the question names an account or a performance table, so that no project is meant."""
    plan = context.plan
    generic = ("performance.projects", "project")
    sure = [
        m
        for m in plan.strong
        if m.via not in LOOSE
        and not (m.item in generic and len(m.surface) <= _GENERIC)
        and not _SETTING.search(m.surface)
    ]
    return bool(sure or plan.tables)


# --- a project that is named ----------------------------------------------------------------------


def _of_chosen(
    context: Context, chosen: Sequence[Told], told: Sequence[Told], text: str
) -> Answer | None:
    if len(chosen) > 1:
        return _several(context, chosen, text)
    one = chosen[0]
    rest = text.replace(one.topic.name, " ")
    parts = parts_of(one.source, one.topic)
    said = parts_said(parts, rest)
    plan = context.plan
    if plan.operation is Operation.SHARE:
        return _share(context, one, said, told)
    if said and (plan.money or not plan.textual or _SETTING.search(rest)):
        return _of_parts(context, one, said, rest)
    if plan.operation in (Operation.RANK, Operation.SPREAD) and len(parts) > 1:
        return _ranked(context, one, parts)
    counts = plan.unit and not plan.money and plan.operation is not Operation.COUNT
    if counts and not headed_aspect(rest):
        return None
    return _asked(context, one, parts, rest)


def _asked(context: Context, one: Told, parts: Sequence[Part], rest: str) -> Answer | None:
    """The aspect that is asked for, the parts of its money, or its money as such."""
    plan = context.plan
    aspect = headed_aspect(rest) or asked_aspect(rest)
    bare = len(cues().filler.sub("", re.sub(r"[^\u3400-\u9fff]", "", rest))) <= 3
    if bare and not aspect and not plan.money and plan.before:
        aspect = headed_aspect(plan.before) or asked_aspect(plan.before)
    if parts and _PARTS.search(rest) and aspect in ("", "money", "method"):
        return _listed(context, one, parts)
    if aspect and aspect != "money" and not plan.money:
        return _quoted(context, one, aspect)
    if plan.money or aspect == "money" or plan.measure in ("budget", "amount") or bare:
        return _money(context, one)
    return None


def _quoted(context: Context, one: Told, aspect: str) -> Answer | None:
    """The words of an aspect's section."""
    section = one.topic.aspect(aspect)
    report = one.source.ledger.report
    passages = [p for p in report.passages if p.section == section]
    if section is None or not passages:
        return None
    writer = context.writer()
    writer.name(one.topic.whole_name + "的" if one.topic.whole_name and context.zh else "")
    writer.name(report.sections[section].title).say("：", ": ")
    length = 0
    for passage in passages:
        length += len(passage.text)
        if length > _MOST and passage is not passages[0]:
            break
        quote_place(writer, report, SpanPlace(passage.id, 0, len(passage.text)))
    return answered(writer)


def _money(context: Context, one: Told) -> Answer | None:
    """What the year plans for the project."""
    total = total_of(one.source, one.topic)
    if total is None:
        return _quoted(context, one, "money")
    writer = _opening(context, one)
    writer.say("预算为", " (budget): ").figure(total).working(total).say("。", ".")
    return answered(writer)


def _opening(context: Context, one: Told) -> Writer:
    writer = subject_words(context.writer(), one.source, context.plan.scope.named_body)
    return writer.name(one.topic.whole_name or one.topic.name)


def _listed(context: Context, one: Told, parts: Sequence[Part]) -> Answer:
    """The parts of a project's money, each with its amount."""
    if context.plan.operation is Operation.COUNT:
        writer = _opening(context, one).say("分", ": ").counted(len(parts), "项")
        writer.say("：", ": ")
    else:
        total = total_of(one.source, one.topic)
        writer = _opening(context, one)
        if total is not None:
            writer.say("预算为", " (budget): ").figure(total)
        writer.say("，其中：", ", of which ")
    _write_parts(writer, parts)
    return answered(writer.say("。", "."))


def _write_parts(writer: Writer, parts: Sequence[Part]) -> None:
    for position, part in enumerate(parts):
        writer.say("；" if position else "", "; " if position else "")
        writer.name(part.label).say("为", ": ").figure(part.figure)


def _ranked(context: Context, one: Told, parts: Sequence[Part]) -> Answer:
    """The largest or smallest part of a project's money, with those that follow."""
    ordered = sorted(parts, key=lambda p: p.figure.value or 0, reverse=not context.plan.lowest)
    writer = _opening(context, one)
    top = max(context.plan.top, context.plan.position)
    low = context.plan.lowest
    writer.say(
        "中最少的是" if low else "中最多的是", ": the smallest is " if low else ": the largest is "
    )
    chosen = ordered[:top] if context.plan.position == 1 else ordered[top - 1 : top]
    _write_parts(writer, chosen)
    if context.plan.measure == "share":
        _write_shares(writer, one, chosen)
    if context.plan.operation is Operation.SPREAD:
        gap = difference_of(ordered[0].figure, ordered[-1].figure)
        writer.say("；另一端是", "; at the other end ")
        _write_parts(writer, ordered[-1:])
        if gap is not None:
            writer.say("；相差", "; the gap is ").figure(gap).working(gap)
    return answered(writer.say("。", "."))


def _write_shares(writer: Writer, one: Told, chosen: Sequence[Part]) -> None:
    """What share of the project's money each of the parts is."""
    total = total_of(one.source, one.topic)
    if total is None:
        return
    for part in chosen:
        share = share_of(replace(part.figure, label=part.label), total)
        if share is not None:
            writer.say("，占", ", a share of ").name(total.label).say("的", ": ")
            writer.figure(share).working(share)


def _of_parts(context: Context, one: Told, said: Sequence[Part], rest: str) -> Answer:
    """The parts that are named: each, with their sum or difference where that is asked."""
    writer = _opening(context, one).say("中", ": ")
    _write_parts(writer, said)
    figures = tuple(p.figure for p in said)
    if len(figures) == 2 and _APART.search(rest):
        gap = difference_of(*figures)
        if gap is not None:
            writer.say("；相差", "; the difference is ").figure(gap).working(gap)
    elif len(figures) > 1 and (_ALL.search(rest) or context.plan.operation is Operation.SUM):
        total = sum_of(figures)
        if total is not None:
            writer.say("；合计", "; in total ").figure(total).working(total)
    return answered(writer.say("。", "."))


# --- shares ---------------------------------------------------------------------------------------


def _share(
    context: Context, one: Told, said: Sequence[Part], told: Sequence[Told]
) -> Answer | None:
    """A part's share of its project, or the project's share of all such projects or of a total."""
    own = total_of(one.source, one.topic)
    if own is None:
        return None
    part, whole = own, _whole(context, one, told)
    if said:
        part, whole = replace(said[0].figure, label=said[0].label), own
    share = share_of(part, whole) if whole is not None else None
    if whole is None or share is None:
        return None
    writer = context.writer().name(part.label).say("占", " as a share of ").name(whole.label)
    writer.say("的", ": ").figure(share).working(share)
    return answered(writer.say("。", "."))


def _whole(context: Context, one: Told, told: Sequence[Told]) -> Figure | None:
    _, wholes = share_sides(context.plan)
    for mention in (*(m for m in wholes if not m.weak), *wholes):
        want = replace(context.want(mention), keys=frozenset({mention.item}), side="")
        figure = context.figure(one.source, mention.item, want.measuring("amount"))
        if figure is not None and figure.value and figure.unit in MONEY:
            return replace(figure, label=context.called(figure.label, mention.item))
    return _all_told(told) if told and speaks(context.plan.utterance.text) else None


# --- several projects -----------------------------------------------------------------------------


def _several(context: Context, chosen: Sequence[Told], text: str) -> Answer | None:
    """Money or an aspect of several projects, or of one project in several years."""
    aspect = headed_aspect(text) or asked_aspect(text)
    plan = context.plan
    if aspect not in ("", "money") and not plan.money:
        answers = [a for one in chosen if (a := _quoted(context, one, aspect)) is not None]
        from qa.several import merge

        return merge(answers, plan.utterance) if answers else None
    if plan.unit and not plan.money:
        return None
    return _compared(context, chosen, text)


def _compared(context: Context, chosen: Sequence[Told], text: str) -> Answer | None:
    """Each project's money, with their sum, difference or order where that is asked."""
    found = [(t, f) for t in chosen if (f := total_of(t.source, t.topic)) is not None]
    if not found:
        return None
    years = {t.source.year for t, _ in found}
    writer = context.writer()
    figures = []
    for position, (one, figure) in enumerate(found):
        writer.say("；" if position else "", "; " if position else "")
        if len(years) > 1:
            writer.year(one.source.year)
        writer.name(one.topic.whole_name or one.topic.name).say("为", ": ").figure(figure)
        figures.append(figure)
    _write_relation(context, writer, tuple(figures), text)
    return answered(writer.say("。", "."))


def _write_relation(
    context: Context, writer: Writer, figures: tuple[Figure, ...], text: str
) -> None:
    if len(figures) < 2:
        return
    if context.plan.operation is Operation.SUM or _ALL.search(text):
        total = sum_of(figures)
        if total is not None:
            writer.say("；合计", "; in total ").figure(total).working(total)
    elif context.plan.operation is Operation.RATIO:
        ratio = ratio_of(figures[0], figures[1])
        if ratio is not None:
            writer.say("；前者是后者的", "; the ratio is ").figure(ratio)
    elif _MOST_OF.search(text) or _APART.search(text):
        ordered = sorted(figures, key=lambda f: f.value or 0, reverse=not context.plan.lowest)
        low = context.plan.lowest
        writer.say("；最少的是" if low else "；最多的是", "; least: " if low else "; most: ")
        writer.name(ordered[0].label)
        gap = difference_of(ordered[0], ordered[1]) if len(ordered) == 2 else None
        if gap is not None:
            writer.say("，相差", ", by ").figure(gap)


# --- all projects ---------------------------------------------------------------------------------


def _of_all(context: Context, told: Sequence[Told], text: str) -> Answer | None:
    """这几个专项: all that the report describes, counted, listed, ranked or added up."""
    if len(told) < 2 or len(context.sources) > 1 or not (_SEVERAL.search(text) or _counts(context)):
        return None
    aspect = headed_aspect(text)
    if aspect and aspect != "money":
        return _several(context, told, text)
    writer = context.writer()
    if context.plan.operation is Operation.COUNT or _COUNTING.search(text):
        writer.say("报告单独说明的共有", "described one by one: ").counted(len(told), "个").say(
            "：", ": "
        )
    elif _MOST_OF.search(text):
        return _first(context, told)
    found = [(t, total_of(t.source, t.topic)) for t in told]
    for position, (one, figure) in enumerate(found):
        writer.say("；" if position else "", "; " if position else "")
        writer.name(one.topic.whole_name or one.topic.name)
        if figure is not None:
            writer.say("为", ": ").figure(figure)
    total = _all_told(told)
    if total is not None and context.plan.operation is Operation.SHARE:
        return _share_of_all(context, told, replace(total, label="合计"))
    if total is not None and _ALL.search(text):
        writer.say("；合计", "; in total ").figure(total).working(total)
    return answered(writer.say("。", "."))


def _share_of_all(context: Context, told: Sequence[Told], total: Figure) -> Answer | None:
    whole = _whole(context, told[0], ())
    share = share_of(total, whole) if whole is not None else None
    if whole is None or share is None:
        return None
    writer = context.writer().say("合计", "Together ").figure(total).working(total)
    writer.say("，占", ", a share of ").name(whole.label).say("的", ": ")
    return answered(writer.figure(share).working(share).say("。", "."))


def _counts(context: Context) -> bool:
    text = context.plan.utterance.text
    return bool(_COUNTING.search(text)) and "绩效" not in text


def _first(context: Context, told: Sequence[Told]) -> Answer | None:
    found = [(t, f) for t in told if (f := total_of(t.source, t.topic)) is not None and f.value]
    if len(found) < 2:
        return None
    low = context.plan.lowest
    found.sort(key=lambda p: p[1].value or 0, reverse=not low)
    writer = context.writer().say(
        "最少的是" if low else "最多的是", "the smallest is " if low else "the largest is "
    )
    top = max(context.plan.top, 1)
    for position, (one, figure) in enumerate(found):
        if position:
            writer.say(
                "；其余：" if position == top else "；", "; others: " if position == top else "; "
            )
        writer.name(one.topic.whole_name or one.topic.name).say("为", ": ").figure(figure)
    return answered(writer.say("。", "."))


def _all_told(told: Sequence[Told]) -> Figure | None:
    figures = [total_of(t.source, t.topic) for t in told]
    known = tuple(f for f in figures if f is not None)
    total = sum_of(known) if len(known) > 1 and len(known) == len(figures) else None
    return replace(total, label="、".join(f.label for f in known)) if total is not None else None


# --- no project is named --------------------------------------------------------------------------


def _unnamed(context: Context, told: Sequence[Told], text: str) -> Answer | None:
    """立项依据是什么: of the only project described, otherwise asked back."""
    aspect = headed_aspect(text)
    if not aspect and not _SETTING.search(text):
        return None
    if aspect == "goal" and (context.plan.unit or context.plan.money):
        return None  # 绩效目标 of how many projects
    if len(told) == 1:
        return _of_chosen(context, told, told, text)
    if len(context.sources) > 1:
        return _several(context, told, text)
    writer = context.writer().say(
        "报告分别说明了几个项目，请问您指的是哪一个？",
        "The report describes several projects. Which one do you mean? ",
    )
    for position, one in enumerate(told):
        label = one.topic.whole_name or one.topic.name
        writer.say("；" if position else "", "; " if position else "").name(label)
        writer.suggestions.append(label)
    return writer.say("？", "?").answer(Status.CLARIFY)
