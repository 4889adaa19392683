"""Who usually gets data, put on record in one go."""

from __future__ import annotations

from dataclasses import replace

from schoolprivacy.access.terms import Role
from schoolprivacy.people.undoing import undo
from schoolprivacy.school import School, StaffMember
from schoolprivacy.suppliers.recipients import add_recipient, add_recipients, recipients
from schoolprivacy.suppliers.usual import usual_recipients
from tests.vault.schools import refused


def test_several_come_on_record_at_once_and_are_taken_back_at_once(school: School) -> None:
    chosen = usual_recipients()[:3]
    change = add_recipients(school, chosen)
    assert {each.name for each in recipients(school)} == {each.name for each in chosen}
    undo(school, change)
    assert recipients(school) == []


def test_all_of_them_or_none(school: School) -> None:
    first, second = usual_recipients()[:2]
    add_recipient(school, replace(second, name=second.name.upper()))
    before = recipients(school)
    assert refused(add_recipients, school, (first, second)) == "supplier.recipient_twin"
    assert refused(add_recipients, school, (first, first)) == "supplier.recipient_twin"
    assert recipients(school) == before


def test_somebody_must_be_chosen_by_who_may(school: School) -> None:
    assert refused(add_recipients, school, ()) == "supplier.none_chosen"
    school.who = StaffMember(school.who.id, school.who.name, Role.ADMINISTRATION)
    assert refused(add_recipients, school, usual_recipients()[:1]) == "role_may_not.suppliers"
