"""Images of pages, and PDFs without a text layer: recognised by RapidOCR where it is installed.

Recognition gives words and where they stand, never cells: tables are inferred from positions, and
a page on which too many figures are doubtful is refused rather than half believed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableFile
from corpus.layout import Document, Grid, Line, Word
from corpus.readers import unruled
from corpus.readers.legible import scrambled

MOST_PAGES = 100
_DPI = 150
_SURE = 0.9  # recognition score below which a figure is doubtful
_DOUBTFUL = 0.1  # of the figures: more doubtful ones make the page unfit
_INSTALL = "Install the OCR extra (pip install 'juewen[ocr]') or ask for the original document."
_RESCAN = "Ask for the original document, or scan it again at 300 dpi without watermarks."

_Scored = tuple[Word, float]


def read(path: Path) -> Document:
    """The recognised lines and tables of an image.

    Raises `UnreadableFile` when OCR is not installed, the image is damaged, or what it shows
    cannot be read with confidence.
    """
    return _document(path, "image", _images(path))


def read_pdf(path: Path, count: int) -> Document:
    """The recognised lines and tables of a PDF whose `count` pages are images.

    Raises `UnreadableFile` as `read` does, and when it has more than `MOST_PAGES`.
    """
    if count > MOST_PAGES:
        problem = f"its {count} pages are images, and at most {MOST_PAGES} are recognised"
        raise UnreadableFile(path.name, problem, "Split it into its parts.")
    return _document(path, "pdf", _rendered(path, count))


def _document(path: Path, format_: str, images: Iterable[Any]) -> Document:
    engine = _engine(path.name)
    blocks: list[Line | Grid] = []
    scores: list[_Scored] = []
    pages = 0
    for image in images:
        pages += 1
        words = _recognised(engine, image)
        scores += words
        blocks += _blocks(_lines([word for word, _ in words], pages))
    _require_confidence(path.name, scores)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    notice = "read by character recognition: compare figures with the image"
    return Document(path.name, format_, digest, tuple(blocks), pages, (notice,))


def _engine(name: str) -> Any:
    try:
        rapidocr = import_module("rapidocr")  # an optional extra
    except ImportError as error:
        raise UnreadableFile(name, "it is an image, and OCR is not installed", _INSTALL) from error
    return rapidocr.RapidOCR(params={"Global.log_level": "error"})


def _images(path: Path) -> Iterator[Any]:
    """The frames of an image file as arrays."""
    import numpy
    from PIL import Image, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(path) as image:
            for frame in ImageSequence.Iterator(image):
                yield numpy.asarray(frame.convert("RGB"))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError) as error:
        problem = "the image is damaged, cut off or far too large"
        raise UnreadableFile(path.name, problem, _RESCAN) from error


def _rendered(path: Path, count: int) -> Iterator[Any]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path.read_bytes())
    for index in range(count):
        yield document[index].render(scale=_DPI / 72).to_numpy()
    document.close()


def _recognised(engine: Any, image: Any) -> list[_Scored]:
    result = engine(image)
    if result.boxes is None:
        return []
    return [
        (_word(box, text), float(score))
        for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True)
        if text.strip()
    ]


def _word(box: Any, text: str) -> Word:
    xs, ys = [float(x) for x, _ in box], [float(y) for _, y in box]
    scale = 72 / _DPI
    return Word(text.strip(), min(xs) * scale, max(xs) * scale, min(ys) * scale, max(ys) * scale)


def _lines(words: Sequence[Word], page: int) -> list[Line]:
    """The words by height: those whose middles are within half a line of each other."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.top + w.bottom):
        middle = (word.top + word.bottom) / 2
        last = rows[-1][-1] if rows else None
        near = last is not None and middle - (last.top + last.bottom) / 2 < _half(word, last)
        if near:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_line(sorted(row, key=lambda w: w.x0), page) for row in rows]


def _half(a: Word, b: Word) -> float:
    return min(a.bottom - a.top, b.bottom - b.top) / 2


def _line(words: Sequence[Word], page: int) -> Line:
    size = max(w.bottom - w.top for w in words)
    text = " ".join(word.text for word in words)
    return Line(text, page, tuple(words), max(w.bottom for w in words), words[0].x0, size)


def _blocks(lines: Sequence[Line]) -> Iterator[Line | Grid]:
    grids = {found.start: found for found in unruled.tables(lines)}
    inside = {i for found in grids.values() for i in range(found.start, found.end)}
    for i, line in enumerate(lines):
        if i in grids:
            yield grids[i].grid
        elif i not in inside:
            yield line


def _require_confidence(name: str, words: Sequence[_Scored]) -> None:
    text = "".join(word.text for word, _ in words)
    if not text or scrambled(text):
        raise UnreadableFile(name, "the image shows no readable Chinese text", _RESCAN)
    figures = [score for word, score in words if any(c.isdigit() for c in word.text)]
    doubtful = sum(score < _SURE for score in figures)
    if figures and doubtful > _DOUBTFUL * len(figures):
        problem = f"{doubtful} of its {len(figures)} figures cannot be recognised with confidence"
        raise UnreadableFile(name, problem, _RESCAN)
