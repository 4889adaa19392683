"""Two hundred forms through the real window, by keys alone: none lost, none doubled.

Among them lie papers that do not belong there: one that is scanned twice, one that is entered
twice, one of last year, one of another school, and one that was made later and says the opposite.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import records
from schoolprivacy.consents.entry import entered_today, forms_back
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.rounds.printing import print_round_forms
from schoolprivacy.consents.rounds.progress import entering_pace, progress
from schoolprivacy.consents.terms import Answer
from schoolprivacy.people.records import guardians, pupils_on_roll
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.journeys.stack_of_forms import (
    BEFORE,
    ENTERED,
    YEAR,
    Hands,
    Paper,
    Table,
    ask_the_year_before,
    forms_by_number,
    ids_of,
    import_year,
    open_and_print,
)
from tests.ui.hands import texts
from tests.vault.schools import make_school
from ui.answer_sheet import AnswerSheet
from ui.jobs import is_busy
from ui.main_window import MainWindow

PUPILS, FORMS = 220, 200
LAST_YEAR, TURNED = 40, 67  # children whose forms of last year, or later ones, lie in the stack
SECONDS = 9  # between two forms, on the clock of the program
PACE = 3600 // SECONDS


@dataclass
class Round:
    """The school, its papers, and what the test itself knows of them."""

    school: School
    clock: SetClock
    papers: list[Paper]
    from_last_year: Paper
    replaced: Paper
    turned: Paper
    elsewhere: str
    book: Counter[tuple[str, str, str, str, str]] = field(default_factory=Counter)

    def note(self, paper: Paper) -> None:
        self.book.update(paper.decisions())


@pytest.fixture
def elsewhere(tmp_path: Path) -> str:
    """The number of a form of another school."""
    made = make_school(tmp_path / "andere.schoolprivacy")
    with made.open() as other:
        import_year(other, 1, YEAR)
        (form,) = print_forms(other, lambda _: None)
    return form.form


@pytest.fixture
def round_(school: School, clock: SetClock, elsewhere: str) -> Round:
    """Everything is printed; nothing came back yet."""
    ask_the_year_before(school, clock, PUPILS, [LAST_YEAR])
    (old,) = forms_by_number(school)
    numbers = open_and_print(school, clock, PUPILS)
    clock.moment = datetime(2026, 10, 20, 9, tzinfo=UTC)
    turned_id = ids_of(school)[f"Kind{TURNED}"]
    (anew,) = print_round_forms(school, lambda _: None, pupil_ids=[turned_id], anew=True)
    clock.moment = ENTERED
    table, forms = Table(school), forms_by_number(school)
    papers = [table.filled_in(number) for number in numbers[:FORMS]]
    first = next(each for each in papers if forms[each.number].pupil_id == turned_id)
    papers.remove(first)  # the form that was made anew comes in its place
    turned = replace(first, number=anew.form, rows=first.other_way_round())
    assert [code for code, _ in turned.rows] == [code for code, _ in forms[anew.form].asked]
    return Round(
        school,
        clock,
        papers,
        _against(table.filled_in(old, BEFORE.date()), papers),
        first,
        replace(turned, signed_on=ENTERED.date()),
        elsewhere,
    )


def _against(old: Paper, papers: list[Paper]) -> Paper:
    """Last year the same parent said the opposite of what the form of this round says."""
    now = next(each for each in papers if each.child == old.child)
    opposite = {"J": "N", "N": "J", " ": " "}
    said = dict(now.rows)
    rows = tuple((code, opposite[said[code]]) for code, _ in old.rows)
    return replace(old, rows=rows, signer=now.signer, place=now.place)


class _NoMouse(QObject):
    """Nobody touches the mouse."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        assert not isinstance(event, QMouseEvent)
        return False


@pytest.fixture
def window(round_: Round, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    made = MainWindow()
    made.resize(1280, 800)
    made.enter(round_.school)
    with qtbot.waitActive(made):
        made.show()
    no_mouse = _NoMouse()
    qapp.installEventFilter(no_mouse)
    yield made
    qapp.removeEventFilter(no_mouse)
    qtbot.waitUntil(lambda: not is_busy(), timeout=60_000)
    made.workplace = None  # the fixture that opened the school locks it
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.slow
def test_two_hundred_forms(round_: Round, window: MainWindow) -> None:
    hands = Hands()
    surprises = {
        60: lambda: _scanned_once_more(round_, window, hands),
        75: lambda: _entered_once_more(round_, window, hands),
        90: lambda: _of_another_school(round_, window, hands),
        180: lambda: _of_last_year(round_, window, hands),
        190: lambda: _made_later(round_, window, hands),
    }
    for place, paper in enumerate(round_.papers):
        if place in surprises:
            surprises[place]()
        if place % 10 == 9:  # from any screen; what is there is read while the next form is typed
            hands.control(Qt.Key(Qt.Key.Key_1 + place // 10 % 9))
        hands.enter(paper)
        round_.note(paper)
        round_.clock.moment += timedelta(seconds=SECONDS)
    assert _stored(round_.school) == round_.book
    _is_counted(round_, window)
    _is_judged_by_the_rules(round_)


# — papers that do not belong in the stack —


def _read(window: MainWindow) -> str:
    """What stands on the screen, once all of it is drawn."""
    QApplication.processEvents()
    return texts(window)


def _scanned_once_more(round_: Round, window: MainWindow, hands: Hands) -> None:
    """Its second page, while one is at it: nothing happens; a paper of before: it is told."""
    now, before = round_.papers[60], round_.papers[10]
    hands.scan(now.number)
    hands.press(Qt.Key.Key_J)
    hands.scan(now.number)
    assert QApplication.activeModalWidget() is None
    assert "1 ja, 0 nee" in _read(window)
    hands.press(Qt.Key.Key_Up)  # put away: it is typed from the start in a moment
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Escape)
    hands.scan(before.number)
    assert "Eerder ingevoerd op" in _read(window)
    hands.press(Qt.Key.Key_Escape)
    assert _stored(round_.school) == round_.book


def _entered_once_more(round_: Round, window: MainWindow, hands: Hands) -> None:
    """All of it, as if it were new."""
    hands.enter(round_.papers[20])
    said = _read(window)
    assert "Er is niets nieuws vastgelegd voor Kind" in said
    assert "niet dubbel opgeslagen" in said
    assert _stored(round_.school) == round_.book
    assert entered_today(round_.school) == 75


def _of_another_school(round_: Round, window: MainWindow, hands: Hands) -> None:
    hands.scan(round_.elsewhere)
    assert "Dit formulier is van een andere school" in _read(window)
    assert not any(each.isVisible() for each in window.findChildren(AnswerSheet))
    assert _stored(round_.school) == round_.book


def _of_last_year(round_: Round, window: MainWindow, hands: Hands) -> None:
    """It is kept, and told that what was said later stays."""
    old = round_.from_last_year
    hands.scan(old.number)
    said = _read(window)
    assert "formulier is van een ander schooljaar" in said
    assert "De contactlijst op dit formulier is voor een schooljaar dat voorbij is" in said
    hands.fill_in(old)
    hands.control(Qt.Key.Key_Return)
    assert "dat blijft gelden" in _read(window)
    round_.note(old)


def _made_later(round_: Round, window: MainWindow, hands: Hands) -> None:
    """First the form that was replaced, then the one that came after and says the opposite."""
    hands.scan(round_.replaced.number)
    assert "er is later een nieuw formulier gemaakt" in _read(window)
    hands.fill_in(round_.replaced)
    hands.control(Qt.Key.Key_Return)
    round_.note(round_.replaced)
    hands.enter(round_.turned)
    assert "Wat u nu invoert, komt daarvoor in de plaats" in _read(window)
    round_.note(round_.turned)


# — what is there at the end —


def _stored(school: School) -> Counter[tuple[str, str, str, str, str]]:
    """Every decision in the file, however often it is there."""
    table, page = records.decision.c, records.form_page.c
    query = sa.select(table, page.number).join(
        records.form_page, sa.and_(page.form_id == table.form_id, page.page == 1)
    )
    with school.reading() as session:
        called = {key: each.call_name for key, each in guardians(session).items()}
        rows = session.execute(query).all()
        every = session.execute(sa.select(sa.func.count()).select_from(records.decision))
        assert len(rows) == every.scalar_one()  # none without a form
    assert not any(row.invalidated_at for row in rows)
    return Counter(
        (row.number, row.purpose, row.choice, called[row.guardian_id], row.decided_on)
        for row in rows
    )


def _is_counted(round_: Round, window: MainWindow) -> None:
    """200 forms of the round are back; last year's and the replaced one were entered too."""
    found = progress(round_.school)
    assert found is not None
    assert found.total.came_in == FORMS
    returns = forms_back(round_.school).school
    assert (returns.back, returns.out) == (FORMS, found.total.printed)
    pace = entering_pace(round_.school)
    assert (pace.today, pace.stretch) == (FORMS + 2, FORMS + 2)
    assert pace.per_hour is not None and PACE <= pace.per_hour < PACE * 1.03
    said = f"Vandaag ingevoerd: {FORMS + 2} · terug: {FORMS} van {returns.out}"
    assert said in _read(window)


def _is_judged_by_the_rules(round_: Round) -> None:
    """Two papers contradict another: of last year nothing counts, the later form counts."""
    yes_or_no = {"J": Answer.GRANTED, "N": Answer.REFUSED}
    this_year = next(e for e in round_.papers if e.child == round_.from_last_year.child)
    answers = _answers(round_.school)
    for paper in (this_year, round_.turned):
        found = {code: answers[paper.child, code] for code, tick in paper.rows if tick in yes_or_no}
        assert found == {code: yes_or_no[tick] for code, tick in paper.rows if tick in yes_or_no}


def _answers(school: School) -> dict[tuple[str, str], Any]:
    with school.reading() as session:
        on = session.clock.today()
        pupils = [each.pupil for each in pupils_on_roll(session, on, SchoolYear.of(on))]
        purposes = records.purposes(session, only_on=True)
        found = records.matrix(session, pupils, purposes, on)
        return {
            (pupil.call_name, each.code): found.answer(pupil.id, each.code)
            for pupil in pupils
            for each in purposes
        }
