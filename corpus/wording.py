"""The field's words that reading leans on, validated when loaded: `wording.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict


class Wording(BaseModel):
    """The content of `wording.yaml`; the file says what each list is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    heading_endings: tuple[str, ...]
    provinces: tuple[str, ...]
    page_title_endings: tuple[str, ...]
    header_words: tuple[str, ...]
    units: tuple[str, ...]
    unit_breakers: dict[str, tuple[str, ...]]


@cache
def wording() -> Wording:
    """The words, read once."""
    text = files("corpus").joinpath("wording.yaml").read_text(encoding="utf-8")
    return Wording.model_validate(yaml.safe_load(text))
