from pathlib import Path

import pytest

from corpus import UnreadableFile
from corpus.layout import Grid, Line
from corpus.readers import LARGEST_FILE, detect_format, read_document


def write(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, "a.txt", "某局2023年度部门决算\n收入合计１２万元\n".encode(encoding))
    assert [block.text for block in read_document(path).blocks if isinstance(block, Line)] == [
        "某局2023年度部门决算",
        "收入合计１２万元",
    ]


def test_pages_gaps_and_indents_survive(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "一、概况\n\n\n　　正文\f二、说明\n".encode())
    document = read_document(path)
    lines = [block for block in document.blocks if isinstance(block, Line)]
    assert [(line.text, line.page, line.top, line.indent) for line in lines] == [
        ("一、概况", 1, 1.0, 0.0),
        ("正文", 1, 4.0, 4.0),
        ("二、说明", 2, 5.0, 0.0),
    ]
    assert document.pages == 2


def test_csv_is_one_grid(tmp_path: Path) -> None:
    path = write(tmp_path, "表.csv", "项目,金额\n收入,1.5\n".encode())
    (grid,) = read_document(path).blocks
    assert isinstance(grid, Grid)
    assert (grid.rows, grid.columns) == (2, 2)
    assert [cell.text for cell in grid.cells] == ["项目", "金额", "收入", "1.5"]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("空.txt", b"", "empty"),
        ("乱.txt", b"!\"#$%&'()*+,-./ 0123\n" * 20, "no Chinese text"),
        ("二进制.txt", bytes(range(256)) * 4, "not a document"),
        ("半个.docx", b"PK\x03\x04" + b"\x00" * 200, "damaged"),
        ("空白.txt", b" \n\n ", "no text"),
    ],
)
def test_bad_files_are_named_with_a_remedy(
    tmp_path: Path, name: str, content: bytes, problem: str
) -> None:
    with pytest.raises(UnreadableFile, match=problem) as caught:
        read_document(write(tmp_path, name, content))
    assert name in str(caught.value)
    assert caught.value.remedy


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no such file"):
        read_document(tmp_path / "没有.txt")


def test_oversized_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(UnreadableFile, match="MiB"):
        detect_format(path)


@pytest.mark.parametrize(
    ("content", "format_"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\xff\xd8\xff\xe0jpeg", "scan"),
        (b"<!DOCTYPE html><html></html>", "html"),
        (b"\xef\xbb\xbf  <html>", "html"),
        ("某局决算".encode(), "text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "doc"),
    ],
)
def test_content_decides_and_not_the_name(tmp_path: Path, content: bytes, format_: str) -> None:
    assert detect_format(write(tmp_path, "x.pdf.txt", content)) == format_
