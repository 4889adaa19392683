"""Step 5 of the round: what is seen is counted, and nothing comes on paper twice unsaid."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import records
from schoolprivacy.consents.rounds.dates import propose_dates
from schoolprivacy.consents.rounds.preview import preview as counts
from schoolprivacy.consents.rounds.terms import Step
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.preview import page_count
from schoolprivacy.people.directory import directory, groups
from schoolprivacy.people.names import full_name
from schoolprivacy.school import School
from schoolprivacy.station import read_station
from tests.paper.reading import texts_of
from tests.ui.year_bench import YearBench
from tests.vault.schools import DIRECTOR
from ui import files, preview
from ui.fields import show_date
from ui.main_window import MainWindow
from ui.screens.year_papers import PapersStep


@pytest.fixture
def bench(window: MainWindow, demo: School, qtbot: QtBot) -> YearBench:
    return YearBench(window, demo, qtbot)


@pytest.fixture
def step(bench: YearBench) -> PapersStep:
    return bench.open(Step.PAPERS, PapersStep)


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


def numbers(school: School) -> set[str]:
    with school.reading() as session:
        return {each.number for each in records.forms(session) if each.replaced_on is None}


def sample(step: PapersStep) -> list[str]:
    seen = step.paper._seen
    assert seen is not None and seen.pdf is not None
    return texts_of(seen.pdf)


def test_what_every_group_gets_is_counted_before(bench: YearBench, step: PapersStep) -> None:
    found = counts(bench.school)
    assert f"{found.forms} formulieren voor {found.children} leerlingen" in bench.reads()
    assert step.table.model().rowCount() == len(found.groups)
    row = [step.table.model().index(0, column).data() for column in range(6)]
    first = next(each for each in found.groups if each.group in row[0])
    assert row[1:4] == [str(first.children), str(first.forms), str(first.reprints)]


def test_looking_registers_nothing(bench: YearBench, step: PapersStep) -> None:
    before = bench.last(), numbers(bench.school)
    for key in ("choices", "cover", "forms"):
        step.kinds.choose(key)
        bench.wait()
        assert all("VOORBEELD" in text for text in sample(step))
    assert (bench.last(), numbers(bench.school)) == before


def test_a_group_is_chosen_from_the_table(
    bench: YearBench, step: PapersStep, printed: Path
) -> None:
    step.table.setFocus()
    bench.qtbot.keyClick(step.table, Qt.Key.Key_Home)
    bench.qtbot.keyClick(step.table, Qt.Key.Key_Return)
    bench.wait()
    assert step.whom.whom() == {"group": groups(bench.school)[0]}
    step.kinds.choose("cover")
    bench.wait()
    bench.press("Afdrukken…")
    assert bench.made("cover_sheet.printed")["about"] == groups(bench.school)[0]


def test_what_was_printed_before_is_asked_and_keeps_its_number(
    bench: YearBench, step: PapersStep, printed: Path
) -> None:
    before = numbers(bench.school)
    step.whom.choose_group(groups(bench.school)[1])
    bench.wait()
    assert "allemaal nog een keer, met hetzelfde nummer" in bench.reads()
    bench.press("Afdrukken…")
    assert "met hetzelfde nummer" in bench.asked()
    bench.answer("Toch afdrukken…")
    told = bench.made("round_forms.printed")
    assert (told["way"], told["anew"], told["order"]) == ("printed", False, "youngest")
    assert numbers(bench.school) == before
    assert page_count(printed.read_bytes()) >= 2 * told["forms"]
    assert "Dit was al eens gemaakt." in bench.said[-1][0]
    bench.press("Voorblad maken")
    bench.wait()
    assert step.kinds.chosen() == "cover"


def test_who_says_no_prints_nothing(bench: YearBench, step: PapersStep, printed: Path) -> None:
    before = bench.last()
    bench.press("Afdrukken…")
    bench.answer("Annuleren")
    bench.wait()
    assert bench.last() == before and not printed.exists()


def test_one_pupil_is_looked_up_by_keys_and_printed_again(
    bench: YearBench, step: PapersStep, printed: Path
) -> None:
    child = next(each for each in directory(bench.school) if not each.pupil.prefix)
    step.whom._whom.setCurrentIndex(step.whom._whom.count() - 1)
    bench.wait()
    assert "Zoek een leerling" in bench.reads()
    assert not bench.is_allowed("Afdrukken…")
    bench.type(step.whom._finder._search, full_name(child.pupil))
    bench.qtbot.keyClick(step.whom._finder._search, Qt.Key.Key_Down)
    bench.wait()
    assert full_name(child.pupil) in "\n".join(sample(step))
    bench.press("Afdrukken…")
    bench.answer("Toch afdrukken…")
    assert bench.made("round_forms.printed")["about"] == child.pupil.id


def test_new_forms_replace_the_old_ones_and_say_so(
    bench: YearBench, step: PapersStep, printed: Path
) -> None:
    before = numbers(bench.school)
    step.whom.choose_group(groups(bench.school)[1])
    step.anew.setChecked(True)
    bench.wait()
    bench.press("Afdrukken…")
    assert "ongedaan" in bench.asked()
    bench.answer("Toch afdrukken…")
    assert bench.made("round_forms.printed")["anew"] is True
    assert numbers(bench.school) - before


def test_the_order_is_remembered_on_this_computer(bench: YearBench, step: PapersStep) -> None:
    step.whom._order.choose("own")
    bench.wait()
    assert read_station().windows["year.order"] == "own"
    assert PapersStep(bench.desk).whom.order == "own"


def test_choices_are_told_when_they_were_made_before(
    bench: YearBench, step: PapersStep, printed: Path
) -> None:
    step.kinds.choose("choices")
    bench.wait()
    letters = counts(bench.school).letters
    assert f"{letters} brieven" in bench.reads()
    bench.press("Afdrukken…")
    assert bench.made("choices_letters.printed")["way"] == "printed"
    bench.wait()
    assert f"{letters} brieven, allemaal al eens gemaakt" in bench.reads()
    bench.press("Afdrukken…")
    assert "al eens gemaakt" in bench.asked()
    bench.answer("Annuleren")


def test_a_paper_is_saved_after_a_warning(
    bench: YearBench, step: PapersStep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, proposed = tmp_path / "voorblad.pdf", []

    def choose(_parent: QWidget, _title: str, name: str, _kinds: str) -> Path:
        proposed.append(name)
        return target

    monkeypatch.setattr(files, "choose_new_file", choose)
    step.kinds.choose("cover")
    step.whom.choose_group(groups(bench.school)[1])
    bench.wait()
    bench.press("Bewaar als PDF…")
    bench.answer("Toch bewaren…")
    assert bench.made("cover_sheet.printed")["way"] == "saved"
    assert target.read_bytes().startswith(b"%PDF")
    assert proposed[0].startswith("voorblad-Groep 3")


def test_who_is_too_quick_is_asked_all_the_same(bench: YearBench, step: PapersStep) -> None:
    step.show_round(bench.round())
    bench.press("Afdrukken…")  # before the numbers are there
    assert "met hetzelfde nummer" in bench.asked()
    bench.answer("Annuleren")


def test_who_only_reads_may_look(
    window: MainWindow, demo_to_copy: Path, clock: SetClock, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = shutil.copytree(demo_to_copy, tmp_path / "lezen.schoolprivacy")
    school = School.open(folder, DIRECTOR, clock, read_only=True)
    try:
        bench: Any = YearBench(window, window.workplace.desk.school, qtbot)  # type: ignore[union-attr]
        bench.desk.school, bench.school = school, school
        step = bench.open(Step.PAPERS, PapersStep)
        assert sample(step)
        assert not bench.is_allowed("Afdrukken…") and not bench.is_allowed("Bewaar als PDF…")
    finally:
        school.close()


def test_the_day_that_letters_name_is_told_and_chosen_in_the_next_step(
    bench: YearBench, step: PapersStep
) -> None:
    by = propose_dates(bench.school).hand_in_by
    assert f"uiterlijk op {show_date(by)}" in step._hand_in.text()
    step.anew.setChecked(True)  # what is printed again keeps its own day
    bench.wait()
    assert dutch_date(by).replace("\xa0", " ") in " ".join(sample(step))
    step._to_dates.click()
    assert bench.gone[-1].detail == {"step": int(Step.DATES)}
