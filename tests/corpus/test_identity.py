from pathlib import Path

import pytest

from corpus.identity import Evidence, identify, report_id
from corpus.model import Kind, Level
from corpus.names import place_of, short_names


def evidence(
    name: str = "报告.pdf",
    head: tuple[str, ...] = (),
    labels: tuple[str, ...] = (),
    headings: tuple[str, ...] = (),
) -> Evidence:
    return Evidence(name, head, labels, headings, "\n".join([*head, *labels, *headings]))


def test_a_cover_with_the_name_of_the_place_and_a_labelled_body() -> None:
    identity, notices = identify(
        evidence(
            "某街道25年预算.pdf",
            ("平江市清河区2025年区级部门预算", "预算主管部门：平江市清河区人民政府戊里街道办事处"),
            ("编制部门：平江市清河区人民政府戊里街道办事处 单位：元",) * 3,
        )
    )
    assert identity.body == "平江市清河区人民政府戊里街道办事处"
    assert identity.title == "平江市清河区人民政府戊里街道办事处2025年区级部门预算"
    assert (identity.year, identity.kind, identity.level) == (2025, Kind.BUDGET, Level.DEPARTMENT)
    assert identity.region == "平江市清河区"
    assert {"戊里街道", "清河区戊里街道", "戊里街道办"} <= set(identity.short_names)
    assert notices == ()


def test_a_report_without_a_cover_is_named_by_the_heading_of_a_part() -> None:
    identity, _ = identify(
        evidence(
            headings=(
                "第一部分甲市乙局概况",
                "第二部分甲市乙局2023年度单位决算表",
                "一、一般公共预算财政拨款支出决算情况说明",
            )
        )
    )
    assert identity.body == "甲市乙局"
    assert identity.title == "甲市乙局2023年度单位决算"
    assert (identity.year, identity.kind, identity.level) == (2023, Kind.FINAL, Level.UNIT)


def test_a_government_report_has_a_scope() -> None:
    identity, _ = identify(
        evidence(
            head=(
                "甲市八届人大六次会议文件（19）",
                "关于2025年全市和市本级预算执行情况与",
                "2026年全市和市本级预算草案的报告",
                "——2026年1月23日在甲市第八届人民代表大会第六次会议上",
            )
        )
    )
    assert identity.title == "关于2025年全市和市本级预算执行情况与2026年全市和市本级预算草案的报告"
    assert (identity.year, identity.kind, identity.level) == (2025, Kind.BUDGET, Level.GOVERNMENT)
    assert identity.scope == "全市、市本级"


def test_the_content_wins_over_the_name_of_the_file_and_says_so() -> None:
    identity, notices = identify(
        evidence("甲市乙局2022年部门预算.pdf", ("甲市乙局2023年度单位决算",))
    )
    assert (identity.year, identity.kind, identity.level) == (2023, Kind.FINAL, Level.UNIT)
    assert len(notices) == 3
    assert all("以内容为准" in notice for notice in notices)


def test_a_report_id_is_the_stem_as_written() -> None:
    assert (
        report_id(Path("甲市（乙区）某处  2023年度 决算.txt")) == "甲市（乙区）某处 2023年度 决算"
    )


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("上海市普陀区司法局", ("上海市", "普陀区")),
        ("湖南省长沙市岳麓区教育局", ("湖南省", "长沙市", "岳麓区")),
        ("上海市市场监督管理局", ("上海市",)),
        ("上海市城市管理行政执法局", ("上海市",)),
        ("中共江苏省委办公厅", ("江苏省",)),
        ("内蒙古自治区呼和浩特市", ("内蒙古自治区", "呼和浩特市")),
    ],
)
def test_places(name: str, places: tuple[str, ...]) -> None:
    assert place_of(name) == places


@pytest.mark.parametrize(
    ("body", "used"),
    [
        (
            "武汉市人力资源和社会保障局武汉经济技术开发区（汉南区）社会保险管理处",
            ["社会保险管理处", "社保处", "汉南区社保处", "武汉经开区社保处", "汉南社会保险管理处"],
        ),
        ("江苏省人民检察院", ["省检察院", "江苏省检察院", "江苏检察院", "检察院"]),
        ("上海市普陀区规划和自然资源局", ["规划资源局", "普陀区规资局", "区规划和自然资源局"]),
        ("上海市普陀区商务委员会", ["商务委", "普陀区商务委员会", "普陀商务委"]),
        ("上海市财政局", ["市财政局", "财政局", "上海财政局"]),
        ("浦东新区卫生健康委员会", ["卫健委", "浦东新区卫健委"]),
    ],
)
def test_short_names_that_people_use(body: str, used: list[str]) -> None:
    assert set(used) <= set(short_names(body))
    assert body not in short_names(body)
    assert all(len(name) >= 3 for name in short_names(body))


def test_a_report_without_any_title_is_named_by_the_sentence_that_describes_the_body() -> None:
    head = ("目 录", "第一部分 2020年度部门决算报表", "第二部分 2020年度部门决算说明")
    text = "(一)机构设置。青石市人民政府参事室是承担咨询任务的市政府直属机构。"
    identity, _ = identify(Evidence("a.html", head, head, head[1:], "\n".join([*head, text])))
    assert identity.body == "青石市人民政府参事室"
    assert identity.title == "青石市人民政府参事室2020年度部门决算"
    assert (identity.year, identity.kind, identity.level) == (2020, Kind.FINAL, Level.DEPARTMENT)


def test_the_index_number_of_a_portal_is_no_part_of_the_title() -> None:
    head = ("监督索引号53293001731801000", "青石县财政局2021年度部门决算", "目录")
    identity, _ = identify(evidence(head=head))
    assert identity.title == "青石县财政局2021年度部门决算"


def test_a_draft_final_account_of_a_district_is_its_government_s() -> None:
    identity, _ = identify(evidence(head=("青石区2023年财政收支决算草案", "各位委员：")))
    assert (identity.body, identity.level) == ("青石区", Level.GOVERNMENT)
    assert (identity.year, identity.kind) == (2023, Kind.FINAL)
