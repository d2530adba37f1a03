"""Lists of names that carry no figures: the units of a department, offices, tasks, measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus import Report, Table
from qa.answer import Answer, CheckedBy
from qa.answering.context import Context, answered
from qa.compose import sentence_bounds
from qa.figures import Source
from qa.ledger import CellPlace, Place, SpanPlace
from qa.names import grams
from qa.understand import gist_of
from qa.wording import wording

_NUMBERED = re.compile(
    r"^\s*(?:\d{1,2}(?![\d年月])|[一二三四五六七八九十]{1,3}|[（(][一二三四五六七八九十\d]{1,3}[）)])[.、．，)）]?\s*(?=\S)"
)
_POINTS = re.compile(r"(?:^|[，。；：:\s])(?=[一二三四五六七八九十]是(?!否))")
_CLAUSE = re.compile(r"(?:^|[。；;：:\s])(?=（[一二三四五六七八九十]+）)")
_HEAD_END = re.compile(r"[。；，]")
_BRACKETS = re.compile(r"[（(]([^（）()]{2,12})[）)]")
_LEAVE_OUT = re.compile(
    r"(?:不含|不包括|不算|除去?|除了)([\u3400-\u9fff]{2,8}?)(?:的|外|之外|以外|[，,）)]|$)"
)
_ASKING = re.compile(r"叫(?:什么|啥)|叫|都|哪[一两三四五六七八九十几些]?|几|家|包括|包含|分别|都有")
_YEAR = re.compile(r"20\d\d\s?年?度?")
_WORDS = re.compile(
    r"叫(?:什么|啥)|叫|都|哪[一两三四五六七八九十几些]?|几|家|包括|包含|部分|构成|组成|分别|下属|都有|所有|名称|名字|件事|列出|"
    r"纳入|并入|并进了?|划入|(部门|单位)?(汇总)?[预决]算|部门(?=[\u3400-\u9fff]{0,4}单位)"
)
_FIGURE = re.compile(r"\d\s*(?:[万亿]?元|万|%)")
_INCLUDES = re.compile(
    r"(?:包括|分别是|分别为|具体为|下设|下辖)[:：]?(?P<names>[^。；:：]+、[^。；:：]+)"
)
_NAME = re.compile(r"(?:[（(][^（）()]*[）)]|[^、，,（）()])+")
_COUNTED = re.compile(r"\d")  # 2个下属单位 counts bodies without naming them
# Bodies that a question asks for by their kind, and how the names of bodies end.
_BODIES = re.compile(
    r"(?:哪[些几一两二三四五六七八九十]?[个家]?|(?:几|多少)[个家])(?:内设|下属|预算|直属|派出)?"
    r"(?:企业|公司|单位|机构|科室|处室|部门|省|市|区县|学校|医院)"
)
_PERSONS = re.compile(r"哪[些几]?类?人(?!员经费|大|均)|什么人|哪些群体|哪些对象")
_PERSON_END = re.compile(r"(?:人员?|者|户|职工|居民|农民|学生|儿童|老人|对象|群体|群众|军人|家庭)$")
_BODY_END = re.compile(
    r"(?:局|处|科|室|中心|院|所|队|办|委|会|部|公司|单位|企业|本级|社|厅|馆|站|校|园|机关|政府|街道|集团)"
    r"(?:[（(].*[）)])?$"
)
_THINGS = frozenset({"人", "人次", "辆", "份", "笔", "户", "批", "批次", "次", "件"})
_NAMED_UNITS = frozenset({"家", "个", "项", "条", "点"})
_LONGEST = 50
_HOW_MANY = re.compile(r"\d\s*[个家]")
_INTRODUCTION = 90  # characters of a sentence in front of a list that may introduce it
_TABLE, _PARAGRAPHS, _SENTENCE = 0.6, 0.3, 0.0
_FLOOR = 0.6
_SOME = 0.3  # of everything that is asked, words like 组成 and 单位 included
_MOST = 30


@dataclass(frozen=True, slots=True)
class NameList:
    """Names with their places. `said` is what the report says around them, the heading included."""

    source: Source
    heading: str
    said: str
    names: Sequence[tuple[str, Place]]
    form: float  # how much its form says that it is the list: a table most, a sentence least


def listing(context: Context) -> Answer | None:
    """The names that the question asks for; None where the report lists none such."""
    plan = context.plan
    if plan.money or plan.side or plan.measure or plan.condition is not None or plan.tables:
        return None
    found = None if plan.unit in _THINGS else _best(context)
    if found is None:
        return None
    writer = context.writer()
    for position, (name, place) in enumerate(found.names[:_MOST]):
        writer.say("；" if position else "", "; " if position else "").name(name)
        writer.mark(found.source.ledger.report.id, place)
    return answered(writer.say("。", "."))


def count(context: Context) -> Answer | None:
    """How many names such a list has, and which."""
    if context.plan.unit not in _NAMED_UNITS or context.plan.condition is not None:
        return None
    clauses = context.plan.unit in ("条", "点")  # what is counted so may be whole sentences
    found = _best(context, 1000 if clauses else _LONGEST)
    if found is None:
        return None
    writer = context.writer().say("共有", "").counted(len(found.names), context.plan.unit)
    if any(len(name) > _LONGEST for name, _ in found.names):
        for _, place in found.names[:_MOST]:
            writer.mark(found.source.ledger.report.id, place)
        return answered(writer.say("。", "."))
    writer.say("：", ": ")
    for position, (name, place) in enumerate(found.names[:_MOST]):
        writer.say("；" if position else "", "; " if position else "").name(name)
        writer.mark(found.source.ledger.report.id, place)
    return answered(writer.say("。", "."))


_NTH = re.compile(r"第(\d{1,2}|[一二三四五六七八九十]{1,3})(?:条|项|点|款|个)")
_DIGITS = "零一二三四五六七八九十"


def nth(context: Context) -> Answer | None:
    """职责第几条讲什么: one of a list by its place in it."""
    said = _NTH.search(context.plan.utterance.text)
    if said is None or context.plan.money or context.plan.measure:
        return None
    plan = context.plan
    text = (plan.text or plan.utterance.text).replace(said.group(0), " ")
    found = _best(replace(context, plan=replace(plan, text=text, unit="")))
    place = _number(said.group(1))
    if found is None or not 0 < place <= len(found.names):
        return None
    name, address = found.names[place - 1]
    writer = context.writer().name(f"“{name}”").mark(found.source.ledger.report.id, address)
    return answered(writer.stated(name, (found.source.ledger.report.id, address), CheckedBy.PROSE))


def _number(written: str) -> int:
    """12 and 十二 as 12."""
    if written.isdigit():
        return int(written)
    tens, _, ones = written.rpartition("十")
    ten = 10 * (_DIGITS.find(tens) if tens else 1) if "十" in written else 0
    return ten + (_DIGITS.find(ones) if ones else 0)


def _best(context: Context, longest: int = 1000) -> NameList | None:
    """The list whose surroundings cover what the question says, narrowed as it asks."""
    text = context.plan.text or context.plan.utterance.text
    asked = gist_of(_YEAR.sub(" ", _LEAVE_OUT.sub(" ", text)), ())
    every = grams(_ASKING.sub(" ", asked))
    wanted = grams(_WORDS.sub(" ", asked)) or every
    scored = [
        (_cover(context, found, wanted), _cover(context, found, every), -position, found)
        for source in context.sources
        for position, found in enumerate(_lists(source))
        if all(len(name) <= longest for name, _ in found.names)
    ]
    fitting = [s for s in scored if s[0] >= _FLOOR and s[1] >= _SOME and _of_the_kind(text, s[3])]
    best = max(
        fitting,
        key=lambda s: (s[0] + s[1] + s[3].form + _counts(context, s[3]), s[2]),
        default=None,
    )
    return _narrowed(best[3], text) if best else None


def _counts(context: Context, found: NameList) -> float:
    """A list that the report itself counts in the unit asked for (共3家) is likelier meant."""
    unit = context.plan.unit
    kind = _KIND_ASKED.search(context.plan.utterance.text)
    if kind is not None and _introduces(kind.group(1), found.said):
        return 0.8
    said = _SAID_COUNT.search(context.plan.utterance.text)
    if said is not None and _number(said.group(1).replace("两", "二")) == len(found.names):
        return 0.5  # 是哪三家: there are three of them
    return 0.3 if unit and re.search(rf"\d\s*{unit}", found.said) else 0.0


# The kind of bodies that is asked for: 哪几家预算单位.
_KIND_ASKED = re.compile(
    r"哪[几些两二三四五六七八九十]?[个家]?([\u3400-\u9fff]{2,6}(?:单位|机构|部门))"
)


def _introduces(kind: str, said: str) -> bool:
    """Whether the words right before a list announce just this kind: 预算单位共3家，包括."""
    return bool(re.search(kind + r"(?:共|有|包括|分别|为|是|：|:)", said[-_INTRODUCTION:]))


_SAID_COUNT = re.compile(r"([两二三四五六七八九十]{1,3}|\d{1,2})[家个项条类](?!月)")


def _of_the_kind(text: str, found: NameList) -> bool:
    """A question for bodies is answered by names of bodies only."""
    if _PERSONS.search(text):
        people = sum(bool(_PERSON_END.search(name)) for name, _ in found.names)
        return people * 2 > len(found.names)
    if not _BODIES.search(text):
        return True
    return sum(bool(_BODY_END.search(name)) for name, _ in found.names) * 2 > len(found.names)


def _cover(context: Context, found: NameList, wanted: dict[str, int]) -> float:
    sentences = context.sentences(found.source.ledger.report.id)
    total = sum(sentences.weight(g) for g in wanted)
    if not total:
        return 0.0
    said = found.said + _twins_said(context.plan.utterance.text, found.said)
    cover = sum(sentences.weight(g) for g in wanted if g in said)
    heading = sum(sentences.weight(g) for g in wanted if g in found.heading)
    return (cover + 0.3 * heading) / total


def _twins_said(text: str, said: str) -> str:
    """The question's everyday words (科室) whose twins (内设机构) the list's surroundings have."""
    twins = wording().twins
    words = (w for w in twins if len(w) > 1 and w in text)
    return " ".join(w for w in words if any(len(t) > 2 and t in said for t in twins[w]))


def _narrowed(found: NameList, text: str) -> NameList | None:
    """Without what the question leaves out; only the kind that it names in the list's words."""
    names = found.names
    left_out = _LEAVE_OUT.search(text)
    if left_out:
        names = tuple(n for n in names if left_out.group(1) not in n[0])
    kinds = {k for name, _ in names for k in _BRACKETS.findall(name) if k in text}
    if kinds:
        names = tuple(n for n in names if kinds & set(_BRACKETS.findall(n[0])))
    return replace(found, names=names) if names else None


# --- where a report lists names -------------------------------------------------------------------


def _lists(source: Source) -> Iterable[NameList]:
    report = source.ledger.report
    for table in report.tables:
        if _is_names(table):
            rows = tuple(_rows(table))
            kinds = "".join(dict.fromkeys(k for name, _ in rows for k in _BRACKETS.findall(name)))
            said = _around(report, table.section) + table.title + kinds
            yield NameList(source, _heading(report, table.section), said, rows, _TABLE)
    for section in report.sections:
        parts = tuple(_numbered(report, section.id))
        if len(parts) > 1 and not any(_FIGURE.search(name) for name, _ in parts):
            heading = _heading(report, section.id)
            own = any(report.passages[p.passage].section == section.id for _, p in parts)
            form = _PARAGRAPHS if own else _SENTENCE
            yield NameList(source, heading, _around(report, section.id), parts, form)
    for passage in report.passages:
        heading = _heading(report, passage.section)
        for find in (_points, _clauses, _enumerated):
            spans = tuple(find(report, passage.id))
            if len(spans) > 1:
                said = heading + passage.text[: spans[0][1].start]
                yield NameList(source, heading, said, spans, _SENTENCE)


def _heading(report: Report, section: int) -> str:
    return "".join(report.path(section)[-1:])


def _is_names(table: Table) -> bool:
    """A table without a single figure, of names as short as those of bodies."""
    labels = [r.label for r in table.rows if r.label]
    return (
        not table.statement
        and len(labels) > 1
        and all(c.value is None and len(c.text) < 40 for c in table.cells)
        and all(len(label) < 60 for label in labels)
    )


def _rows(table: Table) -> Iterable[tuple[str, CellPlace]]:
    for row in table.rows:
        if row.label and table.columns:
            yield row.label, CellPlace(table.id, row.id, table.columns[0].id)


def _around(report: Report, section: int) -> str:
    """The last headings of a section and the sentences that introduce its list."""
    own = [p for p in report.passages if p.section == section]
    first = next((p.id for p in own if _NUMBERED.match(p.text)), None)
    intro = [
        p.text
        for p in own
        if not _NUMBERED.match(p.text)
        and (
            p.text.rstrip()[-1:] in "：:"
            or (first is not None and p.id < first and _counts_bodies(p.text))
        )
    ]
    return "".join(report.path(section)[-2:]) + "".join(intro)


def _counts_bodies(text: str) -> bool:
    """Whether a short sentence says how many there are of what is listed: 下属5家预算单位."""
    return len(text) <= _INTRODUCTION and bool(_HOW_MANY.search(text))


def _numbered(report: Report, section: int) -> Iterable[tuple[str, SpanPlace]]:
    """The numbered paragraphs of a section and the numbered headings below it."""
    below = {s.id: s for s in report.sections if s.parent == section and s.number}
    named: set[int] = set()
    for passage in report.passages:
        if passage.section == section and _NUMBERED.match(passage.text):
            start, end = sentence_bounds(passage.text, 0, 1)
            yield passage.text[start:end].strip("。；; "), SpanPlace(passage.id, start, end)
        elif passage.section in below and passage.section not in named:
            named.add(passage.section)
            heading = below[passage.section]
            start, end = sentence_bounds(passage.text, 0, 1)
            yield heading.number + heading.title, SpanPlace(passage.id, start, end)


def _enumerated(report: Report, passage: int) -> Iterable[tuple[str, SpanPlace]]:
    """The names behind 包括： in a sentence, separated by 、 outside brackets."""
    text = report.passages[passage].text
    opening = _INCLUDES.search(text)
    if opening is None or _COUNTED.search(opening.group("names")):
        return
    for name in _NAME.finditer(text, opening.start("names"), opening.end("names")):
        if len(name.group(0)) <= _LONGEST:
            yield name.group(0).strip(), SpanPlace(passage, name.start(), name.end())


def _clauses(report: Report, passage: int) -> Iterable[tuple[str, SpanPlace]]:
    """The clauses that one paragraph numbers （一）……；（二）……."""
    text = report.passages[passage].text
    starts = [m.end() for m in _CLAUSE.finditer(text)]
    for start, stop in pairwise((*starts, len(text))):
        yield text[start:stop].strip("。；; "), SpanPlace(passage, start, stop)


def _points(report: Report, passage: int) -> Iterable[tuple[str, SpanPlace]]:
    """The heads of 一是…二是… inside one paragraph."""
    text = report.passages[passage].text
    starts = [m.end() for m in _POINTS.finditer(text)]
    for start in starts:
        end = _HEAD_END.search(text, start)
        stop = end.start() if end else len(text)
        yield text[start:stop], SpanPlace(passage, start, stop)
