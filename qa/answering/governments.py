"""Questions on governments' figures: one account's measures, places and years beside each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.answer import Answer, Status
from qa.answering import refuse
from qa.answering.beside import several_bodies
from qa.answering.context import Context, answered, clean
from qa.answering.debt_room import room
from qa.answering.files_together import files_together
from qa.answering.government_figures import (
    body_of,
    first_of,
    is_government,
    placed_name,
    plain_want,
    sure_accounts,
    year_of,
)
from qa.answering.passage_shares import share_in_place
from qa.answering.quoting import quote_place
from qa.answering.remarks import remark_of
from qa.answering.settings import two_settings
from qa.answering.tallies import adds_up, composed_of, either_or, places_agree
from qa.compose import Writer
from qa.coverage import OWN, WHOLE
from qa.figures import Figure, Source, difference_of, of_entry
from qa.gather import Want, candidates
from qa.ledger import PLAIN, Entry, SpanPlace
from qa.names import core
from qa.plan import LOOSE, Mention, Operation, Via
from qa.regions import spoken_of
from qa.vocabulary import cues

_PLAIN_ONES = (
    Operation.LOOKUP,
    Operation.NARRATE,
    Operation.LIST,
    Operation.AUDIT,
    Operation.CHANGES,
)
_OF_SETS = re.compile(
    r"哪[一]?[几些个项类种]|几个(?!百分点|点)|前[一二三四五六七八九十\d]|最[多大高低少小快慢]|"
    r"\b(?:which|how many|most|largest|highest)\b"
)


def answer(context: Context) -> Answer | None:
    """What only reports of governments need; None where the general handlers answer."""
    if not context.sources or not all(map(is_government, context.sources)):
        return None
    if context.plan.operation in (Operation.REASON, Operation.DEFINE, Operation.OVERVIEW):
        return None
    handlers = _OF_ALL if len(set(map(body_of, context.sources))) > 1 else _OF_ONE
    for handler in handlers:
        found = handler(context)
        if found is not None:
            return found
    return None


# --- several accounts and measures ----------------------------------------------------------------

_AMOUNT = re.compile(
    r"(?:收|完成|安排|执行|是|为|有|花|支出|收入|达到?|共|决算数|预算|各|分别|偿还|欠)(?:了|到)?"
    r"(?:是|有|为)?(?:多少|几[万亿])|"
    r"多少[万亿钱]|多大|多少[，,、?？和与及]|how much|what (?:was|is|were)|how large"
)
_RATE_ASKED = re.compile(
    r"(?:增长|下降|[增降涨跌]|上升|上涨|减少|增加|变动|增减)(?:了|幅度?|速度?|率|到|为|是)*"
    r"(?:多少|几)|[增降涨跌]幅|"
    r"增[速长]率?(?:呢|[?？]|$)|by what percent|\bgrowth\b|"
    r"how much did it (?:grow|rise|fall|change|drop)|"
    r"how did (?:it|they) change|growth rate|"
    r"what (?:was|is) the (?:growth|change)|(?:up|down) (?:by )?how much|"
    r"同比(?:呢|如何|怎么样|情况|变化)"
)
_COMPLETION_ASKED = re.compile(
    r"(?:完成|为|占|是)(?:了)?(?:年初|调整|变动)?预算数?的?(?:百分之|多少|几成|%|比例)|完成率|"
    r"完成(?:了)?(?:年初|调整|变动)?预算(?:的)?(?:百分之)?[多几]|"
    r"percent(?:age)? of (?:the |its )?(?:adjusted |initial )?budget|"
    r"against the (?:adjusted |initial )?budget"
)
_MEASURES = ((PLAIN, _AMOUNT), ("completion", _COMPLETION_ASKED), ("rate", _RATE_ASKED))
_IN_PERCENT = re.compile(r"百分之(?:多少|几)|多少个?百分点|几个百分点")
_SHARED = re.compile(r"占|比重|比例|share|proportion")
_MONEY_MOVED = re.compile(r"(?:增长|增加|减少|下降|[多少增减降])了?(?:多少|几)(?:万|亿|钱|元)")


def _free(context: Context) -> str:
    """The question without the accounts' own names: 耕地占用税 asks for no share."""
    text = context.plan.utterance.text
    for mention in context.plan.strong:
        text = text.replace(mention.surface, " ") if mention.surface else text
    return text


def _asked(text: str) -> list[str]:
    """The measures that a question names; the amount where accounts are named one after another."""
    amounts = _IN_PERCENT.sub(" ", text)
    return [n for n, cue in _MEASURES if cue.search(amounts if n == PLAIN else text)]


def _several(context: Context) -> Answer | None:
    """限额和余额各多少, 完成多少、增长多少: each account's measures, all of them or nothing."""
    plan, text = context.plan, context.plan.utterance.text
    mentions, measures = sure_accounts(context), _asked(text)
    completion = measures == ["completion"] and plan.operation is Operation.SHARE
    if (plan.operation not in _PLAIN_ONES and not completion) or plan.yesno or not mentions:
        return None
    if _SHARED.search(_free(context)):
        return None
    if _OF_SETS.search(text):
        return None
    few = len(mentions) * len(measures) < (1 if plan.period or measures == ["completion"] else 2)
    if few or len(mentions) > _MOST or _MONEY_MOVED.search(text):
        return None
    if len(plan.regions) > 1 or len(plan.scope.years) > 1:
        return None
    if len(mentions) > 1 and not _JOINED.search(text):
        return None
    writer, told = context.writer(), 0
    for mention in mentions:
        told += _write_account(context, writer, mention, measures or [PLAIN])
    return answered(writer) if told >= len(mentions) * len(measures) else None


_MOST = 6  # accounts that one answer lays side by side
_JOINED = re.compile(r"和|与|跟|及|、|以及|[，,]|\band\b")


_AREA_WORD = re.compile(
    r"(?P<whole>全[市省区县州旗盟]|全地区)|(?P<own>[市省区县州盟]本?级|地区本级|(?<!基)本级|[市省区县州]直(?!接))"
)


def _area_of(context: Context, mention: Mention) -> str:
    """全市甲和市级乙: the area said last before the account; else the one of the question."""
    text = context.plan.utterance.text
    aligned = len(context.plan.text) == len(text) and mention.start > 0
    at = mention.start if aligned else text.find(mention.surface)
    said = list(_AREA_WORD.finditer(text, 0, max(0, at)))
    if context.plan.area or not mention.surface or not said:
        return context.plan.area
    return WHOLE if said[-1].group("whole") else OWN


def _write_account(
    context: Context, writer: Writer, mention: Mention, measures: Sequence[str]
) -> int:
    """X为12亿元，完成预算的98%，较上年增长3%。 Returns how many measures were found."""
    figures: dict[str, Figure] = {}
    source = None
    for measure in measures:
        area = _area_of(context, mention)
        want = replace(plain_want(context, mention), side=context.plan.side, area=area)
        found = first_of(
            context, mention, want.measuring(measure, "prior" if measure == "rate" else "")
        )
        if found is not None:
            source, figures[measure] = found
    if source is None:
        return 0
    asked = len(figures)
    if "rate" in figures and (change := _change_beside(context, source, mention)) is not None:
        figures["change"] = change
    first = next(iter(figures.values()))
    writer.year(year_of(first, source)).say("", " ").name(placed_name(context, source, first))
    for position, (measure, figure) in enumerate(figures.items()):
        writer.say("，" if position else "", ", " if position else "")
        _write_measure(context, writer, measure, figure)
    writer.say("。", ".")
    return asked


def _worked_out(
    context: Context, source: Source, mention: Mention, amount: Figure
) -> Figure | None:
    """The amount by which an account moved, from its figure of the year before."""
    want = plain_want(context, mention).measuring("prior")
    before = context.figure(source, mention.item, want)
    printed = before is not None and before.entry is not None and before.value is not None
    return difference_of(amount, before) if printed and before is not None else None


def _change_beside(context: Context, source: Source, mention: Mention) -> Figure | None:
    """The amount by which an account moved, where the report prints it beside the rate."""
    want = plain_want(context, mention).measuring("change", "prior")
    figure = context.figure(source, mention.item, want)
    printed = figure is not None and figure.entry is not None and figure.value
    return figure if printed else None


def _write_measure(context: Context, writer: Writer, measure: str, figure: Figure) -> None:
    if measure == "completion":
        basis = figure.entry.basis if figure.entry else ""
        writer.say("完成", " reached ")
        writer.name((basis or "预算") if context.zh else "of the budget")
        writer.say("的", ": ").figure(figure).working(figure)
    elif measure == "rate" or figure.unit == "%":
        _write_move(context, writer, figure)
    elif measure == "change":
        fell = (figure.value or 0) < 0
        writer.say("金额减少" if fell else "金额增加", " down by " if fell else " up by ")
        writer.figure(figure).working(figure)
    else:
        planned = figure.entry is not None and figure.entry.measure == "budget"
        writer.say("的预算数为" if planned else "为", " (budget): " if planned else ": ")
        writer.figure(figure)


def _write_move(context: Context, writer: Writer, figure: Figure) -> None:
    """较上年增长3%, after 并非如问题所说 where the question takes the other way for granted."""
    value = figure.value or 0
    basis = figure.entry.basis if figure.entry else ""
    writer.say("较", "against ")
    writer.name((basis or "上年") if context.zh else "the year before")
    asked = context.plan.direction
    if asked and ((asked == "up") != (value > 0)):
        writer.say("并非如问题所说，而是", ", contrary to the question,")
    if value == 0:
        writer.say("持平，即", " unchanged: ").figure(figure)
        return
    writer.say("下降" if value < 0 else "增长", " fell by " if value < 0 else " rose by ")
    writer.figure(figure).working(figure)


# --- premises -------------------------------------------------------------------------------------


def _moved(context: Context) -> Answer | None:
    """增长多少, 是涨了吧: the rate as the report prints it, with the amount beside it."""
    plan, text = context.plan, context.plan.utterance.text
    mentions = sure_accounts(context) or [m for m in plan.mentions if m.via not in LOOSE]
    asks = (
        plan.measure in ("rate", "change")
        or (plan.yesno and plan.direction)
        or _CLAIMED.search(text)
    )
    if (
        plan.operation not in _PLAIN_ONES
        or not asks
        or len(mentions) != 1
        or cues().first("bases", text) == "budget"
    ):
        return None
    if len(plan.scope.years) > 1 or _SHARED.search(_free(context)):
        return None
    if _OF_SETS.search(text):
        return None
    want = plain_want(context, mentions[0])
    want = replace(want, side=plan.side)
    rate = first_of(context, mentions[0], want.measuring("rate", "prior"))
    if rate is None or (rate[1].entry is None and rate[1].step is None):
        return None
    source, figure = rate
    amount = context.figure(source, mentions[0].item, want)
    writer = context.writer()
    named = amount if amount is not None and amount.value is not None else figure
    writer.year(year_of(named, source)).say("", " ").name(placed_name(context, source, named))
    if amount is not None and amount.value is not None:
        writer.say("为", ": ").figure(amount).say("，", ", ")
    _write_move(context, writer, figure)
    change = _change_beside(context, source, mentions[0])
    if change is None and plan.measure == "change" and amount is not None:
        change = _worked_out(context, source, mentions[0], amount)
    if change is not None and (change.value or 0) * (figure.value or 0) > 0:
        writer.say("，", ", ")
        _write_measure(context, writer, "change", change)
    return answered(writer.say("。", "."))


_CLAIMED = re.compile(
    r"\b(?:up or down|rise or fall|grow or shrink|increase or decrease)\b|"
    r"(?:增长|上升|[增涨升])还是(?:下降|减少|[减跌降])|(?:下降|减少|[减跌降])还是(?:增长|上升|[增涨升])|"
    r"(?:是|确实|真的)?(?:增长|增加|上升|上涨|涨|增|下降|减少|降|跌)(?:了|的)?[^，。?？]{0,8}(?:吧|对吧|对吗|没错吧|是吧|是吗|属实|真的吗|对不对)"
)
_DONE_ASKED = re.compile(
    r"(?:没有?|未|是否|有没有|超额?)?完成了?(?:年初|调整|变动|全年)?预算(?:任务)?了?(?:吗|么|吧|没有?|[?？]|$)|超额?完成|"
    r"达到了?(?:年初|调整)?预算|did .{0,40}(?:meet|reach|exceed) (?:the |its )?(?:adjusted )?budget"
)
_SHORT = re.compile(r"没有?完成|未完成|不到|没达到|short")
_BEYOND = re.compile(r"超额|超过|超了|exceed")


def _completed(context: Context) -> Answer | None:
    """超过调整后的预算没有: the completion, and whether it is as the question has it."""
    plan, text = context.plan, context.plan.utterance.text
    mentions = sure_accounts(context)
    if not _DONE_ASKED.search(text) or len(mentions) != 1 or plan.operation not in _PLAIN_ONES:
        return None
    want = replace(plain_want(context, mentions[0]), side=plan.side)
    found = first_of(context, mentions[0], want.measuring("completion"))
    if found is None or found[1].value is None:
        return None
    source, figure = found
    value = figure.value or 0
    short, beyond = value < 100, value > 100
    writer = context.writer()
    if (_SHORT.search(text) and not short) or (_BEYOND.search(text) and not beyond):
        writer.say("并非如此：", "Not so: ")
    elif short and not _SHORT.search(text):
        writer.say("没有完成：", "Not reached: ")
    amount = context.figure(source, mentions[0].item, want)
    named = amount if amount is not None and amount.value is not None else figure
    writer.year(year_of(named, source)).say("", " ").name(placed_name(context, source, named))
    if amount is not None and amount.value is not None:
        writer.say("为", ": ").figure(amount).say("，", ", ")
    _write_measure(context, writer, "completion", figure)
    writer.say("，低于预算" if short else "，超过预算" if beyond else "，正好完成",
               ", below it" if short else ", above it" if beyond else ", exactly")  # fmt: skip
    return answered(writer.say("。", "."))


# --- the index against the year before ------------------------------------------------------------

_INDEX_ASKED = re.compile(
    r"(?:为|是|相当于|占)上年(?:决算数|执行数|完成数|数)?的?(?:百分|多少|%|比例|几成)"
)


def _index(context: Context) -> Answer | None:
    """相当于上年的百分之几: the percentage as the table prints it."""
    mentions = sure_accounts(context)
    if not _INDEX_ASKED.search(context.plan.utterance.text) or len(mentions) != 1:
        return None
    found = first_of(context, mentions[0], plain_want(context, mentions[0]).measuring("index"))
    if found is None:
        return None
    source, figure = found
    writer = context.writer().year(year_of(figure, source)).say("", " ")
    writer.name(placed_name(context, source, figure)).say("为上年的", " against the year before: ")
    return answered(writer.figure(figure).say("。", "."))


# --- an account that its further words name more closely --------------------------------------

_CLOSE = 0.6  # the share of the further words that a closer label must have
_TELLING = 4  # characters that can tell an account from its whole


def _finer(context: Context) -> Answer | None:
    """再融资债券里用于置换债务的有多少: the account whose own label has these words too."""
    plan, mentions = context.plan, sure_accounts(context)
    words = "".join(re.findall(r"[\u4e00-\u9fff]+", plan.leftover))
    if plan.operation not in _PLAIN_ONES or len(mentions) != 1 or len(words) < _TELLING:
        return None
    if plan.measure not in ("", PLAIN) or plan.yesno:
        return None
    pairs = {words[i : i + 2] for i in range(len(words) - 1)}
    name = core(mentions[0].surface or mentions[0].item)
    for source in context.sources:
        labels = {e.item: core(e.label) for e in source.ledger.entries if name in core(e.label)}
        close = {
            item
            for item, label in labels.items()
            if item != mentions[0].item
            and sum(p in label.replace(name, "") for p in pairs) >= _CLOSE * len(pairs)
        }
        if len(close) == 1:
            item = close.pop()
            found = Mention(-2, -1, labels[item], item, Via.NAME)
            writer = context.writer()
            if _write_account(context, writer, found, [PLAIN]):
                return answered(writer)
    return None


_FUNDS_OF = {
    "income": ("general.revenue", "fund.government"),
    "expenditure": ("fund.general.expenditure", "fund.government"),
}


def _side_only(context: Context) -> Answer | None:
    """收入多少, of no fund in particular: that of each fund that the report tells of."""
    plan = context.plan
    sides = {m.surface for m in plan.mentions}
    if plan.strong or plan.leftover or not sides <= {"收入", "支出"} or not sides:
        return None
    if plan.operation not in _PLAIN_ONES or plan.measure not in ("", PLAIN) or not plan.side:
        return None
    writer, told = context.writer(), 0
    for item in _FUNDS_OF[plan.side]:
        mention = Mention(-2, -1, item, item, Via.NAME)
        told += _write_account(context, writer, mention, [PLAIN])
    return answered(writer) if told else None


# --- the year before, the budget as adjusted ------------------------------------------------------

_BEFORE = re.compile(r"(?:上年|去年|上一年)[末底]|年初(?!预算)[^，。?？]{0,6}余额")
_ADJUSTED = re.compile(
    r"预算[^，。?？]{0,4}(?:调增|调减|追加|调整了)|调整(?:后的?)?预算数?(?:比|较|和|与|跟)(?:年初|原)?预算"
)


def _year_end_before(context: Context) -> Answer | None:
    """上年末债务余额: the figure of the year before, not this year's."""
    mentions = sure_accounts(context)
    if not _BEFORE.search(context.plan.utterance.text) or len(mentions) != 1:
        return None
    found = first_of(context, mentions[0], plain_want(context, mentions[0]).measuring("prior"))
    if found is None:
        return refuse.not_said(context) if not context.plan.scope.years else None
    source, figure = found
    writer = context.writer().year(figure.year).say("", " ")
    writer.name(placed_name(context, source, figure)).say("为", ": ").figure(figure)
    return answered(writer.say("。", "."))


def _adjusted(context: Context) -> Answer | None:
    """预算调减了多少: the adjusted budget less the initial one, as one table prints both."""
    mentions = sure_accounts(context)
    if not _ADJUSTED.search(context.plan.utterance.text) or len(mentions) != 1:
        return None
    for source in context.sources:
        want = plain_want(context, mentions[0]).measuring("budget")
        first = context.figure(source, mentions[0].item, replace(want, text=""))
        later = context.figure(source, mentions[0].item, replace(want, text=_LATER))
        gap = difference_of(later, first) if first is not None and later is not None else None
        if first is None or later is None or gap is None or gap.value is None:
            continue
        writer = context.writer().name(placed_name(context, source, later))
        writer.say("的年初预算为", ": budget ").figure(first).say("，调整预算为", ", adjusted ")
        writer.figure(later).say("，", ", ")
        writer.say("减少" if gap.value < 0 else "增加", " down " if gap.value < 0 else " up ")
        return answered(writer.figure(gap).working(gap).say("。", "."))
    return None


_LATER = "调整预算"


def _of_column(context: Context) -> Answer | None:
    """城乡居民医疗保险支出多少: the row of a side in the column that the question names."""
    plan = context.plan
    if any(m.via not in LOOSE for m in plan.strong) or not plan.side:
        return None
    if plan.operation not in _PLAIN_ONES or plan.measure not in ("", PLAIN):
        return None
    item = f"{plan.side}.total"
    want = Want(side=plan.side, year=_only_year(context), area=plan.area, text=plan.utterance.text)
    for source in context.sources:
        own = replace(want, keys=frozenset({item}))
        found = [c.entry for c in candidates(source.ledger, item, own) if c.entry.required]
        if found and found[0].value is not None:
            entry = found[0]
            column = "、".join(sorted(entry.required))
            writer = (
                context.writer().year(entry.year).say("", " ").name(f"{column}{clean(entry.label)}")
            )
            return answered(writer.say("为", ": ").figure(of_entry(entry)).say("。", "."))
    return None


def _only_year(context: Context) -> int | None:
    years = context.plan.scope.years
    return years[0] if len(years) == 1 else None


# --- what the report only says in words, or of no such place --------------------------------------

_LIKE = re.compile(r"同口径|可比口径|剔除|like-for-like|comparable basis")


def _like_for_like(context: Context) -> Answer | None:
    """同口径增长多少: as the remark beside the figure has it; never the plain rate."""
    if not _LIKE.search(context.plan.utterance.text):
        return None
    for source in context.sources:
        for mention in sure_accounts(context):
            found = remark_of(context, source, mention)
            if found is not None and _LIKE.search(found[0]):
                writer = context.writer().name(mention.surface or mention.item)
                writer.say("：报告写道", ": the report says ")
                quote_place(writer, source.ledger.report, found[1])
                return answered(writer.say("。", "."))
    return refuse.not_said(context) if sure_accounts(context) else None


_PLACE = re.compile(r"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{2,3}[市县区旗])(?!级|本级|直)")
_SETS = (Operation.RANK, Operation.COUNT, Operation.LIST, Operation.SPREAD)
_ABOVE = re.compile(r"全[省国](?!人大|会)")


def _is_province(context: Context) -> bool:
    bodies = [body_of(s) for s in context.sources]
    return any(body.endswith(("省", "自治区")) for body in bodies)


_ZONE = re.compile(
    r"(?<![个各些大类级])(?P<name>[\u4e00-\u9fff]{0,6}(?:经开区|开发区|高新区|度假区|示范区|管理区))"
    r"(?!建设|债)"
)
_COMMON = re.compile(
    r".?[各全本我该哪几]|.*(?:社区|地区|辖区|园区|发区|理区|假区|新区|城区|县市|县区|市区)"
)


def _elsewhere(context: Context) -> Answer | None:
    """甲市税收多少, of a place that the report has no figure for."""
    plan = context.plan
    if plan.strong and _ABOVE.search(plan.utterance.text) and not _is_province(context):
        return refuse.not_said(context)  # a city's report has no figure of its province
    zone = _ZONE.search(plan.text.replace("□", "")) if not plan.regions else None
    if zone is not None and not re.search(r"[个各哪几]", zone.group("name")):
        said = any(zone.group("name") in s.ledger.text for s in context.sources)
        return None if said and plan.operation in _SETS else refuse.not_said(context)
    found = _PLACE.search(plan.text)
    if found is None or _COMMON.match(found.group("name")) or plan.regions:
        return None
    if not (plan.strong and (plan.money or _AMOUNT.search(plan.text) or plan.measure)):
        return None
    name = found.group("name")
    ledgers = [s.ledger for s in context.sources]
    if any(name in e.label or name in "".join(e.path) for led in ledgers for e in led.entries):
        return None
    return refuse.not_said(context)


_OF_ALL = (several_bodies,)
_OF_ONE = (
    _elsewhere,
    _like_for_like,
    _year_end_before,
    _adjusted,
    _of_column,
    _finer,
    room,
    files_together,
    either_or,
    adds_up,
    composed_of,
    places_agree,
    _side_only,
    two_settings,
    share_in_place,
    _index,
    _several,
    _completed,
    _moved,
)


# --- held to the place and year asked for ---------------------------------------------------------


_QUOTING = ("报告写道", "The report says")


def held_to(context: Context, given: Answer) -> Answer:
    """A quotation of another place, area or year than the one asked about is no answer."""
    plan = context.plan
    if given.status is not Status.ANSWERED or len(context.sources) != 1:
        return given
    if not any(said in given.answer for said in _QUOTING):
        return given
    if not is_government(context.source) or not given.citations:
        return given
    quoted = [c for c in given.citations if not c.table and c.quote]
    if len(quoted) != len(given.citations) or plan.operation is Operation.DEFINE:
        return given
    if any(_fits(context, c.quote, c.section) for c in quoted):
        return given
    return refuse.not_said(context)


def _fits(context: Context, quote: str, section: str) -> bool:
    """Whether a quotation's figures are of the place and year asked for; words alone fit."""
    plan, report = context.plan, context.source.ledger.report
    if plan.regions:
        ways = [w for w, name in spoken_of(report).items() if name in plan.regions]
        if any(way in quote or way in section for way in ways):
            return True
    entries = _within(context, quote)
    return not (entries or plan.regions) or any(_of_place(context, e) for e in entries)


def _within(context: Context, quote: str) -> list[Entry]:
    ledger = context.source.ledger
    found: list[Entry] = []
    for passage in ledger.report.passages:
        at = passage.text.find(quote)
        if at >= 0:
            found += ledger.within(SpanPlace(passage.id, at, at + len(quote)))
    return found


def _of_place(context: Context, entry: Entry) -> bool:
    plan = context.plan
    areas = entry.context & {"area.whole", "area.own"}
    year = plan.scope.years[0] if len(plan.scope.years) == 1 else None
    if entry.region not in (plan.regions or ("",)) or entry.period != plan.period:
        return False
    if plan.area and areas and plan.area not in areas:
        return False
    if plan.area == "area.own" and not areas and context.source.ledger.has_own_level:
        return False
    return not plan.scope.missing and (year is None or entry.year in (None, year))
