"""Settings: which program this is, its licences, and where the data are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QPlainTextEdit, QWidget

import schoolprivacy
from schoolprivacy.settings import resource, station_folder
from ui.desk import Desk
from ui.fields import button, card, label, row
from ui.screens.settings_dialog import SettingsDialog
from ui.screens.settings_section import Section
from ui.theme import px
from ui.words import tr


class AboutSection(Section):
    """Read, copied for who helps, and nothing to change."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Over het programma"), changes=False)
        version = tr("Schoolprivacy {version}, met Qt {qt}").format(
            version=schoolprivacy.__version__, qt=qVersion()
        )
        licences = button(tr("&Licenties…"), self._show_licences, icon="file-text")
        self._licences = licences
        self.content.addWidget(
            card(
                label(version, "strong"),
                label(
                    tr(
                        "Vrije software onder de EUPL 1.2. Het programma gebruikt geen internet en "
                        "stuurt niemand iets."
                    ),
                    wrap=True,
                ),
                row(licences, None),
            )
        )
        self.content.addWidget(
            card(
                label(tr("Waar staan de gegevens?"), "strong"),
                *_place(tr("Het schoolbestand, versleuteld"), desk.school.folder),
                *_place(tr("De automatische back-ups"), desk.school.folder / "backups"),
                *_place(tr("Keuzes van u op deze computer, zonder namen"), station_folder()),
                label(
                    tr("Verhuist u naar een andere computer? Zet daar een back-up terug."),
                    "muted",
                    wrap=True,
                ),
            )
        )
        self.content.addStretch(1)

    def focus_first(self) -> bool:
        self._licences.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _show_licences(self) -> None:
        LicencesDialog(self).open()


class LicencesDialog(SettingsDialog):
    """What ships with the program, and under which terms."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, tr("Licenties"), width=760, height=640)
        text = QPlainTextEdit(_licences())
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(tr("Licenties"))
        text.setMinimumHeight(px(240))
        self.body.addWidget(label("\n".join(_USED), wrap=True))
        self.body.addWidget(text, 1)


_USED = (
    "Schoolprivacy: EUPL 1.2",
    "Qt, PySide6: LGPL 3",
    "SQLCipher: BSD · SQLAlchemy: MIT · PyNaCl: Apache 2 · libsodium: ISC",
    "ReportLab: BSD · PDFium, pypdfium2: BSD, Apache 2 · Pillow: MIT-CMU · ZXing-C++: Apache 2",
    "openpyxl, python-calamine: MIT · phonenumbers: Apache 2",
)
"""What is part of the program, with its licence."""


def _licences() -> str:
    """The texts that must go with the typefaces and icons."""
    files = (
        ("Inter", "fonts/OFL-Inter.txt"),
        ("Noto Sans", "fonts/OFL-NotoSans.txt"),
        ("Lucide", "icons/LICENSE"),
    )
    texts = (f"{name}\n\n{resource(each).read_text(encoding='utf-8')}" for name, each in files)
    return "\n\n\n".join(texts)


def _place(text: str, place: Path) -> tuple[QWidget, QWidget]:
    shown = label(str(place), wrap=True)
    shown.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    shown.setAccessibleName(f"{text}: {place}")
    return label(text, "small"), shown
