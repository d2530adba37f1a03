import pytest

from corpus.model import Passage
from corpus.terms import find_terms, is_glossary


def defined(text: str) -> list[tuple[str, str]]:
    return [(term.name, text[term.start : term.end]) for term in find_terms(Passage(0, 0, text))]


@pytest.mark.parametrize(
    ("text", "name", "definition"),
    [
        (
            "（四）基本支出：指为保障机构运转而发生的支出。",
            "基本支出",
            "指为保障机构运转而发生的支出",
        ),
        ("一、事业收入∶反映业务活动取得的收入。", "事业收入", "反映业务活动取得的收入"),
        ("其他收入：指除上述收入以外的收入。", "其他收入", "指除上述收入以外的收入"),
        ("（一）财政拨款收入:是区级部门取得的拨款。", "财政拨款收入", "是区级部门取得的拨款"),
        ("3.机关运行经费是指日常公用经费支出。", "机关运行经费", "是指日常公用经费支出"),
    ],
)
def test_separators(text: str, name: str, definition: str) -> None:
    assert defined(text) == [(name, definition)]


def test_an_account_is_named_by_its_last_link_and_keeps_its_path() -> None:
    text = "11.住房保障支出（类）住房改革支出（款）购房补贴（项）：反映用于购买住房的补贴。"
    (term,) = find_terms(Passage(3, 1, text))
    assert term.name == "购房补贴"
    assert term.path == ("住房保障支出", "住房改革支出", "购房补贴")
    assert text[term.start : term.end] == "反映用于购买住房的补贴"


def test_parts_explained_in_passing_are_terms_too() -> None:
    text = (
        "（六）“三公”经费：指因公出国（境）费和公务接待费。其中，因公出国（境）费反映国际旅费等支出；"
        "公务接待费反映各类接待费用。"
    )
    assert [name for name, _ in defined(text)] == ["“三公”经费", "因公出国（境）费", "公务接待费"]
    assert defined(text)[2][1] == "反映各类接待费用"


def test_a_heading_defines_nothing() -> None:
    assert defined("（三）本单位使用的支出功能分类科目（到项级）") == []


def test_glossaries_are_known_by_their_heading() -> None:
    assert is_glossary(("第五部分 名词解释", "（四）基本支出"))
    assert not is_glossary(("第三部分 情况说明",))
