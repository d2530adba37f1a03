"""Who, when and in what: names, years and units that do not fit the report."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from corpus import Claim, Kind, Measure
from qa.audit.amounts import is_money
from qa.audit.case import Case
from qa.audit.findings import Rule, Severity, Trial, fails, holds, untried
from qa.audit.operands import level
from qa.audit.places import cells_named, cells_of

_OPENING = re.compile(
    r"^\s*(?:\d{1,2}[.、．]|[（(]?[一二三四五六七八九十]+[）)、])?"
    r"(?P<name>[\u4e00-\u9fff（()）]{6,60}?(?:局|处|院|委|会|办|室|中心|厅|馆|所|站|校|队|学院|大学|政府))"
    r"(?=20\d\d年(?:度)?[^，。；]{0,20}?(?:收|支|预算|决算|无|政府))"
)
_YEAR = re.compile(r"(?P<year>20\d\d)\s*年")
_COMPARED = re.compile(
    r"(?:与|比|较|同)\s*(?P<year>20\d\d)\s*年(?:度)?(?:年初)?(?:部门)?(?:预算执行数?|预算数?|决算数?)?"
    r"(?:相比|比较|相较|增加|减少|增长|下降|持平)"
)
_AS_OF = re.compile(r"截[至止]\s*(?P<year>20\d\d)\s*年\s*12\s*月\s*31\s*日")
_HEAD = re.compile(r"^(?:[^，。；：\d]{0,40})(?P<year>20\d\d)\s*年(?:度)?(?!\s*\d)")
_UNITLESS = re.compile(
    r"(?:预算|决算|支出|收入|经费|费用|资金)(?:数|额|总额|合计|总计)?(?:为|是|共|共计)?\s*"
    r"(?P<figure>\d[\d,，]*[.．]\d{1,2})(?=[，。；、])"
)
_MONEY_WORDS = re.compile(r"支出|收入|经费|费$|费用|预算|决算|资金|金额|总额|投入|补助|支持|补贴")
_ENOUGH, _MOSTLY = 10, 0.9  # amounts from which, and share of them by which, a unit is usual
_PLANS = (Measure.AMOUNT, Measure.BUDGET)


def check_names(case: Case) -> Iterator[Trial]:
    """某局2023年度…: a sentence that opens with a name opens with the report's."""
    body = _plain(case.report.identity.body)
    if not body or case.is_form or not case.is_own:
        yield untried("无法确定报告的单位名称", "whose report it is cannot be told")
        return
    for passage in case.report.passages:
        for match in _OPENING.finditer(passage.text):
            name = _plain(match["name"])
            if _within(name, body) or _within(body, name):
                yield holds()
                continue
            yield fails(
                f"正文写作“{match['name']}”，与报告单位名称“{case.report.identity.body}”不符",
                f"the text says {match['name']}; the report is that of {case.report.identity.body}",
                (case.span(passage.id, match.start("name"), match.end("name")),),
                (case.report.identity.body,),
                (match["name"],),
            )


def _plain(name: str) -> str:
    return re.sub(r"[\s()]|部门|单位|本级|机关$", "", unicodedata.normalize("NFKC", name))


def _within(short: str, long: str) -> bool:
    """Whether a name shortens another: all its characters stand there in the same order."""
    rest = iter(long)
    return all(char in rest for char in short)


def check_years(case: Case) -> Iterator[Trial]:
    """Titles name the report's year, comparisons the year before, closing dates its end."""
    year = case.report.identity.year
    if year is None or not case.is_own or case.is_form:
        yield untried("不是单个单位的年度报告", "not one body's report of one year")
        return
    yield from _titles(case, year)
    for passage in case.report.passages:
        for match in _COMPARED.finditer(passage.text):
            if not _compares_money(case, passage.id, match.end()):
                continue  # the work of several years may be compared
            yield _year(case, passage.id, match, year - 1, "应与上年比较")
        if case.report.identity.kind is Kind.FINAL:
            for match in _AS_OF.finditer(passage.text):
                yield _year(case, passage.id, match, year, "应为本年末")
        head = _HEAD.match(passage.text)
        if head is not None and _states(case, passage.id, head):
            yield _year(case, passage.id, head, year, "应为本年")


def _compares_money(case: Case, passage: int, position: int) -> bool:
    """Whether the first figure behind a position tells how an amount of money changed."""
    behind = [c for c in case.figures(passage) if c.end >= position]
    if not behind or behind[0].measure not in (Measure.CHANGE, Measure.RATE):
        return False
    now = level(case, behind[0])
    return now is not None and now.is_money


def _states(case: Case, passage: int, head: re.Match[str]) -> bool:
    """Whether a passage opens with a year and goes on to state that year's amount."""
    text = case.report.passages[passage].text
    clause = re.split("[，。；]", text[head.end() :], maxsplit=1)[0]
    figures = case.figures(passage)
    first = figures[0] if figures else None
    return (
        first is not None
        and first.measure in _PLANS
        and first.start < head.end() + len(clause)
        and "执行数" not in clause
        and bool(cells_named(case, first.subject, ()))
    )


def _titles(case: Case, year: int) -> Iterator[Trial]:
    for table in case.report.tables:
        match = _YEAR.search(table.title)
        if match is None or not table.statement or not table.cells:
            continue
        if int(match["year"]) == year:
            yield holds()
            continue
        cell = table.cells[0]
        place = case.printed((table.id, cell.row, cell.column), table.title)
        yield fails(
            f"表题“{table.title}”的年份与报告年度{year}年不符",
            f"the title {table.title} is of another year than {year}",
            (place,),
            (table.title,),
            (match.group(),),
        )


def _year(case: Case, passage: int, match: re.Match[str], wanted: int, why: str) -> Trial:
    if int(match["year"]) == wanted:
        return holds()
    words = match.group().strip()
    return fails(
        f"“{words}”的年份{why}（{wanted}年）",
        f"“{words}” names another year than {wanted}",
        (case.span(passage, match.start("year"), match.end("year")),),
        tuple(c.subject for c in case.figures(passage)[:1]),
        (f"{match['year']}年",),
    )


def check_units(case: Case) -> Iterator[Trial]:
    """增长13.95。, 0.39万: figures that have lost their unit or half of it."""
    for passage in case.report.passages:
        whole = len(passage.text.rstrip())  # what ends it may go on behind a line break
        figures = [c for c in case.figures(passage.id) if c.end < whole]
        for missing in ("%", "元"):
            lacking = [c for c in figures if _lacks(c) == missing]
            if lacking:
                yield _unitless(case, lacking, missing)
        if figures and not any(map(_lacks, figures)):
            yield holds()
        for match in _UNITLESS.finditer(passage.text):
            yield fails(
                f"“{match.group()}”没有写单位",
                f"“{match.group()}” states no unit",
                (case.span(passage.id, match.start("figure"), match.end("figure")),),
                (),
                (match["figure"],),
            )


def _lacks(claim: Claim) -> str:
    """What is missing behind a figure: % behind a rate, 元 behind money, "" if nothing is."""
    assert claim.quantity is not None
    unit = claim.quantity.unit
    if claim.measure is Measure.RATE:
        return "" if unit else "%"
    money = claim.measure in (*_PLANS, Measure.PRIOR) and _MONEY_WORDS.search(claim.subject)
    return "元" if money and unit in ("万", "亿") else ""


def _unitless(case: Case, lacking: list[Claim], missing: str) -> Trial:
    written = tuple(c.quantity.written for c in lacking if c.quantity)
    return fails(
        f"“{lacking[0].subject}”等的“{'、'.join(written)}”后面缺少“{missing}”"
        if len(written) > 1
        else f"“{lacking[0].subject}”的“{written[0]}”后面缺少“{missing}”",
        f"{', '.join(written)}: {missing} is missing behind the figure",
        tuple(case.said(c) for c in lacking),
        tuple(dict.fromkeys(c.subject for c in lacking)),
        written,
    )


def check_scales(case: Case) -> Iterator[Trial]:
    """One amount in 元 among a report's amounts in 万元."""
    money = [c for c in case.report.claims if c.quantity and is_money(c.quantity.unit)]
    counts = Counter(c.quantity.unit for c in money if c.quantity)
    usual, times = counts.most_common(1)[0] if counts else ("", 0)
    if not case.is_own or len(money) < _ENOUGH or times < len(money) * _MOSTLY:
        yield untried("正文没有统一的金额单位", "the text has no one unit of money")
        return
    for claim in money:
        quantity = claim.quantity
        if quantity is None or quantity.unit != "元" or usual == "元" or _is_price(case, claim):
            continue
        if cells_of(case, claim):
            continue  # prose.unit compares it with its table
        yield fails(
            f"“{claim.subject}”写作{quantity.written}，而全文的金额都以“{usual}”为单位",
            f"{claim.subject} is given as {quantity.written} while all amounts are in {usual}",
            (case.said(claim),),
            (claim.subject,),
            (quantity.written,),
        )


def _is_price(case: Case, claim: Claim) -> bool:
    """Whether an amount is one of a single person or thing, or printed without decimals."""
    text = case.report.passages[claim.passage].text
    around = text[max(0, claim.start - 12) : claim.end + 3]
    written = claim.quantity.written if claim.quantity else ""
    return "." not in written or re.search(r"每|人均|单价|标准|元/|/元|均", around) is not None


RULES = (
    Rule(
        "setting.scale",
        "正文金额的单位应当统一（个别金额不应写成“元”）。",
        "Amounts of the text are in one unit.",
        Severity.WARNING,
        "不涉及",
        check_scales,
    ),
    Rule(
        "setting.name",
        "句首的单位名称应与报告单位一致。",
        "A sentence that opens with a name opens with that of the report.",
        Severity.NOTE,
        "不涉及",
        check_names,
    ),
    Rule(
        "setting.year",
        "表题、比较对象和时点的年份应与报告年度相符。",
        "Years in titles, comparisons and dates fit the year of the report.",
        Severity.ERROR,
        "不涉及",
        check_years,
    ),
    Rule(
        "setting.unit",
        "数字后应写明完整的单位。",
        "A figure carries its whole unit.",
        Severity.NOTE,
        "不涉及",
        check_units,
    ),
)
