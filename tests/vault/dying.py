"""A program that does one piece of work after another, each in a process that is killed in it.

Started as ``python -m tests.vault.dying``. It reads jobs, a line of JSON each, and forks for each
of them: what must be imported is there already, so a kill costs as much as the work itself.
A job says what to do and when to die:

* ``line``: before so many lines of our own code were run;
* ``tick``: after so many steps of SQLite;
* ``delay``: so many seconds after the school was opened.

The answer says what the process acknowledged, each time after the action had returned.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import schoolprivacy
from schoolprivacy.access import actions as access
from schoolprivacy.access.terms import Role
from schoolprivacy.clock import SetClock
from schoolprivacy.consents.answering import FormAnswers, enter_form
from schoolprivacy.people import profile
from schoolprivacy.school import School, restore
from schoolprivacy.vault import database
from tests.vault.schools import DIRECTOR, NOW

Job = dict[str, Any]
Say = Callable[[str], None]
OURS = str(Path(schoolprivacy.__file__).parent)
NEW_PASSPHRASE = "de heel nieuwe wachtzin"
NEW_PAPER_KEY = "-".join(["000011", "000022", "000033", "000044"] * 2)
STEPS = 20  # of SQLite, for one tick


def open_school(job: Job) -> School:
    return School.open(Path(job["folder"]), job.get("secret", DIRECTOR), SetClock(NOW))


def save_answers(job: Job, say: Say) -> None:
    school = open_school(job)
    say("ready")
    for form, answers in job["forms"].items():
        enter_form(
            school,
            form,
            FormAnswers(frozenset(answers["yes"]), frozenset(answers["no"]), answers["signer"]),
        )
        say(form)


def set_passphrase(job: Job, say: Say) -> None:
    school = open_school(job)
    say("ready")
    school.set_passphrase(school.who.id, NEW_PASSPHRASE)
    say("done")


def renew_paper_key(job: Job, say: Say) -> None:
    school = open_school(job)
    say("ready")
    school.activate_paper_key(NEW_PAPER_KEY, NEW_PAPER_KEY)
    say("done")


def add_person(job: Job, say: Say) -> None:
    school = open_school(job)
    say("ready")
    access.add_person(school, "Noor", Role.ADMINISTRATION, NEW_PASSPHRASE)
    say("done")


def remove_person(job: Job, say: Say) -> None:
    school = open_school(job)
    (other,) = [each for each in access.people(school) if each.id != school.who.id]
    say("ready")
    access.remove_person(school, other.id)
    say("done")


def open_and_close(job: Job, say: Say) -> None:
    say("ready")
    open_school(job).lock()
    say("done")


def close_after_work(job: Job, say: Say) -> None:
    school = open_school(job)
    profile.change_profile(school, phone="0201234567")
    say("ready")
    school.lock()
    say("done")


def put_back(job: Job, say: Say) -> None:
    say("ready")
    restore(Path(job["backup"]), Path(job["folder"]), DIRECTOR, SetClock(NOW))
    say("done")


WORK: dict[str, Callable[[Job, Say], None]] = {
    "answers": save_answers,
    "passphrase": set_passphrase,
    "paper key": renew_paper_key,
    "adding": add_person,
    "removing": remove_person,
    "open": open_and_close,
    "close": close_after_work,
    "restore": put_back,
}


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Dying:
    """Counts lines or ticks from the moment the work is ready to begin."""

    def __init__(self, job: Job, pipe: int) -> None:
        self.pipe = pipe
        self.line, self.tick = job.get("line"), job.get("tick")
        self.count = 0
        self.begun = False

    def say(self, what: str) -> None:
        sys.settrace(None)
        os.write(self.pipe, f"{what}\n".encode())
        self.begun = True
        if self.line is not None:
            sys.settrace(self.trace)
            frame = sys._getframe().f_back
            while frame:
                frame.f_trace = self.trace
                frame = frame.f_back

    def trace(self, frame: FrameType, event: str, _: object) -> Any:
        if not frame.f_code.co_filename.startswith(OURS):
            return None if event == "call" else self.trace
        if event == "line":
            self.count += 1
            if self.count == self.line:
                die()
        return self.trace

    def ticked(self) -> int:
        if self.begun:
            self.count += 1
            if self.count == self.tick:
                die()
        return 0

    def watch_connections(self) -> None:
        connect = database.connect

        def watched(*given: Any, **named: Any) -> Any:
            connection = connect(*given, **named)
            connection.set_progress_handler(self.ticked, STEPS)
            return connection

        database.connect = watched


def live_and_die(job: Job, pipe: int) -> None:
    dying = Dying(job, pipe)
    if dying.tick is not None:
        dying.watch_connections()
    WORK[job["do"]](job, dying.say)
    sys.settrace(None)
    os.write(pipe, f"count {dying.count}\n".encode())


def run(job: Job) -> dict[str, Any]:
    """Fork, let the work begin, kill it when it is time, and hear all it said."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(reading)
            live_and_die(job, writing)
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writing)
    heard, begun, killed = b"", 0.0, False
    while True:
        left = None
        if begun and job.get("delay") is not None and not killed:
            left = max(0.0, begun + job["delay"] - time.monotonic())
        if not select.select([reading], [], [], left)[0]:
            os.kill(child, signal.SIGKILL)
            killed = True
            continue
        more = os.read(reading, 65536)
        if not more:
            break
        heard += more
        begun = begun or time.monotonic()
    took = time.monotonic() - begun
    os.close(reading)
    status = os.waitpid(child, 0)[1]
    said = heard.decode().splitlines()
    return {
        "said": [each for each in said if not each.startswith("count ")],
        "count": next((int(each[6:]) for each in said if each.startswith("count ")), None),
        "killed": os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL,
        "failed": os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0,
        "took": took,
    }


def main() -> None:
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
