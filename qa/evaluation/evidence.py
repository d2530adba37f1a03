"""Whether a piece of a report shows the gold evidence, and how early retrieval brings it.

The rule is the gold format's: a piece is right if it shows one of the quoted fragments (or the
row's label) or stands under the gold heading or table, in one of the gold's reports. `CELL` is
the first of the two, `SECTION` either. The gold names one place; reports print many figures in
several: for `FIGURE` a piece is right as well if it prints a figure that the answer must state.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from qa.answer import Citation
from qa.evaluation.gold import GoldQuestion

_SPACE = re.compile(r"\s+")
_PRINTED = re.compile(r"\d[\d,]*(?:\.\d+)?")
_TELLING = 3  # digits
DEPTH = 10  # how many pieces of a retrieval are looked at


class Closeness(StrEnum):
    """How close to the evidence a piece must be."""

    SECTION = "section"
    CELL = "cell"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Found:
    """A retrieved piece of a report: its id, its words, and what it stands under."""

    report: str
    text: str
    heading: str = ""


@lru_cache(maxsize=65536)
def squeezed(text: str) -> str:
    """`text` without spaces and differences of width."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def of_citation(citation: Citation) -> Found:
    """A citation as a piece of its report."""
    return Found(
        citation.report,
        f"{citation.quote}\n{citation.row}",
        f"{citation.section}\n{citation.table}",
    )


def has_evidence(gold: GoldQuestion) -> bool:
    """Whether the gold names evidence to be found."""
    return bool(gold.quote or gold.section)


def shows(gold: GoldQuestion, found: Found, closeness: Closeness) -> bool:
    """Whether the piece shows the gold evidence; the report is not looked at."""
    text = squeezed(found.text)
    if any(squeezed(quote) in text for quote in gold.quote):
        return True
    if closeness is Closeness.CELL:
        return False
    if closeness is Closeness.FIGURE and _prints_figure(gold, text):
        return True
    section = squeezed(gold.section)
    return bool(section) and (section in text or section in squeezed(found.heading))


def _prints_figure(gold: GoldQuestion, text: str) -> bool:
    """Whether a figure of the gold, long enough to be no coincidence, stands in the text."""
    printed = {_plain(written) for written in _PRINTED.findall(text)}
    expected = {_plain(str(value)) for n in gold.numbers for value in (n.value, *n.accept)}
    return any(figure in printed for figure in expected if len(figure.replace(".", "")) >= _TELLING)


def _plain(written: str) -> str:
    """A figure without sign, separators and closing zeros."""
    digits = written.replace(",", "").lstrip("-")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def rank(
    gold: GoldQuestion, found: Sequence[Found], reports: Iterable[str], closeness: Closeness
) -> int:
    """The place, from 1, of the first right piece among the first ten; 0 if there is none."""
    held = set(reports)
    for place, piece in enumerate(found[:DEPTH], 1):
        if piece.report in held and shows(gold, piece, closeness):
            return place
    return 0


@dataclass(frozen=True, slots=True)
class Citing:
    """How well an answer's citations point to the evidence: shares from 0 to 1.

    Precision is of the citations, recall of the quoted fragments that some citation shows.
    """

    section_precision: float
    cell_precision: float
    section_recall: float
    cell_recall: float


def citing(gold: GoldQuestion, citations: Sequence[Citation]) -> Citing | None:
    """The scores of an answer's citations; None where the gold names no evidence."""
    if not has_evidence(gold):
        return None
    pieces = [of_citation(citation) for citation in citations]
    right = [shows(gold, piece, Closeness.SECTION) for piece in pieces]
    exact = [shows(gold, piece, Closeness.CELL) for piece in pieces]
    everything = squeezed("\n".join(piece.text for piece in pieces))
    quoted = [squeezed(quote) in everything for quote in gold.quote]
    return Citing(
        section_precision=_share(right),
        cell_precision=_share(exact),
        section_recall=float(any(right)),
        cell_recall=_share(quoted),
    )


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0
