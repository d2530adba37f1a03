"""From printed lines to paragraphs: page furniture dropped, broken lines rejoined.

Where a line ends says whether a paragraph ends: a printer breaks a line only when the next word
no longer fits, so a line with room for the next line's first word was broken on purpose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.layout import Line
from corpus.numbering import Mark, ends_like_heading, parse_mark
from corpus.readers.text import width

_WINDOW = 8  # lines on either side that show the margins of a line's own text block
_LONGEST_HEADING = 5  # lines
_SHORT = 8  # characters of room that no word is long enough to leave
_WIDEST_WRAPPED = 120  # half-width characters; a printed page has no longer line
_FURNITURE = re.compile(
    r"[-—–－·.\s]*\d{1,4}[-—–－·.\s]*|第\s*\d+\s*页(\s*[,，/]?\s*共\s*\d+\s*页)?"
)
_SENTENCE_END = re.compile(r"[。！？!?；;][”’」』）)]?$")
_OPEN_END = re.compile(r"[，、,（(“‘《和及与的]$")
# A figure and its unit are one word, wherever the line between them ends.
_FIGURE_END = re.compile(r"\d[,.]?$|\d[万亿]$")
_UNIT_START = re.compile(r"[万亿]?元|%|％|个?百分点|[人批户][次数]|\d+(?:\.\d+)?[万亿]?元")
_RUNNING_TEXT = re.compile(r"[。，；：∶:]")  # what a heading does not have
_TOKEN = re.compile(r"[A-Za-z0-9.,%]+[，。、；：）”》％]*|.[，。、；：）”》]*")
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…·]"
_SPACED = re.compile(rf"(?<={_WIDE})\s+|\s+(?={_WIDE})")


@dataclass(frozen=True, slots=True)
class Printed:
    """One line with its place in the document's blocks and its extent on the page."""

    block: int
    text: str
    page: int | None
    left: float
    right: float
    em: float
    size: float = 0.0
    has_extent: bool = False  # left and right are points, not characters


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of lines that belong together; `start` and `end` bound their blocks."""

    text: str
    lines: tuple[Printed, ...]

    @property
    def page(self) -> int | None:
        """The page on which the paragraph begins."""
        return self.lines[0].page

    @property
    def start(self) -> int:
        """The block of the first line."""
        return self.lines[0].block


def measure(block: int, line: Line) -> Printed:
    """The line with its extent: in points where it has words, else in half-width characters."""
    if line.words:
        left = min(word.x0 for word in line.words)
        right = max(word.x1 for word in line.words)
        em = line.size or max(word.bottom - word.top for word in line.words)
        return Printed(block, line.text.strip(), line.page, left, right, em, line.size, True)
    text = line.text.strip()
    return Printed(block, text, line.page, line.indent, line.indent + width(text), 2.0, line.size)


def join_text(parts: Iterable[str]) -> str:
    """Lines as one text: blanks vanish beside Han characters and stay between Latin words."""
    text = " ".join(part.strip() for part in parts)
    text = re.sub(r"(?<=\d) (?=[\d,.%])|(?<=\d[,.]) (?=\d)", "", text)
    return re.sub(r"\s+", " ", _SPACED.sub("", text)).strip()


def drop_furniture(lines: Sequence[Printed]) -> list[Printed]:
    """The lines without page numbers and without headers and footers that pages repeat."""
    running = _running_titles(lines)
    return [
        line
        for line in lines
        if not _FURNITURE.fullmatch(line.text) and _bare(line.text) not in running
    ]


def _bare(text: str) -> str:
    return re.sub(r"[\d\s]", "", text)


def _running_titles(lines: Sequence[Printed]) -> set[str]:
    """Texts that stand first or last on at least four pages and a third of all pages."""
    pages: dict[int, list[Printed]] = {}
    for line in lines:
        if line.page is not None:
            pages.setdefault(line.page, []).append(line)
    edges = Counter(_bare(t) for page in pages.values() for t in {page[0].text, page[-1].text})
    needed = max(4, len(pages) / 3)
    return {text for text, count in edges.items() if count >= needed and text}


def paragraphs(lines: Sequence[Printed], wrapped: bool | None = None) -> list[Paragraph]:
    """The lines grouped into paragraphs, in order.

    `wrapped` says whether a paragraph may run over several lines; by default it is seen from the
    lines' widths. A gap in the block numbers (a table between two lines) ends a paragraph unless
    the sentence is still open.
    """
    if wrapped is None:
        wrapped = _is_wrapped(lines)
    widest = _widest(lines)
    groups: list[list[Printed]] = []
    for position, line in enumerate(lines):
        if position and not _parts(lines, position, groups[-1], widest, wrapped):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Paragraph(join_text(line.text for line in group), tuple(group)) for group in groups]


def _parts(
    lines: Sequence[Printed], position: int, group: list[Printed], widest: float, wrapped: bool
) -> bool:
    if wrapped:
        return _breaks(lines, position, group, widest)
    joined = join_text(part.text for part in group[:_LONGEST_HEADING])
    mark = parse_mark(joined)
    return mark is None or mark.rank > 1 or not _heading_goes_on(mark, joined, lines[position])


def _is_wrapped(lines: Sequence[Printed]) -> bool:
    if any(line.has_extent for line in lines):
        return True
    wide = sum(width(line.text) > _WIDEST_WRAPPED for line in lines)
    return wide * 20 <= len(lines)


def _breaks(lines: Sequence[Printed], position: int, group: list[Printed], widest: float) -> bool:
    """Whether a new paragraph begins at `position`."""
    before, line = lines[position - 1], lines[position]
    # More than a few lines are no heading; joining them anew for each line would be quadratic.
    joined = join_text(part.text for part in group) if len(group) <= _LONGEST_HEADING else ""
    mark = parse_mark(joined)
    if mark is not None and _heading_goes_on(mark, joined, line):
        return False
    left, right = _margins(lines, position, widest)
    turn = _Turn(before, line, left, right, mark, joined)
    if turn.opens_item():
        return True
    if _FIGURE_END.search(before.text) and _UNIT_START.match(line.text):
        return False
    return not _OPEN_END.search(before.text) and (turn.changes_setting() or turn.ends_paragraph())


@dataclass(frozen=True, slots=True)
class _Turn:
    """The step from one line to the next, `mark` and `joined` of the paragraph so far."""

    before: Printed
    line: Printed
    left: float
    right: float
    mark: Mark | None
    joined: str

    @property
    def room(self) -> float:
        return self.right - self.before.right

    @property
    def stopped(self) -> bool:
        """Whether the line above ended although it need not: by a full stop, or short."""
        return self.ended or self.fits

    @property
    def fits(self) -> bool:
        return self.room >= _first_token(self.line) - 0.1 * self.line.em

    @property
    def ended(self) -> bool:
        return bool(_SENTENCE_END.search(self.before.text))

    @property
    def announced(self) -> bool:
        return self.before.text.endswith(("：", ":"))

    @property
    def heading(self) -> bool:
        return self.mark is not None and not _RUNNING_TEXT.search(self.mark.rest)

    @property
    def headed(self) -> bool:
        """Whether the line above is a heading; one with a comma in it must leave clear room."""
        if self.mark is None or self.mark.rank > 3:
            return False
        clear = self.room > 6 * self.line.em and not re.search("[。；：∶:]", self.mark.rest)
        return self.heading or clear

    @property
    def indented(self) -> bool:
        return self.line.left - self.left > 1.2 * self.line.em

    def opens_item(self) -> bool:
        own = parse_mark(self.line.text)
        if own is None:
            return False
        return own.rank <= 3 or self.stopped or self.heading or self.indented

    def changes_setting(self) -> bool:
        """Whether a centred title begins or ends here, or its type changes."""
        now, was = (_is_centred(each, self.left, self.right) for each in (self.line, self.before))
        if now != was:
            return (self.stopped or self.announced) and not self.heading
        return now and abs(self.line.size - self.before.size) > 0.1 * self.before.size

    def ends_paragraph(self) -> bool:
        gap = self.line.block - self.before.block > 1  # a table stands between the lines
        if gap and (self.stopped or self.announced or self.heading):
            return True
        if self.indented and (self.stopped or (self.heading and ends_like_heading(self.joined))):
            return True
        complete = self.ended or self.announced or self.headed
        return (self.fits and complete) or self.room > _SHORT * self.line.em


def _heading_goes_on(mark: Mark, joined: str, line: Printed) -> bool:
    """Whether `line` is the second or third line of a heading that is printed over several."""
    if parse_mark(line.text) is not None or re.search(r"[。；，：:]", joined + line.text):
        return False
    if ends_like_heading(mark.rest):
        return len(line.text) <= 2
    if mark.rank == 1:
        return True
    return ends_like_heading(line.text) and width(joined) > 30 and len(line.text) <= 30


def _widest(lines: Sequence[Printed]) -> float:
    """The right margin of the document, a few overlong lines aside."""
    rights = sorted(line.right for line in lines)
    return rights[len(rights) * 97 // 100] if rights else 0.0


def _margins(lines: Sequence[Printed], position: int, widest: float) -> tuple[float, float]:
    """Left edge of the column of text that holds a line, right edge of that of the line above."""
    before, line = lines[position - 1], lines[position]
    near = lines[max(0, position - _WINDOW) : position + _WINDOW]
    left = min(other.left for other in _neighbours(line, near))
    right = max(other.right for other in _neighbours(before, near))
    return left, min(right, max(widest, before.right))


def _neighbours(line: Printed, near: Sequence[Printed]) -> list[Printed]:
    """The lines set like one: in its column, and on its page where that shows its margin.

    A margin shows where at least two lines end at it; a page of short lines shows none.
    """
    column = [other for other in near if other is line or _in_column(other, line)]
    page = [other for other in column if other.page == line.page]
    edge = max((other.right for other in page), default=0.0) - line.em
    return page if sum(other.right >= edge for other in page) >= 2 else column


def _in_column(one: Printed, other: Printed) -> bool:
    """Whether two lines are set in one column; a headline in larger type spans several."""
    if one.size and other.size and one.size > 1.15 * other.size:
        return False
    return min(one.right, other.right) >= max(one.left, other.left)


def _is_centred(line: Printed, left: float, right: float) -> bool:
    """Whether a line stands in the middle, with room on both sides: a title, never body text."""
    before, behind = line.left - left, right - line.right
    return min(before, behind) > 2.2 * line.em and abs(before - behind) < 4 * line.em


def _first_token(line: Printed) -> float:
    token = _TOKEN.match(line.text)
    return width(token.group() if token else "") * line.em / 2
