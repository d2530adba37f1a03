"""What a sentence of a government's report says of a figure beyond its subject.

Its subject is often only a place (其中：甲县12亿元) or a side (支出安排9亿元): what is counted
there was said before. Whose figures follow, the whole's or its own level's, is said once for many.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus import Claim, Measure, Report
from qa.coverage import area_said, place_of_heading, without_area
from qa.names import bare
from qa.regions import Told, leading_region, region_said, regions_of
from qa.vocabulary import by_key, key_of

_PLAIN = (Measure.AMOUNT, Measure.COUNT, Measure.BUDGET)
_SENTENCE = re.compile(r"[。；]")
_ASIDE = re.compile(r"（[^（）]*）")  # a remark that is over says nothing of what follows
# A place right before its figure is one of several: it sets no area for what follows.
_PLACED = re.compile(
    r"(?:全[市省区县州旗盟]|全地区|[市省区县州盟]本?级|本级|[市省区县州]直|地区本级|县、?区)(?!20\d\d\D)\d[\d.,]*(?:万|亿)元"
)
_APPROVED = re.compile(r"^.*(?:批准|批复|审议通过)的?")
_OF_BUDGET = re.compile(r"预算|收入|支出")
_NOT_DONE = re.compile(r"完成|执行(?!中)|决算")
_REMARK = re.compile(r"（含[^（）]*）|（不含[^（）]*）")
_BALANCE = re.compile(r"限额")
_DEBT = re.compile(r"限额|余额")
_SIDES = {
    "收入": "income",
    "预算收入": "income",
    "收入安排": "income",
    "支出": "expenditure",
    "预算支出": "expenditure",
    "支出安排": "expenditure",
}
_FUNDS = (
    ("fund.general", "一般公共预算"),
    ("fund.government", "政府性基金"),
    ("fund.capital", "国有资本经营"),
    ("fund.social", "社会保险基金"),
    ("fund.social", "社保基金"),
)
_OF_SIDE = {
    ("fund.general", "income"): "general.revenue",
    ("fund.general", "expenditure"): "fund.general.expenditure",
}
_BEFORE = 12  # passages of one part that may say whose figures follow


@dataclass(frozen=True, slots=True)
class Saying:
    """A claim's item, label and place as its sentence means them; `planned` is an approved plan."""

    item: str
    label: str
    region: str
    area: str
    fund: str
    planned: bool
    period: str = ""  # several years told together: 十四五


_Said = tuple[Claim, Saying]


def sayings(report: Report) -> tuple[Saying, ...]:
    """One for each claim of a government's report, in order."""
    found: list[Saying] = []
    heads: dict[int, _Said] = {}
    plain: dict[int, list[_Said]] = {}
    for claim in report.claims:
        saying = _own(report, claim)
        told = region_said(_place_of(claim.subject), report.identity.body)
        if told is not None and claim.measure not in _PLAIN and _again(report, found, claim):
            saying = replace(found[-1], planned=False)
        elif told is None:
            saying = _completed(saying, claim, plain.get(claim.passage, []))
            heads.pop(claim.passage, None)
            if claim.measure in _PLAIN:
                plain.setdefault(claim.passage, []).append((claim, saying))
        else:
            head = _head(claim, heads.get(claim.passage), plain.get(claim.passage, []))
            saying = _at(saying, told, head[1] if head else None)
            if head is not None and not _ends(report, claim):
                heads[claim.passage] = head
            else:
                heads.pop(claim.passage, None)
        found.append(saying)
    return tuple(found)


def _place_of(subject: str) -> str:
    return re.sub(r"^(?:其中|分别为?|[一-龥]{0,2}安排)[:：]?", "", subject)


def _again(report: Report, found: Sequence[Saying], claim: Claim) -> bool:
    """Whether a place's rate or share follows its own amount."""
    if not found:
        return False
    before = report.claims[len(found) - 1]
    return before.passage == claim.passage and before.subject == claim.subject


_ALL = re.compile(r"全[市省区县州旗盟]|全地区|[我本][市省区县州]|合计|总")


def _head(claim: Claim, kept: _Said | None, before: Sequence[_Said]) -> _Said | None:
    """What a place's figure is a part of: what the place before it was, what was said last.

    分级次看，市本级…: failing that, the last figure of the whole.
    """
    nearest = kept or (before[-1] if before else None)
    if nearest is not None and _holds(nearest[0], claim):
        return nearest
    whole = (s for s in reversed(before) if _ALL.search(s[0].subject))
    return next((s for s in whole if _holds(s[0], claim)), None)


def _holds(head: Claim, claim: Claim) -> bool:
    """Whether a place's figure can be part of the one said before it."""
    if claim.measure not in _PLAIN or claim.quantity is None or head.quantity is None:
        return head.measure in _PLAIN
    return claim.quantity.unit == head.quantity.unit and claim.quantity.value <= head.quantity.value


def _ends(report: Report, claim: Claim) -> bool:
    """Whether a sentence ends behind a claim: the next place is one of something else."""
    return report.passages[claim.passage].text[claim.end : claim.end + 1] in ("。", "；", "）")


def _at(saying: Saying, told: Told, head: Saying | None) -> Saying:
    """What the head counts, at this place; with no head the place is all that is known."""
    if head is None:
        return replace(saying, region=told.region or saying.region, area=told.area or saying.area)
    label = f"{saying.label}{without_area(bare(head.label))}"
    area = "" if told.region else told.area
    where = told.region or head.region
    return Saying(head.item, label, where, area, head.fund, head.planned, head.period)


def _completed(saying: Saying, claim: Claim, before: Sequence[_Said]) -> Saying:
    """余额 after a 限额 is that debt's; 支出占比 is the share of the account before."""
    if not before:
        return saying
    head = before[-1][1]
    if saying.item in ("一般债务", "专项债务"):
        kinds = (m.group(0) for _, s in reversed(before) if (m := _DEBT.search(s.label)))
        kind = next(kinds, "")
        return replace(saying, item=key_of(saying.item + kind)) if kind else saying
    if saying.item == "余额" and _BALANCE.search(head.label):
        label = _BALANCE.sub("余额", head.label)
        return replace(saying, item=key_of(without_area(bare(label))), label=label)
    if claim.measure is Measure.SHARE and claim.subject in ("支出", "收入", "占比", "比重"):
        return replace(saying, item=head.item, label=head.label)
    return saying


def _own(report: Report, claim: Claim) -> Saying:
    """What a claim's own subject, sentence and section say."""
    path = report.path(report.passages[claim.passage].section)
    place = place_of_heading(path)
    subject = _REMARK.sub("", claim.subject)
    approved = bool(_APPROVED.match(subject) and _OF_BUDGET.search(subject))
    approved = approved and not _NOT_DONE.search(subject)
    subject = _APPROVED.sub("", subject) if approved else subject
    region, rest = leading_region(subject)
    if region and region in regions_of(report):
        subject = rest
    else:
        region = ""
    nearest = _nearest(report, claim)
    fund = _fund_of((claim.subject, *nearest, *reversed(path)))
    area = "" if region or place else _area(report, claim, nearest, path)
    side = _SIDES.get(bare(subject), "")
    item, label = _item(subject), claim.subject
    if bare(subject) in _SAYS_NOTHING and path:  # 足额安排12亿元 under 1.保运转
        label = re.sub(r"^[（(]?[一二三四五六七八九十\d]+[）)]?[、.．]?", "", path[-1])
        item = key_of(label)
    if side and fund and fund != "fund.social":
        item = _OF_SIDE.get((fund, side), fund)
    planned = approved or _only_approved(report, claim)
    return Saying(item, label, region or place, area, fund, planned, _period(report, claim))


_OF_PERIOD = re.compile(r"^(?:“?十[二三四五六]五”?(?:时期|期间|以来|末)?(?:20\d\d年)?|五年来)")
_IN_ALL = re.compile(r"^(?:全年)?(?:累计|总共|一共|共|初步测算|预计)(?=[\u4e00-\u9fff]{3})")
_VERBS = re.compile(
    r"^(?:(?:市|省|县|区|地区|州)?财政|安排|预算|完成|实现|预计|累计|共|全年|争取到?|收到|下达|拨付|共?投入|发放|支付|完成了?|财力)+"
)


def _item(subject: str) -> str:
    """The item of a subject; what is done with the money is no part of a known name."""
    label = _IN_ALL.sub("", without_area(bare(_OF_PERIOD.sub("", subject))))
    item = key_of(label)
    tried = (label, label.removesuffix("累计"))
    shorter = (key_of(_VERBS.sub("", name)) for name in tried)
    return item if item in by_key() else next((s for s in shorter if s in by_key()), item)


def _only_approved(report: Report, claim: Claim) -> bool:
    """Whether the clause lies in a sentence that tells only what was approved or changed."""
    text = report.passages[claim.passage].text
    start = max(text.rfind(mark, 0, claim.start) for mark in "。；") + 1
    before = text[start : claim.start]
    subject = bool(_OF_BUDGET.search(claim.subject))
    return subject and bool(re.search(r"批准|批复", before)) and not _NOT_DONE.search(before)


def _nearest(report: Report, claim: Claim) -> tuple[str, ...]:
    """The sentences before a claim in its paragraph, the nearest first."""
    before = _ASIDE.sub("", report.passages[claim.passage].text[: claim.start])
    return tuple(reversed(_SENTENCE.split(before)))


def _area(report: Report, claim: Claim, nearest: Sequence[str], path: Sequence[str]) -> str:
    own = area_said((claim.subject, *(_PLACED.sub("", n) for n in nearest), *reversed(path)))
    return own or _said_before(report, claim.passage)


def _said_before(report: Report, passage: int) -> str:
    """The area that an earlier paragraph of the same part sets for what it breaks down."""
    part = report.sections[report.passages[passage].section].parent
    broken_down = False
    for earlier in range(passage - 1, max(-1, passage - _BEFORE), -1):
        other = report.passages[earlier].section
        if part is None or part not in (other, report.sections[other].parent):
            return ""
        text = _PLACED.sub("", _ASIDE.sub("", report.passages[earlier].text))
        broken_down |= bool(_BREAKS_DOWN.search(text))
        area = area_said(reversed(_SENTENCE.split(text)))
        if area:
            return area if broken_down else ""
    return ""


_SAYS_NOTHING = frozenset({"足额", "安排", "足额安排预算", "足额安排", "预算安排", ""})
_BREAKS_DOWN = re.compile(r"分项|如下|按[^，。]{0,10}(?:划分|分类)")


_PERIOD = re.compile(
    r"(?P<plan>十[二三四五六]五)(?!”?[末初]|”?(?:规划|开局|收官))|[过去这近]*五年来?(?!规划)"
)
_SPAN = re.compile(r"(?P<first>20\d\d)年?[-—~至到](?P<last>20\d\d)年")
_NEAR = 40  # characters before a figure that may name the years it sums up
_COMPARED = re.compile(r"[较比]“?十[一二三四五]五”?(?:时期|期间|末)?")
_DATED = re.compile(r"(?<![-—~至到])20\d\d年(?![-—~至到])")


def _period(report: Report, claim: Claim) -> str:
    """The years that a figure sums up, where its sentence, paragraph or section says so."""
    subject = _said_last(claim.subject)
    if subject:
        return subject
    span = _SPAN.search(
        report.passages[claim.passage].text, max(0, claim.start - _NEAR), claim.start
    )
    if span is not None and "。" not in span.string[span.end() : claim.start]:
        return f"{span.group('first')}-{span.group('last')}"
    text = report.passages[claim.passage].text
    start = text.rfind("。", 0, claim.start) + 1
    own = _said_last(_COMPARED.sub("", text[start : claim.start]))
    if own is not None:
        return own
    before = text[:start]
    goes_on = re.match(r"其中|[^。]{0,12}累计", text[start : claim.end])
    if goes_on and (earlier := _said_last(before)) is not None:
        return earlier
    headings = report.path(report.passages[claim.passage].section)
    named = next((m for h in headings if not _DATED.search(h) and (m := _PERIOD.search(h))), None)
    return (named.group("plan") or "五年") if named is not None else ""


def _said_last(text: str) -> str | None:
    """The period named last; "" where a year is named behind it; None where neither is named."""
    periods, years = list(_PERIOD.finditer(text)), list(_DATED.finditer(text))
    if periods and (not years or periods[-1].start() > years[-1].start()):
        return periods[-1].group("plan") or "五年"
    return "" if years else None


def _fund_of(texts: Sequence[str]) -> str:
    """The fund that the first telling text names."""
    for text in texts:
        found = [(text.rfind(word), fund) for fund, word in _FUNDS if word in text]
        if found:
            return max(found)[1]
    return ""
