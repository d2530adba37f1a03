"""One PDF page as glyphs and rulings, in the page as a reader sees it.

pdfium decodes; this module turns its coordinates upright (page rotation, text drawn sideways),
measures every glyph by its baseline and drops what the page does not show: characters outside
the paper or outside the clip of their own object, diagonal watermarks, and the second strike of
a glyph printed twice for bold.
"""

from __future__ import annotations

import ctypes
import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium

_THIN = 3.0  # a filled rectangle up to so many points wide is a drawn line
_MOST_SEGMENTS = 40_000  # of paths on a page: a table has some thousands at most
_DEEPEST = 5  # forms inside forms
_SLANT = 0.5  # radians: italics lean less, watermarks more

Box = tuple[float, float, float, float]  # x0, top, x1, bottom
_Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: `x0`–`x1` its advance, `base` its baseline, all from the top left.

    `middle` is the height at which it belongs to its cell: half its own, or where its cell cuts
    it off, half the cell's.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    middle: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn straight line from (x0, top) to (x1, bottom); it lies flat or stands upright."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def flat(self) -> bool:
        """Whether the line is horizontal."""
        return self.top == self.bottom


@dataclass(frozen=True, slots=True)
class Page:
    """What one page shows. `garbled` counts characters that the font maps to no Unicode."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    garbled: int = 0
    images: int = 0


class _Upright:
    """Maps page space (origin bottom left) to the page turned so that its text reads upright."""

    def __init__(self, box: tuple[float, float, float, float], turns: int) -> None:
        self._left, self._floor, right, ceiling = box
        self._w, self._h, self._turns = right - self._left, ceiling - self._floor, turns % 4
        upright = self._turns % 2 == 0
        self.width, self.height = (self._w, self._h) if upright else (self._h, self._w)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The point (x, y) of page space, from the top left."""
        x, y = x - self._left, y - self._floor
        match self._turns:
            case 0:
                return x, self._h - y
            case 1:
                return y, x
            case 2:
                return self._w - x, y
            case _:
                return self._h - y, self._w - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The rectangle between two corners, as (x0, top, x1, bottom)."""
        a, b = self.point(x0, y0), self.point(x1, y1)
        return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def load(page: Any, number: int) -> Page:
    """The glyphs and rulings of a pypdfium2 page; `number` counts from 1."""
    text = page.get_textpage()
    angle = _text_angle(text.raw, text.count_chars())
    # Without text the page's own rotation is all there is to go by.
    turns = page.get_rotation() // 90 if angle is None else -round(angle / (math.pi / 2))
    upright = _Upright(page.get_cropbox(), turns)
    objects = list(_objects(page.raw))
    clips = _TextObjects(upright, (item.obj for item in objects if item.form is None))
    glyphs, garbled = _glyphs(text, upright, angle or 0.0, clips)
    text.close()
    images = sum(item.kind == pdfium.FPDF_PAGEOBJ_IMAGE for item in objects)
    return Page(
        number, upright.width, upright.height, tuple(struck_once(glyphs)),
        tuple(_all_rules(objects, upright)), garbled, images,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Object:
    """A page object; `form` maps the space of the form it is drawn in to the page's."""

    kind: int
    obj: Any
    form: _Matrix | None = None


def _objects(raw: Any) -> Iterator[_Object]:
    """The page's objects, and those inside its forms: some programs print a page as one form."""
    for index in range(pdfium.FPDFPage_CountObjects(raw)):
        obj = pdfium.FPDFPage_GetObject(raw, index)
        kind = pdfium.FPDFPageObj_GetType(obj)
        yield _Object(kind, obj)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _inside(obj, _matrix(obj), depth=1)


def _inside(form: Any, matrix: _Matrix, depth: int) -> Iterator[_Object]:
    for index in range(pdfium.FPDFFormObj_CountObjects(form)):
        obj = pdfium.FPDFFormObj_GetObject(form, index)
        kind = pdfium.FPDFPageObj_GetType(obj)
        yield _Object(kind, obj, matrix)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            yield from _inside(obj, _chained(_matrix(obj), matrix), depth + 1)


def _matrix(obj: Any) -> _Matrix:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(obj, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _chained(inner: _Matrix, outer: _Matrix) -> _Matrix:
    """The matrix that applies `inner` first and `outer` to what comes out."""
    a, b, c, d, e, f = inner
    x, y = _mapped(outer, e, f)
    o = (*outer[:4], 0.0, 0.0)
    return (*_mapped(o, a, b), *_mapped(o, c, d), x, y)


def _mapped(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _all_rules(objects: Sequence[_Object], upright: _Upright) -> list[Rule]:
    """The rulings of a page; none where it draws so much that it must be a picture or a map."""
    rules: list[Rule] = []
    segments = 0
    for item in objects:
        if item.kind == pdfium.FPDF_PAGEOBJ_PATH:
            segments += pdfium.FPDFPath_CountSegments(item.obj)
            if segments > _MOST_SEGMENTS:
                return []
            rules += _rules(item.obj, item.form, upright)
    return rules


def _text_angle(text: Any, count: int) -> float | None:
    """The direction in which most of the page's text runs, in radians; None without text."""
    sample = range(0, count, max(1, count // 200))
    angles = Counter(
        round(pdfium.FPDFText_GetCharAngle(text, i) / (math.pi / 2)) % 4
        for i in sample
        if not pdfium.FPDFText_IsGenerated(text, i)
    )
    return angles.most_common(1)[0][0] * math.pi / 2 if angles else None


def _glyphs(
    text: Any, upright: _Upright, angle: float, clips: _TextObjects
) -> tuple[list[Glyph], int]:
    """The glyphs that show, in content order, and how many characters have no Unicode value.

    A spreadsheet printed as pages draws a tall cell whole on each page and clips it: what is cut
    off above and below is on the other page. A label cut off at its cell's side is the cell's
    content all the same and stays.
    """
    shown: list[Glyph] = []
    cut: list[Glyph] = []
    garbled = 0
    for glyph, obj in _drawn(text, upright, angle):
        if glyph is None:
            garbled += 1
            continue
        clip = clips.clip(obj)
        if not 0 <= glyph.middle <= upright.height:
            continue
        if clip is None or clip[1] <= glyph.middle <= clip[3]:
            shown.append(glyph)
        elif clip[3] - clip[1] < upright.height / 4:
            cut.append(replace(glyph, middle=(clip[1] + clip[3]) / 2))
    return shown + list(_uncovered(cut, shown)), garbled


def _drawn(text: Any, upright: _Upright, angle: float) -> Iterator[tuple[Glyph | None, Any]]:
    """Every printing character with its text object; None for one without a Unicode value."""
    raw = text.raw
    loose, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for i in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, i)
        if code <= 32 or code == 0xA0 or pdfium.FPDFText_IsGenerated(raw, i):
            continue
        if pdfium.FPDFText_HasUnicodeMapError(raw, i) or code in (0xFFFD, 0xFFFE, 0xFFFF):
            yield None, None
            continue
        if _leans(pdfium.FPDFText_GetCharAngle(raw, i) - angle):
            continue
        pdfium.FPDFText_GetLooseCharBox(raw, i, loose)
        pdfium.FPDFText_GetCharOrigin(raw, i, x, y)
        x0, top, x1, bottom = upright.box(loose.left, loose.bottom, loose.right, loose.top)
        base, size = upright.point(x.value, y.value)[1], bottom - top
        glyph = Glyph(chr(code), x0, x1, base, size, base - size * 0.35)
        yield glyph, pdfium.FPDFText_GetTextObject(raw, i)


def _leans(angle: float) -> bool:
    """Whether text at this angle is neither level nor upright: a watermark across the page."""
    off = abs((angle + math.pi / 4) % (math.pi / 2) - math.pi / 4)
    return off > _SLANT


class _TextObjects:
    """The clip of each text object of a page. Inside a form the clip is not in page space."""

    def __init__(self, upright: _Upright, objects: Iterable[Any]) -> None:
        self._upright = upright
        self._known = {_address(obj) for obj in objects}
        self._clips: dict[int, Box | None] = {}

    def clip(self, obj: Any) -> Box | None:
        """The box outside which the object does not show, None where nothing limits it."""
        key = _address(obj)
        if key not in self._clips:
            self._clips[key] = _clip_box(obj, self._upright) if key in self._known else None
        return self._clips[key]


def _address(obj: Any) -> int:
    return ctypes.cast(obj, ctypes.c_void_p).value or 0


def _uncovered(hidden: list[Glyph], shown: list[Glyph]) -> Iterator[Glyph]:
    """Cut-off glyphs whose place is free: the last line of a cell made too low for its text.

    Where other text stands on the spot the cut-off line would be read into it.
    """
    rows: defaultdict[int, list[Glyph]] = defaultdict(list)
    for glyph in shown:
        rows[int(glyph.base // 10)].append(glyph)
    for glyph in hidden:
        row = int(glyph.base // 10)
        near = (g for k in (-1, 0, 1) for g in rows.get(row + k, ()))
        if not any(_collide(glyph, other) for other in near):
            yield glyph


def _collide(a: Glyph, b: Glyph) -> bool:
    return abs(a.base - b.base) < 0.8 * a.size and a.x0 < b.x1 and b.x0 < a.x1


def _clip_box(obj: Any, upright: _Upright) -> Box | None:
    """The intersection of the object's clip paths, taken as their bounding boxes."""
    path = pdfium.FPDFPageObj_GetClipPath(obj)
    count = pdfium.FPDFClipPath_CountPaths(path) if path else 0
    box: Box | None = None
    for index in range(max(0, count)):
        points = pdfium.FPDFClipPath_CountPathSegments(path, index)
        # Nearly every clip is a rectangle, and asking for points is what takes the time.
        wanted = (0, 2) if points in (4, 5) else range(points)
        corners = [_point(pdfium.FPDFClipPath_GetPathSegment(path, index, k)) for k in wanted]
        if corners:
            xs, ys = zip(*corners, strict=True)
            one = upright.box(min(xs), min(ys), max(xs), max(ys))
            box = one if box is None else _overlap(box, one)
    return box


def _overlap(a: Box, b: Box) -> Box:
    return max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])


def _point(segment: Any) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


def struck_once(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """The glyphs without those drawn again almost on the same spot (imitated bold)."""
    seen: defaultdict[tuple[str, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        reach, row = glyph.size * 0.2, int(glyph.base // 8)
        near = (seen.get((glyph.text, row + k), ()) for k in (0, -1, 1))
        if any(
            abs(g.x0 - glyph.x0) < reach and abs(g.base - glyph.base) < reach
            for some in near
            for g in some
        ):
            continue
        seen[glyph.text, row].append(glyph)
        yield glyph


def _rules(obj: Any, form: _Matrix | None, upright: _Upright) -> Iterator[Rule]:
    """The flat and upright lines of a path: its strokes, and thin filled boxes."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(obj, fill, stroke)
    if not (fill.value or stroke.value):
        return
    matrix = _matrix(obj) if form is None else _chained(_matrix(obj), form)
    for figure in _figures(obj, matrix):
        points = [upright.point(x, y) for x, y in figure]
        if stroke.value:
            yield from _strokes(points)
        elif (thin := _thin(points)) is not None:
            yield thin


def _figures(obj: Any, matrix: _Matrix) -> Iterator[list[tuple[float, float]]]:
    """The sub-paths of a path object in page space, closed ones ending as begun."""
    figure: list[tuple[float, float]] = []
    for index in range(pdfium.FPDFPath_CountSegments(obj)):
        segment = pdfium.FPDFPath_GetPathSegment(obj, index)
        point = _mapped(matrix, *_point(segment))
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            if figure:
                yield figure
            figure = []
        figure.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            figure.append(figure[0])
    if figure:
        yield figure


def _strokes(points: list[tuple[float, float]]) -> Iterator[Rule]:
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        line = _straight(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        if line is not None:
            yield line


def _thin(points: list[tuple[float, float]]) -> Rule | None:
    xs, ys = zip(*points, strict=True)
    return _straight(min(xs), min(ys), max(xs), max(ys))


def _straight(x0: float, top: float, x1: float, bottom: float) -> Rule | None:
    """The rule along the longer side of a thin box; None for a dot or a broad box."""
    width, height = x1 - x0, bottom - top
    if height <= _THIN and width > height:
        middle = (top + bottom) / 2
        return Rule(x0, middle, x1, middle)
    if width <= _THIN and height > width:
        middle = (x0 + x1) / 2
        return Rule(middle, top, middle, bottom)
    return None
