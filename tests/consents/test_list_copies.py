"""The register of copies: who has a list, and which must be destroyed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import purposes
from schoolprivacy.consents.contacts import copies as list_copies
from schoolprivacy.consents.contacts.copies import (
    ListKind,
    copies,
    copies_to_destroy,
    mark_destroyed,
    undo_destroyed,
)
from schoolprivacy.consents.contacts.printing import print_contact_list, print_phone_tree
from schoolprivacy.consents.terms import Choice
from schoolprivacy.people.records import guardian, guardian_phone, pupil
from schoolprivacy.school import School
from tests.consents.contact_builders import (
    ADDRESS,
    E_MAIL,
    EVERYTHING,
    PHONE,
    YEAR,
    ids_of,
    keep_secret,
    say,
    say_all,
)
from tests.consents.families import APART, FATHER, MOTHER, a_child, audit_lines, enrol
from tests.vault.schools import refused

LATER = datetime(2026, 11, 9, 9, tzinfo=UTC)


@pytest.fixture
def printed(school: School, clock: SetClock) -> School:
    """Lists 1 and 2, and the telephone tree as copy 3, a week ago."""
    enrol(school, a_child("Noor", MOTHER, APART), a_child("Sem", replace(FATHER, call_name="Dirk")))
    say_all(school)
    print_contact_list(school, deliver, group="Groep 5", for_whom=["Familie Test", "Juf"])
    print_phone_tree(school, deliver, group="Groep 5", for_whom=["Juf"])
    clock.moment = LATER
    return school


def deliver(_: bytes) -> None:
    """The paper is not looked at here."""


def outdated(school: School) -> set[int]:
    return {each.number for each in copies(school) if each.is_outdated}


def to_destroy(school: School) -> set[int]:
    with school.reading() as session:
        return {each.number for each in copies_to_destroy(session)}


def test_every_copy_is_known_newest_first(printed: School) -> None:
    tree, second, first = copies(printed)
    assert (first.number, first.kind, first.group) == (1, ListKind.CONTACT_LIST, "Groep 5")
    assert (first.for_whom, second.for_whom) == ("Familie Test", "Juf")
    assert tree.kind is ListKind.PHONE_TREE and tree.number == 3
    assert first.printed_on == date(2026, 11, 2) and first.printed_by == "Directie"
    assert first.destroy_by == date(2027, 7, 31) and first.school_year == YEAR
    assert first.destroyed_on is None and not first.is_past and not first.is_outdated


def test_nothing_on_it_can_be_read_in_the_register(printed: School) -> None:
    with printed.reading() as session:
        rows = session.execute(sa.select(list_copies.list_pupil)).all()
    held = " ".join(row.held for row in rows)
    assert len(rows) == 4  # two printings of two children
    for text in (
        "Noor",
        "Anna",
        "Sluis",
        "Lindelaan",
        "lindelaan",
        "1234",
        "+316",
        "12345671",
        "@",
    ):
        assert text not in held


def test_copies_printed_apart_have_other_marks(printed: School) -> None:
    with printed.reading() as session:
        rows = session.execute(sa.select(list_copies.list_pupil)).all()
    marks: dict[int, set[str]] = {}
    for row in rows:
        found = {part for part in row.held.split('"') if part.startswith("#")}
        marks[row.first] = marks.get(row.first, set()) | found
    assert marks[1] and marks[3] and not marks[1] & marks[3]


# — which hold too much —


@pytest.mark.parametrize("choice", [Choice.REFUSED, Choice.WITHDRAWN])
@pytest.mark.parametrize("code", EVERYTHING)
def test_a_no_makes_the_copies_outdated_on_which_it_stands(
    printed: School, code: str, choice: Choice
) -> None:
    say(printed, "Noor", "Anna", code, choice=choice)
    on_the_tree = code in ("contact-child-name", "contact-guardian-name", PHONE)
    assert outdated(printed) == to_destroy(printed) == ({1, 2, 3} if on_the_tree else {1, 2})


def test_what_is_added_or_not_on_it_changes_nothing(printed: School) -> None:
    say(printed, "Noor", "Anna", "website", choice=Choice.REFUSED)
    enrol(
        printed,
        a_child("Noor", MOTHER, APART),
        a_child("Sem", replace(FATHER, call_name="Dirk")),
        a_child("Can", replace(MOTHER, call_name="Cem", street="Kade", phones=(), email="")),
    )
    say(printed, "Can", "Cem", *EVERYTHING)
    keep_secret(printed, "Cem", phone_secret=True)
    assert outdated(printed) == set()


@pytest.mark.parametrize(
    ("secret", "expected"), [("address_secret", {1, 2}), ("phone_secret", {1, 2, 3})]
)
def test_a_secret_makes_them_outdated(printed: School, secret: str, expected: set[int]) -> None:
    keep_secret(printed, "Bas", **{secret: True})
    assert outdated(printed) == expected


def test_a_secret_at_an_address_where_somebody_lived_then(printed: School) -> None:
    """Bas moved and still wants to be on the list; who stayed keeps the address secret."""
    keep_secret(printed, "Bas", street="Brink", house_number="2", postcode="9999 ZZ")
    assert outdated(printed) == set()
    keep_secret(printed, "Dirk", street="Havenkade", house_number="9", postcode="4321 ZX")
    keep_secret(printed, "Dirk", address_secret=True)
    assert outdated(printed) == {1, 2}


def test_a_number_that_was_replaced_and_is_secret_now(printed: School) -> None:
    ids = ids_of(printed)
    with printed.transaction() as session:
        number = guardian_phone.c.number
        session.execute(
            guardian_phone.update()
            .where(guardian_phone.c.guardian_id == ids["Anna"], number == "+31612345671")
            .values(number="+31687654321")
        )
        session.audit("test.number")
    assert outdated(printed) == set()
    with printed.transaction() as session:
        session.execute(
            guardian_phone.insert().values(
                guardian_id=ids["Dirk"], position=7, number="+31612345671"
            )
        )
        session.execute(
            guardian.update().where(guardian.c.id == ids["Dirk"]).values(phone_secret=True)
        )
        session.audit("test.secret")
    assert outdated(printed) == {1, 2, 3}


def test_an_item_that_is_switched_off_or_outgrown(printed: School) -> None:
    purposes.switch_purpose(printed, ADDRESS, on=False)
    assert outdated(printed) == {1, 2}
    purposes.switch_purpose(printed, ADDRESS, on=True)
    assert outdated(printed) == set()
    purposes.reword_purpose(printed, E_MAIL, widens=True, audience="alle gezinnen van de school")
    assert outdated(printed) == {1, 2}


def test_a_child_who_left(printed: School) -> None:
    with printed.transaction() as session:
        of = pupil.c.id == ids_of(printed)["Sem"]
        session.execute(pupil.update().where(of).values(left_on="2026-11-05"))
        session.audit("test.left")
    assert outdated(printed) == {1, 2, 3}


def test_a_new_copy_after_it_is_not_outdated(printed: School) -> None:
    say(printed, "Noor", "Anna", PHONE, choice=Choice.WITHDRAWN)
    print_contact_list(printed, deliver, group="Groep 5", for_whom=["Juf"])
    assert outdated(printed) == {1, 2, 3}


# — destroyed —


def test_after_the_school_year_all_must_go(printed: School, clock: SetClock) -> None:
    clock.moment = datetime(2027, 7, 31, 9, tzinfo=UTC)
    assert to_destroy(printed) == set()
    clock.moment = datetime(2027, 8, 1, 9, tzinfo=UTC)
    assert to_destroy(printed) == {1, 2, 3}
    assert all(each.is_past and not each.is_outdated for each in copies(printed))


def test_what_is_destroyed_is_no_task_and_can_be_taken_back(printed: School) -> None:
    say(printed, "Noor", "Anna", PHONE, choice=Choice.WITHDRAWN)
    before = audit_lines(printed)
    mark_destroyed(printed, [1, 3])
    assert audit_lines(printed) == before + 1
    assert to_destroy(printed) == outdated(printed) == {2}
    assert copies(printed)[2].destroyed_on == date(2026, 11, 9)
    undo_destroyed(printed, [3])
    assert to_destroy(printed) == {2, 3}


@pytest.mark.parametrize("numbers", [[], [9], [1, 9]])
def test_only_copies_that_are_there(printed: School, numbers: list[int]) -> None:
    before = audit_lines(printed)
    assert refused(mark_destroyed, printed, numbers) == "list_copy.not_there"
    assert refused(undo_destroyed, printed, numbers) == "list_copy.not_there"
    mark_destroyed(printed, [2])
    assert refused(mark_destroyed, printed, [1, 2]) == "list_copy.not_there"
    assert refused(undo_destroyed, printed, [1]) == "list_copy.not_there"
    assert audit_lines(printed) == before + 1
    assert [each.number for each in copies(printed) if each.destroyed_on] == [2]


def test_numbers_go_on_after_destroying(printed: School) -> None:
    mark_destroyed(printed, [1, 2, 3])
    done = print_contact_list(printed, deliver, group="Groep 5", for_whom=["Juf"])
    assert done.numbers == (4,)
