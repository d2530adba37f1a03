"""From a question and its history to a checked Answer: the door's main piece."""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TypeVar

from corpus import Report
from index import Hit, Library, ReportCard
from index import Scope as SearchScope
from qa.answer import Answer, Status
from qa.answering import (
    across,
    blanks,
    counts,
    execution,
    findings,
    governments,
    indicators,
    lines,
    lists,
    lookup,
    measures,
    named,
    pairs,
    premise,
    projects,
    prose,
    rank,
    refuse,
    shortfalls,
    topics,
    uses,
    vehicles,
    workings,
)
from qa.answering.clarify import AT_ONCE, choose_reports, clarify
from qa.answering.context import Context
from qa.answering.inventory import inventory
from qa.answering.shares import share
from qa.audit import Verdict
from qa.bodies import named_bodies
from qa.compose import Reports, Writer
from qa.conversation import Memory, inherit, substitute
from qa.dates import on_the_day
from qa.directory import directory
from qa.figures import Source
from qa.language import Utterance, utterance
from qa.ledger import Ledger
from qa.plan import Operation, Plan, Scope, Via
from qa.scope import Resolved, resolve
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
        answers: list[Answer] = []
        parts = parts_of(said)
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
        return _joined(answers, said) if answers else _silent(said)

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
            search=self._search,
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
        of_government = governments.answer(context)
        if of_government is not None:
            return of_government
        if plan.operation in _OF_FIGURES and lookup.narrowed_beyond(context):
            return refuse.not_said(context)
        for early in _BEFORE_ALL:
            answer = early(context)
            if answer is not None:
                return answer
        if plan.operation in _OF_FIGURES and lookup.asks_actuals(context):
            return refuse.no_actuals(context)
        for handler in _HANDLERS.get(plan.operation, _FALLBACKS):
            answer = handler(context)
            if answer is not None:
                return answer
        return refuse.not_said(context)

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

    def _search(self, text: str, reports: Sequence[str], k: int) -> tuple[Hit, ...]:
        return self._library.search(text, SearchScope(reports=tuple(reports)), k)

    def _writer(self, said: Utterance) -> Writer:
        return Writer(said, Reports(self._library.report, self._ledger))


_TRIED = 12  # candidate reports that a question without an account is put to
_REPLAYED = 8  # earlier questions that can still matter

_OF_FIGURES = (Operation.LOOKUP, Operation.NARRATE, Operation.SHARE, Operation.TREND)

Handler = Callable[[Context], Answer | None]


_BOUGHT = re.compile(
    r"(?:买|采购|购置|购买)的?了?些?(?:什么|啥|哪些)(?!时候|科目)(?:东西|物品)?[?？]?$"
)


def _lookup(context: Context) -> Answer | None:
    if _BOUGHT.search(context.plan.utterance.text):
        return None  # what was bought is not answered with what it cost
    if len(context.sources) > 1 and not context.agreeing and context.plan.mentions:
        return across.across(context)
    for source in context.sources:
        answer = lookup.lookup(replace(context, sources=(source,)))
        if answer is not None and answer.status is not Status.REFUSED:
            return answer
    return lookup.lookup(context)


_EACH = re.compile(
    r"各[是分占有自安花交收]?[\u3400-\u9fff]{0,4}(?:多少|几)|分别|[哪几](?:几)?(?:块|类|部分|种|大项)|"
    r"分成|怎么[切分]|\b(?:each|respectively|break ?down)\b"
)


def _looked_up_each(context: Context) -> Answer | None:
    """Figures for a list; the whole alone is no answer to what each of its parts is."""
    answer = _lookup(context)
    if answer is None or not _EACH.search(context.plan.utterance.text):
        return answer
    return answer if len({n.value for n in answer.numbers}) != 1 else None


def _ranked(context: Context) -> Answer | None:
    if len(context.sources) > 1 and not context.agreeing:
        return across.rank_bodies(context)
    each = (rank.rank(replace(context, sources=(source,))) for source in context.sources)
    return next((answer for answer in each if answer is not None), None)


_SUPERLATIVE = re.compile(r"最|首位|第[一二三]|居[首前]|largest|highest|most|lowest|least")


def _ranked_in_words(context: Context) -> Answer | None:
    """A sentence that itself says what is most; one that only mentions the words is no answer."""
    answer = _narrated(context)
    return answer if answer is not None and _SUPERLATIVE.search(answer.answer) else None


def _shared(context: Context) -> Answer | None:
    """A share, of each report in scope where there are several."""
    several = len(context.sources) > 1 and not context.agreeing
    return across.shares(context) if several else across.each_share(context) or share(context)


_NAMES_TOO = re.compile(r"叫(?:什么|啥)|[?？,，].{0,4}(?:哪[几些]|分别是|都是)")


def _named_too(context: Context) -> Answer | None:
    """有几家？都叫什么: the count that the report states, with the names that it lists."""
    if not _NAMES_TOO.search(context.plan.utterance.text):
        return None
    listed = named.listing(replace(context, plan=replace(context.plan, measure="", side="")))
    counted = lookup.counted(context) or counts.stated(context)
    if listed is None or counted is None:
        return listed and counts.count(context)
    return merge((counted, listed), context.plan.utterance)


def _listed(context: Context) -> Answer | None:
    """各是多少 over several years or bodies is a series, over one report a list."""
    several = len(context.sources) > 1 and not context.agreeing
    if context.plan.measure == "share" and (several or len(context.plan.mentions) > 1):
        shared = _shared(context)
        if shared is not None:
            return shared
    if len(context.sources) > 1 and not context.agreeing and context.plan.mentions:
        return across.across(context)
    return lists.listing(context)


_COMPUTED = ("prior", "change", "rate", "share", "completion", "score", "target", "budget")


def _narrated(context: Context) -> Answer | None:
    if context.plan.strong and context.plan.measure in _COMPUTED:
        return None  # a sentence that happens to hold some figure is no answer to these
    return prose.narrate(context)


_COUNT = re.compile(
    r"[\d一二两三四五六七八九十百]+\s*(?:余|多)?[个名人位辆台套件次户家批项类种条份笔张所座间]"
)


def _counted_in_words(context: Context) -> Answer | None:
    """A sentence that counts; one about the same matter that counts nothing is no answer."""
    answer = _narrated(context)
    counts_something = answer is not None and _COUNT.search(answer.answer)
    return answer if counts_something or not context.zh else None


_BEFORE_ALL: tuple[Handler, ...] = (
    refuse.unknown_code,
    lines.by_number,
    workings.worked_out,
    workings.in_two_tables,
    measures.several,
    topics.of_topic,
    execution.planned_and_spent,
    premise.overspent,
    premise.moved,
    premise.level,
    projects.all_funds,
    blanks.emptiness,
    named.nth,
)
_FALLBACKS: tuple[Handler, ...] = (uses.funded, prose.in_words, prose.unsaid, _lookup, _narrated)
_HANDLERS: dict[Operation, tuple[Handler, ...]] = {
    Operation.LOOKUP: (
        vehicles.kinds,
        indicators.execution,
        indicators.points,
        projects.funds,
        projects.indicators_of,
        *_FALLBACKS,
    ),
    Operation.NARRATE: (
        indicators.execution,
        indicators.points,
        projects.funds,
        projects.indicators_of,
        uses.funded,
        prose.in_words,
        _narrated,
        _lookup,
    ),
    Operation.DIFFERENCE: (pairs.pairs, _lookup, _narrated),
    Operation.SUM: (pairs.pairs, _lookup, _narrated),
    Operation.AVERAGE: (pairs.pairs,),
    Operation.RATIO: (pairs.pairs, _lookup),
    Operation.SHARE: (_shared, pairs.pairs, _narrated),
    Operation.RANK: (_ranked, _ranked_in_words),
    Operation.SPREAD: (rank.spread, _narrated),
    Operation.COUNT: (
        _named_too,
        lookup.counted,
        counts.stated,
        counts.count,
        _lookup,
        _counted_in_words,
    ),
    Operation.LIST: (
        indicators.execution,
        prose.in_list,
        _listed,
        _narrated,
        prose.unsaid,
        _looked_up_each,
    ),
    Operation.REASON: (shortfalls.explained, prose.reason),
    Operation.DEFINE: (prose.define, _narrated, _lookup),
    Operation.TREND: (across.across, _narrated),
    Operation.CHANGES: (_lookup, _narrated),
    Operation.COMPARE: (across.across, _narrated),
    Operation.OVERVIEW: (prose.overview,),
    Operation.AUDIT: (across.alike, findings.findings, _lookup, _narrated),
}


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
    from qa.several import merge

    return merge(answers, said)
