"""The one window: locked (the gate) or unlocked (the workplace)."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QInputEvent, QKeySequence, QShortcut, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QGridLayout,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from schoolprivacy.errors import FileError
from schoolprivacy.station import read_station, write_station
from ui import messages, theme
from ui.desk import Place
from ui.fields import button, label, scrolled
from ui.gate import Gate
from ui.jobs import is_busy, run
from ui.navigation import entries, keys_of_place
from ui.theme import px
from ui.wizards.founding import Founder
from ui.words import tr

if TYPE_CHECKING:  # they bring SQLAlchemy, which may load behind the passphrase screen
    from schoolprivacy.school import School
    from ui.workplace import Workplace

_ACTIVITY = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
}
_CHOSEN_BY_WHEEL = (QComboBox, QAbstractSpinBox)
_WARNING_SECONDS = 30
_AGAIN = 200  # milliseconds until locking is tried again, when work was going on
_NAME = "main"
_TITLE_BAR = 40  # pixels the system draws around a window, more or less


class MainWindow(QMainWindow):
    """Holds the gate, and behind it the workplace of one school at a time."""

    def __init__(self, founder: Founder | None = None) -> None:
        super().__init__()
        theme.dress(self)
        self._founder = founder
        self.setWindowTitle("Schoolprivacy")
        self.setWindowIcon(theme.icon("school", "accent", 32))
        self.workplace: Workplace | None = None
        self.gate = self._new_gate()
        station = read_station()
        self._take_size(station.windows.get(_NAME, ""))
        self._lock_after = station.lock_after_minutes
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self._warn_idle)
        self._last_call = QTimer(self, singleShot=True)
        self._last_call.timeout.connect(self.lock)
        self._busy = False
        self._close_after = False
        self._left: dict[tuple[Path, str], Place] = {}
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        for keys, do in {
            "Ctrl+L": self.lock,
            "Ctrl+Q": self.close,
            "F1": self.show_keys,
            "Ctrl++": lambda: self.step_zoom(1),
            "Ctrl+=": lambda: self.step_zoom(1),
            "Ctrl+-": lambda: self.step_zoom(-1),
            "Ctrl+0": lambda: self.set_look(zoom=1.0),
            "Ctrl+D": self.switch_dark,
        }.items():
            QShortcut(QKeySequence(keys), self).activated.connect(do)

    # — locked and unlocked —

    def start(self, folder: Path | None = None) -> None:
        """Show the gate: of this school file, else of the one used last, else the welcome."""
        self.gate.start(folder)

    def _new_gate(self) -> Gate:
        gate = Gate(self._founder)
        gate.opened.connect(self.enter)
        self.setCentralWidget(gate)
        return gate

    def enter(self, school: School) -> None:
        """Show an opened school file, where the same person was before it was locked."""
        from schoolprivacy.people.profile import read_profile
        from ui.workplace import Workplace

        self.setUpdatesEnabled(False)
        try:
            with school.reading() as session:
                name = read_profile(session).name
            if self.workplace is not None:
                self._remember_place(self.workplace)
            here = self._left.pop((school.folder, school.who.id), Place("overview"))
            self._left.clear()
            self.workplace = Workplace(school, name, here)
            self.workplace.lock_wanted.connect(self.lock)
            self.workplace.desk.station_changed.connect(self.take_station)
            self.workplace.dark_wanted.connect(self.switch_dark)
            self.workplace.keys_wanted.connect(self.show_keys)
            self.setCentralWidget(self.workplace)
            self.workplace.begin()
        finally:
            self.setUpdatesEnabled(True)
        self._rest_idle()

    def lock(self) -> None:
        """Close the school file; nothing of it stays in the window.

        Where one was, and a form that was half entered, waits in memory for the same person.
        """
        self._last_call.stop()
        workplace = self.workplace
        if workplace is None or self._busy:
            return
        if is_busy():
            self._last_call.start(_AGAIN)
            return
        self._busy = True
        school = workplace.desk.school
        folder = school.folder
        self._remember_place(workplace)
        self.workplace = None
        self._idle.stop()
        _close_dialogues()
        self.gate = self._new_gate()  # takes the workplace away first, whatever the lock does
        self.gate.start(folder)

        def done(_: object) -> None:
            self._busy = False
            if self._close_after:
                self.close()

        def failed(error: BaseException) -> None:
            self._busy = False
            self._close_after = False
            messages.tell_error(self, error)

        run(
            self,
            tr("Vergrendelen en back-up maken"),
            lambda _job: school.lock(),
            done,
            failed,
            may_stop=False,
        )

    def _remember_place(self, workplace: Workplace) -> None:
        school = workplace.desk.school
        self._left = {(school.folder, school.who.id): workplace.place_to_reopen()}

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing locks first, and waits for the backup."""
        if self.workplace is not None:
            event.ignore()
            self.workplace.leave(self._lock_and_close)
            return
        if self._busy:
            self._close_after = True
            event.ignore()
            return
        self._remember_size()
        event.accept()

    def _lock_and_close(self) -> None:
        self._close_after = True
        self.lock()

    # — idle —

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QInputEvent):  # of every event of the program, so the quick way
            return False
        if self.workplace is not None and event.type() in _ACTIVITY:
            self._rest_idle()
        if isinstance(event, QWheelEvent) and isinstance(watched, _CHOSEN_BY_WHEEL):
            event.ignore()  # who scrolls a page changes no choice the pointer happens to pass
            return True
        return False

    def _rest_idle(self) -> None:
        self._last_call.stop()
        self._idle.start(self._lock_after * 60_000)

    def _warn_idle(self) -> None:
        if self.workplace is not None:
            self.workplace.desk.say(
                tr("Over {n} seconden wordt het scherm vergrendeld.").format(n=_WARNING_SECONDS)
            )
            self._last_call.start(_WARNING_SECONDS * 1000)

    # — look —

    def set_look(self, *, dark: bool | None = None, zoom: float | None = None) -> None:
        """Change palette or zoom, and remember it for this computer."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        now_dark = theme.colours().dark if dark is None else dark
        now_zoom = theme.zoom() if zoom is None else zoom
        theme.apply(app, dark=now_dark, zoom=now_zoom)
        _remember(theme="dark" if now_dark else "light", zoom=round(now_zoom * 100))
        self._show_again()

    def take_station(self) -> None:
        """Something else was chosen for this computer."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        self._lock_after = read_station().lock_after_minutes
        self._rest_idle()
        before = theme.colours(), theme.zoom()
        theme.apply_chosen(app)
        if before != (theme.colours(), theme.zoom()):
            self._show_again()

    def _show_again(self) -> None:
        """Icons and sizes are drawn when a screen is made: make the open one anew."""
        theme.dress(self)
        if self.workplace is None:
            self.gate.show_again()
        else:
            self.enter(self.workplace.desk.school)

    def switch_dark(self) -> None:
        self.set_look(dark=not theme.colours().dark)

    def step_zoom(self, step: int) -> None:
        """The next larger or smaller of the zooms on offer."""
        nearest = min(theme.ZOOMS, key=lambda each: abs(each - theme.zoom()))
        place = theme.ZOOMS.index(nearest) + step
        if 0 <= place < len(theme.ZOOMS):
            self.set_look(zoom=theme.ZOOMS[place])

    def _take_size(self, remembered: str) -> None:
        """The size of the last time, as far as the screen has room for it."""
        size, _, state = remembered.partition(" ")
        width, _, height = size.partition("x")
        wanted = (1280, 800)
        if width.isdecimal() and height.isdecimal():
            wanted = (int(width), int(height))
        room = self.screen().availableGeometry()
        self.resize(min(wanted[0], room.width()), min(wanted[1], room.height() - _TITLE_BAR))
        if state == "maximized":
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _remember_size(self) -> None:
        usual = self.normalGeometry() if self.isMaximized() else self.geometry()
        state = " maximized" if self.isMaximized() else ""
        said = f"{usual.width()}x{usual.height()}{state}"
        _remember(windows={**read_station().windows, _NAME: said})

    # — keys —

    def show_keys(self) -> None:
        """The shortcuts of the program."""
        ShortcutsDialog(self).open()


def _close_dialogues() -> None:
    """A dialogue is a window of its own and may show a child's data."""
    for each in QApplication.topLevelWidgets():
        if isinstance(each, QDialog):
            each.hide()
            each.deleteLater()


def _remember(**choices: Any) -> None:
    """Keep a choice for this computer; a full disk is no reason to stop working."""
    with contextlib.suppress(FileError):
        write_station(replace(read_station(), **choices))


class ShortcutsDialog(QDialog):
    """Which key does what."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Sneltoetsen"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        listed = QWidget()
        grid = QGridLayout(listed)
        grid.setContentsMargins(0, 0, px(12), 0)
        grid.setHorizontalSpacing(px(24))
        grid.setVerticalSpacing(px(6))
        for row, (keys, does) in enumerate(_shortcuts()):
            grid.addWidget(label(keys, "strong"), row, 0)
            grid.addWidget(label(does, wrap=True), row, 1)
        grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(20), px(20), px(20))
        layout.addWidget(label(tr("Sneltoetsen"), "heading"))
        layout.addWidget(scrolled(listed), 1)
        close = button(tr("Sluiten"), self.accept)
        layout.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)
        self.resize(min(px(640), parent.width()), min(px(680), parent.height()))


def _shortcuts() -> list[tuple[str, str]]:
    listed = [each for each in entries() if each.listed]
    screens = [(keys_of_place(place), each.title) for place, each in enumerate(listed, 1)]
    return [
        *screens,
        ("Ctrl+F", tr("Zoeken: een naam, een groep of een formuliernummer")),
        (tr("Scanner"), tr("Een gescand formulier opent vanuit elk scherm")),
        ("Ctrl+E", tr("Antwoorden invoeren")),
        ("J, N, spatie", tr("Bij het invoeren: ja, nee, niets aangekruist")),
        ("Ctrl+Enter", tr("Vastleggen")),
        ("Ctrl+S", tr("Opslaan, bij Instellingen")),
        ("Ctrl+Z", tr("Het laatste ongedaan maken")),
        ("F5", tr("Opnieuw lezen")),
        ("Ctrl+L", tr("Vergrendelen")),
        ("Ctrl++  Ctrl+-  Ctrl+0", tr("Groter, kleiner, gewone grootte")),
        ("Ctrl+D", tr("Licht of donker")),
        ("F1", tr("Dit overzicht")),
        ("Ctrl+Q", tr("Afsluiten")),
    ]
