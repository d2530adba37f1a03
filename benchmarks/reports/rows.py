"""Rows of statements: accounts with their parents, two sides, economic classes in blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest

from benchmarks.reports.chart import chart
from benchmarks.reports.ledger import Item
from benchmarks.reports.model import SheetRow
from benchmarks.reports.style import Style

Amounts = tuple[int | None, ...]
Line = tuple[str, Sequence[int | None]]  # a label and its figures; "" leaves the place empty


def by_account(
    items: Iterable[Item], columns: Callable[[Item], Sequence[int]], *, depth: int = 7
) -> list[tuple[str, tuple[int, ...]]]:
    """(code, figures) of 合计 (code ""), every 类, 款 and 项, each the sum of what is under it."""
    sums: dict[str, list[int]] = {}
    for item in items:
        figures = columns(item)
        for length in (0, 3, 5, 7):
            if length <= depth:
                row = sums.setdefault(item.code[:length], [0] * len(figures))
                for i, figure in enumerate(figures):
                    row[i] += figure
    return [(code, tuple(sums[code])) for code in sorted(sums)]


def account_rows(
    style: Style,
    items: Iterable[Item],
    columns: Callable[[Item], Sequence[int]],
    *,
    width: int,
) -> list[SheetRow]:
    """The rows of a statement by function; 合计 stands first or last, merged over the codes."""
    booked = by_account(items, columns)
    rows = [_account_row(style, code, figures) for code, figures in booked if code]
    total = booked[0][1] if booked else (0,) * width
    return with_total(style, rows, _total_figures(style, total, bool(booked)))


def _total_figures(style: Style, total: Sequence[int], some: bool) -> tuple[str, ...]:
    return tuple(style.shown(v if v or some else None) for v in total)


def with_total(
    style: Style, rows: list[SheetRow], figures: Sequence[str], names: int = 0
) -> list[SheetRow]:
    """The rows with 合计 above or below them, merged over `names` columns of codes and names."""
    names = names or (4 if style.split_codes else 2)
    texts = ("合计", *[""] * (names - 1), *figures)
    total = SheetRow(texts, merged=((0, names),))
    return [*rows, total] if style.total_last else [total, *rows]


def _account_row(style: Style, code: str, figures: Sequence[int]) -> SheetRow:
    name = chart().name(code)
    level = {3: 0, 5: 1, 7: 2}[len(code)]
    return SheetRow((*code_texts(style, code), name, *map(style.shown, figures)), level=level)


def code_texts(style: Style, code: str) -> tuple[str, ...]:
    """The code in one text, or divided into 类, 款 and 项."""
    if not style.split_codes:
        return (code,)
    return (code[:3], code[3:5], code[5:7])


def class_lines(
    items: Iterable[Item],
    columns: Callable[[Item], Sequence[int]],
    classes: Sequence[tuple[str, str]],
) -> list[tuple[str, tuple[int | None, ...]]]:
    """A line for each class, with figures where there are any."""
    found = dict(by_account(items, columns, depth=3))
    width = len(next(iter(found.values()), (0,)))
    return [
        (name, tuple(v or None for v in found[code]) if code in found else (None,) * width)
        for code, name in classes
    ]


def side_rows(
    style: Style,
    left: Sequence[Line],
    right: Sequence[Line],
    ends: Sequence[tuple[Line, Line]],
    widths: tuple[int, int],
) -> list[SheetRow]:
    """Two lists side by side, then the lines that both sides end with; 行次 where asked."""
    pairs = [*zip_longest(left, right, fillvalue=("", ())), *ends]
    rows = []
    for i, (first, second) in enumerate(pairs):
        texts = _side(style, first, i + 1, widths[0])
        texts += _side(style, second, i + 1 + len(pairs), widths[1])
        rows.append(SheetRow(tuple(texts)))
    return rows


def _side(style: Style, line: Line, number: int, width: int) -> list[str]:
    label, figures = line
    shown = [style.shown(v) for v in figures] + [""] * (width - len(figures))
    return [style.word(label), *([str(number)] if style.lines else []), *shown]


def economic_lists(
    economic: Mapping[str, int], parts: Sequence[Sequence[str]], *, all_codes: bool
) -> list[list[tuple[str, int]]]:
    """(code, amount) of economic accounts for each part; `all_codes` keeps those of nothing."""
    lists = []
    for part in parts:
        listed: list[tuple[str, int]] = []
        for head in part:
            own = [(c, economic.get(c, 0)) for c in chart().economic[head]]
            total = sum(v for _, v in own)
            if total or all_codes:
                listed.append((head, total))
                listed += [(c, v) for c, v in own if v or all_codes]
        lists.append(listed)
    return lists


def block_rows(
    style: Style,
    lists: Sequence[Sequence[tuple[str, int]]],
    ends: Sequence[tuple[str, int]],
) -> list[SheetRow]:
    """Economic accounts in blocks side by side; the last row has a total for each of `ends`."""
    rows = []
    for line in zip_longest(*lists):
        texts: list[str] = []
        for entry in line:
            if entry is None:
                texts += ["", "", ""]
            else:
                texts += [entry[0], chart().economic_name(entry[0]), style.shown(entry[1])]
        rows.append(SheetRow(tuple(texts), level=1))
    return [*rows, _block_totals(style, len(lists), ends)]


def _block_totals(style: Style, blocks: int, ends: Sequence[tuple[str, int]]) -> SheetRow:
    """人员经费合计 | 公用经费合计: the last total's label reaches over the blocks between."""
    (first, personnel), (second, public) = ends
    middle = 3 * (blocks - 1) - 1
    texts = (first, "", style.shown(personnel), second, *[""] * (middle - 1), style.shown(public))
    return SheetRow(texts, merged=((0, 2), (3, middle)))
