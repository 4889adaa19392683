"""The tests of the vault have every setting of the database as the program has it."""

from __future__ import annotations

import pytest

from schoolprivacy.vault import database


@pytest.fixture(autouse=True)
def shipped_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wipe and lock memory, as the program does."""
    shipped = (each.replace("security=OFF", "security=ON") for each in database._SETTINGS)
    monkeypatch.setattr(database, "_SETTINGS", tuple(shipped))
