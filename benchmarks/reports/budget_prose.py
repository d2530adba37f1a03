"""What a budget says about its figures: Shanghai's 编制说明 and Jiangsu's 情况说明."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.reports.bodies import Body
from benchmarks.reports.chart import chart
from benchmarks.reports.ledger import Ledger, Pot
from benchmarks.reports.rows import by_account, economic_lists
from benchmarks.reports.style import numeral
from benchmarks.reports.tell import Teller


@dataclass(frozen=True, slots=True)
class PlannedYear:
    """What the prose is about: the plan and the plan of the year before."""

    body: Body
    year: int
    now: Ledger
    before: Ledger

    @property
    def last(self) -> str:
        """How the year before is named."""
        return f"{self.year - 1}年预算"


def tell_shanghai(t: Teller, y: PlannedYear) -> None:
    """预算编制说明: totals, then every 项 with what it is for."""
    t.head(1, "", f"{y.year}年{t.style.part}预算编制说明")
    book, own = y.now, y.now.items
    fiscal, before = _fiscal(book), _fiscal(y.before)
    t.say(
        f"{y.year}年，{y.body.name}收入预算{t.money(book.income, '收入预算')}，其中：财政拨款收入"
        f"{t.money(fiscal, '财政拨款收入')}，比{y.last}"
        f"{t.change(fiscal, before, '财政拨款收入', y.last, why=False)}；事业收入"
        f"{t.money(sum(i.business + i.saved for i in own), '事业收入')}；事业单位经营收入"
        f"{t.money(sum(i.operating for i in own), '事业单位经营收入')}；其他收入"
        f"{t.money(sum(i.other for i in own), '其他收入')}。"
    )
    t.say(
        f"支出预算{t.money(book.spent, '支出预算')}，其中：财政拨款支出预算"
        f"{t.money(fiscal, '财政拨款支出预算')}。财政拨款支出预算中，一般公共预算拨款支出预算"
        f"{t.money(book.fiscal(Pot.GENERAL), '一般公共预算拨款支出预算')}；政府性基金拨款支出预算"
        f"{t.money(book.fiscal(Pot.FUND), '政府性基金拨款支出预算')}；国有资本经营预算拨款支出预算"
        f"{t.money(book.fiscal(Pot.CAPITAL), '国有资本经营预算拨款支出预算')}。"
    )
    if fiscal != before:
        word = "增加" if fiscal > before else "减少"
        t.say(f"财政拨款收入支出{word}的主要原因是{t.why(fiscal > before)}。")
    t.say("财政拨款支出主要内容如下：")
    _contents(t, y)


def _fiscal(ledger: Ledger) -> int:
    return sum(ledger.fiscal(pot) for pot in Pot)


def _contents(t: Teller, y: PlannedYear) -> None:
    for n, item in enumerate(i for i in y.now.items if i.fiscal):
        names = [chart().name(item.code[:k]) for k in (3, 5, 7)]
        path = f"“{names[0]}（类）{names[1]}（款）{names[2]}（项）”"
        t.say(f"{n + 1}. {path}{t.money(item.fiscal, names[2])}，主要用于{t.use()}。")


def tell_shanghai_rest(t: Teller, y: PlannedYear) -> None:
    """其他相关情况说明: 三公, running costs, procurement, performance, assets."""
    three, before, e = y.now.three, y.before.three, y.now.extras
    t.head(1, "", "其他相关情况说明")
    t.head(2, "一、", f"{y.year}年“三公”经费预算情况说明")
    what = "“三公”经费"
    t.say(
        f"{y.year}年{what}预算数为{t.money(three.total, what)}，比{y.last}"
        f"{t.change(three.total, before.total, what, y.last, why=False)}。其中："
    )
    for n, (name, now, then) in enumerate(
        (
            ("因公出国（境）费", three.abroad, before.abroad),
            ("公务用车购置及运行费", three.vehicles, before.vehicles),
            ("公务接待费", three.reception, before.reception),
        )
    ):
        moved = t.change(now, then, name, y.last)
        t.say(f"（{numeral(n + 1)}）{name}{t.money(now, name)}，比{y.last}{moved}。")
    t.head(2, "二、", "机关运行经费预算")
    t.say(
        f"{y.year}年{y.body.name}财政拨款的机关运行经费预算为"
        f"{t.money(y.now.public, '机关运行经费')}。"
    )
    t.head(2, "三、", "政府采购预算情况")
    _procurement(t, y)
    t.head(2, "四、", "绩效目标设置情况")
    project = sum(i.project for i in y.now.items)
    t.say(
        f"{y.year}年度，本{t.style.part}编报绩效目标的项目共"
        f"{t.count(e.projects, '个', '绩效目标项目')}，"
        f"涉及项目预算资金{t.money(project, '绩效目标项目预算资金')}。"
    )
    t.head(2, "五、", "国有资产占有使用情况")
    t.say(
        f"截至{y.year - 1}年8月31日，{y.body.name}共有车辆{t.count(e.vehicles, '辆', '车辆')}；"
        f"单价100万元（含）以上设备{t.count(e.devices, '台（套）', '单价100万元（含）以上设备')}。"
    )


def _procurement(t: Teller, y: PlannedYear) -> None:
    e = y.now.extras
    parts = "、".join(
        f"政府采购{name}预算{t.money(value, f'政府采购{name}预算')}"
        for name, value in (("货物", e.goods), ("工程", e.works), ("服务", e.services))
    )
    total = t.money(e.goods + e.works + e.services, "政府采购预算")
    t.say(f"{y.year}年度本{t.style.part}政府采购预算{total}，其中：{parts}。")


def tell_jiangsu(t: Teller, y: PlannedYear) -> None:
    """情况说明, one section for each statement."""
    for n, (title, tell) in enumerate(_JIANGSU):
        t.head(2, f"{numeral(n + 1)}、", title)
        tell(t, y)


def _overall(t: Teller, y: PlannedYear) -> None:
    now, before = y.now.income, y.before.income
    t.say(
        f"{y.body.name}{y.year}年度收入、支出预算总计"
        f"{t.money(now, '收入、支出预算总计')}，与上年相比"
        f"收、支预算总计各{t.change(now, before, '收、支预算总计', '上年', why=False)}。其中："
    )
    t.say(f"（一）收入预算总计{t.money(now, '收入预算总计')}。")
    t.say(f"（二）支出预算总计{t.money(y.now.spent, '支出预算总计')}。包括：")
    old = dict(by_account(y.before.items, lambda i: (i.spent,), depth=3))
    n = 0
    for code, (value,) in by_account(y.now.items, lambda i: (i.spent,), depth=3):
        if not code:
            continue
        n += 1
        name = chart().name(code).removesuffix("支出")
        moved = t.change(value, old.get(code, (0,))[0], name, "上年")
        t.say(
            f"{n}．{name}（类）支出{t.money(value, name)}，主要用于{t.use()}。与上年相比{moved}。"
        )


def _income(t: Teller, y: PlannedYear) -> None:
    total = y.now.income
    parts = {
        "一般公共预算收入": y.now.received(Pot.GENERAL),
        "政府性基金预算收入": y.now.received(Pot.FUND),
    }
    listed = "；".join(
        f"{name}{t.money(v, name)}，占{t.rate(v, total, name, 'share', '本年收入预算合计')}"
        for name, v in parts.items()
        if v
    )
    t.say(f"本年收入预算合计{t.money(total, '本年收入预算合计')}，其中：{listed}。")


def _spending(t: Teller, y: PlannedYear) -> None:
    book, total = y.now, y.now.spent
    parts = {
        "基本支出": book.basic,
        "项目支出": book.project - book.extras.reserve,
        "单位预留机动经费": book.extras.reserve,
    }
    listed = "；".join(
        f"{name}{t.money(v, name)}，占{t.rate(v, total, name, 'share', '本年支出预算合计')}"
        for name, v in parts.items()
        if v
    )
    t.say(f"本年支出预算合计{t.money(total, '本年支出预算合计')}，其中：{listed}。")


def _fiscal_overall(t: Teller, y: PlannedYear) -> None:
    now, before, what = _fiscal(y.now), _fiscal(y.before), "财政拨款收、支总预算"
    t.say(
        f"{y.body.name}{y.year}年度{what}{t.money(now, what)}。与上年相比，财政拨款收、支总计各"
        f"{t.change(now, before, what, '上年')}。"
    )


def _fiscal_spending(t: Teller, y: PlannedYear) -> None:
    now, what = _fiscal(y.now), "财政拨款预算支出"
    share = t.rate(now, y.now.spent, what, "share", "本年支出合计")
    t.say(f"{y.year}年{what}{t.money(now, what)}，占本年支出合计的{share}。其中：")
    old = {i.code: i.fiscal for i in y.before.items}
    for n, item in enumerate(i for i in y.now.items if i.fiscal):
        names = [chart().name(item.code[:k]) for k in (5, 7)]
        moved = t.change(item.fiscal, old.get(item.code, 0), names[1], "上年")
        t.say(
            f"{n + 1}．{names[0]}（款）{names[1]}（项）支出{t.money(item.fiscal, names[1])}，"
            f"与上年相比{moved}。"
        )


def _basic(t: Teller, y: PlannedYear) -> None:
    book, what = y.now, "财政拨款基本支出预算"
    lists = economic_lists(book.economic, [["301", "303"], ["302", "310"]], all_codes=False)
    people, things = (
        "、".join(chart().economic_name(c) for c, _ in part if len(c) == 5) for part in lists
    )
    t.say(f"{y.year}年度{what}{t.money(book.personnel + book.public, what)}。其中：")
    t.say(f"（一）人员经费{t.money(book.personnel, '人员经费')}。主要包括：{people}。")
    t.say(f"（二）公用经费{t.money(book.public, '公用经费')}。主要包括：{things}。")


def _general(t: Teller, y: PlannedYear) -> None:
    now, before = (b.fiscal(Pot.GENERAL) for b in (y.now, y.before))
    what = "一般公共预算财政拨款支出预算"
    moved = t.change(now, before, what, "上年")
    t.say(f"{y.year}年{what}{t.money(now, what)}，与上年相比{moved}。")


def _three(t: Teller, y: PlannedYear) -> None:
    three, before = y.now.three, y.before.three
    t.say(f"{y.year}年度一般公共预算安排的“三公”经费预算{t.money(three.total, '“三公”经费')}。")
    for n, (name, now, then) in enumerate(
        (
            ("因公出国（境）费", three.abroad, before.abroad),
            ("公务用车购置及运行维护费", three.vehicles, before.vehicles),
            ("公务接待费", three.reception, before.reception),
        )
    ):
        moved = t.change(now, then, name, "上年预算", why=False)
        t.say(f"{n + 1}．{name}预算支出{t.money(now, name)}，比上年预算{moved}。")
    t.say(
        f"会议费预算支出{t.money(three.meetings, '会议费')}，培训费预算支出"
        f"{t.money(three.training, '培训费')}。"
    )


def _fund(t: Teller, y: PlannedYear) -> None:
    if not y.now.of(Pot.FUND):
        t.say(f"{y.body.name}{y.year}年没有政府性基金预算支出。")
        return
    what = "政府性基金预算支出"
    t.say(f"{y.year}年{what}{t.money(y.now.fiscal(Pot.FUND), what)}。")


def _running(t: Teller, y: PlannedYear) -> None:
    now, before, what = y.now.public, y.before.public, "机关运行经费"
    moved = t.change(now, before, what, "上年")
    t.say(f"{y.year}年一般公共预算{what}预算支出{t.money(now, what)}，与上年相比{moved}。")


def _buying(t: Teller, y: PlannedYear) -> None:
    _procurement(t, y)


def _assets(t: Teller, y: PlannedYear) -> None:
    e = y.now.extras
    t.say(
        f"本部门共有车辆{t.count(e.vehicles, '辆', '车辆')}。单价20万元（含）以上的设备"
        f"{t.count(e.devices, '台（套）', '单价20万元（含）以上的设备')}。"
    )


def _performance(t: Teller, y: PlannedYear) -> None:
    count = t.count(y.now.extras.projects, "个", "绩效目标项目")
    t.say(f"{y.year}年本部门共{count}项目实行绩效目标管理。")


_JIANGSU = (
    ("收支预算总体情况说明", _overall),
    ("收入预算情况说明", _income),
    ("支出预算情况说明", _spending),
    ("财政拨款收支预算总体情况说明", _fiscal_overall),
    ("财政拨款支出预算情况说明", _fiscal_spending),
    ("财政拨款基本支出预算情况说明", _basic),
    ("一般公共预算支出预算情况说明", _general),
    ("一般公共预算基本支出预算情况说明", _basic),
    ("一般公共预算“三公”经费、会议费、培训费支出预算情况说明", _three),
    ("政府性基金预算支出预算情况说明", _fund),
    ("一般公共预算机关运行经费支出预算情况说明", _running),
    ("政府采购支出预算情况说明", _buying),
    ("国有资产占用情况", _assets),
    ("预算绩效目标设置情况说明", _performance),
)
