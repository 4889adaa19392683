"""What is exchanged with a samenwerkingsverband, and the scans that prove inzage."""

from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import timedelta

import pytest

from schoolprivacy.access.terms import Role
from schoolprivacy.okr.actions import send_report
from schoolprivacy.okr.evidence import attach, evidence, read_evidence, remove_evidence
from schoolprivacy.okr.exchanges import (
    Exchange,
    NewExchange,
    exchanges,
    record_exchange,
    remove_exchange,
)
from schoolprivacy.okr.inzage import record_inzage
from schoolprivacy.okr.terms import Proof, SentHow
from schoolprivacy.people.undoing import undo
from schoolprivacy.school import School, StaffMember
from tests.consents.families import MOTHER, audit_lines
from tests.okr.builders import (
    ANNA,
    SEEN,
    TODAY,
    a_leaver,
    group_eight,
    guardian,
    reported,
    two_parents,
)
from tests.test_registers import a_picture
from tests.vault.schools import refused

ASKED = NewExchange("Samenwerkingsverband Voorbeeldstreek", "leestoetsen", "advies", SEEN)


def test_an_exchange_is_of_one_child_and_says_what_why_and_when(school: School) -> None:
    noor = two_parents(school)
    assert "pupil_id" in inspect.signature(record_exchange).parameters, "one, never a list"
    done = record_exchange(school, noor, ASKED)
    (kept,) = exchanges(school, noor)
    assert isinstance(kept, Exchange)
    assert (kept.party, kept.what, kept.why) == (ASKED.party, "leestoetsen", "advies")
    assert (kept.on, kept.by) == (SEEN, "Directie")
    undo(school, done)
    assert exchanges(school, noor) == []


def test_an_exchange_with_the_wrong_child_is_taken_away(school: School) -> None:
    noor = two_parents(school)
    record_exchange(school, noor, ASKED)
    (kept,) = exchanges(school, noor)
    removed = remove_exchange(school, kept.id)
    assert exchanges(school, noor) == []
    assert refused(remove_exchange, school, kept.id) == "okr.unknown"
    undo(school, removed)
    assert exchanges(school, noor) == [kept]


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"party": " "}, "okr.exchange_empty"),
        ({"what": ""}, "okr.exchange_empty"),
        ({"why": ""}, "okr.exchange_empty"),
        ({"what": "bsn 111222333"}, "okr.bsn"),
        ({"why": "x" * 201}, "okr.long"),
        ({"on": TODAY + timedelta(days=1)}, "okr.future"),
    ],
)
def test_what_is_not_complete_or_holds_a_bsn_is_refused(
    school: School, changed: dict[str, object], key: str
) -> None:
    noor = two_parents(school)
    new = replace(ASKED, **changed)  # type: ignore[arg-type]
    assert refused(record_exchange, school, noor, new) == key
    assert exchanges(school, noor) == []


def test_of_an_unknown_child_nothing_is_exchanged(school: School) -> None:
    assert refused(record_exchange, school, "nobody", ASKED) == "pupil.unknown"


def test_a_scan_stays_with_the_move_and_looking_is_written_down(school: School) -> None:
    noor = group_eight(school, a_leaver("Noor", MOTHER))["Noor"]
    move, anna = reported(school, noor), guardian(school, noor, ANNA)
    first = attach(school, move, "/home/iemand/brief.png", a_picture("a"), guardian_id=anna)
    (kept,) = evidence(school, move)
    assert (kept.name, kept.guardian_id, kept.added_by) == ("brief.png", anna, "Directie")
    assert refused(attach, school, move, "b.png", a_picture("a")) == "evidence.twice"
    assert refused(attach, school, move, "b.png", b"geen plaatje") == "attachment.kind"
    other = {"guardian_id": "nobody"}
    assert refused(attach, school, move, "b.png", a_picture("b"), **other) == "guardian.unknown"
    lines = audit_lines(school)
    assert read_evidence(school, first).content.startswith(b"\x89PNG")
    assert audit_lines(school) == lines + 1
    undo(school, remove_evidence(school, first))
    assert [each.id for each in evidence(school, move)] == [first]
    record_inzage(school, move, [anna], SEEN, Proof.LETTER)
    send_report(school, move, TODAY, SentHow.OSO)
    assert refused(remove_evidence, school, first) == "okr.sent_before"
    later = attach(school, move, "later.png", a_picture("c"))
    assert refused(remove_evidence, school, later) == "okr.sent_before"
    assert refused(remove_evidence, school, "none") == "evidence.unknown"


def test_only_who_manages_looks_at_them(school: School) -> None:
    noor = two_parents(school)
    move = reported(school, noor)
    school.who = StaffMember(school.who.id, "Iemand", Role.ADMINISTRATION)
    for act in (
        lambda: exchanges(school, noor),
        lambda: record_exchange(school, noor, ASKED),
        lambda: evidence(school, move),
        lambda: attach(school, move, "a.png", a_picture("a")),
    ):
        assert refused(act) == "role_may_not.okr"
