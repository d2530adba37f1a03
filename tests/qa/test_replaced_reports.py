"""An assistant that stays open answers from what the library holds now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus import Report
from corpus.read import read_report
from index import IndexSettings, Library
from qa import Assistant
from qa.answer import Status
from tests.index.samples import HashEmbedder
from tests.qa.conftest import SEED


def _edited(tmp_path: Path, seed: Report) -> Report:
    """The seed with one figure of its prose and tables changed, under the seed's id."""
    text = SEED.read_text(encoding="utf-8").replace("122.25", "132.25")
    file = tmp_path / SEED.name
    file.write_text(text, encoding="utf-8")
    return replace(read_report(file), id=seed.id)


def test_a_replaced_report_is_read_again(tmp_path: Path, seed_report: Report) -> None:
    question = "机关运行经费是多少？"
    with Library.open(
        tmp_path / "store", settings=IndexSettings(), embedder=HashEmbedder()
    ) as library:
        library.add(seed_report)
        assistant = Assistant(library)
        assert "122.25" in assistant.ask(question).answer
        library.add(_edited(tmp_path, seed_report))
        assert "132.25" in assistant.ask(question).answer
        library.remove(seed_report.id)
        assert assistant.ask(question).status is not Status.ANSWERED
