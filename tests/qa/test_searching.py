"""What is looked for in the reports beside the words of a question."""

from __future__ import annotations

import pytest

from index import Scope
from qa import Assistant
from qa.searching import find, words_for, words_of


@pytest.mark.parametrize(
    ("typed", "own"),
    [
        ("official receptions", "公务接待费"),
        ("招待费", "公务接待费"),
        ("公车", "公务用车购置及运行维护费"),
        ("培训", "培训费"),
    ],
)
def test_typed_words_are_looked_for_in_the_words_of_reports(typed: str, own: str) -> None:
    assert own in words_for(typed)


def test_a_question_is_looked_for_with_what_was_said_before(seed_assistant: Assistant) -> None:
    question = seed_assistant.explain("为什么减少？", ("机关运行经费是多少",))
    assert question.plan is not None
    assert words_of(question.plan) == ("机关运行经费",)
    asked: list[tuple[str, tuple[str, ...]]] = []

    class Library:
        def search(self, text: str, scope: Scope, k: int, also: tuple[str, ...]) -> tuple[()]:
            asked.append((text, also))
            return ()

    find(Library(), question.plan, Scope(), 5)  # type: ignore[arg-type]
    text, also = asked[0]
    assert "机关运行经费是多少" in text
    assert "为什么减少" in text
    assert also == ("机关运行经费",)
