"""The sets of a government's tables: heads of spending, taxes, counties, zones, by any measure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus import Level, Row, Table
from qa.answering.context import Context, clean
from qa.answering.members import Group, Member, clean_title
from qa.coverage import OWN, WHOLE
from qa.figures import Figure, Source, of_entry, percent_above, rate_of_index
from qa.gather import MONEY
from qa.ledger import PLAIN, CellPlace, Entry, SpanPlace
from qa.names import core
from qa.plan import LOOSE, Mention, Operation
from qa.regions import COUNTIES, below, regions_of

_SETS = (Operation.RANK, Operation.COUNT, Operation.LIST, Operation.SPREAD)
_TAXES = re.compile(
    r"税种|哪[个种项些]?一?个?(?:主要)?税(?!收收入)|[几各多少]个?税[?？的里]|哪些税|"
    r"\b(?:which|what) tax(?:es)?\b|"
    r"\bhow many taxes\b|\b(?:largest|biggest|highest|smallest|lowest) tax\b"
)
_PLACES = re.compile(
    r"(?:哪[一个些几]*|几个?|多少个?|[各两三四五六七八九十\d]+个?|最[多大高低少小]的)(?:是哪个?)?的?"
    r"(?P<kind>地级市|省辖市|县市区|县区|市县|市州|旗县|地区|管理区|开发区|园区|市|县|区|旗|州|地方)(?!级|本|直|税|场)|"
    r"(?P<inside>县市区|县市|县区|市县|县|区)(?:里|中|当中|之中|里面)(?!心|国)|"
    r"的(?P<counted>县市区|县市|县区|市县|市|县|区|旗)(?:一共|共)?(?:有|是)?(?:几个|多少个|哪[些几])|"
    r"\b(?:which|what|how many) "
    r"(?P<english>cit(?:y|ies)|count(?:y|ies)|districts?|zones?|regions?|places?)\b"
)
_HEADS = re.compile(
    r"科目|哪[一]?[些几]?[个项类]|哪些(?:方面)?(?:支出|收入)|(?:支出|收入)(?:项目|里|中|当中)|哪[方块]面|领域|"
    r"支出(?:最|增|降|下|上|排)|收入(?:最|增|降|排)|前[一二两三四五六七八九十\d]|最[多大高少小低快慢]的?[一二两三四五六七八九十\d]*[个项类]|"
    r"\b(?:items?|heads?|categor(?:y|ies)|functions?|accounts?|areas?|largest|biggest|highest|smallest|fastest)\b"
)
_NOUN = re.compile(
    r"支出|收入|科目|领域|类|[一几哪些]项|\b(?:expenditure|spending|revenue|income|items?|functions?|heads?)\b"
)
_RATE = re.compile(
    r"增[长幅速]|[降涨跌]幅|下降|上升|上涨|增加|减少|[增降涨跌](?:得|了|的|最)|同比|比(?:上年|去年|20\d\d年)|更?[快慢]|"
    r"\b(?:grew|grow|growth|rose|rise|fell|fall|fastest|drop|dropp?ed|decreas|increas|declin)"
)
_AMOUNT_MOVED = re.compile(
    r"(?:增加|减少|增|减|多|少)(?:额|了多少(?:万|亿|钱|元))|increase in amount"
)
_COMPLETED = re.compile(
    r"完成(?:率|调整|年初|变动|预算|程度|进度|比例|得)|执行(?:率|进度)|超额?完成|没有?完成|未完成|不到预算|"
    r"completion|budget execution|of (?:the |its )?(?:adjusted )?budget"
)
_TOTAL = re.compile(
    r"(?:合计|总计|小计|总额|平衡|收入$)|^(?:一般公共预算|政府性基金|国有资本经营|社会保险基金|地方一般公共预算).{0,4}(?:收入|支出)"
)
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+、|\d{1,2}[、.．])")
_FEWEST = 3


def of_question(context: Context) -> Group | None:
    """The set that a question on a government points at; None where it points at none."""
    plan = context.plan
    governments = [s for s in context.sources if _is_government(s)]
    if plan.operation not in _SETS or len(governments) != len(context.sources):
        return None
    text = plan.utterance.text
    places = _PLACES.search(text)
    for source in governments:
        group = _of_places(context, source, places) if places else None
        if group is not None:
            return group
    if places and not _HEADS.search(_PLACES.sub(" ", text)):
        return None
    if not _TAXES.search(text) and any(m.item not in _WHOLES for m in _sure(context)):
        return None  # the parts of an account that is named are not the heads of a budget
    if not (_TAXES.search(text) or (_HEADS.search(text) and _NOUN.search(text))):
        return None
    return _of_heads(context, governments)


_WHOLES = frozenset(
    {
        *("general.revenue", "fund.general.expenditure", "expenditure.total", "income.total"),
        *("fund.general", "fund.government", "fund.capital", "grand.total"),
        *("税收收入", "非税收入", "社会保险基金", "社会保险基金收入"),
    }
)


def _sure(context: Context) -> list[Mention]:
    return [m for m in context.plan.strong if m.via not in LOOSE]


def _is_government(source: Source) -> bool:
    return source.ledger.report.identity.level is Level.GOVERNMENT


def _measure(context: Context) -> str:
    """What the members are measured by."""
    text = context.plan.utterance.text
    if _COMPLETED.search(text):
        return "completion"
    if re.search(r"占比|比重", text):
        return "share"
    if _AMOUNT_MOVED.search(text):
        return "change"
    if _RATE.search(text) and context.plan.basis != "budget":
        return "rate"
    return "budget" if context.plan.measure == "budget" else PLAIN


# --- places ---------------------------------------------------------------------------------------


def _of_places(context: Context, source: Source, said: re.Match[str] | None) -> Group | None:
    """The counties or zones of one level, by the account that the question names."""
    kind = (
        (said.group("kind") or said.group("counted") or said.group("inside") or "") if said else ""
    )
    names = _of_kind(source, kind)
    cities = below(source.ledger.report)
    inside = [r for r in context.plan.regions if r in cities.values()]
    if inside:  # of one city its counties
        names = tuple(n for n, city in cities.items() if city in inside)
    for mention in (*context.plan.strong, *context.plan.mentions):
        members = []
        for name in names:
            want = replace(context.want(mention), region=name, area="", units=frozenset())
            measure = _measure(context)
            figure = context.figure(source, mention.item, want.measuring(measure))
            if figure is not None and figure.value is not None:
                sense = "moved" if measure in ("rate", "change") else ""
                members.append(Member(name, name, replace(figure, label=name), sense=sense))
        if len(members) >= 2:
            label = context.called(members[0].figure.label, mention.item)
            label = clean(members[0].figure.entry.label) if members[0].figure.entry else label
            return Group(_without(label, names), tuple(members), source)
    return None


def _without(label: str, names: Iterable[str]) -> str:
    """An account's label without the place that it opens with."""
    return next((label.removeprefix(n) for n in names if label.startswith(n)), label)


_OF_KIND = {
    "地级市": ("市",),
    "省辖市": ("市",),
    "市": ("市",),
    "县": ("县", "自治县"),
    "区": ("区",),
    "旗": ("旗",),
    "州": ("州",),
    "管理区": ("管理区", "度假区", "开发区", "新区", "园区"),
    "开发区": ("开发区", "管理区", "度假区", "新区", "园区"),
    "园区": ("开发区", "管理区", "度假区", "新区", "园区"),
}
_ZONES = ("管理区", "度假区", "开发区", "新区", "园区", "示范区", "高新区")


def _of_kind(source: Source, kind: str) -> tuple[str, ...]:
    """The regions of a kind; of cities those that have counties below, where some have."""
    regions = regions_of(source.ledger.report) - {COUNTIES}
    plain = sorted(r for r in regions if not r.endswith("本级"))
    upper = [r for r in plain if f"{r}本级" in regions]
    endings = _OF_KIND.get(kind)
    if kind in ("市", "地级市", "省辖市", "市州") and upper:
        return tuple(upper)
    if kind in ("地区", "地方") and upper:
        return tuple(upper)
    if kind == "区" and not any(r.endswith("区") and not r.endswith(_ZONES) for r in plain):
        endings = _ZONES
    if endings is None:
        return tuple(r for r in plain if r not in upper)
    fitting = tuple(r for r in plain if r.endswith(endings) and r not in upper)
    return fitting or tuple(r for r in plain if r not in upper)


# --- heads of a table -----------------------------------------------------------------------------


def _of_heads(context: Context, sources: Sequence[Source]) -> Group | None:
    measure = _measure(context)
    best: tuple[float, Group] | None = None
    for source in sources:
        for table in source.ledger.report.tables:
            score = _fits(context, table)
            members = _members(context, source, table, measure) if score is not None else ()
            if score is None or len(members) < _FEWEST:
                continue
            score += 0.01 * len(members)
            if best is None or score > best[0]:
                best = (score, Group(clean_title(table.title), members, source, kind="rows"))
    if best is not None:
        return best[1]
    said = _of_sentences(context, sources, measure)
    if said is None and measure == "share":  # the largest share is the largest amount
        return _of_sentences(context, sources, PLAIN)
    return said


_OTHER_FUNDS = (("政府性基金", "基金"), ("国有资本经营", "国有资本"), ("社会保险", "社保"))
_NO_SET = re.compile(r"明细|转移支付|债务|债券|三公|基本建设|基本支出|平衡")


def _fits(context: Context, table: Table) -> float | None:
    """How well a table fits what is said of side, fund and place; None where it does not."""
    text, title = context.plan.utterance.text, table.title
    if _NO_SET.search(title) and not any(w in text for w in _NO_SET.findall(title)):
        return None
    for fund, said in _OTHER_FUNDS:
        if (fund in title) != (said in text):
            return None
    side = _side(context)
    both = "收支" in title or ("收入" in title and "支出" in title)
    named = {"income": "收入", "expenditure": "支出"}[side]
    if named not in title and not both:
        return None
    if not re.search(r"20\d\d", title) and not both and not title:
        return None
    return 0.5 if both else 1.0


def _side(context: Context) -> str:
    text = context.plan.utterance.text
    if _TAXES.search(text) or context.plan.side == "income":
        return "income"
    return (
        "income"
        if re.search(r"收入|revenue|income", text) and "支出" not in text
        else "expenditure"
    )


def _members(context: Context, source: Source, table: Table, measure: str) -> tuple[Member, ...]:
    """The rows of a set with the figure asked for, in the year and area asked for."""
    rows = _rows(context, table)
    found = []
    for row in rows:
        figure = _of_row(context, source, table, row, measure)
        if figure is not None and figure.value is not None:
            label = clean(row.label)
            item = core(row.label)
            sense = "moved" if measure in ("rate", "change") else ""
            found.append(Member(label, item, replace(figure, label=label), sense=sense))
    return tuple(found)


def _rows(context: Context, table: Table) -> list[Row]:
    """Taxes, or the numbered heads of one side without totals; of revenue the items themselves."""
    side, text = _side(context), context.plan.utterance.text
    if _TAXES.search(text):
        return [r for r in table.rows if re.search(r"税(?:及其他)?$", r.label)]
    of_side = [r for r in table.rows if not _TOTAL.search(core(r.label)) or _kept(r, side)]
    if side == "expenditure":
        heads = [r for r in of_side if _NUMBERED.match(r.label) and "收入" not in r.label]
        return heads if len(heads) >= _FEWEST else [r for r in of_side if "支出" in r.label]
    if "科目" not in text and "哪" in text and re.search(r"税收|非税", text) is None:
        return [r for r in of_side if r.label and "支出" not in r.label and not _sub_total(r)]
    return [r for r in of_side if r.label and "支出" not in r.label and not _sub_total(r)]


def _kept(row: Row, side: str) -> bool:
    """Whether a row of revenue is an item though its name ends in 收入."""
    whole = re.match(
        r"(?:地方)?(?:一般公共预算|政府性基金|国有资本经营预算|社会保险基金)", core(row.label)
    )
    total = re.search(r"合计|总计|小计|平衡", row.label)
    return side == "income" and not whole and not total


def _sub_total(row: Row) -> bool:
    return core(row.label) in ("税收收入", "非税收入")


def _of_row(
    context: Context, source: Source, table: Table, row: Row, measure: str
) -> Figure | None:
    """A row's figure by the measure: printed, or worked out from what the row prints."""
    entries = [
        e
        for e in source.ledger.of_table(table.id)
        if isinstance(e.place, CellPlace) and e.place.row == row.id and _here(context, source, e)
    ]

    def printed(name: str) -> Figure | None:
        own = (e for e in entries if e.measure == name and not e.required and not e.region)
        return next((of_entry(e) for e in own if e.value is not None), None)

    if measure in ("rate", "change"):
        now, before = printed(PLAIN), printed("prior")
        if measure == "change":
            return printed("change") or (now and before and _minus(now, before)) or None
        index = printed("index")
        if any(e.measure in ("rate", "index") for e in entries):
            worked_out = None  # the table has the rate, and leaves it out here
        else:
            worked_out = now and before and percent_above(now, before)
        return printed("rate") or (rate_of_index(index) if index else None) or worked_out or None
    return printed(measure)


def _minus(now: Figure, before: Figure) -> Figure | None:
    from qa.figures import difference_of

    return difference_of(now, before)


def _here(context: Context, source: Source, entry: Entry, lenient: bool = False) -> bool:
    """Whether a figure is of the year and area asked for; of the whole unless `lenient`."""
    plan, own = context.plan, source.year
    year = plan.scope.years[0] if len(plan.scope.years) == 1 else own
    area = WHOLE if WHOLE in entry.context else OWN if OWN in entry.context else ""
    if plan.area and area and area != plan.area:
        return False
    if (
        not lenient
        and not plan.area
        and area == OWN
        and source.ledger.has_own_level
        and _has_whole(source)
    ):
        return False
    return entry.measure == "prior" or entry.year in (None, year)


def _has_whole(source: Source) -> bool:
    return any(WHOLE in e.context for e in source.ledger.entries)


# --- heads that sentences list --------------------------------------------------------------------


def _of_sentences(context: Context, sources: Sequence[Source], measure: str) -> Group | None:
    """The heads that the paragraphs of one part count one after another."""
    side = _side(context)
    for source, lenient in [(s, False) for s in sources] + [(s, True) for s in sources]:
        parts: dict[tuple[str, ...], list[Entry]] = {}
        for entry in source.ledger.entries:
            if _is_head(context, source, entry, side, measure, lenient):
                parts.setdefault(entry.path[:2], []).append(entry)
        best = max(parts.values(), key=len, default=[])
        kept = {e.item: e for e in reversed(best)}
        if len(kept) > _FEWEST:
            members = tuple(
                Member(clean(e.label), e.item, of_entry(e)) for e in reversed(kept.values())
            )
            return Group("", members, source, kind="rows")
    return None


def _is_head(
    context: Context, source: Source, entry: Entry, side: str, measure: str, lenient: bool
) -> bool:
    """教育支出12亿元: the amount, or the measure asked for, of a head of one side."""
    if not isinstance(entry.place, SpanPlace) or entry.region or entry.period:
        return False
    if entry.value is None:
        return False
    wanted = entry.measure == measure and (measure != PLAIN or entry.unit in MONEY)
    word = "支出" if side == "expenditure" else "收入"
    if "类" in context.plan.utterance.text and entry.label.endswith("类支出"):
        return wanted and _here(context, source, entry, lenient)
    named = entry.label.endswith(word) and not re.search(r"类支出|合计|总计|转移性", entry.label)
    total = _TOTAL.search(core(entry.label)) and side == "expenditure"
    return wanted and named and not total and _here(context, source, entry, lenient)
