"""What a question about a set says beyond its accounts and the words of asking."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answering.context import Context
from qa.names import grams
from qa.plan import LOOSE, Mention
from qa.understand import gist_of
from qa.wording import chinese_of, wording

# Words of asking about a set: 最多, 各, 分别, 相差 …
_SET_WORDS = re.compile(
    r"[从由][高低大小多少][到至][高低大小多少]|排(?:个)?序|最多|最少|最高|最低|最大|最小|最快|最慢|最好|最差|分别|各自|各个|各|相差|相比|之间|一共|总共|合计|总|占|几|哪些|哪|里面|里|其中|之和|加起来|种|类|"
    r"增加|减少|增长|下降|完成率|完成|比例|比重|差|超过|超|高于|低于|不到|大于|小于|排名|名称|排|前|第|名|列出来?|列举|列一?下|列|下面|底下|款?项下|名下|本年|按|大头|倍|"
    r"分成|分为|包含|包括|纳入|组成|构成|块|"
    r"[一二两三四五六七八九十]"
)
_YEAR = re.compile(r"20\d\d\s?年?度?")
# Words of accounting that name no account: 支出决算表里项级科目.
_ACCOUNTING = re.compile(
    r"科目|款级|项级|类级|级|款|项目|项|支出|收入|开支|决算数|预算数|决算|预算|执行数|执行|逐|说明|情况|年初|功能|经济|分类|明细|表|金额|"
    r"持平|不变|上一?年|去年|幅度|拨款|财政|公开|比上|比|上|小|大|高|低|花费|用|去|方面|领域|块|主要|全部|所有|每|一般公共|数|给"
)
_ENGLISH_ASKING = re.compile(
    r"accounts?|items?|categor(?:y|ies)|largest|biggest|highest|smallest|lowest|most|least|top|two|"
    r"three|five|second|third|list|each|amounts?|break ?down|down|expenditure|spending|over|under|"
    r"above|below|completion|rate|share|average|per|month|respectively|functional|economic|"
    r"classification|class|went|goes|single|exceed(?:ed|s)?|their|its|budgets?|overspen[dt]|"
    r"underspen[dt]|lost|points?|scores?|largest|line|under|sub|many|what"
)


def wanted(context: Context) -> dict[str, int]:
    """The grams of what the question says besides the words of asking about a set."""
    text = _YEAR.sub(" ", rendered(context))
    han = re.findall(r"[\u3400-\u9fff]+", text)
    if not context.zh and sum(map(len, han)) > 2:
        text = " ".join(han)  # the name that an English question gives in Chinese says it all
    return grams(_SET_WORDS.sub(" ", gist_of(text, ())))


def rendered(context: Context) -> str:
    """The question's text; an English one as the report's own words for it, where it has any."""
    return in_report_words(context, context.plan.text or context.plan.utterance.text)


def in_report_words(context: Context, text: str) -> str:
    """A stretch of a question in the report's words, where it is English."""
    if context.zh or len(re.findall(r"[\u3400-\u9fff]", text)) > 1 or not context.sources:
        return text
    says = context.sentences(context.source.ledger.report.id).says
    words = (
        next((c for c in chinese if says(c)), "")
        for _, chinese in chinese_of(_LATIN.findall(text))
        if not set(chinese) & wording().measuring
    )
    return " ".join(w for w in words if w) or text


def _blanked(text: str, mentions: Sequence[Mention]) -> str:
    for m in mentions:
        text = text[: m.start] + " " * (m.end - m.start) + text[m.end :]
    return text


_LATIN = re.compile(r"[a-z][a-z'-]*[a-z]")


def is_bare(context: Context) -> bool:
    """Whether nothing of weight is left once accounts and the words of asking are taken away.

    What is left would narrow the set in a way that a table cannot honour: then no table answers.
    """
    plan = context.plan
    if not context.zh:
        words = re.findall(r"[a-z]{3,}", plan.leftover)
        return sum(not _ENGLISH_ASKING.fullmatch(w) for w in words) <= 1
    return len(spare(context)) <= 2


def spare(context: Context) -> str:
    """The Han characters left over once accounts and the words of asking are taken away."""
    plan = context.plan
    linked = [m for m in plan.mentions if m.via not in LOOSE]
    text = plan.text or plan.utterance.text
    if not context.zh:
        named = [m for m in linked if 0 <= m.start < m.end]
        text = in_report_words(context, _blanked(text, named))
        linked = []
    rest = gist_of(_YEAR.sub(" ", text), linked)
    return re.sub(r"[^\u3400-\u9fff]", "", _ACCOUNTING.sub("", _SET_WORDS.sub("", rest)))
