"""The command line, on the report that ships with the project and a fixed assistant."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import qa
from qa.cli import app
from qa.cli.facts import COLUMNS
from tests.web.sample import SampleAssistant

SEED = Path(__file__).parents[2] / "corpus" / "reports"
STEM = next(SEED.glob("*.txt")).stem
run = CliRunner().invoke


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("store"))
    done = run(app, ["ingest", str(SEED), "--store", folder])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qa, "Assistant", lambda library: SampleAssistant(), raising=False)


def test_ingest_says_what_it_read(store: str) -> None:
    done = run(app, ["ingest", str(SEED), "--store", store])
    assert done.exit_code == 0
    assert "already held" in done.output


def test_a_bad_file_is_named_and_the_rest_ingested(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "empty.txt").write_text("")
    (folder / "good.txt").write_bytes(next(SEED.glob("*.txt")).read_bytes())
    done = run(app, ["ingest", str(folder), "--json", "--store", str(tmp_path / "store")])
    assert done.exit_code == 1
    states = {Path(r["path"]).name: r for r in json.loads(done.stdout)}
    assert states["good.txt"]["state"] == "added"
    assert states["empty.txt"]["state"] == "failed"
    assert states["empty.txt"]["problem"]
    assert states["empty.txt"]["remedy"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    done = run(app, ["ingest", str(tmp_path / "none.pdf"), "--store", str(tmp_path / "s")])
    assert done.exit_code == 1
    assert "none.pdf" in done.output


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    arguments = ["ingest", str(SEED), "--timeout", "0.001", "--store", str(tmp_path)]
    done = run(app, arguments)
    assert done.exit_code == 1
    assert "longer than" in done.output


def test_the_store_option_stands_before_or_after_the_verb(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = run(app, ["--store", store, "reports", "--json"])
    after = run(app, ["reports", "--json", "--store", store])
    monkeypatch.setenv("JUEWEN_STORE", store)
    from_environment = run(app, ["reports", "--json"])
    assert json.loads(before.stdout) == json.loads(after.stdout)
    assert json.loads(from_environment.stdout) == json.loads(after.stdout)
    assert json.loads(after.stdout)[0]["year"] == 2023


def test_facts_have_exactly_the_promised_columns(store: str) -> None:
    as_csv = run(app, ["facts", "--format", "csv", "--store", store]).stdout.splitlines()
    as_jsonl = run(app, ["facts", "--format", "jsonl", "--store", store]).stdout.splitlines()
    assert as_csv[0] == ",".join(COLUMNS)
    assert all(tuple(json.loads(line)) == COLUMNS for line in as_jsonl)
    assert len(as_jsonl) > 600


def test_facts_of_an_unknown_report_name_the_remedy(store: str) -> None:
    done = run(app, ["facts", "--report", "nowhere", "--store", store])
    assert "juewen reports" in str(done.exception)


@pytest.mark.usefixtures("fixed")
def test_ask_prints_the_record(store: str) -> None:
    done = run(app, ["ask", "支出多少？", "--json", "--store", store])
    record = json.loads(done.stdout)
    assert record["status"] == "answered"
    assert record["numbers"][0] == {
        "value": "498.15",
        "unit": "万元",
        "check": "table",
        "citation": 0,
    }


@pytest.mark.usefixtures("fixed")
def test_ask_shows_numbers_sources_and_sum(store: str) -> None:
    shown = run(app, ["ask", "支出多少？", "--store", store]).stdout
    for word in ("表 498.15万元", "算 37.8%", "文 22.25万元", "出处", "怎么算的"):
        assert word in shown


@pytest.mark.usefixtures("fixed")
def test_explain_adds_the_time_of_each_step(store: str) -> None:
    assert "1.50 ms" in run(app, ["ask", "支出多少？", "--explain", "--store", store]).stdout


@pytest.mark.usefixtures("fixed")
def test_batch_keeps_every_line_and_tells_of_failures(store: str, tmp_path: Path) -> None:
    lines = [
        {"id": "a", "question": "支出多少？", "turns": ["收入多少？"]},
        {"id": "b", "question": "break"},
        {"id": "c", "question": "支出多少？", "reports": ["nowhere"]},
    ]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join([*map(json.dumps, lines), "not json", ""]), encoding="utf-8")
    done = run(app, ["batch", str(source), str(target), "--store", store])
    records = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [(r["id"], r["status"]) for r in records] == [
        ("a", "answered"),
        ("b", "refused"),
        ("c", "refused"),
        ("line-4", "refused"),
    ]
    assert done.exit_code == 1


@pytest.mark.usefixtures("fixed")
def test_evaluate_writes_its_three_records_and_gates(store: str, tmp_path: Path) -> None:
    question = {
        "id": "one",
        "reports": [STEM],
        "question": "支出多少？",
        "lang": "zh",
        "kind": "lookup",
        "answerable": True,
        "numbers": [{"value": "498.15", "unit": "万元"}],
    }
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out"
    one = [{"value": "1", "unit": "万元"}]
    other = question | {"id": "two", "numbers": one}
    gold.write_text(f"{json.dumps(question)}\n{json.dumps(other)}\n", encoding="utf-8")
    arguments = ["evaluate", str(gold), "--out", str(out), "--store", store, "--fail-under"]
    assert run(app, [*arguments, "50"]).exit_code == 0
    assert run(app, [*arguments, "51"]).exit_code == 1
    other["numbers"] = question["numbers"]
    gold.write_text(json.dumps(other), encoding="utf-8")
    assert "right since the last run: two" in run(app, [*arguments, "100"]).output
    gold.write_text(f"{json.dumps(question)}\n{json.dumps(other | {'numbers': one})}\n")
    assert "no longer right: two" in run(app, [*arguments, "50"]).output
    assert json.loads((out / "summary.json").read_text())["overall"]["right"] == 1
    assert len((out / "results.jsonl").read_text().splitlines()) == 2
    assert "<details class=wrong open>" in (out / "report.html").read_text()


def test_doctor_finds_a_sound_store(store: str) -> None:
    done = run(app, ["doctor", "--store", store])
    assert done.exit_code == 0, done.output


def test_rebuild_leaves_a_sound_store(store: str) -> None:
    assert run(app, ["rebuild", "--store", store]).exit_code == 0
    assert run(app, ["doctor", "--store", store]).exit_code == 0
