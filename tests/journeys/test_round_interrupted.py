"""The yearly round, killed or cancelled in any of its steps, goes on where it was.

Nothing is there by half, nothing is lost, and what came on paper before is told when it is printed
again.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from schoolprivacy.consents.entry import open_form
from schoolprivacy.consents.printing import PrintRun
from schoolprivacy.consents.rounds.checking import print_check_pages
from schoolprivacy.consents.rounds.choices import print_choices_letters
from schoolprivacy.consents.rounds.printing import print_round_forms
from schoolprivacy.consents.rounds.reminding import print_round_reminders
from schoolprivacy.errors import RefusedError
from schoolprivacy.exchange.roster import Roster
from schoolprivacy.people import importing
from schoolprivacy.school import School, restore
from schoolprivacy.vault import upgrade
from tests.journeys.broken_rounds import Killer, Schools, State, make_schools, state, state_of
from tests.journeys.dying_round import ACTS, NEXT_YEAR
from tests.journeys.stack_of_forms import YEAR, child, forms_by_number
from tests.paper.reading import texts_of
from tests.vault.schools import DIRECTOR, TORTURE, Made

PAPERS: dict[str, Callable[..., PrintRun]] = {
    "check pages": print_check_pages,
    "forms": print_round_forms,
    "choices": print_choices_letters,
    "reminders": print_round_reminders,
}
_NUMBER = r"\b01[0-9A-Z]{2}(?: [0-9A-Z]{4}){4}\b"
FEW = 60 if TORTURE else 3
kills = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="kills need fork"),
    pytest.mark.torture,
]


@pytest.fixture(scope="module")
def schools(school_to_copy: Made, tmp_path_factory: pytest.TempPathFactory) -> Schools:
    return make_schools(school_to_copy, tmp_path_factory.mktemp("rounds"))


@pytest.fixture(scope="module")
def killer(own_station: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killer]:
    """One program for all kills: it has imported everything before it forks."""
    memory = Path("/dev/shm")  # what a killed process wrote outlives it there too
    root = memory if os.access(memory, os.W_OK) else tmp_path_factory.mktemp("killed")
    with (
        tempfile.TemporaryDirectory(dir=root) as place,
        subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.dying_round"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).resolve().parents[2],
        ) as process,
    ):
        yield Killer(process, Path(place))
        assert process.stdin
        process.stdin.close()


@pytest.fixture(scope="module", autouse=True)
def schema_looked_up_once() -> Iterator[None]:
    """Verifying makes a fresh file each time; here that is the same one many times."""
    fresh = upgrade.fresh_schema()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(upgrade, "fresh_schema", lambda: fresh)
        yield


# — stopped —


class StoppedError(Exception):
    """Somebody pressed stop."""


def _stop_at(when: Callable[[int, int], bool]) -> Callable[[int, int], None]:
    def progress(done: int, total: int) -> None:
        if when(done, total):
            raise StoppedError

    return progress


@pytest.mark.parametrize("when", ["begin", "half", "end"])
@pytest.mark.parametrize("work", [*PAPERS, "import"])
def test_what_is_stopped_stores_nothing_and_can_be_done_again(
    schools: Schools, work: str, when: str, tmp_path: Path
) -> None:
    stop = _stop_at(
        {
            "begin": lambda done, _: True,
            "half": lambda done, total: done * 2 >= total,
            "end": lambda done, total: done >= total,
        }[when]
    )
    made = schools.half_way.copy_to(tmp_path / "school")
    with made.open() as school:
        before = state(school)
        with pytest.raises(StoppedError):
            _do(work, school, progress=stop)
        assert state(school) == before
        _do(work, school)
        once = state(school)
        assert once != before
    whole = schools.half_way.copy_to(tmp_path / "whole")
    with whole.open() as school:
        _do(work, school)
        assert state(school) == once  # as if it had never been stopped


def _do(work: str, school: School, **job: Callable[[int, int], None]) -> None:
    if work == "import":
        rows = tuple(child(number) for number in range(NEXT_YEAR))
        importing.apply(school, [Roster("edexml", "test", rows, school_year=YEAR)], **job)
    else:
        PAPERS[work](school, lambda _: None, **job)


# — killed —


def _undisturbed(killer: Killer, schools: Schools, work: str) -> tuple[State, State, int]:
    """The state before and after the work, and of how many lines of ours it is."""
    made = killer.fresh(schools.of(work))
    before = state_of(made)
    counted = killer.run(made, work, line=0, **schools.waiting)
    assert counted["said"] == ["ready", "done"]
    return before, state_of(made), counted["count"]


def _moments(work: str, lines: int) -> list[dict[str, object]]:
    """When to die: before lines of our code, most of them near the end, in the delivery, at last.

    How many lines a work is differs a little from time to time: the last line is none to rely on.
    """
    chance = random.Random(work)
    drawn = {*chance.sample(range(1, lines + 1), min(FEW, lines)), *range(lines - 3, lines + 1)}
    found: list[dict[str, object]] = [{"line": line} for line in sorted(drawn) if line > 0]
    found.append({"die": "done"})
    if work in PAPERS:
        found += [{"die": "in"}, {"die": "behind"}]
    return found


class TestKilled:
    pytestmark = kills

    @pytest.mark.parametrize("work", ACTS)
    def test_a_kill_leaves_all_of_a_step_or_nothing_and_the_step_goes_on(
        self, killer: Killer, schools: Schools, work: str
    ) -> None:
        before, after, lines = _undisturbed(killer, schools, work)
        changes = before != after
        assert changes or work == "backup"
        ends: set[bool] = set()
        for when in _moments(work, lines):
            made = killer.fresh(schools.of(work))
            result = killer.run(made, work, **when, **schools.waiting)
            assert result["killed"] or result["said"][-1] == "done", when
            now = state_of(made)
            assert now in (before, after), when
            ends.add(now == after)
            if now == before:
                killer.run(made, work, **schools.waiting)
                assert state_of(made) == after
        assert False in ends or not changes

    def test_a_kill_leaves_a_whole_backup_or_none(
        self, killer: Killer, schools: Schools, tmp_path: Path
    ) -> None:
        _, after, lines = _undisturbed(killer, schools, "backup")
        there = set()
        for number, when in enumerate(_moments("backup", lines)):
            made = killer.fresh(schools.half_way)
            killer.run(made, "backup", **when)
            there.add(killer.out.exists())
            if killer.out.exists():
                back = replace(made, folder=tmp_path / str(number))
                restore(killer.out, back.folder, DIRECTOR, made.clock)
                assert state_of(back) == after
        assert there == {False, True}

    @pytest.mark.parametrize("paper", PAPERS)
    def test_what_was_registered_before_a_kill_is_told_when_it_is_printed_again(
        self, killer: Killer, schools: Schools, paper: str
    ) -> None:
        """And nothing gets a second form: the numbers on the paper stay what they were."""
        made = killer.fresh(schools.half_way)
        before, _, lines = _undisturbed(killer, schools, paper)
        told = set()
        for when in [{"die": "behind"}, {"line": lines - 2}, {"line": lines}, {"die": "done"}]:
            made = killer.fresh(schools.half_way)
            killer.run(made, paper, **when)
            with made.open() as school:
                was_registered = state(school) != before
                first = PAPERS[paper](school, lambda _: None)
                again = PAPERS[paper](school, lambda _: None)
            assert (first.reprinted == len(first)) is was_registered
            assert [each.form for each in again] == [each.form for each in first]
            assert again.reprinted == len(again) > 0
            told.add(was_registered)
        assert told == {False, True}

    def test_paper_of_a_killed_print_is_told_when_it_comes_back(
        self, killer: Killer, schools: Schools
    ) -> None:
        """It lay in the printer before the school knew of it: its numbers are nobody's."""
        made = killer.fresh(schools.half_way)
        killer.run(made, "forms", die="behind")
        on_paper = set(re.findall(_NUMBER, " ".join(texts_of(killer.out.read_bytes()))))
        with made.open() as school:
            known = {each.replace(" ", "") for each in on_paper} & set(forms_by_number(school))
            unknown = {each.replace(" ", "") for each in on_paper} - known
            assert len(known) == len(forms_by_number(school))
            assert unknown
            for number in unknown:
                with pytest.raises(RefusedError, match="niet bekend"):
                    open_form(school, number)
