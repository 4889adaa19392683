"""Starting the windows."""

from __future__ import annotations

import gc
import os
import sys
import threading
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from ui import messages, theme
from ui.words import MissingDutch

_RAM_DISK = Path("/dev/shm")
_COLLECT_EVERY = 1_000  # milliseconds
_LATER = ("schoolprivacy.registers", "schoolprivacy.consents.forms", "ui.workplace")


def make_application(arguments: list[str]) -> QApplication:
    """The Qt application in Dutch, with our typeface and colours."""
    if sys.platform.startswith("linux") and os.access(_RAM_DISK, os.W_OK):
        os.environ["TMPDIR"] = str(_RAM_DISK)  # Qt writes a print job for CUPS in the clear here
    app = QApplication(arguments)
    app.setApplicationName("Schoolprivacy")
    app.setDesktopFileName("schoolprivacy")
    QLocale.setDefault(QLocale(QLocale.Language.Dutch, QLocale.Country.Netherlands))
    app.installTranslator(MissingDutch(app))
    translator = QTranslator(app)
    if translator.load("qtbase_nl", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    _collect_on_this_thread(app)
    return app


def _collect_on_this_thread(app: QApplication) -> None:
    """Collect garbage only where the windows live.

    Python collects on whatever thread happens to run; a widget that a job's thread takes apart
    while the window thread draws it ends the program.
    """
    gc.disable()
    timer = QTimer(app, interval=_COLLECT_EVERY)
    timer.timeout.connect(_collect)
    timer.start()


def _collect() -> None:
    """The youngest generation that has grown enough, as Python itself would choose."""
    for generation, (many, enough) in reversed(
        list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))
    ):
        if enough and many > enough:
            gc.collect(generation)
            return


def run(folder: Path | None) -> int:
    """Open the window; gives the exit code.

    :param folder: the school file to unlock; without it the one used last
    """
    app = make_application(sys.argv[:1])
    messages.catch_everything()
    theme.apply_chosen(app)
    from ui.main_window import MainWindow

    window = MainWindow()
    window.start(folder)
    window.show()
    QTimer.singleShot(0, load_the_rest)
    return app.exec()


def load_the_rest() -> None:
    """Import what is slow while the user types the passphrase."""

    def load() -> None:
        for name in _LATER:
            import_module(name)

    threading.Thread(target=load, name="imports", daemon=True).start()
