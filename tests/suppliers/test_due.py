"""What the overview and the planner say of suppliers, and who may know."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from schoolprivacy.access.terms import Role
from schoolprivacy.duties import DueKind
from schoolprivacy.errors import RefusedError
from schoolprivacy.overview.due import due as overview_due
from schoolprivacy.school import School, StaffMember
from schoolprivacy.schoolyear import SchoolYear
from schoolprivacy.suppliers import printing, register
from schoolprivacy.suppliers.agreements import end_agreement
from schoolprivacy.suppliers.board import board, counts
from schoolprivacy.suppliers.recipients import recipients
from schoolprivacy.suppliers.telling import parents_list, publications, unread
from schoolprivacy.suppliers.terms import Dpia, WishEntry
from schoolprivacy.suppliers.wishes import ask_for_app, wishes
from tests.suppliers.builders import TODAY, a_product, agree, in_order, row

DAY = timedelta(days=1)


def due(school: School) -> dict[DueKind, int]:
    with school.reading() as session:
        return {each.kind: each.count for each in register.due(session) if each.count}


def test_nothing_is_due_of_what_is_in_order(school: School) -> None:
    in_order(school)
    assert due(school) == {}


def test_each_state_is_counted_once(school: School) -> None:
    in_order(school, "Goed")
    a_product(school, "Zonder")
    ended = in_order(school, "Gestopt")
    agreement = row(school, ended).agreement
    assert agreement is not None
    end_agreement(school, agreement.id, TODAY - DAY, "weg")
    in_order(school, "Gevoelig", dpia=Dpia.NEEDED)
    in_order(school, "Half", basics={})
    soon = a_product(school, "Bijna")
    agree(school, soon, ends_on=TODAY + 30 * DAY)
    ask_for_app(school, WishEntry("Juf", TODAY, "App", "spelen"))
    found = due(school)
    assert found[DueKind.SUPPLIERS_NOT_IN_ORDER] == 2  # without, and without its sheets
    assert found[DueKind.SUPPLIERS_DELETION] == 1
    assert found[DueKind.SUPPLIERS_LATE] == 1
    assert found[DueKind.SUPPLIERS_INCOMPLETE] == 1
    assert found[DueKind.APP_WISHES] == 1


def test_an_end_or_a_review_is_told_in_time(school: School) -> None:
    one = in_order(school)
    agreement = row(school, one).agreement
    review = row(school, one).review_due_on
    assert agreement is not None and review is not None
    school.clock.moment += review - TODAY - 31 * DAY  # type: ignore[attr-defined]
    assert due(school) == {}
    school.clock.moment += DAY  # type: ignore[attr-defined]
    assert due(school) == {DueKind.SUPPLIERS_COMING: 1}
    school.clock.moment += 31 * DAY  # type: ignore[attr-defined]
    assert due(school) == {DueKind.SUPPLIERS_LATE: 1}


def test_the_planner_names_no_supplier(school: School) -> None:
    agree(school, a_product(school), ends_on=TODAY + 100 * DAY)
    year = SchoolYear.of(TODAY)
    with school.reading() as session:
        moments = register.moments(session, year)
    assert len(moments) == 2  # its end, and its review
    assert all(year.first_day <= each.first <= year.last_day for each in moments)
    assert not any("Rekenaar" in each.title or "Cijferwerk" in each.title for each in moments)


def test_it_stands_on_the_overview(school: School) -> None:
    a_product(school)
    kinds = {each.kind for each in overview_due(school)}
    assert {DueKind.SUPPLIERS_NOT_IN_ORDER, DueKind.SUPPLIERS_UNREAD} <= kinds


@pytest.mark.parametrize("role", [Role.ADMINISTRATION, Role.TEACHER, Role.COUNSELLOR])
def test_who_may_not_sees_nothing_and_nothing_breaks(school: School, role: Role) -> None:
    one = a_product(school)
    school.who = StaffMember(school.who.id, "Iemand", role)
    assert due(school) == {}
    assert not any(each.kind.startswith("suppliers") for each in overview_due(school))
    reads: list[Callable[[], object]] = [
        lambda: board(school),
        lambda: counts(school),
        lambda: parents_list(school),
        lambda: unread(school),
        lambda: publications(school),
        lambda: recipients(school),
        lambda: wishes(school),
        lambda: printing.sample_parents_list(school),
        lambda: printing.sample_board(school),
        lambda: printing.sample_request(school, one),
        lambda: printing.sample_wish_form(school),
    ]
    for read in reads:
        with pytest.raises(RefusedError) as told:
            read()
        assert told.value.key == "role_may_not.suppliers"


def test_the_privacy_officer_may(school: School) -> None:
    a_product(school)
    school.who = StaffMember(school.who.id, "FG", Role.DPO)
    assert due(school)[DueKind.SUPPLIERS_NOT_IN_ORDER] == 1
