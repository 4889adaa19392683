"""Every text of the windows goes through here, so that a catalogue in English can follow."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTranslator


def tr(text: str) -> str:
    """The text in the language of the user. Fill in values afterwards, with ``format``."""
    return QCoreApplication.translate("ui", text)


def counted(count: int, one: str, many: str) -> str:
    """``1 leerling``, ``2 leerlingen``, ``1.200 leerlingen``."""
    shown = f"{count:,}".replace(",", ".")
    return f"{shown} {one if count == 1 else many}"


class MissingDutch(QTranslator):
    """What Qt's own Dutch catalogue lacks in the dialogues for files and printing.

    Install it before that catalogue: the one installed last is asked first.
    """

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, sourceText: str, _disambiguation: str | None = None, _n: int = -1
    ) -> str | None:
        return _MISSING.get((context, sourceText))


_MISSING = {
    ("QFileDialog", "&Look in:"): "&Zoeken in:",
    ("QFileDialog", "Files of &type:"): "Bestanden van &type:",
    ("QAbstractFileIconProvider", "Folder"): "Map",
    ("QPrintSettingsOutput", "Double Sided Printing"): "Dubbelzijdig afdrukken",
    ("QPrintSettingsOutput", "Off"): "Uit",
    ("QPrintSettingsOutput", "Long side binding"): "Omslaan langs de lange kant",
    ("QPrintSettingsOutput", "Short side binding"): "Omslaan langs de korte kant",
    ("QPrintSettingsOutput", "Page &Set:"): "Welke &bladzijden:",
}
