"""Files that cannot be read are named with the remedy; none hangs, none yields a cell."""

from __future__ import annotations

import os
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from corpus import UnreadableFile, read_report
from corpus.readers import scan
from tests.corpus.drawing import Pages

ROOT = Path(__file__).resolve().parents[2]
DAMAGED = Path(os.environ.get("JUEWEN_SHARED", ROOT.parent / "shared")) / "reports" / "damaged"
SECONDS = 20


def refused(path: Path) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_report(path)
    assert caught.value.name == path.name
    assert caught.value.remedy.strip()
    return caught.value


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress((b"\0" + b"\xff" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.fixture
def no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(scan, "import_module", missing)


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.touch()
    assert "empty" in refused(path).problem


def test_a_file_that_only_claims_to_be_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n" + os.urandom(4000))
    assert "damaged" in refused(path).problem


def test_a_table_under_the_wrong_name_is_read_for_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "某局2023年度部门决算.pdf"
    path.write_text("某局2023年度部门决算\n一、部门概况\n本部门负责财政工作。\n", encoding="utf-8")
    assert read_report(path).sources[0].format == "text"


def test_an_archive_bomb(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 2**20)
        for part in range(8):
            archive.writestr(f"xl/worksheets/sheet{part}.xml", b" " * (64 * 2**20))
    assert "unpacks" in refused(path).problem


def test_an_image_without_ocr(tmp_path: Path, no_ocr: None) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png(40, 40))
    assert "juewen[ocr]" in refused(path).remedy


def test_a_scanned_pdf_without_ocr(tmp_path: Path, no_ocr: None) -> None:
    from reportlab.lib.utils import ImageReader

    image = tmp_path / "a.png"
    image.write_bytes(png(60, 60))
    draw = Pages(tmp_path / "a.pdf")
    draw.canvas.drawImage(ImageReader(str(image)), 50, 50, 400, 600)
    assert "juewen[ocr]" in refused(draw.save()).remedy


def test_many_pages_are_read_in_time(tmp_path: Path) -> None:
    draw = Pages(tmp_path / "某局2024年度部门决算.pdf")
    for number in range(320):
        draw.text(60, 60, f"第{number + 1}段：本部门{2024}年度财政拨款收支情况说明。")
        draw.next()
    start = time.monotonic()
    report = read_report(draw.save())
    assert report.sources[0].pages == 320
    assert time.monotonic() - start < SECONDS


@pytest.mark.skipif(not DAMAGED.is_dir(), reason="the shared reports are not beside the repository")
def test_the_shared_damaged_files(no_ocr: None) -> None:
    problems = {}
    for path in sorted(DAMAGED.iterdir()):
        start = time.monotonic()
        try:
            report = read_report(path)
        except UnreadableFile as error:
            problems[path.suffix + path.stem[:3]] = error.problem
        else:
            # A newspaper page has no tables; what it says is there to be read.
            assert not report.tables
            assert report.passages
        assert time.monotonic() - start < SECONDS
    assert {key: value.split(",")[0] for key, value in problems.items()} == {
        ".pdffuj": "the PDF is damaged or cut off",
        ".jpguni": "it is an image",
        ".pdfzha": "it is an image",
    }
