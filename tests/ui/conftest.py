"""Real windows, drawn offscreen; a demo school to fill them."""

from __future__ import annotations

import contextlib
import shutil
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QLabel
from pytestqt.qtbot import QtBot

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.demo import make_demo_school
from schoolprivacy.errors import FileError
from schoolprivacy.people.records import current_year, group_names
from schoolprivacy.school import School
from schoolprivacy.station import Station, write_station
from tests.ui.layouts import filled_too_early
from tests.vault.schools import CHEAP, DIRECTOR, NOW
from ui import theme
from ui.desk import Place
from ui.jobs import is_busy
from ui.main_window import MainWindow


class _Strays(QObject):
    """Notes parts of a screen that appear as windows of their own: they take the keyboard away."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        parts = (QLabel, QFrame, QAbstractButton)
        if event.type() == QEvent.Type.Show and isinstance(watched, parts) and watched.isWindow():
            frames = [each for each in traceback.extract_stack() if "/ui/" in each.filename]
            self.found.append(
                f"{type(watched).__name__}, {frames[-2].filename}:{frames[-2].lineno}"
            )
        return False


@pytest.fixture
def strays(qapp: QApplication) -> Iterator[list[str]]:
    """What appeared as a window of its own and is none."""
    filter_ = _Strays()
    qapp.installEventFilter(filter_)
    yield filter_.found
    qapp.removeEventFilter(filter_)


@pytest.fixture(autouse=True)
def swept(own_station: Path, qtbot: QtBot) -> Iterator[None]:
    """Closed windows really go, else every one of them is given the next look too.

    Before they go, none may have a layout that was filled too early.
    """
    write_station(Station())  # what another test chose on this computer is not remembered
    yield
    early = filled_too_early()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert early == 0, "add a layout to another before anything stands in it, see layouts.py"


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Callable[..., None]]:
    """Gives the windows another palette or zoom for one test."""

    def change(*, dark: bool = False, zoom: float = 1.0) -> None:
        theme.apply(qapp, dark=dark, zoom=zoom)

    yield change
    theme.apply(qapp, dark=False)


@pytest.fixture(scope="session")
def demo_to_copy(own_station: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, because three school years take time; never opened itself."""
    folder = tmp_path_factory.mktemp("demo") / "demo.schoolprivacy"
    founded = make_demo_school(folder, DIRECTOR, SetClock(NOW), pupils=60, cost=CHEAP)
    founded.school.lock()
    return folder


@pytest.fixture
def demo_folder(demo_to_copy: Path, tmp_path: Path) -> Path:
    """A demo school that nobody has open; its passphrase is DIRECTOR."""
    return shutil.copytree(demo_to_copy, tmp_path / "demo.schoolprivacy")


@pytest.fixture
def demo(demo_folder: Path, clock: SetClock) -> Iterator[School]:
    """The demo school, opened by the director."""
    opened = School.open(demo_folder, DIRECTOR, clock)
    try:
        yield opened
    finally:
        with contextlib.suppress(FileError):
            opened.lock()


@pytest.fixture
def first_place() -> Place:
    """Where a window begins: the overview would count the whole school for each test."""
    return Place("entry")


@pytest.fixture
def make_window(
    qtbot: QtBot, qapp: QApplication, demo: School, first_place: Place
) -> Iterator[Callable[[], MainWindow]]:
    """Makes the main window, unlocked on the demo school, 1280 × 800."""
    made: list[MainWindow] = []

    def make() -> MainWindow:
        window = MainWindow()
        window.resize(1280, 800)
        window._left[demo.folder, demo.who.id] = first_place  # as if locked there
        window.enter(demo)
        with qtbot.waitActive(window):
            window.show()
        made.append(window)
        return window

    yield make
    qtbot.waitUntil(lambda: not is_busy(), timeout=20_000)
    for window in made:
        window.workplace = None  # the fixture that opened the school locks it
    for each in QApplication.topLevelWidgets():  # a dialogue left open would block the next test
        each.close()
        each.deleteLater()


@pytest.fixture
def window(make_window: Callable[[], MainWindow]) -> MainWindow:
    """The main window, unlocked on the demo school, 1280 × 800."""
    return make_window()


@pytest.fixture
def demo_letters(demo: School) -> Callable[[], bytes]:
    """Prints the consent forms of one group; gives the PDF."""

    def make() -> bytes:
        made: list[bytes] = []
        with demo.reading() as session:
            group = group_names(session, current_year(session, demo.clock.today()))[0]
        print_forms(demo, made.append, group=group)
        return made[0]

    return make
