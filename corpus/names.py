"""Names of public bodies: the place they begin with, and the short forms that people use."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

_HAN = "[\u4e00-\u9fff]"
_PLACE = re.compile(
    rf"(?P<province>{_HAN}{{2,3}}省|{_HAN}{{2,6}}?自治区)?"
    rf"(?P<city>(?!市){_HAN}{{2,4}}?(?:自治州|地区|州|盟|市)(?!政))?"
    rf"(?P<district>(?!市|城市){_HAN}{{1,6}}?(?:新区|开发区|自治县|区|县|旗)(?!域|划|级)"
    rf"|(?<=省)(?!城市){_HAN}{{1,3}}市)?"
)
_PARENT = re.compile(r"^.{2,}?(?:人民政府|委员会|局|厅|部)(?=.{4,})")
_COMMITTEE = re.compile(rf"(?:中国共产党|中共)({_HAN}+?)委员会({_HAN}*)$")
_SUFFIX = re.compile(r"[（(](?:本级|汇总|部门|单位|本部|机关)[）)]$")
_BRACKETS = re.compile(r"[（(][^）)]*[）)]")
_BRACKETED = re.compile(r"[（(]([^）)]*)[）)]")


class _Abbreviations(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    words: dict[str, list[str]]
    endings: dict[str, list[str]]


@cache
def _abbreviations() -> _Abbreviations:
    text = files("corpus").joinpath("abbreviations.yaml").read_text(encoding="utf-8")
    return _Abbreviations.model_validate(yaml.safe_load(text))


def place_of(name: str) -> tuple[str, ...]:
    """The places a name begins with, from the largest: 上海市, 普陀区."""
    match = _PLACE.match(name.removeprefix("中国共产党").removeprefix("中共"))
    if match is None:
        return ()
    return tuple(part for part in match.group("province", "city", "district") if part)


def short_names(body: str) -> tuple[str, ...]:
    """The forms of a body's name that people use, the longest first, without the name itself.

    Places fall away from the left, brackets open, an institution named after its parent stands
    alone, and the field's usual abbreviations are applied.
    """
    whole = _SUFFIX.sub("", re.sub(r"\s", "", body))
    child, places = _child(whole)
    forms: dict[str, None] = {}
    for name in _unbracketed(child):
        for form in _without_places(name, places):
            forms.update(dict.fromkeys(_abbreviated(form)))
    forms[whole] = None
    found = [form for form in forms if form != body and len(form) >= 3]
    return tuple(sorted(found, key=lambda form: (-len(form), form)))


def _child(name: str) -> tuple[str, tuple[str, ...]]:
    """A name without the institution above it, and the places that institution names.

    甲市乙局丙区丁处 is 丙区丁处 in 甲市.
    """
    committee = _COMMITTEE.match(name)
    if committee:
        name = f"{committee[1]}委{committee[2]}"
    match = _PARENT.match(name)
    places = place_of(name)
    if match is None or match.end() <= len("".join(places)):
        return name, ()
    return name[match.end() :], places


def _unbracketed(name: str) -> list[str]:
    """The name as it is, without its brackets, and with the bracket in place of what it explains.

    甲开发区（乙区）丙处 is also 乙区丙处.
    """
    forms = [name, _BRACKETS.sub("", name)]
    match = _BRACKETED.search(name)
    if match and match.start() and place_of(match[1]):
        forms.append(match[1] + name[match.end() :])
    return list(dict.fromkeys(forms))


def _without_places(name: str, above: tuple[str, ...]) -> list[str]:
    """Places dropped from the left one by one; the last one also shortened to its core or rank."""
    bare = name.removeprefix("中国共产党").removeprefix("中共")
    inner = place_of(bare)
    rest = bare[sum(map(len, inner)) :]
    places = (*above, *inner) if above else inner
    if len(rest) < 2 or rest.startswith(("（", "(")):
        return [bare, *_cores(bare, above)]
    forms = ["".join(places[i:]) + rest for i in range(len(places) + 1)]
    for core in _cores_of(places):
        firsts = range(len(places)) if len(core) > 1 else [len(places) - 1]
        forms += ["".join(places[first:-1]) + core + rest for first in firsts]
    return [bare, *dict.fromkeys(form for form in forms if form != bare)]


def _cores_of(places: tuple[str, ...]) -> list[str]:
    """普陀区 is also 普陀 or just 区; 武汉经济技术开发区 in 武汉市 is also 经济技术开发区."""
    if not places:
        return []
    last = places[-1]
    if last.endswith("开发区") or last.endswith("新区"):
        return _cores(last, places[:-1])
    if last.endswith(("省", "市", "区", "县")):
        return [last[:-1], last[-1]] if len(last) > 2 else [last[-1]]
    return []


def _cores(name: str, above: tuple[str, ...]) -> list[str]:
    """The name without the city that it repeats from the institution above it."""
    stems = [place.rstrip("省市区县") for place in above]
    return [name[len(stem) :] for stem in stems if stem and name.startswith(stem)]


def _abbreviated(form: str) -> list[str]:
    """The form as it is, with its words abbreviated, and with its ending abbreviated as well."""
    table = _abbreviations()
    forms = _replaced([form], table.words)
    for long, shorts in sorted(table.endings.items(), key=lambda item: -len(item[0])):
        if form.endswith(long):
            forms += [f[: -len(long)] + short for f in forms for short in shorts]
            break
    return list(dict.fromkeys(forms))


def _replaced(forms: list[str], words: dict[str, list[str]]) -> list[str]:
    """The forms, followed by them with every listed word abbreviated."""
    short = list(forms)
    for long, shorts in sorted(words.items(), key=lambda item: -len(item[0])):
        short = [f.replace(long, s) for f in short for s in (shorts if long in f else [long])]
    return list(dict.fromkeys(forms + short))
