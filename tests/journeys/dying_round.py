"""The work of every step of the yearly round, for processes that are killed in it (dying.py).

Started as ``python -m tests.journeys.dying_round``. A job that prints hands its paper over as a
file; with ``die`` it is killed ``in`` that, when half is written, or right ``behind`` it. Every job
can be killed when it is ``done``, with the school still open.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from schoolprivacy.consents.answering import FormAnswers, enter_form
from schoolprivacy.consents.printing import Deliver
from schoolprivacy.consents.rounds.checking import print_check_pages
from schoolprivacy.consents.rounds.choices import print_choices_letters
from schoolprivacy.consents.rounds.closing import close_round
from schoolprivacy.consents.rounds.opening import (
    choose_modes,
    finish_step,
    open_round,
    set_dates,
)
from schoolprivacy.consents.rounds.printing import print_round_forms
from schoolprivacy.consents.rounds.reminding import print_round_reminders
from schoolprivacy.consents.rounds.terms import Mode, Step
from schoolprivacy.people.moving_up import move_up, plan_moves
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.journeys.stack_of_forms import YEAR, import_year
from tests.vault import dying
from tests.vault.dying import Job, Say, die, open_school

PUPILS, NEXT_YEAR = 12, 15  # the new export knows three children more
Act = Callable[[School, Job], object]


def _deliver(job: Job) -> Deliver:
    def deliver(pdf: bytes) -> None:
        out = Path(job["out"])
        if job.get("die") == "in":
            out.write_bytes(pdf[: len(pdf) // 2])
            die()
        out.write_bytes(pdf)
        if job.get("die") == "behind":
            die()

    return deliver


def _move_up(school: School, _: Job) -> None:
    year = YEAR.next()
    move_up(school, year, plan_moves(school, year).moves)


def _enter(school: School, job: Job) -> None:
    answers = FormAnswers(
        frozenset(job["yes"]),
        frozenset(job["no"]),
        signer_id=job["signer"],
        declared=Authority.YES,
    )
    enter_form(school, job["form"], answers)


def _choose(school: School, _: Job) -> None:
    choose_modes(school, {"website": Mode.ASK, "press": Mode.REMIND})


ACTS: dict[str, Act] = {
    "open": lambda school, _: open_round(school, YEAR),
    "backup": lambda school, job: school.back_up(Path(job["out"])),
    "import": lambda school, _: import_year(school, NEXT_YEAR, YEAR),
    "move up": _move_up,
    "check pages": lambda school, job: print_check_pages(school, _deliver(job)),
    "questions": _choose,
    "forms": lambda school, job: print_round_forms(school, _deliver(job)),
    "choices": lambda school, job: print_choices_letters(school, _deliver(job)),
    "dates": lambda school, _: set_dates(
        school, date(2026, 11, 20), date(2026, 11, 25), date(2026, 12, 2)
    ),
    "enter": _enter,
    "reminders": lambda school, job: print_round_reminders(school, _deliver(job)),
    "close": lambda school, _: close_round(school),
    "step": lambda school, _: finish_step(school, Step.CHECK),
}


def _work(act: Act) -> Callable[[Job, Say], None]:
    def work(job: Job, say: Say) -> None:
        school = open_school(job)
        say("ready")
        act(school, job)
        say("done")
        if job.get("die") == "done":
            die()

    return work


if __name__ == "__main__":
    dying.WORK.update({name: _work(act) for name, act in ACTS.items()})
    dying.main()
