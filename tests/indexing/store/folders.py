"""Data folders for the tests of bad ones: filled, opened, and looked into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.indexing.store.material import DIM, axis, entry, passage

from qianche.corpus.errors import StoreError
from qianche.indexing.store.embedded import EmbeddedKnowledgeStore


def open_store(home: Path, dim: int = DIM, lock_timeout: float = 0.1) -> EmbeddedKnowledgeStore:
    """A store that does not wait long for others."""
    return EmbeddedKnowledgeStore(home, dim, analyze=str.split, lock_timeout=lock_timeout)


def fill(home: Path, *names: str, index: bool = True) -> None:
    """Write a record of two passages under each name, and what is derived."""
    store = open_store(home)
    for name in names:
        store.write_records(
            [entry(name, passage(f"{name}#1", "gas", vector=axis(0)), passage(f"{name}#2", "dust"))]
        )
    if index:
        store.collection("cases").snapshot()
    store.close()


def names_in(home: Path) -> list[str]:
    """The records in a folder."""
    store = open_store(home)
    found = [name for name, _ in store.iter_records("cases")]
    store.close()
    return found


def refusal(act: Callable[[], object]) -> str:
    """The message with which something is refused."""
    with pytest.raises(StoreError) as caught:
        act()
    message = caught.value.message
    assert "Error" not in message and "sqlite3" not in message
    assert message.endswith("。")
    return message
