"""What a final account says about its figures: 决算情况说明, section by section."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.reports.bodies import Body
from benchmarks.reports.chart import chart
from benchmarks.reports.ledger import Ledger, Pot
from benchmarks.reports.rows import by_account, economic_lists
from benchmarks.reports.style import numeral
from benchmarks.reports.tell import Teller, phrases

GENERAL = "一般公共预算财政拨款支出"


@dataclass(frozen=True, slots=True)
class FinalYear:
    """What the prose is about: this year, its budget, the year before."""

    body: Body
    year: int
    now: Ledger
    planned: Ledger
    before: Ledger

    @property
    def grand(self) -> int:
        """收、支总计."""
        return self.now.grand

    @property
    def grand_before(self) -> int:
        """收、支总计 of the year before."""
        return self.before.grand


def tell_final(t: Teller, y: FinalYear) -> None:
    """All sections in their order, numbered 一、 to 十三、."""
    sections = (
        ("收入支出决算总体情况说明", _overall),
        ("收入决算情况说明", _income),
        ("支出决算情况说明", _spending),
        ("财政拨款收入支出决算总体情况说明", _fiscal),
        ("一般公共预算财政拨款支出决算情况说明", _general),
        ("一般公共预算财政拨款基本支出决算情况说明", _basic),
        ("政府性基金预算财政拨款收入支出决算情况说明", _fund),
        ("国有资本经营预算财政拨款支出决算情况说明", _capital),
        ("财政拨款“三公”经费支出决算情况说明", _three),
        ("机关运行经费支出说明", _running),
        ("政府采购支出说明", _procurement),
        ("国有资产占用情况说明", _assets),
        ("预算绩效情况说明", _performance),
    )
    for n, (title, tell) in enumerate(sections):
        t.head(2, f"{numeral(n + 1)}、", title)
        tell(t, y)


def _overall(t: Teller, y: FinalYear) -> None:
    basis = f"{y.year - 1}年度"
    t.say(
        f"{y.year}年度收、支总计{t.money(y.grand, '收、支总计')}。与{basis}相比，收、支总计各"
        f"{t.change(y.grand, y.grand_before, '收、支总计', basis)}。"
    )


def _income(t: Teller, y: FinalYear) -> None:
    now, basis = y.now, f"{y.year - 1}年度"
    text = (
        f"{y.year}年度收入合计{t.money(now.income, '收入合计')}，与{basis}相比，收入合计"
        f"{t.change(now.income, y.before.income, '收入合计', basis)}。"
    )
    sources = {
        "财政拨款收入": sum(now.received(pot) for pot in Pot),
        "上级补助收入": sum(i.superior for i in now.items),
        "事业收入": sum(i.earned for i in now.items),
        "经营收入": sum(i.operating for i in now.items),
        "附属单位上缴收入": sum(i.below for i in now.items),
        "其他收入": sum(i.other for i in now.items),
    }
    t.say(text + "其中：" + _shares(t, sources, now.income, "本年收入") + "。")


def _shares(t: Teller, parts: dict[str, int], whole: int, of: str) -> str:
    return "；".join(
        f"{name}{t.money(value, name)}，占{of}的{t.rate(value, whole, name, 'share', of)}"
        for name, value in parts.items()
        if value
    )


def _spending(t: Teller, y: FinalYear) -> None:
    now, basis = y.now, f"{y.year - 1}年度"
    text = (
        f"{y.year}年度支出合计{t.money(now.spent, '支出合计')}，与{basis}相比，支出合计"
        f"{t.change(now.spent, y.before.spent, '支出合计', basis)}。"
    )
    parts = {
        "基本支出": now.basic,
        "项目支出": now.project,
        "上缴上级支出": sum(i.upward for i in now.items),
        "经营支出": sum(i.operating for i in now.items),
        "对附属单位补助支出": sum(i.granted for i in now.items),
    }
    t.say(text + "其中：" + _shares(t, parts, now.spent, "本年支出") + "。")


def _fiscal_grand(ledger: Ledger) -> int:
    return sum(ledger.received(pot) + ledger.opening[pot] for pot in Pot)


def _fiscal(t: Teller, y: FinalYear) -> None:
    basis = f"{y.year - 1}年度"
    now, before = _fiscal_grand(y.now), _fiscal_grand(y.before)
    t.say(
        f"{y.year}年度财政拨款收、支总计{t.money(now, '财政拨款收、支总计')}。与{basis}相比，"
        f"财政拨款收、支总计各{t.change(now, before, '财政拨款收、支总计', basis)}。"
    )


def _general(t: Teller, y: FinalYear) -> None:
    now, before, planned = (b.fiscal(Pot.GENERAL) for b in (y.now, y.before, y.planned))
    basis = f"{y.year - 1}年度"
    t.head(3, "（一）", "一般公共预算财政拨款支出决算总体情况")
    t.say(
        f"{y.year}年度{GENERAL}{t.money(now, GENERAL)}，占本年支出合计的"
        f"{t.rate(now, y.now.spent, GENERAL, 'share', '本年支出合计')}。与{basis}相比，{GENERAL}"
        f"{t.change(now, before, GENERAL, basis)}。"
    )
    t.head(3, "（二）", "一般公共预算财政拨款支出决算结构情况")
    _structure(t, y, now)
    t.head(3, "（三）", "一般公共预算财政拨款支出决算具体情况")
    t.say(
        f"{y.year}年度{GENERAL}年初预算为{t.money(planned, GENERAL, 'budget')}，支出决算为"
        f"{t.money(now, GENERAL)}，完成年初预算的"
        f"{t.rate(now, planned, GENERAL, 'completion', '年初预算')}。其中："
    )
    _items(t, y)


def _structure(t: Teller, y: FinalYear, total: int) -> None:
    parts = []
    for code, (value,) in by_account(y.now.of(Pot.GENERAL), lambda i: (i.fiscal,), depth=3):
        if code:
            name = chart().name(code).removesuffix("支出")
            share = t.rate(value, total, name, "share", GENERAL)
            parts.append(f"{name}（类）支出{t.money(value, name)}，占{share}")
    t.say(f"{GENERAL}主要用于以下方面：{'；'.join(parts)}。")


def _items(t: Teller, y: FinalYear) -> None:
    """A paragraph for each 项: budget, account, completion, and why they differ."""
    budgets = {i.code: i.fiscal for i in y.planned.of(Pot.GENERAL)}
    for n, item in enumerate(y.now.of(Pot.GENERAL)):
        names = [chart().name(item.code[:k]) for k in (3, 5, 7)]
        planned, spent, name = budgets.get(item.code, 0), item.fiscal, names[2]
        path = f"{names[0]}（类）{names[1]}（款）{name}（项）"
        text = (
            f"{n + 1}.{path}。年初预算为{t.money(planned, name, 'budget')}，支出决算为"
            f"{t.money(spent, name)}，完成年初预算的"
            f"{t.rate(spent, planned, name, 'completion', '年初预算')}"
        )
        if spent != planned:
            size = "大于" if spent > planned else "小于"
            text += f"，支出决算数{size}年初预算数的主要原因：{t.why(spent > planned)}"
        t.say(text + "。")


def _basic(t: Teller, y: FinalYear) -> None:
    now = y.now
    total = now.personnel + now.public
    lists = economic_lists(now.economic, [["301", "303"], ["302", "310"]], all_codes=False)
    people, things = (
        "、".join(chart().economic_name(c) for c, _ in part if len(c) == 5) for part in lists
    )
    what = "一般公共预算财政拨款基本支出"
    t.say(
        f"{y.year}年度{what}{t.money(total, what)}，"
        f"其中：人员经费{t.money(now.personnel, '人员经费')}，主要包括：{people}；公用经费"
        f"{t.money(now.public, '公用经费')}，主要包括：{things}。"
    )


def _fund(t: Teller, y: FinalYear) -> None:
    now = y.now
    if not now.of(Pot.FUND):
        t.say(f"{y.body.name}{y.year}年度没有政府性基金预算财政拨款收入支出。")
        return
    what = "政府性基金预算财政拨款"
    opening, closing = now.opening[Pot.FUND], now.closing[Pot.FUND]
    t.say(
        f"{y.year}年度{what}年初结转和结余{t.money(opening, what + '年初结转和结余')}，本年收入"
        f"{t.money(now.received(Pot.FUND), what + '收入')}，本年支出"
        f"{t.money(now.fiscal(Pot.FUND), what + '支出')}，年末结转和结余"
        f"{t.money(closing, what + '年末结转和结余')}。"
    )


def _capital(t: Teller, y: FinalYear) -> None:
    what = "国有资本经营预算财政拨款支出"
    if not y.now.of(Pot.CAPITAL):
        t.say(f"{y.body.name}{y.year}年度没有{what}。")
        return
    t.say(f"{y.year}年度{what}{t.money(y.now.fiscal(Pot.CAPITAL), what)}。")


def _three(t: Teller, y: FinalYear) -> None:
    now, plan = y.now.three, y.planned.three
    t.head(3, "（一）", "“三公”经费财政拨款支出决算总体情况说明")
    what = "“三公”经费财政拨款支出"
    if not plan.total and not now.total:
        t.say(f"{y.year}年度没有安排“三公”经费预算，也没有发生“三公”经费支出。")
        return
    t.say(
        f"{y.year}年度{what}预算为{t.money(plan.total, what, 'budget')}，支出决算为"
        f"{t.money(now.total, what)}，完成预算的"
        f"{t.rate(now.total, plan.total, what, 'completion', '预算')}。"
    )
    t.head(3, "（二）", "“三公”经费财政拨款支出决算具体情况说明")
    _one_cost(t, 1, "因公出国（境）费", now.abroad, plan.abroad)
    _one_cost(t, 2, "公务用车购置及运行维护费", now.vehicles, plan.vehicles)
    for name, spent, planned in (
        ("公务用车购置费", now.purchase, plan.purchase),
        ("公务用车运行维护费", now.running, plan.running),
    ):
        if spent or planned:
            _one_cost(t, 0, name, spent, planned)
    _one_cost(t, 3, "公务接待费", now.reception, plan.reception)
    if now.reception:
        e = y.now.extras
        t.say(
            f"{y.year}年共接待国内来访{t.count(e.batches, '批次', '国内公务接待')}、"
            f"{t.count(e.guests, '人次', '国内公务接待')}。"
        )


def _one_cost(t: Teller, n: int, name: str, now: int, plan: int) -> None:
    number = f"{n}." if n else "其中："
    if not now and not plan:
        t.say(f"{number}{name}无预算安排，无支出。")
        return
    text = f"{number}{name}预算为{t.money(plan, name, 'budget')}，支出决算为{t.money(now, name)}"
    if plan:
        text += f"，完成预算的{t.rate(now, plan, name, 'completion', '预算')}"
    t.say(text + "。")


def _running(t: Teller, y: FinalYear) -> None:
    if not y.body.kind.public:
        t.say(f"{y.body.name}为事业单位，无机关运行经费支出。")
        return
    now, plan, what = y.now.public, y.planned.public, "机关运行经费"
    t.say(
        f"{y.year}年度{y.body.name}{what}支出{t.money(now, what)}，比年初预算数"
        f"{t.change(now, plan, what, '年初预算')}。"
    )


def _procurement(t: Teller, y: FinalYear) -> None:
    e = y.now.extras
    total = e.goods + e.works + e.services
    parts = {
        "政府采购货物支出": e.goods,
        "政府采购工程支出": e.works,
        "政府采购服务支出": e.services,
    }
    listed = "、".join(f"{name}{t.money(value, name)}" for name, value in parts.items())
    small, micro = "授予中小企业合同金额", "授予小微企业合同金额"
    share = t.rate(e.to_small, total, small, "share", "政府采购支出总额")
    share_of_small = t.rate(e.to_micro, e.to_small, micro, "share", small)
    t.say(
        f"{y.year}年度政府采购支出总额{t.money(total, '政府采购支出总额')}，其中：{listed}。"
        f"{small}{t.money(e.to_small, small)}，占政府采购支出总额的{share}，其中：{micro}"
        f"{t.money(e.to_micro, micro)}，占{small}的{share_of_small}。"
    )


def _assets(t: Teller, y: FinalYear) -> None:
    e = y.now.extras
    t.say(
        f"截至{y.year}年12月31日，{y.body.name}共有车辆{t.count(e.vehicles, '辆', '车辆')}；"
        f"单价100万元（含）以上设备{t.count(e.devices, '台（套）', '单价100万元（含）以上设备')}。"
    )


def _performance(t: Teller, y: FinalYear) -> None:
    e, project = y.now.extras, sum(i.project for i in y.now.of(Pot.GENERAL))
    t.head(3, "（一）", "预算绩效管理工作开展情况")
    t.say(
        f"{y.body.name}组织对{y.year}年度项目支出开展绩效自评，共涉及"
        f"{t.count(e.projects, '个', '绩效自评项目')}项目，资金{t.money(project, '绩效自评资金')}，"
        f"平均得分{e.score / 100:.2f}分。"
    )
    t.head(3, "（二）", "绩效自评结果")
    good, bad, next_ = (
        t.chance.choice(p) for p in (phrases().achievements, phrases().problems, phrases().measures)
    )
    t.say(f"主要产出和效益：{good}。发现的问题：{bad}。下一步改进措施：{next_}。")
