"""What the staff desk says, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass

from qa.audit import Severity
from qa.ingestion import State
from qa.web.feedback import Rating
from qa.web.feedback import State as Fate
from qa.web.words import Language


@dataclass(frozen=True, slots=True)
class DeskWords:
    """Every word of the desk in one language; what the chat page says too is in `Words`."""

    language: Language
    desk: str
    other_language: str
    to_chat: str
    # signing in
    name: str
    password: str
    sign_in: str
    sign_out: str
    wrong: str
    off: str
    # tabs
    search: str
    tables: str
    reader: str
    intake: str
    audit: str
    inbox: str
    explain: str
    usage: str
    # search
    words: str
    words_hint: str
    body: str
    year: str
    kind: str
    statement: str
    statement_hint: str
    account: str
    account_hint: str
    least: str
    most: str
    own_unit: str
    any: str
    find: str
    texts: str
    cells: str
    no_texts: str
    no_cells: str
    ask_cells: str
    export_cells: str
    previous: str
    following: str
    cell_heads: tuple[str, ...]
    passage: str
    row: str
    blank: str
    # tables and reader
    report: str
    table: str
    download: str
    no_report: str
    no_tables: str
    outline: str
    # intake
    files: str
    replaced: str
    replaced_hint: str
    nothing_replaced: str
    read: str
    reading: str
    states: dict[State, str]
    counted: str
    too_large: str
    wrong_type: str
    taken_out: str
    held: str
    held_heads: tuple[str, ...]
    remove: str
    removing: str
    sure: str
    not_sure: str
    removed: str
    choose_files: str
    # audit
    severities: dict[Severity, str]
    clean: str
    found: str
    # inbox
    rating: str
    fate: str
    ratings: dict[Rating, str]
    fates: dict[Fate, str]
    keep: str
    dismiss: str
    reopen: str
    empty_inbox: str
    export_gold: str
    refresh: str
    # explain
    question: str
    earlier: str
    earlier_hint: str
    ask: str
    plan: str
    steps: str
    no_plan: str
    all_reports: str
    # usage
    figures: dict[str, str]
    since: str


CHINESE = DeskWords(
    language="zh",
    desk="决问 工作台",
    other_language="English",
    to_chat="问答页",
    name="用户名",
    password="密码",
    sign_in="登录",
    sign_out="退出",
    wrong="用户名或密码不对；连续失败后请等一分钟再试。",
    off="工作台没有启用：管理员还没有设置可以登录的用户（JUEWEN_DESK_USERS）。",
    search="查找",
    tables="表格",
    reader="阅读",
    intake="收录",
    audit="审核",
    inbox="意见",
    explain="解释",
    usage="用量",
    words="查找内容",
    words_hint="文字、科目或问题，例如：办公用房 租金",
    body="单位",
    year="年度",
    kind="类型",
    statement="报表",
    statement_hint="表号或表名的一部分",
    account="科目",
    account_hint="名称的一部分或编码",
    least="金额不小于",
    most="金额不大于",
    own_unit="按各表自己的单位",
    any="不限",
    find="查找",
    texts="段落与表行",
    cells="单元格",
    no_texts="没有找到相符的段落或表行。",
    no_cells="没有找到相符的单元格。",
    ask_cells="填写报表、科目或金额，可列出单元格。",
    export_cells="导出这些单元格（CSV）",
    previous="上一页",
    following="下一页",
    cell_heads=("单位 · 年度", "报表", "科目", "栏目", "数值"),
    passage="段落",
    row="表行",
    blank="（空）",
    report="报告",
    table="表格",
    download="下载 {format}",
    no_report="还没有收录报告。",
    no_tables="这份报告里没有读到表格。",
    outline="目录",
    files="可读入 PDF、Word、Excel、CSV、网页和文本文件；读不成的会说明原因，库中原有的不受影响。",
    replaced="替换哪一份",
    replaced_hint="读入成功后，原来的那一份将被移除",
    nothing_replaced="不替换，作为新报告收录",
    read="选择文件并读入",
    reading="正在读取 {name}（{number}/{count}）…",
    states={
        State.ADDED: "已收录",
        State.REPLACED: "已更新",
        State.UNCHANGED: "内容相同，已在库中",
        State.MERGED: "已并入库中的同一份报告",
        State.COPY: "与库中的一份相同，不重复收录",
        State.FAILED: "没有读成",
    },
    counted="{sections} 个标题，{tables} 张表，{facts} 格有值，{unsolved} 个未定栏，{seconds} 秒",
    too_large="文件超过 {limit} MB",
    wrong_type="不是可以读取的文件类型",
    taken_out="已移除被替换的 {report}",
    held="已收录的报告",
    held_heads=("报告", "单位", "年度", "类型", "表", "单元格", "未定栏"),
    remove="移除",
    removing="移除哪一份",
    sure="确认移除，移除后问答不再引用它",
    not_sure="请先勾选确认。",
    removed="已移除 {report}。",
    choose_files="请先选择文件。",
    severities={Severity.ERROR: "错误", Severity.WARNING: "存疑", Severity.NOTE: "提示"},
    clean="没有发现自相矛盾之处。",
    found="发现 {count} 处自相矛盾",
    rating="评价",
    fate="处理",
    ratings={Rating.UP: "有帮助", Rating.DOWN: "有问题"},
    fates={Fate.OPEN: "未处理", Fate.KEPT: "留作题目", Fate.DISMISSED: "不采用"},
    keep="留作题目",
    dismiss="不采用",
    reopen="放回未处理",
    empty_inbox="没有这样的意见。",
    export_gold="导出题目（JSONL）",
    refresh="刷新",
    question="问题",
    earlier="前面问过的",
    earlier_hint="每行一问，最早的在上",
    ask="提问并解释",
    plan="理解成了什么",
    steps="用时（毫秒）",
    no_plan="这个引擎不提供解释。",
    all_reports="全部报告",
    figures={
        "reports": "报告",
        "bodies": "单位",
        "tables": "表格",
        "facts": "单元格",
        "open_cells": "未定栏的数",
        "answers": "收到的问题",
        "answered": "答出",
        "clarify": "反问",
        "refused": "报告没有说",
        "zh": "中文提问",
        "en": "英文提问",
        "failures": "没有处理成功",
        "milliseconds": "引擎平均用时（毫秒）",
        "waiting": "正在处理",
        "conversations": "进行中的对话",
        "up": "有帮助",
        "down": "有问题",
        "open": "未处理的意见",
    },
    since="自服务启动以来",
)

ENGLISH = DeskWords(
    language="en",
    desk="Juewen staff desk",
    other_language="中文",
    to_chat="Chat page",
    name="User name",
    password="Password",
    sign_in="Sign in",
    sign_out="Sign out",
    wrong="Name or password is wrong; after several failures please wait a minute.",
    off="The staff desk is off: no user who may sign in is configured (JUEWEN_DESK_USERS).",
    search="Search",
    tables="Tables",
    reader="Read",
    intake="Ingest",
    audit="Audit",
    inbox="Feedback",
    explain="Explain",
    usage="Usage",
    words="Look for",
    words_hint="Words, an account or a question",
    body="Body",
    year="Year",
    kind="Kind",
    statement="Statement",
    statement_hint="Part of its number or title",
    account="Account",
    account_hint="Part of its name, or its code",
    least="Amount at least",
    most="Amount at most",
    own_unit="In each table’s own unit",
    any="Any",
    find="Search",
    texts="Passages and rows",
    cells="Cells",
    no_texts="No passage or row suits this.",
    no_cells="No cell suits this.",
    ask_cells="Give a statement, an account or an amount to list cells.",
    export_cells="Export these cells (CSV)",
    previous="Previous",
    following="Next",
    cell_heads=("Body · year", "Statement", "Account", "Column", "Value"),
    passage="Passage",
    row="Row",
    blank="(blank)",
    report="Report",
    table="Table",
    download="Download {format}",
    no_report="No report is held yet.",
    no_tables="No table was read in this report.",
    outline="Contents",
    files="PDF, Word, Excel, CSV, HTML and text files; one that cannot be read is named with "
    "the reason, and what is held stays as it is.",
    replaced="In place of",
    replaced_hint="Once the new one has been read, the old one is removed",
    nothing_replaced="None: hold it as a new report",
    read="Choose files and read",
    reading="Reading {name} ({number}/{count})…",
    states={
        State.ADDED: "Added",
        State.REPLACED: "Updated",
        State.UNCHANGED: "Same content, held already",
        State.MERGED: "Added to the report it is part of",
        State.COPY: "A copy of what is held; not held twice",
        State.FAILED: "Could not be read",
    },
    counted="{sections} headings, {tables} tables, {facts} values, {unsolved} open, {seconds} s",
    too_large="Larger than {limit} MB",
    wrong_type="Not a type of file that can be read",
    taken_out="The replaced {report} has been removed",
    held="Reports held",
    held_heads=("Report", "Body", "Year", "Kind", "Tables", "Cells", "Undecided"),
    remove="Remove",
    removing="Remove which",
    sure="Yes, remove it; answers will no longer cite it",
    not_sure="Please tick the confirmation first.",
    removed="{report} has been removed.",
    choose_files="Please choose files first.",
    severities={Severity.ERROR: "Error", Severity.WARNING: "Doubt", Severity.NOTE: "Note"},
    clean="No contradiction was found.",
    found="{count} contradictions found",
    rating="Rating",
    fate="State",
    ratings={Rating.UP: "Helpful", Rating.DOWN: "Not right"},
    fates={Fate.OPEN: "Open", Fate.KEPT: "Kept as gold", Fate.DISMISSED: "Dismissed"},
    keep="Keep as gold",
    dismiss="Dismiss",
    reopen="Open again",
    empty_inbox="No such feedback.",
    export_gold="Export gold candidates (JSONL)",
    refresh="Refresh",
    question="Question",
    earlier="Asked before",
    earlier_hint="One a line, the oldest first",
    ask="Ask and explain",
    plan="What it was understood as",
    steps="Time (ms)",
    no_plan="This engine does not explain itself.",
    all_reports="All reports",
    figures={
        "reports": "Reports",
        "bodies": "Bodies",
        "tables": "Tables",
        "facts": "Cells",
        "open_cells": "Undecided values",
        "answers": "Questions put",
        "answered": "Answered",
        "clarify": "Asked back",
        "refused": "Report does not say",
        "zh": "In Chinese",
        "en": "In English",
        "failures": "Failed",
        "milliseconds": "Mean engine time (ms)",
        "waiting": "Under way",
        "conversations": "Conversations held",
        "up": "Helpful",
        "down": "Not right",
        "open": "Open feedback",
    },
    since="Since the server started",
)


def desk_words(language: Language) -> DeskWords:
    """The desk's words in one language."""
    return CHINESE if language == "zh" else ENGLISH
