"""python -m benchmarks.reports: writes reports that never were, and measures their reading."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from benchmarks.reports import CLEAN, LAYOUTS, Difficulty, Made, gold_lines, make, write
from benchmarks.reports.checking import check, table

SWITCHES = tuple(f for f in Difficulty.__slots__ if f != "planted")


def main() -> None:
    """Write the reports that the options ask for."""
    options = _parser().parse_args()
    if options.check:
        names = [*options.difficulty.split("/")]
        hard = {name: difficulty(name) for name in names}
        print(table(check(range(options.seed, options.seed + options.count), hard), names))
        return
    folder: Path = options.out
    folder.mkdir(parents=True, exist_ok=True)
    gold: list[str] = []
    for made, format in _ordered(options):
        write(made, folder / f"{stem(made)}.{format}")
        gold += gold_lines(made, stem(made), options.questions) if options.gold else []
    if options.gold:
        options.gold.write_text("".join(line + "\n" for line in gold), encoding="utf-8")


def stem(made: Made) -> str:
    """A file name that says what the report is: body, year, kind."""
    return made.title


def _ordered(options: argparse.Namespace) -> Iterator[tuple[Made, str]]:
    layouts = list(LAYOUTS) if options.layout == "all" else [options.layout]
    hard = difficulty(options.difficulty, options.planted)
    for n in range(options.count):
        layout = layouts[n % len(layouts)]
        formats = LAYOUTS[layout].formats
        format = formats[n // len(layouts) % len(formats)]
        if options.format != "all":
            format = options.format
        year = options.year + n % options.years if options.year else None
        made = make(options.seed + n // options.years, layout, year, hard)
        yield made, format


def difficulty(names: str, planted: int = 0) -> Difficulty:
    """`clean`, `all`, names of switches with commas between them; `all-unruled` leaves one out."""
    names, *without = names.split("-")
    if names == "clean":
        return Difficulty(planted=planted) if planted else CLEAN
    known = SWITCHES if names == "all" else tuple(names.split(","))
    chosen = [name for name in known if name not in without]
    return Difficulty(**dict.fromkeys(chosen, True), planted=planted)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reports", description=__doc__)
    parser.add_argument("--layout", default="all", choices=["all", *LAYOUTS])
    parser.add_argument("--count", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0, help="the first body")
    parser.add_argument("--year", type=int, help="the first year; by the seed where left out")
    parser.add_argument("--years", type=int, default=1, help="so many years of each body")
    parser.add_argument("--format", default="all", help="txt, pdf, docx, html, xlsx or all")
    parser.add_argument(
        "--difficulty", default="clean", help="clean, all, or " + ",".join(SWITCHES)
    )
    parser.add_argument("--planted", type=int, default=0, help="contradictions in each report")
    parser.add_argument("--gold", type=Path, help="write gold questions to this file")
    parser.add_argument("--questions", type=int, help="so many of each report; all by default")
    parser.add_argument(
        "--check", action="store_true",
        help="write nothing; read --count reports of every layout and format back and print F1 "
        "(several difficulties with slashes between them: clean/breaks,wrapped/all)",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, default=Path("made_up"), help="the folder to write to")
    return parser


if __name__ == "__main__":
    main()
