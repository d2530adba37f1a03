"""How questions are worded (data/questions.yaml), and the chance that picks a wording."""

from __future__ import annotations

import random
import re
from functools import cache

import yaml
from pydantic import BaseModel, ConfigDict

from benchmarks.reports.chart import DATA
from benchmarks.reports.model import Made

_KINDS = ("columns", "nothing", "plain_columns")
_NOT_SPENT = re.compile("收入|结余|结转|总计|资金|拨款|预算")
_LATIN = 0.18  # one question in so many is in English, or mixed


class Wordings(BaseModel):
    """Patterns by kind and language, and the words that go into them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    patterns: dict[str, dict[str, tuple[str, ...]]]
    columns: dict[str, str]
    nothing: tuple[str, ...]
    plain_columns: frozenset[str]


@cache
def wordings() -> Wordings:
    """The wordings, read once."""
    data = yaml.safe_load((DATA / "questions.yaml").read_text(encoding="utf-8"))
    rest = {name: data.pop(name) for name in _KINDS}
    return Wordings.model_validate({"patterns": data, **rest})


class Asker:
    """Words the questions of one report."""

    def __init__(self, made: Made) -> None:
        self.made = made
        self.chance = random.Random(f"{made.seed} {made.year} {made.layout} questions")

    def word(self, kind: str, **slots: object) -> tuple[str, str]:
        """A wording of this kind with its slots filled, and its language."""
        known = wordings().patterns[kind]
        lang = "en" if "en" in known and self.chance.random() < _LATIN else "zh"
        options = [p for p in known[lang] if self._suits(p, slots)]
        pattern = self.chance.choice(options or list(known["zh"]))
        made = self.made
        texts = {
            "body": made.body, "short": made.short_names[0], "year": made.year,
            "prior": made.year - 1, **slots,
        }  # fmt: skip
        if lang == "en" and "column" in texts:
            texts["column"] = wordings().columns.get(str(texts["column"]), texts["column"])
        text = pattern.format(**texts)
        return text, self._language(text, lang)

    def _suits(self, pattern: str, slots: dict[str, object]) -> bool:
        """A code is asked for where there is one; nobody spends an income or a balance."""
        if "{code}" in pattern and not slots.get("code"):
            return False
        return "花" not in pattern or not _NOT_SPENT.search(f"{slots.get('item', '')}")

    def _language(self, text: str, lang: str) -> str:
        return "mixed" if lang == "en" and re.search(r"[\u4e00-\u9fff]", text) else lang


def plain_label(label: str) -> str:
    """A row's name as people say it: no numeral in front, no 其中."""
    return re.sub(r"^\s*(?:[一二三四五六七八九十]+、|\d+[.、]\s*|其中：)", "", label).strip()


def plain_title(title: str) -> str:
    """A table's name as people say it: no year in front."""
    return re.sub(r"^\d{4}年度?(?:部门|单位)?", "", title)
