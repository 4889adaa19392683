"""From nothing to an opened school, by the keyboard; leaving and coming back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from schoolprivacy.access.actions import paper_key_proven, people
from schoolprivacy.access.terms import Role
from schoolprivacy.errors import sentence
from schoolprivacy.overview.first_start import StepKind, steps
from schoolprivacy.people.profile import read_logo, read_profile
from schoolprivacy.school import School
from schoolprivacy.station import Station, read_station, write_station
from tests.ui.hands import enter, escape, focused, mnemonics, modal, press, texts, twice, type_key
from tests.ui.walking import faults_of
from tests.vault.schools import ADMINISTRATION, CHEAP, DIRECTOR
from ui import files, preview
from ui.desk import Desk
from ui.gate import Gate
from ui.main_window import MainWindow
from ui.places import schools_folder
from ui.screens.welcome import WelcomeScreen
from ui.wizards import paper_key as paper_key_wizard
from ui.wizards.first_start import FirstStart
from ui.wizards.founding import Founder
from ui.wizards.paper_key import PaperKeyDialog

OWN = "zes rode wolken fluiten zacht mee"
COLLEAGUE = "zeven oude stoelen dansen rond"
SCHOOL = {
    "name": "Basisschool De Kanariepiet",
    "brin": "99zz",
    "board": "Stichting Voorbeeld",
    "street": "Dorpsstraat 1",
    "postcode": "9900aa",
    "place": "Nergenshuizen",
    "phone": "0501234567",
    "email": "school@voorbeeld.example",
    "dpo": "fg@voorbeeld.example",
}


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    write_station(Station())


@pytest.fixture
def gate(qtbot: QtBot, qapp: QApplication) -> Iterator[Gate]:
    made = Gate(Founder(cost=CHEAP))
    made.resize(1280, 800)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    schools: list[School] = []
    made.opened.connect(schools.append)
    yield made
    for school in schools:
        school.close()


def begin(gate: Gate) -> FirstStart:
    gate.first_start()
    return guide_of(gate)


def guide_of(gate: Gate) -> FirstStart:
    screen = gate.currentWidget()
    assert isinstance(screen, FirstStart)
    return screen


def tab(qtbot: QtBot) -> None:
    qtbot.keyClick(focused(qtbot), Qt.Key.Key_Tab)


def fill(qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(focused(qtbot), text)


def fill_school(qtbot: QtBot) -> None:
    """Tab from field to field, as they stand on the page."""
    for text in SCHOOL.values():
        fill(qtbot, text)
        tab(qtbot)
    enter_in_field(qtbot)


def enter_in_field(qtbot: QtBot) -> None:
    qtbot.keyClick(focused(qtbot), Qt.Key.Key_Backtab)
    enter(qtbot)


def fill_passphrase(qtbot: QtBot, text: str = OWN) -> None:
    fill(qtbot, text)
    tab(qtbot)
    fill(qtbot, text)
    enter(qtbot)


def choose_later(qtbot: QtBot, guide: FirstStart) -> None:
    page: Any = guide.guide.pages[2]
    page.later.setFocus()
    qtbot.keyClick(page.later, Qt.Key.Key_Space)
    enter(qtbot)


def wait_page(qtbot: QtBot, guide: FirstStart, place: int) -> None:
    qtbot.waitUntil(lambda: guide.guide.place == place, timeout=10_000)


def to_the_sheet(qtbot: QtBot, gate: Gate) -> tuple[FirstStart, str]:
    """Everything up to the printed key, with the colleague left for later."""
    guide = begin(gate)
    fill_school(qtbot)
    fill_passphrase(qtbot)
    choose_later(qtbot, guide)
    enter(qtbot)
    wait_page(qtbot, guide, 4)
    return guide, gate._begun.paper_key


# — the whole way —


def test_by_keys_to_an_opened_school(gate: Gate, qtbot: QtBot) -> None:
    guide = begin(gate)
    fill_school(qtbot)
    assert guide.guide.place == 1
    fill_passphrase(qtbot)
    page: Any = guide.guide.pages[2]
    assert page.here.hasFocus()
    page.fields["name"].setFocus()
    fill(qtbot, "Sam Verzonnen")
    page.passphrase.setFocus()
    fill_passphrase(qtbot, COLLEAGUE)
    assert guide.guide.place == 3
    enter(qtbot)
    wait_page(qtbot, guide, 4)
    key = gate._begun.paper_key
    assert guide.sheet.paper.pages() == 1
    assert not guide.guide.back_button.isVisible()
    qtbot.keyClick(focused(qtbot), Qt.Key.Key_H, Qt.KeyboardModifier.AltModifier)
    wait_page(qtbot, guide, 5)
    assert key.split("-")[0] not in texts(guide)

    groups = key.split("-")
    type_key(qtbot, "-".join([groups[1], groups[0], *groups[2:]]))
    enter(qtbot)
    qtbot.waitUntil(lambda: "groep 1, 2" in texts(guide))
    assert guide.typing.entry.secret() != key
    for group in groups[:2]:
        type_key(qtbot, group)
        first_rest = focused(qtbot)
        assert isinstance(first_rest, QLineEdit)
        first_rest.selectAll()
    with qtbot.waitSignal(gate.opened) as signal:
        enter(qtbot)
    assert signal.args
    check_school(signal.args[0])


def check_school(school: School) -> None:
    assert paper_key_proven(school)
    assert {(each.name, each.role) for each in people(school)} == {
        ("Directie", Role.DIRECTOR),
        ("Sam Verzonnen", Role.ADMINISTRATION),
    }
    with school.reading() as session:
        profile = read_profile(session)
    assert (profile.brin, profile.postcode, profile.dpo) == ("99ZZ", "9900 AA", SCHOOL["dpo"])
    done = {each.kind for each in steps(school) if each.done}
    assert done == {StepKind.SCHOOL_DATA, StepKind.SECOND_PERSON, StepKind.PAPER_KEY}
    assert school.folder == schools_folder() / "school.schoolprivacy"
    assert school.whose(COLLEAGUE).name == "Sam Verzonnen"


# — what is filled in wrong —


def test_each_wrong_field_says_so(gate: Gate, qtbot: QtBot) -> None:
    guide = begin(gate)
    wrong = {"brin": "1234", "postcode": "99", "phone": "12", "email": "school"}
    page: Any = guide.guide.pages[0]
    for name, text in wrong.items():
        page.fields[name].setText(text)
    enter(qtbot)
    said = texts(guide)
    assert guide.guide.place == 0
    assert page.fields["name"].hasFocus()
    for word in ("Vul de naam", "BRIN-nummer heeft", "postcode", "telefoonnummer", "e-mailadres"):
        assert word in said
    page.fields["name"].setText("School \U0001f600")
    enter(qtbot)
    assert "kan niet op papier" in texts(guide)


@pytest.mark.parametrize(
    ("first", "again", "said"),
    [
        ("kort", "kort", "Te kort"),
        ("wachtwoord123", "wachtwoord123", "raadt iemand snel"),
        (OWN, OWN + "x", "niet dezelfde"),
    ],
)
def test_a_passphrase_that_cannot_be_used(
    gate: Gate, qtbot: QtBot, first: str, again: str, said: str
) -> None:
    guide = begin(gate)
    fill_school(qtbot)
    fill(qtbot, first)
    tab(qtbot)
    fill(qtbot, again)
    enter(qtbot)
    assert said in texts(guide)
    assert guide.guide.place == 1


def test_a_weak_passphrase_is_asked_about(gate: Gate, qtbot: QtBot) -> None:
    guide = begin(gate)
    fill_school(qtbot)
    fill_passphrase(qtbot, "fietsen slapen")
    box = modal(qtbot)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert guide.guide.place == 1
    enter(qtbot)
    press(qtbot, modal(qtbot), "Toch gebruiken")
    assert guide.guide.place == 2


def test_two_people_never_share_a_passphrase(gate: Gate, qtbot: QtBot) -> None:
    guide = begin(gate)
    fill_school(qtbot)
    fill_passphrase(qtbot)
    page: Any = guide.guide.pages[2]
    page.fields["name"].setText("Sam")
    page.passphrase.setFocus()
    fill_passphrase(qtbot, OWN)
    assert "eigen wachtzin" in texts(guide)
    assert guide.guide.place == 2


def test_a_made_up_passphrase_for_a_colleague_works(gate: Gate, qtbot: QtBot) -> None:
    guide = begin(gate)
    fill_school(qtbot)
    fill_passphrase(qtbot)
    page: Any = guide.guide.pages[2]
    page.given.setFocus()
    qtbot.keyClick(page.given, Qt.Key.Key_Space)
    shown = next(
        each.text()
        for each in page.findChildren(QLabel)
        if each.accessibleName() == "Verzonnen wachtzin"
    )
    page.fields["name"].setText("Sam")
    page.fields["role"].setCurrentIndex(1)
    enter(qtbot)
    enter(qtbot)
    wait_page(qtbot, guide, 4)
    assert gate._begun.school is not None
    assert gate._begun.school.whose(shown).role == Role.DIRECTOR
    assert shown not in texts(guide)


def test_the_place_is_warned_about_and_must_be_free(
    gate: Gate, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = begin(gate)
    fill_school(qtbot)
    fill_passphrase(qtbot)
    choose_later(qtbot, guide)
    cloud = tmp_path / "OneDrive"
    (cloud / "school.schoolprivacy").mkdir(parents=True)
    monkeypatch.setattr(files, "choose_folder", lambda *_: cloud)
    press(qtbot, guide, "Andere map…")
    qtbot.waitUntil(lambda: "OneDrive naar internet" in texts(guide))
    guide.guide.forward()
    assert "staat al iets" in texts(guide)
    page: Any = guide.guide.pages[3]
    page.place.fields["name"].setText("a/b")
    guide.guide.forward()
    assert "alleen letters" in texts(guide)
    assert guide.guide.place == 3


def test_a_place_where_nothing_can_be_made_is_told_at_the_field(
    gate: Gate, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = begin(gate)
    fill_school(qtbot)
    fill_passphrase(qtbot)
    choose_later(qtbot, guide)
    (tmp_path / "bestand").write_text("")
    monkeypatch.setattr(files, "choose_folder", lambda *_: tmp_path / "bestand")
    press(qtbot, guide, "Andere map…")
    guide.guide.forward()
    qtbot.waitUntil(lambda: "kan hier niet worden gemaakt" in texts(guide), timeout=10_000)


def test_logo_and_second_place(
    gate: Gate, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = tmp_path / "logo.png"
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    image.save(str(picture))
    wrong = tmp_path / "logo.gif"
    wrong.write_bytes(b"GIF89a")
    guide = begin(gate)
    monkeypatch.setattr(files, "choose_file", lambda *_: wrong)
    press(qtbot, guide, "Logo kiezen…")
    box = modal(qtbot)
    assert "PNG of JPEG" in box.text()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    monkeypatch.setattr(files, "choose_file", lambda *_: picture)
    press(qtbot, guide, "Logo kiezen…")
    page: Any = guide.guide.pages[0]
    page.fields["name"].setFocus()
    fill_school(qtbot)
    fill_passphrase(qtbot)
    choose_later(qtbot, guide)
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(files, "choose_folder", lambda *_: stick)
    press(qtbot, guide, "Tweede plaats kiezen…")
    guide.guide.forward()
    wait_page(qtbot, guide, 4)
    school = gate._begun.school
    assert school is not None
    assert school.backup_place() == stick
    with school.reading() as session:
        assert read_logo(session) == picture.read_bytes()


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_every_page_is_reached_by_keys_and_has_names(
    gate: Gate, qtbot: QtBot, look: Callable[..., None], zoom: float
) -> None:
    look(zoom=zoom)
    guide = begin(gate)
    for place in range(4):
        guide.guide.open_page(place)
        QApplication.processEvents()
        assert faults_of(gate) == []
        assert twice(mnemonics(gate)) == []


# — leaving and resuming —


def test_left_before_the_file_exists_nothing_is_on_disk(gate: Gate, qtbot: QtBot) -> None:
    begin(gate)
    fill_school(qtbot)
    fill_passphrase(qtbot)
    escape(qtbot)
    assert isinstance(gate.currentWidget(), WelcomeScreen)
    assert not schools_folder().exists()
    assert OWN not in repr(gate._begun)
    assert gate._begun.passphrase == ""
    press(qtbot, gate, "Verdergaan")
    guide = guide_of(gate)
    assert guide.guide.place == 1
    guide.guide.back()
    page: Any = guide.guide.pages[0]
    assert page.fields["name"].text() == SCHOOL["name"]


def test_going_back_keeps_the_chosen_passphrase(gate: Gate, qtbot: QtBot) -> None:
    guide = begin(gate)
    fill_school(qtbot)
    fill_passphrase(qtbot)
    guide.guide.back()
    assert "al een wachtzin gekozen" in texts(guide)
    enter(qtbot)
    assert guide.guide.place == 2


def test_a_change_of_zoom_goes_on_where_one_was(gate: Gate, qtbot: QtBot) -> None:
    _, key = to_the_sheet(qtbot, gate)
    gate.show_again()
    guide = guide_of(gate)
    assert guide.guide.place == 4
    assert guide.sheet.paper.pages() == 1
    assert gate._begun.paper_key == key


def test_left_with_the_paper_key_open_the_school_opens_with_that_step(
    gate: Gate, qtbot: QtBot
) -> None:
    to_the_sheet(qtbot, gate)
    with qtbot.waitSignal(gate.opened) as signal:
        escape(qtbot)
    assert signal.args
    undone = {each.kind for each in steps(signal.args[0]) if not each.done}
    assert {StepKind.PAPER_KEY, StepKind.SECOND_PERSON} <= undone
    assert [each.name for each in people(signal.args[0])] == ["Directie"]


def test_closed_in_the_middle_the_school_is_locked(gate: Gate, qtbot: QtBot) -> None:
    to_the_sheet(qtbot, gate)
    folder = gate._begun.folder
    gate.hide()
    assert folder is not None
    assert read_station().schools[0] == folder  # the next start asks for it
    with School.open(folder, OWN) as school:
        assert not paper_key_proven(school)


@pytest.mark.parametrize("how", ["close", "replace"])
def test_in_the_real_window_too(qtbot: QtBot, qapp: QApplication, how: str) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    gate = Gate(Founder(cost=CHEAP))
    window.setCentralWidget(gate)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    to_the_sheet(qtbot, gate)
    folder = gate._begun.folder
    assert folder is not None
    if how == "close":
        window.close()
    else:
        window.setCentralWidget(QWidget())
    School.open(folder, OWN).close()


# — the paper key later —


@pytest.fixture
def desk(school: School, qtbot: QtBot, qapp: QApplication) -> Desk:
    window = QWidget()
    window.resize(1280, 800)
    qtbot.addWidget(window)
    window.show()
    return Desk(school, window)


def test_without_a_printer_the_key_is_written_over_by_hand(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview.QPrinterInfo, "availablePrinterNames", list)
    dialog = open_dialog(desk, qtbot)
    dialog._choice.renew.setChecked(True)
    dialog.guide.open_page(1)
    (print_button,) = (b for b in dialog.findChildren(QPushButton) if b.text() == "&Afdrukken…")
    print_button.click()
    told = QApplication.activeModalWidget()
    assert told is not None
    assert sentence("print.none_found_for_key") in told.property("text")


def open_dialog(desk: Desk, qtbot: QtBot) -> PaperKeyDialog:
    parent = desk.parent()
    assert isinstance(parent, QWidget)
    dialog = PaperKeyDialog(desk, parent)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_the_dialogue_is_reached_by_keys_and_fits(
    desk: Desk, qtbot: QtBot, look: Callable[..., None], zoom: float
) -> None:
    look(zoom=zoom)
    dialog = open_dialog(desk, qtbot)
    dialog._choice.renew.setChecked(True)
    for place in range(3):
        dialog.guide.open_page(place)
        QApplication.processEvents()
        assert faults_of(dialog) == []
        assert twice(mnemonics(dialog)) == []
    assert dialog.width() <= 1280
    assert dialog.height() <= 800


def test_only_the_director_renews(made: Any, qtbot: QtBot, qapp: QApplication) -> None:
    with made.open(ADMINISTRATION) as school:
        window = QWidget()
        qtbot.addWidget(window)
        dialog = PaperKeyDialog(Desk(school, window), window)
        qtbot.addWidget(dialog)
        assert dialog._choice.check.isEnabled()
        assert not dialog._choice.renew.isEnabled()


def test_the_paper_in_the_safe_is_checked_later(desk: Desk, qtbot: QtBot, made: Any) -> None:
    assert not paper_key_proven(desk.school)
    open_dialog(desk, qtbot)
    enter(qtbot)
    type_key(qtbot, "-".join(["000011"] * 8))
    with qtbot.waitSignal(desk.said) as signal:
        enter(qtbot)  # not this school's
        qtbot.waitUntil(lambda: "niet de papieren sleutel" in texts(modal(qtbot)))
        for _ in range(8):
            focused(qtbot).selectAll()
            type_key(qtbot, made.paper_key.split("-")[_])
        enter(qtbot)
    assert signal.args == ["De papieren sleutel klopt.", None]
    assert paper_key_proven(desk.school)


def test_a_new_paper_key_takes_the_place_of_the_old(
    desk: Desk, qtbot: QtBot, made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[bytes] = []

    def to_printer(
        _desk: Desk, _parent: QWidget, _title: str, make: Any, done: Any, **_: str
    ) -> None:
        done(make(printed.append, lambda *_: None))

    monkeypatch.setattr(paper_key_wizard, "print_made", to_printer)
    dialog = open_dialog(desk, qtbot)
    dialog._choice.renew.setChecked(True)
    enter(qtbot)
    key = dialog._proposed
    press(qtbot, dialog, "Afdrukken…")
    assert printed[0].startswith(b"%PDF")
    qtbot.keyClick(focused(qtbot), Qt.Key.Key_H, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: dialog.guide.place == 2)
    type_key(qtbot, key)
    with qtbot.waitSignal(desk.said):
        enter(qtbot)
    assert desk.school.whose(key).role == "paper_key"
    assert desk.school.whose(DIRECTOR).role == Role.DIRECTOR


def test_a_renewal_that_was_given_up_changes_nothing(desk: Desk, qtbot: QtBot, made: Any) -> None:
    dialog = open_dialog(desk, qtbot)
    dialog._choice.renew.setChecked(True)
    enter(qtbot)
    with qtbot.waitSignal(desk.said) as signal:
        escape(qtbot)
    assert signal.args
    assert "Vernietig het nieuwe papier" in signal.args[0]
    assert desk.school.whose(made.paper_key).role == "paper_key"
