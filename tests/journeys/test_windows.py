"""The whole main job through real windows, from a computer that never saw the program."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.answering import find_form
from schoolprivacy.consents.records import Form, decisions, forms
from schoolprivacy.consents.terms import Choice
from schoolprivacy.exchange.roster import RosterPupil
from schoolprivacy.people.directory import directory
from schoolprivacy.school import School
from schoolprivacy.station import Station, write_station
from tests.exchange.writing import edexml, edexml_pupil
from tests.paper.reading import texts_of
from tests.ui.hands import focused, modal, texts, type_key
from tests.vault.schools import CHEAP
from ui import files, preview
from ui.jobs import is_busy
from ui.main_window import MainWindow
from ui.navigation import entries, keys_of_place
from ui.places import schools_folder
from ui.screens.unlock import UnlockScreen
from ui.screens.welcome import WelcomeScreen
from ui.wizards.first_start import FirstStart
from ui.wizards.founding import Founder
from ui.wizards.restore import RestoreGuide

OWN = "zes rode wolken fluiten zacht mee"
COLLEAGUE = "zeven oude stoelen dansen rond"
SCHOOL = (
    "Basisschool De Kanariepiet",
    *("99ZZ", "Stichting Voorbeeld", "Dorpsstraat 1", "9900AA", "Nergenshuizen"),
    *("0501234567", "school@voorbeeld.example", "fg@voorbeeld.example"),
)
NAMES = ("Aylin", "Bram", "Cato", "Daan", "Evi", "Finn", "Guus", "Hanna", "Ilse", "Joris", "Kees")
REAL_KEYS = bool(os.environ.get("SCHOOLPRIVACY_REAL_KEYS"))
Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's PDF printer: the only thing here that is not the program itself."""
    target = tmp_path / "printed.pdf"

    def choose(printer: QPrinter, *_: object) -> bool:
        printer.setResolution(72)
        printer.setOutputFileName(str(target))
        return True

    monkeypatch.setattr(preview, "ask_printer", choose)
    return target


class Secretary:
    """Somebody at the keyboard."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window

    def wait(self, until: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(until()), timeout=30_000)

    def settle(self) -> None:
        self.wait(lambda: not is_busy())
        self.qtbot.wait(30)

    def keys(self, text: str) -> None:
        self.qtbot.keyClicks(focused(self.qtbot), text)

    def scan(self, number: str) -> None:
        """A hand scanner types a number and Enter, in one go."""
        self.keys(number)
        self.press(Key.Key_Return)

    def paper_key(self, key: str) -> None:
        type_key(self.qtbot, key)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.qtbot.keyClick(focused(self.qtbot), key)

    def with_control(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(focused(self.qtbot), key, Control)

    def press_on(self, widget: QWidget, key: Qt.Key) -> None:
        """Go to something with the keyboard, and press a key on it."""
        self.settle()
        widget.setFocus()
        self.press(key)

    def button(self, text: str, where: QWidget | None = None) -> None:
        found = (where or self.window).findChildren(QPushButton)
        shown = [each for each in found if each.isVisible()]
        self.press_on(
            next(each for each in shown if each.text().replace("&", "") == text), Key.Key_Space
        )

    @property
    def school(self) -> School:
        assert self.window.workplace is not None
        school: School = self.window.workplace.desk.school
        return school

    def screen(self, wanted: str) -> Any:
        """By the keys of the sidebar."""
        listed = [each.key for each in entries() if each.listed]
        last = keys_of_place(listed.index(wanted) + 1)[-1]
        self.with_control(Key(ord(last)))  # of digits, capitals and the comma they are the same
        self.settle()
        assert self.window.workplace is not None
        return self.window.workplace.screen_of(self.window.workplace.place.screen)


class AtRealKeys(Secretary):
    """The same person, whose keys come from the window system (test_real_keys.py)."""

    NAMES: ClassVar = {
        Key.Key_Return: "Return",
        Key.Key_Tab: "Tab",
        Key.Key_Escape: "Escape",
        Key.Key_Down: "Down",
        Key.Key_Space: "space",
        Key.Key_Comma: "comma",
    }

    def _do(self, *command: str) -> None:
        """Let the window system press keys, and Qt hear them."""
        done = threading.Event()

        def work() -> None:
            subprocess.run(["xdotool", *command], check=True)
            done.set()

        threading.Thread(target=work).start()
        self.wait(done.is_set)
        self.qtbot.wait(80)
        self.settle()

    def keys(self, text: str) -> None:
        self._do("type", "--delay", "8", text)

    def scan(self, number: str) -> None:
        self._do("type", "--delay", "4", f"{number}\n")

    def paper_key(self, key: str) -> None:
        self.keys(key.replace("-", ""))

    def press(self, *keys: Qt.Key) -> None:
        names = [self.NAMES.get(key) or chr(key.value).lower() for key in keys]
        self._do("key", "--delay", "60", *names)

    def with_control(self, key: Qt.Key) -> None:
        self._do("key", f"ctrl+{self.NAMES.get(key) or chr(key.value).lower()}")


@pytest.fixture
def secretary(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Secretary]:
    """At a computer on which nothing was done before."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    write_station(Station())
    window = MainWindow(Founder(cost=CHEAP))
    window.resize(1280, 800)
    window.start(None)
    with qtbot.waitActive(window):
        window.show()
    yield (AtRealKeys if REAL_KEYS else Secretary)(qtbot, window)
    qtbot.waitUntil(lambda: not is_busy(), timeout=30_000)
    if window.workplace is not None:
        window.workplace.desk.school.close()
        window.workplace = None
    for each in QApplication.topLevelWidgets():
        each.close()
        each.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_from_nothing_to_a_restored_backup(
    secretary: Secretary, printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper_key = first_start(secretary)
    import_pupils(secretary, tmp_path, monkeypatch)
    print_forms(secretary, printed)
    entered = enter_ten_forms(secretary)
    print_reminder_list(secretary, printed)
    lock_and_unlock(secretary)
    backup = back_up(secretary, tmp_path, monkeypatch)
    restore_elsewhere(secretary, backup, paper_key, tmp_path, monkeypatch)
    with secretary.school.reading() as session:
        found = decisions(session)
    given = {each.form_id for of_child in found.values() for each in of_child}
    assert given == {form.id for form in entered}


def first_start(at: Secretary) -> str:
    """The guide, to the overview."""
    gate = at.window.gate
    assert isinstance(gate.currentWidget(), WelcomeScreen)
    gate.first_start()
    guide = gate.currentWidget()
    assert isinstance(guide, FirstStart)
    for place, text in enumerate(SCHOOL):
        if place:
            at.press(Key.Key_Tab)
        at.keys(text)
    at.press(Key.Key_Return)
    at.keys(OWN)
    at.press(Key.Key_Tab)
    at.keys(OWN)
    at.press(Key.Key_Return)
    page: Any = guide.guide.pages[2]
    page.fields["name"].setFocus()
    at.keys("Sam Verzonnen")
    page.passphrase.setFocus()
    at.keys(COLLEAGUE)
    at.press(Key.Key_Tab)
    at.keys(COLLEAGUE)
    at.press(Key.Key_Return)  # on to the place
    at.press(Key.Key_Return)  # which is fine
    at.wait(lambda: guide.guide.place == 4)
    paper_key = gate._begun.paper_key
    guide.guide.forward()
    at.wait(lambda: guide.guide.place == 5)
    at.paper_key(paper_key)
    at.press(Key.Key_Return)
    at.wait(lambda: at.window.workplace is not None)
    at.settle()
    assert "Zo begint u" in texts(at.window)
    return paper_key


def import_pupils(at: Secretary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pupils = [
        RosterPupil(
            line=n,
            key=str(n),
            call_name=name,
            surname="Verzonnen" if n % 2 else "Bedacht",
            born_on=date(2016, 1, n),
            year_level="5",
            group="Groep 5" if n < 11 else "Groep 6",
            came_on=date(2020, 8, 1),
        )
        for n, name in enumerate(NAMES, 1)
    ]
    export = tmp_path / "export.xml"
    groups = "".join(f'<groep key="{g}"><naam>{g}</naam></groep>' for g in ("Groep 5", "Groep 6"))
    export.write_bytes(edexml("".join(map(edexml_pupil, pupils)), groups=groups))
    monkeypatch.setattr(files, "choose_files", lambda *_: [export])
    screen = at.screen("import")
    at.with_control(Key.Key_O)
    at.wait(lambda: "11 nieuw" in texts(screen))
    at.settle()
    at.with_control(Key.Key_Return)
    at.wait(lambda: len(directory(at.school)) == len(NAMES))
    at.settle()


def print_forms(at: Secretary, printed: Path) -> None:
    screen = at.screen("papers")
    groups = next(b for b in screen.findChildren(QRadioButton) if "groepen" in b.text())
    at.press_on(groups, Key.Key_Space)
    five = next(b for b in screen.findChildren(QWidget) if b.property("text") == "Groep 5 (10)")
    at.press_on(five, Key.Key_Space)
    at.settle()
    at.wait(lambda: screen._choices.request().count == 10)
    at.with_control(Key.Key_P)
    at.button("Toch afdrukken…", modal(at.qtbot))  # who goes by class stands above the edge now
    at.wait(lambda: len(_forms(at.school)) == 10)
    at.settle()
    assert printed.read_bytes().startswith(b"%PDF")


def _forms(school: School) -> list[Form]:
    with school.reading() as session:
        return forms(session)


def enter_ten_forms(at: Secretary) -> list[Form]:
    """Nine of them answered; on the tenth nothing is ticked."""
    stack = _forms(at.school)
    for place, form in enumerate(stack):
        at.scan(form.number)  # from whatever screen
        if place == 9:
            at.with_control(Key.Key_Return)
            problem = texts(at.window)
            assert "Kies wie heeft ondertekend" in problem
            at.press(Key.Key_Escape)
            break
        at.press(*[Key.Key_J if (place + row) % 2 else Key.Key_N for row in range(len(form.asked))])
        at.press(Key.Key_Down, Key.Key_Return)  # no parents are known: somebody else signed
        at.keys(f"R. Verzonnen{'abcdefghi'[place]}")
        at.press(Key.Key_Return)
        at.keys("moeder")
        at.press(Key.Key_Return, Key.Key_J)
        at.with_control(Key.Key_Return)
        at.settle()
    with at.school.reading() as session:
        found = decisions(session)
        first = find_form(session, stack[0].number)
    counted = sum(len(each) for each in found.values())
    assert counted == 9 * len(first.asked)
    (one,) = found[first.pupil_id, first.asked[0][0]]
    assert one.decision.choice is Choice.REFUSED
    return stack[:9]


def print_reminder_list(at: Secretary, printed: Path) -> None:
    printed.unlink()
    screen = at.screen("papers")
    kind = next(b for b in screen.findChildren(QRadioButton) if "erinneringslijst" in b.text())
    at.press_on(kind, Key.Key_Space)
    at.settle()
    at.wait(lambda: screen._seen is not None and screen._seen.pdf is not None)
    seen = texts_of(screen._seen.pdf)[0]
    silent = _forms(at.school)[9].pupil_id
    named = {each.pupil.call_name for each in directory(at.school) if each.pupil.call_name in seen}
    assert named == {
        each.pupil.call_name for each in directory(at.school) if each.pupil.id == silent
    }
    at.with_control(Key.Key_P)
    at.wait(printed.exists)
    at.settle()


def lock_and_unlock(at: Secretary) -> None:
    at.with_control(Key.Key_L)
    at.wait(lambda: at.window.workplace is None and not is_busy())
    at.wait(lambda: isinstance(at.window.gate.currentWidget(), UnlockScreen))
    screen: Any = at.window.gate.currentWidget()
    at.wait(screen.entry.passphrase.field.hasFocus)
    at.keys("dit is niet de goede zin")
    at.press(Key.Key_Return)
    at.wait(lambda: "past niet" in texts(screen))
    at.keys(COLLEAGUE)  # what was wrong is selected
    at.press(Key.Key_Return)
    at.wait(lambda: at.window.workplace is not None)
    at.settle()
    assert at.school.who.name == "Sam Verzonnen"


def back_up(at: Secretary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    target = tmp_path / "stick" / "school.schoolbackup"
    target.parent.mkdir()
    monkeypatch.setattr(files, "choose_new_file", lambda *_: target)
    at.screen("settings")
    assert at.window.workplace is not None
    at.window.workplace.desk.go("settings", section="backups")
    at.settle()
    at.button("Nu een back-up maken…")
    at.wait(target.exists)
    at.settle()
    at.window.close()  # the computer is gone after this
    at.wait(lambda: not at.window.isVisible() and not is_busy())
    return target


def restore_elsewhere(
    at: Secretary, backup: Path, paper_key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a computer that has never seen the school."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "elsewhere"))
    write_station(Station())
    at.window = MainWindow(Founder(cost=CHEAP))
    at.window.resize(1280, 800)
    at.window.start(None)
    with at.qtbot.waitActive(at.window):
        at.window.show()
    gate = at.window.gate
    gate.restore(None)
    guide = gate.currentWidget()
    assert isinstance(guide, RestoreGuide)
    monkeypatch.setattr(files, "choose_file", lambda *_: backup)
    go = next(b for b in guide.findChildren(QPushButton) if "kiezen" in b.text() and b.isVisible())
    at.press_on(go, Key.Key_Space)
    at.settle()
    guide.guide.forward()
    guide.guide.forward()
    at.wait(lambda: guide.guide.place == 2)
    page: Any = guide.guide.pages[2]
    page.entry.passphrase.field.setFocus()
    at.keys(OWN)
    at.press(Key.Key_Return)
    at.wait(lambda: guide.guide.place == 3)
    guide.guide.forward()
    at.wait(lambda: isinstance(gate.currentWidget(), UnlockScreen))
    assert gate.folder is not None and gate.folder.is_relative_to(schools_folder())
    at.settle()
    screen: Any = gate.currentWidget()
    at.button("Wachtzin vergeten? Openen met de papieren sleutel", screen)
    at.paper_key(paper_key)
    at.press(Key.Key_Return)
    at.wait(lambda: at.window.workplace is not None)
    at.settle()
    box = modal(at.qtbot)
    assert "papieren sleutel" in box.property("text")
    at.press(Key.Key_Return)
    at.wait(lambda: QApplication.activeModalWidget() is None)
