"""Contact lists: looking registers nothing, printing and saving do; copies are kept track of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from schoolprivacy.consents import records
from schoolprivacy.consents.contacts.contact_list import PHONE, Order
from schoolprivacy.consents.contacts.copies import ListKind, copies
from schoolprivacy.consents.contacts.printing import print_contact_list, print_phone_tree
from schoolprivacy.consents.contacts.receivers import Receivers, propose_receivers
from schoolprivacy.consents.purposes import purpose_settings, switch_purpose
from schoolprivacy.errors import sentence
from schoolprivacy.paper.preview import page_count
from schoolprivacy.people.directory import groups
from schoolprivacy.school import School
from schoolprivacy.station import read_station
from tests.paper.reading import texts_of
from tests.ui.hands import focused, modal, texts
from ui import files, jobs, preview
from ui.desk import Place
from ui.main_window import MainWindow
from ui.screens.contact_lists import ContactListsScreen
from ui.screens.contact_lists_copies import Only

Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier
_PATIENCE = 60_000


class Bench:
    """The screen on the list of the last group, driven by keys."""

    def __init__(self, window: MainWindow, school: School, qtbot: QtBot) -> None:
        assert window.workplace is not None
        self.window, self.school, self.qtbot = window, school, qtbot
        self.desk = window.workplace.desk
        self.group = groups(school)[-1]
        self.desk.go("contact-lists", group=self.group)
        found = window.workplace.screen_of("contact-lists")
        assert isinstance(found, ContactListsScreen)
        self.screen = found
        self.said: list[tuple[str, Any]] = []
        self.desk.said.connect(lambda text, undo: self.said.append((text, undo)))
        self.gone: list[Place] = []
        self.desk.going.connect(self.gone.append)
        self.wait()

    def wait(self) -> None:
        """Until what is asked for is on the screen."""
        self.qtbot.waitUntil(
            lambda: (
                (self.screen._seen is not None or not self.screen._making) and not jobs.is_busy()
            ),
            timeout=_PATIENCE,
        )

    def choose(self, field: str, place: int) -> None:
        """The arrow keys in a choice."""
        chosen = getattr(self.screen._choices, field)
        chosen.setFocus()
        self.qtbot.keyClick(chosen, Key.Key_Home)
        for _ in range(place):
            self.qtbot.keyClick(chosen, Key.Key_Down)
        self.wait()

    @property
    def lines(self) -> QPlainTextEdit:
        return self.screen._choices.for_whom._lines

    def button(self, text: str, within: QWidget | None = None) -> QPushButton:
        found = (within or self.screen).findChildren(QPushButton)
        return next(
            each for each in found if each.text().replace("&", "") == text and each.isVisible()
        )

    def push(self, text: str, within: QWidget | None = None) -> None:
        found = self.button(text, within)
        found.setFocus()
        self.qtbot.keyClick(found, Key.Key_Space)

    def shortcut(self, key: Qt.Key) -> None:
        with self.qtbot.waitActive(self.window):
            self.window.activateWindow()
        self.qtbot.keyClick(self.window, key, Control)

    def handed_out(self, many: int) -> list[str]:
        """For whom the newest copies are, once so many are registered."""
        self.qtbot.waitUntil(
            lambda: not jobs.is_busy() and len(copies(self.school)) == many, timeout=_PATIENCE
        )
        self.wait()
        return [each.for_whom for each in reversed(copies(self.school))]

    def proposed(self, kind: ListKind = ListKind.CONTACT_LIST) -> Receivers:
        return propose_receivers(self.school, kind, self.group)

    def invalidate(self, *codes: str) -> None:
        """Nobody has said anything about these, or about anything."""
        which = [records.decision.c.purpose.in_(codes)] if codes else []
        with self.school.transaction() as session:
            meant = records.decision.update().where(*which)
            session.execute(meant.values(invalidated_at="2026-09-01T10:00:00"))
            session.audit("test.invalidated")
        self.desk.tell_change()
        self.wait()


@pytest.fixture
def bench(window: MainWindow, demo: School, qtbot: QtBot) -> Iterator[Bench]:
    yield Bench(window, demo, qtbot)
    qtbot.waitUntil(lambda: not jobs.is_busy(), timeout=_PATIENCE)


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the system's PDF printer puts what it prints."""
    target = tmp_path / "printed.pdf"

    def choose(printer: QPrinter, *_: object) -> bool:
        printer.setResolution(72)
        printer.setOutputFileName(str(target))
        return True

    monkeypatch.setattr(preview, "ask_printer", choose)
    return target


# — looking —


def test_looking_registers_nothing(bench: Bench) -> None:
    with bench.school.reading() as session:
        before = session.anchor().seq
    seen = bench.screen._seen
    assert seen is not None and seen.pdf is not None
    assert "zonder nummer" in texts_of(seen.pdf)[0] and "Contactlijst" in texts_of(seen.pdf)[0]
    bench.choose("_kind", 1)
    seen = bench.screen._seen
    assert seen is not None and seen.pdf is not None and "Belboom" in texts_of(seen.pdf)[0]
    with bench.school.reading() as session:
        assert session.anchor().seq == before


def test_the_order_is_remembered_on_this_computer(bench: Bench) -> None:
    bench.choose("_order", 1)
    seen = bench.screen._seen
    assert seen is not None and seen.request.order is Order.CALL_NAME
    assert read_station().windows["contact_lists.order"] == Order.CALL_NAME.value


def test_everybody_on_the_list_is_proposed_and_counted(bench: Bench) -> None:
    found = bench.proposed()
    assert bench.lines.toPlainText().splitlines() == [found.teacher, *found.families]
    assert f"{len(found.families) + 1} exemplaren" in texts(bench.screen)
    bench.push("Alleen de leerkracht")
    assert bench.lines.toPlainText() == found.teacher
    assert "1 exemplaar" in texts(bench.screen)
    bench.push("Iedereen")
    assert f"{len(found.families) + 1} exemplaren" in texts(bench.screen)


def test_what_was_typed_stays_with_its_list(bench: Bench) -> None:
    bench.lines.setPlainText("Juf Test")
    bench.choose("_order", 1)
    assert bench.lines.toPlainText() == "Juf Test"
    bench.choose("_kind", 1)
    tree = bench.proposed(ListKind.PHONE_TREE)
    assert bench.lines.toPlainText().splitlines() == [tree.teacher, *tree.families]
    bench.choose("_kind", 0)
    assert bench.lines.toPlainText() == "Juf Test"


def test_the_proposal_follows_who_is_on_the_list(bench: Bench) -> None:
    bench.choose("_kind", 1)
    assert len(bench.lines.toPlainText().splitlines()) > 1
    bench.invalidate(PHONE)
    assert "Op deze lijst staat nog niemand." in texts(bench.screen)
    assert not bench.lines.isVisible()


def test_nobody_on_the_list_leads_to_the_forms(bench: Bench) -> None:
    bench.invalidate()
    assert "Op deze lijst staat nog niemand." in texts(bench.screen)
    assert not bench.button("Afdrukken…").isEnabled()
    bench.shortcut(Key.Key_P)
    assert QApplication.activeModalWidget() is None
    bench.push("Formulieren maken")
    assert bench.gone == [Place("papers", {"kind": "consent-forms", "group": bench.group})]


def test_where_nothing_is_asked_the_way_leads_to_the_purposes(bench: Bench) -> None:
    for each in purpose_settings(bench.school):
        if each.purpose.is_contact and each.purpose.switched_on:
            switch_purpose(bench.school, each.purpose.code, on=False)
    bench.invalidate()
    bench.push("Doelen kiezen")
    assert bench.gone == [Place("settings", {"section": "purposes"})]


def test_a_school_without_pupils_is_sent_to_the_import(
    school: School, qtbot: QtBot, make_window: Any
) -> None:
    window = make_window()
    window.workplace = None
    window.enter(school)
    assert window.workplace is not None
    window.workplace.desk.go("contact-lists")
    screen = window.workplace.screen_of("contact-lists")
    qtbot.waitUntil(lambda: screen._seen is not None and not jobs.is_busy(), timeout=_PATIENCE)
    assert "Er staan nog geen leerlingen" in texts(screen)


# — making copies —


def test_every_line_is_a_numbered_copy(bench: Bench, printed: Path) -> None:
    before = len(copies(bench.school))
    bench.lines.setPlainText("Juf  Test\n\n  Gezin Test  ")
    bench.shortcut(Key.Key_P)
    assert bench.handed_out(before + 2)[-2:] == ["Juf Test", "Gezin Test"]
    assert page_count(printed.read_bytes()) >= 2
    text, undo = bench.said[-1]
    assert text == (
        f"2 exemplaren afgedrukt en geregistreerd: nummer {before + 1} tot en met {before + 2}."
    )
    assert undo is None


def test_the_proposal_can_be_printed_as_it_stands(bench: Bench, printed: Path) -> None:
    before, found = len(copies(bench.school)), bench.proposed(ListKind.PHONE_TREE)
    bench.choose("_kind", 1)
    bench.push("Afdrukken…")
    many = 1 + len(found.families)
    assert bench.handed_out(before + many)[-many:] == [found.teacher, *found.families]
    assert copies(bench.school)[0].kind is ListKind.PHONE_TREE


def test_without_anybody_or_with_too_much_nothing_is_made(bench: Bench, printed: Path) -> None:
    before = len(copies(bench.school))
    bench.lines.setPlainText("  \n ")
    assert "Vul in voor wie de lijst is." in texts(bench.screen)
    assert not bench.button("Afdrukken…").isEnabled()
    bench.lines.setPlainText("x" * 81)
    bench.push("Afdrukken…")
    assert sentence("contact_list.for_whom", most=80) in modal(bench.qtbot).text()
    assert len(copies(bench.school)) == before and not printed.exists()


def test_saving_is_warned_and_registered(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed: list[str] = []

    def choose(_parent: QWidget, _title: str, name: str, _kinds: str) -> Path:
        proposed.append(name)
        return tmp_path / "lijst"

    monkeypatch.setattr(files, "choose_new_file", choose)
    before = len(copies(bench.school))
    bench.push("Alleen de leerkracht")
    bench.shortcut(Key.Key_S)
    box = modal(bench.qtbot)
    assert sentence("paper.readable") in box.text()
    bench.push("Toch bewaren…", box)
    assert bench.handed_out(before + 1)[-1] == bench.proposed().teacher
    assert proposed == [f"contactlijst-groep-7-8-{bench.school.clock.today()}.pdf"]
    saved = texts_of((tmp_path / "lijst.pdf").read_bytes())
    assert f"exemplaar {before + 1}" in saved[0]


def test_nothing_is_written_over_what_nobody_asked_about(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lijst.pdf").write_bytes(b"%PDF van iemand anders")
    monkeypatch.setattr(files, "choose_new_file", lambda *_: tmp_path / "lijst")
    before = len(copies(bench.school))
    bench.push("Bewaar als PDF…")
    bench.push("Toch bewaren…", modal(bench.qtbot))
    bench.qtbot.waitUntil(lambda: "lijst.pdf" in modal(bench.qtbot).text())
    assert len(copies(bench.school)) == before


# — the register —


@pytest.fixture
def register(bench: Bench) -> Bench:
    """Four copies, of which those of the contact list are outdated; the register is open."""
    print_contact_list(bench.school, lambda _: None, group=bench.group, for_whom=["Familie Zee"])
    print_phone_tree(bench.school, lambda _: None, group=bench.group, for_whom=["Juf", "Meester"])
    bench.invalidate("contact-email")
    bench.desk.go("contact-lists", show="copies")
    bench.wait()
    return bench


def numbers(bench: Bench) -> list[int]:
    """What stands in the register, from top to bottom."""
    model = bench.screen._copies._shown
    return [int(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_the_overview_opens_what_must_be_destroyed(register: Bench) -> None:
    assert register.screen._copies.only.value() is Only.TO_DESTROY
    assert numbers(register) == [2, 1]
    assert register.screen._tabs.tabText(1) == "Uitgedeelde exemplaren · 2 te vernietigen"
    assert focused(register.qtbot) is register.screen._copies.search
    assert not register.screen._print_button.isVisible()


def test_many_are_marked_at_once_and_taken_back(register: Bench) -> None:
    part = register.screen._copies
    assert not part.destroyed_button.isEnabled()
    register.qtbot.keyClick(part.search, Key.Key_Down)
    register.qtbot.keyClick(part.table, Key.Key_A, Control)
    assert "2 exemplaren, 2 gekozen" in texts(register.screen)
    register.push("Vernietigd")
    register.wait()
    assert numbers(register) == []
    assert "Er hoeft nu niets te worden vernietigd." in texts(register.screen)
    text, undo = register.said[-1]
    assert text == "2 exemplaren als vernietigd genoteerd."
    undo()
    register.wait()
    assert numbers(register) == [2, 1]


def test_a_mistake_is_mended_later(register: Bench) -> None:
    part = register.screen._copies
    part.show_only(Only.ALL)
    assert numbers(register) == [4, 3, 2, 1]
    part.table.selectRow(0)
    register.push("Vernietigd")
    register.wait()
    assert copies(register.school)[0].destroyed_on
    assert part.table.chosen()[0].number == 4
    assert not part.destroyed_button.isEnabled()
    register.push("Toch niet vernietigd")
    register.wait()
    assert copies(register.school)[0].destroyed_on is None
    part.table.selectAll()
    assert part.destroyed_button.isEnabled()


def test_a_copy_is_found_by_its_number_or_name(register: Bench) -> None:
    part = register.screen._copies
    part.show_only(Only.ALL)
    register.qtbot.keyClicks(part.search, "zee")
    assert numbers(register) == [2]
    part.search.setText("3")
    assert numbers(register) == [3]
    part.search.setText("niemand")
    assert numbers(register) == [] and "Geen exemplaar past hierbij." in texts(register.screen)
    register.push("Alles weer tonen")
    assert numbers(register) == [4, 3, 2, 1]


def test_what_was_shown_is_shown_again(register: Bench) -> None:
    register.screen._copies.show_only(Only.IN_USE)
    assert register.screen.detail_to_reopen() == {"show": "copies", "only": "in_use"}
    register.screen.open_at(Place("contact-lists", register.screen.detail_to_reopen()))
    assert numbers(register) == [4, 3]
    register.screen._tabs.setCurrentIndex(0)
    register.wait()
    assert register.screen.detail_to_reopen() == {"group": register.group}


def test_who_only_reads_changes_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(School, "read_only", property(lambda _: True))
    bench.desk.tell_change()
    bench.wait()
    assert not bench.screen._print_button.isVisible() and not bench.lines.isVisible()
    bench.screen._tabs.setCurrentIndex(1)
    assert not bench.screen._copies.destroyed_button.isVisible()
