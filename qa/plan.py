"""What a question comes down to: typed, complete, and printable by `--explain`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from qa.language import Utterance


class Operation(StrEnum):
    """What to do with what the question names."""

    LOOKUP = "lookup"
    DIFFERENCE = "difference"
    SUM = "sum"
    AVERAGE = "average"
    RATIO = "ratio"
    SHARE = "share"
    RANK = "rank"
    SPREAD = "spread"
    COUNT = "count"
    LIST = "list"
    REASON = "reason"
    DEFINE = "define"
    TREND = "trend"
    CHANGES = "changes"
    COMPARE = "compare"
    NARRATE = "narrate"
    AUDIT = "audit"
    OVERVIEW = "overview"
    INVENTORY = "inventory"
    DECLINE = "decline"


class Via(StrEnum):
    """How a word was linked to an account, from the surest way down."""

    CODE = "code"
    LABEL = "label"
    NAME = "name"
    ALIAS = "alias"
    ENGLISH = "english"
    SOUND = "sound"
    TYPO = "typo"
    PARTIAL = "partial"
    DENSE = "dense"
    HISTORY = "history"


LOOSE = frozenset({Via.PARTIAL, Via.DENSE, Via.TYPO, Via.SOUND})


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the question linked to an item; `weak` words (收入, 花费) hint at a side."""

    start: int
    end: int
    surface: str
    item: str
    via: Via
    score: float = 1.0
    weak: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """What the question asks for that the store does not hold, and what it holds instead."""

    what: str  # body | year | kind
    asked: str
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """The reports that a question is about. `prior` asks for the year before the report's own."""

    reports: tuple[str, ...]
    years: tuple[int, ...] = ()
    prior: bool = False
    named_body: bool = False
    named_kind: str = ""
    missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter over accounts or indicators: a named one, or a bound in percent or money."""

    name: str
    bound: str = ""
    below: bool = False
    unit: str = ""
    upper: str = ""  # of a range, `bound` being its lower end


@dataclass(frozen=True, slots=True)
class Plan:
    """One question understood. Empty strings mean "not said"."""

    operation: Operation
    utterance: Utterance
    scope: Scope
    text: str = ""  # the utterance without the bodies and tables it names
    mentions: tuple[Mention, ...] = ()
    tables: tuple[tuple[str, int], ...] = ()  # (report, table id) named by the question
    measure: str = ""
    basis: str = ""
    side: str = ""
    unit: str = ""
    direction: str = ""
    condition: Condition | None = None
    lowest: bool = False
    top: int = 1
    position: int = 1
    leftover: str = ""
    narrowing: str = ""
    decline: str = ""
    parts: tuple[Mention, ...] = ()  # the sides of a share, where the turns before give them
    wholes: tuple[Mention, ...] = ()
    yesno: bool = False
    money: bool = False
    textual: bool = False
    carried: tuple[str, ...] = field(default=())
    area: str = ""  # the whole of a government's area or its own level, where one is said
    period: str = ""  # several years asked for together (十四五)
    regions: tuple[str, ...] = ()  # the parts of its area that the question names
    before: str = ""  # what the earlier turns of the conversation said, the last first

    @property
    def strong(self) -> tuple[Mention, ...]:
        """The mentions that name an account, in the order of the question."""
        return tuple(m for m in self.mentions if not m.weak)

    @property
    def keys(self) -> frozenset[str]:
        """The items that the question names."""
        return frozenset(m.item for m in self.mentions)
