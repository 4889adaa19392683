"""Letters and lists: looking registers nothing, printing and saving do, stopping does not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import records
from schoolprivacy.consents.board import consent_table
from schoolprivacy.consents.waiting import waited_for
from schoolprivacy.errors import sentence
from schoolprivacy.paper.preview import page_count
from schoolprivacy.people.directory import Listed, directory, groups
from schoolprivacy.people.editing import add_pupil
from schoolprivacy.people.entries import PupilEntry
from schoolprivacy.people.names import full_name
from schoolprivacy.people.profile import change_profile
from schoolprivacy.people.records import current_year, pupil, pupils_on_roll
from schoolprivacy.school import School
from schoolprivacy.vault.tables import audit
from tests.paper.reading import texts_of
from tests.ui.hands import focused
from tests.vault.schools import DIRECTOR
from ui import files, jobs, preview
from ui.jobs import JobDialog
from ui.main_window import MainWindow
from ui.preview import PaperView
from ui.screens.papers import PapersScreen

Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier


class Bench:
    """The screen with a school behind it, driven by keys."""

    def __init__(self, window: MainWindow, school: School, qtbot: QtBot) -> None:
        assert window.workplace is not None
        self.window, self.school, self._qtbot = window, school, qtbot
        self.desk = window.workplace.desk
        self.desk.go("papers")
        found = window.workplace.screen_of("papers")
        assert isinstance(found, PapersScreen)
        self.screen = found
        self.view = found.findChild(PaperView)
        self.wait()

    def wait(self) -> None:
        """Until the sample of what is chosen is on the screen."""
        self._qtbot.waitUntil(
            lambda: self.screen._seen is not None and not jobs.is_busy(), timeout=60_000
        )
        self._qtbot.waitUntil(  # on a slow computer its dialogue closes a moment later
            lambda: not isinstance(QApplication.activeModalWidget(), jobs.JobDialog)
        )
        if QApplication.activeModalWidget() is None:
            self._activate()
        QApplication.processEvents()  # only then Qt shows what is new in a layout

    def go(self, **detail: Any) -> None:
        self.desk.go("papers", **detail)
        self.wait()

    def press(self, key: Qt.Key, where: QWidget | None = None) -> None:
        self._qtbot.keyClick(where or QApplication.focusWidget(), key)

    def shortcut(self, key: Qt.Key) -> None:
        self._activate()
        self._qtbot.keyClick(self.window, key, Control)

    def _activate(self) -> None:
        """When a dialogue has closed: nobody manages the windows here."""
        with self._qtbot.waitActive(self.window):
            self.window.activateWindow()

    def tick(self, text: str) -> None:
        """The space bar on a box or a radio button."""
        self.press(Key.Key_Space, self.shown(text))
        self.wait()

    def shown(self, text: str) -> QWidget:
        """What can be pressed and says this."""
        kinds = (QCheckBox, QRadioButton, QPushButton)
        found = [each for kind in kinds for each in self.screen.findChildren(kind)]
        return next(
            each for each in found if text in each.text().replace("&", "") and each.isVisible()
        )

    def said(self) -> str:
        """Everything that is written on the screen."""
        labels = self.screen.findChildren(QLabel)
        return "\n".join(each.text() for each in labels if each.isVisible())

    def box(self) -> QDialog:
        """The question or message that is asked now."""
        self._qtbot.waitUntil(lambda: self._asked() is not None, timeout=60_000)
        found = self._asked()
        assert found is not None
        return found

    def _asked(self) -> QDialog | None:
        found = QApplication.activeModalWidget()
        return found if isinstance(found, QDialog) and not isinstance(found, JobDialog) else None

    def asked(self) -> str:
        """What it says."""
        return _texts(self.box())

    def answer(self, text: str) -> None:
        go = next(each for each in self.box().findChildren(QPushButton) if each.text() == text)
        self.press(Key.Key_Space, go)

    def made(self, action: str) -> dict[str, Any]:
        """What the audit trail tells, once the work is done."""
        self._qtbot.waitUntil(lambda: self._last()[0] == action, timeout=60_000)
        self._qtbot.waitUntil(lambda: not jobs.is_busy(), timeout=60_000)
        self.wait()
        return self._last()[1]

    def _last(self) -> tuple[str, dict[str, Any]]:
        with self.school.reading() as session:
            row = session.execute(sa.select(audit).order_by(audit.c.seq.desc()).limit(1)).one()
        return row.action, {"about": row.about, **json.loads(row.detail)}

    def state(self) -> tuple[int, set[str]]:
        """Where the trail ends, and the forms that count."""
        with self.school.reading() as session:
            live = {each.number for each in records.forms(session) if each.replaced_on is None}
            return session.anchor().seq, live


@pytest.fixture
def bench(window: MainWindow, demo: School, qtbot: QtBot) -> Iterator[Bench]:
    yield Bench(window, demo, qtbot)
    qtbot.waitUntil(lambda: not jobs.is_busy(), timeout=60_000)


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the system's PDF printer puts what it prints."""
    target = tmp_path / "printed.pdf"

    def choose(printer: QPrinter, *_: object) -> bool:
        printer.setResolution(72)  # quick
        printer.setOutputFileName(str(target))
        return True

    monkeypatch.setattr(preview, "ask_printer", choose)
    return target


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The file dialogue: ``chosen`` is what the user picks, ``proposed`` what they see."""
    told: dict[str, Any] = {"chosen": tmp_path / "brieven.pdf"}

    def choose(_parent: QWidget, _title: str, proposed: str, _kinds: str) -> Path | None:
        told["proposed"] = proposed
        chosen: Path | None = told["chosen"]
        return chosen

    monkeypatch.setattr(files, "choose_new_file", choose)
    return told


def a_child(school: School) -> Listed:
    """Somebody with guardians, whose name is spelled the same on paper."""
    return next(each for each in directory(school) if each.guardians and not each.pupil.prefix)


# — looking —


def test_every_paper_is_seen_by_the_arrows_and_nothing_is_registered(bench: Bench) -> None:
    before, seen = bench.state(), set()
    bench.screen.focus_first()  # a job's dialogue may have come between, on a slow computer
    for _ in range(4):
        at = focused(bench._qtbot)
        assert isinstance(at, QRadioButton)
        assert bench.view.pages() > 0
        seen.add(at.text())
        bench.press(Key.Key_Down)
        bench.wait()
    assert len(seen) == 4
    assert bench.state() == before


def test_what_is_seen_is_marked_as_a_sample(bench: Bench) -> None:
    seen = bench.screen._seen
    assert seen is not None and seen.pdf is not None
    assert all("VOORBEELD" in text for text in texts_of(seen.pdf))


def test_the_page_is_counted_and_fits(bench: Bench, qtbot: QtBot) -> None:
    pages = bench.view.pages()
    assert f"Bladzijde 1 van {pages}" in bench.said()
    bench.press(Key.Key_End, bench.view)
    qtbot.waitUntil(lambda: f"Bladzijde {pages} van {pages}" in bench.said())
    bench.press(Key.Key_Space, bench.shown("Hele bladzijde"))
    page = bench.view.findChildren(QWidget)[-1]
    bench.press(Key.Key_Home, bench.view)
    assert page.height() <= bench.view.viewport().height()


def test_a_place_opens_with_what_it_asks_for(bench: Bench) -> None:
    child = a_child(bench.school)
    bench.go(kind="consent-forms", pupils=[child.pupil.id])
    assert full_name(child.pupil) in bench.said()
    seen = bench.screen._seen
    assert seen is not None and seen.pdf is not None
    assert full_name(child.pupil) in texts_of(seen.pdf)[0]
    group = groups(bench.school)[0]
    bench.go(kind="reminder-list", group=group)
    request = bench.screen._seen.request
    assert (request.paper.key, request.whom) == ("reminder-list", {"group": group})


def test_groups_are_ticked_by_keys(bench: Bench) -> None:
    bench.tick("Eén of meer groepen")
    assert "Kies een of meer groepen." in bench.said()
    bench.shown("Eén of meer groepen").setFocus()
    bench.press(Key.Key_Tab)
    assert QApplication.focusWidget() is bench.shown("Groep 1")
    assert not bench.shown("Afdrukken…").isEnabled()
    names = groups(bench.school)[:2]
    for name in names:
        bench.tick(f"{name} (")
    sits = [each for each in directory(bench.school) if any(each.placement.is_in(n) for n in names)]
    assert f"{len(sits)} leerlingen" in bench.said()
    request = bench.screen._seen.request
    assert request.whom == {"pupil_ids": tuple(each.pupil.id for each in sits)}


def test_only_who_was_never_asked(bench: Bench) -> None:
    new = add_pupil(bench.school, PupilEntry(call_name="Nieuw", surname="Kind")).about
    asked = {each.pupil_id for each in _forms(bench.school)}
    bench.desk.tell_change()
    bench.tick("Alleen wie nog nooit is gevraagd")
    whom = bench.screen._seen.request.whom["pupil_ids"]
    assert new in whom
    assert not asked & set(whom)


def _forms(school: School) -> list[records.Form]:
    with school.reading() as session:
        return records.forms(session)


# — what to know before —


def test_a_letter_without_board_is_warned_with_the_way_to_fill_it_in(bench: Bench) -> None:
    assert sentence("before.no_board") not in bench.said()
    change_profile(bench.school, board="", dpo="")
    bench.desk.tell_change()
    bench.wait()
    assert sentence("before.no_board") in bench.said()
    assert sentence("before.no_dpo") in bench.said()
    bench.press(Key.Key_Space, bench.shown("Invullen"))
    assert bench.window.workplace.screen_of("settings").isVisible()


def test_who_cannot_be_printed_is_named_before_and_after(bench: Bench, printed: Path) -> None:
    one, other = directory(bench.school)[:2]
    with bench.school.transaction() as session:
        this = sa.update(pupil).where(pupil.c.id == one.pupil.id)
        session.execute(this.values(call_name="نور"))
        session.audit("test.renamed")
    bench.go(kind="consent-forms", pupils=[one.pupil.id, other.pupil.id])
    assert f"{sentence('before.unprintable')} نور" in bench.said()
    bench.shortcut(Key.Key_P)
    assert "نور" in bench.asked()
    bench.answer("Begrepen")
    told = bench.made("forms.printed")
    assert told["left_out"] == 1
    assert told["forms"] > 0


def test_with_nothing_to_print_the_reason_stands_there(bench: Bench) -> None:
    with bench.school.reading() as session:
        today = session.clock.today()
        pupils = pupils_on_roll(session, today, current_year(session, today))
        silent = {each.child.pupil.id for each in waited_for(session, pupils)}
    done = next(each for each in directory(bench.school) if each.pupil.id not in silent)
    bench.go(kind="reminder-letters", pupils=[done.pupil.id])
    assert sentence("form.nobody_waited_for") in bench.said()
    assert not bench.shown("Afdrukken…").isEnabled()
    bench.shortcut(Key.Key_P)
    assert QApplication.activeModalWidget() is None


# — printing —


def test_asking_anew_is_confirmed_printed_and_registered(bench: Bench, printed: Path) -> None:
    child = a_child(bench.school)
    old = {each.number for each in _forms(bench.school) if each.pupil_id == child.pupil.id}
    bench.go(kind="consent-forms", pupils=[child.pupil.id])
    bench.tick("Opnieuw vragen")
    bench.shortcut(Key.Key_P)
    bench.answer("Toch afdrukken…")
    told = bench.made("forms.printed")
    assert (told["way"], told["anew"]) == ("printed", True)
    new = [
        each
        for each in _forms(bench.school)
        if each.pupil_id == child.pupil.id and each.replaced_on is None
    ]
    assert told["forms"] == len(new) and not {each.number for each in new} & old
    assert page_count(printed.read_bytes()) == 2 * len(new)
    bench.press(Key.Key_Space, bench.shown("Afvinklijst maken"))
    bench.wait()
    assert bench.screen._seen.request.paper.key == "cover-sheet"
    assert bench.screen._seen.request.whom == {"pupil_ids": (child.pupil.id,)}


def test_a_reprint_has_the_same_number(bench: Bench, printed: Path) -> None:
    child = next(
        each
        for each in directory(bench.school)
        if each.pupil.id in {form.pupil_id for form in _forms(bench.school)}
    )
    _, forms = bench.state()
    bench.go(kind="consent-forms", pupils=[child.pupil.id])
    bench.shortcut(Key.Key_P)
    bench.made("forms.printed")
    assert bench.state()[1] == forms


@pytest.mark.parametrize(
    ("kind", "action"),
    [
        ("reminder-list", "reminder_list.printed"),
        ("reminder-letters", "reminder_letters.printed"),
        ("cover-sheet", "cover_sheet.printed"),
    ],
)
def test_every_other_paper_is_printed_for_a_group(
    bench: Bench, printed: Path, kind: str, action: str
) -> None:
    with bench.school.reading() as session:
        today = session.clock.today()
        pupils = pupils_on_roll(session, today, current_year(session, today))
        group = waited_for(session, pupils)[0].child.placement.group_name
    bench.go(kind=kind, group=group)
    bench.shortcut(Key.Key_P)
    told = bench.made(action)
    assert (told["about"], told["way"]) == (group, "printed")
    assert page_count(printed.read_bytes()) > 0


def test_who_prints_at_once_sees_the_warnings_first(bench: Bench, printed: Path) -> None:
    change_profile(bench.school, board="")
    child = a_child(bench.school)
    bench.desk.go("papers", kind="consent-forms", pupils=[child.pupil.id])
    bench.shortcut(Key.Key_P)
    bench.made("forms.printed")
    assert sentence("before.no_board") in bench.said()


def test_no_printer_chosen_is_nothing_done(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    before = bench.state()
    monkeypatch.setattr(preview, "ask_printer", lambda *_: False)
    bench.shortcut(Key.Key_P)
    assert not jobs.is_busy()
    assert bench.state() == before


def test_without_a_printer_it_says_so(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview.QPrinterInfo, "availablePrinterNames", list)
    bench.shortcut(Key.Key_P)
    assert sentence("print.none_found") in bench.asked()
    bench.answer("Begrepen")


@pytest.mark.qt_log_ignore("^QPainter::begin", extend=True)
def test_a_printer_that_refuses_leaves_nothing_registered(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    def gone(printer: QPrinter, *_: object) -> bool:
        printer.setOutputFileName(str(tmp_path / "gone" / "printed.pdf"))
        return True

    monkeypatch.setattr(preview, "ask_printer", gone)
    bench.go(kind="consent-forms", pupils=[a_child(bench.school).pupil.id])
    bench.tick("Opnieuw vragen")
    before = bench.state()
    bench.shortcut(Key.Key_P)
    bench.answer("Toch afdrukken…")
    assert sentence("print.no_printer") in bench.asked()
    bench.answer("Begrepen")
    assert "niets geregistreerd" in bench.asked()
    bench.answer("Begrepen")
    assert bench.state() == before


def test_escape_while_printing_leaves_nothing_registered(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    paper = tmp_path / "printed.pdf"

    def slow(printer: QPrinter, *_: object) -> bool:
        printer.setOutputFileName(str(paper))  # at 1,200 dots to the inch
        return True

    monkeypatch.setattr(preview, "ask_printer", slow)
    bench.tick("Opnieuw vragen")
    before = bench.state()
    bench.shortcut(Key.Key_P)
    bench.answer("Toch afdrukken…")
    qtbot.waitUntil(
        lambda: isinstance(QApplication.activeModalWidget(), JobDialog) and paper.exists(),
        timeout=60_000,
    )
    bar = QApplication.activeModalWidget().findChild(QProgressBar)
    qtbot.waitUntil(lambda: 0 < bar.value() < bar.maximum(), timeout=60_000)
    bench.press(Key.Key_Escape, QApplication.activeModalWidget())
    assert "Er is niets geregistreerd" in bench.asked()  # some sheets may come out all the same
    bench.answer("Begrepen")
    assert bench.state() == before


def _texts(widget: QWidget | None) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel)) if widget else ""


# — saving —


def test_saving_is_warned_and_escape_saves_nothing(bench: Bench, saved: dict[str, Any]) -> None:
    before = bench.state()
    bench.shortcut(Key.Key_S)
    assert sentence("paper.readable") in bench.asked()
    bench.press(Key.Key_Escape, bench.box())
    assert "proposed" not in saved
    bench.shortcut(Key.Key_S)
    saved["chosen"] = None  # changed their mind in the file dialogue
    bench.answer("Toch bewaren…")
    assert not jobs.is_busy()
    assert bench.state() == before


def test_what_is_saved_is_registered_and_its_name_names_no_child(
    bench: Bench, saved: dict[str, Any]
) -> None:
    group = groups(bench.school)[0]
    bench.go(kind="cover-sheet", group=group)
    bench.shortcut(Key.Key_S)
    bench.answer("Toch bewaren…")
    told = bench.made("cover_sheet.printed")
    assert (told["about"], told["way"]) == (group, "saved")
    assert saved["proposed"] == "afvinklijst-Groep 1-2-2026-11-02.pdf"
    assert page_count(saved["chosen"].read_bytes()) > 0
    child = a_child(bench.school)
    bench.go(kind="consent-forms", pupils=[child.pupil.id])
    bench.shortcut(Key.Key_S)
    bench.answer("Toch bewaren…")
    assert saved["proposed"] == "toestemmingsformulieren-2026-11-02.pdf"
    bench.made("forms.printed")


def test_a_name_without_ending_gets_one(bench: Bench, saved: dict[str, Any]) -> None:
    saved["chosen"] = saved["chosen"].with_name("brieven van mei")
    bench.go(kind="cover-sheet", group=groups(bench.school)[0])
    bench.shortcut(Key.Key_S)
    bench.answer("Toch bewaren…")
    bench.made("cover_sheet.printed")
    assert saved["chosen"].with_name("brieven van mei.pdf").is_file()
    bench.shortcut(Key.Key_S)
    bench.answer("Toch bewaren…")
    assert "Hier wordt niet geschreven" in bench.asked()
    bench.answer("Begrepen")


@pytest.mark.parametrize("where", ["in_school", "other_kind", "folder", "gone", "full"])
def test_a_bad_place_is_told_and_nothing_is_registered(
    bench: Bench,
    saved: dict[str, Any],
    tmp_path: Path,
    where: str,
    qtbot: QtBot,
    request: pytest.FixtureRequest,
) -> None:
    other = tmp_path / "notulen.pdf"
    other.write_bytes(b"geen PDF")
    taken = tmp_path / "map.pdf"
    taken.mkdir()
    places = {
        "in_school": bench.school.folder / "backups" / "brieven.pdf",
        "other_kind": other,
        "folder": taken,
        "gone": tmp_path / "stick" / "brieven.pdf",
    }
    if where == "full":
        disk = request.getfixturevalue("small_disk")("size=4k")
        (disk / "vol").write_bytes(bytes(4096))
        places["full"] = disk / "brieven.pdf"
    saved["chosen"] = places[where]
    bench.go(kind="consent-forms", pupils=[a_child(bench.school).pupil.id])
    bench.tick("Opnieuw vragen")
    before = bench.state()
    bench.shortcut(Key.Key_S)
    bench.answer("Toch bewaren…")
    qtbot.waitUntil(lambda: str(places[where]) in bench.asked(), timeout=60_000)
    bench.answer("Begrepen")
    assert bench.state() == before
    assert other.read_bytes() == b"geen PDF"
    assert not list(places[where].parent.glob(".*.tmp"))


# — looks —


def test_warnings_out_of_view_are_asked_about_first(
    look: Callable[..., None],
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    look(zoom=2.0)
    bench: Bench = request.getfixturevalue("bench")
    change_profile(bench.school, board="")
    bench.desk.tell_change()
    bench.wait()
    monkeypatch.setattr(preview, "ask_printer", lambda *_: pytest.fail("asked too early"))
    bench.shortcut(Key.Key_P)
    assert sentence("before.no_board") in bench.asked()
    bench.press(Key.Key_Escape, bench.box())


def test_a_school_opened_to_read_can_be_looked_at_only(
    qapp: QApplication, demo_folder: Path, clock: SetClock, qtbot: QtBot
) -> None:
    with School.open(demo_folder, DIRECTOR, clock, read_only=True) as school:
        window = MainWindow()
        window.enter(school)
        with qtbot.waitActive(window):
            window.show()
        bench = Bench(window, school, qtbot)
        assert bench.view.pages() > 0
        assert "geopend om te lezen" in bench.said()
        assert not bench.shown("Afdrukken…").isEnabled()
        assert not bench.shown("Bewaar als PDF…").isEnabled()
        window.workplace = None
        window.close()
        window.deleteLater()


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_nothing_runs_out_of_the_window(
    look: Callable[..., None], request: pytest.FixtureRequest, qtbot: QtBot, zoom: float
) -> None:
    look(zoom=zoom)
    bench: Bench = request.getfixturevalue("bench")
    assert len(consent_table(bench.school).pupils) == 60
    for area in bench.screen.findChildren(QScrollArea):
        assert area.horizontalScrollBar().maximum() == 0
    assert (bench.window.width(), bench.window.height()) == (1280, 800)


def test_arrow_keys_keep_the_chosen_paper_in_view(bench: Bench) -> None:
    bench.window.resize(1000, 620)
    bench.screen.focus_first()
    papers = bench.screen._choices._kinds.findChildren(QRadioButton)
    for each in papers[1:]:
        bench.press(Key.Key_Down)
        bench.wait()
        assert each.isChecked() and each.hasFocus(), each.text()
        assert not each.visibleRegion().isEmpty(), each.text()
