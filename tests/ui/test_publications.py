"""The log and the tasks by keys: what is ticked off, written down, corrected and printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.publications.log import mark_removed
from schoolprivacy.consents.publications.take_down import tasks
from schoolprivacy.people.names import full_name
from schoolprivacy.school import School
from tests.paper.reading import texts_of
from tests.ui.hands import texts
from tests.ui.log_schools import BRAM, NOOR, TODAY, Log, a_pupil, fill_log
from tests.ui.pupil_pages import desk_of, dialog, push, screen_of
from ui import files
from ui.jobs import is_busy
from ui.main_window import MainWindow
from ui.screens.publications import PublicationsScreen
from ui.screens.publications_dialog import PublicationDialog
from ui.screens.publications_log import RemovedDialog
from ui.screens.publications_paper import TakeDownPaper
from ui.screens.publications_part import Part
from ui.screens.publications_tasks import TickDialog

Key = Qt.Key


class Bench:
    """The screen on a school with a log."""

    def __init__(self, window: MainWindow, log: Log, qtbot: QtBot) -> None:
        self.window, self.log, self.qtbot = window, log, qtbot
        self.go(show="tasks")
        found = screen_of(window, "publications")
        assert isinstance(found, PublicationsScreen)
        self.screen = found

    def go(self, **detail: object) -> None:
        desk_of(self.window).go("publications", **detail)
        self.wait()

    def wait(self) -> None:
        self.qtbot.wait(10)
        self.qtbot.waitUntil(lambda: not is_busy(), timeout=20_000)
        self.qtbot.wait(10)

    def push(self, text: str) -> None:
        push(self.qtbot, self.screen, text)
        self.wait()

    def undo(self) -> None:
        assert self.window.workplace is not None
        self.window.workplace._toast.undo()
        self.wait()

    def rows(self, part: Part) -> list[tuple[str, ...]]:
        """What stands in the table."""
        model = part.table.model()
        return [
            tuple(str(model.index(r, c).data()) for c in range(model.columnCount()))
            for r in range(model.rowCount())
        ]

    def go_to(self, part: Part, text: str) -> None:
        """Go to the first row in which this stands."""
        part.table.selectRow(next(n for n, r in enumerate(self.rows(part)) if text in r))

    def ours(self) -> list[tuple[str, str]]:
        """The open tasks of the two children."""
        return [each for each in self.log.to_do() if each[0] in (NOOR, BRAM)]


@pytest.fixture
def bench(demo: School, window: MainWindow, qtbot: QtBot) -> Bench:
    return Bench(window, fill_log(demo), qtbot)


# — what must be taken down —


def test_a_task_says_who_what_where_and_why(bench: Bench) -> None:
    part = bench.screen.tasks
    row = next(r for r in bench.rows(part) if r[0] == "Braak, Noor ter" and "boeken" in r[2])
    assert row[2:5] == ("Kinderboekenweek", "09-10-2026", "Nieuwspagina")
    assert row[5].endswith("/nieuws/42") and row[6] == "Website: ingetrokken sinds 02-11-2026"
    assert bench.screen._tabs.tabText(0) == f"Weghalen ({len(bench.log.to_do())})"
    assert all("Open dag" not in r for r in bench.rows(part))  # ticked off
    bench.go_to(part, "Kinderboekenweek")
    assert "https://www.papierendraak.example/nieuws/42" in texts(part).replace("\u200b", "")


def test_many_are_ticked_off_at_once_with_a_remark_and_back(bench: Bench, qtbot: QtBot) -> None:
    part, before = bench.screen.tasks, bench.ours()
    part.search.setText("kinderboekenweek")
    part.table.setFocus()
    part.table.selectAll()
    assert "2 taken gekozen" in texts(part)
    qtbot.keyClick(part.table, Key.Key_Return)
    asked = dialog(qtbot, TickDialog)
    qtbot.keyClicks(QApplication.focusWidget(), "bericht verwijderd")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert not asked.isVisible()
    bench.wait()
    assert all(event != "Kinderboekenweek" for _, event in bench.ours())
    done = [e for e in tasks(bench.log.school, only_open=False) if e.done]
    assert {e.done.remark for e in done if e.publication.event == "Kinderboekenweek"} == {
        "bericht verwijderd"
    }
    bench.undo()
    assert bench.ours() == before


def test_what_was_ticked_off_is_shown_and_opened_again(bench: Bench) -> None:
    part = bench.screen.tasks
    part.only.choose("done")
    (row,) = bench.rows(part)
    assert row[2] == "Open dag" and row[6].startswith("weggehaald op 02-11-2026 door ")
    assert "gezicht onherkenbaar gemaakt" in texts(part)
    bench.push("Toch niet weggehaald")
    assert (BRAM, "Open dag") in bench.ours()
    bench.undo()
    assert (BRAM, "Open dag") not in bench.ours()


def test_from_a_task_one_goes_to_the_child(bench: Bench) -> None:
    part = bench.screen.tasks
    bench.go_to(part, "Braak, Noor ter")
    push(bench.qtbot, part, "Naar de leerling")
    assert bench.window.workplace is not None
    assert bench.window.workplace.place.screen == "pupil"


def test_the_list_is_saved_after_a_warning_and_tells_no_reason(
    bench: Bench, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "lijst.pdf"
    monkeypatch.setattr(files, "choose_new_file", lambda *_: target)
    bench.push("Lijst afdrukken…")
    paper = dialog(qtbot, TakeDownPaper)
    group = a_pupil(bench.log.school, NOOR).placement.group_name
    paper._group.choose(group)
    assert paper._view.pages() >= 1 and not target.exists()
    paper.save_list()
    push(qtbot, QApplication.activeModalWidget(), "Toch bewaren…")
    bench.wait()
    said = "".join(texts_of(target.read_bytes()))
    assert "Noor" in said and "Kinderboekenweek" in said
    assert "ingetrokken" not in said.lower()
    assert QApplication.activeModalWidget() is None


def test_an_empty_school_says_why_one_keeps_a_log(
    school: School, window: MainWindow, qtbot: QtBot
) -> None:
    assert window.workplace is not None
    window.workplace.desk.school = school
    desk_of(window).go("publications", show="log")
    qtbot.waitUntil(lambda: not is_busy())
    qtbot.wait(20)
    screen = screen_of(window, "publications")
    assert "geen foto's bewaard" in texts(screen)
    push(qtbot, screen, "Eerste plaatsing toevoegen")
    push(qtbot, QApplication.activeModalWidget(), "Naar Kanalen")
    assert window.workplace.place.screen == "channels"


# — the log —


def test_the_newest_stands_first_and_everything_can_be_searched(bench: Bench) -> None:
    bench.go(show="log")
    part = bench.screen.log
    on = [r[1] for r in bench.rows(part) if r[2] == "Nieuwspagina"]
    assert on == ["28-10-2026", "09-10-2026", "18-09-2026"]
    for text, event in (("noor braak", "Kinderboekenweek"), ("18-09", "Schoolreis")):
        part.search.setText(text)
        assert event in [r[0] for r in bench.rows(part)]
        assert "Open dag" not in [r[0] for r in bench.rows(part)]


def test_who_has_no_yes_is_told_before_it_is_saved(bench: Bench, qtbot: QtBot) -> None:
    bench.go(show="log")
    bench.push("Nieuwe plaatsing")
    asked = dialog(qtbot, PublicationDialog)
    qtbot.keyClicks(QApplication.focusWidget(), "Sint-Maarten")
    asked.fields["channel"].choose(bench.log.channel("Nieuwspagina").id)
    search = asked._children._search
    search.setFocus()
    qtbot.keyClicks(search, "noor braak")
    qtbot.keyClick(search, Key.Key_Return)  # takes the child, does not save
    assert asked.isVisible() and search.text() == ""
    assert asked._children.chosen() == (a_pupil(bench.log.school, NOOR).pupil.id,)
    asked.try_save()  # at once: nobody read it yet
    assert asked.isVisible() and f"{NOOR} (ingetrokken)" in asked._warn.said.text()
    assert "Lees eerst" in texts(asked)
    asked.try_save()
    bench.wait()
    assert "Sint-Maarten" in bench.log.events()
    assert (NOOR, "Sint-Maarten") in bench.log.to_do()
    bench.undo()
    assert "Sint-Maarten" not in bench.log.events()


def test_the_warning_follows_what_is_filled_in(bench: Bench, qtbot: QtBot) -> None:
    bench.screen.add()
    asked = dialog(qtbot, PublicationDialog)
    asked.fields["channel"].choose(bench.log.channel("Nieuwspagina").id)
    assert list(asked._groups._boxes)[:2] == ["Groep 1/2", "Groep 3"]
    box = asked._groups._boxes[a_pupil(bench.log.school, NOOR).placement.group_name]
    box.setChecked(True)
    qtbot.waitUntil(asked._warn.isVisible, timeout=20_000)
    assert "nu geen ja voor Nieuwspagina" in asked._warn.said.text()
    box.setChecked(False)
    qtbot.waitUntil(lambda: not asked._warn.isVisible(), timeout=20_000)
    asked.fields["appeared_on"].setText("1-1-1999")
    qtbot.waitUntil(lambda: not asked._groups._boxes, timeout=20_000)
    qtbot.waitUntil(lambda: "geen groepen" in texts(asked), timeout=20_000)


def test_what_is_missing_is_told(bench: Bench, qtbot: QtBot) -> None:
    bench.screen.add()
    asked = dialog(qtbot, PublicationDialog)
    asked.try_save()
    assert "Vul in waar het beeld van is" in texts(asked)
    asked.fields["event"].setText("Kerst")
    asked.fields["appeared_on"].setText("")
    asked.try_save()
    assert "Vul de datum in." in texts(asked)
    asked.fields["appeared_on"].set_date(TODAY)
    asked.try_save()
    assert "Kies minstens één groep of één kind" in texts(QApplication.activeModalWidget())


def test_a_publication_is_corrected(bench: Bench, qtbot: QtBot) -> None:
    bench.go(show="log")
    part = bench.screen.log
    bench.go_to(part, "Kinderboekenweek")
    part.table.setFocus()
    qtbot.keyClick(part.table, Key.Key_Return)
    asked = dialog(qtbot, PublicationDialog)
    assert len(asked._children.chosen()) == 2 and not asked.is_filled_in()
    first = asked._children._list.item(0)
    first.setCheckState(Qt.CheckState.Unchecked)
    asked.fields["place"].setText("nieuws/43")
    qtbot.waitUntil(lambda: asked._looked_at is not None and not asked._soon.isActive())
    bench.wait()
    asked.try_save()
    bench.wait()
    found = bench.log.publication("Kinderboekenweek")
    assert found.place == "nieuws/43" and len(found.pupils) == 1
    bench.undo()
    assert len(bench.log.publication("Kinderboekenweek").pupils) == 2


def test_taken_away_as_a_whole_and_there_again(bench: Bench, qtbot: QtBot) -> None:
    bench.go(show="log")
    part = bench.screen.log
    bench.go_to(part, "Kinderboekenweek")
    bench.push("Alles weggehaald…")
    asked = dialog(qtbot, RemovedDialog)
    asked.fields["on"].setText("1-10-2026")  # before it appeared
    asked.try_save()
    assert "verscheen op 09-10-2026" in texts(asked)
    asked.fields["on"].set_date(TODAY)
    asked.try_save()
    bench.wait()
    assert bench.log.publication("Kinderboekenweek").removed_on == TODAY
    assert all(event != "Kinderboekenweek" for _, event in bench.log.to_do())
    bench.go_to(part, "Kinderboekenweek")
    bench.push("Staat er toch nog")
    assert bench.log.publication("Kinderboekenweek").removed_on is None
    bench.undo()
    assert bench.log.publication("Kinderboekenweek").removed_on == TODAY


def test_what_was_entered_wrongly_goes_unless_something_was_ticked_off(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.go(show="log")
    part = bench.screen.log
    bench.go_to(part, "Schoolreis")
    bench.push("Verwijderen")
    assert "Schoolreis" not in bench.log.events()
    bench.undo()
    assert "Schoolreis" in bench.log.events()
    bench.go_to(part, "Open dag")
    push(qtbot, part, "Verwijderen")
    assert "al iets afgevinkt" in texts(QApplication.activeModalWidget())
    assert "Open dag" in bench.log.events()


def test_what_appeared_of_one_child(bench: Bench) -> None:
    mark_removed(bench.log.school, bench.log.publication("Schoolreis").id, date(2026, 10, 1))
    bench.go(pupil=a_pupil(bench.log.school, NOOR).pupil.id)
    ours = {r[0] for r in bench.rows(bench.screen.log) if r[2] == "Nieuwspagina"}
    assert ours == {"Kinderboekenweek", "Schoolreis"}  # named, or with the group
    assert NOOR in bench.screen._of_one.said.text()
    assert {full_name(e.child.pupil) for e in bench.screen.tasks._rows.rows} <= {NOOR}
    bench.push("Van iedereen tonen")
    assert "Open dag" in [r[0] for r in bench.rows(bench.screen.log)]
    assert not bench.screen._of_one.isVisible()


def test_the_same_part_is_shown_after_the_window_is_made_anew(bench: Bench) -> None:
    noor = a_pupil(bench.log.school, NOOR).pupil.id
    bench.go(pupil=noor)
    assert bench.screen.detail_to_reopen() == {"show": "log", "pupil": noor}
