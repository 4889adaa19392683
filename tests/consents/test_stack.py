"""A stack of papers in a grid: all or nothing, and nobody's yes is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolprivacy.consents import records
from schoolprivacy.consents.actions import undo_decision
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.stack import (
    StackRow,
    StackSheet,
    enter_stack,
    stack,
    undo_stack,
)
from schoolprivacy.consents.terms import Answer, Way
from schoolprivacy.errors import RefusedError
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.families import MOTHER, Paper, a_child, asked, enrol
from tests.consents.stack_builders import (
    BEFORE,
    GROUP,
    TODAY,
    a_row,
    answers,
    lines,
    three_families,
    yes,
)
from tests.people.builders import differing, rows_of
from tests.vault.schools import refused


@pytest.fixture
def families(school: School) -> School:
    three_families(school)
    return school


# — the grid —


def test_the_grid_shows_forms_signers_and_answers(families: School) -> None:
    assert refused(stack, families, "Groep 9") == "group.unknown"
    assert not lines(families)["Kim"].forms
    printed = asked(families)
    sheet: StackSheet = stack(families, GROUP)
    assert [each.name for each in sheet.pupils] == ["Ali Test", "Bo Test", "Kim Test"]
    ali, bo, kim = sheet.pupils
    assert len(ali.forms) == len(kim.forms) == 1
    assert len(bo.forms) == 2
    assert {form for each in sheet.pupils for form in each.forms} == {e.form for e in printed}
    assert "website" in kim.on_forms
    assert [each.name for each in kim.signers] == ["Anna van der Sluis", "Bas Yıldız"]
    assert {each.form for each in kim.signers} == set(kim.forms)
    assert {each.form for each in bo.signers} == set(bo.forms)
    assert not ali.signers
    assert set(kim.answers) == {Answer.NO_ANSWER}


def test_a_stack_is_entered_together_on_the_form_of_each_signer(families: School) -> None:
    asked(families)
    before = rows_of(families, "audit")
    rows = [
        a_row(families, "Kim", yes=yes("website"), no=yes("press")),
        a_row(families, "Bo", 0, yes=yes("website", "press")),
        a_row(families, "Bo", 1, no=yes("press")),
        StackRow(lines(families)["Ali"].pupil_id),  # left blank
    ]
    done = enter_stack(families, rows)
    assert (done.papers, done.recorded) == (3, 5)
    assert answers(families, "Kim")["website"] is Answer.GRANTED
    assert answers(families, "Kim")["press"] is Answer.REFUSED
    assert answers(families, "Kim")["newsletter"] is Answer.NO_ANSWER
    assert answers(families, "Bo")["press"] is Answer.CONFLICT
    for each in rows_of(families)["decision"]:
        assert each["decided_on"] == BEFORE.isoformat()
        assert each["way"] == "paper_form"
        assert each["guardian_id"]
    forms_of = {(r["guardian_id"], r["form_id"]) for r in rows_of(families)["decision"]}
    bo = {each.id for each in lines(families)["Bo"].signers}
    assert len({form for guardian, form in forms_of if guardian in bo}) >= 2
    undo_stack(families, done)
    assert answers(families, "Kim")["website"] is Answer.NO_ANSWER
    assert differing(before, rows_of(families, "audit")) == {"decision"}
    assert all(each["invalidated_at"] for each in rows_of(families)["decision"])
    assert refused(undo_stack, families, done) == "form.undone_before"


def test_one_wrong_row_refuses_the_whole_and_names_the_child(families: School) -> None:
    asked(families)
    before = rows_of(families)
    good = a_row(families, "Kim", yes=yes("website"))
    for wrong in (
        a_row(families, "Bo", None, yes=yes("website")),
        a_row(families, "Bo", signed_on=None, yes=yes("website")),
        a_row(families, "Bo", None, no=yes("website")),  # which of the two forms?
        a_row(families, "Bo", yes=yes("website"), no=yes("website")),
        a_row(families, "Bo", yes=yes("facebook")),
        a_row(families, "Bo", signed_on=TODAY + timedelta(days=1), yes=yes("website")),
        a_row(families, "Bo", signer_id="iemand", yes=yes("website")),
    ):
        with pytest.raises(RefusedError, match="Bo Test") as error:
            enter_stack(families, [good, wrong])
        assert error.value.key == "stack.row"
        assert "niets opgeslagen" in str(error.value)
    assert refused(enter_stack, families, []) == "stack.nothing"
    assert rows_of(families) == before


def test_a_no_without_date_counts_on_the_only_form(families: School) -> None:
    asked(families)
    ali = StackRow(lines(families)["Ali"].pupil_id, no=yes("website"))
    enter_stack(families, [ali])
    assert answers(families, "Ali")["website"] is Answer.REFUSED


def test_without_a_form_only_when_told_how_it_came_in(families: School) -> None:
    row = a_row(families, "Kim", yes=yes("website"), no=yes("press"))
    before = rows_of(families)
    with pytest.raises(RefusedError, match="formulier"):
        enter_stack(families, [row])
    nobody = a_row(families, "Kim", None, no=yes("press"))
    with pytest.raises(RefusedError, match="Kim Test: Kies wie"):
        enter_stack(families, [nobody], without_form=Way.DESK)
    assert rows_of(families) == before
    done = enter_stack(families, [row], without_form=Way.PAPER_FORM)
    assert answers(families, "Kim")["website"] is Answer.GRANTED
    undo_stack(families, done)
    assert answers(families, "Kim")["website"] is Answer.NOT_ASKED
    enter_stack(families, [row], without_form=Way.DESK)  # a declaration counts on paper only
    assert answers(families, "Kim")["website"] is Answer.NO_ANSWER
    assert answers(families, "Kim")["press"] is Answer.REFUSED


def test_an_old_paper_does_not_cover_a_wider_use(families: School) -> None:
    table = records.wording
    with families.transaction() as session:
        query = sa.select(table).where(table.c.purpose == "website")
        old = dict(session.execute(query).mappings().one())
        wider = old | {"version": 2, "since": TODAY.isoformat(), "widens": True}
        session.execute(sa.insert(table).values(**wider))
        session.audit("test")
    row = a_row(families, "Kim", yes=yes("website"))
    enter_stack(families, [row], without_form=Way.PAPER_FORM)
    assert answers(families, "Kim")["website"] is Answer.EXPIRED


def test_from_sixteen_the_pupil_signs(school: School) -> None:
    enrol(school, a_child("Kim", MOTHER))
    with school.transaction() as session:
        session.execute(sa.text("UPDATE pupil SET born_on='2010-01-01'"))
        session.audit("test")
    print_forms(school, Paper())
    kim = lines(school)["Kim"]
    assert (kim.signers[0].id, kim.signers[0].authority) == (kim.pupil_id, None)
    row = a_row(school, "Kim", yes=yes("website"))
    enter_stack(school, [row], without_form=Way.PAPER_FORM)
    assert answers(school, "Kim")["website"] is Answer.GRANTED
    young = replace(row, signed_on=date(2025, 12, 31))
    with pytest.raises(RefusedError, match="ouders"):
        enter_stack(school, [young], without_form=Way.PAPER_FORM)


def test_what_was_changed_since_is_not_undone(families: School) -> None:
    asked(families)
    done = enter_stack(families, [a_row(families, "Kim", yes=yes("website"))])
    (decision,) = rows_of(families)["decision"]
    undo_decision(families, decision["id"])
    before = rows_of(families)
    assert refused(undo_stack, families, done) == "form.changed_since"
    assert rows_of(families) == before


def test_one_line_for_the_stack_beside_those_of_its_forms(families: School) -> None:
    asked(families)
    enter_stack(families, [a_row(families, "Kim", yes=yes("website"))])
    *_, form, whole = sorted(rows_of(families)["audit"], key=lambda row: int(row["seq"]))
    assert [form["action"], whole["action"]] == ["form.entered", "stack.entered"]
    assert "Kim" not in whole["detail"] and "Test" not in whole["detail"]


CODES = st.frozensets(st.sampled_from(["website", "press", "newsletter"]), max_size=2)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Kim", "Bo", "Ali"]),
        st.sampled_from([None, 0, 1]),
        st.sampled_from([None, BEFORE, TODAY]),
        CODES,
        CODES,
    ),
    max_size=3,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ROWS, st.sampled_from([None, Way.DESK, Way.PAPER_FORM]), st.booleans())
def test_no_yes_is_ever_stored_without_a_signer_and_the_date_on_the_paper(
    families: School,
    told: list[tuple[str, int | None, date | None, frozenset[str], frozenset[str]]],
    way: Way | None,
    with_forms: bool,
) -> None:
    if with_forms:
        asked(families)
    there = lines(families)
    rows = []
    for child, signer, on, said_yes, said_no in told:
        people = there[child].signers
        who = people[signer].id if signer is not None and signer < len(people) else None
        rows.append(
            StackRow(there[child].pupil_id, who, on, Authority.YES, said_yes, said_no - said_yes)
        )
    before = rows_of(families)
    granted_before = {e["id"] for e in before["decision"] if e["choice"] == "granted"}
    try:
        enter_stack(families, rows, without_form=way)
    except RefusedError:
        assert rows_of(families) == before
    else:
        assert all(each.signer_id and each.signed_on for each in rows if each.yes)
    meant = {
        (each.pupil_id, code, each.signer_id, each.signed_on.isoformat())
        for each in rows
        for code in each.yes
        if each.signer_id and each.signed_on
    }
    for each in rows_of(families)["decision"]:
        if each["choice"] == "granted" and each["id"] not in granted_before:
            key = (each["pupil_id"], each["purpose"], each["guardian_id"], each["decided_on"])
            assert key in meant
