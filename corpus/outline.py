"""Headings to a section tree, paragraphs to passages.

Three things open a section: a numbering mark (`corpus.numbering`), a page title without a number
(the Shanghai budgets), and the title of a table where such page titles stand alone. A numbered
paragraph whose first words read like a heading is a section and a passage at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.contents import contents_span
from corpus.layout import Grid, Line
from corpus.model import Passage, Section
from corpus.numbering import Mark, ends_like_heading, ends_like_title, parse_mark
from corpus.paragraphs import Paragraph, Printed, drop_furniture, measure, paragraphs
from corpus.quantity import find_quantities
from corpus.subjects import account_chain, unquoted

_TITLE_RANK = 1
_COVER_RANK = 9  # what stands before the first heading is closed by any heading
_LONGEST_HEADING = 80
_LONGEST_LEAD = 60
_LONGEST_SENTENCE = 20
_LONGEST_TITLE = 45
_LEAD_END = re.compile(r"[。：:∶；]")
_ACCOUNT_END = re.compile(r"[（(](?:\d{0,3}[类款项]|\d{3,7})[）)]。$")
_REFERS = re.compile(r"[详参]?见(?:附件|附表|后附)")  # 报表详见附件 sends the reader elsewhere
_EMPTY = re.compile(r"(?:无预算安排|无支出|未发生).*$")
_TRAILING = re.compile(r"(预算|决算)?(数|支出)?为$|[“”]$|[，,]$")


@dataclass(frozen=True, slots=True)
class TableSpan:
    """The blocks that a table occupies, its title ("" where it has none) and its page."""

    start: int
    end: int
    title: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """Sections, the passages under them, and the section of each table by its first block."""

    sections: tuple[Section, ...]
    homes: dict[int, int]
    passages: tuple[Passage, ...]
    cover: tuple[str, ...] = ()

    def path(self, section: int) -> tuple[str, ...]:
        """The titles from the top down to a section."""
        return tuple(reversed([self.sections[step].title for step in self.upward(section)]))

    def upward(self, section: int) -> tuple[int, ...]:
        """The section and those above it, up to the top."""
        steps: list[int] = []
        current: int | None = section if self.sections else None
        while current is not None:
            steps.append(current)
            current = self.sections[current].parent
        return tuple(steps)

    def section_of(self, table: int) -> int:
        """The id of the section that the table beginning at block `table` stands in."""
        return self.homes.get(table, 0)


@dataclass(slots=True)
class _Node:
    rank: int
    number: str
    title: str
    block: int
    page: int | None
    parent: int | None
    lead: Paragraph | None = None  # the paragraph that carries the heading and goes on
    passages: list[Paragraph] = field(default_factory=list)
    filled: bool = False


class _Builder:
    """Grows the tree in reading order; `open_` is the path of nodes from the top down."""

    def __init__(self) -> None:
        self.nodes: list[_Node] = []
        self.open: list[int] = []
        self.homes: dict[int, int] = {}  # a table's first block to its node

    def enter(self, node_rank: int, number: str, title: str, block: int, page: int | None) -> _Node:
        self.close_from(node_rank)
        parent = self.open[-1] if self.open else None
        node = _Node(node_rank, number, title, block, page, parent)
        self.open.append(len(self.nodes))
        self.nodes.append(node)
        return node

    def close_from(self, rank: int) -> None:
        while self.open and self.nodes[self.open[-1]].rank >= rank:
            self.open.pop()

    def leave_list(self) -> None:
        """Closes the last of several bare items: what follows them is not about it alone."""
        last = len(self.nodes) - 1
        if last > 0 and self.open and self.open[-1] == last and self._is_item(last - 1, last):
            self.open.pop()

    def _is_item(self, before: int, last: int) -> bool:
        first, second = self.nodes[before], self.nodes[last]
        alike = (first.rank, first.parent) == (second.rank, second.parent)
        bare = not (first.passages or second.passages or first.filled or second.filled)
        return second.rank >= 4 and alike and bare

    def here(self, block: int, page: int | None) -> _Node:
        """The innermost open node; a nameless one is made where nothing is open yet."""
        if not self.open:
            return self.enter(_COVER_RANK, "", "", block, page)
        return self.nodes[self.open[-1]]


def build_outline(
    blocks: Sequence[Line | Grid], tables: Sequence[TableSpan], wrapped: bool | None = None
) -> Outline:
    """The outline of a document whose tables are known.

    `wrapped` says whether a paragraph runs over several lines, None that the lines must tell.
    """
    taken = {block for table in tables for block in range(table.start, table.end)}
    lines = drop_furniture(
        [
            measure(index, block)
            for index, block in enumerate(blocks)
            if isinstance(block, Line) and index not in taken
        ]
    )
    cover, body = _split_cover(lines)
    builder = _Builder()
    _place_all(builder, paragraphs(body, wrapped), sorted(tables, key=lambda table: table.start))
    return _finish(builder, tuple(line.text for line in cover))


def _split_cover(lines: list[Printed]) -> tuple[list[Printed], list[Printed]]:
    """The lines before the table of contents, and those behind it."""
    span = contents_span(lines)
    if span is None:
        return [], lines
    return lines[: span[0]], lines[span[1] :]


def _place_all(builder: _Builder, body: Sequence[Paragraph], tables: Sequence[TableSpan]) -> None:
    waiting = list(tables)
    styles = _TitleStyle.of(body)
    for paragraph in body:
        while waiting and waiting[0].start < paragraph.start:
            _place_table(builder, waiting.pop(0))
        _place(builder, paragraph, styles)
    for table in waiting:
        _place_table(builder, table)


def _place_table(builder: _Builder, table: TableSpan) -> None:
    """A titled table stands in its own section where the parts of the report have no numbers."""
    top = builder.nodes[builder.open[0]] if builder.open else None
    if table.title and top is not None and top.rank == _TITLE_RANK and not top.number:
        builder.enter(_TITLE_RANK, "", table.title, table.start, table.page).filled = True
        builder.homes[table.start] = builder.open[-1]
    else:
        builder.here(table.start, table.page).filled = True
        builder.homes[table.start] = _named_home(builder, table)


def _named_home(builder: _Builder, table: TableSpan) -> int:
    """The node that a table belongs to: the open one whose heading it repeats, else the innermost.

    A table that sums up a whole part often stands behind the part's last item.
    """
    for index in builder.open:
        title = builder.nodes[index].title
        if title and (title in table.title or table.title in title) and table.title:
            return index
    return builder.open[-1]


def _place(builder: _Builder, paragraph: Paragraph, styles: _TitleStyle) -> None:
    mark = parse_mark(paragraph.text)
    if mark is None:
        if styles.is_title(paragraph):
            builder.enter(_TITLE_RANK, "", paragraph.text, paragraph.start, paragraph.page)
        else:
            builder.leave_list()
            builder.here(paragraph.start, paragraph.page).passages.append(paragraph)
        return
    if _is_heading(mark):
        builder.enter(
            mark.rank, mark.number, mark.rest.strip("：:。 "), paragraph.start, paragraph.page
        )
        return
    title = lead_title(mark)
    if title == mark.rest.rstrip("。"):
        title = ""  # an item of a list, with nothing under it
    builder.close_from(mark.rank)
    if title:
        node = builder.enter(mark.rank, mark.number, title, paragraph.start, paragraph.page)
        node.passages.append(paragraph)
    else:
        builder.here(paragraph.start, paragraph.page).passages.append(paragraph)


def _is_heading(mark: Mark) -> bool:
    if mark.rest.endswith("。") and "。" not in mark.rest[:-1] and _names_its_part(mark.rest):
        return len(mark.rest) <= _LONGEST_HEADING and not re.search("[，：∶:]", mark.rest)
    if len(mark.rest) > _LONGEST_HEADING or re.search(
        r"[。；！？]|[，、]$", mark.rest.rstrip("。")
    ):
        return False
    return mark.rest[-1] != "。" and not _has_amount(mark.rest)


def _names_its_part(text: str) -> bool:
    """Whether a numbered line with a full stop is a heading: by its last word, or as an account."""
    if ends_like_heading(text):
        return len(text) <= _LONGEST_TITLE
    return bool(_ACCOUNT_END.search(text))


def _has_amount(text: str) -> bool:
    return any(quantity.unit in _MONEY for quantity in find_quantities(text))


_MONEY = {"元", "万元", "亿元"}


def lead_title(mark: Mark) -> str:
    """The words that head a numbered paragraph: up to the first stop or the first amount."""
    lead = _LEAD_END.split(mark.rest, maxsplit=1)[0]
    amounts = [q for q in find_quantities(lead) if q.unit in _MONEY]
    if amounts:
        lead = _TRAILING.sub("", lead[: amounts[0].start].rstrip("，, "))
    elif _EMPTY.search(lead):
        lead = _EMPTY.sub("", lead)
    elif "，" in lead or (_goes_on(mark.rest, lead) and not _names_a_thing(mark.rest, lead)):
        return ""
    lead = unquoted(lead.strip("， "))
    return lead if 1 < len(lead) <= _LONGEST_LEAD else ""


def _goes_on(text: str, lead: str) -> bool:
    return len(lead) > _LONGEST_SENTENCE or text[len(lead) : len(lead) + 1] == "；"


def _names_a_thing(text: str, lead: str) -> bool:
    """A long lead is a heading only where a colon follows it, or where it names an account."""
    return text[len(lead) : len(lead) + 1] in ("：", ":", "∶") or bool(account_chain(lead))


@dataclass(frozen=True, slots=True)
class _TitleStyle:
    """How a page title differs from body text in this document."""

    body_size: float
    has_pages: bool
    tops: frozenset[int]  # blocks of the lines that stand first on their page

    @classmethod
    def of(cls, body: Sequence[Paragraph]) -> _TitleStyle:
        lines = [line for paragraph in body for line in paragraph.lines]
        sizes = sorted(line.size for line in lines if line.size)
        pages: dict[int, int] = {}
        for line in lines:
            if line.page is not None:
                pages.setdefault(line.page, line.block)
        middle = sizes[len(sizes) // 2] if sizes else 0.0
        return cls(middle, bool(pages), frozenset(pages.values()))

    def is_title(self, paragraph: Paragraph) -> bool:
        text = paragraph.text
        if len(text) > _LONGEST_TITLE or re.search(r"[。，；：:！？、]", text.rstrip("。")):
            return False
        if not ends_like_title(text) or _REFERS.search(text):
            return False
        return not self.has_pages or paragraph.start in self.tops or self._is_large(paragraph)

    def _is_large(self, paragraph: Paragraph) -> bool:
        return bool(self.body_size) and paragraph.lines[0].size > 1.1 * self.body_size


def _finish(builder: _Builder, cover: tuple[str, ...]) -> Outline:
    kept = _kept(builder.nodes)
    ids = {old: new for new, old in enumerate(kept)}
    sections: list[Section] = []
    found: list[tuple[int, int, Paragraph]] = []
    for new, old in enumerate(kept):
        node = builder.nodes[old]
        parent = _nearest(builder.nodes, node.parent, ids)
        level = 1 if parent is None else sections[ids[parent]].level + 1
        up = None if parent is None else ids[parent]
        sections.append(Section(new, node.number, node.title, level, up, node.page))
    for old, node in enumerate(builder.nodes):
        home = _nearest(builder.nodes, old, ids)
        found += [(p.start, 0 if home is None else ids[home], p) for p in node.passages]
        if old not in ids:
            found.append((node.block, 0 if home is None else ids[home], _as_paragraph(node)))
    found.sort(key=lambda item: item[0])
    passages = tuple(Passage(i, home, p.text, p.page) for i, (_, home, p) in enumerate(found))
    homes = {
        block: ids[home]
        for block, node in builder.homes.items()
        if (home := _nearest(builder.nodes, node, ids)) is not None
    }
    return Outline(tuple(sections), homes, passages, cover)


def _kept(nodes: Sequence[_Node]) -> list[int]:
    """A heading with nothing under it is an item of a list: it becomes a passage."""
    used = {
        i
        for i, node in enumerate(nodes)
        if node.passages or node.filled or node.rank in (_TITLE_RANK, _COVER_RANK)
    }
    return sorted(used | {node.parent for node in nodes if node.parent is not None})


def _nearest(nodes: Sequence[_Node], start: int | None, ids: dict[int, int]) -> int | None:
    while start is not None and start not in ids:
        start = nodes[start].parent
    return start


def _as_paragraph(node: _Node) -> Paragraph:
    line = Printed(node.block, node.number + node.title, node.page, 0.0, 0.0, 0.0)
    return Paragraph(line.text, (line,))
