from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.quantity import convert, find_quantities, parse_number, parse_numeral


def read(text: str) -> list[tuple[str, str]]:
    return [(str(found.quantity.value), found.unit) for found in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "支出122.25 万元，减少33.9万元，下降21.7%",
            [("122.25", "万元"), ("33.9", "万元"), ("21.7", "%")],
        ),
        ("合计１，５７８．６０万元", [("1578.60", "万元")]),
        ("一千五百万元、三点五亿元", [("1500", "万元"), ("3.5", "亿元")]),
        ("百分之三十五", [("35", "%")]),
        ("提高2.5个百分点", [("2.5", "百分点")]),
        ("公务接待2批次、26人次", [("2", "批次"), ("26", "人次")]),
        ("设备0台（套）", [("0", "台（套）")]),
        ("增长-3.5%", [("-3.5", "%")]),
        ("分值80-50%", [("50", "%")]),
        ("发放55,000份", [("55000", "份")]),
        ("安排3000多万元", [("3000", "万元")]),
        ("支出0.39万（含外宾接待）", [("0.39", "万")]),
        ("投资1.2万亿元、3.5亿美元", [("1.2", "万亿元"), ("3.5", "亿美元")]),
    ],
)
def test_figures_with_their_units(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2023年4月12日",
        "2080101 行政运行",
        "1.社会保障和就业支出",
        "第三部分",
        "12345热线",
        "第3位",
        "行政运行（01项）",
        "信息化建设（13项）",
        "“15分钟社区生活圈”",
        "践行23℃服务标准",
        "3人民法院",
    ],
)
def test_dates_codes_numbers_and_names_are_no_quantities(text: str) -> None:
    assert read(text) == []


def test_offsets_bound_the_written_figure() -> None:
    text = "其中：维修费0.38万元；保险费０．１８万元。"
    assert [text[f.start : f.end] for f in find_quantities(text)] == ["0.38万元", "０．１８万元"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,578.60", "1578.60"),
        ("（12.3）", "-12.3"),
        ("-5", "-5"),
        ("１００％", "100"),
        (" 7 ", "7"),
        ("", None),
        ("—", None),
        ("无", None),
    ],
)
def test_cells(text: str, value: str | None) -> None:
    assert parse_number(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", "10"),
        ("二十一", "21"),
        ("一百零五", "105"),
        ("一亿两千万", "120000000"),
        ("三点一四", "3.14"),
    ],
)
def test_chinese_numerals(text: str, value: str) -> None:
    assert parse_numeral(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "万事", "点五", "一二三点"])
def test_words_are_no_numerals(text: str) -> None:
    assert parse_numeral(text) is None


def test_conversion_is_exact_and_plainly_written() -> None:
    assert str(convert(Decimal("1.5"), "亿元", "万元")) == "15000.0"
    assert convert(Decimal("1"), "元", "亿元") == Decimal("1E-8")
    assert convert(Decimal("2"), "万人", "人") == Decimal("20000")


def test_conversion_between_unlike_units_is_refused() -> None:
    with pytest.raises(ValueError, match="人次"):
        convert(Decimal(150), "人次", "万元")


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_any_amount_is_read_back(value: Decimal) -> None:
    assert read(f"支出{value:,}万元，其中") == [(str(value), "万元")]


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_conversion_there_and_back(value: Decimal) -> None:
    assert convert(convert(value, "亿元", "元"), "元", "亿元") == value
