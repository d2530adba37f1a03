"""`juewen check`: a text held against the reports on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from index import IndexSettings, Library
from qa.cli import app
from tests.index.samples import HashEmbedder
from tests.qa.made_up import make_report


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checked") / "store"
    with Library.open(folder, settings=IndexSettings(), embedder=HashEmbedder()) as library:
        library.add(make_report())
    return folder


@pytest.fixture
def check(store: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    def opened(_: object) -> Library:
        return Library.open(store, settings=IndexSettings(), embedder=HashEmbedder())

    monkeypatch.setattr("qa.cli.checking.open_library", opened)

    def run(*arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(app, ["check", *arguments], input=typed)

    return run


def test_a_right_text_passes(check) -> None:  # type: ignore[no-untyped-def]
    done = check("2031年度机关运行经费支出80万元，比年初预算减少20万元，下降20%。")
    assert done.exit_code == 0, done.output
    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        "prose",
        "computed",
        "computed",
    ]


def test_a_wrong_text_exits_with_one_and_says_why(check) -> None:  # type: ignore[no-untyped-def]
    done = check("-", "--json", typed="2031年度机关运行经费支出80亿元。")
    assert done.exit_code == 1
    record = json.loads(done.stdout)
    assert not record["may_be_shown"]
    assert record["figures"][0]["check"] == "rejected"
    assert "单位不符" in record["figures"][0]["reason"]
