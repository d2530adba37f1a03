"""The projects that a report describes one by one, each under a heading of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from corpus import Report, Section

_HERE = Path(__file__).parent / "vocabulary"
_ASPECTS = 2  # headings of a project's kind that make a part one about a project
_SHORTEST = 4  # characters of a long name that must be said
_SHARE = 0.55  # and the share of the name
_BUILT = re.compile(
    r"(?:^|[的：，。“])([^，。；：“”的]{4,30}?(?:工程|专项|项目))(?=[，。；：”、]|是|位于|$)"
)


class _Aspect(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    headings: str
    asks: str


class _Topics(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    endings: str
    kinds: str
    spoken: str
    aspects: dict[str, _Aspect]


@dataclass(frozen=True, slots=True)
class Topic:
    """One project: `name` without generic words, `section` its part, `aspects` name -> section.

    `whole_name` is the title as far as it names the project; both are "" where no words name it.
    """

    report: str
    section: int
    name: str
    whole_name: str
    aspects: tuple[tuple[str, int], ...]

    def aspect(self, name: str) -> int | None:
        """The section of an aspect (ground, actor, period, method, goal, summary, money)."""
        return dict(self.aspects).get(name)


@cache
def _data() -> _Topics:
    text = (_HERE / "topics.yaml").read_text(encoding="utf-8")
    return _Topics.model_validate(yaml.load(text, Loader=yaml.SafeLoader))


@lru_cache(maxsize=64)
def topics_of(report: Report) -> tuple[Topic, ...]:
    """Every project that has a part of its own, in the order of the report."""
    return tuple(t for s in report.sections if (t := _topic(report, s)) is not None)


def _topic(report: Report, section: Section) -> Topic | None:
    aspects: dict[str, int] = {}
    for child in report.sections:
        if child.parent == section.id and (aspect := _aspect_of(child.title)):
            aspects.setdefault(aspect, child.id)
    if len(aspects) < _ASPECTS:
        return None
    title = re.sub(r"\s", "", section.title)
    whole = re.sub(r"^20\d\d年?度?", "", re.sub(_data().endings, "", title))
    name = re.sub(_data().kinds, "", whole)
    if len(name) < 2:
        whole = _introduced(report, aspects) or ""
        name = re.sub(_data().kinds, "", whole)
    return Topic(report.id, section.id, name, whole, tuple(aspects.items()))


def _aspect_of(title: str) -> str:
    plain = re.sub(r"[\s：:]", "", title)
    return next((n for n, a in _data().aspects.items() if re.fullmatch(a.headings, plain)), "")


def _introduced(report: Report, aspects: dict[str, int]) -> str:
    """The name by which the summary introduces the project: 由……建设的某某新建工程，位于……."""
    first = next((p.text for p in report.passages if p.section == aspects.get("summary")), "")
    found = _BUILT.search(first)
    return found.group(1) if found else ""


# --- what a question says ------------------------------------------------------------------------


def named(text: str, topics: Iterable[Topic]) -> list[Topic]:
    """The projects that the text names, in its order; a longer name hides one inside it."""
    found = [(said, t) for t in topics if (said := _said(t, text))]
    kept = [
        (said, t)
        for said, t in found
        if not any(said != other and said in other for other, _ in found)
    ]
    return [t for _, t in sorted(kept, key=lambda f: text.find(f[0]))]


def _said(topic: Topic, text: str) -> str:
    """The stretch of the project's name that the text has, "" where that is too little."""
    name = topic.name
    if len(name) >= 2 and name in text and (len(name) > 3 or speaks(text)):
        return name
    if len(name) < _SHORTEST:
        return ""
    block = SequenceMatcher(None, name, text, autojunk=False).find_longest_match()
    enough = block.size >= _SHORTEST and block.size / len(name) >= _SHARE
    partly = (
        block.size >= _SHORTEST
        and len(name) > 2 * _SHORTEST
        and name.endswith(name[block.a : block.a + block.size])
    )
    return name[block.a : block.a + block.size] if enough or partly else ""


def speaks(text: str) -> bool:
    """Whether the text speaks of such projects at all (专项, 项目)."""
    return bool(re.search(_data().spoken, text))


def asked_aspect(text: str) -> str:
    """The aspect that a text asks for, "" where it asks for none."""
    return next((n for n, a in _data().aspects.items() if re.search(a.asks, text)), "")


def headed_aspect(text: str) -> str:
    """The aspect whose heading the text itself says (立项依据), "" where it says none."""
    return next((n for n, a in _data().aspects.items() if re.search(a.headings, text)), "")
