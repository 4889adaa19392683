"""Adding, renaming and removing the people of a school, and proving the key in the safe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from schoolprivacy.access import actions as access
from schoolprivacy.access.terms import Role
from schoolprivacy.consents import records as consents
from schoolprivacy.errors import FileError, UnlockError
from schoolprivacy.school import School
from schoolprivacy.vault import database
from schoolprivacy.vault.keys import KeyFile
from schoolprivacy.vault.tables import audit, staff
from tests.people.builders import a_guardian, a_row, record_decisions, store
from tests.vault.schools import ADMINISTRATION, DIRECTOR, Made, change, phone, refused

THIRD = "vijf gele eenden zwemmen"


def roles(school: School) -> dict[str, str]:
    return {each.name: each.role for each in access.people(school)}


def by_role(school: School, role: str) -> str:
    return next(each.id for each in access.people(school) if each.role == role)


# — adding and changing —


def test_a_new_person_has_an_own_way_in(made: Made) -> None:
    with made.open() as school:
        added = access.add_person(school, "  Noor   Balie ", Role.ADMINISTRATION, THIRD)
        assert school.problems() == []
        assert roles(school)["Noor Balie"] == Role.ADMINISTRATION
    with made.open(THIRD) as school:
        assert school.who == added
        assert school.problems() == []


@pytest.mark.parametrize(
    ("name", "secret", "key"),
    [
        ("  ", THIRD, "person.name"),
        ("a\x00b", THIRD, "person.name"),
        ("Noor" * 16, THIRD, "person.name"),
        ("Noor 🙂", THIRD, "paper.missing_glyph"),  # nothing could be printed any more
        ("Noor", ADMINISTRATION, "passphrase.taken"),
        ("Noor", "kort", "passphrase.short"),
    ],
)
def test_a_refused_person_changes_nothing(made: Made, name: str, secret: str, key: str) -> None:
    before = made.sound()
    with made.open() as school:
        assert refused(access.add_person, school, name, Role.DIRECTOR, secret) == key
    assert made.sound() == before


def test_only_a_director_or_the_paper_key_manages_people(made: Made) -> None:
    before = made.sound()
    with made.open(ADMINISTRATION) as school:
        own, director = school.who.id, by_role(school, Role.DIRECTOR)
        for what in (
            lambda: access.add_person(school, "Noor", Role.DIRECTOR, THIRD),
            lambda: access.rename_person(school, own, "Noor"),
            lambda: access.change_role(school, own, Role.DIRECTOR),
            lambda: access.remove_person(school, director),
        ):
            assert refused(what) == "person.not_allowed"
    assert made.sound() == before
    with made.open(made.paper_key) as school:
        access.add_person(school, "Noor", Role.DIRECTOR, THIRD)


def test_a_name_and_a_role_change(made: Made) -> None:
    with made.open() as school:
        other = by_role(school, Role.ADMINISTRATION)
        access.rename_person(school, other, "Noor")
        access.change_role(school, other, Role.DIRECTOR)
        access.change_role(school, school.who.id, Role.ADMINISTRATION)
        assert school.who.role == Role.ADMINISTRATION  # from now on
        assert refused(access.rename_person, school, other, "Sam") == "person.not_allowed"
        assert roles(school) == {"Directie": "administration", "Noor": "director"}


def test_there_is_always_a_director(school: School) -> None:
    own = school.who.id
    assert refused(access.change_role, school, own, Role.ADMINISTRATION) == "person.last_director"
    assert refused(access.remove_person, school, own) == "person.last_director"
    access.change_role(school, own, Role.DIRECTOR)  # no change is no harm


@pytest.mark.parametrize(
    "what",
    [
        lambda school, who: access.rename_person(school, who, "Noor"),
        lambda school, who: access.change_role(school, who, Role.DIRECTOR),
        access.remove_person,
        lambda school, who: access.reset_passphrase(school, who, THIRD),
    ],
)
def test_nobody_does_anything_to_who_is_not_there(
    school: School, what: Callable[[School, str], None]
) -> None:
    with school.reading() as session:
        in_safe = session.execute(
            sa.select(staff.c.id).where(staff.c.role == "paper_key")
        ).scalar_one()
    for who in ("no such person", in_safe):
        assert refused(what, school, who) == "person.unknown"


# — removing —


def test_who_was_removed_opens_nothing_and_stays_in_the_history(made: Made) -> None:
    old_keys, old_key = made.keys.read_bytes(), made.database_key
    with made.open(ADMINISTRATION) as school:
        store(school, a_row(guardians=(a_guardian(),)))
        record_decisions(school)
    with made.open() as school:
        gone = by_role(school, Role.ADMINISTRATION)
        access.remove_person(school, gone)
        assert [each.role for each in access.people(school)] == [Role.DIRECTOR]
        assert school.problems() == []
        change(school, "0207654321")
        with school.reading() as session:
            recorded = session.execute(sa.select(consents.decision.c.recorded_by)).scalars().all()
            named = session.execute(sa.select(staff).where(staff.c.id == gone)).one()
        assert recorded and set(recorded) == {gone}
        assert (named.name, named.public_key, named.removed_on) == (
            "Administratie",
            None,
            "2026-11-02",
        )
        assert refused(access.remove_person, school, gone) == "person.unknown"
    assert refused(made.open, ADMINISTRATION) == "unlock.wrong"
    for secret in (DIRECTOR, made.paper_key):
        with made.open(secret) as school:
            assert phone(school) == "0207654321"
    assert refused(database.connect, made.data, old_key) == "file.damaged"
    for path in (made.keys, made.spare):
        path.write_bytes(old_keys)
    assert refused(made.open, ADMINISTRATION) == "file.damaged"


def test_the_passphrase_of_who_was_removed_may_be_used_anew(made: Made) -> None:
    with made.open() as school:
        access.remove_person(school, by_role(school, Role.ADMINISTRATION))
        access.add_person(school, "Noor", Role.ADMINISTRATION, ADMINISTRATION)
    with made.open(ADMINISTRATION) as school:
        assert school.who.name == "Noor"


@pytest.mark.parametrize("at", ["write", "rekey", "last"])
def test_a_removal_that_was_cut_off_is_finished_at_the_next_opening(
    made: Made, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """The power fails before keys.json is written, before the new key, or before the end."""
    place = {
        "write": (KeyFile, "without_slot"),
        "rekey": (School, "renew_database_key"),
        "last": (database, "rekey"),
    }[at]

    def cut_off(*given: object) -> None:
        raise FileError("file.full", place=made.folder)

    old_key = made.database_key
    with made.open() as school:
        gone = by_role(school, Role.ADMINISTRATION)
        with monkeypatch.context() as patch:
            patch.setattr(*place, cut_off)
            assert refused(access.remove_person, school, gone) == "file.full"
    assert refused(made.open, ADMINISTRATION) == "unlock.wrong"
    assert refused(made.open, ADMINISTRATION, read_only=True) == "unlock.wrong"
    made.open(read_only=True).lock()
    with made.open() as school:
        assert school.problems() == []
        assert [each.role for each in access.people(school)] == [Role.DIRECTOR]
    assert made.database_key != old_key


def test_a_person_whose_key_was_not_written_does_not_come_to_be(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> None:
        raise FileError("file.full", place=made.folder)

    with made.open() as school, monkeypatch.context() as patch:
        patch.setattr(KeyFile, "write", full)
        patch.setattr(School, "_finish", full)  # and the power fails at once
        assert refused(access.add_person, school, "Noor", Role.DIRECTOR, THIRD) == "file.full"
    with made.open() as school:
        assert "Noor" not in roles(school)
        assert school.problems() == []
        access.add_person(school, "Noor", Role.DIRECTOR, THIRD)
    made.open(THIRD).lock()


def test_after_a_reset_an_old_copy_of_the_keys_opens_nothing(made: Made) -> None:
    old_keys = made.keys.read_bytes()
    with made.open() as school:
        access.reset_passphrase(school, by_role(school, Role.ADMINISTRATION), THIRD)
        assert school.problems() == []
    for path in (made.keys, made.spare):
        path.write_bytes(old_keys)
    assert refused(made.open, ADMINISTRATION) == "file.damaged"


# — the key in the safe —


def test_a_new_paper_key_is_not_proven_until_it_is_typed_in(made: Made) -> None:
    with made.open() as school:
        assert not access.paper_key_proven(school)
        for typed in (DIRECTOR, ADMINISTRATION, school.propose_paper_key()):
            assert refused(access.prove_paper_key, school, typed) == "unlock.paper_not_it"
        wrong = made.paper_key[:-1] + str((int(made.paper_key[-1]) + 1) % 10)
        assert refused(access.prove_paper_key, school, wrong) == "unlock.paper_groups"
        assert not access.paper_key_proven(school)
        access.prove_paper_key(school, made.paper_key.replace("-", " "))
        assert access.paper_key_proven(school)
    with made.open() as school:
        assert access.paper_key_proven(school)


def test_a_proposed_paper_key_opens_nothing_before_it_was_typed_in(made: Made) -> None:
    before = made.sound()
    with made.open() as school:
        proposed = school.propose_paper_key()
        groups = proposed.split("-")
        other = "000011" if groups[2] != "000011" else "000022"
        wrong = "-".join([*groups[:2], other, *groups[3:7], "12345"])
        with pytest.raises(UnlockError) as told:
            school.activate_paper_key(proposed, wrong)
        assert "3, 8" in str(told.value)
        for typed in ("", "-".join(groups[:7]), DIRECTOR):
            assert refused(school.activate_paper_key, proposed, typed) == "unlock.paper_incomplete"
    assert made.sound() == before
    with made.open(ADMINISTRATION) as school:
        assert refused(access.activate_paper_key, school, proposed, proposed) == (
            "person.not_allowed"
        )
    assert made.sound() == before
    with made.open() as school:
        access.activate_paper_key(school, proposed, proposed.replace("-", ""))
        assert access.paper_key_proven(school)
        assert school.problems() == []
    assert refused(made.open, made.paper_key) == "unlock.wrong"
    made.open(proposed).lock()


def test_nobody_removes_oneself(made: Made) -> None:
    with made.open() as school:
        access.add_person(school, "Noor", Role.DIRECTOR, THIRD)
        assert refused(access.remove_person, school, school.who.id) == "person.oneself"
    with made.open() as school:
        assert len(access.people(school)) == 3


def test_that_the_paper_key_was_printed_is_written_down(school: School) -> None:
    def trail() -> list[str]:
        with school.reading() as session:
            return list(session.execute(sa.select(audit.c.action).order_by(audit.c.seq)).scalars())

    def jammed(_: bytes) -> None:
        raise FileError("paper.not_written", place="")

    before = trail()
    assert refused(access.print_recovery_sheet, school, b"%PDF", jammed, way="printed") == (
        "paper.not_written"
    )
    assert trail() == before
    sheets: list[bytes] = []
    access.print_recovery_sheet(school, b"%PDF", sheets.append, way="printed")
    assert sheets == [b"%PDF"]
    assert trail() == [*before, "paper_key.printed"]


def test_who_only_looks_finishes_no_removal(made: Made) -> None:
    with made.open() as school:
        other = by_role(school, Role.ADMINISTRATION)
        with school.transaction() as session:  # as a crash in the middle of it leaves it
            session.set_fact("pending_public_key", f"{other} ")
            session.audit("person.removing", other)
    before = made.sound()
    with made.open(read_only=True) as school:
        key = refused(access.reset_passphrase, school, school.who.id, THIRD)
        assert key == "file.opened_read_only"
    assert made.sound() == before
