"""The sentence, list or section that answers a question for words, or none that is good enough."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import Cell, Report, Section, Table
from qa.answer import Answer
from qa.answering import refuse
from qa.answering.asked import Question
from qa.answering.context import Context, answered
from qa.answering.quoting import quote_place, quote_span
from qa.answering.reasons import headed, names_of
from qa.ledger import CellPlace
from qa.needs import Need, plain
from qa.plan import LOOSE
from qa.sentences import Match, Sentence, headings, says
from qa.wording import wording

_FLOOR = 0.62  # the share of a question's needs that a sentence must cover
_FLOOR_ENGLISH = 0.6
_STRANGE = 0.8  # more where the question has a word that the report never uses
_OWN = 0.34  # and the share that it must say itself
_NUMBER = 0.72  # a number needs more
_NEAR_NUMBER = 0.55  # and most of it in the clauses around the number
_TITLE = 0.72  # the share that headings must cover for a whole section to be meant
_TOP = 0.3  # of which the section's own heading this much
_BEYOND = 0.7  # the share of the needs beyond named accounts for words to answer before figures
_ASKED = 0.4  # the share of the needs beyond named accounts
_ABOUT_LIST = 0.5  # the share of the needs around an enumeration
_NUMBER_MARK = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.]|\d+[、.．)）]|[（(][一二三四五六七八九十\d]+[）)])"
)
_MOST = 1200  # characters of a section that an answer shows
_CLAUSES = re.compile(r"[^，,。；;：:]+")
_LEAD = re.compile(r"(?:[：:]|如下|包括|有)[。：:]?$")


# --- rows of text ---------------------------------------------------------------------------------


def labelled(context: Context) -> Answer | None:
    """主管部门是谁, 年度目标是什么: the text beside a label that the question names."""
    if context.plan.money or context.plan.unit:
        return None
    best: tuple[float, Question, CellPlace] | None = None
    for source in context.sources:
        question = Question(context, source)
        for place, label, title in _texts_beside(source.ledger.report):
            score = _label_score(question, label, title)
            if score > (best[0] if best else 0.0):
                best = (score, question, place)
    if best is None:
        return None
    _, question, place = best
    report = question.source.ledger.report
    writer = context.writer()
    writer.name(report.tables[place.table].rows[place.row].label).say("：", ": ")
    return answered(quote_place(writer, report, place))


def _texts_beside(report: Report) -> list[tuple[CellPlace, str, str]]:
    return [
        (CellPlace(t.id, c.row, c.column), _label(t, c), t.title + _named_in(t))
        for t in report.tables
        for c in t.cells
        if c.value is None and len(c.text) >= 2 and not re.fullmatch(r"[-—/\d.%]+", c.text)
    ]


def _label(table: Table, cell: Cell) -> str:
    return _NUMBER_MARK.sub("", plain(table.rows[cell.row].label))


def _named_in(table: Table) -> str:
    """What a form says it is about: the first texts beside its labels."""
    texts = [c.text for c in table.cells if c.value is None and 2 <= len(c.text) <= 40]
    return "".join(texts[:3])


def _label_score(question: Question, label: str, title: str) -> float:
    text = question.context.plan.utterance.text
    twins = wording().twins.get(label, ())
    said = next((w for w in (label, *twins) if len(w) >= 3 and w in text), "")
    if not said:
        return 0.0
    rest = [n for n in question.needs if not any(o in said or said in o for o in n.options)]
    return len(said) + question.sentences.coverage(title, rest) * 4


# --- sentences ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """Sentences that answer together, and how well they cover the question."""

    question: Question
    sentences: tuple[Sentence, ...]
    coverage: float


def narrate(context: Context) -> Answer | None:
    """What the report writes about the question; None where nothing covers it well enough."""
    found = _found(context)
    return _told(found) if found is not None else None


def worded(context: Context) -> Answer | None:
    """A question whose answer is plainly words (who, where, what kind, which): those words."""
    plan = context.plan
    if plan.money or plan.tables:
        return None
    direct = labelled(context)
    if direct is not None:
        return direct
    questions = [Question(context, s) for s in context.sources]
    if not questions or questions[0].counts:
        return None
    if not questions[0].asked and not plan.textual:
        return None
    found = _found(context)
    if found is None or (plan.strong and not questions[0].asked and not _told_beyond(found)):
        return None
    return _told(found)


def _told_beyond(found: Found) -> bool:
    """Whether the sentences themselves say what is asked beyond the accounts that are named."""
    needs = [n for n in found.question.needs if not n.given]
    said = "".join(s.text for s in found.sentences)
    return bool(needs) and found.question.sentences.coverage(said, needs) >= _BEYOND


def _told(found: Found) -> Answer:
    writer = found.question.context.writer().say("报告写道：", "The report says: ")
    return answered(quote_span(writer, found.question.source.ledger.report, found.sentences))


def _found(context: Context) -> Found | None:
    best: Found | None = None
    for source in context.sources:
        question = Question(context, source)
        for found in (_section(question), _best_sentences(question)):
            if found is not None and (best is None or found.coverage > best.coverage + 0.02):
                best = found
    return best


def _best_sentences(question: Question) -> Found | None:
    for match in question.matches[:12]:
        if match.coverage < _floor(question):
            break
        if match.own < _OWN or not _fits(question, match) or not _narrowed(question, match):
            continue
        sentences = _completed(question, match)
        return Found(question, sentences, match.coverage)
    return None


def _narrowed(question: Question, match: Match) -> bool:
    """Whether the sentence or its surroundings say what the question narrows to (人均, a place)."""
    sentence = match.sentence
    around = plain("".join(sentence.heading)) + sentence.before + sentence.plain
    return question.context.plan.narrowing in around


def _floor(question: Question) -> float:
    if _strange(question):
        return _STRANGE
    if question.counts:
        return _NUMBER
    english = question.context.plan.utterance.language == "en"
    return _FLOOR_ENGLISH if english else _FLOOR


def _fits(question: Question, match: Match) -> bool:
    """Whether the sentence holds what is asked for: a number of the unit, a place, a name."""
    text = match.sentence.text
    number = question.number_wanted()
    if number is not None:
        return _near_number(question, match.sentence, number)
    if not _on_the_matter(question, match.sentence):
        return False
    if all(a.holds.search(text) for a in question.asked):
        return not question.asks("list") or _enumerates(question, match.sentence)
    return _lists(question, match.sentence)


def _on_the_matter(question: Question, sentence: Sentence) -> bool:
    """Whether more is covered than the account that the question names."""
    needs = [n for n in question.needs if not n.given]
    around = "".join((*sentence.heading, sentence.before, sentence.text))
    return not needs or question.sentences.coverage(around, needs) >= _ASKED


def _enumerates(question: Question, sentence: Sentence) -> bool:
    """Whether what is enumerated is what the question asks for: the words around it say so."""
    text = sentence.plain
    most = max(_CLAUSES.findall(text), key=lambda clause: clause.count("、"), default="")
    if "、" not in most:
        return True
    lead, _, rest = most.partition("、")
    tail = rest.rpartition("、")[2].partition("等")[2]
    others = text.replace(most, "，")
    around = "".join(sentence.heading) + sentence.before + others + lead + tail
    return question.sentences.coverage(around, question.needs) >= _ABOUT_LIST


def _lists(question: Question, sentence: Sentence) -> bool:
    return question.asks("list") and bool(_LEAD.search(sentence.text))


def _near_number(question: Question, sentence: Sentence, number: re.Pattern[str]) -> bool:
    """Whether some fitting number stands in the clauses that are about the question."""
    text = sentence.text
    heading = "".join(sentence.heading)
    for hit in number.finditer(text):
        begin = max(text.rfind(mark, 0, hit.start()) for mark in "；。：") + 1
        clauses = text[begin : hit.start()].split("，")
        behind = text[hit.start() :].split("，")
        use = behind[1] if len(behind) > 1 and _FOR.match(behind[1]) else ""
        near = "，".join(clauses[-2:]) + behind[0][: len(hit.group(0)) + 8] + use
        if question.sentences.coverage(near + heading, question.needs) >= _NEAR_NUMBER:
            return True
    return False


def _completed(question: Question, match: Match) -> tuple[Sentence, ...]:
    """The sentence with a neighbour that says what it leaves open, or the list that it opens."""
    sentence = match.sentence
    if sentence.passage is None:
        return (sentence,)
    if _LEAD.search(sentence.text.rstrip("。")):
        return (sentence, *_following(question, sentence))
    siblings = question.sentences.of_passage(sentence.passage)
    at = siblings.index(sentence)
    missing = [n for n in question.needs if not says(sentence.text, n)]
    chosen = [sentence]
    for near in (at - 1, at + 1):
        if 0 <= near < len(siblings) and _adds(question, siblings[near], missing):
            chosen.append(siblings[near])
    if _heads_item(sentence) and at + 1 < len(siblings) and siblings[at + 1] not in chosen:
        chosen.append(siblings[at + 1])
    return tuple(chosen)


def _heads_item(sentence: Sentence) -> bool:
    """二是建立企业服务群。: the head of an item, its matter stands in the next sentence."""
    return bool(wording().ordinals.match(sentence.text)) and len(sentence.text) <= 24


def _adds(question: Question, neighbour: Sentence, missing: Sequence[Need]) -> bool:
    total = sum(question.sentences.telling(n) for n in question.needs)
    gain = sum(question.sentences.telling(n) for n in missing if says(neighbour.text, n))
    return bool(total) and gain / total >= 0.2


def _following(question: Question, sentence: Sentence) -> tuple[Sentence, ...]:
    """The paragraphs of the section behind a sentence that opens a list."""
    report = question.source.ledger.report
    section = report.passages[sentence.passage or 0].section
    behind = [
        s
        for s in question.sentences.all[sentence.position + 1 :]
        if s.passage is not None and _within(report, report.passages[s.passage].section, section)
    ]
    return tuple(_short(behind))


def _within(report: Report, section: int | None, whole: int) -> bool:
    while section is not None:
        if section == whole:
            return True
        section = report.sections[section].parent
    return False


def _short(sentences: Sequence[Sentence]) -> list[Sentence]:
    """As many sentences as an answer shows."""
    kept: list[Sentence] = []
    length = 0
    for sentence in sentences:
        length += len(sentence.text)
        if kept and length > _MOST:
            break
        kept.append(sentence)
    return kept


# --- sections -------------------------------------------------------------------------------------


def _section(question: Question) -> Found | None:
    """The section whose headings say what is asked for: its text, as much as an answer shows."""
    if question.counts or not question.needs:
        return None
    report = question.source.ledger.report
    best: tuple[float, Section] | None = None
    for section in report.sections:
        score = _title_score(question, report, section)
        if score > (best[0] if best else 0.0):
            best = (score, section)
    if best is None:
        return None
    inside = [
        s
        for s in question.sentences.all
        if s.passage is not None and _within(report, report.passages[s.passage].section, best[1].id)
    ]
    kept = _short(inside)
    said = "".join(s.text for s in kept)
    if not inside or not all(a.holds.search(said) for a in question.asked):
        return None
    return Found(question, tuple(kept), best[0])


def _title_score(question: Question, report: Report, section: Section) -> float:
    """The share of the needs in the headings, where the section's own heading has its part."""
    own = question.sentences.coverage(section.title, question.needs)
    if own < _TOP:
        return 0.0
    path = "".join(headings(report, section.id))
    beyond = [n for n in question.needs if not n.given]
    if beyond and question.sentences.coverage(path, beyond) < _ASKED:
        return 0.0
    whole = question.sentences.coverage(path, question.needs)
    return whole if whole >= _TITLE else 0.0


# --- what money is for ----------------------------------------------------------------------------


_USE = re.compile(
    r"(?:用(?:在|于|到|来)|花(?:在|到)|干|做)(?:了)?(?:什么|啥|哪)|用途|干什么用|做什么用|干啥用|"
    r"主要(?:用于|用在|花在)|^what .{2,80} for ?[?]*$|used for|spent on what"
)
_FOR = re.compile(r"主要用于|用于|用来|其中")
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


# --- words, not figures ---------------------------------------------------------------------------


def unsaid(context: Context) -> Answer | None:
    """A refusal where only words would answer (谁, 哪里, 什么牌子) and the report has none."""
    plan = context.plan
    if plan.money or plan.unit or plan.measure or plan.tables or not plan.textual:
        return None
    questions = [Question(context, s) for s in context.sources]
    if not questions or any(q.counts for q in questions):
        return None
    asked = {a.name for q in questions for a in q.asked} & _PERSONS_AND_PLACES
    strange = all(_strange(q) for q in questions)
    return refuse.not_said(context) if asked or strange else None


_PERSONS_AND_PLACES = frozenset({"who", "where", "when", "company"})


def _strange(question: Question) -> bool:
    """Whether the question is about something that the report never speaks of."""
    return any(
        not n.given and n.share > 1 and not any(question.sentences.says(o) for o in n.options)
        for n in question.needs
    )


__all__ = ["labelled", "narrate", "unsaid", "used_for", "worded"]
