"""What stands behind the doors: buckets, the queue, conversations, kept answers, feedback."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from qa.answer import Status
from qa.evaluation import GoldError, load_gold
from qa.web.feedback import FeedbackStore, Opinion, Rating, State, UnknownFeedback
from qa.web.service.answers import Answers
from qa.web.service.limits import Bucket, TooMany, network
from qa.web.service.line import Busy, Line
from qa.web.service.recent import Given, Recent
from qa.web.service.sessions import Conversations, UnknownConversation
from qa.web.settings import WebSettings
from tests.web.sample import SampleLibrary, answers, report


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_lets_half_through_at_once_and_refills() -> None:
    clock = Clock()
    bucket = Bucket(6, clock)
    for _ in range(3):
        bucket.take("a")
    with pytest.raises(TooMany) as refused:
        bucket.take("a")
    assert refused.value.retry_after == pytest.approx(10)
    bucket.take("b")
    clock.now += 10
    bucket.take("a")


def test_a_bucket_forgets_the_longest_silent() -> None:
    bucket = Bucket(2, Clock(), keys=2)
    for key in ("a", "b", "c", "a"):
        bucket.take(key)
    with pytest.raises(TooMany):
        bucket.take("c")


@pytest.mark.parametrize(
    ("address", "caller"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2::9", "2001:db8:1:2::/64"), ("unix", "unix")],
)
def test_who_counts_as_one_caller(address: str, caller: str) -> None:
    assert network(address) == caller


def test_a_full_queue_turns_callers_away_and_drops_what_waited_in_vain() -> None:
    line = Line(WebSettings(concurrency=1, queue=1, wait_seconds=0.05, answer_seconds=5))
    began, free, done = threading.Event(), threading.Event(), []

    def slow() -> None:
        began.set()
        free.wait(5)

    first = threading.Thread(target=line.run, args=(slow,))
    first.start()
    began.wait(5)

    async def waits() -> None:
        waiting = asyncio.ensure_future(line.wait_for(lambda: done.append("never")))
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await line.wait_for(lambda: done.append("full"))
        with pytest.raises(Busy):
            await waiting

    asyncio.run(waits())
    free.set()
    first.join()
    assert line.run(lambda: "next") == "next"
    assert done == []
    assert line.inside == 0


def test_conversations_are_forgotten_by_age_and_by_number() -> None:
    clock = Clock()
    held = Conversations(WebSettings(sessions=2, session_seconds=60, turns=2), clock)
    first = held.open()
    for question in ("a", "b", "c"):
        held.add(first.id, question, answers("哪"))
    assert held.get(first.id).questions == ("b", "c")
    assert held.get(first.id).choices == answers("哪").suggestions
    held.open()
    held.open()
    with pytest.raises(UnknownConversation):
        held.get(first.id)
    last = held.open()
    clock.now += 61
    with pytest.raises(UnknownConversation):
        held.get(last.id)


def test_recent_answers_come_back_whole_until_they_are_pushed_out() -> None:
    recent = Recent(kept=1)
    first = Given(answer=answers("支出").model_copy(update={"id": "1"}), turns=("甲",))
    recent.keep(first)
    assert recent.get("1") == first
    recent.keep(first.model_copy(update={"answer": first.answer.model_copy(update={"id": "2"})}))
    assert recent.get("1") is None


def test_an_answer_is_kept_until_the_store_changes() -> None:
    library, asked = SampleLibrary(report()), []
    cards = list(library.reports())
    kept = Answers(2, lambda: tuple(cards))

    def make():
        asked.append(1)
        return answers("支出")

    key = ("支出", (), ())
    assert kept.of(key, make) is kept.of(key, make)
    cards.clear()
    kept.of(key, make)
    assert len(asked) == 2


def opinion(rating: str, question: str = "支出", **fields: object) -> Opinion:
    return Opinion(rating=Rating(rating), question=question, answer=answers(question), **fields)


def test_feedback_outlives_the_process_and_is_settled(tmp_path: Path) -> None:
    path = tmp_path / "feedback.db"
    first = FeedbackStore(path)
    up, down = first.add(opinion("up")), first.add(opinion("down", comment="不对"))
    first.close()
    again = FeedbackStore(path)
    assert [entry.id for entry in again.entries()] == [down, up]
    assert [entry.id for entry in again.entries(rating=Rating.UP)] == [up]
    again.settle(down, State.DISMISSED)
    assert again.count(state=State.OPEN) == 1
    with pytest.raises(UnknownFeedback):
        again.settle(99, State.KEPT)


def write(path: Path, store: FeedbackStore) -> Path:
    path.write_text("\n".join(c.model_dump_json() for c in store.export()), encoding="utf-8")
    return path


def test_what_readers_liked_is_a_gold_question(tmp_path: Path) -> None:
    store = FeedbackStore()
    for question in ("支出", "哪个", "天气"):
        store.add(opinion("up", question, turns=("甲",)))
    liked, asked_back, refused = load_gold([write(tmp_path / "gold.jsonl", store)])
    assert [str(n.value) for n in liked.numbers] == ["498.15", "37.8", "22.25"]
    assert (liked.kind, liked.turns, liked.quote[0]) == ("followup", ("甲",), "本年支出合计")
    assert (asked_back.kind, asked_back.answerable) == ("ambiguous", False)
    assert (refused.kind, refused.answerable) == ("unanswerable", False)


def test_what_readers_disliked_waits_for_somebody_to_read_the_page(tmp_path: Path) -> None:
    store = FeedbackStore()
    store.add(opinion("down", comment="应为别的数"))
    store.settle(store.add(opinion("down")), State.DISMISSED)
    (candidate,) = store.export()
    assert (candidate.note, candidate.numbers) == ("应为别的数", ())
    with pytest.raises(GoldError, match="must expect"):
        load_gold([write(tmp_path / "gold.jsonl", store)])


def test_the_statuses_that_feedback_can_be_about() -> None:
    assert {answers(q).status for q in ("支出", "哪个", "天气")} == set(Status)
