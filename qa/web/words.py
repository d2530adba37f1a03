"""What the page says, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.model import Kind, Placement
from qa.answer import CheckedBy
from qa.web.charts import Shape

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Words:
    """Every word of the page in one language."""

    tagline: str
    promise: str
    other_language: str
    placeholder: str
    send: str
    thinking: str
    failed: str
    too_long: str
    sources: str
    more_sources: str
    derivation: str
    operands: tuple[str, str, str]
    suggestions: str
    choices: str
    unanswered: str
    close: str
    page: str
    unit: str
    notes: str
    blank: str
    item: str
    code: str
    line: str
    not_found: str
    holds: str
    empty_store: str
    all_reports: str
    scope: str
    welcome: str
    promises: tuple[tuple[str, str], ...]
    try_asking: str
    examples: tuple[str, ...]
    badges: dict[CheckedBy, str]
    explained: dict[CheckedBy, str]
    kinds: dict[Kind, str]
    placed: dict[Placement, str]
    unplaced: str
    checks: str
    you: str
    more: str
    find_report: str
    charts: dict[Shape, str]
    behind: str
    budget_and_actual: tuple[str, str]
    copy: str
    copied: str
    share: str
    shared: str
    helpful: str
    unhelpful: str
    comment: str
    comment_hints: tuple[str, str]
    send_comment: str
    thanks: str
    follow_ups: tuple[str, ...]
    actions: str


CHINESE = Words(
    tagline="问得清楚，答有出处",
    promise="回答预算、决算公开报告的问题；每个数字都与报告的表格核对过。",
    other_language="English",
    placeholder="想知道哪笔钱？",
    send="提问",
    thinking="正在查表核对…",
    failed="抱歉，这个问题没有处理成功，请换个说法再试一次。",
    too_long="问题太长了，请控制在 {limit} 字以内。",
    sources="出处",
    more_sources="其余 {count} 处出处",
    derivation="怎么算的",
    operands=("项目", "数值", "出处"),
    suggestions="还可以问",
    choices="请选择",
    unanswered="报告没有说",
    close="关闭",
    page="第 {page} 页",
    unit="单位：{unit}",
    notes="注",
    blank="此格在报告中为空",
    item="项目",
    code="科目编码",
    line="行次",
    not_found="没有在已收录的报告里找到这处原文。",
    holds="已收录 {count} 份报告",
    empty_store="还没有收录报告。先运行 juewen ingest 读入报告文件。",
    all_reports="全部报告",
    scope="只在所选报告中查找",
    welcome="您好，请问想了解哪方面的收支？",
    promises=(
        ("数字都核对", "每个数字都在报告的表格里查到，或由表中数字重新算出。"),
        ("句句有出处", "点开出处，看到报告原文、原表和那一格。"),
        ("没有就说没有", "报告没写的，直接告诉您，不猜。"),
    ),
    try_asking="可以这样问",
    examples=(
        "全年总收入和总支出各是多少？",
        "三公经费花了多少？",
        "哪一项支出最多，占多少？",
        "支出比上年为什么变化？",
        "这份报告有没有自相矛盾的地方？",
    ),
    badges={
        CheckedBy.TABLE: "表",
        CheckedBy.COMPUTED: "算",
        CheckedBy.PROSE: "文",
        CheckedBy.CONFLICT: "矛盾",
    },
    explained={
        CheckedBy.TABLE: "与报告表格中的单元格一致。",
        CheckedBy.COMPUTED: "由报告中的数字重新计算得出，算式见“怎么算的”。",
        CheckedBy.PROSE: "只有报告的文字说明提到这个数，表格中没有可以核对的单元格。",
        CheckedBy.CONFLICT: "报告中有两处说法不一致，两处都列在出处里。",
    },
    kinds={Kind.FINAL: "决算", Kind.BUDGET: "预算", Kind.OTHER: "报告"},
    placed={
        Placement.CELL: "按文件中的单元格读取",
        Placement.GEOMETRY: "按页面位置读取",
        Placement.ORDER: "按行内顺序读取",
        Placement.IDENTITIES: "原文丢失空格，按表内勾稽关系确定所在栏",
        Placement.PROSE: "原文丢失空格，按文字说明确定所在栏",
        Placement.OPEN: "原文丢失空格，所在栏无法确定",
    },
    unplaced="未能确定所在栏的数：{values}",
    checks="本表勾稽关系：{holds} 条成立，{fails} 条不成立，{untried} 条无法核对",
    you="您",
    more="全部 {count} 份",
    find_report="按名称或年度筛选",
    charts={
        Shape.TREND: "历年变化",
        Shape.BODIES: "各家对比",
        Shape.PARTS: "构成",
        Shape.SHARE: "占比",
        Shape.BUDGET: "预算与决算",
        Shape.ITEMS: "金额对比",
    },
    behind="图中的数字",
    budget_and_actual=("预算", "决算"),
    copy="复制",
    copied="已复制答案和出处",
    share="分享",
    shared="链接已复制，打开即可看到这一问",
    helpful="有帮助",
    unhelpful="有问题",
    comment="想补充什么？（可不填）",
    comment_hints=("哪里有帮助", "哪里不对，正确的应是什么"),
    send_comment="提交",
    thanks="谢谢，已收到您的意见。",
    follow_ups=("比上年变化多少？", "占支出合计多少？", "为什么？", "和年初预算相比呢？"),
    actions="对这个回答",
)

ENGLISH = Words(
    tagline="Clear questions, answers with an address",
    promise="Answers about published budgets and final accounts; every number checked "
    "against the report’s own tables.",
    other_language="中文",
    placeholder="Which money?",
    send="Ask",
    thinking="Looking it up in the tables…",
    failed="Sorry, this question could not be processed. Please try other words.",
    too_long="The question is too long; please keep it under {limit} characters.",
    sources="Sources",
    more_sources="More sources ({count})",
    derivation="How it was computed",
    operands=("Item", "Value", "Source"),
    suggestions="You could also ask",
    choices="Please choose",
    unanswered="The report does not say",
    close="Close",
    page="p. {page}",
    unit="Unit: {unit}",
    notes="Notes",
    blank="The report leaves this cell blank",
    item="Item",
    code="Code",
    line="Line",
    not_found="This passage was not found in the reports held.",
    holds="Reports held: {count}",
    empty_store="No report is held yet. Run juewen ingest to read report files.",
    all_reports="All reports",
    scope="Look in the chosen report only",
    welcome="Hello. What would you like to know about the money?",
    promises=(
        ("Numbers are checked", "Each is found in the report’s tables or recomputed from them."),
        ("Sentences have addresses", "Open a source to see the text, the table and the cell."),
        ("Silence is admitted", "If the report does not say, you are told so."),
    ),
    try_asking="Try asking",
    examples=(
        "What were total income and total expenditure?",
        "How much was spent on the 三公 items?",
        "Which expenditure item is the largest, and its share?",
        "Why did expenditure change from last year?",
        "Does this report contradict itself anywhere?",
    ),
    badges={
        CheckedBy.TABLE: "table",
        CheckedBy.COMPUTED: "computed",
        CheckedBy.PROSE: "prose",
        CheckedBy.CONFLICT: "conflict",
    },
    explained={
        CheckedBy.TABLE: "Equals a cell of the report’s tables.",
        CheckedBy.COMPUTED: "Recomputed from the report’s figures; see how below.",
        CheckedBy.PROSE: "Only a sentence of the report says so; no table cell confirms it.",
        CheckedBy.CONFLICT: "Two places in the report disagree; both are among the sources.",
    },
    kinds={Kind.FINAL: "final account", Kind.BUDGET: "budget", Kind.OTHER: "report"},
    placed={
        Placement.CELL: "read from a cell of the file",
        Placement.GEOMETRY: "read by its position on the page",
        Placement.ORDER: "read by its order in the row",
        Placement.IDENTITIES: "blanks were lost; its column follows from the table’s sums",
        Placement.PROSE: "blanks were lost; its column follows from the report’s text",
        Placement.OPEN: "blanks were lost; its column stays undecided",
    },
    unplaced="Values whose column stays undecided: {values}",
    checks="Sums of this table: {holds} hold, {fails} fail, {untried} could not be tried",
    you="You",
    more="All {count}",
    find_report="Filter by name or year",
    charts={
        Shape.TREND: "Over the years",
        Shape.BODIES: "Side by side",
        Shape.PARTS: "What it consists of",
        Shape.SHARE: "Share",
        Shape.BUDGET: "Budget and outturn",
        Shape.ITEMS: "Amounts compared",
    },
    behind="The numbers behind it",
    budget_and_actual=("Budget", "Outturn"),
    copy="Copy",
    copied="Answer and sources copied",
    share="Share",
    shared="Link copied; it opens and asks this",
    helpful="Helpful",
    unhelpful="Not right",
    comment="Anything to add? (optional)",
    comment_hints=("What helped", "What is wrong, and what would be right"),
    send_comment="Send",
    thanks="Thank you, noted.",
    follow_ups=(
        "How much did it change from last year?",
        "What share of total expenditure is it?",
        "Why?",
        "And compared with the budget?",
    ),
    actions="About this answer",
)


def words(language: Language) -> Words:
    """The page's words in one language."""
    return CHINESE if language == "zh" else ENGLISH
