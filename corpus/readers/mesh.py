"""Rulings into meshes: the cells that a page's lines draw, merged ones as one.

A mesh is made of the lines that touch each other. Where a border between two neighbouring
places is not drawn they are one cell; a table that leaves its outer sides open is closed at the
ends of its rulings.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

from corpus.readers.pdf_page import Rule

_SNAP = 2.5  # points: lines closer than this are one line
_TOUCH = 3.5
_MOST_CROSSINGS = 1_000_000  # more lines than that are a drawing
_LONG = 72.0  # points: shorter upright lines alone are no columns


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a mesh, with its spans."""

    row: int
    column: int
    rowspan: int
    colspan: int


@dataclass(frozen=True, slots=True)
class Mesh:
    """The cells of one ruled table. `xs` and `ys` are its border positions."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    places: tuple[Place, ...]

    def index(self) -> dict[tuple[int, int], Place]:
        """Which place covers each (row, column) of the mesh."""
        return {
            (row, column): place
            for place in self.places
            for row in range(place.row, place.row + place.rowspan)
            for column in range(place.column, place.column + place.colspan)
        }

    def spot(self, x: float, y: float) -> tuple[int, int] | None:
        """The (row, column) in which a point lies, None outside the mesh."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        inside = 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1
        return (row, column) if inside else None


@dataclass(slots=True)
class _Track:
    """All rulings at one position, as the stretches that are drawn."""

    at: float
    stretches: list[tuple[float, float]]

    def covers(self, start: float, end: float) -> bool:
        middle = (start + end) / 2
        return any(a - _SNAP <= middle <= b + _SNAP for a, b in self.stretches)


def meshes(rules: Sequence[Rule]) -> list[Mesh]:
    """The meshes of a page from top to bottom; a lone line or an underline makes none."""
    flats = _tracks((r.top, r.x0, r.x1) for r in rules if r.flat)
    ups = _tracks((r.x0, r.top, r.bottom) for r in rules if not r.flat)
    if len(flats) * len(ups) > _MOST_CROSSINGS:
        return []
    found = (_mesh(f, u) for f, u in _components(flats, ups))
    whole = [m for m in found if m is not None] or _columns_only(ups)
    return sorted(whole, key=lambda m: (m.ys[0], m.xs[0]))


def _columns_only(ups: list[_Track]) -> list[Mesh]:
    """The mesh of a page that draws nothing but the borders between its columns.

    That is how a table goes on whose rows are not ruled. It is open at both sides: the outermost
    columns reach as far as the text does, so that the mesh reaches to infinity.
    """
    spans = [stretch for up in ups for stretch in up.stretches]
    if not spans:
        return []
    top, bottom = min(a for a, _ in spans), max(b for _, b in spans)
    long = [up for up in ups if up.stretches[0][1] - up.stretches[0][0] > 0.8 * (bottom - top)]
    if bottom - top < _LONG or not long:
        return []
    xs = (-inf, *dict.fromkeys(up.at for up in long), inf)
    places = (Place(0, column, 1, 1) for column in range(len(xs) - 1))
    return [Mesh(xs, (top, bottom), tuple(places))]


def _tracks(lines: Iterable[tuple[float, float, float]]) -> list[_Track]:
    """Lines given as (position, start, end), one track for each unbroken stretch."""
    groups: list[list[tuple[float, float, float]]] = []
    for line in sorted(lines):
        if groups and line[0] - groups[-1][-1][0] <= _SNAP:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [
        _Track(sum(g[0] for g in group) / len(group), [stretch])
        for group in groups
        for stretch in _stretches((a, b) for _, a, b in group)
    ]


def _stretches(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if joined and start - joined[-1][1] <= _TOUCH:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _components(flats: list[_Track], ups: list[_Track]) -> list[tuple[list[_Track], list[_Track]]]:
    """Flat and upright tracks by the table they belong to: those that touch, transitively."""
    owner = list(range(len(flats) + len(ups)))
    for j, up in enumerate(ups, len(flats)):
        for i, flat in enumerate(flats):
            if _touch(flat, up):
                _unite(owner, i, j)
    groups: dict[int, tuple[list[_Track], list[_Track]]] = {}
    for index in range(len(owner)):
        flat_part, up_part = groups.setdefault(_root(owner, index), ([], []))
        if index < len(flats):
            flat_part.append(flats[index])
        else:
            up_part.append(ups[index - len(flats)])
    return list(groups.values())


def _touch(flat: _Track, up: _Track) -> bool:
    (x0, x1), (top, bottom) = flat.stretches[0], up.stretches[0]
    return x0 - _TOUCH <= up.at <= x1 + _TOUCH and top - _TOUCH <= flat.at <= bottom + _TOUCH


def _root(owner: list[int], index: int) -> int:
    while owner[index] != index:
        owner[index] = owner[owner[index]]
        index = owner[index]
    return index


def _unite(owner: list[int], a: int, b: int) -> None:
    owner[_root(owner, a)] = _root(owner, b)


def _mesh(flats: list[_Track], ups: list[_Track]) -> Mesh | None:
    if not flats or not ups or len(flats) + len(ups) < 3:
        return None
    flats, ups = _by_position(flats), _by_position(ups)
    xs = _closed([u.at for u in ups], [s for f in flats for s in f.stretches])
    ys = _closed([f.at for f in flats], [s for u in ups for s in u.stretches])
    if len(xs) < 2 or len(ys) < 2:
        return None
    return Mesh(tuple(xs), tuple(ys), tuple(_places(xs, ys, flats, ups)))


def _by_position(tracks: list[_Track]) -> list[_Track]:
    """One track for each position, however many stretches it has."""
    merged: dict[float, _Track] = {}
    for track in sorted(tracks, key=lambda t: t.at):
        if track.at in merged:
            merged[track.at].stretches.extend(track.stretches)
        else:
            merged[track.at] = _Track(track.at, list(track.stretches))
    return list(merged.values())


def _closed(positions: list[float], spans: list[tuple[float, float]]) -> list[float]:
    """The positions, closed on both sides where the crossing lines run on past the last."""
    start, end = min(a for a, _ in spans), max(b for _, b in spans)
    before = [start] if start < positions[0] - 2 * _TOUCH else []
    after = [end] if end > positions[-1] + 2 * _TOUCH else []
    return before + positions + after


def _places(
    xs: list[float], ys: list[float], flats: list[_Track], ups: list[_Track]
) -> Iterable[Place]:
    columns, count = len(xs) - 1, (len(xs) - 1) * (len(ys) - 1)
    owner = list(range(count))
    up_at, flat_at = {u.at: u for u in ups}, {f.at: f for f in flats}
    for index in range(count):
        row, column = divmod(index, columns)
        right, below = up_at.get(xs[column + 1]), flat_at.get(ys[row + 1])
        if column + 1 < columns and not (right and right.covers(ys[row], ys[row + 1])):
            _unite(owner, index, index + 1)
        if row + 2 < len(ys) and not (below and below.covers(xs[column], xs[column + 1])):
            _unite(owner, index, index + columns)
    groups: dict[int, list[tuple[int, int]]] = {}
    for index in range(count):
        groups.setdefault(_root(owner, index), []).append(divmod(index, columns))
    for group in groups.values():
        yield from _rectangles(group)


def _rectangles(group: list[tuple[int, int]]) -> Iterable[Place]:
    """The group as one cell, or row by row where a gap in the rulings has made it ragged."""
    rows, columns = [r for r, _ in group], [c for _, c in group]
    height, width = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
    if height * width == len(group):
        yield Place(min(rows), min(columns), height, width)
        return
    for row in sorted(set(rows)):
        inside = sorted(c for r, c in group if r == row)
        start = inside[0]
        for here, following in zip(inside, [*inside[1:], None], strict=True):
            if following != here + 1:
                yield Place(row, start, 1, here - start + 1)
                start = following if following is not None else start
