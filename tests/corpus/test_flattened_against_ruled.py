"""Real reports twice: the PDF's ruled tables are the truth for its text, flattened.

Blank cells, line breaks and columns are lost in the text; every cell must come back.
"""

import os
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from corpus import tables
from corpus.layout import Line
from corpus.model import Table
from corpus.readers import read_document
from corpus.tokens import plain

SHARED = Path(os.environ.get("JUEWEN_SHARED", Path(__file__).parents[3] / "shared"))
FOLDER = SHARED / "reports" / "putuo"
NAMES = (
    "上海市普陀区规划和自然资源局 2024 年度部门决算",
    "上海市普陀区商务委员会25年预算",
    "上海市普陀区万里街道办事处2023年部门预算",
)
Address = tuple[str, str, int, int, str]

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the development reports are not here")


def text_lines(path: Path) -> list[Line]:
    import pypdfium2

    pages = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    return [Line(line.strip()) for line in text.splitlines() if line.strip()]


def values(found: tuple[Table, ...]) -> dict[str, dict[Address, Decimal | None]]:
    """The cells of each statement by code, label, block, repetition of the label, and role."""
    cells: dict[str, dict[Address, Decimal | None]] = {}
    for table in found:
        seen: Counter[tuple[str, str, int]] = Counter()
        for row in table.rows if table.statement else ():
            key = (row.code, plain(row.label), row.block)
            seen[key] += 1
            for cell in table.row_cells(row.id):
                address = (*key, seen[key], table.columns[cell.column].role)
                cells.setdefault(table.statement, {})[address] = cell.value
    return cells


def build(lines: list[Line]) -> tuple[Table, ...]:
    drafts = tables.locate(lines)
    inside = {i for draft in drafts for i in range(draft.start, draft.end)}
    prose = "".join(line.text for i, line in enumerate(lines) if i not in inside)
    return tables.build(drafts, lambda draft: 0, [s + "。" for s in prose.split("。")])


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_cell_comes_back(name: str) -> None:
    path = FOLDER / f"{name}.pdf"
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    ruled = values(tables.build(tables.locate(read_document(path).blocks), lambda draft: 0, []))
    flattened = values(build(text_lines(path)))
    assert len(set(ruled) & set(flattened)) == 9
    for statement in set(ruled) & set(flattened):
        assert flattened[statement] == ruled[statement], statement
