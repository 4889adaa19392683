"""Every text of the windows goes through here, so that a catalogue in English can follow."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def tr(text: str) -> str:
    """The text in the language of the user. Fill in values afterwards, with ``format``."""
    return QCoreApplication.translate("ui", text)


def counted(count: int, one: str, many: str) -> str:
    """``1 leerling``, ``2 leerlingen``, ``1.200 leerlingen``."""
    shown = f"{count:,}".replace(",", ".")
    return f"{shown} {one if count == 1 else many}"
