"""What a question needs a sentence to say: its own words with their twins, frames left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa.language import AMOUNT_SAID
from qa.names import core
from qa.plan import Mention, Plan, Via
from qa.segments import framing
from qa.vocabulary import by_key
from qa.wording import chinese_of, wording

_SURE = frozenset({Via.LABEL, Via.NAME, Via.ALIAS, Via.ENGLISH, Via.CODE, Via.HISTORY})
_LATIN = re.compile(r"[a-z][a-z'-]*[a-z]|[a-z]")
_QUOTES = re.compile(r"[“”‘’\"\s]")
_BOUND = frozenset("的了吗呢吧啊呀么嘛")  # characters that never pair with a neighbour
_HAN = re.compile(r"[\u3400-\u9fff]+")
_EXCEPT = re.compile(
    r"(?:除了|除)[^，,。?？]{1,20}?(?:以?外|之外|[，,])|"  # what the question leaves out
    r"是[^，,。?？]{1,10}还是[^，,。?？]*|"  # what the asker guesses
    r"(?:是不是|是)(?:因为|由于|靠)[^。?？]{2,30}(?:吗|吧|么)[?？]?$|"
    r"[（(]按[^）)]*[）)]"
)
_YEARS = re.compile(r"20\d\d\s*年?度?|\d[\d,.]*\s*(?:%|万元|亿元|元|万)?")

# Of an English word that no data translates nothing can be required outright.
_UNTRANSLATED = 0.5
# The part of the body, or the measure (人均), that a question is narrowed to.
_NARROWING = 1.5


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a sentence must say: any of `options`. `share` scales its weight.

    `given` marks what the question names as an account rather than asks about.
    """

    options: tuple[str, ...]
    share: float = 1.0
    given: bool = False


def plain(text: str) -> str:
    """Text as needs are looked for in it: without quotation marks and spaces."""
    return _QUOTES.sub("", text)


def needs_of(plan: Plan, known: Callable[[str], bool], skip: Sequence[str] = ()) -> list[Need]:
    """The needs of a question; `known` says whether a pair of characters occurs in the report.

    `skip` are patterns (reason cues, directions) whose words are no content of the question.
    """
    text = plan.text.replace("□", " ")
    chars = list(text)
    needs: list[Need] = []
    for mention in _named(plan):
        needs.append(Need(_names(mention), share=_size(mention), given=True))
        if 0 <= mention.start < mention.end <= len(chars):
            chars[mention.start : mention.end] = " " * (mention.end - mention.start)
    rest = _EXCEPT.sub(" ", "".join(chars))
    if plan.narrowing and plan.narrowing in rest:
        needs.append(Need((plan.narrowing,), share=_NARROWING, given=True))
        rest = rest.replace(plan.narrowing, " ")
    for pattern in skip:
        rest = re.sub(pattern, " ", rest)
    rest = _YEARS.sub(" ", AMOUNT_SAID.sub(" ", rest))
    needs += _english_needs(rest)
    return needs + _han_needs(rest, known, framing(plan.utterance.text))


def within(plan: Plan, start: int, end: int) -> Plan:
    """The plan as if only this stretch of its text had been said."""
    text = " " * start + plan.text[start:end] + " " * (len(plan.text) - end)
    kept = tuple(m for m in plan.mentions if start <= m.start and m.end <= end)
    return replace(plan, text=text, mentions=kept)


def _named(plan: Plan) -> list[Mention]:
    return [m for m in plan.mentions if m.via in _SURE and not m.weak]


def _names(mention: Mention) -> tuple[str, ...]:
    concept = by_key().get(mention.item)
    names = [core(n) for n in concept.names] if concept else [core(mention.item)]
    if not mention.surface.isascii():
        names.append(mention.surface)
        names += wording().twins.get(mention.surface, ())
    return tuple(dict.fromkeys(n for n in names if len(n) >= 2))


def _size(mention: Mention) -> float:
    return min(3.0, max(1.0, len(mention.surface) / 2))


def _english_needs(text: str) -> list[Need]:
    words = _LATIN.findall(text)
    return [
        Need((*chinese, said), share=1.0 if chinese else _UNTRANSLATED)
        for said, chinese in chinese_of(words)
    ]


# --- Chinese ------------------------------------------------------------------------------------


def _han_needs(
    text: str, known: Callable[[str], bool], framing_words: frozenset[str]
) -> list[Need]:
    """Everyday words of two characters or more first: some hold what else only frames."""
    found: list[Need] = []
    rest = []
    at = 0
    for match in wording().words.finditer(text):
        piece = match.group(0)
        inside = match.start() > at and known(text[match.start() - 1 : match.start() + 1])
        if piece in wording().twins and inside:
            continue  # 项目的 holds no 目的
        rest += [text[at : match.start()], " "]
        at = match.end()
        if piece in wording().twins:
            found.append(Need(_twins(piece)))
    rest.append(text[at:])
    for run in _HAN.findall("".join(rest)):
        found += _of_run(run, known, framing_words)
    return found


def _of_run(run: str, known: Callable[[str], bool], framing_words: frozenset[str]) -> list[Need]:
    """A run cut at everyday words of one character that stand apart in it; the rest by pairs."""
    for at, char in enumerate(run):
        if char in wording().twins and _apart(run, at, known):
            before = _of_run(run[:at], known, framing_words) if at else []
            after = _of_run(run[at + 1 :], known, framing_words)
            return [*before, Need(_twins(char)), *after]
    return _pairs(run, known, framing_words)


def _twins(word: str) -> tuple[str, ...]:
    """The word with its twins; a single character would be found inside any other word."""
    twins = wording().twins[word]
    return (word, *twins) if len(word) > 1 else twins


def _apart(run: str, at: int, known: Callable[[str], bool]) -> bool:
    """Whether the character at `at` is a word of its own: it pairs with no neighbour."""
    left = at > 0 and known(run[at - 1 : at + 1])
    right = at + 1 < len(run) and known(run[at : at + 2])
    return not left and not right


def _pairs(run: str, known: Callable[[str], bool], framing_words: frozenset[str]) -> list[Need]:
    """Pairs that the report has, and each longer stretch that it does not have as one need.

    Of such a stretch the words that only frame the question are no part.
    """
    pairs = [run[i : i + 2] for i in range(len(run) - 1)]
    has = [known(p) and not _BOUND & set(p) for p in pairs]
    covered = [(i > 0 and has[i - 1]) or (i < len(has) and has[i]) for i in range(len(run))]
    needs = [Need((p,)) for p, ok in zip(pairs, has, strict=True) if ok]
    strange = ""
    for char, ok in zip((*run, ""), (*covered, True), strict=True):
        if not ok and char not in wording().particles:
            strange += char
            continue
        needs += [Need((s,), share=float(len(s))) for s in _telling(strange, framing_words)]
        strange = ""
    return needs


def _telling(stretch: str, framing_words: frozenset[str]) -> list[str]:
    """What is left of a stretch without the words that frame, as far as it is words at all."""
    for word in sorted(framing_words, key=len, reverse=True):
        stretch = stretch.replace(word, " ")
    return [part for part in stretch.split() if len(part) > 1]
