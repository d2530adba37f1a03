"""Writes made-up statements as XLSX, DOCX, HTML and PDF, from one description of the form."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

LEFT, UP = "<", "^"  # a cell that is merged with the one to its left, above it
Span = tuple[int, int, int, int]  # row, column, rowspan, colspan


@dataclass(frozen=True)
class Form:
    """One statement: the lines above it, its header and rows, and what a reader must see."""

    lead: tuple[str, ...]
    header: list[list[str]]
    rows: list[list[str]]
    statement: str
    columns: tuple[str, ...] = ()
    row_roles: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    unit: str = "万元"
    notes: tuple[str, ...] = ()

    @property
    def cells(self) -> list[list[str]]:
        return [*self.header, *self.rows]

    def spans(self) -> list[Span]:
        """Every cell that begins somewhere, with how far it reaches."""
        owners: dict[tuple[int, int], tuple[int, int]] = {}
        reach: dict[tuple[int, int], tuple[int, int]] = {}
        for r, row in enumerate(self.cells):
            for c, text in enumerate(row):
                own = (r, c)
                if text == LEFT:
                    own = owners[r, c - 1]
                elif text == UP:
                    own = owners[r - 1, c]
                owners[r, c] = own
                far = reach.get(own, own)
                reach[own] = max(far[0], r), max(far[1], c)
        return [(r, c, to[0] - r + 1, to[1] - c + 1) for (r, c), to in reach.items()]


@dataclass(frozen=True)
class Made:
    """A made-up report."""

    name: str
    cover: tuple[str, ...]
    identity: tuple[str, int, str, str]
    forms: list[Form] = field(default_factory=list)


def load(file: Path) -> list[Made]:
    """The made-up reports that a YAML file describes."""
    made = []
    for data in yaml.safe_load(file.read_text(encoding="utf-8")):
        forms = [
            Form(**{k: tuple(v) if k not in ("header", "rows") and isinstance(v, list) else v
                    for k, v in form.items()})
            for form in data["forms"]
        ]  # fmt: skip
        made.append(Made(data["name"], tuple(data["cover"]), tuple(data["identity"]), forms))
    return made


def write(made: Made, folder: Path, format_: str) -> Path:
    path = folder / f"{made.name}.{format_}"
    {"xlsx": _xlsx, "docx": _docx, "html": _html, "pdf": _pdf}[format_](made, path)
    return path


def _value(text: str, row: int, form: Form) -> object:
    """A spreadsheet holds amounts and parts of codes as numbers."""
    bare = text.replace(",", "")
    is_code = text.isdigit() and len(text) > 2
    if row < len(form.header) or is_code or not bare.replace(".", "", 1).lstrip("-").isdigit():
        return text
    return float(bare)


def _xlsx(made: Made, path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    cover = book.active
    cover.title = "封面"
    for i, line in enumerate(made.cover, 1):
        cover.cell(i, 1, line)
    for k, form in enumerate(made.forms, 1):
        sheet = book.create_sheet(f"Sheet{k}")
        top = len(form.lead) + 1
        for i, line in enumerate(form.lead, 1):
            sheet.cell(i, 1, line)
        for r, c, tall, wide in form.spans():
            sheet.cell(top + r, c + 1, _value(form.cells[r][c], r, form) or None)
            if tall * wide > 1:
                sheet.merge_cells(None, top + r, c + 1, top + r + tall - 1, c + wide)
    book.save(path)


def _docx(made: Made, path: Path) -> None:
    from docx import Document

    document = Document()
    for line in made.cover:
        document.add_paragraph(line)
    for form in made.forms:
        for line in form.lead:
            document.add_paragraph(line)
        table = document.add_table(len(form.cells), len(form.header[0]))
        for r, c, tall, wide in form.spans():
            cell = table.cell(r, c)
            if tall * wide > 1:
                cell = cell.merge(table.cell(r + tall - 1, c + wide - 1))
            cell.text = form.cells[r][c]
        for note in form.notes:
            document.add_paragraph(note)
    document.save(str(path))


def _html(made: Made, path: Path) -> None:
    lines = [f"<h1>{made.cover[0]}</h1>", *(f"<p>{line}</p>" for line in made.cover[1:])]
    for form in made.forms:
        lines += [f"<p>{line}</p>" for line in form.lead]
        lines.append("<table>")
        for r in range(len(form.cells)):
            cells = [
                f'<td rowspan="{tall}" colspan="{wide}">{form.cells[r][c]}</td>'
                for row, c, tall, wide in sorted(form.spans())
                if row == r
            ]
            lines.append(f"<tr>{''.join(cells)}</tr>")
        lines += ["</table>", *(f"<p>{note}</p>" for note in form.notes)]
    body = "\n".join(lines)
    page = f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'
    path.write_text(page, encoding="utf-8")


def _pdf(made: Made, path: Path) -> None:
    from tests.corpus.drawing import LEFT as EDGE
    from tests.corpus.drawing import Pages

    pages = Pages(path, (842, 595))
    for i, line in enumerate(made.cover):
        pages.text(EDGE, 80 + 30 * i, line, 18)
    for form in made.forms:
        pages.next()
        y = 40.0
        for line in form.lead:
            pages.text(EDGE, y, line, 11)
            y += 16
        width = 720 / len(form.header[0])
        texts = [[_wrapped(t, width) for t in row] for row in form.cells]
        heights = [max(t.count("\n") + 1 for t in row) * 12 + 6.0 for row in texts]
        y = pages.table(
            y, [width] * len(form.header[0]), texts, [s for s in form.spans() if s[2] * s[3] > 1],
            heights,
        )  # fmt: skip
        for note in form.notes:
            y += 14
            pages.text(EDGE, y, note, 9)
    pages.save()


def _wrapped(text: str, width: float) -> str:
    if text in (LEFT, UP) or text.replace(",", "").replace(".", "").lstrip("-").isdigit():
        return "" if text in (LEFT, UP) else text
    fits = max(2, int(width // 10) - 1)
    return "\n".join(text[i : i + fits] for i in range(0, len(text), fits))
