"""A report's table as HTML in its own layout: header levels, side-by-side blocks, printed bands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.model import Cell, Column, Outcome, Placement, Row, Table
from qa.web.markup import join, safe
from qa.web.words import Words

# Placements worth a word to the reader: what the printed page does not show directly.
_EXPLAINED = (Placement.IDENTITIES, Placement.PROSE, Placement.OPEN)


@dataclass(frozen=True, slots=True)
class Spot:
    """The cell to highlight; without a column the whole row is meant."""

    row: int
    column: int | None = None


def table_html(table: Table, words: Words, spot: Spot | None = None) -> str:
    """The table with its caption, notes and the outcome of its checks."""
    name = " ".join(dict.fromkeys(part for part in (table.number, table.title) if part))
    unit = words.unit.format(unit=table.unit) if table.unit else ""
    grids = join(_grid(table, blocks, words, spot) for blocks in side_by_side(table))
    return (
        f'<p class="caption"><b>{safe(name)}</b> <span>{safe(unit)}</span></p>'
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{safe(name)}">{grids}'
        f"</div>{_unplaced(table, words)}{_checks(table, words)}{_notes(table, words)}"
    )


def _grid(table: Table, blocks: Sequence[Block], words: Words, spot: Spot | None) -> str:
    bands = (_band(table, blocks, rows, words, spot) for rows in bands_of(blocks))
    return f"<table><thead>{_head(blocks, words)}</thead><tbody>{join(bands)}</tbody></table>"


class Block:
    """One of a table's side-by-side parts, with the label columns that its rows need."""

    def __init__(self, table: Table, number: int) -> None:
        rows = tuple(row for row in table.rows if row.block == number)
        self.number = number
        self.rows = rows
        self.columns = tuple(c for c in table.columns if c.block == number)
        self.depth = max((len(row.path) for row in rows), default=0)
        self.has_code = any(row.code for row in rows)
        self.has_label = any(row.label for row in rows)
        self.has_line = any(row.line for row in rows)

    @property
    def labels(self) -> int:
        """How many columns stand before the figures."""
        return self.depth + self.has_code + self.has_label + self.has_line


def side_by_side(table: Table) -> Iterator[list[Block]]:
    """Blocks that share printed bands stand beside each other; others follow below."""
    group: list[Block] = []
    for number in sorted({column.block for column in table.columns}):
        block = Block(table, number)
        if group and not {r.band for r in block.rows} & {r.band for b in group for r in b.rows}:
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def bands_of(blocks: Sequence[Block]) -> Iterator[list[Row]]:
    """The rows of blocks that stand beside each other, one printed line at a time."""
    rows = (row for block in blocks for row in block.rows)
    ordered = sorted(rows, key=lambda row: (row.band, row.block))
    for _, together in groupby(ordered, key=lambda row: row.band):
        yield list(together)


def _head(blocks: Sequence[Block], words: Words) -> str:
    levels = max((len(c.path) for block in blocks for c in block.columns), default=1)
    lines = [
        join(_head_line(block, level, levels, words) for block in blocks) for level in range(levels)
    ]
    return join(f"<tr>{line}</tr>" for line in lines)


def _head_line(block: Block, level: int, levels: int, words: Words) -> str:
    first = _label_heads(block, levels, words) if level == 0 else ""
    return first + join(_header_cells(block.columns, level, levels))


def _label_heads(block: Block, levels: int, words: Words) -> str:
    names = [words.code] * block.has_code + [""] * block.depth
    names += [words.item] * block.has_label + [words.line] * block.has_line
    return join(f'<th rowspan="{levels}">{safe(name)}</th>' for name in names)


def _header_cells(columns: Sequence[Column], level: int, levels: int) -> Iterator[str]:
    """Header cells of one level; equal neighbours under equal parents share one."""
    for path, group in groupby(columns, key=lambda column: column.path[: level + 1]):
        if len(path) <= level:
            continue  # the header above reaches down to here
        same = list(group)
        ends = all(len(column.path) == level + 1 for column in same)
        rows = levels - level if ends else 1
        yield f'<th colspan="{len(same)}" rowspan="{rows}">{safe(path[level])}</th>'


def _band(
    table: Table, blocks: Sequence[Block], rows: list[Row], words: Words, spot: Spot | None
) -> str:
    by_block = {row.block: row for row in rows}
    cells = join(_part(table, block, by_block.get(block.number), words, spot) for block in blocks)
    return f"<tr>{cells}</tr>"


def _part(table: Table, block: Block, row: Row | None, words: Words, spot: Spot | None) -> str:
    if row is None:
        return f'<td class="none" colspan="{block.labels + len(block.columns)}"></td>'
    cited = spot is not None and spot.row == row.id
    figures = {cell.column: cell for cell in table.row_cells(row.id)}
    is_whole_row = cited and (spot is None or spot.column is None)
    return _labels(block, row, cited=cited, is_target=is_whole_row) + join(
        _figure(
            figures.get(column.id),
            words,
            cited=cited,
            is_target=cited and spot is not None and spot.column == column.id,
        )
        for column in block.columns
    )


def _labels(block: Block, row: Row, *, cited: bool, is_target: bool) -> str:
    kind = ' class="cited"' if cited else ""
    target = ' id="cited"' if is_target else ""
    path = [*row.path, *[""] * (block.depth - len(row.path))]
    before = join(f"<td{kind}>{safe(part)}</td>" for part in path)
    code = f"<td{kind}>{safe(row.code)}</td>" if block.has_code else ""
    line = f"<td{kind}>{safe(row.line)}</td>" if block.has_line else ""
    indent = f' style="padding-inline-start:{0.6 + 0.9 * row.level:.1f}em"' if row.level else ""
    label = f'<th scope="row"{kind}{target}{indent}>{safe(row.label)}</th>'
    label = label if block.has_label else ""
    return code + before + label + line


def _figure(cell: Cell | None, words: Words, *, cited: bool, is_target: bool) -> str:
    if cell is None:
        return '<td class="none"></td>'
    kind = "text-cell" if cell.text and cell.value is None else "figure-cell"
    classes = [kind] + ["cited"] * cited + ["target"] * is_target
    if cell.placed_by is Placement.OPEN:
        classes.append("open")
    hint = words.placed[cell.placed_by] if cell.placed_by in _EXPLAINED else ""
    hint = words.blank if not cell.text and is_target else hint
    title = f' title="{safe(hint)}"' if hint else ""
    target = ' id="cited"' if is_target else ""
    shown = safe(cell.text) or (f"<i>{safe(words.blank)}</i>" if is_target else "")
    return f'<td class="{" ".join(classes)}"{target}{title}>{shown}</td>'


def _unplaced(table: Table, words: Words) -> str:
    loose = [f"{row.label} {' '.join(row.unplaced)}" for row in table.rows if row.unplaced]
    if not loose:
        return ""
    return f'<p class="aside">{safe(words.unplaced.format(values="；".join(loose)))}</p>'


def _checks(table: Table, words: Words) -> str:
    if not table.checks:
        return ""
    counts = dict.fromkeys(Outcome, 0)
    for check in table.checks:
        counts[check.outcome] += 1
    said = words.checks.format(
        holds=counts[Outcome.HOLDS], fails=counts[Outcome.FAILS], untried=counts[Outcome.UNTRIED]
    )
    return f'<p class="aside">{safe(said)}</p>'


def _notes(table: Table, words: Words) -> str:
    if not table.notes:
        return ""
    lines = "<br>".join(safe(note) for note in table.notes)
    return f'<p class="aside"><b>{safe(words.notes)}</b> {lines}</p>'
