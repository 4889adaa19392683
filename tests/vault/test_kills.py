"""Killed at any moment: what was acknowledged is there, nothing is there by half, all of it opens.

The work is done in processes of ``dying.py``. Where a process dies is drawn from a fixed seed;
the whole number of kills is that of ``dev.py torture``.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from schoolprivacy.access import actions as access
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.records import decision, purposes
from schoolprivacy.errors import UnlockError
from schoolprivacy.exchange.roster import Roster, RosterGuardian, RosterPupil
from schoolprivacy.people import importing
from schoolprivacy.people.records import guardian
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from schoolprivacy.vault import backup, upgrade
from schoolprivacy.vault.keys import KeyFile
from tests.vault.dying import NEW_PAPER_KEY, NEW_PASSPHRASE
from tests.vault.schools import ADMINISTRATION, DIRECTOR, NOW, TORTURE, Made, phone

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="kills need fork"),
    pytest.mark.torture,
]
PUPILS = 6


class Killer:
    """Runs jobs in processes that die; see dying.py."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, **job: object) -> dict[str, Any]:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(job, default=str) + "\n")
        self._process.stdin.flush()
        result: dict[str, Any] = json.loads(self._process.stdout.readline())
        assert not result["failed"], job
        return result


@pytest.fixture(scope="module")
def killer(own_station: Path) -> Iterator[Killer]:
    """One program for all kills: it has imported everything before it forks."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.vault.dying"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    ) as process:
        yield Killer(process)
        assert process.stdin
        process.stdin.close()


@pytest.fixture(scope="module", autouse=True)
def schema_looked_up_once() -> Iterator[None]:
    """Verifying makes a fresh file each time; here that is the same one hundreds of times."""
    fresh = upgrade.fresh_schema()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(upgrade, "fresh_schema", lambda: fresh)
        yield


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """In memory where that is possible: what a killed process wrote outlives it there too."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def fresh_copy(made: Made, place: Path) -> Made:
    """Anew for every kill."""
    shutil.rmtree(place, ignore_errors=True)
    return made.copy_to(place / "school")


# — answers —


Forms = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def asked(school_to_copy: Made, tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, Forms]:
    """A school with a form for each pupil, and what will be answered on them."""
    made = school_to_copy.copy_to(tmp_path_factory.mktemp("asked") / "school")
    parent = RosterGuardian(call_name="Anna", surname="Sluis", relation="moeder")
    pupils = tuple(
        RosterPupil(
            line,
            key=f"{line}",
            call_name=f"Kind{line}",
            surname="Test",
            born_on=date(2018, 1, line),
            group="Groep 5",
            guardians=(parent,),
        )
        for line in range(1, PUPILS + 1)
    )
    roster = Roster("spreadsheet", "test", pupils, school_year=SchoolYear.of(NOW.date()))
    with made.open() as school:
        importing.apply(school, [roster])
        printed = print_forms(school, lambda pdf: None)
        with school.reading() as session:
            codes = [each.code for each in purposes(session, only_on=True)]
    shutil.rmtree(made.folder / backup.FOLDER)
    forms = {
        each.form: {
            "yes": [code for place, code in enumerate(codes) if (place + number) % 3],
            "no": [code for place, code in enumerate(codes) if not (place + number) % 3],
            "signer": f"Robin Nieuw{'abcdefghij'[number]}" if number % 2 else "",
            "pupil": each.pupil_id,
        }
        for number, each in enumerate(printed)
    }
    assert len(forms) == PUPILS
    return made, forms


def check_answers(made: Made, forms: Forms, acknowledged: list[str]) -> int:
    """Everything acknowledged is there, nothing by half; gives how many forms are there."""
    with made.open() as school, school.reading() as session:
        query = sa.select(decision.c.pupil_id, decision.c.purpose, decision.c.choice)
        rows = session.execute(query).all()
        signers = set(session.execute(sa.select(guardian.c.surname)).scalars())
        there = 0
        for form, answers in forms.items():
            stored = {row.purpose: row.choice for row in rows if row.pupil_id == answers["pupil"]}
            wanted = dict.fromkeys(answers["yes"], "granted")
            wanted |= dict.fromkeys(answers["no"], "refused")
            new = answers["signer"].split(" ")[-1]
            if form in acknowledged:
                assert stored == wanted
            assert stored in (wanted, {})
            assert not new or (new in signers) == bool(stored)
            there += bool(stored)
        assert (
            len(rows) == sum(len(f["yes"]) + len(f["no"]) for f in forms.values()) / PUPILS * there
        )
        assert school.problems() == []
    return there


@pytest.mark.parametrize("way", ["delay", "tick"])
@pytest.mark.parametrize("seed", range(6 if TORTURE else 2))
def test_no_acknowledged_answer_is_lost(
    killer: Killer, asked: tuple[Made, Forms], place: Path, way: str, seed: int
) -> None:
    kills = 50
    template, forms = asked
    chance = random.Random(f"{way} {seed}")
    whole = fresh_copy(template, place / "whole")
    undisturbed = killer.run(do="answers", folder=whole.folder, forms=forms, tick=0)
    assert undisturbed["said"] == ["ready", *forms]
    assert check_answers(whole, forms, undisturbed["said"]) == PUPILS
    in_the_middle = lost_in_flight = 0
    for number in range(kills):
        made = fresh_copy(template, place / "killed")
        when: float = chance.uniform(0, undisturbed["took"])
        if way == "tick":
            when = chance.randint(1, undisturbed["count"])
        result = killer.run(do="answers", folder=made.folder, forms=forms, **{way: when})
        acknowledged = result["said"][1:]
        in_the_middle += result["killed"] and len(acknowledged) < PUPILS
        there = check_answers(made, forms, acknowledged)
        assert there - len(acknowledged) in (0, 1), number
        lost_in_flight += there == len(acknowledged)
    assert in_the_middle > kills // 5
    assert lost_in_flight  # some died before their answer was stored, and left nothing of it


# — keys —


def moments(killer: Killer, made: Made, place: Path, work: str, few: int) -> list[dict[str, float]]:
    """When to die: before lines of our code, and at any time."""
    chance = random.Random(work)
    job: dict[str, Any] = {"do": work, "backup": place / "one.schoolbackup"}
    undisturbed = killer.run(**job, folder=fresh_copy(made, place / "whole").folder, line=0)
    assert undisturbed["said"][-1] == "done"
    lines = range(1, undisturbed["count"] + 1)
    assert len(lines) > few
    drawn = min(len(lines), 300) if TORTURE else few
    chosen = sorted({*chance.sample(lines, drawn), *lines[-3:]})
    took = killer.run(**job, folder=fresh_copy(made, place / "whole").folder)["took"]
    delays = [chance.uniform(0, took) for _ in range(120 if TORTURE else few // 2)]
    return [*({"line": line} for line in chosen), *({"delay": delay} for delay in delays)]


def opens(made: Made, secret: str) -> bool:
    """As a reader: so that nothing is mended by it."""
    try:
        made.open(secret, read_only=True).lock()
    except UnlockError:
        return False
    return True


def check_keys(made: Made, old: str, new: str, others: tuple[str, ...], done: bool) -> bool:
    """Exactly one of the two opens, and everybody else can go on; gives whether it is the new."""
    is_new = opens(made, new)
    assert opens(made, old) is not is_new
    assert is_new or not done
    works, stopped = (new, old) if is_new else (old, new)
    with made.open(works) as school:
        assert school.problems() == []
        assert school.who.name in {"Directie", "Papieren sleutel"}
        assert made.keys.read_bytes() == made.spare.read_bytes()
        keys = KeyFile.read(made.folder)
        for secret in (works, *others):
            opened = keys.open(secret)
            assert (opened.database_key, opened.next_key) == (school._key, None)
        with pytest.raises(UnlockError):
            keys.open(stopped)
    return is_new


@pytest.mark.parametrize("work", ["passphrase", "paper key"])
def test_a_kill_while_keys_change_leaves_the_old_or_the_new(
    killer: Killer, school_to_copy: Made, place: Path, work: str
) -> None:
    old, new = (DIRECTOR, NEW_PASSPHRASE)
    others = (ADMINISTRATION, school_to_copy.paper_key)
    if work == "paper key":
        old, new = school_to_copy.paper_key, NEW_PAPER_KEY
        others = (DIRECTOR, ADMINISTRATION)
    outcomes = set()
    for when in moments(killer, school_to_copy, place, work, 16):
        made = fresh_copy(school_to_copy, place / "killed")
        result = killer.run(do=work, folder=made.folder, **when)
        assert result["killed"] or result["said"][-1] == "done", when
        outcomes.add(check_keys(made, old, new, others, result["said"][-1] == "done"))
    assert outcomes == {False, True}


def test_a_kill_while_somebody_is_added_or_removed_leaves_all_of_them_or_nothing(
    killer: Killer, school_to_copy: Made, place: Path
) -> None:
    """Who is named has a way in, who is not has none, also with the key of before."""
    for work, secret in (("adding", NEW_PASSPHRASE), ("removing", ADMINISTRATION)):
        outcomes = set()
        for when in moments(killer, school_to_copy, place, work, 12):
            made = fresh_copy(school_to_copy, place / "killed")
            old_key = made.database_key
            result = killer.run(do=work, folder=made.folder, **when)
            done = result["said"][-1] == "done"
            assert result["killed"] or done, when
            before = opens(made, secret)
            with made.open() as school:
                assert school.problems() == []
                named = len(access.people(school))
            is_in = opens(made, secret)
            assert is_in is before
            assert named == 2 + (work == "adding" and is_in) - (work == "removing" and not is_in)
            assert is_in is (work == "adding") or not done
            if work == "removing" and not is_in:
                assert made.database_key != old_key
            made.open(made.paper_key).lock()
            outcomes.add(is_in)
        assert outcomes == {False, True}


def test_a_kill_while_opening_does_not_block_the_next_opening(
    killer: Killer, school_to_copy: Made, place: Path
) -> None:
    for when in moments(killer, school_to_copy, place, "open", 12):
        made = fresh_copy(school_to_copy, place / "killed")
        killer.run(do="open", folder=made.folder, **when)
        with made.open() as school:
            assert school.problems() == []


def test_a_kill_while_closing_loses_no_work_and_no_backup(
    killer: Killer, school_to_copy: Made, place: Path
) -> None:
    template = school_to_copy.copy_to(place / "template")
    with template.open() as school:
        old = template.folder / backup.FOLDER / f"{NOW.date()}{backup.SUFFIX}"
        old.parent.mkdir()
        school.back_up(old)
    earlier = backup.read_manifest(old).audit_seq
    seen = set()
    for when in moments(killer, template, place, "close", 8):
        made = fresh_copy(template, place / "killed")
        killer.run(do="close", folder=made.folder, **when)
        there = made.folder / backup.FOLDER / old.name
        unpacked = place / "unpacked"
        unpacked.mkdir()
        seen.add(backup.unpack(there, unpacked).audit_seq - earlier)
        shutil.rmtree(unpacked)
        with made.open() as school:
            assert phone(school) == "0201234567"
            assert school.problems() == []
    assert seen == {0, 1}


def test_a_kill_while_restoring_leaves_the_old_school_or_the_new(
    killer: Killer, school_to_copy: Made, place: Path
) -> None:
    template = school_to_copy.copy_to(place / "template")
    with template.open() as school:
        school.back_up(place / "one.schoolbackup")
    anchors = set()
    for when in moments(killer, template, place, "restore", 8):
        made = fresh_copy(template, place / "killed")
        killer.run(do="restore", folder=made.folder, backup=place / "one.schoolbackup", **when)
        whole = [
            path for path in made.folder.parent.iterdir() if path.name.startswith(made.folder.name)
        ]
        assert whole
        for path in whole:
            with School.open(path, DIRECTOR, made.clock) as school, school.reading() as session:
                assert school.problems() == []
                anchors.add(session.anchor().seq)
    assert len(anchors) == 2
