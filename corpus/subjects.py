"""What a figure is about: the account or thing as the text names it, freed of its wrapping."""

from __future__ import annotations

import re

_QUOTES = "“”\"'‘’《》"
_CHAIN_PART = re.compile(r"([^（）()，。；：“”]+?)”?[（(]\d{0,3}(类|款|项)[）)]")
_YEAR = r"20\d\d\s*(?:年(?:度)?(?![末初底])|(?=年[末初底]))"
_OPENERS = re.compile(
    rf"^(?:\s|\d{{1,2}}[.．、](?=[\u4e00-\u9fff])|[、，,：:；;。）)]|其中|完成(?=[^，]{(2,)}(?:收入|支出))|实际(?:支出|发生)(?=.{{2}})|用于(?=.{{3}})|因为|由于|(?:主要)?原因(?:是|为)|含(?![税量金有])|此外|另外|同时|而且|并且|以及|[（(][^（）()]*[）)]|加上(?![级年解缴])|加(?=上[级年解缴])|减去|将|安排(?!的|预算稳定)|开支(?=.{2})|扣除|包括|主要是|主要有|具体为|具体是|分别为|分别是|"
    rf"{_YEAR}|本年度|本年|当年|全年|截至[^，]*?[日底末]|截止[^，]*?[日底末]|至年末|年末共|"
    r"[一二三四五六七八九十]是|我(?:单位|部门|局|处|院|委|市|区|县|省)|本(?:单位|部门|局|处|院|委)|"
    r"共计|共有|共|合计有|各|拟|预计|预期|经汇总|汇总|则)"
)
_CLOSERS = re.compile(
    r"(?:[：:，,\s]|为|是|(?<!实)有|共计|共|达到|达|(?<![合总小累])计|完成|执行|实现|约|近|超过|超|各|均|不超过|不少于|分别|合计为|"
    r"预计|预期|安排|可比|同口径|年均|平均|由|从|仅|只|增至|减至|到|至)$"
)
_PURPOSE = re.compile(
    r"^.*(?:(?:单位|支出|开支)的(?=机关运行经费)|核定我[省市区县]|主要用于|主要是用于|一般公共预算(?:财政)?拨款安排的|开支(?:一般公共预算)?财政拨款的)(?=.)"
)
_ABBREVIATED = re.compile(r"[（(](?:以下|下同|含|不含|口径)[^（）()]*[）)]$")
_CODE = re.compile(r"[（(]\d{3,7}[）)]")  # an account's code behind its name
_LINKS = re.compile(r"^(?:和|与|及|的)(?=.{2})")
_EMPTY = frozenset({"累计", "涉及", "合计", "安排", "新增", "其余", "分别"})
_SUBJECT_END = re.compile(
    r"(?<=..)决算支出$|(?:^(?:支出|收入)|(?<=费)支出)?(?:年初|全年|调整)?(?:预算执行|(?<!公共)(?<!基金)(?<!经营)预算|决算|执行)(?:数|金额|总额)?$"
)
_SECTION_TAIL = re.compile(
    r"(?:的|具体|总体|结构)*(?:情况)?(?:说明|解释|情况)$|(?:绩效)?(?:自评|评价)(?:综述|结果)$|^(?:关于|20\d\d年度?|其他重要事项的?)"
)


def account_chain(text: str) -> tuple[str, ...]:
    """The links of an account written as 类（款）（项), from the class down; () if there are none.

    社会保障和就业（类）支出 is the one link 社会保障和就业支出.
    """
    matches = list(_CHAIN_PART.finditer(text))
    links = [re.sub(r"^\d{3,7}", "", match[1].strip(_QUOTES + "、 ")) for match in matches]
    if not links:
        return ()
    first = re.sub(r"^.*?[.．、]\s*", "", links[0]) if re.match(r"^\d", links[0]) else links[0]
    end = matches[-1].end()
    if matches[-1][2] == "类" and text[end:].strip(_QUOTES).startswith(("支出", "收入")):
        kind = text[end:].strip(_QUOTES)[:2]
        first = first if first.endswith(kind) else first + kind
    return (first, *links[1:])


def clean_subject(text: str, bodies: tuple[str, ...] = ()) -> str:
    """The subject that a stretch of text names, "" where nothing is left of it.

    An account chain gives its last link; a year, the body's own name, copulas and list words go.
    """
    chain = account_chain(text)
    if chain:
        return chain[-1]
    subject = _PURPOSE.sub("", _ABBREVIATED.sub("", _CODE.sub("", text).strip()))
    for _ in range(8):
        before = subject
        subject = _without_body(_CLOSERS.sub("", _OPENERS.sub("", subject)), bodies).strip()
        subject = _LINKS.sub("", subject)
        if subject == before:
            break
    subject = re.sub(rf"(?<=[^-—]){_YEAR}的?", "", subject)
    subject = re.sub("(?<=经费支出)(?:合计|总计)$", "", subject)
    return "" if subject in _EMPTY else unquoted(subject)


def _without_body(text: str, bodies: tuple[str, ...]) -> str:
    for body in bodies:
        if body and text.startswith(body):
            return re.sub(r"^[（(](?:部门|单位|本级|本部)[）)]", "", text[len(body) :])
    return text


def unquoted(text: str) -> str:
    """The text without quotation marks around the whole or marks that have lost their partner."""
    text = re.sub(r"^[“\"]([^”]*)[”\"](?:科目)?$", r"\1", text)
    if text.count("“") != text.count("”"):
        text = text.strip("“”")
    if len(re.findall("[（(]", text)) != len(re.findall("[）)]", text)):
        text = text.strip("（）()")
    return text.strip()


def without_measure(subject: str) -> str:
    """The subject without the words that say which figure of it is meant: 预算数, 支出决算."""
    return _SUBJECT_END.sub("", subject)


def section_subject(title: str) -> str:
    """What a heading is about: 机关运行经费支出说明 is about 机关运行经费支出."""
    chain = account_chain(title)
    if chain:
        return chain[-1]
    before = None
    while before != title:
        before, title = title, _SECTION_TAIL.sub("", title).strip("：:。 ")
    title = re.sub(r"(?:无预算|无支出|未发生|没有).*$", "", _CODE.sub("", title))
    return re.sub(r"(?:年初)?(?:预算|决算)$", "", title) if len(title) > 4 else title


def normal_basis(basis: str, year: int | None) -> str:
    """One spelling for what a comparison refers to: 上年, 上年预算, 年初预算, 预算, 2019年 …"""
    text = re.sub(r"[（(].*?[）)]|[“”\s]|同期|相比$|的$", "", basis)
    if year is not None:
        text = re.sub(rf"^{year - 1}年(?:度)?", "上年", text)
        text = re.sub(rf"^{year}年(?:度)?(?=.)", "", text)
    text = re.sub(r"^(?:上一?年?度?|去年)", "上年", text)
    text = re.sub(r"(?<=预算|决算)(?:数|总数)$", "", text)
    return text.removesuffix("支出") if re.fullmatch("(?:上年|年初)预算支出", text) else text
