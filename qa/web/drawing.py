"""Charts as inline SVG: lengths in percent, so that the text keeps its size on a phone.

Each picture has a title and a description for those who do not see it, patterns besides colours,
and the figures behind it as a table with their sources.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from qa.web.charts import Chart, Mark, Shape
from qa.web.markup import join, safe
from qa.web.words import Words

_ROW, _BAR = 46, 18  # a bar with its name above it, in pixels
_COLUMNS, _TALL = 6, 150  # so many years stand side by side, so high
_WIDEST = 70  # percent; the rest is for the figure beside the bar
_PATTERNS = 8
_SHORT = 24  # characters of a name beside its bar; the table has all of it


def chart_html(turn: int, chart: Chart, words: Words) -> str:
    """The figure of turn number `turn`: caption, picture, and the numbers behind it."""
    unit = words.unit.format(unit=chart.marks[0].unit) if _columnar(chart) else ""
    named = (words.charts[chart.shape], _subject(chart), unit)
    caption = " · ".join(part for part in named if part)
    picture = _picture(f"chart-{turn}", chart, words)
    shown = " open" if chart.shape is Shape.PARTS else ""
    return (
        f'<figure class="chart {chart.shape.value}"><figcaption>{safe(caption)}</figcaption>'
        f'{picture}<details class="behind"{shown}><summary>{safe(words.behind)}</summary>'
        f"{_table(turn, chart, words)}</details></figure>"
    )


def figure_text(mark: Mark) -> str:
    """A figure as it is printed beside its mark."""
    return f"{mark.value:,f} {mark.unit}".strip()


def _subject(chart: Chart) -> str:
    return chart.whole.label if chart.whole else chart.subject


def _columnar(chart: Chart) -> bool:
    """Whether it is drawn as columns, whose figures stand above them without their unit."""
    alike = len({mark.unit for mark in chart.marks}) == 1
    return chart.shape is Shape.TREND and len(chart.marks) <= _COLUMNS and alike


def _names(chart: Chart, words: Words) -> list[str]:
    if chart.shape is Shape.BUDGET:
        return list(words.budget_and_actual)
    return [mark.label for mark in chart.marks]


def _picture(name: str, chart: Chart, words: Words) -> str:
    if chart.shape is Shape.PARTS:
        height, drawn = 40, join(_stack(name, chart))
    elif chart.shape is Shape.SHARE:
        height, drawn = 2 * _ROW, join(_share(name, chart))
    elif _columnar(chart):
        height, drawn = _TALL + 46, join(_columns(name, chart))
    else:
        height, drawn = _ROW * len(chart.marks), join(_bars(name, chart, words))
    told = "；".join(
        f"{label} {figure_text(mark)}"
        for label, mark in zip(_names(chart, words), chart.marks, strict=True)
    )
    whole = f"{chart.whole.label} {figure_text(chart.whole)}；" if chart.whole else ""
    return (
        f'<svg role="img" aria-labelledby="{name}-title {name}-told" width="100%" '
        f'height="{height}"><title id="{name}-title">{safe(words.charts[chart.shape])}</title>'
        f'<desc id="{name}-told">{safe(whole + told)}</desc>'
        f"<defs>{join(_patterns(name))}</defs>{drawn}</svg>"
    )


def _patterns(name: str) -> Iterator[str]:
    """Fills that can be told apart without their colours."""
    strokes = (
        "",
        '<path d="M0 8L8 0" />',
        '<circle cx="4" cy="4" r="1.6" />',
        '<path d="M0 4H8" />',
        '<path d="M4 0V8" />',
        '<path d="M0 0L8 8" />',
        '<path d="M0 4H8M4 0V8" />',
        '<path d="M0 8L8 0M0 0L8 8" />',
    )
    for number, stroke in enumerate(strokes):
        yield (
            f'<pattern id="{name}-fill-{number}" width="8" height="8" '
            f'patternUnits="userSpaceOnUse"><rect class="tone tone-{number}" width="8" '
            f'height="8" /><g class="hatch">{stroke}</g></pattern>'
        )


def _fill(name: str, number: int) -> str:
    return f'fill="url(#{name}-fill-{number % _PATTERNS})"'


def _percent(part: Decimal, whole: Decimal, of: int = 100) -> Decimal:
    return (part * of / whole).quantize(Decimal("0.01")) if whole else Decimal(0)


def _bars(name: str, chart: Chart, words: Words) -> Iterator[str]:
    longest = max(mark.size for mark in chart.marks)
    for row, (label, mark) in enumerate(zip(_names(chart, words), chart.marks, strict=True)):
        fill = _fill(name, row if chart.shape is Shape.BUDGET else 0)
        yield _bar(row, label, mark, _percent(mark.size, longest, _WIDEST), fill)


def _bar(row: int, label: str, mark: Mark, width: Decimal, fill: str) -> str:
    top = row * _ROW
    short = label if len(label) <= _SHORT else f"{label[: _SHORT - 1]}…"
    return (
        f'<text class="name" x="0" y="{top + 15}">{safe(short)}</text>'
        f'<rect class="ink" x="0" y="{top + 22}" width="{width}%" height="{_BAR}" {fill} />'
        f'<text class="value" x="{width}%" dx="8" y="{top + 36}">{safe(figure_text(mark))}</text>'
    )


def _share(name: str, chart: Chart) -> Iterator[str]:
    """The part over its whole, both from the same zero."""
    if chart.whole is None:
        return
    for row, mark in enumerate((*chart.marks, chart.whole)):
        width = _percent(mark.size, chart.whole.size, _WIDEST)
        yield _bar(row, mark.label, mark, width, _fill(name, 0 if row == 0 else 1))


def _columns(name: str, chart: Chart) -> Iterator[str]:
    highest = max(mark.size for mark in chart.marks)
    step = Decimal(100) / len(chart.marks)
    for place, mark in enumerate(chart.marks):
        middle = (step * place + step / 2).quantize(Decimal("0.01"))
        width = (step * Decimal("0.44")).quantize(Decimal("0.01"))
        height = int(_percent(mark.size, highest, _TALL))
        top = 22 + _TALL - height
        yield (
            f'<rect class="ink" x="{middle - width / 2}%" y="{top}" width="{width}%" '
            f'height="{height}" {_fill(name, 0)} />'
            f'<text class="value middle" x="{middle}%" y="{top - 7}">{safe(f"{mark.value:,f}")}'
            f'</text><text class="name middle" x="{middle}%" y="{_TALL + 40}">'
            f"{safe(mark.label)}</text>"
        )
    yield f'<line class="base" x1="0" x2="100%" y1="{_TALL + 22}" y2="{_TALL + 22}" />'


def _stack(name: str, chart: Chart) -> Iterator[str]:
    if chart.whole is None:
        return
    total = sum((mark.size for mark in chart.marks), Decimal(0))
    start = Decimal(0)
    for number, mark in enumerate(chart.marks):
        width = _percent(mark.size, total)
        yield (
            f'<rect class="ink" x="{start}%" y="4" width="{width}%" height="32" '
            f"{_fill(name, number)}><title>{safe(f'{mark.label} {figure_text(mark)}')}</title>"
            "</rect>"
        )
        start += width


def _table(turn: int, chart: Chart, words: Words) -> str:
    heads = join(f'<th scope="col">{safe(head)}</th>' for head in words.operands)
    rows = [
        _line(turn, label, mark, _swatch(turn, chart, number), words)
        for number, (label, mark) in enumerate(zip(_names(chart, words), chart.marks, strict=True))
    ]
    if chart.whole is not None:
        rows.append(_line(turn, chart.whole.label, chart.whole, "", words))
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{join(rows)}</tbody></table>"


def _swatch(turn: int, chart: Chart, number: int) -> str:
    if chart.shape is not Shape.PARTS:
        return ""
    fill = _fill(f"chart-{turn}", number)
    return (
        '<svg class="swatch" width="14" height="14" aria-hidden="true">'
        f'<rect class="ink" width="14" height="14" {fill} /></svg>'
    )


def _line(turn: int, label: str, mark: Mark, swatch: str, words: Words) -> str:
    return (
        f'<tr><th scope="row">{swatch}{safe(label)}</th><td>{safe(figure_text(mark))}</td>'
        f"<td>{source_mark(turn, mark.citation, words)}</td></tr>"
    )


def source_mark(turn: int, citation: int | None, words: Words) -> str:
    """A button that opens a citation of this turn; nothing where a figure has none."""
    if citation is None:
        return ""
    return (
        f'<button type="button" class="mark" data-turn="{turn}" data-cite="{citation}" '
        f'aria-label="{safe(words.sources)} {citation + 1}">{citation + 1}</button>'
    )
