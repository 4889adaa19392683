"""Before a school file is open: welcome, unlock, trouble, the first start and the restore."""

from __future__ import annotations

import contextlib
import getpass
import platform
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from schoolprivacy.errors import FileError, InUseError, KnownError
from schoolprivacy.station import read_station, remember_school
from ui import jobs, messages
from ui.places import demo_folder, folder_of
from ui.screens.trouble import Remedy, TroubleScreen
from ui.screens.unlock import DEMO_PASSPHRASE, TO_WORK, UnlockScreen, Way
from ui.screens.welcome import WelcomeScreen
from ui.wizards.founding import Beginning, Founder
from ui.words import tr

if TYPE_CHECKING:  # it brings SQLAlchemy, which may load behind the passphrase screen
    from schoolprivacy.school import FolderSeen, School


class Gate(QStackedWidget):
    """Shows what stands between the user and the school file.

    :signal opened: the School, unlocked
    """

    opened = Signal(object)

    def __init__(self, founder: Founder | None = None) -> None:
        super().__init__()
        self.folder: Path | None = None
        self._founder = founder or Founder()
        self._begun = Beginning()
        self._shown: Callable[[], None] = self.welcome

    def start(self, folder: Path | None) -> None:
        """Begin with this school file; without one with the one used last, else the welcome."""
        folder = folder or next(iter(read_station().schools), None)
        if folder is None:
            self.welcome()
        else:
            self.unlock(folder_of(folder))

    def show_again(self) -> None:
        """Make what is shown anew, after a change of palette or zoom."""
        self._shown()

    def _show(self, screen: Any, again: Callable[[], None]) -> None:
        old: QWidget | None = self.currentWidget()
        self._shown = again
        self.addWidget(screen)
        self.setCurrentWidget(screen)
        if old is not None:
            self.removeWidget(old)
            old.deleteLater()
        screen.focus_first()

    # — the screens —

    def welcome(self) -> None:
        """Choose what to do."""
        screen = WelcomeScreen(
            read_station().schools,
            begun=any(self._begun.about.values()),
            has_demo=demo_folder().exists(),
        )
        screen.founding.connect(self.first_start)
        screen.chosen.connect(self.unlock)
        screen.restoring.connect(lambda: self.restore(self.folder))
        screen.trying.connect(self.try_demo)
        self._show(screen, self.welcome)

    def unlock(self, folder: Path, way: Way = TO_WORK) -> None:
        """Ask for the secret of a school file, or tell why it cannot be opened."""
        self.folder = folder
        screen = UnlockScreen(folder, way)
        screen.opened.connect(self._open)
        screen.stuck.connect(lambda error: self.tell_trouble(error, folder))
        screen.elsewhere.connect(self.welcome)
        self._show(screen, lambda: self.unlock(folder, way))
        if way == TO_WORK:
            QTimer.singleShot(0, screen, lambda: self._look(folder, screen))

    def tell_trouble(self, error: KnownError, folder: Path) -> None:
        """Tell why a school file cannot be opened, and what to do."""
        screen = TroubleScreen(error, folder)
        does: dict[Remedy, Callable[[], None]] = {
            Remedy.AGAIN: lambda: self.unlock(folder),
            Remedy.OTHER: self.welcome,
            Remedy.RESTORE: lambda: self.restore(folder),
            Remedy.READ_ONLY: lambda: self.unlock(folder, Way(read_only=True)),
            Remedy.TAKE_OVER: lambda: self.unlock(folder, Way(take_over=True)),
        }
        screen.chosen.connect(lambda remedy: does[remedy]())
        self._show(screen, lambda: self.tell_trouble(error, folder))
        self._look_closer(screen, error, folder)

    def first_start(self) -> None:
        """Make a new school, or go on with it."""
        from ui.wizards.first_start import FirstStart

        guide = FirstStart(self._begun, self._founder)
        guide.opened.connect(self._open)
        guide.left.connect(self.welcome)
        self._show(guide, self.first_start)

    def restore(self, present: Path | None) -> None:
        """Put a backup back.

        :param present: the school file it may take the place of
        """
        from ui.wizards.restore import RestoreGuide

        guide = RestoreGuide(present if present and present.exists() else None)
        guide.restored.connect(self.unlock)
        guide.left.connect(lambda: self.unlock(present) if present else self.welcome())
        self._show(guide, lambda: self.restore(present))

    def try_demo(self) -> None:
        """Open the demo school, which is made the first time."""
        folder = demo_folder()
        if folder.exists():
            self.unlock(folder)
            return
        said = tr(
            "Er wordt een school met verzonnen leerlingen gemaakt, in een eigen bestand naast dat "
            "van uw school. Voer er geen echte gegevens in.\n\nDe wachtzin van de demoschool is: "
            "{passphrase}"
        )
        messages.confirm(
            self,
            said.format(passphrase=DEMO_PASSPHRASE),
            tr("Demoschool maken"),
            lambda: self._make_demo(folder),
            heading=tr("Demoschool maken?"),
        )

    def _make_demo(self, folder: Path) -> None:
        jobs.run(
            self.window(),
            tr("De demoschool maken"),
            lambda job: self._founder.demo(folder, DEMO_PASSPHRASE, job),
            self._open,
            self._tell,
        )

    def _tell(self, error: BaseException) -> None:
        messages.tell_error(self, error)

    # — looking before opening —

    def _look(self, folder: Path, screen: UnlockScreen) -> None:
        """See beside the windows what lies there: a share may take its time."""

        def look() -> FolderSeen:
            from schoolprivacy.school import look_at

            return look_at(folder)

        def seen(found: FolderSeen) -> None:
            error = _trouble_seen(found)
            # Tried in the meantime: what was seen may have been this very opening.
            if error and self.currentWidget() is screen and not screen.tried:
                self.tell_trouble(error, folder)

        jobs.quietly(screen, look, seen, self._tell)

    def _look_closer(self, screen: TroubleScreen, error: KnownError, folder: Path) -> None:
        """What is worth knowing with this trouble: who was there last, which backups there are."""

        def look() -> tuple[Any, Any]:
            from schoolprivacy.school import list_backups, look_at

            if isinstance(error, InUseError):
                return look_at(folder).holding, None
            return None, list_backups(folder)

        def seen(found: tuple[Any, Any]) -> None:
            holding, backups = found
            if holding:
                screen.show_holder(holding)
            elif backups is not None:
                screen.show_backups(backups)

        if isinstance(error, InUseError) or error.key in ("file.damaged", "file.keys_damaged"):
            jobs.quietly(screen, look, seen, self._tell)

    # — opened —

    def _open(self, school: School) -> None:
        from schoolprivacy.school import PAPER_KEY

        self.folder = school.folder
        self._begun = Beginning()
        with contextlib.suppress(FileError):  # a full disk is no reason to stop working
            remember_school(school.folder)
        window = self.window()
        self.opened.emit(school)
        if school.who.role == PAPER_KEY:
            messages.tell(window, _after_paper_key(), heading=tr("Geopend met de papieren sleutel"))

    def hideEvent(self, event: QHideEvent) -> None:
        """Closed in the middle of the first start: the school file is not left open."""
        school, self._begun.school = self._begun.school, None
        if school and not event.spontaneous():
            with contextlib.suppress(FileError):
                school.lock()
        super().hideEvent(event)


def _after_paper_key() -> str:
    return tr(
        "Geef nu bij Instellingen, Gebruikers ieder die de wachtzin kwijt is een nieuwe. Leg het "
        "papier daarna terug in de kluis. Kan iemand anders het hebben gezien? Vernieuw dan ook "
        "de papieren sleutel."
    )


def _trouble_seen(seen: FolderSeen) -> KnownError | None:
    """What stands in the way of opening, None when nothing is to be seen."""
    from schoolprivacy.school import FolderState

    keys = {
        FolderState.MISSING: "file.missing",
        FolderState.EMPTY: "file.not_ours",
        FolderState.NOT_A_SCHOOL: "file.not_ours",
        FolderState.DAMAGED: "file.damaged",
        FolderState.KEYS_DAMAGED: "file.keys_damaged",
        FolderState.UNREACHABLE: "file.unreachable",
    }
    if seen.state in keys:
        return FileError(keys[seen.state], place=seen.folder)
    held = seen.holding
    if seen.state is not FolderState.IN_USE:
        return None
    if held is None:
        return InUseError("file.in_use_unknown", place=seen.folder)
    if (held.user, held.computer) == (getpass.getuser(), platform.node()):
        return None  # perhaps this window, still locking; if not, opening tells
    since = f"{held.since.astimezone():%d-%m-%Y %H:%M}"
    return InUseError("file.in_use", user=held.user, computer=held.computer, since=since)
