"""The chart of accounts that made-up bodies book on (data/accounts.yaml)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

DATA = Path(__file__).parent / "data"


class Chart(BaseModel):
    """Names by code: 类 of three digits, 款 of five, 项 of seven; economic 301 and 30101."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    classes: tuple[tuple[str, str], ...]
    groups: dict[str, str]
    items: dict[str, str]
    economic: dict[str, dict[str, str]]
    economic_classes: dict[str, str]

    def name(self, code: str) -> str:
        """The name of a function account of any length."""
        if len(code) == 3:
            return dict(self.classes)[code]
        return self.groups[code] if len(code) == 5 else self.items[code]

    def economic_name(self, code: str) -> str:
        """The name of an economic account of any length."""
        if len(code) == 3:
            return self.economic_classes[code]
        return self.economic[code[:3]][code]


@cache
def chart() -> Chart:
    """The chart, read once."""
    text = (DATA / "accounts.yaml").read_text(encoding="utf-8")
    return Chart.model_validate(yaml.safe_load(text))
