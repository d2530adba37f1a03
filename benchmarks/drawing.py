"""Lines on logarithmic axes, as SVG."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass

_WIDTH, _HEIGHT, _EDGE, _LEGEND = 640, 420, 60, 230
_COLOURS = ("#2b6cb0", "#2f855a", "#b7791f", "#b42318", "#6b46c1", "#0d7377", "#97266d", "#52606d")


@dataclass(frozen=True, slots=True)
class Line:
    """A named line through points with positive coordinates."""

    name: str
    points: tuple[tuple[float, float], ...]


def lines(title: str, across: str, drawn: Sequence[Line]) -> str:
    """The lines with a grid at every power of ten."""
    points = [point for line in drawn for point in line.points]
    left, right = _powers([x for x, _ in points])
    low, high = _powers([y for _, y in points])

    def place(x: float, y: float) -> tuple[float, float]:
        at = (math.log10(x) - left) / max(1, right - left) * (_WIDTH - 2 * _EDGE) + _EDGE
        up = (math.log10(y) - low) / max(1, high - low) * (_HEIGHT - 2 * _EDGE) + _EDGE
        return at, _HEIGHT - up

    parts = []
    for power in range(left, right + 1):
        x, y = place(10.0**power, 10.0**low)
        parts.append(
            f'<line x1="{x:.0f}" x2="{x:.0f}" y1="{_EDGE}" y2="{y:.0f}" stroke="#ddd"/>'
            f'<text x="{x:.0f}" y="{y + 18:.0f}" text-anchor="middle">{10**power:,}</text>'
        )
    for power in range(low, high + 1):
        x, y = place(10.0**left, 10.0**power)
        parts.append(
            f'<line x1="{x:.0f}" x2="{_WIDTH - _EDGE}" y1="{y:.0f}" y2="{y:.0f}" stroke="#ddd"/>'
            f'<text x="{x - 6:.0f}" y="{y + 4:.0f}" text-anchor="end">{10.0**power:g}</text>'
        )
    for number, (line, colour) in enumerate(zip(drawn, _COLOURS, strict=False)):
        at = [place(x, y) for x, y in line.points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in at]
        y = _EDGE + 20 * number
        parts.append(
            f'<rect x="{_WIDTH}" y="{y - 10}" width="12" height="12" fill="{colour}"/>'
            f'<text x="{_WIDTH + 18}" y="{y}">{html.escape(line.name)}</text>'
        )
    return (
        f'<svg viewBox="0 0 {_WIDTH + _LEGEND} {_HEIGHT}" xmlns="http://www.w3.org/2000/svg" '
        'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>'
        f'<text x="{_EDGE}" y="30" font-size="15">{html.escape(title)}</text>'
        f'<text x="{_WIDTH / 2:.0f}" y="{_HEIGHT - 12}" text-anchor="middle">'
        f"{html.escape(across)}</text>{''.join(parts)}</svg>\n"
    )


def _powers(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten around the values."""
    return math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
