"""Starting the windows."""

from __future__ import annotations

import os
import sys
import threading
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from schoolprivacy.station import read_station
from ui import messages, theme

_RAM_DISK = Path("/dev/shm")
_LATER = ("schoolprivacy.registers", "schoolprivacy.consents.forms", "ui.workplace")


def make_application(arguments: list[str]) -> QApplication:
    """The Qt application in Dutch, with our typeface and colours."""
    if sys.platform.startswith("linux") and os.access(_RAM_DISK, os.W_OK):
        os.environ["TMPDIR"] = str(_RAM_DISK)  # Qt writes a print job for CUPS in the clear here
    app = QApplication(arguments)
    app.setApplicationName("Schoolprivacy")
    app.setDesktopFileName("schoolprivacy")
    QLocale.setDefault(QLocale(QLocale.Language.Dutch, QLocale.Country.Netherlands))
    translator = QTranslator(app)
    if translator.load("qtbase_nl", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    return app


def run(folder: Path | None) -> int:
    """Open the window; gives the exit code.

    :param folder: the school file to unlock; without it the one used last
    """
    app = make_application(sys.argv[:1])
    messages.catch_everything()
    take_look(app)
    from ui.main_window import MainWindow

    window = MainWindow()
    window.start(folder)
    window.show()
    QTimer.singleShot(0, load_the_rest)
    return app.exec()


def take_look(app: QApplication) -> None:
    """Give the windows the palette and zoom that were chosen for this computer."""
    station = read_station()
    dark = station.theme == "dark" or (not station.theme and _system_is_dark(app))
    theme.apply(app, dark=dark, zoom=min(2.0, max(1.0, station.zoom / 100)))


def _system_is_dark(app: QApplication) -> bool:
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


def load_the_rest() -> None:
    """Import what is slow while the user types the passphrase."""

    def load() -> None:
        for name in _LATER:
            import_module(name)

    threading.Thread(target=load, name="imports", daemon=True).start()
