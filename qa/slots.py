"""The slots of a plan read off a question: measure, side, unit, direction, condition, numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.plan import Condition, Mention, Scope
from qa.vocabulary import Cues

_BOUND = re.compile(
    r"(?P<word>不到|低于|小于|少于|不足|未达|没到|以下|超过|高于|大于|多于|超|以上|"
    r"below|under|less than|over|above|more than|exceed\w*)"
    r"(?:了)?\s*(?P<value>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>%|万元|元|亿元|分)?"
)
_BOUND_AFTER = re.compile(
    r"(?P<value>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>%|万元|元|亿元|分)?(?P<word>以下|以上)"
)
_EQUAL = re.compile(
    r"(?:率|度|得分|等于|正好|刚好|恰好)(?:是|为|达到?|等于|正好|刚好)?(?P<value>\d+(?:\.\d+)?)(?P<unit>%|分)(?!以|之?间)"
)
_BELOW = re.compile(r"不到|低于|小于|少于|不足|未达|没到|以下|below|under|less")
TOP = re.compile(
    r"前(?P<zh>[一二两三四五六七八九十]|\d+)(?:名|项|个|大|位)?|top (?P<en>\d+|three|five|two)|"
    r"最(?:多|大|高|少|小|低)的?(?P<most>[两二三四五六七八九十]|\d+)(?:名|项|个|大|类|种|笔|款)|"
    r"(?P<before>two|three|five) (?:largest|biggest|highest|smallest|lowest)|"
    r"(?:largest|biggest|highest|smallest|lowest) (?P<after>two|three|five|\d+)\b"
)
ORDER = re.compile(
    r"第(?P<zh>[二三四五]|[2-5])(?:大|多|高|低|少|小|名|位|的?呢)|"
    r"(?P<en>second|third|fourth)[- ](?:largest|highest|biggest|most)"
)
# 花的比拨的多多少: one account on both sides of the accounts.
SPENT_AND_RECEIVED = re.compile(
    r"(?:花|支出|用|开支)(?:的|掉的?|出去的)?钱?(?:比|和|与|跟|较)[^，,?？]{0,4}(?:拨|收到|到账|下达|进账|收入)|"
    r"(?:拨|收到|到账|进账|收入)[^，,?？]{0,3}(?:比|和|与|跟|较)[^，,?？]{0,4}(?:花|支出|用)|"
    r"(?:拨|收到|到账|进账|进来)[^，,?？]{0,8}(?:和|与|跟|同)[^，,?？]{0,6}(?:花|支出|用)[^?？]{0,10}(?:差|多|少|一样|相等)|"
    r"(?:花|支出|用)[^，,?？]{0,8}(?:和|与|跟|同)[^，,?？]{0,6}(?:拨|收到|到账|进账)[^?？]{0,10}(?:差|多|少)"
)
_NUMERALS = {
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "two": 2,
    "three": 3,
    "five": 5,
    "second": 2,
    "third": 3,
    "fourth": 4,
}
_COUNTED = re.compile(
    r"(?<![那这头前后])(?:几|多少|how many )\s?"
    r"(?P<unit>万?[人辆台套件次户家批位名个项分份笔种类条款张场期届]次?)(?!百分点)"
)
_COUNT_NOUN = re.compile(
    r"(?P<unit>批次|人次|人数|次数|户数|辆数|台数|家数|件数)(?:[和与及、](?:批次|人次|人数))?"
    r"(?:一共|总共|各|分别)?(?:是|有|为)?(?:多少|几)"
)
# 几个人, 多少在编人员: people are counted, not things, nor what is paid for them.
_PEOPLE_ASKED = re.compile(
    r"(?:几|多少)[个名位]?(?:在[职编岗]|退休|离休|聘用|编外|临聘)的|"
    r"(?:几|多少)[个名位]?[\u3400-\u9fff]{0,4}?"
    r"(?:人员|职工|员工|干部|公务员|群众|居民|市民|学生|老人|患者|游客|人(?![大社民力才均次数]))"
    r"(?![\u3400-\u9fff]{0,3}(?:费|支出|工资|补|预算|决算|缴|险))"
)
_TIMES_AS = re.compile(r"\bhow many times\b")  # a multiple, no number of visits
_ENGLISH_UNITS = {
    "people": "人", "persons": "人", "staff": "人", "employees": "人", "retirees": "人",
    "vehicles": "辆", "cars": "辆", "companies": "家", "enterprises": "家", "firms": "家",
    "units": "家", "copies": "份", "leaflets": "份", "times": "次", "cases": "件",
}  # fmt: skip
_COUNTED_ENGLISH = re.compile(rf"how many (?:\w+[ -]){{0,6}}?({'|'.join(_ENGLISH_UNITS)})\b")


def measure_of(
    text: str, scope: Scope, mentions: Sequence[Mention], book: Cues, said: str = ""
) -> str:
    """The measure asked for (budget, prior, change, rate …); "" means the plain amount.

    `said` is the whole question where `text` leaves out the years that it names.
    """
    if _works_back(said or text, scope):
        return "prior"
    text = _WORKED_OUT.sub(" ", text)
    for mention in mentions:
        if not mention.weak:  # 净增 in a name is no change, 政府性基金预算 no budget figure
            text = text.replace(mention.surface, _said_measure(mention))
    named = book.first("measures", text)
    if named == "share.loose" and _MOVED_TO.search(text):
        named = "rate"
    named = named.removesuffix(".loose")
    if named == "share" and MONEY_OF.search(text):
        named = ""  # 占里面多少钱 asks for the amount
    if named == "completion" and _CARRIED_OUT.search(text):
        named = "amount"  # 收入完成多少亿 asks for the amount
    return "prior" if scope.prior and named in ("", "amount", "budget") else named


def _works_back(text: str, scope: Scope) -> bool:
    """按2023年的说明倒推2022年: the year before the report's own is to be worked out."""
    years = {int(y) for y in re.findall(r"20\d\d", text)}
    before = {y - 1 for y in scope.years}
    return bool(_WORKED_BACK.search(text) and years & before)


_MOVED_TO = re.compile(
    r"从[^，,?？]{1,16}[降减增涨升][^，,?？]{0,4}[到至]|[降减增涨升]了?\d[\d.]*%"
)
_WORKED_BACK = re.compile(
    r"推算|倒推|反推|倒算|还原|推一下|推出|推回|work(?:ed|ing)? (?:out|back)|back out|derive|infer"
)
_CARRIED_OUT = re.compile(r"(?<![率的])完成了?(?:多少|几)(?:万|亿|元|钱)?元?[?？]?$")


# How a figure is to be worked out is not what is asked for: 根据降幅推算.
_WORKED_OUT = re.compile(
    r"(?:根据|按照?|依据|用|由|拿|以|从)[^，,。?？（）]{1,24}(?:推算|倒推|反推|计算|推出|算出来?|推)|[（][^（）]*(?:推算|倒推|反推|计算|除以|÷)[^（）]*[）]"
)
# 占里面多少钱, 占几辆: a part of the whole is asked for, not its share.
MONEY_OF = re.compile(r"占[^?？%]{0,8}(?:多少|几)(?:钱|万|元|亿|[辆台套人家户批份件](?!次))")


def _said_measure(mention: Mention) -> str:
    """What a name itself says of the measure: 三公经费预算数 asks for a budget."""
    tail = re.search(r"(?:预算|决算)数?$|budget$|score$|得分$|总分$|分数$", mention.surface)
    return tail.group(0) if tail and not mention.item.startswith("fund.") else " "


def side_of(text: str) -> str:
    """income or expenditure where the question names just one of them, else ""."""
    income = re.search(r"收入|进账|进来|income|revenue|received", text)
    spending = re.search(r"支出|花|开支|用掉|spen[dt]|expenditure|cost", text)
    if income and not spending:
        return "income"
    return "expenditure" if spending and not income else ""


def unit_of(text: str) -> str:
    """The unit that is counted in (几人, how many vehicles), or ""."""
    if _PEOPLE_ASKED.search(text):
        return "人"
    if _TIMES_AS.search(text):
        return ""
    counted = _COUNTED.search(text)
    noun = _COUNT_NOUN.search(text)
    if not counted and noun:
        return "人" if noun.group("unit").startswith("人") else noun.group("unit")[0]
    if not counted:
        english = _COUNTED_ENGLISH.search(text)
        return _ENGLISH_UNITS[english.group(1)] if english else ""
    unit = counted.group("unit")
    return "人" if unit in ("位", "名") else unit


def direction_of(text: str, book: Cues) -> str:
    """up or down where the question says just one of them, else ""."""
    found = book.every("directions", text)
    return found[0] if len(found) == 1 else ""


_RANGE = re.compile(
    r"(?P<low>\d[\d,]*(?:\.\d+)?)\s*(?:%|万元|元|亿元|分|万)?\s*"
    r"(?:到|至|和|与|-|—|~|～|and|to)\s*"
    r"(?P<high>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>%|万元|元|亿元|分|万)(?:之?间)?"
)


_TENTHS = re.compile(r"(?P<ten>[一二三四五六七八九\d])成(?P<half>半)?(?![立本员为])")


def _in_percent(found: re.Match[str]) -> str:
    """九成 as 90%, 八成半 as 85%."""
    ten = found["ten"]
    return f"{_NUMERALS.get(ten) or ten}{'5' if found['half'] else '0'}%"


def condition_of(text: str, book: Cues) -> Condition | None:
    """The filter that the question sets: a range, a bound, an equality or a named one."""
    text = _TENTHS.sub(_in_percent, text)
    between = _RANGE.search(text)
    if between and re.search(r"之?间|介于|between", text):
        low, high = (between.group(g).replace(",", "") for g in ("low", "high"))
        unit = {"万": "万元"}.get(between.group("unit"), between.group("unit"))
        return Condition("between", low, unit=unit, upper=high)
    bound = _BOUND.search(text) or _BOUND_AFTER.search(text)
    if bound:
        below = bool(_BELOW.search(bound.group("word")))
        return Condition(
            "bound", bound.group("value").replace(",", ""), below, bound.group("unit") or ""
        )
    equal = _EQUAL.search(text)
    if equal:
        return Condition("equal", equal.group("value"), unit=equal.group("unit"))
    name = book.first("conditions", text)
    return Condition(name) if name else None


def number_of(pattern: re.Pattern[str], text: str) -> int:
    """The number that `pattern` (TOP, ORDER) finds; 1 where it finds none."""
    found = pattern.search(text)
    if not found:
        return 1
    said = next(group for group in found.groups() if group)
    return _NUMERALS.get(said) or int(said)
