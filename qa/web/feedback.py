"""What readers said of answers: kept in one SQLite file beside the store, exported as gold.

store = FeedbackStore(Path("var/feedback.db"))
store.add(Opinion(rating=Rating.DOWN, question="…", answer=answer, comment="…"))
store.entries(state=State.OPEN)
for candidate in store.export(): print(candidate.model_dump_json())
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from qa.answer import Answer, Status
from qa.evaluation.gold import Kind

COMMENT_LENGTH = 1_000
_EVIDENCE = 3  # citations that a candidate quotes

_SCHEMA = """
CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    state TEXT NOT NULL,
    rating TEXT NOT NULL,
    face TEXT NOT NULL,
    opinion TEXT NOT NULL
)
"""
_WHERE = "(:rating IS NULL OR rating = :rating) AND (:state IS NULL OR state = :state)"


class Rating(StrEnum):
    """Thumbs up or down."""

    UP = "up"
    DOWN = "down"


class State(StrEnum):
    """What the staff made of it: not looked at, worth a gold question, or of no use."""

    OPEN = "open"
    KEPT = "kept"
    DISMISSED = "dismissed"


class UnknownFeedback(LookupError):
    """There is no feedback of this number."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Opinion(_Frozen):
    """A reader's word on one answer. `turns` are the questions before it, oldest first."""

    rating: Rating
    question: str
    answer: Answer
    turns: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    comment: str = Field(default="", max_length=COMMENT_LENGTH)
    face: Literal["page", "widget", "api"] = "api"


class Feedback(_Frozen):
    """An opinion as it is kept: numbered, dated (UTC), and with what became of it."""

    id: int
    at: datetime
    state: State
    opinion: Opinion


class CandidateNumber(_Frozen):
    """A figure as gold questions write it."""

    value: str
    unit: str


class GoldCandidate(_Frozen):
    """A gold question in the making, field by field like `qa.evaluation.GoldQuestion`.

    A liked answer supplies what to expect. A disliked one supplies the question only: until
    somebody reads the figures off the page, loading the line as gold fails and says so.
    """

    id: str
    reports: tuple[str, ...]
    turns: tuple[str, ...]
    question: str
    lang: Literal["zh", "en"]
    kind: Kind
    answerable: bool
    numbers: tuple[CandidateNumber, ...] = ()
    contains: tuple[tuple[str, ...], ...] = ()
    quote: tuple[str, ...] = ()
    section: str = ""
    page: int | None = None
    note: str = ""


class FeedbackStore:
    """Feedback in a file, or in memory without one. May be shared between threads."""

    def __init__(self, path: Path | None = None) -> None:
        self._lock = threading.Lock()
        self._database = sqlite3.connect(path or ":memory:", check_same_thread=False)
        with self._lock, self._database as database:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute(_SCHEMA)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def add(self, opinion: Opinion) -> int:
        """Keep an opinion; returns its number."""
        row = (
            datetime.now(UTC).isoformat(timespec="seconds"),
            State.OPEN,
            opinion.rating,
            opinion.face,
            opinion.model_dump_json(),
        )
        statement = "INSERT INTO feedback (at, state, rating, face, opinion) VALUES (?, ?, ?, ?, ?)"
        with self._lock, self._database as database:
            return int(database.execute(statement, row).lastrowid or 0)

    def entries(
        self,
        *,
        rating: Rating | None = None,
        state: State | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[Feedback, ...]:
        """What was said, the latest first."""
        statement = (
            f"SELECT id, at, state, opinion FROM feedback WHERE {_WHERE} "
            "ORDER BY id DESC LIMIT :limit OFFSET :offset"
        )
        wanted = {"rating": rating, "state": state, "limit": limit, "offset": offset}
        return tuple(_feedback(row) for row in self._rows(statement, wanted))

    def count(self, *, rating: Rating | None = None, state: State | None = None) -> int:
        """How many there are."""
        statement = f"SELECT count(*) FROM feedback WHERE {_WHERE}"
        ((count,),) = self._rows(statement, {"rating": rating, "state": state})
        return int(count)

    def settle(self, id_: int, state: State) -> None:
        """Note what became of one; raises UnknownFeedback."""
        with self._lock, self._database as database:
            done = database.execute("UPDATE feedback SET state = ? WHERE id = ?", (state, id_))
        if done.rowcount == 0:
            raise UnknownFeedback(id_)

    def export(self, *, state: State | None = None) -> Iterator[GoldCandidate]:
        """Gold candidates, oldest first: of one state, or of all but the dismissed."""
        statement = "SELECT id, at, state, opinion FROM feedback ORDER BY id"
        for row in self._rows(statement, {}):
            given = _feedback(row)
            if given.state is state or (state is None and given.state is not State.DISMISSED):
                yield candidate(given)

    def _rows(self, statement: str, wanted: Mapping[str, str | int | None]) -> list[_Row]:
        with self._lock:
            return self._database.execute(statement, wanted).fetchall()


_Row = tuple[int | str, ...]


def _feedback(row: _Row) -> Feedback:
    id_, at, state, opinion = row
    return Feedback.model_validate(
        {
            "id": id_,
            "at": at,
            "state": state,
            "opinion": Opinion.model_validate_json(str(opinion)),
        }
    )


def candidate(given: Feedback) -> GoldCandidate:
    """One opinion as a gold question to be completed or confirmed."""
    opinion, answer = given.opinion, given.opinion.answer
    liked = opinion.rating is Rating.UP
    cited = tuple(dict.fromkeys(citation.report for citation in answer.citations))
    base = GoldCandidate(
        id=f"feedback-{given.id}",
        reports=opinion.reports or cited,
        turns=opinion.turns,
        question=opinion.question,
        lang=answer.language,
        kind=_kind(opinion),
        answerable=not liked or answer.status is Status.ANSWERED,
        note=opinion.comment,
    )
    return base.model_copy(update=_expected(answer)) if liked and base.answerable else base


def _kind(opinion: Opinion) -> Kind:
    if opinion.rating is Rating.UP and opinion.answer.status is not Status.ANSWERED:
        return "ambiguous" if opinion.answer.status is Status.CLARIFY else "unanswerable"
    if opinion.turns:
        return "followup"
    return "derived" if opinion.answer.derivation else "lookup"


def _expected(answer: Answer) -> dict[str, object]:
    """The figures and evidence of an answer that a reader found right."""
    numbers = dict.fromkeys((_written(number.value), number.unit) for number in answer.numbers)
    evidence = answer.citations[:_EVIDENCE]
    quotes = tuple(dict.fromkeys(c.row or c.quote for c in evidence if c.row or c.quote))
    return {
        "numbers": tuple(CandidateNumber(value=value, unit=unit) for value, unit in numbers),
        "contains": () if numbers else tuple((quote,) for quote in quotes[:1]),
        "quote": quotes,
        "section": evidence[0].section if evidence else "",
        "page": evidence[0].page if evidence else None,
    }


def _written(value: Decimal) -> str:
    return f"{value:f}"
