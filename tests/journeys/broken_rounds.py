"""A school in the middle of its round, what of it must be whole, and processes that are killed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.answering import FormAnswers, enter_form
from schoolprivacy.consents.rounds.opening import finish_step, open_round
from schoolprivacy.consents.rounds.printing import print_round_forms
from schoolprivacy.consents.rounds.terms import Step
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from schoolprivacy.vault import backup
from tests.journeys.dying_round import PUPILS
from tests.journeys.stack_of_forms import PRINTED, YEAR, forms_by_number, ids_of, import_year
from tests.people.builders import rows_of
from tests.vault.schools import DIRECTOR, NOW, Made

ASKED, BACK = 8, 2
"""So many children were asked five weeks ago; so many of their forms came back."""


@dataclass(frozen=True)
class Schools:
    """The same school before its round, and in the middle of it.

    :param waiting: number, signer and questions of a form that did not come back
    """

    without: Made
    half_way: Made
    waiting: dict[str, Any]

    def of(self, work: str) -> Made:
        """In which this work can be done."""
        return self.without if work == "open" else self.half_way


def make_schools(school_to_copy: Made, folder: Path) -> Schools:
    without = school_to_copy.copy_to(folder / "without")
    clock = SetClock(PRINTED)
    with School.open(without.folder, DIRECTOR, clock) as school:
        import_year(school, PUPILS, YEAR)
    shutil.rmtree(without.folder / backup.FOLDER)
    half_way = without.copy_to(folder / "half way")
    with School.open(half_way.folder, DIRECTOR, clock) as school:
        open_round(school, YEAR)
        finish_step(school, Step.BACKUP)
        ids = ids_of(school)
        some = [ids[f"Kind{number}"] for number in range(ASKED)]
        run = list(print_round_forms(school, lambda _: None, pupil_ids=some))
        clock.moment = NOW
        for each in run[:BACK]:
            enter_form(school, each.form, _all_yes(school, each.form))
        waiting = forms_by_number(school)[run[BACK].form]
    shutil.rmtree(half_way.folder / backup.FOLDER, ignore_errors=True)
    codes = [code for code, _ in waiting.asked]
    job = {"form": waiting.number, "signer": sorted(waiting.guardians)[0]}
    return Schools(without, half_way, {**job, "yes": codes[::2], "no": codes[1::2]})


def _all_yes(school: School, number: str) -> FormAnswers:
    form = forms_by_number(school)[number]
    codes = frozenset(code for code, _ in form.asked)
    return FormAnswers(
        codes, frozenset(), signer_id=sorted(form.guardians)[0], declared=Authority.YES
    )


# — what must be whole —

State = dict[str, list[tuple[object, ...]]]
_BY_LOT = re.compile(r"[0-9a-f]{32,}|\b[0-9A-Z]{20}\b")


def state(school: School) -> State:
    """Everything in the file but the trail, without what is drawn by lot."""
    return {
        table: sorted((tuple(map(_shown, row.values())) for row in rows), key=repr)
        for table, rows in rows_of(school, "audit").items()
    }


def _shown(value: object) -> object:
    if isinstance(value, bytes):
        return len(value)
    return _BY_LOT.sub("*", value) if isinstance(value, str) else value


def state_of(made: Made) -> State:
    """The same of a file that nobody has open, after the program looked whether it is sound."""
    with made.open() as school:
        assert school.problems() == []
        return state(school)


# — killed —


class Killer:
    """Runs jobs in processes that die; see dying_round.py."""

    def __init__(self, process: subprocess.Popen[str], place: Path) -> None:
        self._process, self._place = process, place

    def run(self, made: Made, work: str, **job: object) -> dict[str, Any]:
        assert self._process.stdin and self._process.stdout
        job = {"do": work, "folder": made.folder, "out": self.out, **job}
        self._process.stdin.write(json.dumps(job, default=str) + "\n")
        self._process.stdin.flush()
        result: dict[str, Any] = json.loads(self._process.stdout.readline())
        assert not result["failed"], job
        return result

    @property
    def out(self) -> Path:
        """What was handed over."""
        return self._place / "out"

    def fresh(self, made: Made) -> Made:
        """Anew for every kill."""
        for each in self._place.iterdir():
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        return made.copy_to(self._place / "school")
