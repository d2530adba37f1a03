from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index import IndexSettings, Library, StoreDrift, StoreError
from index.embedding import WINDOW, BundledEmbedder, in_windows, make_embedder
from tests.index.samples import make_report

TEXTS = [
    "机关运行经费支出122.25万元，比年初预算数减少33.90万元。",
    "公务接待费",
    "The department's operating expenses fell because of austerity.",
    "（一）　全角：ＡＢＣ　１２３",
    "预算" * WINDOW,
]


@pytest.fixture(scope="module")
def bundled() -> BundledEmbedder:
    return BundledEmbedder()


def test_both_engines_share_one_space(bundled: BundledEmbedder) -> None:
    small = in_windows(TEXTS, bundled._on_engine)
    large = in_windows(TEXTS, bundled._on_torch)
    assert (small * large).sum(axis=1).min() > 0.997


def test_vectors_are_of_unit_length(bundled: BundledEmbedder) -> None:
    vectors = bundled.passages(TEXTS)
    assert vectors.shape == (5, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(5), abs=1e-5)


def test_meaning_crosses_languages(bundled: BundledEmbedder) -> None:
    vectors = bundled.passages(TEXTS[:3])
    asked = bundled.query("why did the operating budget of the office shrink?")
    assert np.argmax(vectors @ asked) == 2
    asked = bundled.query("机关运行费为什么少了")
    assert np.argmax(vectors @ asked) == 0


def test_progress_is_told(bundled: BundledEmbedder) -> None:
    heard: list[tuple[int, int]] = []
    bundled.passages(["甲", "乙"], lambda done, total: heard.append((done, total)))
    assert heard == [(2, 2)]


def test_any_model_by_its_folder(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({"支": 0, "出": 1, "收": 2, "?": 3}, unk_token="?"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=16)])
    model.save(str(tmp_path / "tiny"))
    settings = IndexSettings(embedding_model=str(tmp_path / "tiny"))
    with Library.open(tmp_path / "store", settings=settings) as library:
        library.add(make_report())
        assert library.search("公务接待费支出")
    with pytest.raises(StoreDrift, match="tiny"):
        Library.open(tmp_path / "store")


def test_a_missing_model_is_named_with_the_remedy(tmp_path: Path) -> None:
    settings = IndexSettings(embedding_model=str(tmp_path / "nothing"))
    with pytest.raises(StoreError, match="JUEWEN_EMBEDDING_MODEL"):
        make_embedder(settings).query("a")


@pytest.mark.parametrize(
    ("what", "forbidden"),
    [
        ("library.add(make_report())", {"torch", "llama_index", "sentence_transformers"}),
        (
            "assert library.search('机关运行经费为什么减少')",
            {"torch", "llama_index", "sentence_transformers", "chromadb", "gradio"},
        ),
    ],
)
def test_small_work_loads_no_heavy_package(
    tmp_path_factory: pytest.TempPathFactory, what: str, forbidden: set[str]
) -> None:
    store = tmp_path_factory.getbasetemp() / "light"
    code = f"""
import sys
from pathlib import Path
from tests.index.samples import make_report
from index import Library
with Library.open(Path({str(store)!r})) as library:
    {what}
heavy = {forbidden!r} & set(sys.modules)
assert not heavy, heavy
"""
    environment = {"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": "/usr/bin:/bin"}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
