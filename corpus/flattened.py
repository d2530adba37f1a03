"""Tables out of lines: the statements of a report that a printer has flattened to text.

A flattened table keeps the order of what it prints and nothing else: blank cells are gone, header
cells and long labels are broken over lines. Rows come out as `DraftRow.printed`; putting their
values back into columns is `corpus.identities`' work.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.account_names import AccountNames
from corpus.accounts import account_rows, block_rows
from corpus.drafts import Draft, DraftRow
from corpus.headers import columns, is_line_numbers, stacked
from corpus.labelled import first_label, label_rows, list_form
from corpus.layout import Grid, Line
from corpus.listing import numbered_lists
from corpus.model import Column
from corpus.performance import performance_rows, unit_of
from corpus.regions import Region, note_texts, regions
from corpus.sides import side_rows
from corpus.statements import Shape, Statement
from corpus.tokens import Sort, Token, plain, tokens
from corpus.wording import wording

_TOTAL_ROW = re.compile(r"^(合计|总计)(?=[-\d])")
_CODE_ROW = re.compile(r"^[235]\d{2}(\d{2}){0,2}(?!\d)")
_FIRST_SIDE = re.compile(r"^一、")
_REPEATED = re.compile(r"单位:(万|亿|千)?元$|^公开\d+表(\(续\))?$")
_PAGE_NUMBER = re.compile(r"^[-—–·]*\d{1,3}[-—–·]*$|^第\d+页(共\d+页)?$")
_NumberedLine = tuple[int, str]


def locate(blocks: Sequence[Line | Grid]) -> tuple[Draft, ...]:
    """The tables printed as lines, in reading order; their spans do not overlap."""
    names = AccountNames(blocks)
    spans = regions(blocks)
    for region in spans:  # only to learn the labels that some table prints unbroken
        _draft(blocks, region, names)
    found = [_draft(blocks, region, names) for region in spans]
    found += numbered_lists(blocks, [(draft.start, draft.end) for draft in found])
    return tuple(sorted((d for d in found if d.rows), key=lambda draft: draft.start))


def _draft(blocks: Sequence[Line | Grid], region: Region, names: AccountNames) -> Draft:
    if region.statement.shape is Shape.INDICATORS:
        return _assessment(blocks, region)
    lines = _lines(blocks, region.body, region.notes_at)
    form = list_form(region.statement, [text for _, text in lines])
    region = replace(region, statement=form)
    first = _first_row([text for _, text in lines], region.statement)
    header = stacked([b for i, _ in lines[:first] if isinstance(b := blocks[i], Line)])
    notes = note_texts([text for _, text in _lines(blocks, region.notes_at, region.end)])
    above = [text for _, text in lines[:first]]
    body = tokens(_without_repeats(lines[first:], above, region.title))
    figures = [token.text for token in body if not token.is_text]
    shown = columns(region.statement, header, notes, figures)
    rows = _rows(region, shown, body, names, [b.page for b in blocks])
    if form.shape is Shape.AMOUNTS and _unread(rows, header):
        rows = ()
    if not rows and region.statement.shape is Shape.ACCOUNTS and "合计" in "".join(header):
        rows = (DraftRow("合计", page=region.page, printed=()),)  # its line ran into the header
    return Draft(
        region.start,
        region.end,
        region.title,
        _in_use(shown, rows),
        rows,
        region.number,
        region.unit,
        region.statement.id,
        notes,
        region.page,
    )


def _unread(rows: Sequence[DraftRow], header: Sequence[str]) -> bool:
    """Whether the figures stand among words: such a table is not blank, its form is unknown."""
    empty = not any(row.printed for row in rows)
    return empty and any(t.sort is Sort.AMOUNT for t in tokens(enumerate(header)))


def _assessment(blocks: Sequence[Line | Grid], region: Region) -> Draft:
    lines = _lines(blocks, region.body, region.notes_at)
    unit = unit_of(lines)
    shown = [
        replace(c, unit=unit) if c.unit == "万元" else c
        for c in columns(region.statement, [text for _, text in lines])
    ]
    rows = performance_rows(lines, region.statement, shown, [b.page for b in blocks])
    return Draft(
        region.start,
        region.end,
        region.title,
        _in_use(shown, rows),
        rows,
        region.number,
        region.unit,
        region.statement.id,
        note_texts([text for _, text in _lines(blocks, region.notes_at, region.end)]),
        region.page,
    )


def _lines(blocks: Sequence[Line | Grid], start: int, end: int) -> list[_NumberedLine]:
    """The lines of a span without page numbers."""
    found = []
    for i in range(start, end):
        block = blocks[i]
        if isinstance(block, Line) and not _is_page_number(blocks, i):
            found.append((i, block.text.strip()))
    return found


def _is_page_number(blocks: Sequence[Line | Grid], i: int) -> bool:
    block = blocks[i]
    if not isinstance(block, Line) or not _PAGE_NUMBER.match(plain(block.text)):
        return False
    return any(0 <= k < len(blocks) and blocks[k].page != block.page for k in (i - 1, i + 1))


def _first_row(lines: Sequence[str], statement: Statement) -> int:
    """The index of the first line below the header."""
    shape = statement.shape
    if shape is Shape.LINES:
        return first_label(lines, statement.rows) or 0
    wordings = [
        plain(word) for s in statement.layouts for c in s for p in c.path for word in p.split("|")
    ]
    for i, text in enumerate(lines):
        if is_line_numbers(text):
            return i + 1
    tests = {
        Shape.ACCOUNTS: (_TOTAL_ROW, _CODE_ROW),
        Shape.BLOCKS: (_CODE_ROW,),
        Shape.SIDES: (_FIRST_SIDE,),
    }.get(shape, ())
    starts = [i for i, t in enumerate(lines) if any(p.match(plain(t)) for p in tests)]
    if starts:
        return _above_label(lines, starts[0], wordings)
    bare = [i for i, t in enumerate(lines) if _is_bare(t, shape)]
    return bare[-1] if bare else len(lines)


def _above_label(lines: Sequence[str], first: int, wordings: Sequence[str]) -> int:
    """The first row's label may begin above its figures: words that no header cell contains."""
    known = [*wordings, *wording().header_words]
    while first > 0:
        chunks = plain(lines[first - 1]) and lines[first - 1].split()
        heads = chunks and any(plain(c) in wordings for c in chunks)
        if not chunks or heads or all(any(plain(c) in word for word in known) for c in chunks):
            break
        first -= 1
    return first


def _is_bare(text: str, shape: Shape) -> bool:
    """A first row without words of its own: figures alone, or 合计 with nothing beside it."""
    if shape is Shape.AMOUNTS:
        return all(not t.is_text for t in tokens([(0, text)]))
    return plain(text) in ("合计", "总计")


def _without_repeats(
    lines: Sequence[_NumberedLine], header: Sequence[str], title: str
) -> list[_NumberedLine]:
    """The rows without what a continuation page prints again: title, unit, header.

    A header comes again as a whole; a single line that is like one of its pieces is the rest of
    a broken label.
    """
    repeated = {plain(text) for text in header if len(plain(text)) > 2 or is_line_numbers(text)}
    marks = [
        plain(text) == plain(title) or bool(_REPEATED.search(plain(text))) for _, text in lines
    ]
    heads = [plain(text) in repeated for _, text in lines]
    return [
        line
        for i, line in enumerate(lines)
        if not marks[i] and not (heads[i] and _in_a_header(line[1], heads, marks, i))
    ]


def _in_a_header(text: str, heads: Sequence[bool], marks: Sequence[bool], i: int) -> bool:
    """Whether a repeated line stands beside others, or says enough to be a header by itself."""
    near = [k for k in (i - 1, i + 1) if 0 <= k < len(heads)]
    return len(text.split()) > 1 or any(heads[k] or marks[k] for k in near)


def _rows(
    region: Region,
    shown: Sequence[Column],
    body: Sequence[Token],
    names: AccountNames,
    pages: Sequence[int | None],
) -> tuple[DraftRow, ...]:
    specs = region.statement.rows
    match region.statement.shape:
        case Shape.ACCOUNTS:
            return account_rows(body, specs, names, pages)
        case Shape.BLOCKS:
            return block_rows(body, specs, region.statement.layouts[0], names, pages)
        case Shape.SIDES:
            return side_rows(body, specs, pages)
        case Shape.AMOUNTS:
            values = tuple(t.text for t in body if not t.is_text)
            return (DraftRow("", page=region.page, printed=values[: len(shown)]),)
        case Shape.LINES:
            return label_rows(body, specs, pages)
        case _:
            return ()


def _in_use(shown: Sequence[Column], rows: Sequence[DraftRow]) -> tuple[Column, ...]:
    """The columns of the blocks that have rows, numbered anew."""
    used = {row.block for row in rows}
    kept = [column for column in shown if column.block in used]
    return tuple(replace(column, id=i) for i, column in enumerate(kept))
