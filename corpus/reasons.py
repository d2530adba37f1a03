"""Why something happened, in the report's own words: 主要原因是…, 由于…, 主要是…."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.clauses import lead_start, punctuated
from corpus.model import Claim, Passage, Reason
from corpus.quantity import MONEY, find_quantities
from corpus.subjects import clean_subject

_CAUSE = re.compile(
    r"(?P<named>(?:主要(?=增减|变动|变化))?(?:增减|变动|变化|增加|减少|增长|下降|上升)*(?:的)?(?:主要)?(?<![及和])原因(?:主要)?"
    r"(?:是由于|是因为|是因(?!公)|是|为|在于|系)?[，：:]?\s*)(?=[^。；，])|"
    r"(?P<chiefly>(?:这?主要|(?<=，))(?:是因为|是由于|是因(?!公)|是|由于|因为|因(?!公))"
    r"(?!用于|用来|安排|包括|负责|任务))|"
    r"(?P<owing>(?:^|(?<=[。，；：]))(?:由于|因为|鉴于))"
)
_AFFECTED = re.compile(
    r"(?:^|(?<=[。，；：（]))(?:主要)?受(?P<why>[^。；]{4,80}?)(?:等因素)?(?:叠加)?影响"
)
_CHANGED = re.compile(
    r"增加|减少|增长|下降|上升|降低|提高|增幅|降幅|不足|未|低于|高于|大于|小于|超过|持平|没有|较多|较少|变化|结余"
)
_ORDERED = re.compile(r"[二三四五六七八九十]是|其他|此外")
_CONTRAST = re.compile(
    r"支出决算数?|决算数?|(?<!公共)(?<!基金)(?<!经营)预算数?|执行数?|大于|小于|高于|低于|等于|年初|的$"
)
_COMPARED = re.compile(
    r"(?:支出|收入)?(?:决算|执行|预算)数?(?:小于|大于|低于|高于|超过|少于|多于|等于)(?:年初|全年|调整)?预算数?$"
)
_COMPARISON = re.compile(  # a further statement, which gives its own reason
    r"(?:与|比|较)[^，。；]{2,14}(?:增|减|下降|上升|持平)[^，。；]{0,4}(?:\d|[，。；])[^。；]*原因|"
    r"[^，。；]{2,24}(?:增加|减少|增长|下降|上升|变动)的?(?:主要)?原因"
)
_AGAINST = re.compile(r"^相比[^，。；]*?年度?|(?:与|同|比|较)[^，。；]*$")
_DIRECTION = re.compile(
    r"(?:的)?(?:比上年|较上年|同比|支出决算数.*|决算数.*)?(?:有所|略有)?(?:增减|变动|增加|减少|增长|下降|上升|持平|不变)+(?:的)?$"
)


def find_reasons(passage: Passage, claims: Sequence[Claim], fallback: str) -> tuple[Reason, ...]:
    """The reasons of a passage; `claims` are its figures, `fallback` its section's subject."""
    text = punctuated(passage.text)
    found = [_bound(text, match) for match in _CAUSE.finditer(text)]
    found += [(m.start(), m.start("why"), m.end("why")) for m in _AFFECTED.finditer(text)]
    reasons: list[Reason] = []
    for mark, start, end in sorted(item for item in found if item is not None):
        if end - start < 2 or (reasons and start < reasons[-1].end):
            continue
        subject = _subject(text, mark, claims, fallback)
        reasons.append(Reason(passage.id, start, end, subject))
    return tuple(reasons)


def _bound(text: str, match: re.Match[str]) -> tuple[int, int, int] | None:
    """Where the mark, the reason and its end stand; None where the words mark no reason."""
    if match["chiefly"] and not _follows_change(text, match.start()):
        return None
    start = match.end()
    end = _owing_end(text, start) if match["owing"] else _end(text, start)
    return match.start(), start, end


def _follows_change(text: str, position: int) -> bool:
    """主要是 gives a reason behind a change (减少20万元，主要是…), else a composition or a use."""
    sentences = [s for s in re.split(r"[。；]", text[:position]) if s.strip("，（( ")]
    before = sentences[-1].rstrip("，（( ") if sentences else ""
    clauses = re.split(r"[，：]", re.sub(r"[（(][^）)]*[）)]", "", before))
    return bool(_CHANGED.search(clauses[-1]))


def _owing_end(text: str, start: int) -> int:
    stop = re.compile(r"[，。；]|导致|使得|造成").search(text, start)
    return stop.start() if stop else len(text)


def _end(text: str, start: int) -> int:
    """The end of the sentence, later where 一是 … 二是 go on, earlier where a next item begins."""
    position = start
    depth = 0
    while position < len(text):
        char = text[position]
        depth += (char in "（(") - (char in "）)")
        if depth < 0 or (char == "。" and not _goes_on(text, start, position)):
            break
        if char in "；;" and _begins_item(text, position + 1):
            break
        if char in "，；" and _COMPARISON.match(text, position + 1):
            break
        position += 1
    return position


def _goes_on(text: str, start: int, position: int) -> bool:
    rest = text[position + 1 :]
    listed = "一是" in text[max(0, start - 4) : position]
    if not listed:
        return False
    ahead = re.search(r"(?:^|。)([二三四五六]是)", rest)
    return ahead is not None and not re.search(r"与.{2,10}相比|原因", rest[: ahead.start()])


def _begins_item(text: str, start: int) -> bool:
    """Whether the clauses behind a semicolon speak of another amount rather than of the reason."""
    segment = re.split(r"[；。]", text[start:], maxsplit=1)[0]
    if _ORDERED.match(segment):
        return False
    return any(found.unit in MONEY for found in find_quantities(segment))


def _subject(text: str, mark: int, claims: Sequence[Claim], fallback: str) -> str:
    """What changed: the words before the mark, else what the last figure before it is about."""
    clause = text[lead_start(text, mark) : mark].strip("，。；：的 ")
    own = clean_subject(_DIRECTION.sub("", _COMPARED.sub("", clause)))
    if own and not _CONTRAST.search(own) and len(own) <= 40:
        return own
    earlier = [claim.subject for claim in claims if claim.end <= mark and claim.subject]
    if not clause and text[mark - 1 : mark] == "，":
        before = text[lead_start(text, mark - 1) : mark - 1]
        if _CHANGED.search(before) and not find_quantities(before):
            named = clean_subject(_AGAINST.sub("", _DIRECTION.sub("", before)))
            return named or (earlier[-1] if earlier else fallback)
    return earlier[-1] if earlier else fallback
