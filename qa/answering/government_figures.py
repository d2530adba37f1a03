"""What the handlers of governments' questions share: accounts named, one figure in one place."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus import Level
from qa.answering.context import Context, clean
from qa.answering.placed import placed
from qa.figures import Figure, Source
from qa.gather import Want
from qa.ledger import PLAIN
from qa.plan import LOOSE, Mention, Via
from qa.vocabulary import roles

_JOINED = re.compile(r"和|与|跟|及|、|以及|\band\b")
_KINDS = re.compile(
    r"(限额|余额)(?:和|与|跟|、|及|以及|还有|各|，|,|\s)+(?:[^，。?？]{0,6}?)(限额|余额)"
)
_ENGLISH_KINDS = (
    ("余额", re.compile(r"\bbalance\b|\bowed?\b|\boutstanding\b")),
    ("限额", re.compile(r"\blimit\b|\bceiling\b|\bquota\b")),
)


def is_government(source: Source) -> bool:
    """Whether a source is a government's report."""
    return source.ledger.report.identity.level is Level.GOVERNMENT


def body_of(source: Source) -> str:
    """The body that a source reports on."""
    return source.ledger.report.identity.body


def sure_accounts(context: Context) -> list[Mention]:
    """The accounts that the question names outright, each once; 限额和余额 are two of one debt."""
    named = [m for m in context.plan.strong if m.via not in LOOSE]
    items = {m.item for m in named}
    wholes = {i for i in items if items & set(roles().parts.get(i, ()))}
    wholes |= {
        i for i in items for p in roles().parts.get(i, ()) if items & set(roles().parts.get(p, ()))
    }
    text = context.plan.utterance.text
    named = [m for m in named if m.item not in wholes or _joined(m, text)]  # 三公里的接待费
    found = {m.item: m for m in named}
    for mention in named:
        other = _other_kind(context, mention)
        if other is not None:
            found.setdefault(other.item, other)
    return list(found.values())


def _joined(whole: Mention, text: str) -> bool:
    """Whether a whole is itself one of the accounts listed: 三公和接待费各多少."""
    behind = text[text.find(whole.surface) + len(whole.surface) :] if whole.surface else ""
    return bool(_JOINED.match(behind.lstrip("经费支出总额 ")))


def _other_kind(context: Context, mention: Mention) -> Mention | None:
    """The balance beside a limit that is named, or the limit beside a balance."""
    own = re.search(r"债务(限额|余额)$", mention.item)
    text = context.plan.utterance.text
    if own is None:
        return None
    said = set(_KINDS.search(text).groups()) if _KINDS.search(text) else set()  # type: ignore[union-attr]
    said |= {kind for kind, cue in _ENGLISH_KINDS if cue.search(text)} if not context.zh else set()
    other = {"限额": "余额", "余额": "限额"}[own.group(1)]
    if other not in said:
        return None
    item = mention.item[: own.start(1)] + other
    return Mention(-2, -1, item, item, Via.NAME)


def plain_want(context: Context, mention: Mention) -> Want:
    """The plain figure of one account in the place and year asked for."""
    want = context.want(mention)
    own = frozenset({mention.item})
    want = replace(want.measuring(PLAIN), units=frozenset(), keys=own, basis="")
    return replace(want, side=context.plan.side)


def first_of(context: Context, mention: Mention, want: Want) -> tuple[Source, Figure] | None:
    """The figure of the first source that has one."""
    for source in context.sources:
        figure = context.figure(source, mention.item, want)
        if figure is not None and figure.value is not None:
            return source, figure
    return None


def year_of(figure: Figure, source: Source) -> int | None:
    """The year that a figure is of; None for several years told together."""
    if figure.entry is not None and figure.entry.period:
        return None
    return figure.year or source.year


def placed_name(context: Context, source: Source, figure: Figure) -> str:
    """A figure's label with the place that it is of."""
    label = clean(figure.label)
    if not context.zh and figure.entry is not None:
        label = context.called(figure.label, figure.entry.item)
    return placed(label, figure.entry, source.ledger.report.identity, context.zh)
