"""The dialogues of Qt itself: where they begin, and that they speak Dutch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo, QStandardPaths, Qt, QTimer, QTranslator
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui import files
from ui.words import MissingDutch, tr

ENGLISH = {"Look", "Files", "Double", "Off", "Long", "Short", "Page"}
ANY = "Alles (*)"


@pytest.fixture(autouse=True)
def parent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot) -> QWidget:
    """The window of somebody with documents, who has been nowhere yet."""
    monkeypatch.setattr(files, "_went_to", [])
    monkeypatch.setenv("HOME", str(tmp_path))
    documents().mkdir(parents=True, exist_ok=True)
    made = QWidget()
    qtbot.addWidget(made)
    return made


def documents() -> Path:
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place))


@pytest.fixture
def dutch(qapp: QApplication) -> Iterator[None]:
    """The catalogues, in the order of ``make_application``."""
    ours, qt = MissingDutch(qapp), QTranslator(qapp)
    assert qt.load("qtbase_nl", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    qapp.installTranslator(ours)
    qapp.installTranslator(qt)
    yield
    qapp.removeTranslator(qt)
    qapp.removeTranslator(ours)


def begins_at(ask: Callable[[], object], choose: Path | None = None) -> Path:
    """Open a dialogue and choose something in it, or nothing; gives where it began."""
    found: list[Path] = []

    def act() -> None:
        for each in QApplication.topLevelWidgets():
            if isinstance(each, QFileDialog) and each.isVisible():
                found.append(Path(each.directory().absolutePath()))
                if choose:
                    line = each.findChild(QLineEdit)
                    line.setText(str(choose))
                    QTest.keyClick(line, Qt.Key.Key_Return)
                if each.isVisible():
                    each.reject()

    QTimer.singleShot(100, act)
    ask()
    (place,) = found
    return place


def words(widget: QWidget) -> set[str]:
    texts = [each.text() for each in widget.findChildren(QLabel)]
    texts += [each.text() for each in widget.findChildren(QAbstractButton)]
    texts += [each.title() for each in widget.findChildren(QGroupBox)]
    return {word for text in texts for word in text.replace("&", "").split()}


def test_they_begin_at_the_documents_and_then_where_one_was(
    parent: QWidget, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    there = stick / "lijst.csv"
    there.touch()
    assert begins_at(lambda: files.choose_file(parent, "Open", ANY)) == documents()
    assert begins_at(lambda: files.choose_folder(parent, "Map")) == documents()
    begins_at(lambda: files.choose_file(parent, "Open", ANY), there)
    assert begins_at(lambda: files.choose_files(parent, "Open", ANY)) == stick
    assert begins_at(lambda: files.choose_new_file(parent, "Bewaar", "a.pdf", ANY)) == stick
    assert begins_at(lambda: files.choose_folder(parent, "Map")) == stick


def test_a_stick_that_was_pulled_out_is_left(parent: QWidget, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    begins_at(lambda: files.choose_folder(parent, "Map"), stick)
    assert begins_at(lambda: files.choose_folder(parent, "Map")) == stick
    stick.rmdir()
    assert begins_at(lambda: files.choose_folder(parent, "Map")) == documents()


def test_who_changes_their_mind_has_chosen_nothing(parent: QWidget) -> None:
    def nothing() -> None:
        assert files.choose_file(parent, "Open", ANY) is None

    begins_at(nothing)
    assert files._went_to == []


@pytest.mark.usefixtures("dutch")
def test_the_dialogue_for_files_is_dutch(parent: QWidget) -> None:
    dialog = QFileDialog(parent)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    assert {"Zoeken", "Bestanden", "Openen"} <= words(dialog)
    assert ENGLISH.isdisjoint(words(dialog))


@pytest.mark.usefixtures("dutch")
def test_the_dialogue_for_printing_is_dutch(parent: QWidget) -> None:
    dialog = QPrintDialog(QPrinter(), parent)
    assert {"Afdrukbereik", "Dubbelzijdig", "Uit"} <= words(dialog)
    assert ENGLISH.isdisjoint(words(dialog))


@pytest.mark.usefixtures("dutch")
def test_our_own_texts_stay_as_they_are() -> None:
    assert tr("Dit is al Nederlands é") == "Dit is al Nederlands é"
