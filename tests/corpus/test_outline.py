from time import perf_counter

from corpus.layout import Line, Word
from corpus.outline import Outline, TableSpan, build_outline


def outline(text: str, tables: tuple[TableSpan, ...] = ()) -> Outline:
    lines = [line for line in text.splitlines() if line.strip()]
    return build_outline([Line(line.strip()) for line in lines], tables)


def headings(tree: Outline) -> list[tuple[int, str]]:
    return [(section.level, section.number + section.title) for section in tree.sections]


WRAPPED = """
第一部分 甲市乙局丙经济技术开发区
（丁区）社会保险
管理处概况
一、单位主要职能
甲市乙局丙经济技术开发区（丁区）社会保险管理处的主
要职责是：承担辖区范围内用人单位的经办服务工作；承
办上级交办的其他事项。
第二部分 情况说明
一、收入支出决算总体情况说明
2023年度收、支总计1,587.74万元。与2022年度相比，
收、支总计各减少166.07万元，下降9.5%，主要原因是人
员减少。
（一）一般公共预算财政拨款支出决算具体情况
2023年度支出决算为1,587.74万元。其中：
1.社会保障和就业支出（类）人力资源和社会保障管理
事务（款）行政运行（项）。年初预算为895.06万元，支出
决算为832.84万元，完成年初预算的93%。
2.社会保障和就业支出（类）行政事业单位养老支出
（款）行政单位离退休（项）。年初预算为14.71万元，支
出决算为13.73万元。
二、机关运行经费支出说明
机关运行经费支出122.25万元。
"""


def test_headings_over_several_lines_and_numbered_accounts_make_the_tree() -> None:
    assert headings(outline(WRAPPED)) == [
        (1, "第一部分甲市乙局丙经济技术开发区（丁区）社会保险管理处概况"),
        (2, "一、单位主要职能"),
        (1, "第二部分情况说明"),
        (2, "一、收入支出决算总体情况说明"),
        (3, "（一）一般公共预算财政拨款支出决算具体情况"),
        (4, "1.社会保障和就业支出（类）人力资源和社会保障管理事务（款）行政运行（项）"),
        (4, "2.社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）"),
        (2, "二、机关运行经费支出说明"),
    ]


def test_broken_lines_are_rejoined_one_passage_a_paragraph() -> None:
    tree = outline(WRAPPED)
    assert tree.passages[0].text == (
        "甲市乙局丙经济技术开发区（丁区）社会保险管理处的主要职责是：承担辖区范围内用人单位的"
        "经办服务工作；承办上级交办的其他事项。"
    )
    account = tree.passages[3]
    assert account.text.startswith("1.社会保障和就业支出（类）")
    assert account.text.endswith("完成年初预算的93%。")
    assert tree.sections[account.section].number == "1."


def test_blanks_stay_between_latin_words_only() -> None:
    tree = outline("一、说明\n使用微信公众号和 QQ\n群，依据 Open Budget\nSurvey 评价。\n")
    assert tree.passages[0].text == "使用微信公众号和QQ群，依据Open Budget Survey评价。"


def test_contents_do_not_become_sections() -> None:
    text = """
    某局2024年度部门决算
    目 录
    第一部分 概况
    一、主要职能 …………………………… 3
    第二部分 名词解释
    第一部分 概况
    一、主要职能
    负责某事。
    第二部分 名词解释
    一、基本支出：指为保障机构正常运转而发生的支出。
    """
    tree = outline(text)
    assert tree.cover == ("某局2024年度部门决算",)
    assert headings(tree) == [
        (1, "第一部分概况"),
        (2, "一、主要职能"),
        (1, "第二部分名词解释"),
        (2, "一、基本支出"),
    ]


def test_a_list_of_names_is_no_list_of_sections() -> None:
    tree = outline(
        "一、机构设置\n具体包括：\n1.办公室\n2.法规处\n3.某中心（本部）。\n二、名词解释\n略。"
    )
    assert headings(tree) == [(1, "一、机构设置"), (1, "二、名词解释")]
    assert [passage.text for passage in tree.passages][1:4] == [
        "1.办公室",
        "2.法规处",
        "3.某中心（本部）。",
    ]


def test_page_titles_without_numbers_open_parts_and_so_do_tables_between_them() -> None:
    blocks = [
        _at("某局主要职能", 1, 200, 300),
        _at("某局是主管某事的部门，负责全区的某事工作和其他有关工作，承担上级交办", 1, 40, 460),
        _at("的任务。", 1, 20, 80),
        _at("名词解释", 2, 220, 280),
        _at("（一）事业收入：指开展业务活动取得的收入。", 2, 40, 300),
        _at("2025年部门收入预算总表", 3, 180, 320),
        _at("合计 100", 3, 20, 460),
        _at("其他相关情况说明", 4, 200, 300),
        _at("一、机关运行经费预算", 4, 40, 180),
        _at("机关运行经费预算为464.64万元。", 4, 40, 240),
    ]
    tree = build_outline(blocks, [TableSpan(5, 7, "2025年部门收入预算总表")])
    assert headings(tree) == [
        (1, "某局主要职能"),
        (1, "名词解释"),
        (2, "（一）事业收入"),
        (1, "2025年部门收入预算总表"),
        (1, "其他相关情况说明"),
        (2, "一、机关运行经费预算"),
    ]
    assert tree.sections[tree.section_of(5)].title == "2025年部门收入预算总表"


def test_page_numbers_and_running_titles_are_dropped() -> None:
    blocks = []
    for page in range(1, 7):
        blocks.append(_at("某局二〇二四年决算公开", page, 200, 300))
        blocks.append(_at(f"{'一二三四五六'[page - 1]}、某项情况说明", page, 40, 150))
        blocks.append(_at("本年度没有变化，各项支出均按年初预算执行，没有调整。", page, 40, 460))
        blocks.append(_at(f"- {page} -", page, 240, 260))
    tree = build_outline(blocks, [])
    assert [section.number for section in tree.sections] == [f"{n}、" for n in "一二三四五六"]
    assert {passage.text for passage in tree.passages} == {
        "本年度没有变化，各项支出均按年初预算执行，没有调整。"
    }


def test_a_table_that_sums_up_a_part_belongs_to_the_part() -> None:
    text = "第四部分 重点工作完成情况\n一、甲项工作\n完成了。\n序号 事项\n1 甲项工作"
    tree = outline(text, (TableSpan(3, 5, "重点工作完成情况"),))
    assert tree.sections[tree.section_of(3)].title == "重点工作完成情况"


def test_a_very_long_paragraph_takes_no_longer_by_the_line() -> None:
    letters = "支出预算收入决算为一般公共财政拨款年度资金"
    lines = ["".join(letters[(n * k) % 21] for k in range(1, 24)) + "，" for n in range(8000)]
    started = perf_counter()
    tree = build_outline([_at(line, 1 + n // 40, 50, 530) for n, line in enumerate(lines)], [])
    assert perf_counter() - started < 10
    assert len(tree.passages) < 10


def _at(text: str, page: int, left: float, right: float) -> Line:
    word = Word(text, left, right, 100.0, 110.0)
    return Line(text, page, (word,), top=100.0, indent=left, size=10.0)


def whole_lines(*lines: str) -> Outline:
    return build_outline([Line(line) for line in lines], (), wrapped=False)


def test_an_account_with_its_code_heads_the_figures_that_follow_it() -> None:
    tree = whole_lines(
        "一、支出情况",
        "1.财政拨款支出618万元，其中：",
        "（1）住房公积金（2210201）。",
        "年初预算为35万元，支出决算为33万元。",
    )
    assert headings(tree)[-1] == (3, "（1）住房公积金（2210201）")
    assert tree.passages[-1].text == "年初预算为35万元，支出决算为33万元。"


def test_a_line_that_sends_the_reader_to_an_annex_is_no_title() -> None:
    tree = whole_lines("第一部分 2020年度部门决算报表", "报表详见附件。", "第二部分 情况说明")
    assert [title for _, title in headings(tree)] == [
        "第一部分2020年度部门决算报表",
        "第二部分情况说明",
    ]
