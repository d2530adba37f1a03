"""Made-up final accounts: a consistent year, the statements it gives, and their flattened print."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal

Cells = list[Decimal | None]
CLASSES = [
    "一般公共服务支出",
    "外交支出",
    "国防支出",
    "公共安全支出",
    "教育支出",
    "科学技术支出",
    "文化旅游体育与传媒支出",
    "社会保障和就业支出",
    "卫生健康支出",
    "节能环保支出",
    "城乡社区支出",
    "农林水支出",
    "住房保障支出",
    "其他支出",
]
NUMERALS = "一二三四五六七八九十"


@dataclass
class Account:
    """One 项 and what it received and spent, in the table's unit."""

    code: str
    general: tuple[Decimal, Decimal]  # basic, project
    fund: tuple[Decimal, Decimal]
    own: tuple[Decimal, Decimal]  # paid from business income
    operating: Decimal


@dataclass
class Year:
    accounts: list[Account]
    opening: Decimal
    digits: int = 2
    tables: dict[str, list[tuple[str, str, Cells]]] = field(default_factory=dict)


def make_year(seed: int, *, funds: bool = True, own: bool = True, size: int = 4) -> Year:
    """A year of 2 to `size` classes with a few accounts each; every sum of every table holds."""
    chance = random.Random(seed)

    def money(likely: float) -> Decimal:
        if chance.random() > likely:
            return Decimal(0)
        return Decimal(chance.choice([chance.randint(1, 99), chance.randint(100, 900000)])) / 100

    accounts = []
    for place in sorted(chance.sample(range(len(CLASSES)), chance.randint(2, size))):
        for part in sorted(chance.sample(range(1, 9), chance.randint(1, 2))):
            for item in sorted(chance.sample(range(1, 99), chance.randint(1, 3))):
                accounts.append(
                    Account(
                        f"2{place + 1:02d}{part:02d}{item:02d}",
                        (money(0.8), money(0.4)),
                        (money(0.1 * funds), money(0.3 * funds)),
                        (money(0.3 * own), money(0.3 * own)),
                        money(0.2 * own),
                    )
                )
    year = Year(accounts, money(0.5))
    _fill(year)
    return year


def _sum(values: list[Decimal]) -> Decimal:
    return sum(values, Decimal(0))


def _fill(year: Year) -> None:
    year.tables["spending"] = _by_account(year, _spending)
    year.tables["general"] = _by_account(year, _general)
    year.tables["fund"] = _by_account(year, _fund)
    year.tables["income"] = _by_account(year, _income)


def _spending(a: Account) -> Cells:
    basic = a.general[0] + a.fund[0] + a.own[0]
    project = a.general[1] + a.fund[1] + a.own[1]
    return [basic + project + a.operating, basic, project, Decimal(0), a.operating, Decimal(0)]


def _general(a: Account) -> Cells:
    return [a.general[0] + a.general[1], a.general[0], a.general[1]]


def _fund(a: Account) -> Cells:
    spent = a.fund[0] + a.fund[1]
    return [Decimal(0), spent, spent, a.fund[0], a.fund[1], Decimal(0)]


def _income(a: Account) -> Cells:
    fiscal = sum(a.general) + sum(a.fund)
    business = sum(a.own)
    total = fiscal + business + a.operating
    return [total, fiscal, Decimal(0), business, a.operating, Decimal(0), Decimal(0)]


def _by_account(year: Year, cells) -> list[tuple[str, str, Cells]]:
    """合计, 类, 款, 项 rows as (code, label, cells); rows of nothing are left out."""
    rows = {"": list(year.accounts)}
    for account in year.accounts:
        for length in (3, 5, 7):
            rows.setdefault(account.code[:length], []).append(account)
    table = []
    for code in sorted(rows):
        columns = zip(*[cells(a) for a in rows[code]], strict=True)
        sums = [_sum(list(column)) or None for column in columns]
        if any(sums) or not code:
            table.append((code, label_of(code), sums))
    return table


def label_of(code: str) -> str:
    if not code:
        return "合计"
    name = CLASSES[int(code[1:3]) - 1]
    stem = name.removesuffix("支出")
    return (
        name
        if len(code) == 3
        else f"{stem}事务{'甲乙丙丁戊己庚辛'[int(code[3:5]) - 1]}"
        + ("" if len(code) == 5 else f"款{int(code[5:])}号项目".translate(_SPELLED))
    )


_SPELLED = str.maketrans("0123456789", "零一二三四五六七八九")


def shown(value: Decimal | None, *, grouped: bool = True) -> str:
    if value is None:
        return ""
    return f"{value:,.2f}" if grouped else f"{value:.2f}"


def print_flat(year: Year, *, grouped: bool = True) -> list[str]:
    """The statements as a printer flattens them: no blanks, no positions."""
    lines = ["第二部分 某某局2031年度部门决算表"]
    lines += _print_sides(year, grouped)
    for key in ("income", "spending"):
        lines += _print_accounts(year, key, grouped)
    lines += _print_fiscal(year, grouped)
    for key in ("general", "fund"):
        lines += _print_accounts(year, key, grouped)
    return [*lines, "第三部分 某某局2031年度部门决算情况说明"]


_HEADERS = {
    "income": (
        "收入决算表",
        "公开02表",
        "项目|本年收入合计 财政拨款收入|上级补|助收入|事业收|入|经营收|入|附属单位"
        "|上缴收入|其他收|入|科目名称|类 款 项|栏次 1 2 3 4 5 6 7",
        "1栏各行＝（2＋3＋4＋5＋6＋7）栏各行。",
    ),
    "spending": (
        "支出决算表",
        "公开03表",
        "项目|本年支出合计 基本支出 项目支出|上缴上|级支出|经营支|出|对附属|单位补|助支出"
        "|科目名称|类 款 项|栏次 1 2 3 4 5 6",
        "1栏各行＝（2＋3＋4＋5＋6）栏各行。",
    ),
    "general": (
        "一般公共预算财政拨款支出决算表",
        "公开05表",
        "项目 本年支出|科目名称 小计 基本支出 项目支出|类 款 项|栏次 1 2 3",
        "1栏各行＝（2＋3）栏各行。",
    ),
    "fund": (
        "政府性基金预算财政拨款收入支出决算表",
        "公开07表",
        "项目|年初结转和|结余|本年收入|本年支出|年末结转|和结余"
        "|科目名称 小计 基本支出 项目支出|类 款 项|栏次 1 2 3 4 5 6",
        "6栏各行＝（1＋2－3）栏各行；3栏各行＝（4＋5）栏各行。",
    ),
}


def _title(name: str, number: str) -> list[str]:
    return [f"2031年度{name}", number, "单位：某某局 单位：万元"]


def _print_accounts(year: Year, key: str, grouped: bool) -> list[str]:
    name, number, header, note = _HEADERS[key]
    lines = [*_title(name, number), *header.split("|")]
    for code, label, cells in year.tables[key]:
        values = [shown(v, grouped=grouped) for v in cells if v is not None]
        lines.append(" ".join([*([code] if code else []), label, *values]))
    return [*lines, "注：本表反映单位本年度情况。", note]


def _classes(year: Year, cells) -> dict[str, Cells]:
    table = {label: row for code, label, row in _by_account(year, cells) if len(code) == 3}
    return {name: table.get(name, []) for name in CLASSES}


def _print_sides(year: Year, grouped: bool) -> list[str]:
    income = dict(zip("tgsboax", _by_account(year, _income)[0][2], strict=True))
    general = _sum([sum(a.general) for a in year.accounts])
    fund = _sum([sum(a.fund) for a in year.accounts])
    outlay = {name: row[:1] for name, row in _classes(year, _spending).items()}
    total = _by_account(year, _spending)[0][2][0] or Decimal(0)
    grand = total + year.opening
    left = [
        ("一、一般公共预算财政拨款收入", [general]),
        ("二、政府性基金预算财政拨款收入", [fund]),
        ("三、国有资本经营预算财政拨款收入", []),
        ("四、上级补助收入", []),
        ("五、事业收入", [income["b"]]),
        ("六、经营收入", [income["o"]]),
        ("七、附属单位上缴收入", []),
        ("八、其他收入", []),
    ]
    ends = [
        (("本年收入合计", [total]), ("本年支出合计", [total])),
        (("使用非财政拨款结余", []), ("结余分配", [])),
        (("年初结转和结余", [year.opening]), ("年末结转和结余", [year.opening])),
        (("总计", [grand]), ("总计", [grand])),
    ]
    lines = [*_title("收入支出决算总表", "公开01表"), "收入 支出"]
    lines += ["项目 行次 金额 项目 行次 金额", "栏次 1 栏次 2"]
    return [*lines, *_print_pairs(left, outlay, ends, grouped), "注：本表反映收支情况。"]


def _print_fiscal(year: Year, grouped: bool) -> list[str]:
    def fiscal(a: Account) -> Cells:
        general, fund = sum(a.general), sum(a.fund)
        return [general + fund, general, fund, Decimal(0)]

    totals = _by_account(year, fiscal)[0][2]
    left = [
        ("一、一般公共预算财政拨款", [totals[1]]),
        ("二、政府性基金预算财政拨款", [totals[2]]),
        ("三、国有资本经营预算财政拨款", []),
    ]
    ends = [
        (("本年收入合计", [totals[0]]), ("本年支出合计", totals)),
        (("年初财政拨款结转和结余", []), ("年末财政拨款结转和结余", [])),
        (("一般公共预算财政拨款", []), ("", [])),
        (("政府性基金预算财政拨款", []), ("", [])),
        (("国有资本经营预算财政拨款", []), ("", [])),
        (("总计", [totals[0]]), ("总计", totals)),
    ]
    lines = [*_title("财政拨款收入支出决算总表", "公开04表"), "收 入 支 出"]
    lines += ["项目", "行", "次", "决算数 项目", "行", "次", "决算数", "合计", "一般公共"]
    lines += ["预算财政", "拨款", "政府", "性基", "金预", "算财", "政拨", "款", "国有", "资本"]
    lines += ["经营", "预算", "财政", "拨款", "栏次 1 栏次 2 3 4 5"]
    pairs = _print_pairs(left, _classes(year, fiscal), ends, grouped)
    return [*lines, *pairs, "注：本表反映财政拨款收支情况。"]


def _print_pairs(left, outlay, ends, grouped: bool) -> list[str]:
    names = list(outlay)
    size = len(names) + len(ends)
    lines = []
    for i in range(size):
        if i < len(names):
            receipt = left[i] if i < len(left) else ("", [])
            paid = (
                f"{NUMERALS[i] if i < 10 else '十' + NUMERALS[i - 10]}、{names[i]}",
                outlay[names[i]],
            )
        else:
            receipt, paid = ends[i - len(names)]
        parts = [receipt[0], str(i + 1), *[shown(v, grouped=grouped) for v in receipt[1] if v]]
        parts += [paid[0], str(i + 1 + size), *[shown(v, grouped=grouped) for v in paid[1] if v]]
        lines.append(" ".join(part for part in parts if part))
    return lines
