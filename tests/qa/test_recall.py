"""A conversation that goes on is answered as if its earlier questions were asked anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa import Assistant
from qa.evaluation import load_gold

GOLD = sorted((Path(__file__).parents[1] / "gold" / "dev").glob("*.jsonl"))


@pytest.mark.slow
def test_what_is_remembered_is_what_replaying_gives(seed_assistant: Assistant) -> None:
    talks = {(*q.turns, q.question) for q in load_gold(GOLD) if q.turns}
    for talk in sorted(talks):
        seed_assistant._memories.clear()
        for turn, question in enumerate(talk):
            went_on = seed_assistant.ask(question, talk[:turn])
        seed_assistant._memories.clear()
        replayed = seed_assistant.ask(talk[-1], talk[:-1])
        assert went_on.model_copy(update={"elapsed_ms": 0}) == replayed.model_copy(
            update={"elapsed_ms": 0}
        ), talk
