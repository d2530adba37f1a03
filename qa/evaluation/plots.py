"""The page's plots, as SVG: no script, no library, readable when printed."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence

from qa.evaluation.summary import Tally, percentile

_COLOURS = (
    ("right", "#2f855a"),
    ("declined", "#b7791f"),
    ("wrong", "#b42318"),
    ("failed", "#52606d"),
)
_WIDTH, _ROW, _LEFT = 900, 24, 150
_BINS = 24


def stacked(tallies: Sequence[Tally]) -> str:
    """A bar a tally, split into right, declined, wrong and failed; counts are written in."""
    height = _ROW * (len(tallies) + 1) + 8
    rows = "".join(_bar(tally, _ROW * (i + 1)) for i, tally in enumerate(tallies))
    legend = "".join(
        f'<rect x="{_LEFT + 110 * i}" y="4" width="12" height="12" fill="{colour}"/>'
        f'<text x="{_LEFT + 16 + 110 * i}" y="15">{name}</text>'
        for i, (name, colour) in enumerate(_COLOURS)
    )
    return _svg(height, "Outcomes by kind of question", legend + rows)


def _bar(tally: Tally, top: int) -> str:
    found = [f'<text x="0" y="{top + 16}">{html.escape(tally.name)}</text>']
    at = float(_LEFT)
    for name, colour in _COLOURS:
        count = getattr(tally, name)
        width = (_WIDTH - _LEFT) * count / max(1, tally.asked)
        if count:
            found.append(
                f'<rect x="{at:.1f}" y="{top}" width="{width:.1f}" height="{_ROW - 4}" '
                f'fill="{colour}"><title>{name}: {count}</title></rect>'
                f'<text x="{at + 4:.1f}" y="{top + 15}" style="fill:#fff">{count}</text>'
            )
        at += width
    return "".join(found)


def latencies(times: Sequence[float]) -> str:
    """A histogram of milliseconds on a logarithmic axis, with p50 and p95 marked."""
    if not times:
        return ""
    low = math.log10(max(0.1, min(times)))
    span = max(math.log10(max(times)) - low, 0.01)

    def across(ms: float) -> float:
        return (math.log10(max(ms, 0.1)) - low) / span

    counts = [0] * _BINS
    for ms in times:
        counts[min(_BINS - 1, int(across(ms) * _BINS))] += 1
    width = _WIDTH / _BINS
    bars = "".join(
        f'<rect x="{i * width:.1f}" y="{130 - 110 * n / max(counts):.1f}" '
        f'width="{width - 2:.1f}" height="{110 * n / max(counts):.1f}" fill="#2b6cb0"/>'
        for i, n in enumerate(counts)
    )
    marks = "".join(
        f'<line x1="{across(ms) * _WIDTH:.1f}" x2="{across(ms) * _WIDTH:.1f}" y1="12" y2="130" '
        f'stroke="#b42318"/><text x="{min(across(ms) * _WIDTH + 4, _WIDTH - 90):.1f}" y="{y}">'
        f"{name} {ms:.0f} ms</text>"
        for name, ms, y in (
            ("p50", percentile(times, 0.5), 12),
            ("p95", percentile(times, 0.95), 26),
        )
    )
    ends = (
        f'<text x="0" y="146">{min(times):.1f} ms</text>'
        f'<text x="{_WIDTH}" y="146" text-anchor="end">{max(times):.0f} ms</text>'
    )
    return _svg(150, "How long answers took", bars + marks + ends)


def _svg(height: int, title: str, inside: str) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{title}" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{title}</title>{inside}</svg>'
    )
