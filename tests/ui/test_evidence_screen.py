"""Scans and photos on the page of a pupil: added, looked at in memory, removed, put back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.evidence import attach, evidence
from schoolprivacy.consents.history import pupil_history
from schoolprivacy.school import School
from tests.ui.pupil_pages import desk_of, dialog, press, pupil, push, screen_of, texts, undo_last
from tests.ui.views_evidence import a_photo, a_scan
from ui import files
from ui.jobs import is_busy
from ui.main_window import MainWindow
from ui.preview import PaperView
from ui.screens.pupil_evidence import EvidenceTab
from ui.screens.pupil_evidence_dialogs import (
    AttachDialog,
    EvidenceDialog,
    PictureView,
    read_picture,
)

NOOR, HANNA = "Noor ter Braak", "Hanna van Dongen"


@pytest.fixture
def noor(demo: School) -> str:
    return pupil(demo, NOOR).pupil.id


@pytest.fixture
def tab(window: MainWindow, noor: str) -> EvidenceTab:
    """What is kept of Noor, in view."""
    desk_of(window).go("pupil", pupil=noor, evidence=True)
    found: EvidenceTab = screen_of(window, "pupil")._evidence
    assert found.isVisible()
    return found


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the user picks in the dialogue of the system."""
    target = tmp_path / "van thuis" / "scan.pdf"
    target.parent.mkdir()
    target.write_bytes(a_scan())
    monkeypatch.setattr(files, "choose_file", lambda *_: target)
    return target


def _add(tab: EvidenceTab, qtbot: QtBot) -> AttachDialog:
    push(qtbot, tab, "Bewijs toevoegen…")
    qtbot.waitUntil(lambda: not is_busy() and QApplication.activeModalWidget() is not None)
    return dialog(qtbot, AttachDialog)


def test_a_scan_is_kept_with_its_form_and_taken_back(
    tab: EvidenceTab, window: MainWindow, demo: School, noor: str, chosen: Path, qtbot: QtBot
) -> None:
    assert "nog geen bewijsstuk" in texts(tab)
    asked = _add(tab, qtbot)
    assert isinstance(asked.view, PaperView)
    assert asked.view.pages() == 1
    asked.fields["about"].setText("moeder")
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    qtbot.waitUntil(lambda: not is_busy() and bool(evidence(demo, noor)))
    (kept,) = evidence(demo, noor)
    newest = pupil_history(demo, noor).forms[-1].number
    assert (kept.name, kept.about, kept.form) == ("scan.pdf", "moeder", newest)
    qtbot.waitUntil(lambda: "is bewaard bij" in texts(window))
    undo_last(qtbot, window)
    assert evidence(demo, noor) == []


def test_a_letter_is_of_no_form(
    tab: EvidenceTab, demo: School, noor: str, chosen: Path, qtbot: QtBot
) -> None:
    asked = _add(tab, qtbot)
    asked.fields["form"].choose("")
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    qtbot.waitUntil(lambda: not is_busy() and bool(evidence(demo, noor)))
    assert evidence(demo, noor)[0].form == ""


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"geen pdf", "geen PDF, JPEG of PNG"),
        (a_photo()[:900], "beschadigd"),
        (b"", "niets"),
        (b"%PDF-" + bytes(10 * 1024 * 1024), "te groot"),
    ],
)
def test_what_may_not_be_kept_is_told_before_anything_is_asked(
    tab: EvidenceTab,
    demo: School,
    noor: str,
    chosen: Path,
    qtbot: QtBot,
    content: bytes,
    told: str,
) -> None:
    chosen.write_bytes(content)
    push(qtbot, tab, "Bewijs toevoegen…")
    qtbot.waitUntil(lambda: not is_busy() and QApplication.activeModalWidget() is not None)
    assert told in dialog(qtbot, QDialog).property("text")
    assert evidence(demo, noor) == []


def test_a_file_that_is_gone_is_told(tab: EvidenceTab, chosen: Path, qtbot: QtBot) -> None:
    chosen.unlink()
    push(qtbot, tab, "Bewijs toevoegen…")
    qtbot.waitUntil(lambda: not is_busy() and QApplication.activeModalWidget() is not None)
    assert "kan niet worden gelezen" in dialog(qtbot, QDialog).property("text")


def _drop(tab: EvidenceTab, *paths: Path) -> None:
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
    event = QDropEvent(
        QPointF(QPoint(20, 20)),
        Qt.DropAction.CopyAction | Qt.DropAction.MoveAction,
        held,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    tab.dropEvent(event)
    assert event.dropAction() == Qt.DropAction.CopyAction


def test_a_photo_is_dropped(
    tab: EvidenceTab, demo: School, noor: str, tmp_path: Path, qtbot: QtBot
) -> None:
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(a_photo())
    _drop(tab, photo)
    qtbot.waitUntil(lambda: not is_busy() and QApplication.activeModalWidget() is not None)
    asked = dialog(qtbot, AttachDialog)
    assert isinstance(asked.view, PictureView)
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    qtbot.waitUntil(lambda: not is_busy() and bool(evidence(demo, noor)))
    assert photo.exists()


def test_two_files_at_once_are_not_taken(tab: EvidenceTab, tmp_path: Path, qtbot: QtBot) -> None:
    _drop(tab, tmp_path / "een.pdf", tmp_path / "twee.pdf")
    assert "één bestand tegelijk" in dialog(qtbot, QDialog).property("text")


def test_it_is_shown_from_memory_and_writes_nothing(
    tab: EvidenceTab, window: MainWindow, demo: School, noor: str, qtbot: QtBot, tmp_path: Path
) -> None:
    attach(demo, noor, "scan.pdf", a_scan())
    attach(demo, noor, "foto.png", a_photo("PNG"))
    desk_of(window).tell_change()
    before = sorted(tmp_path.rglob("*"))
    qtbot.keyClick(tab._table, Qt.Key.Key_Return)
    shown = dialog(qtbot, EvidenceDialog)
    assert isinstance(shown.view, PictureView)
    assert not shown.view._shown.pixmap().isNull()
    press(qtbot, Qt.Key.Key_Escape)
    window.activateWindow()
    tab._table.selectRow(1)
    push(qtbot, tab, "Bekijken")
    paper: Any = dialog(qtbot, EvidenceDialog).view
    assert paper.pages() == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_a_photo_stands_upright() -> None:
    from io import BytesIO

    from PIL import Image

    out, exif = BytesIO(), Image.Exif()
    exif[0x0112] = 6  # taken with the telephone on its side
    Image.new("RGB", (80, 40), "#ffffff").save(out, "JPEG", exif=exif)
    shown = read_picture(out.getvalue())
    assert (shown.width(), shown.height()) == (40, 80)


def test_a_large_photo_is_made_smaller_to_look_at() -> None:
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (4800, 3200), "#ffffff").save(out, "JPEG")
    shown = read_picture(out.getvalue())
    assert (shown.width(), shown.height()) == (2400, 1600)


def test_what_was_with_the_wrong_child_is_removed_and_put_back(
    tab: EvidenceTab, window: MainWindow, demo: School, noor: str, qtbot: QtBot
) -> None:
    attach(demo, noor, "scan.pdf", a_scan(), about="van Hanna")
    desk_of(window).tell_change()
    push(qtbot, tab, "Weghalen")
    assert evidence(demo, noor) == []
    assert "nog geen bewijsstuk" in texts(tab)
    undo_last(qtbot, window)
    assert [each.about for each in evidence(demo, noor)] == ["van Hanna"]


def test_who_leaves_the_page_leaves_nothing_on_it(
    tab: EvidenceTab, window: MainWindow, demo: School, noor: str
) -> None:
    attach(demo, noor, "scan.pdf", a_scan())
    desk_of(window).tell_change()
    assert tab._rows.rows
    desk_of(window).go("pupils")
    assert not tab._rows.rows


def test_another_child_has_its_own(tab: EvidenceTab, window: MainWindow, demo: School) -> None:
    hanna = pupil(demo, HANNA).pupil.id
    attach(demo, hanna, "hanna.pdf", a_scan())
    desk_of(window).tell_change()
    assert not tab._rows.rows
    desk_of(window).go("pupil", pupil=hanna, evidence=True)
    assert [each.name for each in tab._rows.rows] == ["hanna.pdf"]
    buttons = [each.text() for each in tab.findChildren(QPushButton) if each.isVisible()]
    assert buttons == ["Bewijs toevoegen…", "Bekijken", "Weghalen"]
