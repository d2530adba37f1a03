"""The vocabulary is data: it loads, points nowhere in the void, and never means two things."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

import qa.vocabulary as vocabulary
from corpus import Measure
from qa.language import simplify
from qa.vocabulary import Concept, concepts, cues, key_of, roles, surfaces

FOLDER = Path(vocabulary.__file__).parent
FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_file_loads_and_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert yaml.safe_load(text)
    assert text.startswith("#")


@pytest.mark.parametrize("name", ["totals", "economic", "functions"])
def test_every_account_of_a_classification_has_a_key_of_its_own(name: str) -> None:
    loaded = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    keys = [Concept.model_validate(row).key for row in loaded]
    assert sorted({k for k in keys if keys.count(k) > 1}) == []


def test_no_spoken_word_belongs_to_two_accounts() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for concept in concepts():
        for word in (*concept.aliases, *concept.english):
            owners[simplify(word)].add(concept.key)
    assert {word: keys for word, keys in owners.items() if len(keys) > 1} == {}


def test_no_alias_is_the_name_of_another_account() -> None:
    names = {simplify(name): c.key for c in concepts() for name in c.names}
    clashes = {
        (alias, c.key, names[simplify(alias)])
        for c in concepts()
        for alias in c.aliases
        if names.get(simplify(alias), c.key) != c.key
    }
    assert clashes == set()


def test_no_code_belongs_to_two_accounts() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for concept in concepts():
        for code in concept.codes:
            assert re.fullmatch(r"\d{3}(?:\d{2}){0,2}", code)
            owners[code].add(concept.key)
    assert {code: keys for code, keys in owners.items() if len(keys) > 1} == {}


def test_every_name_leads_back_to_an_account_of_that_name() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for concept in concepts():
        for name in concept.names:
            owners[name].add(concept.key)
    assert [name for name, keys in owners.items() if key_of(name) not in keys] == []


def test_surfaces_come_longest_first() -> None:
    sizes = [len(text) for text, _, _ in surfaces()]
    assert sizes == sorted(sizes, reverse=True)
    assert all(text for text, _, _ in surfaces())


def test_roles_name_known_accounts_and_measures() -> None:
    table = roles()
    known = {concept.key for concept in concepts()} | {""}
    parts = {p for role in table.rows.values() for p in role.split("+")}
    named = {
        *table.columns.values(), *parts, *table.subjects, *table.contexts,
        *table.fallbacks, *table.parts, *table.twins,
    }  # fmt: skip
    for group in (table.fallbacks, table.parts, table.twins):
        named |= {item for items in group.values() for item in items}
    assert named - known == set()
    measures = {*(m.value for m in Measure), "target", "score", "weight", "index"}
    assert {*table.measures.values(), *table.header_measures} - measures == set()


def test_every_cue_is_a_pattern_that_needs_something_to_match() -> None:
    for group, patterns in cues().groups.items():
        for name, pattern in patterns.items():
            assert not pattern.search(""), (group, name)


def test_wording_patterns_compile() -> None:
    loaded = yaml.safe_load((FOLDER / "wording.yaml").read_text(encoding="utf-8"))
    for name in ("polar", "covers", "denial", "purposes", "causes", "ordinals"):
        re.compile(loaded[name])
    for frame in loaded["answers"].values():
        re.compile(frame["asks"])
        re.compile(frame["holds"])


def test_no_report_of_the_project_is_known_to_the_vocabulary(seed_report) -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in FILES)
    identity = seed_report.identity
    assert not [n for n in (identity.body, *identity.short_names) if len(n) > 4 and n in texts]
