"""One question for words, put to the sentences of a report: its needs, its kind, its number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from qa.answering.context import Context
from qa.figures import Source
from qa.needs import Need, needs_of, within
from qa.sentences import Match, Sentences
from qa.vocabulary import cues
from qa.wording import Asked, wording

_NEAR = 8  # retrieved passages that may lift a sentence
_LIFT = 0.12
_CLOSE = 0.80  # a cosine below this says nothing about closeness
_COUNTED = re.compile(r"(?:多少|几)(?:个)?(?P<unit>[\u3400-\u9fff℃%]{1,2})?|how (?:many|much)")
_MOVES = re.compile(r"减少|增加|下降|上升|增长|降低|提高|收入|支出")
_GENERIC = frozenset({"钱", "个", "的", "项", "了"})


@dataclass(frozen=True)
class Question:
    """A question beside one report in scope."""

    context: Context
    source: Source

    @cached_property
    def sentences(self) -> Sentences:
        """The report's sentences."""
        return self.context.sentences(self.source.ledger.report.id)

    @cached_property
    def needs(self) -> list[Need]:
        """What a sentence must say."""
        return self._of_the_matter(needs_of(self.context.plan, self.sentences.knows))

    def said_in(self, start: int, end: int) -> list[Need]:
        """The needs of one stretch of the question."""
        part = within(self.context.plan, start, end)
        return self._of_the_matter(needs_of(part, self.sentences.knows))

    def _of_the_matter(self, needs: list[Need]) -> list[Need]:
        """Without the Latin spelling of the body's own name."""
        spelt = _spelt(self.source.ledger.report.identity.body)
        return [n for n in needs if not (len(n.options) == 1 and n.options[0] in spelt)]

    @cached_property
    def beyond(self) -> list[Need]:
        """The needs beyond named accounts and words of movement: what a reason must be about."""
        skip = (cues().groups["operations"]["reason"].pattern, *_movements())
        needs = self._of_the_matter(needs_of(self.context.plan, self.sentences.knows, skip))
        return [n for n in needs if not n.given and not any(map(_MOVES.fullmatch, n.options))]

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """The kinds of words that are asked for (who, where, when, what kind, a list)."""
        return wording().asked(self.context.plan.utterance.text)

    def asks(self, kind: str) -> bool:
        """Whether this kind of answer is asked for."""
        return any(a.name == kind for a in self.asked)

    @cached_property
    def counts(self) -> bool:
        """Whether a number is asked for."""
        plan = self.context.plan
        return bool(plan.money or plan.unit or _COUNTED.search(plan.utterance.text))

    @cached_property
    def close(self) -> dict[int, float]:
        """Passages that retrieval found close in meaning, with what that adds to a score."""
        report = self.source.ledger.report.id
        hits = self.context.search((report,), _NEAR)
        found = [(h.passage, h.dense) for h in hits if h.passage is not None]
        return {
            passage: _LIFT * (1 - rank / _NEAR) * min(1.0, max(0.0, (dense - _CLOSE) / 0.1))
            for rank, (passage, dense) in enumerate(found)
        }

    @cached_property
    def matches(self) -> list[Match]:
        """The report's sentences by how well they cover the question, best first."""
        return self.sentences.search(self.needs, self.close)

    def number_wanted(self) -> re.Pattern[str] | None:
        """What a stated number must look like; None where no number is asked for."""
        if not self.counts:
            return None
        plan = self.context.plan
        said = _COUNTED.search(plan.utterance.text)
        unit = plan.unit or ((said.group("unit") or "") if said else "")
        if plan.money or (plan.measure in ("budget", "prior", "change") and not unit):
            return re.compile(r"\d[\d,.]*\s*(?:万|亿)?元")
        if not unit or unit in _GENERIC or unit[0] in _GENERIC:
            return re.compile(r"\d")
        return re.compile(rf"(?:\d|[一二三四五六七八九十百])\s*(?:余|多)?{re.escape(unit[0])}")


@lru_cache(maxsize=256)
def _spelt(name: str) -> str:
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(name))


def _movements() -> tuple[str, ...]:
    groups = cues().groups
    bases = tuple(p.pattern for p in groups["bases"].values())
    return (
        *bases,
        *(p.pattern for p in groups["directions"].values()),
        *_MOVED,
    )


# How people speak of a movement, beyond the cues of its direction.
_MOVED = (
    r"[两三四五六七八九]成多?|一半|[\d.]+倍|翻了?(?:近|约|将近)?[一二两三四五六七八九十\d.]*(?:番|倍)|近?[一二两三四五六七八九十]倍|翻倍|大幅|明显|很多|不少|那么多|这么多|这么少|多了|少了|"
    r"变化|变动|上年|去年|年初|预算|决算|完成|只有|达到|report|year|agency|office|budget",
)
