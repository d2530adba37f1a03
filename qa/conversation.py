"""What one turn leaves to the next: typed slots, of which a follow-up changes one or two."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace

from qa.answer import Answer, Status
from qa.apart import against_last, between_turns
from qa.plan import Mention, Operation, Plan, Scope, Via
from qa.several import ASKING
from qa.sides import share_sides
from qa.vocabulary import by_key, cues, key_of, roles

_BOTH = re.compile(
    r"(?:两|这两|二|三|几)(?:个|项|者|样|笔|块)|它们|他们俩|前者.*后者|后者.*前者|加起来|加(?:到|在)?一[块起]|合(?:到|在)?一[块起]|合计|都加|一共占|"
    r"both|together|the two|those|\bthem\b"
)
_CORRECTION = re.compile(r"^(?:不对|不是|错了|我问的是|我是问|我说的是|no,|i mean|not )")
_POINTING = re.compile(
    r"呢[?]?$|^(?:那|其中|这|它|他们|该|还有|另外|然后|上述|前者|后者|比|较|占|完成|为什么|为啥|为何|怎么|原因|同比|预算|决算|实际|去年|上年|今年)|"
    r"^(?:and|what about|how about|why|that|it|its|this|those|of which|by how|by what)|"
    r"\b(?:they|them|their|both)\b|^how (?:does|did|do) (?:it|that|this)\b|"
    r"^(?:是什么|属于|涉及|金额|资金|第[二三四五]|最[多少大小高低])|"
    r"^(?:compared|as a share|what share|which indicator|how much of)|那个|这个|这些|这笔|这一"
)
_MAX_CHOICE = 40
_REMEMBERED = 240  # characters of the earlier turns that a plan keeps


@dataclass
class Memory:
    """The slots of a conversation: the last plan, the items named lately, a pending question."""

    plan: Plan | None = None
    items: list[Mention] = field(default_factory=list)
    pending: str = ""
    previous: Plan | None = None  # the plan before the last
    winner: Mention | None = None  # the account that a ranking found

    def copy(self) -> Memory:
        """The same slots, to go on from without changing these."""
        return replace(self, items=list(self.items))

    def become(self, other: Memory) -> None:
        """Hold what another memory holds."""
        for slot in fields(other):
            setattr(self, slot.name, getattr(other, slot.name))

    def completed(self, question: str) -> str:
        """A short reply to our own question, put together with the question it answers."""
        asks = ASKING.search(question.lower()) or pointing(question.lower())
        if self.pending and len(question) <= _MAX_CHOICE and not asks:
            return f"{question} {self.pending}"
        return question

    def remember(self, plan: Plan, answer: Answer | None) -> None:
        """Keep what the next turn may refer to."""
        if plan.operation in (Operation.DECLINE, Operation.INVENTORY):
            return
        if plan.scope.missing is not None:  # what was asked may be asked of another year
            scope = self.plan.scope if self.plan is not None else Scope(())
            plan = replace(plan, scope=scope)
        self.pending = (
            plan.utterance.raw if answer is not None and answer.status is Status.CLARIFY else ""
        )
        self.previous, self.plan = self.plan, plan
        for mention in plan.strong or plan.mentions:
            self.items = [m for m in self.items if m.item != mention.item] + [mention]
        self.items = self.items[-4:]
        self.winner = _winner(plan, answer)
        if self.winner is not None:
            self.items.append(self.winner)


def _winner(plan: Plan, answer: Answer | None) -> Mention | None:
    """The account that a ranking found: the row that its answer cites first."""
    if plan.operation is not Operation.RANK or answer is None or not answer.citations:
        return None
    label = answer.citations[0].row
    item = key_of(label) if label else ""
    if not item or item in {m.item for m in plan.mentions}:
        return None
    return Mention(-2, -1, label, item, Via.HISTORY)


def inherit(plan: Plan, memory: Memory) -> Plan:
    """`plan` with the slots that the question leaves to the turn before."""
    inherited = _inherited(plan, memory)
    leant = bool(inherited.carried) or pointing(plan.utterance.text)
    return _where(inherited, memory.plan) if leant and memory.plan else inherited


_OF_THE_WHOLE = re.compile(r"占全[市省区县州旗盟]")


def _where(plan: Plan, last: Plan) -> Plan:
    """那2026年呢, 增长多少: of the same place, and of the same year unless another is said."""
    same = plan.scope.reports == last.scope.reports
    if (
        not same
        or plan.scope.missing
        or not (last.area or last.regions or last.scope.years or last.period)
    ):
        return plan
    if (not plan.area and not plan.regions) or _OF_THE_WHOLE.search(plan.utterance.text):
        plan = replace(plan, area=last.area, regions=last.regions)
    if not plan.scope.years and not plan.period:
        plan = replace(plan, period=last.period)
    if not plan.side and "items" in plan.carried:
        plan = replace(plan, side=last.side)
    unsaid = not plan.scope.years and bool(last.scope.years)
    if unsaid and (plan.area or plan.regions or len(last.scope.reports) == 1):
        scope = replace(plan.scope, years=last.scope.years, prior=last.scope.prior)
        plan = replace(plan, scope=scope)
    return plan


def _inherited(plan: Plan, memory: Memory) -> Plan:
    last = memory.plan
    if last is None or plan.operation in (Operation.DECLINE, Operation.INVENTORY):
        return plan
    plan = replace(plan, before=f"{last.utterance.text}。{last.before}"[:_REMEMBERED])
    text = plan.utterance.text
    plan = _over_years(plan, memory)
    apart = between_turns(plan, last, memory.previous) or against_last(plan, last)
    if apart is not None:
        return apart
    if _ranks_on(plan, last):
        return _ranked_on(plan, last)
    if memory.winner is not None and last.operation is Operation.RANK:
        last = replace(last, operation=Operation.LOOKUP, measure="", mentions=(memory.winner,))
    if _both_meant(plan, memory):
        return _both(plan, memory)
    if plan.operation is Operation.SHARE:
        return _of_the_two(plan, last, memory) or _with_part(plan, last)
    plan = _with_named_part(plan, last)
    if plan.strong:
        return _same_question(plan, last) if pointing(text) else plan
    if not _leans(plan, text) or any(m.surface in _SIDES for m in plan.mentions):
        return plan
    return same_item(plan, last)


_WHICH_YEAR = re.compile(
    r"哪一?年|(?:这|那)?(?:两|几|三)年(?!度?预算数)|各年|\bwhich year\b|"
    r"\b(?:both|these|the two) years\b"
)


def _over_years(plan: Plan, memory: Memory) -> Plan:
    """哪年更多, after a turn on one year and one on another: over all that were spoken of."""
    turns = [t for t in (memory.previous, memory.plan) if t is not None]
    years = tuple(sorted({y for t in turns for y in t.scope.years}))
    text = plan.utterance.text
    asks = _WHICH_YEAR.search(text) and not re.search(r"20\d\d", text)
    if not asks or len(years) < 2 or plan.scope.missing is not None:
        return plan
    reports = tuple(dict.fromkeys(r for t in turns for r in t.scope.reports))
    return replace(plan, scope=replace(plan.scope, reports=reports, years=years, prior=False))


_COSTING = re.compile(
    r"(?:又|要|得|大概|预算|计划|共|一共)*(?:花|用|预算|投入|安排|值|金额|涉及|覆盖)?(?:了|是|为)?(?:资金|金额)?"
    r"(?:多少|几)(?:钱|万元|万|元|资金|金额)*[?？]?|(?:and )?(?:for |at )?how much\??"
)


def pointing(text: str) -> bool:
    """Whether a question points back to the one before, or corrects it."""
    return bool(_POINTING.search(text) or _CORRECTION.search(text))


_OTHER_MATTER = 5  # characters that say what a question behind 其中 is about


def _leans(plan: Plan, text: str) -> bool:
    """Whether a question that names no account means the one before."""
    if text.startswith("其中") and not plan.mentions and len(plan.leftover) >= _OTHER_MATTER:
        return False  # 其中国有资源出让多少 names something else
    if pointing(text) or _COSTING.fullmatch(text):
        return True
    if (plan.measure and len(plan.leftover) <= 4) or (plan.unit and not plan.leftover):
        return True
    return plan.operation is not Operation.NARRATE and len(plan.leftover) <= 6


# --- the places of a ranking ----------------------------------------------------------------------

_PLACE = re.compile(
    r"第[二三四五2-5]|最[多少大小高低]|倒数|\b(?:second|third|next|lowest|highest)\b"
)
_LOW = re.compile(r"[少小低]|least|lowest|smallest")
_HIGH = re.compile(r"[多大高]|most|highest|largest")


def _ranks_on(plan: Plan, last: Plan) -> bool:
    """Whether another place of the ranking before is asked for: 第二呢, 那最低的呢."""
    text = plan.utterance.text
    asks = _PLACE.search(text) and len(text) <= _SHORT_TURN and not plan.strong
    return last.operation is Operation.RANK and bool(asks) and len(plan.leftover) <= 4


def _ranked_on(plan: Plan, last: Plan) -> Plan:
    text = plan.utterance.text
    lowest = bool(_LOW.search(text)) or (last.lowest and not _HIGH.search(text))
    said = f"{last.utterance.text} {text}"
    return replace(
        last,
        utterance=replace(plan.utterance, text=said, language=last.utterance.language),
        measure=plan.measure or last.measure,
        lowest=lowest,
        top=plan.top,
        position=plan.position,
        carried=("ranking",),
    )


# --- two things that the turns before named -------------------------------------------------------

_SHORT_TURN = 16
_APART = re.compile(
    r"^(?:那么?)?(?:这|它们?)?(?:两|俩|二)?(?:个|项|者)?(?:之间)?(?:相?差(?:了)?(?:多少|几|多大)|(?:哪|谁)[^，。]{0,4}(?:更|比较|要)?(?:多|大|高|少|低|小))"
    r"|^which (?:one )?(?:is|was) (?:more|larger|higher|bigger|lower|smaller)"
)


def _both_meant(plan: Plan, memory: Memory) -> bool:
    """Whether the two items named last are meant together, or held against each other."""
    if len(memory.items) < 2 or memory.plan is None:
        return False
    parts, _ = share_sides(plan)
    named = parts if plan.operation is Operation.SHARE else plan.strong
    text = plan.utterance.text
    if _BOTH.search(text) and len([m for m in named if not m.weak]) < 2:
        return True
    latest = {m.item for m in memory.plan.strong or memory.plan.mentions}
    apart = _APART.search(text) and not plan.strong and not plan.basis and "最" not in text
    return bool(apart) and memory.items[-1].item in latest and len(latest) == 1


def _both(plan: Plan, memory: Memory) -> Plan:
    mentions = tuple(carried(m) for m in memory.items[-2:])
    text = plan.utterance.text
    if plan.operation is Operation.SHARE:
        if "前者" in text:
            first, second = mentions if text.find("前者") < text.find("后者") else mentions[::-1]
            return replace(
                plan, mentions=mentions, parts=(first,), wholes=(second,), carried=("items",)
            )
        wholes = share_sides(plan)[1] or tuple(m for m in plan.mentions if not m.weak)
        items = {w.item for w in wholes}
        mentions = tuple(m for m in mentions if m.item not in items)
        return replace(
            plan, mentions=(*mentions, *wholes), parts=mentions, wholes=wholes, carried=("items",)
        )
    operation = plan.operation
    if operation in (Operation.LOOKUP, Operation.NARRATE, Operation.COUNT, Operation.RANK):
        pairs = cues().every("pairs", text)
        apart = "difference" in pairs or _APART.search(text)
        operation = Operation.DIFFERENCE if apart else Operation.SUM
        operation = Operation.RATIO if "ratio" in pairs else operation
    measure = "" if operation is Operation.DIFFERENCE else plan.measure
    return replace(
        plan, operation=operation, measure=measure, mentions=mentions, carried=("items",)
    )


_TOTALS = frozenset({"grand.total", "expenditure.total", "income.total", "three", "procurement"})


def _of_the_two(plan: Plan, last: Plan, memory: Memory) -> Plan | None:
    """占多少, after an account and then a total: the account is the part, the total the whole."""
    parts, wholes = share_sides(plan)
    before = last.strong or last.mentions
    if parts or wholes or not before or before[0].item not in _TOTALS:
        return None
    earlier = [m for m in memory.items if m.item not in _TOTALS]
    if not earlier:
        return None
    whole = replace(carried(before[0]), start=-4, end=-3)
    part = replace(carried(earlier[-1]), start=-2, end=-1)
    return replace(plan, mentions=(whole, part), carried=("items",))


def _with_part(plan: Plan, last: Plan) -> Plan:
    """占基本支出多少: the part is what the turn before was about."""
    parts, wholes = share_sides(plan)
    before = last.strong or last.mentions
    named = tuple(m for m in parts if not m.weak)
    if named and before and not wholes and plan.text.lstrip().startswith("其中"):
        head = replace(carried(before[0]), start=-2, end=-1)  # of what was asked before
        return replace(
            plan, mentions=(head, *named), parts=named, wholes=(head,), carried=("items",)
        )
    if named or not before:
        return plan
    if last.operation is Operation.SUM and wholes:
        added = tuple(carried(m) for m in before)
        return replace(
            plan, mentions=(*added, *wholes), parts=added, wholes=wholes, carried=("items",)
        )
    head = replace(carried(before[0]), start=-2, end=-1)
    return replace(plan, mentions=(head, *plan.mentions), carried=("items",))


_SIDES = frozenset({"收入预算", "支出预算", "总支出", "总收入", "全年支出", "全年收入"})


def _with_named_part(plan: Plan, last: Plan) -> Plan:
    """其中货物呢: a word too general for a name names a part of what was asked before."""
    parts = {p for m in last.mentions for p in roles().parts.get(m.item, ())}
    if plan.strong or not pointing(plan.utterance.text):
        return plan
    named = tuple(replace(m, weak=False) if m.item in parts else m for m in plan.mentions)
    return replace(plan, mentions=named)


_COLUMNS = frozenset({"basic", "project", "personnel", "public", "income.fiscal"})


def _same_question(plan: Plan, last: Plan) -> Plan:
    """其中接待呢: another item, the same thing asked of it; 其中项目支出: a column of the same."""
    rows = tuple(carried(m) for m in last.strong if m.item not in _COLUMNS)
    if plan.text.startswith("其中") and rows and {m.item for m in plan.strong} <= _COLUMNS:
        return replace(plan, mentions=(*rows[:1], *plan.mentions), carried=("items",))
    operation = plan.operation
    if (
        operation is Operation.LOOKUP
        and last.operation is Operation.REASON
        and "呢" in plan.utterance.text
    ):
        operation = Operation.REASON
    if last.operation is Operation.SHARE and operation is Operation.LOOKUP and not plan.measure:
        wholes = tuple(carried(m) for m in share_sides(last)[1])
        return replace(
            plan,
            operation=Operation.SHARE,
            measure="share",
            mentions=(*plan.strong, *wholes),
            parts=plan.strong,
            wholes=wholes,
        )
    measure = plan.measure or (last.measure if last.measure != "share" else "")
    basis = plan.basis or (last.basis if not plan.measure else "")
    return replace(plan, operation=operation, measure=measure, basis=basis, carried=("measure",))


def same_item(plan: Plan, last: Plan) -> Plan:
    """为什么？ 完成预算的百分之几？ 那2022年呢？: the same item, something else about it."""
    mentions = tuple(carried(m) for m in (last.strong or last.mentions))
    if not mentions:
        return plan
    if (plan.money or plan.measure == "budget") and not plan.unit:
        mentions = tuple(_uncounted(m) for m in mentions)
    operation, measure = plan.operation, plan.measure
    if operation in (Operation.LOOKUP, Operation.NARRATE):
        operation = Operation.LOOKUP
        if not measure and not (plan.money and last.operation is Operation.COUNT):
            operation, measure = last.operation, last.measure
            if measure == "prior" and plan.scope.years not in ((), last.scope.years):
                measure = ""  # it was prior to the year that is asked for now
        if plan.money and operation is Operation.COUNT:
            operation = Operation.LOOKUP
        if plan.basis == "prior" and not plan.measure and operation is Operation.LOOKUP:
            measure = "change"
    weak = tuple(m for m in plan.mentions if m.weak)
    return replace(
        plan,
        operation=operation,
        measure=measure,
        mentions=mentions + weak if operation is Operation.SHARE else mentions,
        tables=plan.tables or last.tables,
        basis=plan.basis or last.basis,
        carried=("items",),
        leftover="",
    )


def _uncounted(mention: Mention) -> Mention:
    """买几辆，花多少: of things that were counted the money is asked for next."""
    costs = {item: c.key for c in by_key().values() for item in c.counted.values()}
    costs |= _COSTS
    return replace(mention, item=costs.get(mention.item, mention.item))


_COSTS = {"vehicles.bought": "vehicles.purchase", "vehicles.owned": "vehicles.running"}


def carried(mention: Mention) -> Mention:
    """A mention of an earlier turn, as one of this turn that stands nowhere in its text."""
    return replace(mention, start=-2, end=-1, via=Via.HISTORY)
