"""Which cells a sentence speaks of, read from places.yaml."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, field_validator

from corpus import Claim, Kind, Measure
from qa.audit.case import Address, Case
from qa.audit.names import bare, subject

_CELL = re.compile(r"(?P<statement>[\w.]+)\[(?P<row>[\w.*#]+)\](?P<column>[\w.]+)")


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PlaceSpec(_Strict):
    """One line of places.yaml."""

    says: re.Pattern[str]
    measure: Literal["amount", "budget"]
    cells: tuple[str, ...]
    after: re.Pattern[str] | None = None
    within: str = ""

    @field_validator("cells")
    @classmethod
    def _well_formed(cls, cells: tuple[str, ...]) -> tuple[str, ...]:
        for cell in cells:
            if _CELL.fullmatch(cell) is None:
                raise ValueError(f"not a cell: {cell}")
        return cells


class WholeSpec(_Strict):
    """A whole and the parts whose changes make up its change."""

    whole: re.Pattern[str]
    parts: tuple[re.Pattern[str], ...]
    kind: Kind | None = None


class AccountColumns(_Strict):
    """Statement and column role of the whole of an account, joined by a colon."""

    final: tuple[str, ...]
    budget: tuple[str, ...]


class Places(_Strict):
    """The whole of places.yaml."""

    final: tuple[PlaceSpec, ...]
    budget: tuple[PlaceSpec, ...]
    accounts: AccountColumns
    wholes: tuple[WholeSpec, ...]


@lru_cache(maxsize=1)
def places() -> Places:
    """The validated data of places.yaml."""
    text = files("qa.audit").joinpath("places.yaml").read_text(encoding="utf-8")
    return Places.model_validate(yaml.safe_load(text))


def cells_of(case: Case, claim: Claim) -> tuple[Address, ...]:
    """The cells that a claim's figure stands in, any of which may agree; () where none is known."""
    measure = _measure(case, claim)
    if measure is None or claim.year != case.report.identity.year:
        return ()
    return cells_for(case, claim, measure)


def cells_for(
    case: Case, claim: Claim, measure: Literal["amount", "budget"]
) -> tuple[Address, ...]:
    """The cells that hold a measure of what a claim speaks of, whatever the claim says of it."""
    links = case.chains.get(claim.passage, ())
    if links:
        return _of_account(case, links) if measure == "amount" and _speaks_of(claim, links) else ()
    return _of_place(case, claim, measure) or _of_class(case, claim, measure)


def _measure(case: Case, claim: Claim) -> Literal["amount", "budget"] | None:
    if claim.measure is Measure.AMOUNT:
        return "amount"
    if claim.measure is not Measure.BUDGET or claim.basis:
        return None
    return "amount" if case.report.identity.kind is Kind.BUDGET else "budget"


def _speaks_of(claim: Claim, links: tuple[str, ...]) -> bool:
    return subject(claim.subject) == subject(links[-1])


def _of_place(case: Case, claim: Claim, measure: str) -> tuple[Address, ...]:
    named, heading = subject(claim.subject), ""
    for spec in _specs(case):
        if spec.measure != measure or spec.says.fullmatch(named) is None:
            continue
        if spec.after and not _has_spoken(case, claim, spec.after):
            continue
        if spec.within:
            heading = heading or bare(case.heading(claim.passage))
            if spec.within not in heading:
                continue
        found = tuple(a for cell in spec.cells for a in _resolve(case, cell))
        if found:
            return found
    return ()


def _specs(case: Case) -> tuple[PlaceSpec, ...]:
    kind = case.report.identity.kind
    data = places()
    return data.budget if kind is Kind.BUDGET else data.final if kind is Kind.FINAL else ()


def _has_spoken(case: Case, claim: Claim, of: re.Pattern[str]) -> bool:
    return any(
        other.start < claim.start and of.fullmatch(subject(other.subject))
        for other in case.figures(claim.passage)
        if other.measure in (Measure.AMOUNT, Measure.BUDGET)
    )


def _resolve(case: Case, cell: str) -> list[Address]:
    match = _CELL.fullmatch(cell)
    return case.role(match["statement"], match["row"], match["column"]) if match else []


def _of_class(case: Case, claim: Claim, measure: str) -> tuple[Address, ...]:
    """A 类 by its name: 社会保障和就业支出."""
    named = subject(claim.subject)
    if measure != "amount" or len(named) < 4 or not named.endswith("支出"):
        return ()
    return _totals(case, (named,))


def _of_account(case: Case, links: tuple[str, ...]) -> tuple[Address, ...]:
    return _totals(case, links)


def _totals(case: Case, links: tuple[str, ...]) -> tuple[Address, ...]:
    """The cells with the whole of an account, in every statement that has its row."""
    kind = case.report.identity.kind
    accounts = places().accounts
    wanted = accounts.budget if kind is Kind.BUDGET else accounts.final
    found = []
    for entry in wanted:
        statement, _, role = entry.partition(":")
        for table in case.statements.get(statement, ()):
            columns = [c.id for c in table.columns if c.role == role]
            for t, row in case.accounts.get(bare(links[-1]), ()):
                if t == table.id and _is_account(case, t, row.id, links):
                    found += [(t, row.id, column) for column in columns]
    return tuple(a for a in found if a in case.cells)


def _is_account(case: Case, table: int, row_id: int, links: tuple[str, ...]) -> bool:
    """Whether a row is the account: its level by code, the accounts above by name."""
    row = case.row(table, row_id)
    if len(links) == 1:
        return len(row.code) == 3 or (not row.code and not row.role)
    above = [bare(label) for label in case.labels_above(table, row)]
    return len(row.code) == 7 and all(
        a == b for a, b in zip(above, reversed(links[:-1]), strict=False)
    )


def whole_of(case: Case, claim: Claim) -> tuple[Address, ...]:
    """The cells with the whole that a share's basis names."""
    named = subject(claim.basis)
    return tuple(
        address
        for spec in _specs(case)
        if spec.measure == "amount" and not spec.after and spec.says.fullmatch(_spelt_out(named))
        for cell in spec.cells
        for address in _resolve(case, cell)
    )


def _spelt_out(basis: str) -> str:
    """本年支出 as a basis is the year's total: 支出合计."""
    return basis + "合计" if basis in ("收入", "支出") else basis


def budget_of(case: Case, claim: Claim) -> tuple[Address, ...]:
    """The cells with the plan for what a claim of final accounts speaks of."""
    named, heading = subject(claim.subject), bare(case.heading(claim.passage))
    return tuple(
        address
        for spec in _specs(case)
        if spec.measure == "budget" and spec.within in heading and spec.says.fullmatch(named)
        for cell in spec.cells
        for address in _resolve(case, cell)
    )


def cells_named(case: Case, name: str, links: tuple[str, ...]) -> tuple[Address, ...]:
    """The cells with the amount of a thing told of in another report: an account or a total."""
    if links:
        return _totals(case, links) if subject(name) == subject(links[-1]) else ()
    named = subject(name)
    return tuple(
        address
        for spec in _specs(case)
        if spec.measure == "amount" and not spec.after and spec.says.fullmatch(named)
        for cell in spec.cells
        for address in _resolve(case, cell)
    )
