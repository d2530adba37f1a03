"""Uploading, replacing and removing through the desk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import gradio as gr
import pytest

from qa.ingestion import State
from qa.web.desk.bench import Bench
from qa.web.desk.intake import Intake
from qa.web.desk.problems import in_words
from qa.web.desk.words import desk_words
from qa.web.words import words
from tests.web.desks import SETTINGS, desk

SEED = next((Path(__file__).parents[2] / "corpus" / "reports").glob("*.txt"))


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[Intake]:
    with desk(tmp_path) as made:
        yield Intake(Bench(made, SETTINGS, desk_words("zh"), words("zh")))


@pytest.fixture
def upload(tmp_path: Path) -> Path:
    """A good file where uploads are put."""
    folder = tmp_path / "uploads"
    folder.mkdir()
    return Path(shutil.copy(SEED, folder))


def told(intake: Intake, files: list[Path], old: str = "") -> str:
    """The last thing that the panel says."""
    return list(intake.on_read([str(file) for file in files], old))[-1][0]


def held(intake: Intake) -> set[str]:
    return {card.id for card in intake._bench.cards()}


def test_a_good_file_is_held(intake: Intake, upload: Path) -> None:
    said = list(intake.on_read([str(upload)], ""))
    assert "正在读取" in said[0][0]
    assert "已收录" in said[-1][0]
    assert len(held(intake)) == 2
    assert "社会保险" in said[-2][1]  # the list of what is held
    assert not upload.exists()


def test_the_same_file_again_changes_nothing(intake: Intake, upload: Path) -> None:
    kept = shutil.copy(upload, upload.with_name("again.txt"))
    told(intake, [upload])
    assert "不重复收录" in told(intake, [Path(kept)])
    assert len(held(intake)) == 2


def test_a_damaged_file_is_named_and_the_next_is_read(intake: Intake, upload: Path) -> None:
    damaged = upload.with_name("坏.pdf")
    damaged.write_bytes(b"%PDF-1.4 and then nothing")
    said = told(intake, [damaged, upload])
    assert "没有读成" in said
    assert "坏.pdf" in said
    assert "已损坏" in said
    assert "已收录" in said
    assert len(held(intake)) == 2


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [("a.exe", b"MZ", "不是可以读取的文件类型"), ("a.txt", b"x" * 200_001, "文件超过")],
)
def test_other_types_and_sizes_are_not_opened(
    intake: Intake, upload: Path, name: str, content: bytes, why: str
) -> None:
    other = upload.with_name(name)
    other.write_bytes(content)
    assert why in told(intake, [other])
    assert not other.exists()


def test_a_new_report_takes_the_place_of_an_old_one(intake: Intake, upload: Path) -> None:
    (old,) = held(intake)
    assert "已移除被替换的" in told(intake, [upload], old)
    assert len(held(intake)) == 1
    assert old not in held(intake)


def test_a_failed_upload_replaces_nothing(intake: Intake, upload: Path) -> None:
    upload.write_bytes(b"%PDF-1.4 cut off")
    before = held(intake)
    told(intake, [upload.rename(upload.with_suffix(".pdf"))], next(iter(before)))
    assert held(intake) == before


def test_removing_asks_first(intake: Intake) -> None:
    (id_,) = held(intake)
    assert "请先勾选" in intake.on_remove(id_, sure=False)[0]
    assert held(intake) == {id_}
    assert "已移除" in intake.on_remove(id_, sure=True)[0]
    assert held(intake) == set()


def test_a_file_name_is_only_text(intake: Intake, upload: Path) -> None:
    hostile = upload.with_name("<img src=x onerror=hit>.pdf")
    hostile.write_bytes(b"%PDF-1.4 cut off")
    assert "<img" not in told(intake, [hostile])


@pytest.mark.parametrize(
    ("problem", "chinese"),
    [
        ("its page 7 is damaged", "第 7 页已损坏"),
        ("3 of its 40 figures cannot be recognised with confidence", "40 个数字中有 3 个认不准"),
        ("the PDF is damaged or cut off", "PDF 文件已损坏或不完整"),
        ("something new", "something new"),
    ],
)
def test_problems_are_told_in_chinese(problem: str, chinese: str) -> None:
    assert in_words(problem, "Unpack it first.", "zh") == f"{chinese}。请先解压。"
    assert in_words(problem, "Unpack it first.", "en") == f"{problem}. Unpack it first."


def test_every_outcome_has_its_words() -> None:
    for language in ("zh", "en"):
        assert set(desk_words(language).states) == set(State)


def test_nothing_chosen_is_said(intake: Intake) -> None:
    assert list(intake.on_read([], ""))[-1] == (
        '<p class="told" role="status">请先选择文件。</p>',
        gr.skip(),
    )
