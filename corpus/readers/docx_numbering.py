"""The numbers that Word prints in front of paragraphs by itself: 一、, （二）, 3., 第四部分."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HAN = "零一二三四五六七八九"
_HAN_FORMATS = re.compile(r"(chinese|japanese|taiwanese)Counting|ideographDigital")
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered: `text` holds %1, %2 … for the levels' counters."""

    start: int
    format: str
    text: str


class Numbering:
    """Counts the document's lists; `label` must be asked for every paragraph, in order."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[tuple[str, int], _Level] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._list_of: dict[str, str] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        root = _part(document, "numbering")
        if root is not None:
            self._read(root)
            self._read_styles(_part(document, "styles"))

    def label(self, paragraph: Any) -> str:
        """The number printed before the paragraph, "" where it has none."""
        found = self._numbered(paragraph)
        if found is None or (self._list_of.get(found[0], ""), found[1]) not in self._levels:
            return ""
        list_, depth = self._list_of[found[0]], found[1]
        counts = self._counts[list_]
        level = self._levels[list_, depth]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        return re.sub(r"%(\d)", lambda m: self._counter(list_, int(m[1]) - 1), level.text)

    def _counter(self, list_: str, depth: int) -> str:
        level = self._levels.get((list_, depth), _Level(1, "decimal", ""))
        return _written(self._counts[list_].get(depth, level.start), level.format)

    def _numbered(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and level of a paragraph, its own or its style's."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return None
        own = _list(properties)
        style = properties.find(f"{_W}pStyle")
        if own is not None:
            return None if own[0] == "0" else own
        return self._styles.get(_val(style)) if style is not None else None

    def _read(self, root: Any) -> None:
        for abstract in root.iter(f"{_W}abstractNum"):
            name = abstract.get(f"{_W}abstractNumId", "")
            for level in abstract.iter(f"{_W}lvl"):
                depth = int(level.get(f"{_W}ilvl", "0"))
                self._levels[name, depth] = _Level(
                    int(_child(level, "start") or 1),
                    _child(level, "numFmt"),
                    _child(level, "lvlText"),
                )
        for number in root.iter(f"{_W}num"):
            self._list_of[number.get(f"{_W}numId", "")] = _child(number, "abstractNumId")

    def _read_styles(self, root: Any) -> None:
        for style in root.iter(f"{_W}style") if root is not None else ():
            properties = style.find(f"{_W}pPr")
            found = _list(properties) if properties is not None else None
            if found is not None:
                self._styles[style.get(f"{_W}styleId", "")] = found


def _part(document: Any, kind: str) -> Any:
    """The root of a related part (numbering, styles), None where the document has none."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            part = relation.target_part
            return getattr(part, "element", None)
    return None


def _list(properties: Any) -> tuple[str, int] | None:
    numbers = properties.find(f"{_W}numPr")
    if numbers is None or numbers.find(f"{_W}numId") is None:
        return None
    return _child(numbers, "numId"), int(_child(numbers, "ilvl") or 0)


def _child(node: Any, name: str) -> str:
    child = node.find(f"{_W}{name}")
    return "" if child is None else _val(child)


def _val(node: Any) -> str:
    return str(node.get(f"{_W}val", ""))


def _written(number: int, format_: str) -> str:
    """A counter in its list's script; bullets and unknown formats print nothing."""
    if _HAN_FORMATS.match(format_):
        return _han(number)
    if format_ in ("decimal", "decimalFullWidth", ""):
        return str(number)
    if format_ == "decimalEnclosedCircle" and number < len(_CIRCLED):
        return _CIRCLED[number]
    return ""


def _han(number: int) -> str:
    """1–99 in Chinese: 一, 十, 十二, 二十, 二十一."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _HAN[tens]) + "十" if tens else ""
    return head + (_HAN[ones] if ones or not tens else "")
