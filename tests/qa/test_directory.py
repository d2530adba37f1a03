"""Bodies by name: found in a question without going through all of them."""

from __future__ import annotations

from corpus import Identity, Kind, Level
from index import ReportCard
from qa.directory import Directory, directory


def card(body: str, year: int, *short: str) -> ReportCard:
    identity = Identity(body, short, year, Kind.FINAL, Level.UNIT, "青石市")
    return ReportCard(f"{body}{year}", identity, (), 0, 0, 0, 0, 0)


CARDS = (
    card("青石市财政局", 2022, "市财政局"),
    card("青石市财政局", 2023, "市财政局"),
    card("青石市水利管理处", 2023, "水利处"),
)


def test_names_are_found_longest_first() -> None:
    found = list(Directory(CARDS).named("青石市财政局和水利处去年花了多少"))
    assert found[0] == ("青石市财政局", "青石市财政局")
    assert ("水利处", "青石市水利管理处") in found
    assert [len(name) for name, _ in found] == sorted((len(n) for n, _ in found), reverse=True)


def test_an_ending_points_to_a_body_only_where_no_other_ends_so() -> None:
    assert Directory(CARDS).endings["管理处"] == "青石市水利管理处"
    twice = Directory((*CARDS, card("白河县水利管理处", 2023)))
    assert "管理处" not in twice.endings


def test_the_year_before_is_of_the_same_body_kind_and_level() -> None:
    held = Directory(CARDS)
    assert held.year_before(CARDS[1].identity) == "青石市财政局2022"
    assert held.year_before(CARDS[0].identity) is None


def test_a_directory_is_made_once_for_the_same_reports() -> None:
    assert directory(CARDS) is directory(CARDS)
