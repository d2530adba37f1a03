"""Answers, tables and originals as HTML: what is shown, what is marked, what is escaped."""

from __future__ import annotations

import itertools
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from corpus.model import Column, Placement
from qa.answer import Answer, Status
from qa.web.cards import answer_card, question_card
from qa.web.figures import pieces
from qa.web.markup import find_loosely, safe
from qa.web.sources import find_spot, source_html
from qa.web.tables import Spot, table_html
from qa.web.words import words
from tests.web.payloads import PAYLOADS
from tests.web.sample import PROSE, answers, citation, report

ZH = words("zh")


class Tags(HTMLParser):
    """Collects the tags and attributes of a page, and fails on unbalanced table parts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def test_numbers_and_marks_are_cut_out_of_the_text() -> None:
    cut = pieces(answers("支出"))
    assert "".join(piece.text for piece in cut) == answers("支出").answer
    assert [p.text for p in cut if p.number] == ["498.15万元", "37.8%", "22.25万元"]
    assert [p.source for p in cut if p.source] == [1, 2, 2]


def test_a_number_is_not_marked_inside_another() -> None:
    given = answers("支出").model_copy(update={"answer": "共1498.15万元，又2,498.15元"})
    assert not any(piece.number for piece in pieces(given))


def test_a_card_shows_text_badges_sum_sources_and_next_questions() -> None:
    card = answer_card(3, answers("支出"), ZH)
    for shown in ("by-table", "by-computed", "by-prose", "怎么算的", "公开01表", "项目支出用在了"):
        assert shown in card
    cited = [b for b in Tags(card).named("button") if "data-cite" in b]
    assert {b["data-turn"] for b in cited} == {"3"}


def test_choices_of_a_clarifying_question_are_buttons() -> None:
    card = Tags(answer_card(0, answers("哪个"), ZH))
    asking = [b["data-ask"] for b in card.named("button") if "data-ask" in b]
    assert asking == list(answers("哪个").suggestions)


def test_an_answer_can_be_copied_with_its_sources() -> None:
    (copied,) = [
        b for b in Tags(answer_card(0, answers("支出"), ZH)).named("button") if "data-copy" in b
    ]
    assert (copied["data-copy"] or "").startswith(answers("支出").answer)
    assert "[1] 青石县水务管理站2031年度单位决算 · 公开01表" in (copied["data-copy"] or "")


def test_an_opinion_is_asked_for_once() -> None:
    assert "data-thumb" in answer_card(0, answers("支出"), ZH)
    rated = answer_card(0, answers("支出"), ZH, rated=True)
    assert "data-thumb" not in rated
    assert ZH.thanks in rated


def test_sources_beyond_the_first_few_are_behind_a_click() -> None:
    many = answers("支出").model_copy(update={"citations": (citation(),) * 5})
    card = Tags(answer_card(0, many, ZH))
    assert [a.get("start") for a in card.named("ol")] == [None, "4"]


def test_a_refusal_says_so_in_words() -> None:
    assert ZH.unanswered in answer_card(0, answers("天气"), ZH)


def test_the_cited_cell_is_found_and_highlighted_alone() -> None:
    table = report().tables[0]
    assert find_spot(table, citation()) == Spot(5, 1)
    shown = Tags(table_html(table, ZH, Spot(5, 1)))
    targets = [a for a in shown.named("td") if "target" in (a.get("class") or "")]
    assert [a.get("id") for a in targets] == ["cited"]


@pytest.mark.parametrize("name", ["公开01表", "收入支出决算总表", "公开01表 收入支出决算总表"])
def test_a_table_is_found_by_number_title_or_both(name: str) -> None:
    assert 'class="figure-cell cited target"' in source_html(report(), citation(table=name), ZH)


def test_a_table_keeps_its_header_levels_blocks_and_bands() -> None:
    shown = Tags(table_html(report().tables[0], ZH))
    heads = [a for a in shown.named("th") if a.get("colspan") == "3"]
    assert len(heads) == 1  # 支出 spans its three columns, 收入 only its own
    assert len(shown.named("tr")) == 3 + 3
    widths = {sum(int(a.get("colspan") or 1) for t, a in row) for row in _body_rows(shown.found)}
    assert widths == {2 + 1 + 2 + 3}


def _body_rows(found: list[tuple[str, dict[str, str | None]]]):
    body = found[[tag for tag, _ in found].index("tbody") :]
    starts = [i for i, (tag, _) in enumerate(body) if tag == "tr"] + [len(body)]
    for start, end in itertools.pairwise(starts):
        yield [(t, a) for t, a in body[start + 1 : end] if t in ("td", "th")]


def test_an_undecided_cell_is_marked_as_such() -> None:
    table = report().tables[0]
    cells = (replace(table.cells[0], placed_by=Placement.OPEN), *table.cells[1:])
    assert ZH.placed[Placement.OPEN] in table_html(replace(table, cells=cells), ZH)


def test_a_cited_blank_says_that_it_is_blank() -> None:
    assert ZH.blank in table_html(report().tables[0], ZH, Spot(2, 0))


def test_the_cited_sentence_is_highlighted_in_its_section() -> None:
    shown = source_html(report(), PROSE, ZH)
    assert f'<mark id="cited">{PROSE.quote}</mark>' in shown
    assert "三、支出决算情况说明" in shown
    assert "其中：基本支出310.00万元" in shown  # the rest of the section is there to read


def test_an_original_that_is_not_there_is_admitted() -> None:
    lost = citation(table="", row="", quote="不在报告里", section="不存在的章节")
    assert ZH.not_found in source_html(report(), lost, ZH)


def test_finding_ignores_spaces_and_line_breaks() -> None:
    assert find_loosely("甲 乙\n丙丁", "乙丙") == (2, 5)
    assert find_loosely("甲乙", "") is None


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_code(payload: str) -> None:
    given = Answer(
        question=payload,
        status=Status.CLARIFY,
        answer=payload,
        language="zh",
        citations=(citation(title=payload, row=payload, quote=payload, section=payload),),
        suggestions=(payload,),
    )
    hostile = report(body=payload, passage=payload)
    table = hostile.tables[0]
    columns = tuple(Column(c.id, (payload,), block=c.block) for c in table.columns)
    hostile = replace(hostile, tables=(replace(table, title=payload, columns=columns),))
    shown = "".join(
        (
            question_card(payload, ZH),
            answer_card(0, given, ZH),
            source_html(hostile, citation(), ZH),
            source_html(hostile, citation(table="", quote=payload), ZH),
        )
    )
    ours = {"article", "div", "span", "section", "nav", "h2", "ol", "li", "button", "details"}
    ours |= {"summary", "p", "b", "i", "mark", "table", "caption", "thead", "tbody", "tr", "th"}
    ours |= {"td", "header", "svg", "path", "rect", "br", "h3", "label", "textarea", "g"}
    tags = Tags(shown)
    assert {tag for tag, _ in tags.found} <= ours
    assert not [name for _, given in tags.found for name in given if name.startswith("on")]
    assert not set("${}`") & set(shown)
    assert safe(payload) in shown
