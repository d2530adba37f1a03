from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from index import FactQuery, Library, Scope
from tests.index.samples import make_report


def test_readers_and_a_writer_at_once(reopen: Callable[..., Library]) -> None:
    with reopen(exact_reports=2, cached_reports=2) as library:
        for year in range(2020, 2026):
            library.add(make_report(f"r{year}", year=year))

        def read(number: int) -> tuple[int, int, int]:
            id_ = f"r{2020 + number % 6}"
            found = library.search("公务接待费", Scope(reports=(id_,)))
            wide = library.search("公务接待费")
            assert library.report(id_).id == id_
            return len(library.facts(FactQuery(report=id_))), len(found), len(wide)

        def write(number: int) -> tuple[int, int, int]:
            library.add(make_report("moving", "白石县文化馆", 2000 + number))
            return 9, 0, 0

        with ThreadPoolExecutor(8) as pool:
            jobs = [pool.submit(write if n % 10 == 0 else read, n) for n in range(60)]
            results = [job.result() for job in jobs]
    assert all(facts == 9 for facts, _, _ in results)
    assert all(found for n, (_, found, _) in enumerate(results) if n % 10)
