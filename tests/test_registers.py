"""Nothing that is kept on a child can be forgotten: every table is reported or named as none."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import sqlalchemy as sa
from PIL import Image

from schoolprivacy.consents.bulk import record_asked
from schoolprivacy.consents.evidence import attach
from schoolprivacy.consents.own_no import note_own_no
from schoolprivacy.consents.publications.channels import ChannelEntry
from schoolprivacy.consents.publications.log import NewPublication, record_publication
from schoolprivacy.consents.publications.take_down import tick_off
from schoolprivacy.consents.sharing.actions import NewSharing, start_sharing
from schoolprivacy.consents.sharing.sharings import Road
from schoolprivacy.consents.terms import Choice
from schoolprivacy.okr.actions import make_report, plan_move, send_report
from schoolprivacy.okr.board import board
from schoolprivacy.okr.entries import MoveEntry
from schoolprivacy.okr.evidence import attach as attach_okr
from schoolprivacy.okr.exchanges import NewExchange, record_exchange
from schoolprivacy.okr.inzage import record_inzage
from schoolprivacy.okr.records import TABLES as OKR_TABLES
from schoolprivacy.okr.remarks import add_remark, read_remarks, settle_remark
from schoolprivacy.okr.terms import (
    Category,
    MoveKind,
    Outcome,
    Proof,
    ReceivingSchool,
    RemarkKind,
    SentHow,
)
from schoolprivacy.people.records import guardianships, import_run
from schoolprivacy.registers import NOT_ON_A_CHILD, REGISTERS, about
from schoolprivacy.school import School
from schoolprivacy.vault.tables import metadata
from tests.consents.log_builders import WEBSITE, a_channel, says, two_groups
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


def named(name: str) -> ChannelEntry:
    return replace(WEBSITE, name=name)


def a_picture(text: str) -> bytes:
    """A white page on which a text is hidden in the colours, so that no two are alike."""
    file = BytesIO()
    Image.new("RGB", (40, 60), (len(text) * 7 % 256, ord(text[0]), 200)).save(file, "PNG")
    return file.getvalue()


def test_what_is_shown_shared_and_kept_of_a_child_is_reported(school: School) -> None:
    """Pictures by name and by group, sharings, scans, lists, and what was asked by hand."""
    children = two_groups(school)
    noor, sem, today = children["Noor"], children["Sem"], school.clock.today()
    for pupil_id, data, event in ((noor, "rekentoets", "Noordzee"), (sem, "leestoets", "Zuidpool")):
        new = NewSharing("Bureau Leer", "steun", data, today, today, Road.SCHOOL, [pupil_id])
        start_sharing(school, new)
        record_asked(school, [pupil_id], ["website"], today)
        attach(school, pupil_id, f"{event}.png", a_picture(event), about=event)
        says(school, pupil_id, Choice.REFUSED)
        by_name = NewPublication(event, today, a_channel(school, named(event)), "", (), (pupil_id,))
        key = record_publication(school, by_name).about
        tick_off(school, key, pupil_id, f"weg {event}")
    with school.reading() as session:
        kept = about(session, noor)
    tables = {each.table for each in kept}
    assert {
        "sharing",
        "sharing_pupil",
        "asked_otherwise",
        "evidence",
        "publication",
        "publication_pupil",
        "take_down",
    } <= tables
    everything = " ".join(each.value for each in kept)
    assert "rekentoets" in everything and "Bureau Leer" in everything
    assert "leestoets" not in everything
    assert "Noordzee" in everything and "Zuidpool" not in everything and sem not in everything


def leaves(school: School, pupil_id: str, to: str) -> None:
    """A move with everything that is kept of one."""
    today = school.clock.today()
    with school.reading() as session:
        carers = [each.guardian.id for each in guardianships(session, [pupil_id])[pupil_id]]
    carer = carers[0]
    entry = MoveEntry(MoveKind.SO, ReceivingSchool(to, "98AB", "Dorp"), today)
    plan_move(school, pupil_id, entry)
    (move,) = [e.move for e in board(school).rows if e.child.pupil.id == pupil_id and e.move]
    make_report(school, move.id, today, {Category.SUPPORT: f"hulp van {to}"})
    record_inzage(school, move.id, carers, today, Proof.DATE, note=f"bij {to}")
    add_remark(school, move.id, carer, RemarkKind.CORRECTION, f"niet {to}", today)
    (remark,) = read_remarks(school, move.id)
    settle_remark(school, remark.remark.id, Outcome.DECLINED, today, f"wel {to}")
    attach_okr(school, move.id, f"{to}.png", a_picture(to), guardian_id=carer, about=f"brief {to}")
    record_exchange(school, pupil_id, NewExchange(f"Verband {to}", "toets", "advies", today))
    send_report(school, move.id, today, SentHow.PAPER)


def test_what_is_kept_of_a_move_is_reported(school: School) -> None:
    store(
        school,
        a_row("Aylin Kanarie", key="K-123", guardians=(a_guardian("Q. Kanarie"),)),
        a_row("Bram Meerkoet", key="M-456", guardians=(a_guardian("V. Meerkoet"),)),
    )
    for name, to in (("Aylin Kanarie", "Zilvermeeuw"), ("Bram Meerkoet", "Aalscholver")):
        leaves(school, pupils_of(school)[name].pupil.id, to)
    with school.reading() as session:
        kept = about(session, pupils_of(school)["Aylin Kanarie"].pupil.id)
    assert {each.name for each in OKR_TABLES} <= {each.table for each in kept}
    everything = " ".join(each.value for each in kept)
    for told in ("hulp van", "bij", "niet", "wel", "brief", "Verband"):
        assert f"{told} Zilvermeeuw" in everything
    assert "Aalscholver" not in everything


def test_every_column_of_a_reported_table_is_read(school: School) -> None:
    """Only the place of a box on a form says nothing about a person."""
    store(school, a_row("Aylin Kanarie", key="K-123", group="Groep 4", guardians=(a_guardian(),)))
    record_decisions(school)
    pupil_id = pupils_of(school)["Aylin Kanarie"].pupil.id
    leaves(school, pupil_id, "Zilvermeeuw")
    with school.reading() as session:
        told = {(each.table, each.column) for each in about(session, pupil_id)}
        for register in REGISTERS:
            for table in register.TABLES:
                for row in session.execute(sa.select(table)).mappings():
                    filled = {name for name, value in row.items() if value not in (None, "")}
                    lost = filled - {column for name, column in told if name == table.name}
                    assert lost <= {"geometry"}, (table.name, lost)
        assert session.execute(sa.select(import_run)).first()
