"""Steps 7, 8 and 9 of the round: the counts, the reminders, and closing with a way back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.answering import FormAnswers, enter_form, find_form
from schoolprivacy.consents.rounds.closing import close_round, closing
from schoolprivacy.consents.rounds.opening import abandon_round, open_round, read_round
from schoolprivacy.consents.rounds.progress import progress
from schoolprivacy.consents.rounds.reminding import due_reminders
from schoolprivacy.consents.rounds.terms import Step
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.ui.year_bench import YearBench
from ui import preview
from ui.main_window import MainWindow
from ui.screens.year_close import CloseStep
from ui.screens.year_count import CountStep
from ui.screens.year_count_plot import ProgressPlot
from ui.screens.year_remind import RemindStep, by_group


@pytest.fixture
def bench(window: MainWindow, demo: School, qtbot: QtBot) -> YearBench:
    return YearBench(window, demo, qtbot)


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


def enter_one(school: School) -> None:
    number = due_reminders(school)[0].form
    with school.reading() as session:
        codes = [code for code, _ in find_form(session, number).asked]
    enter_form(school, number, FormAnswers(frozenset(codes), frozenset(), "Wie Dan", Authority.YES))


# — the page of the round —


def test_the_figures_are_those_of_the_round_and_open_their_lists(bench: YearBench) -> None:
    step, found = bench.open(Step.COUNT, CountStep), progress(bench.school)
    assert found is not None
    total = found.total
    names = [each.accessibleName().split(",")[0] for each in step.tiles]
    assert names[:5] == [
        f"Gemaakt: {total.printed}",
        f"Terug: {total.came_in}",
        f"Nog niet terug: {total.missing}",
        f"Oneens: {total.conflicts}",
        f"Uitzoeken: {total.unsettled}",
    ]
    for tile in step.tiles:
        tile.setFocus()
        bench.qtbot.keyClick(tile, Qt.Key.Key_Return)
    bench.wait()
    screens = ["papers", "consents", "papers", "disagreements", "pupils", "entry"]
    assert [each.screen for each in bench.gone] == screens


def test_what_is_entered_counts_at_once_and_has_a_pace(bench: YearBench, clock: SetClock) -> None:
    step = bench.open(Step.COUNT, CountStep)
    assert step.tiles[5].accessibleName() == "Vandaag ingevoerd: 0, formulieren"
    for _ in range(3):
        enter_one(bench.school)
        clock.moment += timedelta(seconds=30)
    step = bench.open(Step.COUNT, CountStep)
    told = step.tiles[5].accessibleName()
    assert told.startswith("Vandaag ingevoerd: 3, ") and "ongeveer 120 per uur" in told


def test_each_group_is_a_row_that_opens_who_is_missing(bench: YearBench) -> None:
    step, found = bench.open(Step.COUNT, CountStep), progress(bench.school)
    assert found is not None
    model = step.table.model()
    assert model.rowCount() == len(found.groups)
    shown = [model.index(0, column).data() for column in range(8)]
    first = found.groups[0]
    of = first.counts
    counted = (of.printed, of.back, of.partly, of.missing, of.reminded, of.conflicts, of.unsettled)
    assert shown == [first.label, *map(str, counted)]
    step.table.setFocus()
    bench.qtbot.keyClick(step.table, Qt.Key.Key_Home)
    bench.qtbot.keyClick(step.table, Qt.Key.Key_Return)
    bench.wait()
    assert bench.gone[-1].detail == {"kind": "reminder-list", "group": first.group}


def test_the_plot_is_spoken_and_walked_over_by_the_arrows(bench: YearBench) -> None:
    step, found = bench.open(Step.COUNT, CountStep), progress(bench.school)
    assert found is not None
    last, before = found.days[-1], found.days[-2]
    plot = step.plot
    assert f"{last.back} van {last.printed} formulieren terug" in plot.accessibleDescription()
    assert "inleveren: 22-09-2026" in plot.accessibleDescription()
    plot.setFocus()
    bench.qtbot.waitUntil(lambda: f"{last.day:%d-%m-%Y}" in plot.accessibleName())
    bench.qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert f"{before.back} van {before.printed}" in plot.accessibleName()


def test_a_plot_of_one_day_and_of_none_can_be_drawn(bench: YearBench) -> None:
    found = progress(bench.school)
    assert found is not None
    plot = ProgressPlot()
    bench.qtbot.addWidget(plot)
    plot.resize(300, 240)
    for days in ((), found.days[:1], found.days):
        plot.show_days(days, [], found.days[0].day)
        assert not plot.grab().isNull()


def test_a_stack_is_entered_from_here(bench: YearBench) -> None:
    bench.open(Step.COUNT, CountStep)
    bench.press("Stapel per groep")
    bench.press("Eén formulier")
    assert [each.screen for each in bench.gone] == ["stack", "entry"]


def test_before_anything_is_printed_it_says_what_to_do(
    window: MainWindow, demo: School, clock: SetClock, qtbot: QtBot
) -> None:
    close_round(demo)
    open_round(demo, SchoolYear(2027))
    bench = YearBench(window, demo, qtbot)
    step = bench.open(Step.COUNT, CountStep)
    assert "nog geen formulieren gemaakt" in bench.reads()
    assert not step.tiles[0].isVisibleTo(bench.guide)
    bench.desk.going.disconnect(window.workplace.open_place)  # type: ignore[union-attr]
    bench.press("Naar stap 5")
    assert (bench.gone[-1].screen, bench.gone[-1].detail) == ("year", {"step": 5})
    abandon_round(demo)


# — reminding —


def test_who_is_due_is_counted_per_group(bench: YearBench) -> None:
    step = bench.open(Step.REMINDERS, RemindStep)
    found = due_reminders(bench.school)
    of_groups = by_group(found, bench.school.clock.today())
    assert sum(each.second for each in of_groups) == len(found) > 0
    assert f"{len(found)} formulieren. Daarvan {len(found)} een tweede brief." in bench.reads()
    assert step.table.model().rowCount() == len(of_groups)


def test_letters_are_printed_and_once_more_is_asked_first(bench: YearBench, printed: Path) -> None:
    step = bench.open(Step.REMINDERS, RemindStep)
    many = len(due_reminders(bench.school))
    bench.press("Afdrukken…")
    assert bench.made("round_reminders.printed")["way"] == "printed"
    assert f"{many} × brief 2" in bench.said[-1][0]
    step = bench.open(Step.REMINDERS, RemindStep)
    assert f"Daarvan {many} vandaag al een brief" in bench.reads()
    bench.press("Afdrukken…")
    assert "telt niet als een nieuwe herinnering" in " ".join(bench.asked().split())
    bench.answer("Toch afdrukken…")
    bench.wait()
    assert all(len(each.before) == 2 for each in due_reminders(bench.school))
    assert step.paper._seen is not None


def test_after_two_letters_somebody_calls(bench: YearBench, clock: SetClock, printed: Path) -> None:
    bench.open(Step.REMINDERS, RemindStep)
    many = len(due_reminders(bench.school))
    bench.press("Afdrukken…")
    bench.made("round_reminders.printed")
    clock.moment += timedelta(days=1)
    step = bench.open(Step.REMINDERS, RemindStep)
    assert f"Daarvan {many} al twee brieven: bel het gezin" in bench.reads()
    clock.moment += timedelta(days=30)
    step = bench.open(Step.REMINDERS, RemindStep)
    assert not bench.is_allowed("Afdrukken…")
    step.again.setChecked(True)
    bench.wait()
    bench.press("Afdrukken…")
    assert "krijgen er nog een" in bench.asked()
    bench.answer("Annuleren")


def test_the_list_for_the_teacher_of_one_group(bench: YearBench, printed: Path) -> None:
    step = bench.open(Step.REMINDERS, RemindStep)
    step.kind.choose("list")
    step.table.setFocus()
    bench.qtbot.keyClick(step.table, Qt.Key.Key_Home)
    bench.qtbot.keyClick(step.table, Qt.Key.Key_Return)
    bench.wait()
    bench.press("Afdrukken…")
    group = step.group.value()
    assert group is not None
    assert bench.made("round_reminder_list.printed")["about"] == group


# — closing —


def test_what_closing_means_is_told_first(bench: YearBench) -> None:
    bench.open(Step.CLOSE, CloseStep)
    found = closing(bench.school)
    reads = bench.reads()
    assert f"Op {found.unanswered} formulieren van {found.families} gezinnen" in reads
    assert "geen toestemming" in reads


def test_closing_is_confirmed_and_can_be_taken_back(bench: YearBench) -> None:
    bench.open(Step.CLOSE, CloseStep)
    bench.press("Ronde afsluiten…")
    assert "wacht u niet meer" in bench.asked()
    bench.answer("Annuleren")
    bench.wait()
    assert read_round(bench.school) is not None
    bench.press("Ronde afsluiten…")
    bench.answer("Ronde afsluiten")
    bench.made("round.closed")
    assert read_round(bench.school) is None
    text, undo = bench.said[-1]
    assert text == "De toestemmingsronde 2026-2027 is afgesloten."
    undo()
    assert read_round(bench.school) is not None


def test_the_report_is_printed(bench: YearBench, printed: Path) -> None:
    bench.open(Step.CLOSE, CloseStep)
    bench.press("Afdrukken…")
    assert bench.made("round_report.printed")["way"] == "printed"
    assert printed.exists()
