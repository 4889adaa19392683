"""Making, opening, changing and closing a school file, and who may do so with what."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from schoolprivacy.access import actions as access
from schoolprivacy.access.terms import Role
from schoolprivacy.clock import SetClock
from schoolprivacy.errors import FileError, KnownError, UnlockError
from schoolprivacy.registers import found_school
from schoolprivacy.school import PAPER_KEY, NewStaff, School, Session
from schoolprivacy.vault import database
from schoolprivacy.vault.keys import KEYS, KEYS_SPARE, KeyFile, canonical_secret
from schoolprivacy.vault.tables import attachment, meta
from tests.vault.schools import (
    ADMINISTRATION,
    CHEAP,
    DIRECTOR,
    NOW,
    Made,
    change,
    make_school,
    phone,
    refused,
    renew_paper_key,
)

NEW = "een heel nieuwe wachtzin"


def found(folder: Path, **how: str) -> School:
    given = {"director": DIRECTOR, "administration": ADMINISTRATION} | how
    return found_school(folder, "De Test", "99ZZ", clock=SetClock(NOW), cost=CHEAP, **given).school


# — making —


def test_a_new_school_is_open_sound_and_has_three_ways_in(tmp_path: Path) -> None:
    founded = found_school(
        tmp_path / "a" / "b" / "school",
        "De Test",
        "99ZZ",
        director=DIRECTOR,
        clock=SetClock(NOW),
        cost=CHEAP,
    )
    with founded.school as school:
        assert (school.who.name, school.who.role) == ("Directie", Role.DIRECTOR)
        assert school.problems() == []
    assert founded.administration
    roles = []
    for secret in (DIRECTOR, founded.administration, founded.paper_key):
        with School.open(tmp_path / "a" / "b" / "school", secret) as school:
            roles.append(school.who.role)
    assert roles == [Role.DIRECTOR, Role.ADMINISTRATION, PAPER_KEY]
    assert os.listdir(tmp_path / "a" / "b") == ["school"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")
def test_nobody_else_on_this_computer_can_look_into_the_folder(made: Made, tmp_path: Path) -> None:
    folder = tmp_path / "fresh"
    with found(folder) as school:
        change(school, "0201234567")
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "backups").stat().st_mode & 0o077 == 0


def test_a_school_may_take_the_place_of_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found(tmp_path / "empty").lock()


@pytest.mark.parametrize("there", ["file", "folder with something", "school"])
def test_a_school_is_never_made_over_something_else(made: Made, tmp_path: Path, there: str) -> None:
    place = tmp_path / "place"
    if there == "file":
        place.write_text("own")
    elif there == "school":
        made.copy_to(place)
    else:
        place.mkdir()
        (place / "own.txt").write_text("own")
    before = sorted(tmp_path.rglob("*"))
    assert refused(found, place) == "file.exists"
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("how", "key"),
    [
        ({"director": "kort"}, "passphrase.short"),
        ({"administration": "kort"}, "passphrase.short"),
        ({"administration": DIRECTOR}, "passphrase.taken"),
        ({"administration": f" {DIRECTOR} "}, "passphrase.taken"),
        ({"director": "-".join(["000001"] * 8)}, "unlock.paper_groups"),
    ],
)
def test_a_school_that_is_refused_leaves_nothing(
    tmp_path: Path, how: dict[str, str], key: str
) -> None:
    assert refused(found, tmp_path / "school", **how) == key
    assert os.listdir(tmp_path) == []


def test_a_school_that_fails_while_it_is_furnished_leaves_nothing(tmp_path: Path) -> None:
    def furnish(session: Session) -> None:
        raise ZeroDivisionError

    people = [NewStaff("Directie", Role.DIRECTOR, DIRECTOR)]
    with pytest.raises(ZeroDivisionError):
        School.create(tmp_path / "school", people, furnish, SetClock(NOW), CHEAP)
    assert os.listdir(tmp_path) == []


def test_a_school_of_nobody_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="somebody"):
        School.create(tmp_path / "school", [], lambda _: None, SetClock(NOW), CHEAP)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("place", ["file/school", "file/deeper/school", "x" * 300])
def test_a_place_where_nothing_can_be_made_is_told(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    assert refused(found, tmp_path / place) == "file.not_made"
    assert os.listdir(tmp_path) == ["file"]


# — strange places —


@pytest.mark.parametrize(
    "name",
    [
        "met spaties en  twee",
        "100% #1 & meer?mode=memory",
        'de Kanariepiet\'s "school"',
        "ζ 学校 🏫 é",
        unicodedata.normalize("NFD", "één"),
        "%41%2e%2E%00",
        "semi;colon:colon",
        "back\\slash",
        "-x",
        ".verborgen",
        "file:school",
        "x" * 200,
    ],
)
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    with found(folder) as school:
        change(school, "0201234567")
        school.back_up(tmp_path / "one.schoolbackup")
    with School.open(folder, DIRECTOR) as school:
        assert phone(school) == "0201234567"
        assert school.problems() == []
    assert sorted(os.listdir(tmp_path)) == sorted([name, "one.schoolbackup"])


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are text there")
def test_a_folder_whose_name_is_no_text_works_too(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/sch\xf6\xff"))
    with found(folder) as school:
        change(school, "0201234567")
    with School.open(folder, DIRECTOR) as school:
        assert phone(school) == "0201234567"


def test_a_relative_place_stays_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    with found(Path("school")) as school:
        monkeypatch.chdir(tmp_path / "elsewhere")
        school._engine.dispose()
        change(school, "0201234567")
        renew_paper_key(school)
    assert os.listdir(tmp_path / "elsewhere") == []
    monkeypatch.chdir(tmp_path)
    for place in ("school", "./school", "elsewhere/../school"):
        with School.open(Path(place), DIRECTOR) as school:
            assert phone(school) == "0201234567"


def test_a_link_to_a_school_opens_it(made: Made, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(made.folder, target_is_directory=True)
    with School.open(link, DIRECTOR, made.clock) as school:
        change(school, "0201234567")
    with made.open() as school:
        assert phone(school) == "0201234567"


def test_a_school_that_was_moved_or_copied_opens(made: Made, tmp_path: Path) -> None:
    copy = made.copy_to(tmp_path / "copy")
    shutil.move(made.folder, tmp_path / "moved")
    for folder in (copy.folder, tmp_path / "moved"):
        with School.open(folder, DIRECTOR, made.clock) as school:
            assert school.problems() == []


# — passphrases —


def test_wrong_secrets_all_give_the_same(made: Made) -> None:
    messages = set()
    for secret in (
        "een verkeerde wachtzin",
        "",
        "x",
        DIRECTOR.upper(),
        DIRECTOR[:-1],
        "000011" * 8,
    ):
        with pytest.raises(UnlockError) as caught:
            made.open(secret)
        messages.add(str(caught.value))
    assert len(messages) == 1


def test_a_mistyped_paper_key_names_the_group(made: Made) -> None:
    groups = made.paper_key.split("-")
    groups[2], groups[6] = f"{(int(groups[2]) + 1) % 10**6:06d}", groups[6][:-1]
    with pytest.raises(UnlockError, match="groep 3, 7"):
        made.open(" ".join(groups))


@pytest.mark.parametrize("how", ["as printed", "blanks", "in one", "in fours", "with lines"])
def test_the_paper_key_opens_however_it_is_typed(made: Made, how: str) -> None:
    digits = made.paper_key.replace("-", "")
    typed = {
        "as printed": made.paper_key,
        "blanks": made.paper_key.replace("-", "  "),
        "in one": digits,
        "in fours": " ".join(digits[at : at + 4] for at in range(0, 48, 4)),
        "with lines": made.paper_key.replace("-", "\n") + "\n",
    }
    with made.open(typed[how]) as school:
        assert school.who.role == PAPER_KEY


def test_changing_ones_own_passphrase(made: Made) -> None:
    with made.open() as school:
        access.change_own_passphrase(school, NEW)
        assert school.problems() == []
        change(school, "0201234567")
    assert refused(made.open, DIRECTOR) == "unlock.wrong"
    for secret in (NEW, ADMINISTRATION, made.paper_key):
        with made.open(secret) as school:
            assert phone(school) == "0201234567"
            assert school.problems() == []


def test_changing_it_often_leaves_one_slot_each(made: Made) -> None:
    with made.open() as school:
        for number in range(5):
            access.change_own_passphrase(school, f"{NEW} {number}")
    keys = KeyFile.read(made.folder)
    assert len(keys.slots) == 3
    assert [keys.opens(f"{NEW} {number}") for number in range(5)] == [False] * 4 + [True]


@pytest.mark.parametrize("secret", [DIRECTOR, ADMINISTRATION, "paper key"])
def test_a_passphrase_that_opens_a_slot_already_is_refused(made: Made, secret: str) -> None:
    secret = made.paper_key if secret == "paper key" else secret
    before = made.sound()
    with made.open() as school:
        assert refused(access.change_own_passphrase, school, secret) == "passphrase.taken"
        assert school.problems() == []
    assert {name: before[name] for name in (KEYS, KEYS_SPARE)} == {
        name: made.sound()[name] for name in (KEYS, KEYS_SPARE)
    }


def test_a_refused_passphrase_changes_nothing(made: Made) -> None:
    before = made.sound()
    with made.open() as school:
        for secret, key in (("kort", "passphrase.short"), ("000001" * 8, "unlock.paper_groups")):
            assert refused(access.change_own_passphrase, school, secret) == key
    assert made.sound() == before


def by_role(school: School, role: str) -> str:
    return next(each.id for each in access.people(school) if each.role == role)


def test_the_director_gives_a_colleague_a_new_passphrase(made: Made) -> None:
    with made.open() as school:
        access.reset_passphrase(school, by_role(school, Role.ADMINISTRATION), NEW)
    with made.open(NEW) as school:
        assert school.who.role == Role.ADMINISTRATION
    assert refused(made.open, ADMINISTRATION) == "unlock.wrong"


def test_the_paper_key_gives_the_director_a_new_passphrase(made: Made) -> None:
    with made.open(made.paper_key) as school:
        access.reset_passphrase(school, by_role(school, Role.DIRECTOR), NEW)
        assert refused(access.change_own_passphrase, school, NEW + "!") == "passphrase.paper_key"
    with made.open(NEW) as school:
        assert school.who.role == Role.DIRECTOR


def test_the_administration_gives_nobody_a_passphrase(made: Made) -> None:
    before = made.sound()
    with made.open(ADMINISTRATION) as school:
        director = by_role(school, Role.DIRECTOR)
        assert refused(access.reset_passphrase, school, director, NEW) == "passphrase.not_allowed"
    assert made.sound() == before


def test_a_reader_changes_no_keys(made: Made) -> None:
    before = made.content()
    with made.open(read_only=True) as school:
        assert refused(access.change_own_passphrase, school, NEW) == "file.opened_read_only"
        assert refused(renew_paper_key, school) == "file.opened_read_only"
    assert made.content() == before


def test_the_keys_in_the_safe_are_nobody_of_the_people(school: School) -> None:
    assert [each.role for each in access.people(school)] == [Role.ADMINISTRATION, Role.DIRECTOR]


# — renewing the paper key —


def test_a_new_paper_key_stops_the_old_one_and_every_old_copy_of_the_keys(made: Made) -> None:
    old_keys, old_key = made.keys.read_bytes(), made.database_key
    with made.open() as school:
        change(school, "0201234567")
        new = renew_paper_key(school)
        assert school.problems() == []
        change(school, "0207654321")
    assert canonical_secret(new) == new != made.paper_key
    assert refused(made.open, made.paper_key) == "unlock.wrong"
    assert refused(database.connect, made.data, old_key) == "file.damaged"
    for secret in (DIRECTOR, ADMINISTRATION, new):
        with made.open(secret) as school:
            assert phone(school) == "0207654321"
            assert school.problems() == []
    for path in (made.keys, made.spare):
        path.write_bytes(old_keys)
    for secret in (made.paper_key, DIRECTOR, ADMINISTRATION):
        assert refused(made.open, secret) == "file.damaged"


def test_a_backup_is_made_before_the_keys_are_renewed(made: Made) -> None:
    with made.open() as school:
        renew_paper_key(school)
        assert [path.name for path in (made.folder / "backups").iterdir()] == [
            "2026-11-02-voor-nieuwe-sleutel.schoolbackup"
        ]


def test_the_paper_key_can_be_renewed_with_the_paper_key_and_twice(made: Made) -> None:
    with made.open(made.paper_key) as school:
        first = renew_paper_key(school)
        second = renew_paper_key(school)
    assert refused(made.open, first) == "unlock.wrong"
    with made.open(second) as school:
        assert school.problems() == []


def test_a_reader_follows_a_renewal_by_opening_again(made: Made) -> None:
    with made.open() as school, made.open(read_only=True) as reader:
        assert phone(reader) == ""
        renew_paper_key(school)
        assert refused(phone, reader) == "file.damaged"
        with made.open(read_only=True) as again:
            assert phone(again) == ""


# — transactions —


def test_all_or_nothing(school: School) -> None:
    with pytest.raises(ZeroDivisionError), school.transaction() as session:
        session.execute(sa.insert(meta).values(key="a", value="b"))
        session.audit("test")
        _ = 1 / 0
    with school.reading() as session:
        query = sa.select(sa.func.count()).select_from(meta).where(meta.c.key == "a")
        assert session.execute(query).scalar_one() == 0


def test_keys_are_never_changed_within_a_transaction(made: Made) -> None:
    """It could be rolled back; keys.json could not, and then nobody gets in."""
    before = made.sound()
    with made.open() as school:
        for change_keys in (
            lambda: school.set_passphrase(school.who.id, NEW),
            lambda: renew_paper_key(school),
        ):
            with (
                pytest.raises(AssertionError, match="of their own"),
                school.transaction() as session,
            ):
                session.audit("test")
                change_keys()
    assert made.sound() == before


def test_one_reading_session_sees_one_state(made: Made) -> None:
    with made.open() as school, school.reading() as session:
        before = session.anchor()
        with ThreadPoolExecutor(1) as pool:
            attempt = pool.submit(refused, change, _impatient(school), "0201234567")
            assert attempt.result() == "file.busy"  # in this journal mode readers go before
        assert session.anchor() == before


def _impatient(school: School) -> School:
    """Do not wait five seconds for somebody who does not go."""
    school._engine.dispose()
    make = database.connect

    def hasty() -> object:
        raw = make(school._path, school._key)
        raw.execute("PRAGMA busy_timeout=10")
        return raw

    school._engine.pool._creator = hasty  # type: ignore[attr-defined]
    return school


def test_threads_wait_for_each_other(school: School) -> None:
    """A job and a quick action at the same time; each a session of its own."""
    start = threading.Barrier(4)

    def work(worker: int) -> None:
        start.wait()
        for number in range(6):
            with school.transaction() as session:
                row = {"id": f"{worker} {number}", "name": "x", "media_type": "y", "sha256": "z"}
                session.execute(sa.insert(attachment).values(**row, content=b"1"))
                session.audit("test", f"{worker} {number}")
            with school.reading() as session:
                session.anchor()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(work, worker) for worker in range(4)]:
            done.result()
    with school.reading() as session:
        count = session.execute(sa.select(sa.func.count()).select_from(attachment)).scalar_one()
    assert count == 24
    assert school.problems() == []


def test_a_backup_beside_a_thread_that_writes(school: School, tmp_path: Path) -> None:
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            change(school, "0201234567")

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(work)
        try:
            for number in range(5):
                school.back_up(tmp_path / f"{number}.schoolbackup")
        finally:
            stop.set()
        writing.result()
    assert school.problems() == []


# — closing —


@pytest.mark.parametrize(
    "action",
    [
        phone,
        School.problems,
        lambda school: change(school, "1"),
        lambda school: school.back_up(school.folder / "x"),
        lambda school: school.set_passphrase(school.who.id, NEW),
    ],
)
def test_a_closed_school_does_nothing_any_more(
    made: Made, action: Callable[[School], object]
) -> None:
    school = made.open()
    school.lock()
    before = made.sound()
    with pytest.raises((ValueError, KnownError)):
        action(school)
    assert school._key == ""
    assert made.sound() == before


def test_work_of_another_day_is_kept_by_day(made: Made) -> None:
    for _ in range(3):
        made.clock.moment += timedelta(days=1)
        with made.open() as school:
            change(school, "0201234567")
    assert len(list((made.folder / "backups").iterdir())) == 3


def test_an_error_names_its_place_and_no_other(made: Made) -> None:
    made.data.write_bytes(b"")
    with pytest.raises(FileError) as caught:
        made.open()
    assert str(made.folder) in str(caught.value)


def test_schools_do_not_know_each_other(tmp_path: Path) -> None:
    one, other = make_school(tmp_path / "one"), make_school(tmp_path / "other")
    assert one.database_key != other.database_key
    assert one.paper_key != other.paper_key
    assert refused(one.open, other.paper_key) == "unlock.wrong"
    with one.open() as first, other.open() as second:
        change(first, "0201234567")
        assert phone(second) == ""
