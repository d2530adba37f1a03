"""Sentences that say there is nothing: 无预算安排, 未发生, 年末无结余; and 与上年持平."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.clauses import lead_start, list_mark_end
from corpus.model import Claim, Measure, Passage, Quantity
from corpus.subjects import clean_subject, normal_basis, without_measure

_NONE = re.compile(
    r"(?:(?<![有并绝])无(?!因[为此]|[法论须需偿线形房障党疑关规限私害效序锡偿愧人纸用损暇止])|没有(?=安排|发生|购置|使用|此项)|"
    r"未(?=发生|安排|购置|使用))(?P<what>[^，。；、：]{2,45})"
)
_SAME = re.compile(
    r"(?:与|同|比|较)(?P<basis>[^，。；：]{1,20}?)(?:基本|大致)?(?P<word>持平|一致|相同|相等|无变化|没有变化|无增减变化|无增减|无差异)|"
    r"(?P<bare>持平|无增减变化)"
)
_ZERO = re.compile(r"(?<=为)(?:零|[0０](?![\d.．%％万元个辆人批次台]))")
_PLAN = re.compile(r"无预算安排|没有预算安排|无支出决算数?")
_GENERIC = re.compile(
    r"^(?:预算安排|支出决算数?|预算|决算数?|支出|收入|收支|此项支出|相关支出|发生|安排|此项支出事项)$"
)
_COUNTABLE = re.compile(
    r"预算|决算|支出|收入|费|款|基金|资金|收支|车|设备|结余|结转|采购|数据|债|项目|安排|人次|批次|发生|情况|业务"
)
_UNCHANGED = re.compile(r"^(?:变化|增减|差异)")


@dataclass(frozen=True, slots=True)
class _Context:
    passage: Passage
    claims: list[Claim]  # those found so far, by position
    opening: str
    year: int | None
    bodies: tuple[str, ...]

    def subject_before(self, position: int) -> str:
        earlier = [c for c in self.claims if c.end <= position]
        return max(earlier, key=lambda c: c.end).subject if earlier else self.opening


def nothing_claims(
    passage: Passage,
    claims: Sequence[Claim],
    opening: str,
    year: int | None,
    bodies: tuple[str, ...],
) -> list[Claim]:
    """The claims of a passage that carry no figure. `claims` are those that do.

    Nothing is `Measure.NONE` without a quantity; an unchanged figure is a `CHANGE` of zero.
    """
    context = _Context(passage, list(claims), opening, year, bodies)
    readers = {_NONE: _none, _SAME: _same, _ZERO: _zero}
    matches = [match for pattern in readers for match in pattern.finditer(passage.text)]
    for match in sorted(matches, key=lambda m: m.start()):
        claim = readers[match.re](context, match)
        if claim is not None:
            context.claims.append(claim)
    return context.claims[len(claims) :]


def _none(context: _Context, match: re.Match[str]) -> Claim | None:
    """无X says that X is nothing; 无预算安排 says so of what the sentence speaks of."""
    text, what = context.passage.text, match["what"]
    if _UNCHANGED.match(what) or not _COUNTABLE.search(what):
        return None
    planned = _PLAN.search(text, match.start(), match.end())
    named = text[match.start("what") : planned.start()] if planned else what
    named = re.sub("^(?:发生|安排|购置|使用)(?=.{2})", "", named)
    floor = list_mark_end(text)
    before = text[lead_start(text, match.start(), min(floor, match.start())) : match.start()]
    before = clean_subject(before, context.bodies)
    named = re.sub(r"(?:预算)?安排$", "", named)
    own = "" if _GENERIC.match(named) else clean_subject(named, context.bodies)
    subject = own or before or context.subject_before(match.start())
    basis = _basis(planned.group() if planned else what)
    year = _year_in(text[: match.start()]) or context.year
    passage = context.passage.id
    return Claim(passage, match.start(), match.end(), subject, Measure.NONE, None, basis, year)


def _zero(context: _Context, match: re.Match[str]) -> Claim:
    """支出预算为0 has no unit to be a figure, and says that there is nothing."""
    text = context.passage.text
    floor = min(list_mark_end(text), match.start())
    own = clean_subject(
        text[lead_start(text, match.start(), floor) : match.start()], context.bodies
    )
    subject = without_measure(own) or context.subject_before(match.start())
    basis = next((word for word in ("预算", "决算") if own.endswith((word, word + "数"))), "")
    year = _year_in(text[: match.start()]) or context.year
    passage = context.passage.id
    return Claim(passage, match.start(), match.end(), subject, Measure.NONE, None, basis, year)


def _basis(words: str) -> str:
    if "预算安排" in words:
        return "预算"
    return "决算" if words.startswith(("无支出决算", "支出决算")) else ""


def _same(context: _Context, match: re.Match[str]) -> Claim:
    text = context.passage.text
    floor = min(list_mark_end(text), match.start())
    own = clean_subject(
        text[lead_start(text, match.start(), floor) : match.start()], context.bodies
    )
    subject = without_measure(own) or context.subject_before(match.start())
    word = "word" if match["word"] else "bare"
    zero = Quantity(Decimal(0), "", match[word])
    return Claim(
        context.passage.id,
        match.start(word),
        match.end(word),
        subject,
        Measure.CHANGE,
        zero,
        normal_basis(match["basis"] or "", context.year),
        context.year,
    )


def _year_in(text: str) -> int | None:
    years = re.findall(r"(?<![比与较同])(20\d\d)\s*年", re.split(r"[。；]", text)[-1])
    return int(years[-1]) if years else None
