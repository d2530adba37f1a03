"""Questions of several parts: taken apart before they are answered, put together after."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answer import Answer, Citation, Number, Status
from qa.language import Utterance
from qa.vocabulary import cues

_SPLIT = re.compile(r"(?<=[?？])(?=.)")
_CLAUSE = re.compile(
    r"[,，;；](?=[^,，;；占]{0,8}(?:几|多少)[辆台批家次人])|、(?=多少|几)|(?<=批次)(?=多少|几)|(?<=[几少][辆台批家次])(?=多少|几)|[,，;；](?=[^,，;；]*(?:占|完成率|比重|比例|百分之|得分|share|percent))|"
    r"[、,，;；](?=(?:又|要|总共|一共|共|大概|分别|预算)*"
    r"(?:(?:花|用|投入|安排|费用|预算|值)[^,，;；]{0,6}(?:多少|几)|"
    r"(?:覆盖|涉及)?了?(?:的)?(?:资金|金额)?多少(?:钱|资金|万|金额)))|"
    r"[,，;；](?=(?:和|跟|与|比|较|同)(?:去年|上一?年|20\d\d年?)[^,，;；]{0,4}(?:呢|怎么样|如何)[?？]?$)|"
    r" and (?=(?:for |at )?how (?:much|many)\b)|"
    r"[,，;；](?=(?:又|同比|比去?上?年)?(?:增|降|涨|跌|减|变动|增减|增长|下降)(?:幅|速|率|幅度|比例)?"
    r"(?:是|有|为|了)?(?:多少|几|多大|百分之几)?[?？]?$)"
)
ASKING = re.compile(
    r"多少|几|哪|什么|谁|吗|是否|怎么|呢$|\?|what|which|how|who|[增降涨跌减]幅|增速|增减率|变动率"
)


def parts_of(said: Utterance) -> tuple[Utterance, ...]:
    """The questions inside one utterance, in order."""
    pieces = [p.strip() for p in _SPLIT.split(said.text) if p.strip()]
    pieces = _tails_joined([q.strip() for p in pieces for q in _clauses(p)])
    asking = [p for p in pieces if _asks(p)]
    doubtful = cues().first("operations", said.text) in ("audit", "define", "difference.terms")
    if len(asking) < 2 or len(asking) != len(pieces) or doubtful:
        return (said,)
    return tuple(Utterance(p, p, said.language) for p in pieces)


_SET_QUESTION = re.compile(r"哪|最|谁|几[个项类家种]|执行")
_TAIL = re.compile(
    r"(?:各|各自|分别|一共|又)?(?:是|有|为|占|差|超|多|少|高|低|相差)?(?:了|出)?(?:多少|几)[\u3400-\u9fff]{0,3}[?？]?|"
    r"占[^?？]{1,16}(?:多少|几成|百分之几|多大)[^?？]{0,4}[?？]?|"
    r"(?:都|分别|各自?)?(?:是|叫)(?:什么|啥|哪些|哪几个|哪几家)(?:名字|名称)?[?？]?"
)


def _tails_joined(pieces: Sequence[str]) -> list[str]:
    """哪项最多？差多少？ is one question about a set: its answer has both."""
    joined: list[str] = []
    for piece in pieces:
        if joined and _TAIL.fullmatch(piece) and _SET_QUESTION.search(joined[-1]):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


_MEASURE_ONLY = re.compile(
    r"(?:完成率|执行率|占比|比重|比例|得分|目标值?|预算数?|决算数?|实际值?)(?:呢|各?多少)?[?？。]?"
)


def _asks(piece: str) -> bool:
    """Whether a piece asks something: by a question word, or as the bare name of a measure."""
    return bool(ASKING.search(piece) or _MEASURE_ONLY.fullmatch(piece))


def _clauses(piece: str) -> list[str]:
    cut = _CLAUSE.search(piece)
    if cut is None:
        return [piece]
    first, second = piece[: cut.start()], piece[cut.end() :]
    whole = ASKING.search(first) and _asks(second) and "哪" not in first and "最" not in first
    return [first, *_clauses(second)] if whole else [piece]


def merge(answers: Sequence[Answer], said: Utterance) -> Answer:
    """Several answers as one: citations renumbered, the first status that answers wins."""
    good = [a for a in answers if a.status is Status.ANSWERED] or list(answers[:1])
    citations: list[Citation] = []
    numbers: list[Number] = []
    texts = []
    for answer in good:
        moved = [_index_of(citations, c) for c in answer.citations]
        texts.append(_renumbered(answer.answer, moved))
        numbers += [
            n.model_copy(update={"citation": moved[n.citation] if n.citation is not None else None})
            for n in answer.numbers
        ]
    return Answer(
        question=said.raw,
        status=good[0].status,
        answer="\n".join(texts),
        language=said.language,
        numbers=tuple(numbers),
        citations=tuple(citations),
        suggestions=good[0].suggestions,
    )


def _index_of(citations: list[Citation], citation: Citation) -> int:
    if citation not in citations:
        citations.append(citation)
    return citations.index(citation)


def _renumbered(text: str, moved: Sequence[int]) -> str:
    return re.sub(r"\[(\d+)\]", lambda m: f"[{moved[int(m.group(1)) - 1] + 1}]", text)
