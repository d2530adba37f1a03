"""From pages to one stream of lines and grids: what belongs to the text and not to the paper.

Running heads and page numbers go; a table cut by a page break becomes one grid again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.layout import Grid, Line
from corpus.readers import baselines, columns, ruled, unruled
from corpus.readers.grid_joins import continues, join
from corpus.readers.pdf_page import Page

_MARGIN = 0.12  # of the page height: where running heads and page numbers stand
_PAGE_NUMBER = re.compile(
    r"[-—–―－·~.\s]*(?:第\s*)?(\d{1,4}|[IVXivx]{1,6})\s*(?:页)?[-—–―－·~.\s]*"
    r"|第\s*\d+\s*页[\s,，/]*共\s*\d+\s*页|\d+\s*/\s*\d+"
)
_OF_A_TABLE = re.compile(r"单位[:：]|表\s*([（(]?[\d一二三四五六七八九十]+[)）]?)?\s*$")
_GOES_ON = re.compile(r"[（(]?\s*(续表?|接上表|续上表)\s*[0-9一二三四五六七八九十]*\s*[)）]?")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The blocks of one page from the top, before the pages are put together."""

    page: Page
    items: tuple[tuple[float, Line | Grid], ...]


def blocks(pages: Sequence[Page]) -> tuple[Line | Grid, ...]:
    """The lines and grids of all pages in reading order."""
    sheets = [_sheet(page) for page in pages]
    furniture = _furniture(sheets)
    flow: list[Line | Grid] = []
    for sheet in sheets:
        _append(flow, list(_kept(sheet, furniture)))
    return tuple(flow)


def _append(flow: list[Line | Grid], page: list[Line | Grid]) -> None:
    """Adds a page; the table it opens with, if that goes on with the last one, is joined to it.

    A table may repeat its title and unit on every page: lines that stood above the table before
    do not part the two.
    """
    last, lead = _open_table(flow)
    start = next((k for k, block in enumerate(page) if isinstance(block, Grid)), None)
    if last is not None and start is not None and flow[-1] is last:
        block = page[start]
        repeated = {line.text for line in lead}
        heads = [b.text for b in page[:start] if isinstance(b, Line)]
        goes_on = all(t in repeated or _GOES_ON.fullmatch(t) for t in heads)
        if isinstance(block, Grid) and goes_on and continues(last, block):
            flow[-1] = join(last, block)
            page = page[start + 1 :]
    flow.extend(page)


def _open_table(flow: Sequence[Line | Grid]) -> tuple[Grid | None, list[Line]]:
    """The grid that ends the flow so far, with the lines just above it."""
    if not flow or not isinstance(flow[-1], Grid):
        return None, []
    lead: list[Line] = []
    for block in reversed(flow[:-1]):
        if isinstance(block, Grid) or block.page != flow[-1].page or len(lead) == 6:
            break
        lead.append(block)
    return flow[-1], lead


def _sheet(page: Page) -> _Sheet:
    ruled_tables, rest = ruled.split(page)
    lines = [baselines.line(row, page.number) for row in columns.lines(rest)]
    waiting = sorted(ruled_tables, key=lambda table: table.top)
    guessed = {found.start: found for found in unruled.tables(lines)}
    taken = {i for found in guessed.values() for i in range(found.start, found.end)}
    items: list[tuple[float, Line | Grid]] = []
    for i, line in enumerate(lines):
        while waiting and waiting[0].top < line.top:
            items.append((waiting[0].top, waiting.pop(0).grid))
        if i in guessed:
            items.append((line.top, guessed[i].grid))
        elif i not in taken:
            items.append((line.top, line))
    return _Sheet(page, (*items, *((table.top, table.grid) for table in waiting)))


def _furniture(sheets: Sequence[_Sheet]) -> set[str]:
    """Texts that stand in the margin of three pages or more at the same height.

    A table's title or unit may stand there too, and is none.
    """
    seen = Counter(
        (line.text, round(line.top / 8))
        for sheet in sheets
        for line in _marginal(sheet)
        if not _OF_A_TABLE.search(line.text)
    )
    return {text for (text, _), count in seen.items() if count >= 3}


def _marginal(sheet: _Sheet) -> Iterator[Line]:
    height = sheet.page.height
    for top, item in sheet.items:
        if isinstance(item, Line) and not _MARGIN * height < top < (1 - _MARGIN) * height:
            yield item


def _kept(sheet: _Sheet, furniture: set[str]) -> Iterator[Line | Grid]:
    marginal = set(map(id, _marginal(sheet)))
    for _, item in sheet.items:
        if isinstance(item, Grid) or id(item) not in marginal:
            yield item
        elif item.text in furniture:
            # The first time it may be a heading of its own, and so it stays once.
            if item.text + "\0" not in furniture:
                furniture.add(item.text + "\0")
                yield item
        elif not _PAGE_NUMBER.fullmatch(item.text):
            yield item
