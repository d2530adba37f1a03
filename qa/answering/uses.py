"""What money is for, in the report's words: 主要用于 …"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answer import Answer
from qa.answering.asked import Question
from qa.answering.context import Context, answered, clean
from qa.answering.quoting import quote_span
from qa.answering.reasons import headed, names_of
from qa.figures import Source, of_entry
from qa.gather import MONEY
from qa.ledger import PLAIN, Entry
from qa.needs import plain
from qa.plan import LOOSE, Via
from qa.sentences import Sentence

_USE = re.compile(
    r"(?:用(?:在|于|到|来)|花(?:在|到)|干|做)(?:了)?(?:什么|啥|哪)|用途|干什么用|做什么用|干啥用|"
    r"主要(?:用于|用在|花在)|^what .{2,80} for ?[?]*$|used for|spent on what"
)
_MEASURED = ("share", "change", "rate", "completion", "prior")
_CLOSE_BY = 60  # characters before 主要用于 in which its subject stands
_USED = re.compile(r"主要用于|主要是用于|用于|主要安排|主要是|主要为")


def used_for(context: Context) -> Answer | None:
    """X用来干什么: the sentence on the item that says what it is for."""
    plan = context.plan
    if not _USE.search(plan.utterance.text) or plan.basis or plan.measure in _MEASURED:
        return None
    best: tuple[float, Question, Sentence] | None = None
    for source in context.sources:
        question = Question(context, source)
        for mention in (m for m in context.plan.strong if m.via not in LOOSE):
            for sentence in question.sentences.all:
                score = _use_score(sentence, names_of(mention))
                if score > (best[0] if best else 0.0):
                    best = (score, question, sentence)
    if best is None:
        return None
    writer = context.writer().say("报告写道：", "The report says: ")
    return answered(quote_span(writer, best[1].source.ledger.report, (best[2],)))


def _in_a_name(context: Context, said: str) -> bool:
    return any(said in label for source in context.sources for label in source.ledger.labels)


_MONEY_FOR = re.compile(r"钱|资金|经费|科目|多少|预算|how much|budget|account")
_COVERED = 0.75
_TOO_LITTLE = 2  # characters that many purposes share


def funded(context: Context) -> Answer | None:
    """社区矫正的钱在哪个科目: the account whose purpose, as the report words it, is asked for."""
    if any(m.via in (Via.SOUND, Via.TYPO) for m in context.plan.strong):
        return None  # a misspelt account is an account all the same
    plan = context.plan
    if any(m.via not in LOOSE for m in plan.strong) or plan.measure not in ("", "amount", "budget"):
        return None
    if any(m.via is Via.PARTIAL and _in_a_name(context, m.surface) for m in plan.mentions):
        return None  # the words are part of an account's own name
    if plan.unit or plan.tables or not _MONEY_FOR.search(plan.utterance.text):
        return None
    best: tuple[float, Question, Sentence, Entry] | None = None
    for source in context.sources:
        question = Question(context, source)
        needs = [n for n in question.needs if not n.given]
        if len("".join(n.options[-1] for n in needs)) <= _TOO_LITTLE:
            continue
        for sentence in question.sentences.all if needs else ():
            use = _USED.search(sentence.plain)
            entry = _first_amount(source, sentence) if use else None
            if use is None or entry is None:
                continue
            score = question.sentences.coverage(sentence.plain[use.end() :], needs)
            if score >= _COVERED and score > (best[0] if best else 0.0):
                best = (score, question, sentence, entry)
    if best is None:
        return None
    _, question, sentence, entry = best
    writer = context.writer().name(clean(entry.label)).say("为", ": ").figure(of_entry(entry))
    writer.say("，报告写道：", "; the report says: ")
    return answered(quote_span(writer, question.source.ledger.report, (sentence,)))


def _first_amount(source: Source, sentence: Sentence) -> Entry | None:
    """The amount that opens the paragraph of a sentence."""
    if sentence.passage is None:
        return None
    entries = source.ledger.of_passage(sentence.passage)
    first = next(iter(entries), None)
    return (
        first if first and first.unit in MONEY and first.measure == PLAIN and first.value else None
    )


def _use_score(sentence: Sentence, names: Sequence[str]) -> float:
    """3 where the item is the subject of 主要用于, less where only the heading names it."""
    use = _USED.search(sentence.plain)
    if use is None:
        return 0.0
    before = (sentence.before + sentence.plain[: use.start()])[-_CLOSE_BY:]
    heading = plain(sentence.heading[-1]) if sentence.heading else ""
    strong = 1.0 if use.group(0).startswith("主要") else 0.5
    if any(_is_subject(before, name) for name in names):
        return 2.0 + strong
    return 1.0 + strong if headed(heading, names) else 0.0


def _is_subject(before: str, name: str) -> bool:
    """Whether the name, alone before a figure or a verb, leads the clauses in front of 用于."""
    behind = [before[m.end() :] for m in re.finditer(re.escape(name), before)]
    return any(_FIGURED.match(rest) for rest in behind)


_FIGURED = re.compile(
    r"^(?:[（(]\d*[类款项][）)]|”|支出|预算|经费|决算|科目|数|额|为|：|:)*(?:[\d,.]+(?:万|亿)?元)?[，。：]?(?:占[^，。]{0,24}[，。])?$"
)
