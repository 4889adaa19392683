"""Importing through the window: by keys, with every doubt answered, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QWidget,
)
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from schoolprivacy.exchange.roster import RosterPupil
from schoolprivacy.people import importing
from schoolprivacy.people.difference import NEW
from schoolprivacy.people.directory import directory
from schoolprivacy.people.editing import add_pupil
from schoolprivacy.people.entries import PupilEntry
from schoolprivacy.people.names import full_name
from schoolprivacy.school import School
from tests.exchange.writing import (
    csv_bytes,
    edexml,
    edexml_pupil,
    spreadsheet_rows,
    xlsx_bytes,
)
from tests.people.builders import (
    a_guardian,
    a_roster,
    a_row,
    at,
    content_of,
    numbered,
    pupils_of,
    reached,
)
from tests.ui.walking import faults_of
from ui import files
from ui.jobs import JobDialog, is_busy
from ui.main_window import MainWindow
from ui.screens.import_case import set_aside
from ui.screens.importing import ImportScreen

JAN = a_guardian("J. Bakker", **reached(1), **at("Dorpsstraat"), relation="vader")
SANNE = a_row("Sanne de Boer", "1", guardians=(JAN,))
NOOR = a_row("Noor Smit", "2", born_on=date(2017, 1, 2))
Write = Callable[[str, bytes], Path]


@contextmanager
def opened(qtbot: QtBot, school: School) -> Iterator[MainWindow]:
    """The window on a school, at the import."""
    made = MainWindow()
    made.resize(1280, 800)
    made.enter(school)
    with qtbot.waitActive(made):
        made.show()
    assert made.workplace is not None
    made.workplace.desk.go("import")
    yield made
    qtbot.waitUntil(lambda: not is_busy())
    made.workplace = None  # the fixture that opened the school locks it
    made.close()
    for each in QApplication.topLevelWidgets():
        each.close()
        each.deleteLater()


def screen_of(shown: MainWindow) -> ImportScreen:
    assert shown.workplace is not None
    found = shown.workplace.screen_of("import")
    assert isinstance(found, ImportScreen)
    return found


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication, school: School) -> Iterator[MainWindow]:
    """The window on a school without pupils, at the import."""
    with opened(qtbot, school) as made:
        yield made


@pytest.fixture
def screen(shown: MainWindow) -> ImportScreen:
    return screen_of(shown)


@pytest.fixture
def file(tmp_path: Path) -> Write:
    """Writes a file to import."""

    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def las(*pupils: RosterPupil, school: str = "99ZZ", year: str = "2026-2027") -> bytes:
    """An export of the pupil administration."""
    groups = dict.fromkeys(each.group for each in pupils if each.group)
    return edexml(
        "".join(map(edexml_pupil, pupils)),
        groups="".join(f'<groep key="{name}"><naam>{name}</naam></groep>' for name in groups),
        school=f"<schooljaar>{year}</schooljaar><brincode>{school}</brincode>",
    )


def listed(*pupils: RosterPupil, **more: str) -> bytes:
    """A spreadsheet with further columns: header → value of every row."""
    rows = spreadsheet_rows(list(pupils), 1)
    width = len(rows[0])
    rows[0] += list(more)
    for row in rows[1:]:
        row += ["" for _ in range(width - len(row))] + list(more.values())
    return csv_bytes(rows)


def is_idle(screen: ImportScreen) -> bool:
    return not screen._busy and not screen.window().findChildren(JobDialog)


def read(qtbot: QtBot, screen: ImportScreen, *paths: Path) -> None:
    """Drop files and wait for what comes."""
    screen.read_files(paths)
    settle(qtbot, screen)


def settle(qtbot: QtBot, screen: ImportScreen) -> None:
    qtbot.waitUntil(lambda: is_idle(screen), timeout=20_000)
    if QApplication.activeModalWidget() is None:
        with qtbot.waitActive(screen.window()):  # nobody does it here when a dialogue has closed
            screen.window().activateWindow()


def confirm(qtbot: QtBot, screen: ImportScreen) -> None:
    """Ctrl+Enter on the page that is shown."""
    qtbot.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, screen)


def message() -> QWidget:
    """The message that is open."""
    box = QApplication.activeModalWidget()
    assert box is not None, "nothing is said"
    return box


def told() -> str:
    """The message that is open; closes it."""
    box = message()
    text = str(box.property("text"))
    box.close()
    QApplication.processEvents()
    return text


def say_yes(qtbot: QtBot, text: str) -> str:
    """Press the button of the question that is open; gives the question."""
    box = message()
    asked = str(box.property("text"))
    (button,) = [each for each in box.findChildren(QPushButton) if each.text() == text]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    return asked


def tabs(screen: ImportScreen) -> list[str]:
    return [screen.review.tabs.tabText(place) for place in range(screen.review.tabs.count())]


def at_tab(screen: ImportScreen, key: str) -> QWidget:
    bar = screen.review.tabs.tabBar()
    (place,) = [each for each in range(bar.count()) if bar.tabData(each) == key]
    screen.review.tabs.setCurrentIndex(place)
    page = screen.review.tabs.currentWidget()
    assert page is not None
    return page


def texts(view: QWidget) -> list[list[str]]:
    """What stands in a table."""
    model = view.model()  # type: ignore[attr-defined]
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def summary(screen: ImportScreen) -> str:
    return screen.review._summary.text()


def names(school: School) -> set[str]:
    return {full_name(each.pupil) for each in directory(school)}


# — the journey —


def test_from_file_to_school_and_back_by_keys(
    qtbot: QtBot,
    shown: MainWindow,
    screen: ImportScreen,
    school: School,
    file: Write,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = file("export.xml", las(SANNE, NOOR))
    monkeypatch.setattr(files, "choose_files", lambda *_: [path])
    qtbot.keyClick(screen.start.drop.button, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, screen)
    assert tabs(screen) == ["Nieuw (2)"]
    assert summary(screen) == "2 nieuw."
    assert not directory(school)  # nothing is stored before it is confirmed
    before = content_of(school)
    confirm(qtbot, screen)
    assert names(school) == {"Sanne de Boer", "Noor Smit"}
    assert shown.workplace is not None
    assert shown.workplace._toast._said.text() == "Overgenomen: 2 nieuw."
    qtbot.keyClick(shown, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert content_of(school) == before
    assert screen._page() is screen.start


def test_several_files_are_one_import(
    qtbot: QtBot, screen: ImportScreen, school: School, file: Write
) -> None:
    read(qtbot, screen, file("a.xml", las(SANNE)), file("b.csv", listed(NOOR)))
    confirm(qtbot, screen)  # the columns of the second
    assert summary(screen) == "2 nieuw."
    confirm(qtbot, screen)
    assert names(school) == {"Sanne de Boer", "Noor Smit"}
    importing.undo_last(school)
    assert not directory(school)


def test_dropping_shows_that_it_may_be_dropped_here(
    qtbot: QtBot, screen: ImportScreen, file: Write
) -> None:
    area = screen.start.drop
    usual = area.styleSheet()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file("a.xml", las(SANNE))))])
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(area, QDragEnterEvent(QPoint(5, 5), copy, data, left, none))
    assert area.styleSheet() != usual
    QApplication.sendEvent(area, QDragLeaveEvent())
    assert area.styleSheet() == usual
    QApplication.sendEvent(area, QDragEnterEvent(QPoint(5, 5), copy, data, left, none))
    QApplication.sendEvent(area, QDropEvent(QPointF(5, 5), copy, data, left, none))
    settle(qtbot, screen)
    assert tabs(screen) == ["Nieuw (1)"]


def test_what_is_not_a_file_cannot_be_dropped(screen: ImportScreen) -> None:
    data = QMimeData()
    data.setText("Sanne")
    event = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    screen.start.drop.dragEnterEvent(event)
    assert not event.isAccepted()


# — refused —


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("brief.pdf", b"%PDF-1.7 ...", "Dit is een PDF"),
        ("leeg.csv", b"", "leeg"),
        ("half.xml", las(SANNE)[:200], "houdt halverwege op"),
        ("stuk.xlsx", xlsx_bytes([["Naam", "Groep"], ["Bo Ster", "3"]])[:900], "beschadigd"),
        ("ander.xml", las(SANNE, school="11AA"), "andere school: BRIN 11AA"),
    ],
)
def test_a_wrong_file_is_told_and_nothing_stays(
    qtbot: QtBot,
    screen: ImportScreen,
    school: School,
    file: Write,
    name: str,
    content: bytes,
    said: str,
) -> None:
    before = content_of(school)
    read(qtbot, screen, file(name, content))
    assert said in told()
    assert screen._page() is screen.start
    assert screen.unsaved() == ""
    assert content_of(school) == before


def test_a_file_with_errors_shows_them_and_cannot_be_stored(
    qtbot: QtBot, screen: ImportScreen, school: School, file: Write
) -> None:
    read(qtbot, screen, file("leeg.xml", las()))
    page = at_tab(screen, "problems")
    assert "Fout" in texts(page.table)[0]  # type: ignore[attr-defined]
    assert not screen.review.store.isEnabled()
    confirm(qtbot, screen)
    assert screen._page() is screen.review


def test_last_years_file_is_not_the_whole_school(
    qtbot: QtBot, screen: ImportScreen, file: Write
) -> None:
    read(qtbot, screen, file("a.xml", las(SANNE, year="2025-2026")))
    screen.review.whole.click()
    settle(qtbot, screen)
    assert "schooljaar 2025-2026" in told()
    assert not screen.review.whole.isChecked()
    assert summary(screen) == "1 nieuw."


# — columns —


def choose(combo: QComboBox, text: str) -> None:
    place = combo.findText(text)
    assert place >= 0, text
    combo.setCurrentIndex(place)


def test_an_unknown_column_must_be_placed(
    qtbot: QtBot, screen: ImportScreen, school: School, file: Write
) -> None:
    content = listed(SANNE, NOOR, BSN="999990019", Bijnaam="Sannie")
    path = file("lijst.csv", content)
    read(qtbot, screen, path)
    page = screen.columns
    assert screen._page() is page
    rows = {row[0]: row for row in texts(page.table)}
    assert rows["Roepnaam"][1:] == ["Sanne  ·  Noor", "Leerling: roepnaam", "herkend aan de naam"]
    assert rows["BSN"][1:] == ["", "Wordt nooit overgenomen", "burgerservicenummer"]
    assert rows["Bijnaam"][1:] == ["Sannie", "Nog kiezen", "niet herkend"]
    assert page.table.current().header == "Bijnaam"
    headers = [row[0] for row in texts(page.table)]
    assert headers == [*screen.columns._file.headers]  # type: ignore[union-attr]
    assert not page.table.horizontalHeader().isSortIndicatorShown()
    qtbot.keyClick(page.table, Qt.Key.Key_End)
    assert page.table.current().header == headers[-1]
    confirm(qtbot, screen)  # goes to what is still to be chosen
    assert page.editor.whose.hasFocus()
    choose(page.editor.whose, "Niemand: niet overnemen")
    qtbot.keyClick(page.editor.whose, Qt.Key.Key_Return)
    assert page.table.hasFocus()
    confirm(qtbot, screen)
    assert summary(screen) == "2 nieuw."
    confirm(qtbot, screen)
    assert names(school) == {"Sanne de Boer", "Noor Smit"}
    screen.discard()
    read(qtbot, screen, path)  # the next time it is known
    assert screen._page() is screen.review
    screen.review.columns_wanted.emit()
    rows = {row[0]: row for row in texts(page.table)}
    assert rows["Bijnaam"][2:] == ["Niet overnemen", "zoals de vorige keer"]
    page.back.emit()
    assert screen._page() is screen.review


def test_two_columns_cannot_be_one_field(qtbot: QtBot, screen: ImportScreen, file: Write) -> None:
    read(qtbot, screen, file("lijst.csv", listed(SANNE, Tweede="Smit")))
    page = screen.columns
    choose(page.editor.whose, "Leerling")
    choose(page.editor.what, "achternaam")
    said = "Twee kolommen zijn “leerling: achternaam”"
    assert any(said in label.text() for label in page.editor.fields._problems.values())
    assert said in {row[0]: row for row in texts(page.table)}["Achternaam"][2]
    confirm(qtbot, screen)
    assert screen._page() is page
    choose(page.editor.what, "voornamen")
    page.go_on()
    assert screen._page() is page  # Voornamen is a column too
    choose(page.editor.whose, "Niemand: niet overnemen")
    confirm(qtbot, screen)
    assert screen._page() is screen.review


def test_a_list_that_names_nobody_is_not_taken(
    qtbot: QtBot, screen: ImportScreen, file: Write
) -> None:
    read(qtbot, screen, file("lijst.csv", csv_bytes([["Groep", "Telefoon"], ["3", "0612345678"]])))
    assert "naam of het leerlingnummer" in screen.columns._said.text()
    confirm(qtbot, screen)
    assert screen._page() is screen.columns


def test_what_is_set_aside_cannot_be_chosen(
    qtbot: QtBot, screen: ImportScreen, file: Write
) -> None:
    read(qtbot, screen, file("lijst.csv", listed(SANNE, BSN="999990019")))
    page = screen.columns
    (row,) = [each for each in page._rows.rows if each.header == "BSN"]
    page._go_to(row)
    assert set_aside("BSN") == "burgerservicenummer"
    assert not page.editor.whose.isEnabled() and not page.editor.what.isEnabled()


# — what changes —


@pytest.fixture
def known(school: School) -> School:
    importing.apply(school, [a_roster(SANNE, NOOR, made_at=None)])
    return school


def test_the_changes_of_one_pupil_stand_beside_the_list(
    qtbot: QtBot, known: School, screen: ImportScreen, file: Write
) -> None:
    moved = replace(JAN, street="Kerkstraat")
    changed = replace(SANNE, given_names="Sanne Maria", group="4", guardians=(moved,))
    read(qtbot, screen, file("lijst.csv", listed(changed, NOOR)))
    confirm(qtbot, screen)
    assert tabs(screen) == ["Gewijzigd (1)", "Andere groep (1)"]
    page = at_tab(screen, "changed")
    assert texts(page.table)[0][:2] == ["Sanne de Boer", "Groep 4"]  # type: ignore[attr-defined]
    assert texts(page.changes) == [  # type: ignore[attr-defined]
        ["voornamen", "leerling", "–", "Sanne Maria"],
        ["groep", "leerling", "3", "4"],
        ["straat", "J. Bakker", "Dorpsstraat", "Kerkstraat"],
    ]


def test_no_secret_address_is_shown_anywhere(
    qtbot: QtBot, school: School, screen: ImportScreen, file: Write
) -> None:
    hidden = replace(JAN, address_secret=True)
    importing.apply(school, [a_roster(replace(SANNE, guardians=(hidden,)), made_at=None)])
    moved = replace(hidden, street="Schuilstraat")
    read(qtbot, screen, file("lijst.csv", listed(replace(SANNE, guardians=(moved,)))))
    assert "Schuilstraat" not in repr(texts(screen.columns.table))
    confirm(qtbot, screen)
    page = at_tab(screen, "changed")
    assert texts(page.changes) == [  # type: ignore[attr-defined]
        ["adres", "J. Bakker", "geheim adres", "geheim adres"]
    ]


def test_models_hold(
    qtbot: QtBot, qtmodeltester: ModelTester, known: School, screen: ImportScreen, file: Write
) -> None:
    twin = replace(SANNE, key=None, born_on=date(2018, 5, 18))
    read(qtbot, screen, file("lijst.csv", listed(twin, replace(NOOR, group="5"))))
    qtmodeltester.check(screen.columns.table.model())
    confirm(qtbot, screen)
    qtmodeltester.check(at_tab(screen, "moved").table.model())  # type: ignore[attr-defined]
    at_tab(screen, "questions")
    qtmodeltester.check(screen.review.questions.table.model())
    qtmodeltester.check(screen.review.questions.beside.model())


# — doubt —


@pytest.fixture
def doubtful(qtbot: QtBot, known: School, screen: ImportScreen, file: Write) -> ImportScreen:
    """A list in which Sanne was born a day later."""
    twin = replace(SANNE, key=None, born_on=date(2018, 5, 18))
    read(qtbot, screen, file("lijst.csv", listed(twin)))
    confirm(qtbot, screen)
    at_tab(screen, "questions")
    screen.review.questions.table.setFocus()
    return screen


def test_a_doubtful_pair_stands_side_by_side(doubtful: ImportScreen) -> None:
    questions = doubtful.review.questions
    model = questions.beside.model()
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert heads == ["Gegeven", "In het bestand", "Sanne de Boer"]
    rows = {row[0]: row[1:] for row in texts(questions.beside)}
    assert rows["geboortedatum"] == ["18-05-2018", "17-05-2018"]
    spoken = [
        model.index(row, 2).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(model.rowCount())
    ]
    assert "Sanne de Boer, geboortedatum: 17-05-2018, anders" in spoken
    assert summary(doubtful) == "Geen verschil, 1 vraag blijft liggen."


@pytest.mark.parametrize(
    ("key", "said", "pupils", "born"),
    [
        ("d", "1 gewijzigd.", 2, {date(2018, 5, 18)}),
        ("n", "1 nieuw.", 3, {date(2018, 5, 17), date(2018, 5, 18)}),
        ("l", "Geen verschil, 1 vraag blijft liggen.", 2, {date(2018, 5, 17)}),
    ],
)
def test_a_doubt_is_answered_with_one_key(
    qtbot: QtBot,
    doubtful: ImportScreen,
    known: School,
    key: str,
    said: str,
    pupils: int,
    born: set[date],
) -> None:
    questions = doubtful.review.questions
    qtbot.keyClick(questions.table, key)
    settle(qtbot, doubtful)
    assert summary(doubtful) == said
    assert questions.table.hasFocus()
    confirm(qtbot, doubtful)
    assert len(directory(known)) == pupils
    found = {e.pupil.born_on for e in directory(known) if e.pupil.surname == "Boer"}
    assert found == born


def test_an_answer_can_be_changed_before_it_is_stored(qtbot: QtBot, doubtful: ImportScreen) -> None:
    questions = doubtful.review.questions
    for key in "ndn":
        qtbot.keyClick(questions.table, key)
        settle(qtbot, doubtful)
    assert texts(questions.table)[0][2] == "Nieuwe leerling"
    qtbot.mouseClick(questions.choices[""], Qt.MouseButton.LeftButton)
    settle(qtbot, doubtful)
    assert texts(questions.table)[0][2] == "Later beslissen"


def test_quick_answers_are_all_heard(qtbot: QtBot, doubtful: ImportScreen) -> None:
    questions = doubtful.review.questions
    for key in "dnd":
        qtbot.keyClick(questions.table, key)
    settle(qtbot, doubtful)
    assert list(doubtful._case.answers.values()) != [NEW]  # type: ignore[union-attr]
    assert summary(doubtful) == "1 gewijzigd."


def test_of_two_pupils_a_person_points_out_the_one(
    qtbot: QtBot, known: School, screen: ImportScreen, file: Write
) -> None:
    """The number of one, name and birth date of another."""
    read(qtbot, screen, file("a.xml", las(replace(SANNE, key="2"))))
    at_tab(screen, "questions")
    choices = screen.review.questions.choices
    assert {each.text() for each in choices.values()} == {
        "Dezelfde als Sanne de Boer",
        "Dezelfde als Noor Smit",
        "&Nieuwe leerling",
        "&Later beslissen",
    }
    (noor,) = [each for each in choices.values() if "Noor" in each.text()]
    noor.setFocus()
    qtbot.keyClick(noor, Qt.Key.Key_Space)
    settle(qtbot, screen)
    assert summary(screen).startswith("1 gewijzigd")


def test_perhaps_one_parent_is_shown(
    qtbot: QtBot, known: School, screen: ImportScreen, file: Write
) -> None:
    perhaps = replace(JAN, initials="", call_name="Jan", email="", **at("Elders", "7", "9999 XX"))
    sister = a_row("Tess Post", "9", born_on=date(2016, 7, 8), guardians=(perhaps,))
    read(qtbot, screen, file("lijst.csv", listed(sister)))
    confirm(qtbot, screen)
    page = at_tab(screen, "suggestions")
    assert texts(page) == [["Jan Bakker", "Tess Post", "J. Bakker", "Sanne de Boer"]]


def test_nothing_of_a_file_stays_after_throwing_it_away(
    qtbot: QtBot, shown: MainWindow, doubtful: ImportScreen
) -> None:
    doubtful.discard()
    QApplication.processEvents()
    views = shown.findChildren(QAbstractItemView)
    assert "Boer" not in repr([texts(each) for each in views if each.model()])
    labels = [each.text() for each in shown.findChildren(QLabel)]
    assert not [each for each in labels if "Boer" in each]


def test_two_rows_cannot_be_one_pupil(
    qtbot: QtBot, known: School, screen: ImportScreen, file: Write
) -> None:
    twins = [replace(SANNE, key=None, born_on=date(2018, 5, day)) for day in (18, 19)]
    read(qtbot, screen, file("lijst.csv", listed(*twins)))
    confirm(qtbot, screen)
    at_tab(screen, "questions")
    questions = screen.review.questions
    for row in (0, 1):
        questions.table.setCurrentIndex(questions.table.model().index(row, 0))
        qtbot.keyClick(questions.table, "d")
        settle(qtbot, screen)
    states = sorted(row[2] for row in texts(questions.table))
    assert states == ["Al een andere regel", "Dezelfde leerling"]
    assert summary(screen) == "1 gewijzigd, 1 vraag blijft liggen."


# — the whole school —


@pytest.fixture
def full(school: School) -> School:
    importing.apply(school, [a_roster(*numbered(40), made_at=None)])
    return school


def test_who_is_missing_leaves_only_from_a_file_of_the_whole_school(
    qtbot: QtBot, full: School, screen: ImportScreen, file: Write
) -> None:
    read(qtbot, screen, file("a.xml", las(*numbered(37))))
    assert tabs(screen) == ["Geen verschil"]
    screen.review.whole.click()
    settle(qtbot, screen)
    assert tabs(screen) == ["Van school (3)"]
    assert not screen.review.leavers.isVisible()
    confirm(qtbot, screen)
    assert len(directory(full)) == 37


def test_what_nobody_has_seen_yet_is_not_stored(
    qtbot: QtBot, full: School, screen: ImportScreen, file: Write
) -> None:
    """The tick and the button right after one another, quicker than the program."""
    read(qtbot, screen, file("a.xml", las(*numbered(37))))
    screen.review.whole.click()
    screen.review.go_on()
    settle(qtbot, screen)
    assert screen._page() is screen.review
    assert len(directory(full)) == 40


def test_next_years_file_may_be_the_whole_school(
    qtbot: QtBot, full: School, screen: ImportScreen, file: Write
) -> None:
    read(qtbot, screen, file("a.xml", las(*numbered(37), year="2027-2028")))
    assert not screen.review.whole.isChecked()
    screen.review.whole.click()
    settle(qtbot, screen)
    assert "blijft tot de zomer" in screen.review._why_whole.text()
    assert "31-07-2027" in screen.review._why_whole.text()
    confirm(qtbot, screen)
    assert len(directory(full)) == 40  # until the summer
    left = [each.pupil.left_on for each in directory(full) if each.pupil.left_on]
    assert left == [date(2027, 7, 31)] * 3


def test_many_leavers_must_be_confirmed_with_their_number(
    qtbot: QtBot, full: School, screen: ImportScreen, file: Write
) -> None:
    read(qtbot, screen, file("a.xml", las(*numbered(20))))
    screen.review.whole.click()
    settle(qtbot, screen)
    assert screen.review.leavers.isVisible()
    for typed in ("", "21"):
        screen.review.number.setText(typed)
        confirm(qtbot, screen)
        assert screen._page() is screen.review
    assert len(directory(full)) == 40
    screen.review.number.setText("20")
    confirm(qtbot, screen)
    assert len(directory(full)) == 20


# — stopping, leaving, undoing —


def test_who_stops_while_it_is_stored_finds_everything_as_it_was(
    qtbot: QtBot, shown: MainWindow, known: School, screen: ImportScreen, file: Write
) -> None:
    before = content_of(known)
    read(qtbot, screen, file("a.xml", las(*numbered(50))))
    screen.review.go_on()
    (dialog,) = shown.findChildren(JobDialog)
    dialog.reject()  # what Escape does
    settle(qtbot, screen)
    assert content_of(known) == before
    assert shown.workplace is not None
    assert "niets overgenomen" in shown.workplace._toast._said.text()
    assert screen._page() is screen.review  # one may still go on
    confirm(qtbot, screen)
    assert len(directory(known)) == 52


def test_leaving_asks_and_throws_away(
    qtbot: QtBot, shown: MainWindow, known: School, screen: ImportScreen, file: Write
) -> None:
    read(qtbot, screen, file("a.xml", las(replace(SANNE, call_name="Sanna"))))
    assert shown.workplace is not None
    shown.workplace.desk.go("pupils")
    assert screen.isVisible()
    assert "nog niet overgenomen" in say_yes(qtbot, "Weggooien")
    assert screen._page() is screen.start
    shown.workplace.desk.go("pupils")
    assert not screen.isVisible()
    assert "Sanne de Boer" in names(known)


def undo_buttons(screen: ImportScreen) -> list[QPushButton]:
    """Where the start offers to take the last import back."""
    found = screen.start._last.findChildren(QPushButton)
    return [each for each in found if each.isVisible()]


def test_taking_the_last_one_back_while_the_next_is_read_compares_again(
    qtbot: QtBot, shown: MainWindow, screen: ImportScreen, school: School, file: Write
) -> None:
    path = file("a.xml", las(SANNE, NOOR))
    read(qtbot, screen, path)
    confirm(qtbot, screen)
    read(qtbot, screen, path)
    assert summary(screen) == "Geen verschil."
    qtbot.keyClick(shown, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, screen)
    assert summary(screen) == "2 nieuw."


def test_undo_says_what_goes_back_and_does_it(
    qtbot: QtBot, known: School, screen: ImportScreen
) -> None:
    screen.desk.tell_change()
    qtbot.waitUntil(lambda: bool(undo_buttons(screen)))
    (undo,) = undo_buttons(screen)
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert "2 nieuw" in say_yes(qtbot, "Ongedaan maken")
    assert not directory(known)
    assert not screen.start._last.isVisible()


def test_after_another_change_there_is_no_undo(known: School, screen: ImportScreen) -> None:
    add_pupil(known, PupilEntry(call_name="Tess", surname="Post"))
    screen.desk.tell_change()
    assert screen.start._last.isVisible()
    QApplication.processEvents()
    assert not undo_buttons(screen)
    screen.ask_undo()
    assert "niet meer ongedaan" in told()
    assert len(directory(known)) == 3


def test_next_steps_lead_on(
    qtbot: QtBot, shown: MainWindow, screen: ImportScreen, file: Write
) -> None:
    read(qtbot, screen, file("a.xml", las(SANNE)))
    confirm(qtbot, screen)
    assert screen._page() is screen.done
    assert screen.done.forms.hasFocus()
    qtbot.keyClick(screen.done.forms, Qt.Key.Key_Space)
    assert shown.workplace is not None
    assert shown.workplace.place.screen == "papers"


def test_who_comes_back_after_an_import_begins_anew(
    qtbot: QtBot, shown: MainWindow, known: School, screen: ImportScreen, file: Write
) -> None:
    read(qtbot, screen, file("a.xml", las(SANNE, NOOR)))
    confirm(qtbot, screen)  # there was nothing new in it, and it says so
    assert screen._page() is screen.done
    assert shown.workplace is not None
    assert shown.workplace._toast._said.text() == "Overgenomen: geen verschil."
    for place in ("pupils", "import"):
        shown.workplace.desk.go(place)
    assert screen._page() is screen.start


def test_four_hundred_pupils(
    qtbot: QtBot, screen: ImportScreen, school: School, file: Write
) -> None:
    read(qtbot, screen, file("a.xml", las(*numbered(400))))
    assert summary(screen) == "400 nieuw."
    confirm(qtbot, screen)
    assert len(pupils_of(school)) == 400


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_every_page_can_be_walked_by_keys_and_heard(
    qtbot: QtBot, known: School, look: Callable[..., None], file: Write, zoom: float
) -> None:
    look(zoom=zoom)
    with opened(qtbot, known) as shown:
        screen = screen_of(shown)
        twin = replace(SANNE, key=None, born_on=date(2018, 5, 18))
        pages = [lambda: None, lambda: read(qtbot, screen, file("lijst.csv", listed(twin, NOOR)))]
        pages += [lambda: confirm(qtbot, screen)] * 2
        for turn_to in pages:
            turn_to()
            assert faults_of(shown) == []
        assert screen._page() is screen.done
