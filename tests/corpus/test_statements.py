"""The statements' data: what the loader lets in, and what it refuses."""

import pytest
from pydantic import ValidationError

from corpus import statements
from corpus.statements import Statement, parse_across, parse_down, parse_link


def definition(**changes: object) -> dict[str, object]:
    data: dict[str, object] = {
        "id": "final.made_up",
        "kind": "final",
        "titles": ["某某决算表"],
        "shape": "accounts",
        "layouts": [[{"role": "total", "path": ["合计"]}, {"role": "basic", "path": ["基本支出"]}]],
        "rows": [{"role": "all", "label": "合计"}],
    }
    return data | changes


def test_every_final_statement_is_defined() -> None:
    known = statements.by_id()
    assert {
        "final.income_expenditure",
        "final.income",
        "final.spending",
        "final.fiscal",
        "final.general_spending",
        "final.general_basic",
        "final.fund",
        "final.capital",
        "final.three_public",
    } <= set(known)


@pytest.mark.parametrize("one", statements.by_id().values(), ids=lambda s: s.id)
def test_every_definition_has_titles_and_columns(one: Statement) -> None:
    assert one.titles
    assert all(layout for layout in one.layouts)
    for layout in one.layouts:
        places = [(c.block, c.role) for c in layout]
        assert len(set(places)) == len(places)


def test_unknown_keys_are_refused() -> None:
    with pytest.raises(ValidationError, match="colour"):
        Statement.model_validate(definition(colour="red"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"across": ["total = basic + nothing"]},
        {"down": ["all = some"]},
        {"links": ["[all]total = [some]total"]},
        {"links": ["[all]nothing = [all]total"]},
    ],
)
def test_a_formula_names_only_known_roles(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="unknown role"):
        Statement.model_validate(definition(**wrong))


def test_formulas_are_read_with_their_signs() -> None:
    closing = parse_across("closing = opening + revenue - spent")
    assert [(t.sign, t.column) for t in closing.right] == [
        (1, "opening"),
        (1, "revenue"),
        (-1, "spent"),
    ]
    down = parse_down("personnel.total = #301 + #303")
    assert [t.row for t in down.right] == ["#301", "#303"]
    link = parse_link("[*]basic >= final.general_spending[*]basic + final.fund[*]spent.basic")
    assert link.relation == ">="
    assert [(t.statement, t.row, t.column) for t in link.right] == [
        ("final.general_spending", "*", "basic"),
        ("final.fund", "*", "spent.basic"),
    ]


@pytest.mark.parametrize("text", ["a + b = c", "a = [x]b", "a = b * 2"])
def test_what_is_no_sum_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"sum|term"):
        parse_across(text)
