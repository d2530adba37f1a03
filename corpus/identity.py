"""Who published a report, for which year, budget or final account: from what it says itself.

The file's name only confirms; where the two disagree, the content wins and a notice says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from corpus.model import Identity, Kind, Level
from corpus.names import place_of, short_names
from corpus.paragraphs import join_text
from corpus.wording import wording

_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)\s*(?:年|(?=部门|单位|政府|财政))")
_BARE_YEAR = re.compile(r"20[0-4]\d\s*年?度?")  # the head of a column
_NAME = r"[\u4e00-\u9fff（）()·〇XＸ]{3,60}?"
_LABELLED = (
    re.compile(
        rf"(?:预算|编制|决算|填报)(?:主管)?(?:单位|部门)(?:名称)?\s*[：:]\s*({_NAME})(?=\s|$|金额|单位[：:])"
    ),
    re.compile(rf"(?:^|\s)(?:单位|部门)(?:名称)?\s*[：:]\s*({_NAME})(?=\s|$|金额|单位[：:])"),
)
_TITLED = (
    re.compile(rf"^第一部分\s*({_NAME})(?:单位|部门)?概况"),
    re.compile(rf"^({_NAME})\s*20\d\d\s*年(?:度|省)?.{{0,12}}?(?:部门|单位)(?:预算|决算)"),
    re.compile(rf"^(?:20\d\d年度?)?({_NAME})(?:部门|单位)(?:预算|决算)"),
    re.compile(rf"^({_NAME})20\d\d年度?"),
)
_BODIES = ("部", "委", "局", "院", "署", "办", "厅", "处", "站", "所")
_PART = re.compile(r"^(?:目[录次])?(?:第[一二三四五六七八九十]+部分)?")
_DESCRIBED = re.compile(  # 某局是主管某事的政府工作部门
    r"(?:^|[。、）)：:\s])([\u4e00-\u9fff]{3,40}?(?:[部委局院署办厅处站所会队馆校室]|中心))"
    r"(?:[（(][^（）()\n]{2,20}[）)])?[是为](?=[^。，；\n]{0,40}(?:部门|机构|机关|单位))",
    re.MULTILINE,
)
_KIND_WORDS = re.compile(r"决算|预算|执行情况")
# What others remark on a report is no report, whatever words it repeats.
_REMARKS = re.compile(
    r"(检查|自查|核查|审核|核对|评分|打分|整改|问题)(情况|意见|结果)?(表|清单|台账)"
)
_ATTACHED = re.compile(r"附件\s*\d*\s*[：:]?|(?:监督)?索引号\s*[：:]?[\w/-]+")
_AFTER_TITLE = re.compile(
    r"^目\s*[录次]|[—-]{1,2}\s*20|第一部分|目\s*录$|各位|一、|表[一二三四五六七八九十\d]|(?:编制)?(?:单位|部门)[：:]"
)
_TITLE_IN_HEADING = re.compile(
    r"(?:第[一二三四五六七八九十]+部分)?\s*((?!第[一二三四五六七八九十]+部分)\S{3,80}?20\d\d\s*年度?(?:部门|单位)(?:预算|决算))"
)
_GOVERNMENT = re.compile(
    r"预算执行情况|财政(?:收支)?决算|政府预算|政府决算|(?:预算|收支决算).{0,4}草案|人民代表大会|"
    r"(?:全[省市区县]|[省市区县]本?级|市直).{0,16}(?:预算|决算|收入|支出|基金)|债务(?:限额|余额)"
)
_SCOPES: tuple[str, ...] = (
    *("全省", "全市", "全区", "全县", "全州"),
    *(
        "省本级",
        "市本级",
        "区本级",
        "县本级",
        "省级",
        "市级",
        "区级",
        "县级",
        "州级",
        "市直",
        "省直",
    ),
)
_PLACES = re.compile(
    r"[\u4e00-\u9fff]{2,3}省|[\u4e00-\u9fff]{2,6}自治区|(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,4}(?:市|州|县|区|地区)"
)
_NO_PLACE = re.compile("[年全各本我该]|^[市省区县]")
_GOVERNMENT_NAME = re.compile(
    r"(?:关于|^|年末|年度|年|[\s的])([\u4e00-\u9fff]{2,8}?(?:省|市|自治区|自治州|地区|县|区|盟|州))"
    r"(?=20\d\d|\s*20|全|本级|级|人民政府|财政|地方|政府|债务|\s|$|第[一二三四五六七八九十]+届|[一二三四五六七八九十]+届)"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What identity is read from: the head of the report, its headings and all of its text."""

    name: str  # the file's name
    head: tuple[str, ...]  # the cover, or the first paragraphs where there is none
    labels: tuple[str, ...]  # every line that may carry 编制单位：…
    headings: tuple[str, ...]
    text: str


def report_id(path: Path) -> str:
    """The file's stem as its owner wrote it: composed (NFC), blanks collapsed.

    Scripts outside name reports by their file stems, so width is kept.
    """
    return re.sub(r"\s+", " ", normalize("NFC", path.stem)).strip()


def identify(evidence: Evidence) -> tuple[Identity, tuple[str, ...]]:
    """The identity, and a notice for each point in which the file's name says otherwise."""
    title = _title(evidence)
    level = _level(evidence, title)
    body = _body(evidence, title, level)
    title = _named(title, body)
    year = _year(evidence, title)
    kind = _kind(evidence, title)
    places = place_of(body)
    identity = Identity(
        body=body,
        short_names=_short(body, level),
        year=year,
        kind=kind,
        level=level,
        region="".join(places) or _common_place(evidence.text),
        scope=_scope(title, evidence) if level is Level.GOVERNMENT else "",
        title=title or _composed(body, _span(evidence) if year is None else year, kind, level),
    )
    return identity, _disagreements(identity, evidence.name)


def _title(evidence: Evidence) -> str:
    """The cover's first lines up to the one that says what kind of report it is."""
    taken: list[str] = []
    lines = [line for line in evidence.head if not _ATTACHED.fullmatch(line.strip())]
    for line in lines[:6]:
        if _AFTER_TITLE.match(line) or len(line) > 80:
            break
        if _complete_title("".join(taken)) and not re.match("[和与及]|的报告", line):
            break
        taken.append(line)
    joined = join_text(taken)
    if _complete_title(joined):
        return re.sub(r"^.*?(?=关于)", "", joined) if "关于" in joined else joined
    return _heading_title(evidence.headings) or _table_title(evidence.labels)


def _table_title(lines: Sequence[str]) -> str:
    """A file of tables alone is named by the first of them: 某市2024年政府债务限额决算表."""
    for line in lines[:60]:
        text = re.sub(r"^[\d\s]+(?=[\u4e00-\u9fff])", "", line.strip())
        if len(text) > 60 or re.search("^第|[。；，]", text):
            continue
        if _complete_title(text):
            return text
    return ""


def _named(title: str, body: str) -> str:
    """A cover that names only the place (某区2025年区级部门预算) with the body in its stead."""
    if not title or not body or re.sub(r"\s", "", body) in title:
        return title
    places = "".join(place_of(title))
    return body + title[len(places) :] if places and title[len(places) :][:2] == "20" else title


def _composed(body: str, year: int | str | None, kind: Kind, level: Level) -> str:
    """A name for a file of bare tables, which has no title of its own."""
    words = {Level.DEPARTMENT: "部门", Level.UNIT: "单位", Kind.FINAL: "决算", Kind.BUDGET: "预算"}
    parts = [body, f"{year}年度" if year else "", words.get(level, ""), words.get(kind, "")]
    return "".join(parts)


def _heading_title(headings: Sequence[str]) -> str:
    """Where there is no cover, the heading of a part names the report: 某局2023年度部门决算表."""
    for heading in headings:
        match = _TITLE_IN_HEADING.match(heading)
        if match:
            return match[1]
    return ""


def _complete_title(text: str) -> bool:
    named = _KIND_WORDS.search(text) or text.endswith("表")
    return bool(named and _YEAR.search(text)) and not text.endswith(("与", "和"))


def _level(evidence: Evidence, title: str) -> Level:
    words = Counter(re.findall(r"(部门|单位)(?:预算|决算)", title))
    if not words and not (title and _GOVERNMENT.search(title)):
        heads = "\n".join(evidence.headings)
        words = Counter(re.findall(r"(部门|单位)(?:预算|决算|主要职能|概况|机构设置)", heads))
    if words:
        return Level.DEPARTMENT if words["部门"] >= words["单位"] else Level.UNIT
    if _GOVERNMENT.search(title or "\n".join(evidence.head)):
        return Level.GOVERNMENT
    named = re.search(r"(部门|单位)(?:预算|决算)", evidence.name)
    levels = {"部门": Level.DEPARTMENT, "单位": Level.UNIT}
    return levels[named[1]] if named else Level.UNKNOWN


def _body(evidence: Evidence, title: str, level: Level) -> str:
    if level is Level.GOVERNMENT:
        return _government(evidence, title)
    named = _labelled(evidence.labels) or _titled(evidence, title)
    return named or _described(evidence.text) or _from_file(evidence.name)


def _labelled(labels: Sequence[str]) -> str:
    """The name that the most lines give as 编制单位, 预算单位, 部门 …"""
    for pattern in _LABELLED:
        found: Counter[str] = Counter()
        for line in labels:
            match = pattern.search(line)
            if match and not re.search(r"[元年月]|序号|名称", match[1]):
                found[match[1]] += 1
        if found:
            return found.most_common(1)[0][0]
    return ""


def _titled(evidence: Evidence, title: str) -> str:
    candidates = [title, *evidence.headings, "".join(evidence.head[:3]), *evidence.head]
    for pattern in _TITLED:
        for text in candidates:
            match = pattern.match(re.sub(r"\s", "", text))
            name = _PART.sub("", match[1]) if match else ""
            if (len(name) > 3 or name.endswith(_BODIES)) and not _YEAR.match(name):
                return name
    return ""


def _described(text: str) -> str:
    """The body that the text describes where nothing names it: 某局是…的工作部门."""
    match = _DESCRIBED.search(text)
    return match[1] if match else ""


def _from_file(name: str) -> str:
    stem = re.sub(r"\.\w+$", "", name)
    stem = re.split(r"20\d\d|\d\d年|部门(?:预|决)算|单位(?:预|决)算|预算|决算|[_\s]", stem)[0]
    return stem if re.search(r"[\u4e00-\u9fff]{3}", stem) else ""


def _government(evidence: Evidence, title: str) -> str:
    for text in (title, *evidence.head):
        match = _GOVERNMENT_NAME.search(re.sub(r"\s", "", text))
        if match and not re.search("全|年|^关于|^各", match[1]):
            return match[1]
    if re.search("全省|省本?级", title):
        return _common_province(evidence.text)
    return _common_place(evidence.text)


def _common_province(text: str) -> str:
    found = Counter({name: text.count(name) for name in wording().provinces})
    name, count = found.most_common(1)[0]
    return name if count else ""


def _common_place(text: str) -> str:
    """The place that the text names most often."""
    places = (place for place in _PLACES.findall(text) if not _NO_PLACE.search(place))
    found = Counter(places)
    return found.most_common(1)[0][0] if found else ""


def _year(evidence: Evidence, title: str) -> int | None:
    """The title's first year, else the year that headings or the text name most often."""
    for text in (title, *evidence.head[:4]):
        years = _YEAR.findall(text)
        if years and not _BARE_YEAR.fullmatch(text.strip()):
            return int(years[0])
    if _span(evidence):
        return None  # a series of years is of none of them
    for source in ("\n".join(evidence.headings), evidence.text):
        counted = Counter(_YEAR.findall(source)).most_common(1)
        if counted:
            return int(counted[0][0])
    return None


def _span(evidence: Evidence) -> str:
    """2017—2019 where a file of bare tables names each year of a series once, else ""."""
    counted = Counter(int(year) for year in _YEAR.findall(evidence.text))
    even = len(counted) > 1 and len(set(counted.values())) == 1
    first, last = min(counted, default=0), max(counted, default=0)
    return f"{first}—{last}" if even and last - first == len(counted) - 1 else ""


def _kind(evidence: Evidence, title: str) -> Kind:
    """The word of the title, else of the cover, else of the headings.

    Final accounts speak of 一般公共预算 all the time, budgets hardly ever of 决算; only a report to
    a congress names both, the one it is about first.
    """
    if _REMARKS.search(title):
        return Kind.OTHER
    for text in (title, "\n".join(evidence.head[:4])):
        words = re.findall("决算|预算", text)
        if words and re.search("预算执行|草案", text):
            return Kind.FINAL if words[0] == "决算" else Kind.BUDGET
        if words:
            return Kind.FINAL if "决算" in words else Kind.BUDGET
    final, budget = (sum(word in line for line in evidence.headings) for word in ("决算", "预算"))
    if not final and not budget:
        final, budget = (sum(word in line for line in evidence.head) for word in ("决算", "预算"))
    if final or budget:
        return Kind.FINAL if final * 3 >= budget else Kind.BUDGET
    return Kind.OTHER


def _scope(title: str, evidence: Evidence) -> str:
    """The scopes that the title names, else those of the headings, else of the first pages."""
    for text in (title, "\n".join(evidence.headings), evidence.text[:3000]):
        found = [(text.find(scope), scope) for scope in _SCOPES if scope in text]
        if found:
            return "、".join(scope for _, scope in sorted(found))
    return ""


def _short(body: str, level: Level) -> tuple[str, ...]:
    if level is not Level.GOVERNMENT or not body:
        return short_names(body)
    core = re.sub(r"(?:省|市|自治区|自治州|地区|县|区|盟|州)$", "", body)
    return (body + "人民政府", body + "政府", *([core] if len(core) > 1 else []))


def _disagreements(identity: Identity, name: str) -> tuple[str, ...]:
    notices = []
    years = re.findall(r"(?<!\d)20[0-4]\d(?!\d)", name)
    years += ["20" + y for y in re.findall(r"(?<!\d)(\d\d)年", name)]
    if identity.year is not None and years and str(identity.year) not in years:
        notices.append(f"文件名写的是{years[0]}年，报告内容是{identity.year}年，以内容为准")
    words = {Kind.FINAL: "决算", Kind.BUDGET: "预算"}
    other = {Kind.FINAL: "预算", Kind.BUDGET: "决算"}
    said = words.get(identity.kind, "")
    if said and said not in name and other[identity.kind] in name:
        notices.append(f"文件名写的是{other[identity.kind]}，报告内容是{said}，以内容为准")
    level = {Level.DEPARTMENT: "部门", Level.UNIT: "单位"}.get(identity.level, "")
    named = re.search(r"(部门|单位)\d*年?度?(?:预|决)算|(部门|单位)(?=\d+年)", name)
    if level and named and level not in named.group():
        notices.append(f"文件名写的是{named.group()}，报告内容是{level}的，以内容为准")
    return tuple(notices)
