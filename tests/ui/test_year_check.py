"""Step 3: every figure is the length of the list it opens; the page for parents is registered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.answering import FormAnswers, enter_form
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.printing import PaperCount
from schoolprivacy.consents.rounds.checking import count_check_pages
from schoolprivacy.consents.rounds.terms import Step
from schoolprivacy.people.directory import groups
from schoolprivacy.people.editing import add_pupil
from schoolprivacy.people.entries import PupilEntry
from schoolprivacy.people.names import group_label
from schoolprivacy.school import School
from tests.paper.reading import texts_of
from tests.ui.stage import screen_of
from tests.ui.year_steps_bench import StepBench
from ui import files, preview
from ui.main_window import MainWindow
from ui.screens.year_check import CheckStep, read_gaps
from ui.screens.year_papers_kinds import letters_asked, letters_told

LISTS = ("without_guardians", "unknown_authority", "without_address", "secret")


@pytest.fixture
def bench(window: MainWindow, demo: School, qtbot: QtBot) -> StepBench:
    """With a pupil for whom nobody is known, and one for whom a stranger said yes."""
    for name in ("Noor", "Sem"):
        added = add_pupil(demo, PupilEntry(name, "", "Alleen", group="Groep 3")).about
        (sheet,) = print_forms(demo, lambda _: None, pupil_ids=[added])
    yes = frozenset({"website"})
    enter_form(demo, sheet.form, FormAnswers(yes, frozenset(), signer="A. Alleen"))
    return StepBench(window, demo, qtbot)


@pytest.fixture
def step(bench: StepBench) -> CheckStep:
    return bench.open(Step.CHECK, CheckStep)


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


def sample(step: CheckStep) -> list[str]:
    seen = step.paper._seen
    assert seen is not None and seen.pdf is not None
    return texts_of(seen.pdf)


@pytest.mark.parametrize("place", range(4), ids=LISTS)
def test_a_figure_opens_the_list_it_counts(bench: StepBench, step: CheckStep, place: int) -> None:
    tile, only = step.tiles[place], LISTS[place]
    figure = int(tile._figure.text())
    assert str(figure) in tile.accessibleName() and figure > 0
    tile.setFocus()
    bench.qtbot.keyClick(tile, Qt.Key.Key_Return)
    pupils = screen_of(bench.window, "pupils")
    assert pupils.isVisible() and pupils._only.value() == only
    assert pupils._shown.rowCount() == figure


def test_the_figures_are_read_as_they_stand(bench: StepBench, step: CheckStep) -> None:
    before = read_gaps(bench.school)
    add_pupil(bench.school, PupilEntry("Ies", "", "Alleen", group="Groep 3"))
    bench.desk.tell_change()
    bench.wait()
    assert step.tiles[0]._figure.text() == str(before.alone + 1)


def test_the_page_is_seen_and_counted_and_nothing_is_registered(
    bench: StepBench, step: CheckStep
) -> None:
    before = count_check_pages(bench.school)
    assert before.reprinted == 0
    assert f"{before.parts} brieven" in bench.reads()
    assert any("Controleer uw gegevens" in text for text in sample(step))
    assert all("VOORBEELD" in text for text in sample(step))
    assert count_check_pages(bench.school) == before


def test_it_is_printed_for_one_group_and_told_the_second_time(
    bench: StepBench, step: CheckStep, printed: Path
) -> None:
    group = groups(bench.school)[1]
    step.group.choose(group)
    bench.wait()
    bench.press("Afdrukken…")
    bench.qtbot.waitUntil(lambda: bool(bench.said), timeout=60_000)
    bench.wait()
    assert bench.said[-1][0].startswith("Controleer uw gegevens: afgedrukt")
    assert printed.exists()
    count = count_check_pages(bench.school, group=group)
    assert count.reprinted == count.printed > 0
    assert "allemaal al eens gemaakt" in bench.reads()
    bench.press("Afdrukken…")
    bench.answer("Annuleren")
    bench.wait()
    assert len(bench.said) == 1


def test_it_is_saved_under_the_name_of_the_group(
    bench: StepBench, step: CheckStep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, proposed = tmp_path / "pagina.pdf", []

    def choose(_parent: QWidget, _title: str, name: str, _kinds: str) -> Path:
        proposed.append(name)
        return target

    monkeypatch.setattr(files, "choose_new_file", choose)
    group = groups(bench.school)[1]
    step.group.choose(group)
    bench.wait()
    bench.press("Bewaar als PDF…")
    bench.answer("Toch bewaren…")
    bench.qtbot.waitUntil(lambda: bool(bench.said), timeout=60_000)
    bench.wait()
    assert target.read_bytes().startswith(b"%PDF")
    assert proposed[0].startswith("controleer-uw-gegevens-")
    assert group_label(group) in proposed[0]


@pytest.mark.parametrize(
    ("reprinted", "told", "asked"),
    [
        (0, "2 brieven", ""),
        (1, "2 brieven, een deel is al eens gemaakt", "Een deel van deze brieven"),
        (3, "2 brieven, allemaal al eens gemaakt", "Dit is in deze ronde al eens gemaakt."),
    ],
)
def test_all_of_it_once_more_is_not_called_a_part(reprinted: int, told: str, asked: str) -> None:
    count = PaperCount(parts=2, printed=3, reprinted=reprinted)
    assert letters_told(count) == told
    assert letters_asked(count).startswith(asked)
    assert bool(letters_asked(count)) == bool(asked)
