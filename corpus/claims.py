"""Figures of the prose as claims: what each is about, what it measures, against what.

A report's sentences follow each other in a fixed manner (某项支出12万元，比年初预算数减少3万元，
下降20%): the subject is named once and carried over the clauses that only say how it
changed. The reading keeps that subject, the basis of comparison and the total that 其中 splits up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from corpus.claim_words import (
    ABOUT_PROJECT,
    ADJUSTED,
    AGAINST_BUDGET,
    AS_OF,
    ASIDE,
    BACK,
    BARE_COMPLETION,
    BASIS,
    BUDGET,
    COMPARED,
    COMPLETION,
    COUNT_VERB,
    FALL,
    FUND,
    GAP,
    GENERIC,
    LEFT_OUT,
    MORE,
    MOVES,
    NEW_LEVEL,
    OBJECT,
    OLD_LEVEL,
    PARALLEL,
    PLAN,
    PREDICATE,
    PRIOR,
    PROJECT,
    SHARE,
    SUM,
    TOTAL,
    VERB,
    WITHIN,
    YEAR,
)
from corpus.clauses import Figure, figures, lead_start, list_mark_end, punctuated
from corpus.model import Claim, Measure, Passage, Quantity
from corpus.nothing import nothing_claims
from corpus.parallel import shared_out
from corpus.quantity import MONEY, convert, find_quantities
from corpus.subjects import (
    account_chain,
    clean_subject,
    normal_basis,
    section_subject,
    without_measure,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the reader of a passage knows besides its text."""

    year: int | None = None
    bodies: tuple[str, ...] = ()  # names of the body that a sentence may begin with
    default_basis: str = ""  # what a bare 增长5% refers to: the year before, in government reports


@dataclass(slots=True)
class _State:
    """What later clauses inherit."""

    subject: str = ""
    total: str = ""
    basis: str = ""
    year: int | None = None
    sentence: int = -1
    end: int = 0  # where the last figure ends
    account: str = ""  # the account that opens the passage
    revenue: str = ""  # 某预算收入, whose 预算支出 follows without its name
    fund: str = ""  # 政府性基金收入12亿元；支出… goes on without the fund's name
    last: Claim | None = None
    last_lead: str = ""
    compared: dict[Measure, Decimal] = field(default_factory=dict)  # budget and final of a subject
    saved: list[str] = field(default_factory=list)  # subjects outside the open brackets


def find_claims(
    passage: Passage, heading: str, setting: Setting, outer: str = ""
) -> tuple[Claim, ...]:
    """The claims of a passage in order of position.

    `heading` is the title of its section, `outer` the total that the passages before it split up.
    """
    passage = replace(passage, text=punctuated(passage.text))
    text = passage.text
    opening = _opening_subject(text, heading)
    account = opening if _opens_with_account(text) else ""
    state = _State(subject=opening, total=outer, account=account)
    claims: list[Claim] = []
    for figure in figures(text):
        _move(state, figure, text, setting.bodies)
        claims.append(_read(passage, figure, state, setting))
    claims = shared_out(claims, text)
    claims += nothing_claims(passage, claims, opening, setting.year, setting.bodies)
    return tuple(sorted(claims, key=lambda claim: claim.start))


def total_of(passage: Passage, claims: tuple[Claim, ...]) -> str:
    """The total that the following passages split up, "" where this one announces no list."""
    if not re.search(r"(?:[：:]|其中|以下方面.{0,4}|如下.?)$", passage.text.rstrip()):
        return ""
    amounts = [c for c in claims if c.measure in (Measure.AMOUNT, Measure.BUDGET)]
    return amounts[-1].subject if amounts else ""


def _opening_subject(text: str, heading: str) -> str:
    """A passage that opens with an account (某某（项）。) is about it; else its heading says."""
    if _opens_with_account(text):
        return account_chain(_first_clause(text))[-1]
    project = ABOUT_PROJECT.match(text[list_mark_end(text) :])
    return f"{project[1]}项目" if project else section_subject(heading)


def _opens_with_account(text: str) -> bool:
    first = _first_clause(text)
    return bool(account_chain(first)) and not re.search(r"\d[\d.,]*\s*(?:万|亿)?元", first)


def _first_clause(text: str) -> str:
    return re.split(r"[。：:∶]", text, maxsplit=1)[0]


def _move(state: _State, figure: Figure, text: str, bodies: tuple[str, ...]) -> None:
    """Carries the state to a figure: sentences end bases, brackets keep their subject inside."""
    if figure.sentence != state.sentence:
        state.sentence, state.basis, state.year, state.fund = figure.sentence, "", None, ""
        as_of = AS_OF.search(text[: figure.found.start].rsplit("。", 1)[-1])
        state.year = int(as_of[1]) if as_of else None
    while len(state.saved) > figure.depth:
        state.subject = state.saved.pop()
    while len(state.saved) < figure.depth:
        state.saved.append(state.subject)
    clause = text[: figure.lead_start].rsplit("。", 1)[-1]
    announced = TOTAL.search(text[state.end : figure.lead_start][-12:])
    if announced and state.subject and figure.depth == 0:
        state.total = state.subject
    state.end = figure.found.end
    within = WITHIN.search(clause)
    if within:
        state.total = without_measure(clean_subject(within[1], bodies))
    basis = _find_basis(clause)
    if basis:
        state.basis = basis


def _find_basis(text: str) -> str:
    found = [match for match in BASIS.finditer(text) if not match["same"]]
    if not found:
        return ""
    match = found[-1]
    return "上年" if match["year"] else (match["with"] or match["than"]).strip()


def _read(passage: Passage, figure: Figure, state: _State, setting: Setting) -> Claim:
    """The claim of one figure; the state moves on to it."""
    lead, last = figure.lead, state.last
    if last is not None and lead.strip() in PARALLEL:
        lead, subject, measure, basis = state.last_lead, "", last.measure, last.basis
    else:
        measure, subject, basis = _classify(figure, state, setting)
        subject = _noun_behind(figure, subject, setting) or subject
        subject = subject or _subject_of_clause_before(passage.text, figure, measure, setting)
    signed = measure in (Measure.CHANGE, Measure.RATE)
    quantity = _signed(figure.found.quantity, lead) if signed else figure.found.quantity
    if signed and GAP.search(lead):
        quantity = _gap(quantity, state.compared)
    year = _year_of(figure, state, setting, measure)
    _compare(state, _resolved(subject, state), measure, quantity)
    state.last_lead = lead
    start, end = figure.found.start, figure.found.end
    basis = normal_basis(basis, year)
    state.last = Claim(passage.id, start, end, state.subject, measure, quantity, basis, year)
    return state.last


def _compare(state: _State, subject: str, measure: Measure, quantity: Quantity) -> None:
    """The state moves on to a subject, and keeps its budget and final figures side by side."""
    if subject != state.subject:
        state.compared = {}
    state.subject = subject
    if measure in (Measure.AMOUNT, Measure.BUDGET) and quantity.unit in MONEY:
        state.compared[measure] = convert(quantity.value, quantity.unit, "元")


def _gap(quantity: Quantity, compared: dict[Measure, Decimal]) -> Quantity:
    """预决算差异率 is often printed without its sign; the two figures before it tell it."""
    falls = compared.get(Measure.AMOUNT, Decimal(0)) < compared.get(Measure.BUDGET, Decimal(0))
    value = -abs(quantity.value) if falls else quantity.value
    return Quantity(value, quantity.unit, quantity.written)


def _noun_behind(figure: Figure, subject: str, setting: Setting) -> str:
    """增加了40万元的办案费 and 纳入预算管理的700万元培训费 name the thing behind the amount."""
    if figure.found.unit not in MONEY or PREDICATE.search(figure.tail):
        return ""
    tail, lead = figure.tail.strip(), figure.lead.rstrip()
    if tail.startswith("的") and (not subject or MOVES.search(lead)):
        return clean_subject(tail[1:], setting.bodies)
    return clean_subject(tail, setting.bodies) if lead.endswith("的") and len(tail) > 1 else ""


def _subject_of_clause_before(text: str, figure: Figure, measure: Measure, setting: Setting) -> str:
    """A clause without a figure may name what the next measures: 项目支出增加，较上年增加5万元.

    What is left once something is taken out (剔除一次性因素后，为5万元) is not the account's own.
    """
    left_out = LEFT_OUT.search(text[: max(figure.lead_start - 1, 0)] + "，")
    if left_out and text[left_out.end() : figure.lead_start] == "，":
        return left_out.group()
    if measure not in (Measure.CHANGE, Measure.RATE) or text[figure.lead_start - 1] not in "，,":
        return ""
    start = lead_start(text, figure.lead_start - 1)
    clause = text[start : figure.lead_start - 1]
    verb = VERB.search(clause)
    if verb is None or find_quantities(clause):
        return ""
    return without_measure(_subject(clause[: verb.start()], setting))


def _resolved(subject: str, state: _State) -> str:
    """The subject, or the one before it, where the words alone say too little.

    某账户（项）：支出 is about the account; 甲预算收入 … 预算支出 is about 甲预算支出.
    """
    if not subject:
        return state.subject
    if subject == "预算支出" and state.revenue:
        return state.revenue.removesuffix("预算收入") + subject
    if state.account and GENERIC.match(subject):
        return state.account
    if state.subject and BACK.fullmatch(subject):
        return state.subject
    if subject == "人数" and state.last is not None and state.last.measure is Measure.COUNT:
        return state.last.subject + subject
    named = PROJECT.match(state.subject) if subject == "项目" else None
    if named:
        return named.group()
    if subject.endswith("预算收入") and len(subject) > 4:
        state.revenue = subject
    fund = FUND.fullmatch(subject)
    if fund:
        state.fund = fund[1]
    return state.fund + subject if subject in ("收入", "支出") else subject


def _classify(figure: Figure, state: _State, setting: Setting) -> tuple[Measure, str, str]:
    """Measure, subject ("" to keep the current one) and basis of a figure."""
    lead, unit = ASIDE.sub("", figure.lead), figure.found.unit
    is_rate = unit in ("%", "‰", "百分点", "倍", "")
    if is_rate and lead.strip() == "的" and state.last is not None:
        return _part_of_figure(state)
    own = _find_basis(lead)
    if own:
        state.basis = own
    if is_rate:
        return _classify_rate(lead, state, setting)
    verb = VERB.search(lead)
    if verb and not NEW_LEVEL.search(lead):
        basis = state.basis or setting.default_basis
        return Measure.CHANGE, _changed(lead[: verb.start()], state, setting), basis
    more = MORE.search(lead)
    if more:
        return Measure.CHANGE, _subject(lead[: more.start()], setting), state.basis
    compared = COMPARED.search(lead)
    if compared:
        subject = without_measure(_subject(lead[: compared.start()], setting))
        return Measure.CHANGE, subject, compared["basis"]
    moved = OBJECT.search(lead)
    if moved and unit in MONEY:
        return Measure.CHANGE, clean_subject(moved["object"], setting.bodies), state.basis
    if unit in MONEY or unit in ("万", "亿", "万亿"):
        return _classify_money(lead, state, setting)
    return Measure.COUNT, _count_subject(figure, setting), ""


def _part_of_figure(state: _State) -> tuple[Measure, str, str]:
    """完成年初预算10万元的69%: a share of the figure in front of it, which is a plan or a total."""
    plan = PLAN.search(state.last_lead)
    if plan is not None:
        return Measure.COMPLETION, "", plan.group()
    return Measure.SHARE, "", state.subject


def _changed(lead: str, state: _State, setting: Setting) -> str:
    """What has changed: 支出决算 alone is that of the subject at hand, 收入预算 is all income.

    支出预算 is all spending unless the text speaks of an expense.
    """
    subject = _subject(lead, setting)
    named = without_measure(subject)
    if named or "预算" not in subject or (subject.startswith("支出") and "费" in state.subject):
        return named
    return subject[:2] if subject.startswith(("收入", "支出")) else ""


def _classify_rate(lead: str, state: _State, setting: Setting) -> tuple[Measure, str, str]:
    verb = VERB.search(lead)
    if verb:
        basis = state.basis or setting.default_basis
        return Measure.RATE, _changed(lead[: verb.start()], state, setting), basis
    gap = GAP.search(lead)
    if gap and len(state.compared) == 2:
        return Measure.RATE, _subject(lead[: gap.start()], setting), state.basis or "预算"
    completion = COMPLETION.search(lead)
    if completion:
        return (
            Measure.COMPLETION,
            _subject(lead[: completion.start()], setting),
            completion["basis"],
        )
    bare = BARE_COMPLETION.search(lead)
    if bare:
        return Measure.COMPLETION, _subject(lead[: bare.start()], setting), ""
    share = SHARE.search(lead)
    if share:
        basis = (share["basis"] or "").strip() or state.total
        return Measure.SHARE, _subject(lead[: share.start()], setting), basis
    subject = _subject(NEW_LEVEL.sub("", lead), setting)
    return Measure.SHARE if "比重" in lead else Measure.RATE, subject, ""


def _classify_money(lead: str, state: _State, setting: Setting) -> tuple[Measure, str, str]:
    stripped = lead.strip("，,：: ")
    if SUM.fullmatch(stripped):
        return Measure.AMOUNT, state.total if stripped in ("合计", "总计") else "", ""
    against = AGAINST_BUDGET.match(stripped)
    if against and against["year"] in (None, str(setting.year)):
        return Measure.BUDGET, "", ""
    if PRIOR.search(stripped):
        named = BASIS.sub("", stripped) if not stripped.startswith(("比", "较")) else ""
        return Measure.PRIOR, without_measure(_subject(named, setting)), ""
    if ADJUSTED.search(lead):
        return Measure.BUDGET, _subject(ADJUSTED.sub("", lead), setting), "调整预算"
    budget = BUDGET.search(lead)
    if budget:
        basis = next((w for w in ("调整", "变动") if w in budget.group()), "")
        subject = _subject(lead[: budget.start()], setting)
        kind = next((w for w in ("支出", "收入") if w in budget.group()), "")
        if kind and not subject.endswith((kind, "费")):
            subject += kind
        return Measure.BUDGET, subject, basis and basis + "预算"
    subject = without_measure(_subject(NEW_LEVEL.sub("", lead), setting))
    return Measure.AMOUNT, subject, ""


def _subject(lead: str, setting: Setting) -> str:
    named = BASIS.sub("", OLD_LEVEL.sub("", lead))
    return clean_subject(named, setting.bodies)


def _count_subject(figure: Figure, setting: Setting) -> str:
    """共有车辆1辆 names the thing in front, 共涉及1个二级项目 behind the figure."""
    subject = _subject(figure.lead, setting)
    if subject and not subject.endswith("等") and not COUNT_VERB.search(subject):
        return re.sub(r"^.*(?:共有|涉及|纳入|下设|设有|安排购置)(?=.)", "", subject)
    noun = re.split(r"共?\d|开展|进行|实行|获|实施|列入|的|和|及|全部|已", figure.tail, maxsplit=1)[
        0
    ]
    return noun if 1 < len(noun) <= 16 else subject


def _signed(quantity: Quantity, lead: str) -> Quantity:
    """减少 and 下降 count negative; in 增加减少50.20万元 the later word stands."""
    compared, moved = COMPARED.search(lead), OBJECT.search(lead)
    verb = VERB.search(lead)
    if verb is None:
        more = MORE.search(lead)
        less = any(found and found["less"] for found in (compared, more))
        falls = less or bool(moved and "减" in moved["verb"])
        value = -abs(quantity.value) if falls else quantity.value
        return Quantity(value, quantity.unit, quantity.written)
    other = verb["other"]
    word = verb["verb"] if not other or other[0] in "（(" else other
    falls = re.search(rf"(?:{FALL})$", word) is not None
    value = -abs(quantity.value) if falls else quantity.value
    return Quantity(value, quantity.unit, quantity.written)


def _year_of(figure: Figure, state: _State, setting: Setting, measure: Measure) -> int | None:
    """The year that the clause names, else the sentence's, else the report's."""
    lead = re.sub(BASIS, "", figure.lead) if measure is not Measure.PRIOR else figure.lead
    years = YEAR.findall(lead)
    if measure is Measure.PRIOR:
        return int(years[-1]) if years else setting.year and setting.year - 1
    if years:
        state.year = int(years[-1])
    return state.year or setting.year
