"""Working a derivation out again from its operands, independently of the engine."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal, DivisionByZero, InvalidOperation

from corpus import Outcome
from qa.answer import Derivation, Operand
from qa.evaluation.figures import scaled

_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[a-z])|(?P<sign>[-−+×÷()]))")


def replay(derivation: Derivation) -> Outcome:
    """Whether the formula over the operands gives the result, to the digits it is written with.

    UNTRIED where the formula is not one of + − × ÷ over its operands, or Σ of them.
    """
    values = [_plain(operand) for operand in derivation.operands]
    try:
        exact = _sum(derivation, values) or _evaluate(_skeleton(derivation), values)
    except (ValueError, IndexError):
        return Outcome.UNTRIED
    except (DivisionByZero, InvalidOperation):
        return Outcome.FAILS
    scales = {scaled(Decimal(1), operand.unit).value for operand in derivation.operands}
    wanted = [exact / scale for scale in scales] + [exact * 100]
    return Outcome.HOLDS if any(_rounds(w, derivation.result) for w in wanted) else Outcome.FAILS


def _plain(operand: Operand) -> Decimal:
    """The value in the unit without its scale: 万元 in 元."""
    return scaled(operand.value, operand.unit).value


def _rounds(exact: Decimal, result: Decimal) -> bool:
    quantum = Decimal(1).scaleb(int(result.as_tuple().exponent))
    return abs(abs(exact) - abs(result)) <= quantum / 2


def _sum(derivation: Derivation, values: Sequence[Decimal]) -> Decimal | None:
    """Σ and Σ ÷ n, which name no operand."""
    if not derivation.formula.startswith("Σ"):
        return None
    total = sum(values, Decimal(0))
    divisor = re.fullmatch(r"Σ ÷ (\d+)", derivation.formula)
    return total / Decimal(divisor.group(1)) if divisor else total


def _skeleton(derivation: Derivation) -> str:
    """The formula with a letter for each operand; of equal labels the next one, in order."""
    labels = [operand.label for operand in derivation.operands]
    met: Counter[str] = Counter()
    pattern = "|".join(re.escape(x) for x in sorted(set(labels), key=len, reverse=True) if x)
    if not pattern:
        raise ValueError("operands without names")

    def letter(match: re.Match[str]) -> str:
        places = [i for i, label in enumerate(labels) if label == match.group(0)]
        place = places[min(met[match.group(0)], len(places) - 1)]
        met[match.group(0)] += 1
        return "abcdefghijklmnopqrstuvwxyz"[place]

    return re.sub(pattern, letter, derivation.formula)


def _evaluate(formula: str, values: Sequence[Decimal]) -> Decimal:
    tokens = _tokens(formula)
    value = _terms(tokens, values)
    if tokens:
        raise ValueError("left over")
    return value


def _tokens(formula: str) -> list[str]:
    found, at = [], 0
    while at < len(formula.rstrip()):
        match = _TOKEN.match(formula, at)
        if match is None:
            raise ValueError(f"not a formula: {formula}")
        found.append(match.group(0).strip().replace("−", "-"))
        at = match.end()
    return found


def _terms(tokens: list[str], values: Sequence[Decimal]) -> Decimal:
    value = _factors(tokens, values)
    while tokens and tokens[0] in "+-":
        sign = tokens.pop(0)
        other = _factors(tokens, values)
        value = value + other if sign == "+" else value - other
    return value


def _factors(tokens: list[str], values: Sequence[Decimal]) -> Decimal:
    value = _atom(tokens, values)
    while tokens and tokens[0] in "×÷":
        sign = tokens.pop(0)
        other = _atom(tokens, values)
        value = value * other if sign == "×" else value / other
    return value


def _atom(tokens: list[str], values: Sequence[Decimal]) -> Decimal:
    token = tokens.pop(0)
    if token == "(":
        value = _terms(tokens, values)
        if tokens.pop(0) != ")":
            raise ValueError("unbalanced")
        return value
    if token.isalpha():
        return values["abcdefghijklmnopqrstuvwxyz".index(token)]
    return Decimal(token)
