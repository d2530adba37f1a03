"""The words of a draft that the checker knows, from `qa/vocabulary/drafts.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from qa.checking.stated import Measure


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    filler: tuple[str, ...]
    cues: dict[Measure, tuple[str, ...]]
    negation: tuple[str, ...]
    about: tuple[str, ...]
    below: tuple[str, ...]
    above: tuple[str, ...]
    economic: tuple[str, ...]
    functional: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftWords:
    """The compiled words; `cues` are what may introduce a figure of a measure."""

    filler: re.Pattern[str]
    cues: dict[str, re.Pattern[str]]
    negation: re.Pattern[str]
    about: re.Pattern[str]
    below: re.Pattern[str]
    above: re.Pattern[str]
    economic: re.Pattern[str]
    functional: re.Pattern[str]


@cache
def draft_words() -> DraftWords:
    """The validated words of drafts.yaml."""
    text = files("qa.vocabulary").joinpath("drafts.yaml").read_text(encoding="utf-8")
    words = _Words.model_validate(yaml.safe_load(text))
    return DraftWords(
        filler=_any(words.filler),
        cues={measure: _any(patterns) for measure, patterns in words.cues.items()},
        negation=_any(words.negation),
        about=_any(words.about),
        below=_any(words.below),
        above=_any(words.above),
        economic=_any(words.economic),
        functional=_any(words.functional),
    )


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
