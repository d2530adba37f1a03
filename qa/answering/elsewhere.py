"""Words of the question that the report uses, but not where a figure stands: it is another one.

An exact name alone proves little: 林木管护 and the account 林木 share two characters. What the
report says elsewhere, and not around the figure, tells that the figure is not what was asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus import Report
from qa.answering.context import Context
from qa.compose import sentence_bounds
from qa.figures import Figure, Source
from qa.ledger import CellPlace, Entry
from qa.meant import unlinked
from qa.wording import chinese_of

_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_LATIN = re.compile(r"[a-z][a-z'-]*[a-z]")
_TELLING = 3  # characters of a rendering; shorter ones are words of any sentence
# Words of accounting that stand beside any account and name none.
_OF_ACCOUNTS = re.compile(
    r"(?:经费|资金|款项|执行|包括|包含|权重|分值|数量|科目|项目|明细|标准|使用|发生|总额|规模|合计|"
    r"列支|开支|投入|职工|员工|干部|缴纳|缴|交|经济|功能|分类|编码|代码|拨|付|下达|拨付|核算|公开|"
    r"填报|口径|水平|总量|总数|支付|新增|结果|实施|工作|单位)+"
)


def strange_words(context: Context, source: Source, entry: Entry) -> list[str]:
    """The words left over from the question that nothing around the entry says."""
    around = surroundings(source, entry)
    return [w for w in _HAN.findall(context.plan.leftover) if not _says(around, w)]


def borne_out(context: Context, source: Source, entry: Entry) -> bool:
    """Whether the words left over are there, and all of them stand around the entry."""
    words = _HAN.findall(context.plan.leftover)
    return bool(words) and not strange_words(context, source, entry)


def said_elsewhere(context: Context, source: Source, words: Sequence[str]) -> bool:
    """Whether the report itself uses one of these words, in another place."""
    own = source.ledger.report.identity
    named = "".join((own.body, own.region, own.title, *own.short_names))
    says = context.sentences(source.ledger.report.id).says
    return any(says(w) for w in words if not (w in named or _OF_ACCOUNTS.fullmatch(w)))


def english_elsewhere(context: Context, source: Source, entry: Entry) -> bool:
    """The same of an English question, whose words are looked for as reports write them."""
    if context.zh:
        return False
    around = surroundings(source, entry)
    says = context.sentences(source.ledger.report.id).says
    for _, chinese in chinese_of(_LATIN.findall(context.plan.leftover)):
        telling = [w for w in chinese if len(w) >= _TELLING]
        if telling and not any(w in around for w in chinese) and any(map(says, telling)):
            return True
    return False


def others(context: Context, figures: Sequence[tuple[Source, Figure]]) -> bool:
    """Whether some word of the question is said in the report, but around none of the figures."""
    told = [(s, f.entry) for s, f in figures if f.entry is not None]
    if not told:
        return False
    strange = set.intersection(*(set(strange_words(context, s, e)) for s, e in told))
    torn = set.intersection(*(_torn(context, s, e) for s, e in told))
    return said_elsewhere(context, told[0][0], sorted(strange)) or bool(torn)


def _torn(context: Context, source: Source, entry: Entry) -> set[str]:
    """Pairs of the question that some label has, half of each taken for a filler: 外事 for 外."""
    around = surroundings(source, entry)
    text = unlinked(context.plan.text, context.plan.mentions)
    halves = {w for w in context.plan.leftover.split() if len(w) == 1}
    pairs = {text[i : i + 2] for i in range(len(text) - 1)}
    pairs = {p for p in pairs if _HAN.fullmatch(p) and halves & set(p) and p not in around}
    return {p for p in pairs if any(p in label for label in source.ledger.labels)}


def _says(around: str, word: str) -> bool:
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    return sum(p in around for p in pairs) * 2 >= len(pairs)


def surroundings(source: Source, entry: Entry) -> str:
    """The words around an entry: its table, row and column, or its sentence with the headings."""
    report = _report_of(source, entry)
    if isinstance(entry.place, CellPlace):
        table = report.tables[entry.place.table]
        row = table.rows[entry.place.row]
        return "".join((table.title, row.label, *row.path, *table.columns[entry.place.column].path))
    passage = report.passages[entry.place.passage]
    start, end = sentence_bounds(passage.text, entry.place.start, entry.place.end)
    return "".join(report.path(passage.section)) + passage.text[start:end]


def _report_of(source: Source, entry: Entry) -> Report:
    """The report that prints the entry: a prior figure may stand in that of the year before."""
    before = source.before if entry.report != source.ledger.report.id else None
    return before.report if before is not None else source.ledger.report
