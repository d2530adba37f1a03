"""Bodies that do not exist: names, places and what they spend on (data/bodies.yaml)."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache

import yaml
from pydantic import BaseModel, ConfigDict

from benchmarks.reports.chart import DATA


class BodyKind(BaseModel):
    """A kind of body: the pattern of its name and the accounts that are its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    public: bool
    duty: str
    own: tuple[int, ...]
    fund: tuple[int, ...] = ()
    capital: tuple[int, ...] = ()
    business: bool = False
    operating: bool = False
    network: bool = False  # money from the unit above and those below


class _Catalogue(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    first: tuple[str, ...]
    second: tuple[str, ...]
    provinces: tuple[str, ...]
    streets: tuple[str, ...]
    kinds: tuple[BodyKind, ...]
    shared: tuple[int, ...]
    public_shared: tuple[int, ...]
    service_shared: tuple[int, ...]

    def common(self, public: bool) -> tuple[int, ...]:
        """The accounts that bodies of this kind have besides their own."""
        return self.shared + (self.public_shared if public else self.service_shared)


@dataclass(frozen=True, slots=True)
class Body:
    """One body: `region` is the place as printed, `accounts` its general 项 in order."""

    name: str
    short_names: tuple[str, ...]
    region: str
    kind: BodyKind
    accounts: tuple[str, ...]


@cache
def catalogue() -> _Catalogue:
    """The catalogue, read once."""
    text = (DATA / "bodies.yaml").read_text(encoding="utf-8")
    return _Catalogue.model_validate(yaml.safe_load(text))


def make_body(seed: int, *, province: bool = False) -> Body:
    """The body of this seed, always the same; `province` puts it above the cities."""
    chance = random.Random(f"body {seed}")
    kinds = catalogue().kinds
    kind = kinds[seed % len(kinds)] if not province else chance.choice(_provincial(kinds))
    place = _place(chance, province)
    name = kind.name.format(place=place, street=chance.choice(catalogue().streets))
    common = catalogue().common(kind.public)
    kept = [code for code in common if chance.random() < 0.85] or [common[0]]
    accounts = tuple(sorted(str(code) for code in {*kind.own, *kept}))
    return Body(name, _shorter(name, place), place, kind, accounts)


def _provincial(kinds: tuple[BodyKind, ...]) -> list[BodyKind]:
    return [k for k in kinds if k.public and "{street}" not in k.name and "办公室" not in k.name]


def _place(chance: random.Random, province: bool) -> str:
    if province:
        return chance.choice(catalogue().provinces) + "省"
    town = chance.choice(catalogue().first) + chance.choice(catalogue().second)
    if chance.random() < 0.4:
        return town + chance.choice("市县区")
    city = chance.choice(catalogue().second) + chance.choice(catalogue().first)
    return f"{city}市{town}" + chance.choice("区区县")


def _shorter(name: str, place: str) -> tuple[str, ...]:
    """Forms that people use: without the city, without the place."""
    district = place.split("市", 1)[-1]
    forms = [district + name.removeprefix(place), name.removeprefix(place)]
    return tuple(dict.fromkeys(form for form in forms if form and form != name))
