"""The house rules that a machine can hold: layers, light imports, complete documentation."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

from index import IndexSettings
from qa.cli import app
from qa.web.settings import WebSettings

ROOT = Path(__file__).parent.parent
HEAVY = ("torch", "sentence_transformers", "chromadb", "llama_index", "gradio", "ortools")
VERBS = {
    *("ingest", "reports", "ask", "chat", "batch", "facts"),
    *("audit", "check", "evaluate", "serve", "mcp", "feedback", "doctor", "rebuild"),
}


def test_arrows_run_one_way() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_nothing_imports_the_top_floor() -> None:
    sources = [p for floor in ("corpus", "index", "qa") for p in (ROOT / floor).rglob("*.py")]
    lines = [line for p in sources for line in p.read_text(encoding="utf-8").splitlines()]
    assert [line for line in lines if line.startswith(("import app", "from app"))] == []


@pytest.mark.parametrize(
    "module", ["qa.__main__", "qa.cli", "qa.evaluation", "qa.ingestion", "index", "corpus"]
)
def test_importing_is_light(module: str) -> None:
    code = f"import sys, {module}; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_every_verb_is_there_and_documented() -> None:
    verbs = [command.callback.__name__ for command in app.registered_commands]
    assert set(verbs) == VERBS
    manual = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [verb for verb in verbs if f"## `{verb}" not in manual] == []


@pytest.mark.parametrize("settings", [IndexSettings, WebSettings])
def test_every_setting_is_documented(settings: type[BaseSettings]) -> None:
    manual = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    prefix = settings.model_config["env_prefix"]
    names = [f"{prefix}{name}".upper() for name in settings.model_fields]
    assert [name for name in names if f"`{name}`" not in manual] == []


def test_every_make_target_is_described() -> None:
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    phony = next(line for line in lines if line.startswith(".PHONY:")).split()[1:]
    described = [line.split(":")[0] for line in lines if "##" in line and ":" in line]
    assert [target for target in phony if target not in described] == []
