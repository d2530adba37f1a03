"""Figures in running text, read the way a strict reader would: value, sign, scale and unit.

This reading is deliberately independent of the product's own: a scorer that shared code with the
engine would share its mistakes.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

# Powers keep the exponent of what they scale, so that a figure still shows its precision.
_SCALES = {
    "": Decimal("1"),
    "千": Decimal("1E3"),
    "thousand": Decimal("1E3"),
    "万": Decimal("1E4"),
    "百万": Decimal("1E6"),
    "million": Decimal("1E6"),
    "千万": Decimal("1E7"),
    "亿": Decimal("1E8"),
    "billion": Decimal("1E9"),
    "万亿": Decimal("1E12"),
}
# Different ways to write one unit; the key is how two figures are compared.
_UNITS = {
    "元": ("元", "yuan", "rmb", "cny"),
    "%": ("%", "percent", "per cent"),
    "百分点": ("个百分点", "百分点", "percentage points", "percentage point"),
    "个": ("个", "项", "种", "类", "条", "家", "处", "items", "item", "projects", "project"),
    "人": ("人", "名", "people", "persons", "person"),
    "人次": ("人次",),
    "笔": ("笔", "transactions", "transaction", "cases", "case"),
    "份": ("份", "copies", "copy"),
    "批次": ("批次", "批"),
    "辆": ("辆", "vehicles", "vehicle"),
    "台": ("台", "台套", "台(套)"),
    "分": ("分", "points", "point"),
    "倍": ("倍", "times"),
    "户": ("户", "households"),
    "件": ("件",),
    "次": ("次",),
    "平方米": ("平方米", "m2"),
    "天": ("天", "个工作日", "工作日", "days"),
    "小时": ("小时", "hours"),
}
# What follows digits that are a date, an address or a name rather than an amount.
_NO_AMOUNT = ("年度", "年", "月", "日", "号", "表", "栏", "行", "页", "级", "°c", "岁")

_WRITTEN = {form: unit for unit, forms in _UNITS.items() for form in forms}
_FORMS = sorted([*_WRITTEN, *_NO_AMOUNT], key=len, reverse=True)
_UNIT = "|".join(
    re.escape(form) + (r"\b" if form.isascii() and form != "%" else "") for form in _FORMS
)
_SCALE = "|".join(sorted((s for s in _SCALES if s), key=len, reverse=True))
_FIGURE = re.compile(
    r"(?P<currency>¥|cny|rmb)?\s*"
    r"(?P<sign>(?<![0-9A-Za-z)])[-−])?"
    r"(?<![\d.,A-Za-z_])(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d]|[.,]\d)"
    rf"(?:\s*(?P<scale>{_SCALE}))?(?:\s*(?P<unit>{_UNIT}))?",
    re.IGNORECASE,
)
_MARKER = re.compile(r"\[\d+\]")
_FALL = re.compile(r"(减少|下降|降低|减|少|低|负|fell|fall|down|decrease|declin|drop|less|lower)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number read from text. `value` is scaled to `unit` (元, %, 人 …; "" when none follows)."""

    value: Decimal
    unit: str
    written: str
    falling: bool = False

    @property
    def is_amount(self) -> bool:
        """Whether it measures something: bare digits, dates and table numbers do not."""
        return bool(self.unit) and self.unit not in _NO_AMOUNT


def plain(text: str) -> str:
    """Text with full-width forms folded and citation markers removed; spaces stay."""
    return unicodedata.normalize("NFKC", _MARKER.sub("", text))


def figures(text: str) -> tuple[Figure, ...]:
    """Every number of the text, in order, with the unit that stands right behind it."""
    folded = plain(text)
    found = (_figure(match, folded) for match in _FIGURE.finditer(folded))
    return tuple(figure for figure in found if figure is not None)


def _figure(match: re.Match[str], text: str) -> Figure | None:
    digits = match["digits"].replace(",", "")
    if re.match(r"0\d", digits):  # 公开03表, 0.5 is kept: a leading zero makes a name
        return None
    value = Decimal(digits) * _SCALES[(match["scale"] or "").lower()]
    written = (match["unit"] or "").lower()
    unit = _WRITTEN.get(written, written) or ("元" if match["currency"] else "")
    falling = bool(_FALL.search(text[max(0, match.start() - 12) : match.start()].lower()))
    return Figure(-value if match["sign"] else value, unit, match[0].strip(), falling)


def scaled(value: Decimal, unit: str) -> Figure:
    """A value with its unit as written ("80.25", "万元") in the form that text is read in."""
    folded = unicodedata.normalize("NFKC", unit).strip().lower()
    for scale in sorted(_SCALES, key=len, reverse=True):
        rest = folded.removeprefix(scale).strip()
        if folded.startswith(scale) and (rest in _WRITTEN or not rest):
            return Figure(value * _SCALES[scale], _WRITTEN.get(rest, rest), f"{value}{unit}")
    return Figure(value, folded, f"{value}{unit}")


def same(expected: Figure, found: Figure) -> bool:
    """Equal in value and sign, and in unit where both carry one."""
    bare = not expected.unit or not found.unit
    if found.unit in _NO_AMOUNT or not (bare or expected.unit == found.unit):
        return False
    if expected.value == found.value:
        return True
    return expected.value < 0 and found.falling and expected.value == -found.value


def rounds_to(exact: Figure, found: Figure) -> bool:
    """Whether `found` is `exact` or `exact` rounded to the digits that `found` shows; no signs."""
    if exact.unit != found.unit:
        return False
    quantum = Decimal(1).scaleb(int(found.value.as_tuple().exponent))
    return abs(abs(exact.value) - abs(found.value)) <= quantum / 2
