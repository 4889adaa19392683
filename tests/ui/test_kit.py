"""The parts every screen is made of."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from schoolprivacy.errors import FileError
from schoolprivacy.paper.preview import page_count
from tests.paper.reading import texts_of
from ui import messages, preview, theme
from ui.desk import Desk
from ui.fields import DateField, Fields, choice, read_date, text_field
from ui.jobs import Cancelled, Job, JobDialog, is_busy, quietly, run
from ui.main_window import MainWindow
from ui.table import Column, Rows, Table

# — dates —


@pytest.mark.parametrize(
    "typed", ["3-9-2026", "03-09-2026", "3 9 26", "030926", "03092026", "3/9/26", "3.9.2026"]
)
def test_a_date_is_read_as_people_type_it(typed: str) -> None:
    assert read_date(typed) == date(2026, 9, 3)


@pytest.mark.parametrize("typed", ["", "31-2-2026", "3-9", "september", "3-9-202", "1-13-2026"])
def test_what_is_no_date_is_none(typed: str) -> None:
    assert read_date(typed) is None


def test_a_date_field_tidies_and_steps(qtbot: QtBot) -> None:
    field = DateField(latest=date(2026, 11, 2))
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "1 11 26")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "01-11-2026"
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.date() == date(2026, 11, 2)
    assert not field.is_wrong()
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.is_wrong()


# — fields —


def test_a_problem_is_told_at_its_field_and_the_first_gets_the_keyboard(qtbot: QtBot) -> None:
    fields = Fields()
    fields.add("name", "&Naam", text_field())
    fields.add("place", "&Plaats", text_field())
    qtbot.addWidget(fields)
    with qtbot.waitActive(fields):
        fields.show()
    fields.show_problems({"place": "Vul een plaats in."})
    assert fields["place"].hasFocus()
    assert fields["place"].property("wrong")
    assert fields["name"].accessibleName() == "Naam"
    fields.show_problems({})
    assert not fields["place"].property("wrong")


# — tables —

NAME: Column[str] = Column("Naam", lambda each: each)


def test_a_table_sorts_and_searches_the_dutch_way(qtbot: QtBot) -> None:
    names = ["Groep 10", "groep 2", "Édouard", "Eduard", "Zwart", "Groep 1/2"]
    rows = Rows([NAME], names)
    table = Table("Namen")
    qtbot.addWidget(table)
    proxy = table.show_rows(rows, lambda each: each)

    def shown() -> list[str]:
        return [proxy.index(row, 0).data() for row in range(proxy.rowCount())]

    assert shown()[2:] == ["Groep 1/2", "groep 2", "Groep 10", "Zwart"]
    proxy.search("edou")
    assert shown() == ["Édouard"]
    proxy.search("")
    proxy.keep(lambda each: each.startswith("Groep"))
    assert shown() == ["Groep 1/2", "Groep 10"]


def test_the_model_of_a_table_is_sound(qtmodeltester: object) -> None:
    model = Rows([NAME], ["a", "b"])
    qtmodeltester.check(model)  # type: ignore[attr-defined]
    model.replace(["c"])
    assert model.rowCount() == 1


# — work —


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_work_is_done_elsewhere_and_told_here(owner: QWidget, qtbot: QtBot) -> None:
    here, told = threading.get_ident(), []

    def done(where: int) -> None:
        told.append((where, threading.get_ident()))

    job = run(owner, "Werk", lambda _job: threading.get_ident(), done, lambda error: None)
    with qtbot.waitSignal(job.ended):
        pass
    assert told[0][0] != here
    assert told[0][1] == here


def test_escape_stops_work_at_its_next_report(owner: QWidget, qtbot: QtBot) -> None:
    seen: list[str] = []

    def work(job: Job) -> None:
        for done in range(100_000):
            job.report(done, 100_000)
            threading.Event().wait(0.01)

    job = run(owner, "Werk", work, lambda _: seen.append("done"), lambda _: seen.append("failed"))
    job.cancelled.connect(lambda: seen.append("cancelled"))
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), JobDialog))
    with qtbot.waitSignal(job.ended):
        qtbot.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Escape)
    assert seen == ["cancelled"]


def test_an_error_of_the_work_reaches_the_window(owner: QWidget, qtbot: QtBot) -> None:
    failed: list[BaseException] = []

    def work(_job: Job) -> None:
        raise FileError("file.full", place="ergens")

    job = run(owner, "Werk", work, lambda _: None, failed.append)
    with qtbot.waitSignal(job.ended):
        pass
    assert isinstance(failed[0], FileError)
    assert not isinstance(failed[0], Cancelled)


def test_a_thousand_small_jobs_leave_the_program_standing(owner: QWidget, qtbot: QtBot) -> None:
    """A job that ends on its own thread as the window takes its result must not die there."""
    done: list[int] = []
    for number in range(1_000):
        quietly(owner, lambda n=number: n, done.append, lambda _: None)  # type: ignore[misc]
        if number % 50 == 0:
            qtbot.waitUntil(lambda: not is_busy())
    qtbot.waitUntil(lambda: not is_busy())
    assert sorted(done) == list(range(1_000))


# — messages —


def test_a_bug_is_noted_without_values(qtbot: QtBot, own_station: Path) -> None:
    try:
        {}["Aylin Geheim, Kerkstraat 1"]
    except KeyError as error:
        box = messages.tell_error(None, error)
    qtbot.addWidget(box)
    for handler in logging.getLogger("schoolprivacy").handlers:
        handler.flush()
    noted = messages.log_file().read_text(encoding="utf-8")
    assert "KeyError test_kit.py" in noted
    assert "Aylin" not in noted
    assert "Aylin" not in box.text()


@pytest.mark.parametrize(
    ("key", "happens"), [(Qt.Key.Key_Escape, False), (Qt.Key.Key_Return, False)]
)
def test_a_question_is_never_answered_yes_by_accident(
    owner: QWidget, qtbot: QtBot, key: Qt.Key, happens: bool
) -> None:
    done: list[bool] = []
    box = messages.confirm(owner, "Alles weg?", "Weggooien", lambda: done.append(True))
    qtbot.keyClick(box, key)
    assert bool(done) is happens


def test_a_question_can_be_answered_yes(owner: QWidget, qtbot: QtBot) -> None:
    done: list[bool] = []
    box = messages.confirm(owner, "Alles weg?", "Weggooien", lambda: done.append(True))
    go = next(each for each in box.findChildren(QPushButton) if each.text() == "Weggooien")
    qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    assert done == [True]


def test_a_name_with_a_tag_is_shown_as_it_is(owner: QWidget) -> None:
    box = messages.tell(owner, "<b>Jan</b>")
    assert box.textFormat() is Qt.TextFormat.PlainText


# — colours —


def _contrast(one: str, other: str) -> float:
    """WCAG 2 contrast of two colours."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_everything_written_can_be_read(palette: theme.Colours) -> None:
    c = palette
    written = [(c.text, s) for s in (c.background, c.surface, c.side, c.accent_soft)]
    written += [(c.muted, s) for s in (c.background, c.surface, c.side)]
    written += [(c.accent, s) for s in (c.background, c.surface, c.accent_soft)]
    written += [(c.on_accent, c.accent), (c.on_accent, c.accent_hover), (c.surface, c.text)]
    for name in ("yes", "no", "open", "warn", "special"):
        written += [
            (getattr(c, name), getattr(c, f"{name}_soft")),
            (getattr(c, name), c.surface),
            (getattr(c, name), c.background),
        ]
    assert {pair: _contrast(*pair) for pair in written if _contrast(*pair) < 4.5} == {}
    edges = [(c.strong_border, c.surface), (c.accent, c.surface)]
    assert {pair: _contrast(*pair) for pair in edges if _contrast(*pair) < 3.0} == {}


# — paper —


@pytest.fixture
def letter(demo_letters: Callable[[], bytes]) -> bytes:
    return demo_letters()


def test_printing_goes_from_memory_to_the_printer(
    window: MainWindow,
    letter: bytes,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    target = tmp_path / "printed.pdf"

    def to_file(printer: QPrinter, *_: object) -> bool:
        printer.setOutputFileName(str(target))  # the system's PDF printer
        return True

    monkeypatch.setattr(preview, "ask_printer", to_file)
    done: list[bool] = []
    desk = Desk(window.workplace.desk.school, window)  # type: ignore[union-attr]
    preview.print_made(
        desk, window, "Brief", lambda deliver, _: deliver(letter), lambda _: done.append(True)
    )
    qtbot.waitUntil(lambda: bool(done), timeout=60_000)  # a form of two pages for each family
    assert page_count(target.read_bytes()) == page_count(letter)
    assert [each for each in texts_of(letter)[0].split() if each]


def test_the_paper_on_the_screen_is_the_paper(letter: bytes, qtbot: QtBot) -> None:
    view = preview.PaperView("Voorbeeld")
    qtbot.addWidget(view)
    view.resize(600, 800)
    view.show_paper(letter)
    with qtbot.waitExposed(view):
        view.show()
    qtbot.wait(10)
    picture = view.grab().toImage()
    shades = {picture.pixelColor(x, y).name() for x in range(0, 600, 5) for y in range(0, 800, 5)}
    assert view.pages() == page_count(letter)
    assert len(shades) > 10  # something is drawn on the page
    view.show_paper(None)
    assert view.pages() == 0


# — choices —


@pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
def test_the_list_of_a_choice_shows_its_last_line_whole(qtbot: QtBot) -> None:
    fields = Fields()
    fields.add("what", "Wat", choice([(f"Keuze {n}", n) for n in range(5)]))
    qtbot.addWidget(fields)
    with qtbot.waitExposed(fields):
        fields.show()
    fields["what"].showPopup()
    qtbot.wait(50)
    shown = fields["what"].view()
    last = shown.visualRect(shown.model().index(4, 0))
    fields["what"].hidePopup()
    assert last.bottom() <= shown.viewport().height()


# — tables —


@pytest.mark.parametrize(
    "held", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier]
)
def test_the_program_chooses_one_row_whatever_key_is_held(
    qtbot: QtBot, held: Qt.KeyboardModifier
) -> None:
    """After Ctrl+Enter in a dialog Ctrl is still down when the table behind it is filled anew."""
    table = Table("Namen")
    qtbot.addWidget(table)
    rows = Rows([Column("Naam", str)])
    rows.replace(["Aylin", "Bo", "Chris"])
    table.show_rows(rows, str)
    table.selectRow(0)
    qtbot.keyPress(table, Qt.Key.Key_F9, held)
    assert QApplication.keyboardModifiers() == held
    table.selectRow(1)
    assert table.chosen() == ["Bo"]
    table.setCurrentIndex(table.model().index(2, 0))
    assert table.chosen() == ["Chris"]
    qtbot.keyRelease(table, Qt.Key.Key_F9)
