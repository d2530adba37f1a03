"""How questions for words are put and how reports write the same, as validated data.

`vocabulary/wording.yaml` holds everyday twins of report words and the cues of an answer's kind;
`vocabulary/english.yaml` the Chinese words that reports use for English ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

_HERE = Path(__file__).parent / "vocabulary"
# 哪三大类, 那台, 两件事: what points at or counts things without naming them.
_POINTING = (
    r"哪[一两二三四五六七八九十几]?大?(?:方面|[块项个家件种类条位台辆份笔])?|"
    r"[这那][台辆笔次家件份个些种]|[一两二三四五六七八九十几]大?(?:件事|方面|[块项个家件种类条位])"
)
_ENDINGS = ("ies", "es", "s", "ied", "ed", "ing", "d", "er", "ly")


class _Asked(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    asks: str
    holds: str


class _Wording(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    twins: dict[str, tuple[str, ...]]
    frames: tuple[str, ...]
    english_frames: tuple[str, ...]
    answers: dict[str, _Asked]
    polar: str
    covers: str
    denial: str
    purposes: str
    causes: str
    ordinals: str
    measuring: frozenset[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of answer: how questions ask for it, and what a sentence that gives it holds."""

    name: str
    asks: re.Pattern[str]
    holds: re.Pattern[str]


@dataclass(frozen=True)
class Wording:
    """The compiled data; `frames` match what frames a question, `particles` single characters.

    `words` captures frames and the twins of two characters or more, the longest of them first.
    """

    twins: dict[str, tuple[str, ...]]
    frames: re.Pattern[str]
    words: re.Pattern[str]
    particles: frozenset[str]
    english: dict[str, tuple[str, ...]]
    english_frames: frozenset[str]
    answers: tuple[Asked, ...]
    polar: re.Pattern[str]
    covers: re.Pattern[str]
    denial: re.Pattern[str]
    purposes: re.Pattern[str]
    causes: re.Pattern[str]
    ordinals: re.Pattern[str]
    measuring: frozenset[str]

    def asked(self, text: str) -> tuple[Asked, ...]:
        """The kinds of answer that a question asks for."""
        return tuple(a for a in self.answers if a.asks.search(text))


def _read(name: str) -> object:
    text = (_HERE / name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


class _English(BaseModel):
    model_config = ConfigDict(frozen=True)

    words: dict[str, tuple[str, ...]]


@cache
def wording() -> Wording:
    """The data, loaded once."""
    loaded = _Wording.model_validate(_read("wording.yaml"))
    english = _English.model_validate({"words": _read("english.yaml")}).words
    frames = sorted((f for f in loaded.frames if len(f) > 1), key=len, reverse=True)
    return Wording(
        twins=loaded.twins,
        frames=re.compile("|".join((*map(re.escape, frames), _POINTING))),
        words=re.compile(f"({'|'.join((*map(re.escape, _longest_first(loaded)), _POINTING))})"),
        particles=frozenset(f for f in loaded.frames if len(f) == 1),
        english=english,
        english_frames=frozenset(loaded.english_frames),
        answers=tuple(
            Asked(name, re.compile(a.asks), re.compile(a.holds))
            for name, a in loaded.answers.items()
        ),
        polar=re.compile(loaded.polar),
        covers=re.compile(loaded.covers),
        denial=re.compile(loaded.denial),
        purposes=re.compile(loaded.purposes),
        causes=re.compile(loaded.causes),
        ordinals=re.compile(loaded.ordinals),
        measuring=loaded.measuring,
    )


def _longest_first(loaded: _Wording) -> list[str]:
    words = {*loaded.frames, *loaded.twins}
    return sorted((w for w in words if len(w) > 1), key=len, reverse=True)


def chinese_of(words: Iterable[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(English words, their Chinese ones) in the order said, phrases before single words.

    A word that the data does not know comes back with no Chinese; frame words are left out.
    """
    tokens = [t for word in words for t in _unhyphened(word)]
    found: list[tuple[str, tuple[str, ...]]] = []
    position = 0
    while position < len(tokens):
        size, chinese = _longest(tokens, position)
        said = " ".join(tokens[position : position + size])
        if chinese or said not in wording().english_frames:
            found.append((said, chinese))
        position += size
    return tuple(found)


def _unhyphened(word: str) -> list[str]:
    """A compound in its parts unless the data knows it whole."""
    return [word] if "-" not in word or _translated(word) else word.split("-")


def _longest(tokens: list[str], position: int) -> tuple[int, tuple[str, ...]]:
    for size in (3, 2):
        if position + size <= len(tokens):
            phrase = " ".join(tokens[position : position + size])
            chinese = _translated(phrase)
            if chinese:
                return size, chinese
    word = tokens[position]
    return (1, ()) if word in wording().english_frames else (1, _translated(word))


def _translated(phrase: str) -> tuple[str, ...]:
    known = wording().english
    return next((known[form] for form in _forms(phrase) if form in known), ())


def _forms(word: str) -> Iterable[str]:
    """The word and what it may be derived from: moved -> move, policies -> policy."""
    yield word
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 3:
            continue
        if ending in ("ies", "ied"):
            yield stem + "y"
            continue
        yield stem
        yield stem + "e"
        if stem[-1] == stem[-2]:
            yield stem[:-1]
