"""The parts of a government's area that its report has figures for: counties, districts, zones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus import Level, Report, Row, Table
from qa.coverage import OWN, WHOLE, place_of_heading
from qa.vocabulary import by_key, key_of

COUNTIES = "县区"  # all that lies below a city's own level, taken together

_ONE = (
    r"(?:[\u4e00-\u9fff]{0,6}?(?:自治县|自治旗|自治州|开发区|度假区|管理区|示范区|高新区|新区|园区)|"
    r"[\u4e00-\u9fff]{1,7}?[市县区旗州盟])"
)
_REGION = re.compile(rf"(?:其中[:：]?)?(?P<name>{_ONE}(?:[·、]{_ONE})?)")
_NO_REGION = re.compile(
    r"(?:补助|转贷|下达|对|向|由|从|给).*|.*(?:社区|地区|辖区|自治区|城市|县市|各市|全市|全县|全区|本市|我市|上市|夜市|超市)|"
    r"(?:山区|灾区|景区|片区|库区|校区|小区|分区)"
)
_COUNTIES = re.compile(
    r"(?:其中[:：]?)?(?:所属)?(?:各|市辖)?[县区市旗][、（]?(?:[县区市旗][、）]?)+(?:合计|小计)?"
)
_WHOLE = re.compile(r"(?:其中[:：]?)?(?:全[市省区县州旗盟]|全地区|本地区|合计|总计)")
_OWN = re.compile(
    r"(?:其中[:：]?)?(?P<of>[\u4e00-\u9fff]{2,8}?)?(?:[市省区县州盟]?本级|[市省区县州盟](?:本)?级|[市省区县州]直|地区本级)"
    r"(?:及市辖区)?"
)
_KIND = re.compile(
    r"(?:经济技术开发区|经济开发区|高新技术产业开发区|高新技术开发区|旅游度假区|自治县|自治旗|自治州|开发区|度假区|管理区|"
    r"示范区|高新区|新区|园区|[市县区旗州盟])$"
)
_SHORTER = {
    "经济技术开发区": ("经济技术开发区", "经济开发区", "经开区", "开发区"),
    "经济开发区": ("经济开发区", "经开区", "开发区"),
    "高新技术产业开发区": ("高新技术产业开发区", "高新区"),
    "高新技术开发区": ("高新技术开发区", "高新区"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a label says of where: a region below the whole, or one of the two areas."""

    region: str = ""
    area: str = ""


def region_said(label: str, body: str) -> Told | None:
    """Where a label that names nothing but a place is; None where it names something else."""
    label = re.sub(r"(?<=[县区级])[\s（(]*(?:合计|小计)[）)]?$", "", label.replace(" ", ""))
    label = re.sub(r"^其中[:：]?", "", label)
    if _WHOLE.fullmatch(label) or (label and label == body):
        return Told(area=WHOLE)
    own = _OWN.fullmatch(label)
    if own is not None:
        of = own.group("of") or ""
        whole = of in ("", "地区", "地") or _same(of, body)
        return Told(area=OWN) if whole else Told(region=f"{of}本级")
    if _COUNTIES.fullmatch(label):
        return Told(region=COUNTIES)
    found = _REGION.fullmatch(label)
    if found is None or _NO_REGION.fullmatch(label) or len(label) < 2:
        return None
    return Told(region=found.group("name"))


def _same(name: str, body: str) -> bool:
    return _KIND.sub("", name) == _KIND.sub("", body) or body.startswith(name)


def leading_region(label: str) -> tuple[str, str]:
    """(region, rest) of a label that opens with a county's or district's name: 甲县债务限额."""
    found = re.match(r"(?P<name>[\u4e00-\u9fff]{1,5}?[市县区旗])(?=[\u4e00-\u9fff]{2})", label)
    if found is None or _NO_REGION.fullmatch(found.group("name")) or len(found.group(0)) < 2:
        return "", label
    if region_said(found.group("name"), "") is None:
        return "", label
    return found.group("name"), label[found.end() :]


NOWHERE = Told()


# --- the regions of a report ----------------------------------------------------------------------


@lru_cache(maxsize=256)
def regions_of(report: Report) -> frozenset[str]:
    """Every region below the whole that a government's report has a row, column or section for."""
    if report.identity.level is not Level.GOVERNMENT:
        return frozenset()
    body = report.identity.body
    labels = [c.path[-1] for t in report.tables for c in t.columns if c.path]
    labels += [c.subject for c in report.claims]
    found = {told.region for label in labels if (told := region_said(label, body)) is not None}
    found |= {
        told.region for t in report.tables for told in rows_told(t, body).values() if told.region
    }
    found |= {place_of_heading(report.path(s.id)) for s in report.sections}
    heads = [leading_region(c.subject) for c in report.claims]
    names = [name for name, _ in heads]
    known = {name for name, rest in heads if key_of(rest) in by_key()}
    found |= known | {n for n in names if names.count(n) > 1}  # once may be chance
    return frozenset(found - {""})


def rows_told(table: Table, body: str) -> dict[int, Told]:
    """Row id -> where it is, for the rows of a table that are places."""
    found: dict[int, Told] = {}
    last = ""
    for row in table.rows:
        told = region_said(row.label, body) if not row.code else None
        if told is None:
            continue
        if told.area == OWN and last:
            told = Told(region=f"{last}本级")
        elif told.region and "本级" not in told.region and row.label[:2] != "其中":
            last = told.region if told.region.endswith(("市", "州", "盟", "地区")) else last
        found[row.id] = told
    named = [t for t in found.values() if t.region or t.area != WHOLE]
    return found if len(named) > 1 else {}


@lru_cache(maxsize=256)
def below(report: Report) -> dict[str, str]:
    """County -> the city whose row it stands under, in tables that nest them."""
    found: dict[str, str] = {}
    for table in report.tables:
        city = ""
        told = _rows(table, report.identity.body)
        cities = {t.region.removesuffix("本级") for t in told.values() if t.region.endswith("本级")}
        for row in table.rows:
            name = told[row.id].region if row.id in told else ""
            city = name if name in cities else city
            if name and city and name != city and not name.endswith("本级"):
                found.setdefault(name, city)
    return found


def of_row(table: Table, row: Row, body: str) -> Told:
    """Where a row is, where the rows of its table are places."""
    return _rows(table, body).get(row.id, NOWHERE)


@lru_cache(maxsize=1024)
def _rows(table: Table, body: str) -> dict[int, Told]:
    return rows_told(table, body)


# --- the regions of a question --------------------------------------------------------------------


@lru_cache(maxsize=256)
def spoken_of(report: Report) -> dict[str, str]:
    """How people may say a region of the report -> its name; what fits two of them is left out."""
    spoken: dict[str, set[str]] = {}
    body = _KIND.sub("", report.identity.body)
    for region in regions_of(report):
        for said in _ways(region, body):
            spoken.setdefault(said, set()).add(region)
    return {said: next(iter(names)) for said, names in spoken.items() if len(names) == 1} | {
        region: region for region in regions_of(report)
    }


def _ways(region: str, body: str) -> set[str]:
    """A zone is called without its city and by its kind's short form; a county without its kind."""
    if region == COUNTIES:
        return {"县区", "各县区", "县市区", "各县市区", "区县", "下辖县区", "县（市、区）"}
    ways = {region, *region.split("·")}
    if region.endswith("本级"):
        ways.add(region.removesuffix("本级") + "市本级")
        return ways
    own = region.removeprefix(body).removeprefix("市") or region
    ways.add(own)
    kind = _KIND.search(own)
    stem = own[: kind.start()] if kind else own
    for short in _SHORTER.get(kind.group(0), (kind.group(0),)) if kind else ():
        ways |= {stem + short, f"{body}{stem}{short}"}
    if len(stem) >= 2 and stem not in body:
        ways.add(stem)
    return {w for w in ways if len(w) >= 2}


def named_in(text: str, reports: tuple[Report, ...]) -> tuple[tuple[int, int, str], ...]:
    """The regions that a question names as (start, end, region), in its order, longest first."""
    spoken = {said: name for report in reports for said, name in spoken_of(report).items()}
    if _LATIN.search(text):
        latin = {spelt(name): name for name in spoken.values()}
        own = {spelt(report.identity.body) for report in reports}
        spoken |= {s: n for s, n in latin.items() if len(s) > _SHORTEST and s not in own}
    found: list[tuple[int, int, str]] = []
    for said in sorted(spoken, key=len, reverse=True):
        pattern = rf"(?<![a-z]){said}(?![a-z])" if said.isascii() else re.escape(said)
        for match in re.finditer(pattern, text):
            inside = any(match.start() < end and start < match.end() for start, end, _ in found)
            if not inside and not _of_a_word(said, text, match):
                found.append((match.start(), match.end(), spoken[said]))
    return tuple(sorted(found))


_SHORTEST = 3  # letters of a name that is no other word
_LATIN = re.compile(r"[a-z]{5}")


@lru_cache(maxsize=4096)
def spelt(region: str) -> str:
    """A region's name without its kind in Latin letters, as English questions write it."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(_KIND.sub("", region)))


_ACCOUNT_BEHIND = re.compile(r"[收支税费]|级|域|间|别|块")


def _of_a_word(said: str, text: str, match: re.Match[str]) -> bool:
    """Whether a short form only happens to stand inside another word: 区县级, 向县区调度."""
    counties = said in ("县区", "区县", "各县区", "县市区") and text[: match.start()].endswith(
        ("向", "对", "给", "哪个", "哪些", "几个", "个")
    )
    return counties or (len(said) <= 2 and bool(_ACCOUNT_BEHIND.match(text, match.end())))
