"""Linking the words of a question to the accounts of the reports in scope.

The surest link wins and hides what it covers: a code, a label as printed, the vocabulary's names,
everyday and English twins; then the same sound, one wrong character, and last a label that shares
most of what the question says. Each link keeps how it was made.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from qa.families import families
from qa.language import AMOUNT_SAID
from qa.ledger import Ledger
from qa.names import core, grams
from qa.plan import Mention, Via
from qa.vocabulary import by_id, by_key, cues, roles, surfaces

# Words that name a side of the accounts rather than an account when something else is named too.
_WEAK = frozenset(
    [
        "收入",
        "支出",
        "开支",
        "花费",
        "本年收入",
        "本年支出",
        "总支出",
        "总收入",
        "全年支出",
        "全年收入",
        "income",
        "revenue",
        "revenues",
        "expenditure",
        "expenditures",
        "spending",
        "outlays",
        "总计",
        "项目",
        "服务",
        "货物",
        "工程",
        "车辆",
        "收入预算",
        "支出预算",
        "财政拨款",
        "花了多少钱",
        "用了多少钱",
        "一共花了",
        "总共花了",
        "一共支出",
        "总共支出",
        "一共收入",
        "收入总共",
        "收入一共",
        "basic",
        "services",
        "结余多少",
    ]
)
_CODE = re.compile(
    r"(?<![\d.])(?<!\d,)(?:\d{7}|\d{5})(?!\d|[\d.,]*(?:元|万|%|人(?!员)|笔|份))|"
    r"(?<![\d.])(?<!\d,)\d{3,7}(?![\d.,]*(?:年|元|万|%|月|人(?!员)|笔|份))"
)
_LATIN = re.compile(r"[a-z]")
_PARTIAL_FLOOR = 0.6
_PARTIAL_MARGIN = 0.06
_LONGEST_NAME = 40  # a longer label is a sentence that shares words with any question


def find_mentions(text: str, ledgers: Sequence[Ledger]) -> tuple[Mention, ...]:
    """The accounts that `text` names, in its order; empty when nothing is close enough."""
    taken: list[Mention] = []
    for candidates in (_codes(text, ledgers), _exact(text, ledgers), _told_apart(text, ledgers)):
        for mention in candidates:
            if not any(_overlap(mention, other) for other in taken):
                taken.append(mention)
    taken = [m for m in taken if not _inside_a_body(m, text, ledgers) and not _other(m, text)]
    taken = [m for m in taken if not _of_a_tax(m, text)]
    taken = [_of_longer_label(m, text, ledgers) for m in taken]
    taken = [m for m in taken if not (m.weak and _part_of_a_name(m, text, taken))]
    if not any(not m.weak for m in taken):
        taken += [m for m in _misspelt(text, ledgers) if not any(_overlap(m, t) for t in taken)]
    return tuple(sorted(taken, key=lambda m: m.start))


def _other(mention: Mention, text: str) -> bool:
    """Whether 其他 stands in front of a name: what is asked is not the account of that name."""
    before = text[max(0, mention.start - 2) : mention.start]
    return before in ("其他", "其它") and not mention.surface.startswith(("其他", "其它"))


_TAX_OF = re.compile(
    r"[\u4e00-\u9fff](?<![的全市省县区州盟旗级年度总内里占比是为国地方本直和与及、到])$"
)


def _of_a_tax(mention: Mention, text: str) -> bool:
    """Whether 税收 only ends another tax's name: 关税收入 is not 税收收入."""
    if not mention.surface.startswith("税收") or mention.via is Via.LABEL:
        return False
    return bool(_TAX_OF.search(text[: mention.start]))


_BODY = re.compile(
    r"[\u3400-\u9fff]{1,6}?(?:中心|研究院|研究所|事务所|执法队|总队|支队|公司|协会|学校|幼儿园)"
)


def _inside_a_body(mention: Mention, text: str, ledgers: Sequence[Ledger]) -> bool:
    """Whether a word only opens the name of a body that the report writes: 中小企业服务中心."""
    behind = _BODY.match(text, mention.end)
    if behind is None or mention.via is Via.LABEL:
        return False
    name = text[mention.start : behind.end()]
    return any(name in p.text for ledger in ledgers for p in ledger.report.passages)


_LONGER = 2  # characters by which a label must say more of the question than the word does
_MOST_OF = 0.6  # of the label's core


def _of_longer_label(mention: Mention, text: str, ledgers: Sequence[Ledger]) -> Mention:
    """支持中小企业发展 is most of a label: then it is no mention of 中小企业 as such."""
    if mention.via is not Via.ALIAS or len(mention.surface) < 2:
        return mention
    best: tuple[float, Mention] | None = None
    for ledger in ledgers:
        for label, item in ledger.labels.items():
            at = label.find(mention.surface)
            if at < 0 or item == mention.item:
                continue
            start, end = _spread(mention, text, label, at)
            if mention.start - start < at:
                continue  # what stands first in a label narrows what it names
            share = (end - start) / max(1, len(core(label)))
            longer = end - start - len(mention.surface)
            if longer >= _LONGER and share >= _MOST_OF and (best is None or share > best[0]):
                surface = text[start:end]
                best = (share, Mention(start, end, surface, item, Via.ALIAS, score=share))
    return best[1] if best else mention


def _spread(mention: Mention, text: str, label: str, at: int) -> tuple[int, int]:
    """How far the text and a label agree on both sides of a word that both have."""
    start, end = mention.start, mention.end
    left, right = at, at + len(mention.surface)
    while start and left and text[start - 1] == label[left - 1]:
        start, left = start - 1, left - 1
    while end < len(text) and right < len(label) and text[end] == label[right]:
        end, right = end + 1, right + 1
    return start, end


def _part_of_a_name(mention: Mention, text: str, others: Sequence[Mention]) -> bool:
    """Whether a generic word ends or joins a longer name: 社区公共服务中心, 某某新建工程."""
    if mention.surface not in _GENERIC or mention.start < 2:
        return False
    before = text[mention.start - 2 : mention.start]
    covered = any(o.start < mention.start <= o.end for o in others if o is not mention)
    return (
        not covered
        and before[-1] not in "里中内边头面和与及、"
        and bool(_TWO_HAN.fullmatch(before))
        and len(cues().filler.sub("", before)) == 2
    )


_GENERIC = frozenset({"项目", "服务", "货物", "工程", "车辆"})
_TWO_HAN = re.compile(r"[\u3400-\u9fff]{2}")


def _overlap(a: Mention, b: Mention) -> bool:
    return a.start < b.end and b.start < a.end


_SPACED_CODE = re.compile(
    r"(?<![\d.])(?<!\d,)\d{3}[ -]\d{2}(?:[ -]\d{2})?(?![\d.,]|\s?[元万%年月人笔份])"
)


def _codes(text: str, ledgers: Sequence[Ledger]) -> list[Mention]:
    """Mentions by code, written together (2120101) or class by class (212 01 01)."""
    found: list[Mention] = []
    for match in (*_SPACED_CODE.finditer(text), *_CODE.finditer(text)):
        code = re.sub(r"[ -]", "", match.group(0))
        entries = [e for ledger in ledgers for e in ledger.by_code(code)]
        mention = Mention(*match.span(), match.group(0), "", Via.CODE, code=code)
        if entries and not any(_overlap(mention, other) for other in found):
            found.append(replace(mention, item=entries[0].item))
    return found


def _exact(text: str, ledgers: Sequence[Ledger]) -> list[Mention]:
    """Mentions by printed label and by vocabulary, longest first."""
    known = {item for ledger in ledgers for item in ledger.items()}
    found = [
        Mention(start, start + len(label), label, item, Via.LABEL, weak=label in _WEAK)
        for label, item in _labels(ledgers)
        for start in _starts(text, label)
    ]
    for surface, key, kind in surfaces():
        surface, key = _as_known(surface, key, known)
        for start in _starts(text, surface):
            found.append(
                Mention(
                    start,
                    start + len(surface),
                    surface,
                    key,
                    Via(kind),
                    score=1.0 if key in known else 0.9,
                    weak=surface in _WEAK,
                )
            )
    return sorted(found, key=lambda m: (-(m.end - m.start), m.via is not Via.LABEL, m.start))


def _as_known(surface: str, key: str, known: set[str]) -> tuple[str, str]:
    """职业年金缴费支出 as 职业年金缴费 where the reports have only an account of that name."""
    if (
        key not in known and surface.isascii() and key not in by_id()
    ):  # taxes are revenue where none are paid
        return surface, next((k for k in roles().fallbacks.get(key, ()) if k in known), key)
    if key in known or not surface.endswith("支出"):
        return surface, key
    other = _said().get(surface.removesuffix("支出"), "")
    spent = other in known and not other.startswith("income.")  # 财政拨款支出 is no income
    return (surface, other) if spent else (surface, key)


@lru_cache(maxsize=1)
def _said() -> dict[str, str]:
    return {said: key for said, key, _ in surfaces()}


def _told_apart(text: str, ledgers: Sequence[Ledger]) -> list[Mention]:
    """Members of what a passage counts, by what tells them apart: 甲类比乙类多多少."""
    return [
        Mention(start, start + len(head), head, item, Via.LABEL)
        for ledger in ledgers
        for family in families(ledger)
        for head, item in family.named_in(text)
        for start in _starts(text, head)
    ]


def _labels(ledgers: Sequence[Ledger]) -> Iterable[tuple[str, str]]:
    for ledger in ledgers:
        for label, item in ledger.labels.items():
            if len(label) >= 2 and not cues().filler.fullmatch(label):
                yield label.lower(), item


def _starts(text: str, surface: str) -> list[int]:
    """Where `surface` stands in `text`; Latin words must be whole (a plural s is allowed).

    Part of a compound is no word of its own: there are no works in work-injury.
    """
    if surface.removesuffix("s") not in text:
        return []
    if surface[0].isdigit():  # 25年 is no label where 2025年 is said
        return [m.start() for m in re.finditer(rf"(?<!\d){re.escape(surface)}", text)]
    if _LATIN.search(surface):
        pattern = rf"(?<![a-z]){re.escape(surface.removesuffix('s'))}(?:e?s)?(?!-?[a-z])"
        return [m.start() for m in re.finditer(pattern, text)]
    return [m.start() for m in re.finditer(re.escape(surface), text)]


# --- misspelt ---------------------------------------------------------------------------------

_MIN_TYPO = 4
_MEANT = re.compile(r"纳入|列入|计入|投入|编入|加入")  # words that are no slip for 收入
_WHOLES = frozenset({"expenditure.total", "income.total", "grand.total"})  # 实际发出 is no 实际支出
_PHRASE = re.compile(r"多少|花|一共|总共|几|哪")  # ways of asking, not names to be misspelt


def _misspelt(text: str, ledgers: Sequence[Ledger]) -> list[Mention]:
    names = _typable(tuple(sorted({label for led in ledgers for label in led.labels})))
    found = _by_sound(text, names) or _by_one_character(text, names)
    written = {m for m in found if any(text[m.start : m.end] in led.text for led in ledgers)}
    return [m for m in found if m not in written and not _other(m, text)]


@lru_cache(maxsize=64)
def _typable(labels: tuple[str, ...]) -> dict[str, str]:
    """Han name -> item, over the labels in scope and the vocabulary."""
    from qa.vocabulary import key_of

    spoken = (
        s
        for s in surfaces()
        if s[2] != "english" and not _PHRASE.search(s[0]) and s[1] not in _WHOLES
    )
    found = {s: key for s, key, _ in spoken if len(s) >= 3}
    found.update({label: key_of(label) for label in labels if len(label) >= 3})
    return found


@lru_cache(maxsize=20_000)
def _sound(text: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(text))


def _by_sound(text: str, names: dict[str, str]) -> list[Mention]:
    """Names that sound like a stretch of the question (积效工资 for 绩效工资)."""
    heard = {_sound(name): (name, item) for name, item in names.items()}
    found = []
    for size in sorted({len(s) for s in heard}, reverse=True):
        for start in range(len(text) - size + 1):
            window = text[start : start + size]
            hit = heard.get(_sound(window)) if not re.search(r"[^\u3400-\u9fff]", window) else None
            if hit:
                found.append(Mention(start, start + size, window, hit[1], Via.SOUND, score=0.9))
    return found[:1]


def _by_one_character(text: str, names: dict[str, str]) -> list[Mention]:
    """Names of four characters or more of which the question has all but one right."""
    best: list[Mention] = []
    for name, item in names.items():
        size = len(name)
        half = size // 2  # with one slip, one half of the name is right
        if size < _MIN_TYPO or (name[:half] not in text and name[half:] not in text):
            continue
        for start in range(len(text) - size + 1):
            wrong = sum(a != b for a, b in zip(name, text[start : start + size], strict=True))
            typed = text[start : start + size]
            if wrong == 1 and _another_tax(name, typed):
                continue
            if wrong == 1 and not _MEANT.search(typed) and not _particle_in(name, typed):
                best.append(Mention(start, start + size, name, item, Via.TYPO, score=0.85))
    return sorted(best, key=lambda m: m.start - m.end)[:1]


def _another_tax(name: str, said: str) -> bool:
    """Whether the one other character says which tax: 关税收入 is no slip for 非税收入."""
    places = [i for i, (n, s) in enumerate(zip(name, said, strict=True)) if n != s]
    return any(said[i + 1 : i + 2] == "税" for i in places)


_PARTICLES = frozenset("的了和与是在有个把被给")


def _particle_in(name: str, said: str) -> bool:
    """Whether the one wrong character is a word of its own: 工的经费 is no 工会经费."""
    return any(s in _PARTICLES for n, s in zip(name, said, strict=True) if n != s)


# --- partial ----------------------------------------------------------------------------------


def partial(content: str, ledgers: Sequence[Ledger], units: frozenset[str]) -> tuple[Mention, ...]:
    """Items whose label shares most of `content` (the question without fillers), best first.

    Returns several only when they are within the margin of each other: the caller asks then.
    """
    wanted = grams(_expanded(content))
    if sum(wanted.values()) < 3:
        return ()
    labels = {
        e.label: e
        for ledger in ledgers
        for e in ledger.entries
        if _fits(e.unit, units)
        and len(e.label) <= _LONGEST_NAME
        and ("其他" in e.label or "其他" not in content)
    }
    weight = _weights(tuple(sorted(labels)))
    total = sum(weight.get(g, 3.0) * n for g, n in wanted.items())
    scored = []
    for label, entry in labels.items():
        have = grams(_expanded(core(label)))
        hit = sum(weight.get(g, 3.0) * min(n, have.get(g, 0)) for g, n in wanted.items())
        scored.append((hit / total, -len(label), label, entry))
    scored.sort(key=lambda s: (-s[0], -s[1]))
    if not scored or scored[0][0] < _PARTIAL_FLOOR:
        return ()
    best = scored[0][0]
    near = [s for s in scored if s[0] >= best - _PARTIAL_MARGIN]
    items = dict.fromkeys(e.item for *_, e in near)
    return tuple(Mention(0, 0, content, item, Via.PARTIAL, score=best) for item in items)


def sibling(word: str, item: str, ledgers: Sequence[Ledger]) -> Mention | None:
    """The item that is to `word` what `item` is to its own: 失业 after 养老保险净增."""
    best: tuple[int, str] | None = None
    for ledger in ledgers:
        units = {e.unit for e in ledger.of(item)}
        for entry in ledger.entries:
            if word not in entry.label or entry.item == item or entry.unit not in units:
                continue
            shared = _common_tail(entry.label, item)
            if shared >= 2 and (best is None or shared > best[0]):
                best = (shared, entry.item)
    return Mention(0, 0, word, best[1], Via.PARTIAL, score=0.8) if best else None


def _common_tail(a: str, b: str) -> int:
    """How many characters two labels share at their ends."""
    pairs = zip(reversed(a), reversed(b), strict=False)
    return next((i for i, (x, y) in enumerate(pairs) if x != y), min(len(a), len(b)))


def _fits(unit: str, units: frozenset[str]) -> bool:
    return not units or unit in units


_SHORT_FORMS = {
    "社保": "社会保险",
    "医保": "医疗保险",
    "人社": "人力资源社会保障",
    "公积金": "住房公积金",
    "满意率": "满意度",
}


def _expanded(text: str) -> str:
    for short, long in _SHORT_FORMS.items():
        text = text.replace(short, long)
    return text


@lru_cache(maxsize=64)
def _weights(labels: tuple[str, ...]) -> dict[str, float]:
    counts: dict[str, int] = {}
    for label in labels:
        for gram in grams(label):
            counts[gram] = counts.get(gram, 0) + 1
    size = len(labels) + 1
    return {g: math.log(1 + size / n) * (1.0 if len(g) == 1 else 1.6) for g, n in counts.items()}


def within(mention: Mention) -> tuple[str, ...]:
    """Words that must stand near a figure for this item to be meant (a repair of a vehicle)."""
    concept = by_key().get(mention.item)
    return concept.within if concept else ()


def content_of(text: str, mentions: Sequence[Mention]) -> str:
    """What the question says beyond the linked names and the words that carry no content."""
    chars = list(text)
    for mention in mentions:
        for i in range(mention.start, mention.end):
            chars[i] = " "
    rest = AMOUNT_SAID.sub(" ", "".join(chars))
    rest = re.sub(r"20\d\d年?度?|[\d.]+%?|[^\u3400-\u9fffa-z ]", " ", rest)
    rest = cues().filler.sub(" ", rest)
    words = (w.strip(cues().particles) for w in rest.split())
    return " ".join(w for w in words if w and w not in cues().english_filler)
