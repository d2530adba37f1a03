"""The field's words: accounts with their everyday and English twins, and the cues of a question.

The words are data (`*.yaml` beside this file), validated when loaded. They are terms of public
finance; nothing in them comes from a particular report or question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from qa.language import simplify
from qa.names import bare, core

_HERE = Path(__file__).parent
_ACCOUNT_FILES = ("totals.yaml", "economic.yaml", "functions.yaml", "government.yaml")


class Concept(BaseModel):
    """One account or total. The first of `names` is how answers call it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = ""
    names: tuple[str, ...] = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    side: Literal["income", "expenditure", ""] = ""
    within: tuple[str, ...] = ()
    counted: dict[str, str] = {}  # unit -> the item that is meant where this one is counted in it

    @property
    def key(self) -> str:
        """What entries of the ledger and mentions in a question are compared by."""
        return self.id or core(self.names[0])


class _Cues(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    operations: dict[str, tuple[str, ...]]
    measures: dict[str, tuple[str, ...]]
    bases: dict[str, tuple[str, ...]]
    pairs: dict[str, tuple[str, ...]]
    directions: dict[str, tuple[str, ...]]
    extremes: dict[str, tuple[str, ...]]
    conditions: dict[str, tuple[str, ...]]
    yesno: tuple[str, ...]
    money_units: tuple[str, ...]
    count_units: tuple[str, ...]
    text_cues: tuple[str, ...]
    narrowing: tuple[str, ...]
    english_filler: frozenset[str]
    filler: tuple[str, ...]


class _Roles(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    columns: dict[str, str]
    rows: dict[str, str]
    plain_headers: tuple[str, ...]
    header_measures: dict[str, tuple[str, ...]]
    subjects: dict[str, tuple[str, ...]]
    contexts: dict[str, tuple[str, ...]]
    measures: dict[str, str]
    inside: dict[str, tuple[str, str]]
    fallbacks: dict[str, tuple[str, ...]]
    parts: dict[str, tuple[str, ...]]
    twins: dict[str, tuple[str, ...]]
    subjects_said: dict[str, tuple[str, ...]]


class BodyKind(BaseModel):
    """A kind of public body: parts of its Chinese name and the English for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    names: tuple[str, ...] = Field(min_length=1)
    english: tuple[str, ...] = Field(min_length=1)


Group = Literal["operations", "measures", "bases", "pairs", "directions", "extremes", "conditions"]


@dataclass(frozen=True)
class Cues:
    """Compiled patterns; `first` and `every` say which of a group a text matches."""

    groups: dict[str, dict[str, re.Pattern[str]]]
    yesno: re.Pattern[str]
    money_units: re.Pattern[str]
    text_cues: re.Pattern[str]
    count_units: tuple[str, ...]
    narrowing: tuple[str, ...]
    english_filler: frozenset[str]
    filler: re.Pattern[str]
    particles: str  # single characters without content, at the ends of a word

    def first(self, group: Group, text: str) -> str:
        """The name of the first pattern of `group` that `text` matches, or ""."""
        return next((n for n, p in self.groups[group].items() if p.search(text)), "")

    def every(self, group: Group, text: str) -> tuple[str, ...]:
        """The names of all patterns of `group` that `text` matches, in the file's order."""
        return tuple(n for n, p in self.groups[group].items() if p.search(text))

    def span(self, group: Group, name: str, text: str) -> tuple[int, int] | None:
        """Where pattern `name` of `group` matches in `text`."""
        found = self.groups[group][name].search(text)
        return found.span() if found else None


@cache
def _load(name: str) -> object:
    text = (_HERE / name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def concepts() -> tuple[Concept, ...]:
    """All accounts of the vocabulary, totals first."""
    rows = [row for name in _ACCOUNT_FILES for row in _rows(_load(name))]
    return tuple(Concept.model_validate(row) for row in rows)


def _rows(loaded: object) -> list[object]:
    if not isinstance(loaded, list):
        raise ValueError("a vocabulary file is a list of accounts")
    return loaded


@cache
def by_core() -> dict[str, Concept]:
    """The concept that each comparable name core belongs to; the first file wins."""
    found: dict[str, Concept] = {}
    for concept in concepts():
        for name in concept.names:
            found.setdefault(core(name), concept)
    return found


def key_of(label: str) -> str:
    """What a label is compared by: its concept's key where the vocabulary knows it."""
    name = core(label)
    concept = _by_name().get(bare(label)) or by_core().get(name)
    return concept.key if concept else name


@cache
def _by_name() -> dict[str, Concept]:
    """The concept of each full name: 财政拨款支出 is not 财政拨款 though their cores agree."""
    return {bare(name): concept for concept in reversed(concepts()) for name in concept.names}


@cache
def by_key() -> dict[str, Concept]:
    """Concepts by key."""
    return {concept.key: concept for concept in concepts()}


@cache
def by_id() -> frozenset[str]:
    """The keys of the totals that have an id of their own."""
    return frozenset(concept.id for concept in concepts() if concept.id)


def display(key: str, language: str = "zh") -> str:
    """How answers call the account with `key`; an English twin where one is known."""
    concept = by_key().get(key)
    if concept is None:
        return key
    if language == "en" and concept.english:
        return concept.english[0]
    return concept.names[0]


@cache
def surfaces() -> tuple[tuple[str, str, str], ...]:
    """Every way to say a known account: (text, concept key, name|alias|english), longest first."""
    found: dict[str, tuple[str, str, str]] = {}
    for concept in concepts():
        for kind, words in (
            ("name", concept.names),
            ("alias", concept.aliases),
            ("english", concept.english),
        ):
            for word in words:
                said = simplify(word).replace("“", "").replace("”", "")
                found.setdefault(said, (said, concept.key, kind))
    return tuple(sorted(found.values(), key=lambda s: -len(s[0])))


@cache
def spoken() -> frozenset[str]:
    """Every way to say a known account, to look up whether some words are one."""
    return frozenset(text for text, _, _ in surfaces())


_ALWAYS = frozenset("的了是在和与及或吗呢吧啊钱花各哪几")


@cache
def cues() -> Cues:
    """The compiled cues of a question."""
    loaded = _Cues.model_validate(_load("cues.yaml"))
    names = ("operations", "measures", "bases", "pairs", "directions", "extremes", "conditions")
    groups = {name: {k: _any(v) for k, v in getattr(loaded, name).items()} for name in names}
    words = sorted((w for w in loaded.filler if len(w) > 1 or w in _ALWAYS), key=len, reverse=True)
    return Cues(
        groups=groups,
        yesno=_any(loaded.yesno),
        money_units=_any(loaded.money_units),
        text_cues=_any(loaded.text_cues),
        count_units=loaded.count_units,
        narrowing=loaded.narrowing,
        english_filler=loaded.english_filler,
        filler=re.compile("|".join(map(re.escape, words))),
        particles="".join(w for w in loaded.filler if len(w) == 1),
    )


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns))


@cache
def body_kinds() -> tuple[BodyKind, ...]:
    """The kinds of bodies that English questions name."""
    return tuple(BodyKind.model_validate(row) for row in _rows(_load("bodies.yaml")))


@cache
def roles() -> _Roles:
    """How statement roles and plain headers translate into items and measures."""
    return _Roles.model_validate(_load("roles.yaml"))


@cache
def indicator_groups() -> dict[str, tuple[str, ...]]:
    """The groups of a performance table with their English twins."""
    loaded = _load("indicators.yaml")
    if not isinstance(loaded, dict):
        raise ValueError("indicators.yaml maps groups to their English twins")
    return {str(name): tuple(map(str, words)) for name, words in loaded.items()}
