"""The demo school: made by real actions, the same every time, and never a real one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import records
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.papers import window_test_page
from schoolprivacy.consents.printing import school_paper
from schoolprivacy.consents.reminders import (
    print_cover_sheet,
    print_reminder_letters,
    print_reminder_list,
)
from schoolprivacy.consents.rounds.progress import progress
from schoolprivacy.consents.standing import Standing, standing
from schoolprivacy.demo import make_demo_school
from schoolprivacy.errors import FileError
from schoolprivacy.okr.board import counts
from schoolprivacy.okr.terms import State
from schoolprivacy.paper.sender import SchoolPaper
from schoolprivacy.people.profile import read_profile
from schoolprivacy.people.records import placement, pupil
from schoolprivacy.school import FolderState, School, look_at
from schoolprivacy.suppliers.board import counts as supplier_counts
from schoolprivacy.suppliers.terms import State as SupplierState
from schoolprivacy.vault.keys import Cost
from tests.paper.reading import grey_of, texts_of
from tests.people.builders import a_row, store

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
MARK = "DEMOSCHOOL – verzonnen gegevens"


def a_demo(folder: Path, pupils: int = 40, seed: int = 1) -> Standing:
    clock = SetClock(NOW)
    cost = Cost(1, 8 * 2**20)
    made = make_demo_school(
        folder, "een twee drie vier", clock, pupils=pupils, seed=seed, cost=cost
    )
    with made.school as school:
        assert school.problems() == []
        with school.reading() as session:
            assert read_profile(session).brin == "99ZZ"
            years = session.execute(sa.select(placement.c.school_year).distinct()).scalars()
            assert set(years) == {2024, 2025, 2026}
            leavers = session.execute(sa.select(pupil.c.id).where(pupil.c.left_on.is_not(None)))
            assert leavers.all()
            asked = session.execute(sa.select(records.form.c.asked_on)).scalars().all()
            assert min(asked) < "2025" and max(asked) <= "2026-11-22"
        return standing(school)


def test_it_has_as_many_pupils_as_asked_and_every_seed_its_own(tmp_path: Path) -> None:
    first = a_demo(tmp_path / "one")
    assert first.pupils == 40 and first.school_year == "2026-2027"
    assert first.families_without_answer > 0 and first.answers["granted"] > 0
    assert a_demo(tmp_path / "two") == first
    assert a_demo(tmp_path / "three", seed=2) != first


def test_its_yearly_round_is_open(tmp_path: Path) -> None:
    """Most forms are back, some are not, and those families were reminded once."""
    clock = SetClock(NOW)
    demo = make_demo_school(
        tmp_path / "demo", "een twee drie vier", clock, pupils=40, cost=Cost(1, 8 * 2**20)
    )
    with demo.school as school:
        found = progress(school)
    assert found is not None and found.round.is_open
    assert found.round.hand_in_by and found.round.hand_in_by < NOW.date()
    total = found.total
    assert total.came_in > total.missing > 0 and 0 < total.reminded < total.printed
    assert len(found.days) > 2 and len(found.groups) > 1


def test_its_group_8_leaves_in_different_states(tmp_path: Path) -> None:
    demo = make_demo_school(
        tmp_path / "demo", "een twee drie vier", SetClock(NOW), cost=Cost(1, 8 * 2**20)
    )
    with demo.school as school:
        found = counts(school)
    rare = (State.NO_REPORT, State.TO_ANSWER)
    assert all(many for state, many in found.items() if state not in rare), found


def test_its_suppliers_stand_in_every_state(tmp_path: Path) -> None:
    demo = make_demo_school(
        tmp_path / "demo", "een twee drie vier", SetClock(NOW), pupils=8, cost=Cost(1, 8 * 2**20)
    )
    with demo.school as school:
        found = supplier_counts(school)
    assert list(found) == list(SupplierState), found


def test_a_school_year_that_is_young_has_an_open_round_too(tmp_path: Path) -> None:
    clock = SetClock(datetime(2026, 8, 3, 9, tzinfo=UTC))
    demo = make_demo_school(
        tmp_path / "demo", "een twee drie vier", clock, pupils=8, cost=Cost(1, 8 * 2**20)
    )
    with demo.school as school:
        found = progress(school)
    assert found is not None and found.round.is_open and found.total.reminded == 0


def test_it_is_never_mistaken_for_a_real_school(tmp_path: Path, school: School) -> None:
    """In the file, after opening again, and on every page of everything it prints."""
    clock = SetClock(NOW)
    demo = make_demo_school(
        tmp_path / "demo", "een twee drie vier", clock, pupils=16, cost=Cost(1, 8 * 2**20)
    )
    demo.school.lock()
    with School.open(tmp_path / "demo", "een twee drie vier", clock) as opened:
        assert opened.is_demo
        for make in (print_forms, print_reminder_list, print_reminder_letters, print_cover_sheet):
            papers: list[bytes] = []
            make(opened, papers.append)
            texts = texts_of(papers[0])
            assert texts and all(MARK in text for text in texts)
        with opened.reading() as session:
            assert all(MARK in text for text in texts_of(window_test_page(school_paper(session))))
    assert not school.is_demo
    store(school, a_row())
    real: list[bytes] = []
    print_forms(school, real.append)
    assert not any(MARK in text for text in texts_of(real[0]))


def test_the_mark_leaves_the_form_to_be_read_back() -> None:
    """The same page but for a strip above everything, between the squares."""
    plain, demo = (
        grey_of(window_test_page(SchoolPaper("De Test", demo=each)), 0, 100)
        for each in (False, True)
    )
    rows, columns = (plain != demo).nonzero()
    dots = 100 / 25.4
    assert 5 * dots < rows.min() and rows.max() < 11 * dots
    assert 40 * dots < columns.min() and columns.max() < 150 * dots


def test_it_takes_no_place_that_is_in_use(tmp_path: Path) -> None:
    (tmp_path / "school").mkdir()
    (tmp_path / "school" / "iets.txt").write_text("van mij")
    with pytest.raises(FileError) as refused:
        a_demo(tmp_path / "school")
    assert refused.value.key == "file.exists"
    assert [each.name for each in tmp_path.rglob("*.txt")] == ["iets.txt"]


def test_a_demo_school_that_was_stopped_is_not_left_open(tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(_: str) -> None:
        raise Stopped

    folder, passphrase, cost = tmp_path / "demo", "een twee drie vier", Cost(1, 8 * 2**20)
    with pytest.raises(Stopped):
        make_demo_school(folder, passphrase, SetClock(NOW), cost=cost, progress=stop)
    assert look_at(folder).state is FolderState.SCHOOL
