"""From a question and its history to a checked Answer: the door's main piece."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TypeVar

from corpus import Report
from index import Hit, Library, ReportCard
from index import Scope as SearchScope
from qa import completeness
from qa.answer import Answer, Status
from qa.answering import findings, governments, premise, refuse
from qa.answering.clarify import AT_ONCE, choose_reports, clarify
from qa.answering.context import Context
from qa.answering.dispatch import answer_of
from qa.answering.inventory import inventory
from qa.answering.narrative import narrate
from qa.audit import Verdict
from qa.bodies import named_bodies
from qa.compose import Reports, Writer
from qa.conversation import Memory, inherit
from qa.dates import on_the_day
from qa.directory import directory
from qa.figures import Source
from qa.instead import substitute
from qa.language import Utterance, utterance
from qa.ledger import Ledger
from qa.plan import Operation, Plan, Scope, Via
from qa.scope import Resolved, resolve
from qa.searching import find
from qa.sentences import Sentences
from qa.series import by_year, held_id, of_year
from qa.several import merge, parts_of
from qa.texts import Texts, text_of
from qa.understand import link_loosely, understand

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

_Asked = tuple[tuple[str, ...], tuple[str, ...]]  # reports, questions so far
_KEPT_MEMORIES = 1_000  # conversations that go on without being replayed

_KEPT = AT_ONCE  # ledgers in memory
_SAMPLED = 4  # reports that a question is understood with where too many fit
_READ_TEXTS = 6  # candidate reports whose text is searched for an unknown organisation


@dataclass(frozen=True, slots=True)
class Explained:
    """An answer with the plan behind it and the time of each step in milliseconds."""

    answer: Answer
    plan: Plan | None
    steps: tuple[tuple[str, float], ...]


class Assistant:
    """Answers questions over a library. Safe to share between threads for asking."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._held = library.reports()
        self._asked = by_year(self._held)
        self._forget()

    def _forget(self) -> None:
        """Begin with nothing in memory; questions under way keep what they hold."""
        self._ledgers: OrderedDict[str, Ledger] = OrderedDict()
        self._sentences: OrderedDict[str, Sentences] = OrderedDict()
        self._verdicts: OrderedDict[str, tuple[Verdict, ...]] = OrderedDict()
        self._read: OrderedDict[str, str] = OrderedDict()
        self._memories: OrderedDict[_Asked, Memory] = OrderedDict()

    def ask(
        self, question: str, history: Sequence[str] = (), reports: Sequence[str] = ()
    ) -> Answer:
        """The answer to `question` after the earlier questions of `history`, oldest first.

        `reports` narrows to these report ids or file stems; unknown ones are ignored.
        """
        return self.explain(question, history, reports).answer

    def explain(
        self, question: str, history: Sequence[str] = (), reports: Sequence[str] = ()
    ) -> Explained:
        """The same with the plan and the time of each step."""
        began = time.perf_counter()
        cards = self._cards(reports)
        memories = self._memories  # of this state of the store
        known = memories.get((tuple(reports), tuple(history)))
        memory = known.copy() if known is not None else self._replay(history, cards)
        plain = not memory.pending and len(history) < _REPLAYED
        replayed = time.perf_counter()
        answer = self._turn(question, cards, memory, compose=True)
        ended = time.perf_counter()
        if plain:  # replaying this turn would leave just what it left now
            asked = (tuple(reports), (*history, question))
            _kept(memories, asked, memory.copy, _KEPT_MEMORIES)
        steps = (("history", (replayed - began) * 1000), ("answer", (ended - replayed) * 1000))
        timed = answer.model_copy(update={"elapsed_ms": round((ended - began) * 1000, 2)})
        return Explained(timed, memory.plan, steps)

    # --- one turn -----------------------------------------------------------------------------

    def _replay(self, history: Sequence[str], cards: Sequence[ReportCard]) -> Memory:
        """What the earlier questions leave to the next."""
        memory = Memory()
        recent = history[-_REPLAYED:]
        for place, earlier in enumerate(recent, 1):  # the last may have asked back
            self._turn(earlier, cards, memory, compose=place == len(recent))
        return memory

    def _turn(
        self, question: str, cards: Sequence[ReportCard], memory: Memory, compose: bool
    ) -> Answer:
        said = utterance(memory.completed(question))
        if not said.text:
            return refuse.unknown_utterance(self._writer(said))
        before = memory.copy()
        parts = parts_of(said)
        answers = self._each(said, parts, cards, memory, compose)
        answer = _joined(answers, said) if answers else _silent(said)
        if compose and len(parts) == 1 and completeness.lacking(said.text, answer):
            apart = self._taken_apart(said, cards, before.copy(), memory)
            return apart or self._told_whole(said, cards, before, answer) or answer
        return answer

    def _taken_apart(
        self, said: Utterance, cards: Sequence[ReportCard], before: Memory, memory: Memory
    ) -> Answer | None:
        """Each clause that asks for a figure answered by itself; None unless all of them are."""
        parts = completeness.apart(said)
        if not parts:
            return None
        answers = self._each(said, parts, cards, before, compose=True)
        if not completeness.whole(answers, len(parts)):
            return None
        memory.become(before)
        return merge(answers, said)

    def _told_whole(
        self, said: Utterance, cards: Sequence[ReportCard], before: Memory, answer: Answer
    ) -> Answer | None:
        """The sentence of the report that gives the figures found and the others asked for too."""
        plan, context = self._plan(said, cards, before)
        ruled_out = answer.status is Status.REFUSED and (plan.area or plan.regions)
        told = narrate(context) if plan.scope.missing is None and not ruled_out else None
        if told is None or completeness.lacking(said.text, told):
            return None
        return told if completeness.contains(told, answer) else None

    def _each(
        self,
        said: Utterance,
        parts: Sequence[Utterance],
        cards: Sequence[ReportCard],
        memory: Memory,
        compose: bool,
    ) -> list[Answer]:
        """The answers to the parts of what was said, in order, each different from the others."""
        answers: list[Answer] = []
        whole = self._resolved(said, cards, memory).scope if len(parts) > 1 else None
        for part in parts:
            plan, context = self._plan(part, cards, memory, whole)
            if answers and _left_open(plan, answers[-1]):
                continue
            if compose or plan.operation is Operation.RANK:
                answer = governments.held_to(context, self._answer(context))
                answer = premise.held_to(context, answer)
                memory.remember(plan, answer)
                if all(answer.answer != a.answer for a in answers):
                    answers.append(answer)
            else:
                memory.remember(plan, None)
        return answers

    def _resolved(
        self,
        said: Utterance,
        cards: Sequence[ReportCard],
        memory: Memory,
        whole: Scope | None = None,
    ) -> Resolved:
        """Who and which year; a part of a question takes from the `whole` what it leaves out."""
        before = memory.plan.scope if memory.plan else None
        carried = before if whole is None or whole.missing is not None else whole
        named = {n.body for n in named_bodies(said.text, cards)}
        texts = self._texts([c for c in cards if c.identity.body in named] if named else cards)
        return resolve(said.text, said.raw, cards, texts, carried)

    def _plan(
        self,
        said: Utterance,
        cards: Sequence[ReportCard],
        memory: Memory,
        whole: Scope | None = None,
    ) -> tuple[Plan, Context]:
        resolved = self._resolved(said, cards, memory, whole)
        scope, unspoken = on_the_day(resolved.scope, said.text, self._text)
        ledgers = self._in_scope(scope)
        plan = understand(said, resolved.text, scope, ledgers, resolved.within or unspoken)
        plan = inherit(substitute(plan, memory, ledgers), memory)
        plan = link_loosely(plan, ledgers)
        return plan, self._context(plan)

    def _context(self, plan: Plan) -> Context:
        chosen = choose_reports(plan, self._in_scope(plan.scope))
        return Context(
            plan=plan,
            sources=tuple(Source(ledger, partial(self._before, ledger)) for ledger in chosen),
            writer=lambda: self._writer(plan.utterance),
            sentences=self._sentences_of,
            verdicts=self._verdicts_of,
            search=partial(self._search, plan),
        )

    def _answer(self, context: Context) -> Answer:
        plan = context.plan
        if plan.operation is Operation.DECLINE:
            return refuse.decline(context)
        if plan.operation is Operation.INVENTORY:
            return inventory(context, self._library.reports())
        if plan.scope.missing is not None:
            return refuse.missing(context.writer(), plan.scope.missing)
        if not context.sources:
            return refuse.not_said(context)
        asked_back = clarify(context)
        if asked_back is not None:
            return self._only_one(context) or asked_back
        return answer_of(context)

    def _only_one(self, context: Context) -> Answer | None:
        """The answer of words that only one of a few candidates has, or that none of them has."""
        if context.plan.mentions or not 1 < len(context.sources) <= _TRIED:
            return None
        each = [self._answer(replace(context, sources=(s,))) for s in context.sources]
        answered = [a for a in each if a.status is Status.ANSWERED]
        if len(answered) > 1:
            return None
        return answered[0] if answered else refuse.not_said(context)

    # --- what the library holds ---------------------------------------------------------------

    def _cards(self, reports: Sequence[str]) -> tuple[ReportCard, ...]:
        cards = self._library.reports()
        if cards != self._held:  # one may have been replaced under its id
            self._held, self._asked = cards, by_year(cards)
            self._forget()
        if not reports:
            return self._asked
        wanted = {_stem(r) for r in reports}
        named = tuple(
            c
            for c in cards
            if _stem(c.id) in wanted or any(_stem(s.name) in wanted for s in c.sources)
        )
        return by_year(named or cards)

    def _report(self, card: str) -> Report:
        return of_year(self._library.report(held_id(card)), card)

    def _ledger(self, report: str) -> Ledger:
        return _kept(self._ledgers, report, lambda: Ledger(self._report(report)))

    def _in_scope(self, scope: Scope) -> list[Ledger]:
        """The ledgers to understand and answer with; few will do where the answer asks back."""
        wanted = scope.reports
        if scope.missing is not None:
            wanted = wanted[:1]
        elif len(wanted) > AT_ONCE:
            wanted = wanted[:_SAMPLED]
        return [self._ledger(r) for r in wanted]

    def _sentences_of(self, report: str) -> Sentences:
        return _kept(
            self._sentences, report, lambda: Sentences(self._library.report(held_id(report)))
        )

    def _verdicts_of(self, source: Source) -> tuple[Verdict, ...]:
        report = source.ledger.report
        return _kept(self._verdicts, report.id, lambda: findings.verdicts_of(report))

    def _before(self, ledger: Ledger) -> Ledger | None:
        """The ledger of the same body, kind and level for the year before, where it is held."""
        held = directory(self._asked)
        earlier = held.year_before(ledger.report.identity)
        return self._ledger(earlier) if earlier else None

    def _texts(self, cards: Sequence[ReportCard]) -> Sequence[str]:
        if len(cards) > _READ_TEXTS:
            return ()
        return Texts(tuple(c.id for c in cards), self._text)

    def _text(self, report: str) -> str:
        return _kept(self._read, report, lambda: text_of(self._report(report)))

    def _search(self, plan: Plan, reports: Sequence[str], k: int) -> tuple[Hit, ...]:
        return find(self._library, plan, SearchScope(reports=tuple(reports)), k)

    def _writer(self, said: Utterance) -> Writer:
        return Writer(said, Reports(self._library.report, self._ledger))


_TRIED = 12  # candidate reports that a question without an account is put to
_REPLAYED = 8  # earlier questions that can still matter


def _left_open(plan: Plan, before: Answer) -> bool:
    """Whether a part only leans on one that was refused: …, and how much money?"""
    guessed = all(m.via is Via.DENSE for m in plan.mentions)
    return before.status is Status.REFUSED and bool(plan.mentions) and guessed


def _kept(store: OrderedDict[K, T], key: K, make: Callable[[], T], most: int = _KEPT) -> T:
    if key not in store:
        store[key] = make()
        while len(store) > most:
            store.popitem(last=False)
    store.move_to_end(key)
    return store[key]


@lru_cache(maxsize=32768)
def _stem(name: str) -> str:
    import unicodedata

    base = unicodedata.normalize("NFKC", name)
    for suffix in (".txt", ".pdf", ".docx", ".xlsx", ".xls", ".html", ".htm", ".doc"):
        base = base.removesuffix(suffix)
    return " ".join(base.split())


def _silent(said: Utterance) -> Answer:
    return Answer(question=said.raw, status=Status.REFUSED, answer="", language=said.language)


def _joined(answers: Sequence[Answer], said: Utterance) -> Answer:
    """The parts of a question with several, as one record; one answered part answers."""
    if len(answers) == 1:
        return answers[0].model_copy(update={"question": said.raw})

    return merge(answers, said)
