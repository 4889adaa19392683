"""Nothing that is kept on a child can be forgotten: every table is reported or named as none."""

from __future__ import annotations

import sqlalchemy as sa

from schoolprivacy.consents.own_no import note_own_no
from schoolprivacy.people.records import import_run
from schoolprivacy.registers import NOT_ON_A_CHILD, REGISTERS, about
from schoolprivacy.school import School
from schoolprivacy.vault.tables import metadata
from tests.people.builders import a_guardian, a_row, at, pupils_of, record_decisions, store


def test_every_table_is_reported_by_one_register_or_named_as_not_about_a_child() -> None:
    reported = [table.name for register in REGISTERS for table in register.TABLES]
    assert sorted([*reported, *NOT_ON_A_CHILD]) == sorted(metadata.tables)
    assert all(NOT_ON_A_CHILD.values())


def test_a_table_that_points_at_a_child_or_guardian_is_reported() -> None:
    persons = {"pupil", "guardian"}
    pointing = {
        table.name
        for table in metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name in persons
    }
    assert persons | pointing <= {t.name for register in REGISTERS for t in register.TABLES}


def test_everything_that_was_stored_on_a_child_comes_back_and_nothing_of_another(
    school: School,
) -> None:
    parent = a_guardian(
        "Q. Kanarie", **at("Kanarielaan", "17"), phones=("+31201234567",), email="q@kanarie.invalid"
    )
    store(
        school,
        a_row("Aylin Kanarie", key="K-123", group="Groep 4", guardians=(parent,)),
        a_row(
            "Bram Meerkoet", key="M-456", group="Groep 5", guardians=(a_guardian("V. Meerkoet"),)
        ),
    )
    record_decisions(school)
    pupil_id = pupils_of(school)["Aylin Kanarie"].pupil.id
    note_own_no(school, pupil_id, school.clock.today(), "wil niet op de foto")
    with school.reading() as session:
        kept = about(session, pupil_id)
    values = {each.value for each in kept}
    for value in (
        "Aylin",
        "Kanarie",
        "K-123",
        "Groep 4",
        "Kanarielaan",
        "17",
        "+31201234567",
        "q@kanarie.invalid",
        "wil niet op de foto",
        "granted",
    ):
        assert value in values, value
    everything = " ".join(each.value for each in kept)
    for other in ("Bram", "Meerkoet", "M-456", "Groep 5"):
        assert other not in everything


def test_every_column_of_a_reported_table_is_read(school: School) -> None:
    """Only the place of a box on a form says nothing about a person."""
    store(school, a_row("Aylin Kanarie", key="K-123", group="Groep 4", guardians=(a_guardian(),)))
    record_decisions(school)
    pupil_id = pupils_of(school)["Aylin Kanarie"].pupil.id
    with school.reading() as session:
        told = {(each.table, each.column) for each in about(session, pupil_id)}
        for register in REGISTERS:
            for table in register.TABLES:
                for row in session.execute(sa.select(table)).mappings():
                    filled = {name for name, value in row.items() if value not in (None, "")}
                    lost = filled - {column for name, column in told if name == table.name}
                    assert lost <= {"geometry"}, (table.name, lost)
        assert session.execute(sa.select(import_run)).first()
