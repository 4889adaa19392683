"""The audit trail only grows, and whoever changes it behind our back is found."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from schoolprivacy.school import School
from schoolprivacy.vault import audit, backup
from schoolprivacy.vault.audit import Anchor
from tests.vault.schools import ADMINISTRATION, DIRECTOR, Made, change, phone, renew_paper_key

TRIGGERS = ("audit_is_never_changed", "audit_is_never_deleted", "audit_only_grows")


def work(made: Made, lines: int = 5) -> None:
    with made.open() as school:
        for number in range(lines):
            change(school, f"02012345{number:02d}")


def trail(school: School) -> list[Any]:
    with school.reading() as session:
        query = sa.select(audit.audit).order_by(audit.audit.c.seq)
        return list(session.execute(query).mappings())


def behind_our_back(made: Made, change_it: Callable[[Any], object]) -> None:
    """Somebody with the database key and no scruples; they leave the triggers as they were."""
    with made.raw() as raw:
        triggers = [
            raw.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
            for name in TRIGGERS
        ]
        for name in TRIGGERS:
            raw.execute(f"DROP TRIGGER {name}")
        change_it(raw)
        for trigger in triggers:
            raw.execute(trigger)


def wrong_lines(made: Made) -> list[str]:
    with made.open(read_only=True) as school:
        return [str(problem.values.get("lines", problem.key)) for problem in school.problems()]


# — a working connection —


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET action = 'x' WHERE seq = 1",
        "UPDATE OR REPLACE audit SET seq = 1 WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 2",
        "DELETE FROM audit",
        "REPLACE INTO audit SELECT * FROM audit WHERE seq = 1",
        "INSERT OR REPLACE INTO audit SELECT seq, at, staff_id, 'x', about, detail, mac FROM audit",
        "INSERT OR IGNORE INTO audit SELECT * FROM audit WHERE seq = 1",
        "INSERT INTO audit SELECT * FROM audit WHERE seq = 1 "
        "ON CONFLICT (seq) DO UPDATE SET action = 'x'",
        "INSERT INTO audit SELECT NULL, at, staff_id, action, about, detail, mac FROM audit",
        "INSERT INTO audit SELECT -1, at, staff_id, action, about, detail, mac FROM audit LIMIT 1",
        "DROP TABLE audit",
        *(f"DROP TRIGGER {name}" for name in TRIGGERS),
        "DROP TRIGGER decision_is_never_deleted",
        "DROP INDEX decision_pupil",
        "ALTER TABLE audit RENAME TO other",
        "ALTER TABLE audit DROP COLUMN mac",
        "ALTER TABLE audit ADD COLUMN more TEXT",
        "CREATE TRIGGER t BEFORE INSERT ON audit BEGIN SELECT RAISE(IGNORE); END",
        "CREATE TABLE t (x)",
        "ATTACH ':memory:' AS other",
        "PRAGMA writable_schema = ON",
        "PRAGMA Writable_Schema(1)",
        "PRAGMA schema_version = 1",
        "DELETE FROM sqlite_master WHERE name LIKE 'audit%'",
        "UPDATE sqlite_schema SET sql = '' WHERE type = 'trigger'",
        "INSERT OR REPLACE INTO sqlite_master SELECT * FROM sqlite_master",
    ],
)
def test_a_working_connection_cannot_loosen_the_trail(made: Made, statement: str) -> None:
    work(made, 2)
    with made.open() as school:
        before = trail(school)
        with pytest.raises(sa.exc.DBAPIError), school.transaction() as session:
            session.audit("test")
            session.execute(sa.text(statement))
        assert trail(school) == before
        assert school.problems() == []
        change(school, "0209999999")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM decision",
        "UPDATE decision SET choice = 'refused'",
        "UPDATE decision SET recorded_at = 'x'",
        "DELETE FROM pupil",
    ],
)
def test_a_decision_stays_in_the_history(school: School, statement: str) -> None:
    with school.transaction() as session:
        session.execute(
            sa.text("INSERT INTO pupil VALUES ('p', 'Jip', '', '', '', NULL, NULL, NULL)")
        )
        session.execute(
            sa.text(
                "INSERT INTO decision SELECT 'd', 'p', purpose, version, NULL, 0, 'granted', "
                "'2026-11-02', NULL, NULL, 'desk', NULL, NULL, 'now', :who, NULL, NULL, NULL "
                "FROM wording LIMIT 1"
            ),
            [{"who": school.who.id}],
        )
        session.audit("test")
    with pytest.raises(sa.exc.IntegrityError), school.transaction() as session:
        session.audit("test")
        session.execute(sa.text(statement))
    with school.transaction() as session:
        session.audit("test")
        session.execute(sa.text("UPDATE decision SET invalidated_at = 'now'"))


# — every change has a line —


def test_a_transaction_without_a_line_is_not_stored(school: School) -> None:
    with pytest.raises(AssertionError), school.transaction() as session:
        session.execute(sa.text("UPDATE profile SET phone = '0201111111'"))
    assert phone(school) == ""
    change(school, "0202222222")


def test_a_transaction_that_fails_leaves_no_line(school: School) -> None:
    before = trail(school)
    with pytest.raises(ZeroDivisionError), school.transaction() as session:
        session.audit("test")
        _ = 1 / 0
    assert trail(school) == before


def test_a_line_says_who_what_when_and_about_whom(made: Made) -> None:
    with made.open(ADMINISTRATION) as school:
        with school.transaction() as session:
            anchor = session.audit("pupil.seen", "p1", fields=["b", "a"])
        line = trail(school)[-1]
        assert (line["seq"], line["mac"]) == (anchor.seq, anchor.mac)
        assert (line["staff_id"], line["action"], line["about"], line["detail"]) == (
            school.who.id,
            "pupil.seen",
            "p1",
            '{"fields": ["b", "a"]}',
        )
        assert line["at"] == made.clock.now().isoformat()
        assert school.who.role == "administration"


def test_the_trail_of_a_new_school_begins_with_its_making(school: School) -> None:
    lines = trail(school)
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    assert lines[0]["action"] == "school.created"


# — behind our back —


@pytest.mark.parametrize("column", ["at", "action", "about", "detail", "mac"])
def test_an_edited_line_is_found(made: Made, column: str) -> None:
    work(made)
    behind_our_back(made, lambda raw: raw.execute(f"UPDATE audit SET {column} = 'x' WHERE seq = 4"))
    assert wrong_lines(made)[0].split(", ")[0] == "4"


def test_a_line_put_on_another_name_is_found(made: Made) -> None:
    work(made)
    behind_our_back(
        made,
        lambda raw: raw.execute(
            "UPDATE audit SET staff_id = (SELECT id FROM staff WHERE role = 'administration') "
            "WHERE seq = 3"
        ),
    )
    assert wrong_lines(made) == ["3"]


def test_a_removed_line_in_the_middle_is_found(made: Made) -> None:
    work(made)
    behind_our_back(made, lambda raw: raw.execute("DELETE FROM audit WHERE seq = 5"))
    assert wrong_lines(made)[0].split(", ")[0] == "6"


def test_removed_and_renumbered_lines_are_found(made: Made) -> None:
    def remove(raw: Any) -> None:
        raw.execute("DELETE FROM audit WHERE seq = 5")
        raw.execute("UPDATE audit SET seq = seq - 1 WHERE seq > 5")

    work(made)
    behind_our_back(made, remove)
    assert wrong_lines(made)[0].split(", ")[0] == "5"


def test_two_lines_that_changed_places_are_found(made: Made) -> None:
    def swap(raw: Any) -> None:
        raw.execute("UPDATE audit SET seq = 1000 WHERE seq = 3")
        raw.execute("UPDATE audit SET seq = 3 WHERE seq = 4")
        raw.execute("UPDATE audit SET seq = 4 WHERE seq = 1000")

    work(made)
    behind_our_back(made, swap)
    assert wrong_lines(made)[0].split(", ")[0] == "3"


def test_a_line_added_with_a_made_up_hash_is_found(made: Made) -> None:
    work(made, 2)
    with made.raw() as raw:
        raw.execute(
            "INSERT INTO audit SELECT seq + 1, at, staff_id, action, about, detail, mac "
            "FROM audit ORDER BY seq DESC LIMIT 1"
        )
    assert wrong_lines(made) == ["4"]


def test_a_missing_trigger_is_found(made: Made) -> None:
    with made.raw() as raw:
        raw.execute("DROP TRIGGER audit_is_never_changed")
    assert wrong_lines(made) == ["verify.schema"]


def test_a_tail_cut_off_is_found_through_the_anchor_of_a_backup(made: Made) -> None:
    work(made)  # closing makes a backup
    with made.open(read_only=True) as school:
        last = trail(school)[-1]["seq"]
    behind_our_back(made, lambda raw: raw.execute(f"DELETE FROM audit WHERE seq > {last - 3}"))
    assert wrong_lines(made) == [str(last)]
    shutil.rmtree(made.folder / backup.FOLDER)
    assert wrong_lines(made) == []  # without an anchor it cannot be seen: that is why there are


def test_a_tail_cut_off_and_grown_again_is_found_through_an_older_anchor(made: Made) -> None:
    """Also when a newer backup was made of the false trail at the very same line."""
    work(made, 4)
    with made.open(read_only=True) as school:
        last = trail(school)[-1]["seq"]
    behind_our_back(made, lambda raw: raw.execute(f"DELETE FROM audit WHERE seq = {last}"))
    made.clock.moment = made.clock.moment.replace(day=20)
    with made.open() as school:
        change(school, "0209999999")
    assert len(list((made.folder / backup.FOLDER).iterdir())) == 2
    assert wrong_lines(made) == [str(last)]


def test_any_change_to_any_line_is_found(made: Made) -> None:
    work(made, 12)
    chance = random.Random(3)
    with made.open() as school, school.reading() as session:
        whole = [dict(line) for line in trail(school)]
        key = audit._key(session.connection)

    def fits(lines: list[dict[str, Any]]) -> bool:
        before = ""
        for number, line in enumerate(lines, 1):
            if line["seq"] != number or line["mac"] != audit._mac(key, before, line):
                return False
            before = line["mac"]
        return True

    assert fits(whole)
    for _ in range(300):
        lines = [dict(line) for line in whole]
        line = chance.choice(lines)
        column = chance.choice(["seq", "at", "staff_id", "action", "about", "detail", "mac"])
        old = line[column]
        line[column] = old + 1 if column == "seq" else old + chance.choice("x\0 ")
        assert not fits(lines)


def test_parts_of_a_line_cannot_be_moved_to_one_another() -> None:
    """`ab` + `c` and `a` + `bc` must not give the same hash."""
    names = ("at", "staff_id", "action", "about", "detail")
    one = dict.fromkeys(names, "") | {"seq": 1, "action": "ab", "about": "c"}
    other = one | {"action": "a", "about": "bc"}
    assert audit._mac(b"k", "", one) != audit._mac(b"k", "", other)


def test_an_anchor_is_short_enough_for_paper() -> None:
    assert str(Anchor(17, "ab" * 32)) == "17-abababababab"


def test_nothing_personal_is_in_the_trail_of_access(made: Made) -> None:
    with made.open() as school:
        school.set_passphrase(school.who.id, "een heel nieuwe wachtzin")
        renew_paper_key(school)
        text = "\n".join(str(dict(line)) for line in trail(school))
    for secret in (
        DIRECTOR,
        "nieuwe wachtzin",
        made.paper_key,
        made.database_key_of("een heel nieuwe wachtzin"),
    ):
        assert secret not in text
