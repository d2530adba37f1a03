"""What a store was made with, noted in it, so that nothing made otherwise is mixed in."""

from __future__ import annotations

from sqlalchemy import Connection

from index.errors import StoreDrift
from index.passages import ENTRIES
from index.store import Store
from index.words import TOKENIZER

KEYS = ("model", "dimension", "tokenizer", "entries")
_REMEDY = "`juewen rebuild` makes the indexes anew with the present settings"


def drift(store: Store, model: str) -> tuple[str, str, str] | None:
    """The first stamp that differs, as (name, held, present); None if the store fits."""
    for key, present in (("model", model), ("tokenizer", TOKENIZER), ("entries", ENTRIES)):
        held = store.get(key)
        if held is not None and held != present:
            return key, held, present
    return None


def check(store: Store, model: str) -> None:
    """Raise StoreDrift if the store was made with another model, tokenizer or set of entries."""
    differs = drift(store, model)
    if differs:
        key, held, present = differs
        also = f", or set JUEWEN_EMBEDDING_MODEL to {held!r}" if key == "model" else ""
        raise StoreDrift(
            f"{store.path} was made with the {key} {held!r}, this program uses {present!r}",
            _REMEDY + also,
        )


def agree(store: Store, connection: Connection, model: str, dimension: int) -> None:
    """Note what the store is made with, or raise StoreDrift if its vectors have another size."""
    held = store.get("dimension", connection)
    if held is not None and int(held) != dimension:
        raise StoreDrift(
            f"{store.path} holds vectors of {held} numbers, {model!r} makes {dimension}", _REMEDY
        )
    if held is None:
        note(store, connection, model, dimension)


def note(store: Store, connection: Connection, model: str, dimension: int) -> None:
    """Write down what the store is made with."""
    store.put(connection, "model", model)
    store.put(connection, "dimension", str(dimension))
    store.put(connection, "tokenizer", TOKENIZER)
    store.put(connection, "entries", ENTRIES)
