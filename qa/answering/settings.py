"""One account of a government in two places or years: apart, together, as a share."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from qa.answer import Answer
from qa.answering.context import Context, answered
from qa.answering.government_figures import placed_name, plain_want, sure_accounts
from qa.coverage import OWN, WHOLE
from qa.figures import Figure, difference_of, ratio_of, share_of, sum_of
from qa.plan import Mention
from qa.regions import named_in

_SHARE = re.compile(r"占|比重|比例|几成|share|proportion|percent(?:age)? of")
_DIFFERENCE = re.compile(
    r"差(?:多少|几|了|距|额)|相差|(?:比|较)[^，。?？]{1,24}[多少高低大小](?:多少|几|了)?|哪个(?:更)?[多少高低大小]|谁[更]?[多少高低大小]|"
    r"[多少高低]多少|\b(?:difference|gap|more than|less than|higher|lower|larger)\b"
)
_SUM = re.compile(r"加起来|合计|之和|总和|一共|合起来|\b(?:together|combined|sum)\b")
_RATIO = re.compile(r"几倍|多少倍|倍数|how many times")


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when one figure of an account is asked for."""

    year: int | None
    area: str
    region: str
    budget: bool = False


def two_settings(context: Context) -> Answer | None:
    """甲县比乙县多多少, 市本级占全市多少, 今年和明年差多少: two settings of one account."""
    mentions = sure_accounts(context)
    settings = _settings(context)
    if len(mentions) != 1 or len(settings) != 2 or len(context.sources) != 1:
        return None
    found = [_at(context, mentions[0], s) for s in settings]
    a, b = found
    if (
        a is None
        or b is None
        or (a.entry is not None and b.entry is not None and a.entry == b.entry)
    ):
        return None
    text = context.plan.utterance.text
    if _SHARE.search(text):
        return _share_of(context, a, b)
    if _RATIO.search(text):
        ratio = ratio_of(a, b)
        return _two(context, a, b, ratio, ("前者是后者的", "the first is ")) if ratio else None
    if _SUM.search(text):
        total = sum_of((a, b))
        return _two(context, a, b, total, ("合计为", "together ")) if total else None
    if not _DIFFERENCE.search(text):
        return _two(context, a, b, None, ("", ""))
    gap = difference_of(a, b)
    if gap is None or gap.value is None:
        return None
    more = gap.value >= 0
    said = (
        "前者比后者多" if more else "前者比后者少",
        "the first is higher by " if more else "the first is lower by ",
    )
    return _two(context, a, b, gap, said)


def _share_of(context: Context, a: Figure, b: Figure) -> Answer | None:
    part, whole = (a, b) if (a.value or 0) <= (b.value or 0) else (b, a)
    share = share_of(part, whole)
    if share is None:
        return None
    writer = context.writer().name(part.label).say("占", " as a share of ").name(whole.label)
    return answered(writer.say("的", ": ").figure(share).working(share).say("。", "."))


def _two(
    context: Context, a: Figure, b: Figure, result: Figure | None, said: tuple[str, str]
) -> Answer:
    writer = context.writer()
    for position, figure in enumerate((a, b)):
        writer.say("，" if position else "", ", " if position else "")
        writer.name(figure.label).say("为", ": ").figure(figure)
    if result is not None:
        size = abs(result.value or Decimal(0))
        writer.say("，", ", ").say(*said).figure(replace(result, value=size))
        writer.working(result)
    return answered(writer.say("。", "."))


def _at(context: Context, mention: Mention, setting: Setting) -> Figure | None:
    """The account's figure in a setting, labelled with its year and place."""
    source = context.sources[0]
    want = replace(
        plain_want(context, mention), year=setting.year, area=setting.area, region=setting.region
    )
    ahead = bool(setting.year and source.year and setting.year > source.year)
    if setting.budget and not ahead:
        want = want.measuring("budget")
    figure = context.figure(source, mention.item, want)
    if figure is None or figure.value is None:
        return None
    label = placed_name(context, source, figure)
    year = figure.year or setting.year
    dated = f"{year}年{label}" if year and context.zh else f"{label} ({year})"
    return replace(figure, label=dated if year else label)


_OF_ALL = re.compile(r"占全|占总|of the whole|province-wide|city-wide")
_OF_WHICH = re.compile(r"多少[^，。?？]*[，,、?？]?其中|占(?:全[市省区县州旗盟]|总)|\bof which\b")
_YEARS = re.compile(r"(20\d\d)年?")
_AREAS = re.compile(
    r"(?P<whole>全[市省区县州旗盟]|全地区)|(?P<own>[市省区县州盟]本?级|地区本级|(?<!基)本级|[市省区县州]直(?!接))"
)


def _settings(context: Context) -> list[Setting]:
    """The two settings that a question names: two places, two areas, two years."""
    plan, text = context.plan, context.plan.utterance.text
    reports = tuple(s.ledger.report for s in context.sources)
    regions = list(dict.fromkeys(r for *_, r in named_in(text, reports) if r in plan.regions))
    bare = text
    for start, end, _ in named_in(text, reports):
        bare = bare[:start] + " " * (end - start) + bare[end:]
    areas = list(dict.fromkeys(WHOLE if m.group("whole") else OWN for m in _AREAS.finditer(bare)))
    years = sorted({int(y) for y in _YEARS.findall(text)})
    year = years[0] if len(years) == 1 else None
    if year is None and not years and len(plan.scope.years) == 1:
        year = plan.scope.years[0]
    if areas == [WHOLE] and _OF_ALL.search(text):  # the part is what was asked before
        regions = regions or list(plan.regions)
        areas = areas if regions else list(dict.fromkeys((plan.area or WHOLE, WHOLE)))
    if len(regions) == 2 and len(years) < 2:
        return [Setting(year, "", r) for r in regions]
    whole_too = areas == [WHOLE] or (WHOLE in areas and _OF_ALL.search(text))
    if len(regions) == 1 and whole_too and len(years) < 2:
        return [Setting(year, "", regions[0]), Setting(year, WHOLE, "")]
    if len(regions) == 1 and not areas and len(years) < 2 and _OF_WHICH.search(text):
        return [Setting(year, "", ""), Setting(year, "", regions[0])]
    if len(regions) == 1 and areas == [OWN] and len(years) < 2:
        return [Setting(year, OWN, ""), Setting(year, "", regions[0])]
    if areas == [OWN] and not regions and len(years) < 2 and _OF_WHICH.search(text):
        return [Setting(year, WHOLE, ""), Setting(year, OWN, "")]
    if len(areas) == 2 and not regions:
        both = years if len(years) == 2 else [year, year]
        return [Setting(y, a, "") for y, a in zip(both, areas, strict=True)]
    if len(years) == 2 and len(regions) < 2 and len(areas) < 2:
        return [
            Setting(y, plan.area, regions[0] if regions else "", _planned(text, y)) for y in years
        ]
    return []


def _planned(text: str, year: int) -> bool:
    return bool(re.search(rf"{year}年?(?:度|的)?(?:年初|调整)?预算(?!收|支|执行)", text))
