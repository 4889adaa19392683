"""Before a school is open: welcome, unlock, trouble and restore."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from schoolprivacy.errors import FileError, InUseError, KnownError
from schoolprivacy.station import remember_school
from tests.ui.hands import texts, type_key
from tests.ui.stage import VIEWS, Stage, view
from tests.vault.schools import change
from ui.gate import Gate
from ui.screens.trouble import Remedy, TroubleScreen
from ui.screens.unlock import UnlockScreen, Way
from ui.wizards.restore import RestoreGuide

_WRONG = "drie groene fietsen dansen"
_SAID = {
    "user": "marja",
    "computer": "BALIE",
    "since": "02-11-2026 08:10",
    "version": "9.0",
    "ours": "1.0",
}
_TROUBLES = (
    "file.missing",
    "file.damaged",
    "file.keys_damaged",
    "file.planted_key",
    "file.not_ours",
    "file.newer",
    "file.in_use",
    "file.in_use_unknown",
    "file.busy",
    "file.read_only",
    "file.read_only_unfinished",
    "file.older_read_only",
    "file.unreachable",
    "file.full",
    "file.upgrade_failed",
    "unlock.no_memory",
)


@view
def welcome(stage: Stage) -> QWidget:
    gate = stage.gate()
    gate.start(None)
    return gate.window()


@view
def welcome_again(stage: Stage) -> QWidget:
    gate = stage.gate()
    remember_school(Path("/home/school/documenten/administratie/school.schoolprivacy"))
    gate.welcome()
    return gate.window()


@view
def demo_school_question(stage: Stage) -> QWidget:
    gate = stage.gate()
    gate.start(None)
    return stage.asked(gate, "Demoschool maken")


# — unlock —


def _unlock(stage: Stage, way: Way | None = None) -> tuple[Gate, UnlockScreen]:
    gate = stage.gate()
    gate.unlock(stage.locked.folder, way or Way())
    stage.settle()
    screen = gate.currentWidget()
    assert isinstance(screen, UnlockScreen)
    return gate, screen


@view
def unlock(stage: Stage) -> QWidget:
    return _unlock(stage)[0].window()


@view
def unlock_to_read(stage: Stage) -> QWidget:
    return _unlock(stage, Way(read_only=True))[0].window()


@view
def unlock_taking_over(stage: Stage) -> QWidget:
    return _unlock(stage, Way(take_over=True))[0].window()


@view
def unlock_wrong(stage: Stage) -> QWidget:
    gate, screen = _unlock(stage)
    stage.qtbot.keyClicks(screen.entry.passphrase.field, _WRONG)
    stage.press(screen.entry.passphrase.field, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: "past niet" in texts(gate))
    return gate.window()


@view
def unlock_caps_lock(stage: Stage) -> QWidget:
    gate, screen = _unlock(stage)
    stage.qtbot.keyClick(screen.entry.passphrase.field, "B")
    return gate.window()


@view
def unlock_paper_key(stage: Stage) -> QWidget:
    gate, screen = _unlock(stage)
    screen.entry.switch()
    return gate.window()


@view
def unlock_paper_key_wrong(stage: Stage) -> QWidget:
    gate, screen = _unlock(stage)
    screen.entry.switch()
    type_key(stage.qtbot, "-".join(["123456"] * 8))
    stage.press(QApplication.focusWidget() or screen, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: "groep 1" in texts(gate))
    return gate.window()


# — trouble —


def _trouble(key: str, stage: Stage) -> QWidget:
    gate = stage.gate()
    folder = stage.locked.folder
    kind = InUseError if key.startswith("file.in_use") else FileError
    error: KnownError = kind(key, place=folder, **_SAID)
    gate.tell_trouble(error, folder)
    stage.settle()
    return gate.window()


for _key in _TROUBLES:
    _name = "trouble-" + _key.split(".")[1].replace("_", "-")
    VIEWS[_name] = partial(_trouble, _key)


@view
def trouble_unknown(stage: Stage) -> QWidget:
    return _trouble("file.exists", stage)


@view
def trouble_take_over(stage: Stage) -> QWidget:
    screen = _trouble("file.in_use", stage).findChild(TroubleScreen)
    assert isinstance(screen, TroubleScreen)
    stage.push(screen, screen.buttons[Remedy.TAKE_OVER].accessibleName())
    return stage.dialogue()


# — restore —


def _restore(stage: Stage, *, page: int) -> RestoreGuide:
    made = stage.locked
    if not list((made.folder / "backups").glob("*voor-import*")):
        with made.open() as school:
            change(school, "0501111111")
            school.back_up_before("import")
        made.clock.moment = datetime(2026, 11, 3, 9, tzinfo=UTC)
    gate = stage.gate()
    gate.restore(made.folder)
    stage.settle()
    guide = gate.currentWidget()
    assert isinstance(guide, RestoreGuide)
    for _ in range(page):
        guide.guide.forward()
    return guide


@view
def restore_nothing_found(stage: Stage) -> QWidget:
    gate = stage.gate()
    gate.restore(None)
    stage.settle()
    return gate.window()


@view
def restore_which(stage: Stage) -> QWidget:
    return _restore(stage, page=0).window()


@view
def restore_over(stage: Stage) -> QWidget:
    return _restore(stage, page=1).window()


@view
def restore_elsewhere(stage: Stage) -> QWidget:
    guide = _restore(stage, page=1)
    page = guide.guide.pages[1]
    page.new.setChecked(True)  # type: ignore[attr-defined]
    return guide.window()


@view
def restore_open(stage: Stage) -> QWidget:
    return _restore(stage, page=2).window()


@view
def restore_done(stage: Stage) -> QWidget:
    guide = _restore(stage, page=0)
    guide._choice.target = guide._choice.over
    guide._choice.aside = stage.folder / "school van voor 2026-11-03.schoolprivacy"
    guide.guide.open_page(3)
    return guide.window()
