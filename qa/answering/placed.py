"""A figure's name with where it counts: 甲县债务余额, 全市税收收入, 市本级教育支出."""

from __future__ import annotations

from corpus import Identity, Level
from qa.coverage import OWN, WHOLE, area_said
from qa.entry import Entry

_ENGLISH = {WHOLE: "whole area", OWN: "own level"}


def placed(label: str, entry: Entry | None, identity: Identity, zh: bool = True) -> str:
    """The label with its region, or with the area where a government's figure has one."""
    if entry is None or identity.level is not Level.GOVERNMENT:
        return label
    if entry.period and entry.period not in label:
        label = f"“{entry.period}”期间{label}" if zh else f"{label} ({entry.period})"
    if entry.region:
        return label if entry.region in label else f"{entry.region}{label}"
    area = next((a for a in (WHOLE, OWN) if a in entry.context), "")
    if not area or area_said((label,)):
        return label
    if not zh:
        return f"{label} ({_ENGLISH[area]})"
    unit = identity.body[-1:] if identity.body[-1:] in "省市区县州旗盟" else "地区"
    return f"全{unit}{label}" if area == WHOLE else f"{'' if unit == '地区' else unit}本级{label}"
