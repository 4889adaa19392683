"""Adding and changing by hand in a real encrypted school, and taking it back exactly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from schoolprivacy.consents.actions import NewDecision, record_decision
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.terms import Choice, Way
from schoolprivacy.people.carers import (
    SharedGuardian,
    add_guardian_to,
    change_guardian,
    change_guardianship,
    link_guardian,
    unlink_guardian,
)
from schoolprivacy.people.dossier import dossier, guardian_entry, reveal_secret
from schoolprivacy.people.editing import (
    add_pupil,
    change_pupil,
    mark_left,
    pupil_entry,
    similar_pupils,
)
from schoolprivacy.people.entries import GuardianEntry, PupilEntry
from schoolprivacy.people.profile import change_profile
from schoolprivacy.people.terms import Authority, AuthoritySource, Placement
from schoolprivacy.people.undoing import Undo, undo
from schoolprivacy.school import School
from tests.people.builders import (
    THIS_YEAR,
    Rows,
    a_guardian,
    a_row,
    at,
    carers_of,
    pupils_of,
    reached,
    rows_of,
    store,
)
from tests.vault.schools import NOW, refused

TODAY = NOW.date()
AMIR = PupilEntry("Amir", "", "Post", born_on=date(2019, 2, 3), year_level="2", group="1/2")
VERA = GuardianEntry(
    initials="V.",
    surname="Post",
    street="Dorpsstraat",
    house_number="1",
    postcode="1234 AB",
    place="Dorp",
    email="vera@gezin.example",
    phones=("+31612345678", "+31501234567"),
    relation="moeder",
    authority=Authority.YES,
)
PIETER = GuardianEntry(call_name="Pieter", surname="Post")


def content(school: School) -> Rows:
    return rows_of(school, "audit")


def added(school: School) -> tuple[str, str]:
    """Amir with his mother: the identifiers of both."""
    pupil_id = add_pupil(school, AMIR, [VERA]).about
    return pupil_id, carers_of(school, "Amir Post")[0].guardian.id


def decide(school: School, pupil_id: str, guardian_id: str) -> None:
    record_decision(
        school,
        NewDecision(
            pupil_id, "website", 1, Choice.GRANTED, TODAY, Way.DESK, guardian_id=guardian_id
        ),
    )


# — pupils —


def test_a_pupil_is_added_with_guardians_and_a_group(school: School) -> None:
    pupil_id = add_pupil(school, replace(AMIR, surname=" Post "), [VERA, PIETER]).about
    child = pupils_of(school)["Amir Post"]
    assert child.pupil.id == pupil_id
    assert child.placement == Placement(THIS_YEAR, "2", "1/2")
    assert pupil_entry(child) == AMIR
    mother, father = carers_of(school, "Amir Post")
    assert mother.guardian.phones == VERA.phones
    assert (mother.relation, mother.authority) == ("moeder", Authority.YES)
    assert mother.authority_source is AuthoritySource.OFFICE
    assert father.authority_source is AuthoritySource.NONE


def test_a_group_spelled_otherwise_is_the_same_group(school: School) -> None:
    add_pupil(school, AMIR)
    add_pupil(school, replace(AMIR, call_name="Bo", group="1-2"))
    add_pupil(school, replace(AMIR, call_name="Cas", group="vlinders"))
    assert sorted(row["name"] for row in rows_of(school)["school_group"]) == ["1/2", "vlinders"]


def test_a_pupil_changes_and_composed_groups_stay(school: School) -> None:
    store(school, a_row("Sanne de Boer", "1", other_groups=("plus", "koor")))
    child = pupils_of(school)["Sanne de Boer"]
    entry = replace(pupil_entry(child), call_name="Sanna", group="koor", left_on=date(2027, 7, 31))
    change_pupil(school, child.pupil.id, entry)
    now = pupils_of(school)["Sanna de Boer"]
    assert now.placement == Placement(THIS_YEAR, "3", "koor", ("plus",))
    assert now.pupil.left_on == date(2027, 7, 31)


def test_a_pupil_can_be_taken_out_of_a_group(school: School) -> None:
    pupil_id, _ = added(school)
    change_pupil(school, pupil_id, replace(AMIR, group="", year_level=""))
    assert pupils_of(school)["Amir Post"].placement == Placement(THIS_YEAR)


def test_the_trail_tells_the_fields_and_not_the_values(school: School) -> None:
    pupil_id, guardian_id = added(school)
    change_pupil(school, pupil_id, replace(AMIR, surname="Postma"))
    change_guardian(school, guardian_id, replace(VERA, email="", address_secret=True))
    trail = rows_of(school)["audit"]
    *_, of_pupil, of_guardian = sorted(trail, key=lambda row: int(row["seq"]))
    assert (of_pupil["about"], of_pupil["detail"]) == (pupil_id, '{"fields": ["surname"]}')
    assert of_guardian["detail"] == '{"fields": ["email", "address_secret"]}'
    assert not any(name in str(trail) for name in ("Post", "Dorpsstraat", "1234 AB", "vera@"))


def test_leavers_are_marked_together(school: School) -> None:
    ids = [add_pupil(school, replace(AMIR, call_name=name)).about for name in ("Amir", "Bo")]
    add_pupil(school, replace(AMIR, call_name="Cas"))
    mark_left(school, ids, date(2026, 10, 30))
    left = {name: each.pupil.has_left(TODAY) for name, each in pupils_of(school).items()}
    assert left == {"Amir Post": True, "Bo Post": True, "Cas Post": False}


@pytest.mark.parametrize(
    ("entry", "similar"),
    [
        (AMIR, ["Amir Post"]),
        (replace(AMIR, call_name="AMÍR ", surname="post"), ["Amir Post"]),
        (replace(AMIR, born_on=None), ["Amir Post"]),
        (replace(AMIR, born_on=date(2019, 2, 4)), []),
        (replace(AMIR, call_name="Amira"), []),
    ],
)
def test_who_looks_like_somebody_present_is_told(
    school: School, entry: PupilEntry, similar: list[str]
) -> None:
    pupil_id = add_pupil(school, AMIR).about
    mark_left(school, [pupil_id], date(2026, 9, 1))  # perhaps the child is back
    assert [each.pupil.id for each in similar_pupils(school, entry)] == [pupil_id] * len(similar)


# — guardians —


def test_a_brother_gets_the_same_guardian(school: School) -> None:
    amir, vera = added(school)
    bo = add_pupil(
        school, replace(AMIR, call_name="Bo"), [PIETER], [SharedGuardian(vera, "tante")]
    ).about
    mother, father = carers_of(school, "Bo Post")
    assert (mother.guardian.id, mother.relation, mother.authority) == (
        vera,
        "tante",
        Authority.UNKNOWN,
    )
    link_guardian(school, amir, SharedGuardian(father.guardian.id, "vader", Authority.YES))
    assert [each.relation for each in carers_of(school, "Amir Post")] == ["moeder", "vader"]
    again = SharedGuardian(vera)
    assert refused(link_guardian, school, bo, again) == "guardian.linked_already"


def test_a_guardian_changes_for_every_child(school: School) -> None:
    _, vera = added(school)
    add_pupil(school, replace(AMIR, call_name="Bo"), shared=[SharedGuardian(vera)])
    change_guardian(school, vera, replace(VERA, street="Havenkade", phones=("010-1234567",)))
    (mother,) = carers_of(school, "Bo Post")
    assert mother.guardian.street == "Havenkade"
    assert mother.guardian.phones == ("+31101234567",)


def test_the_office_notes_authority(school: School) -> None:
    amir, vera = added(school)
    change_guardianship(school, amir, vera, " moeder ", Authority.NO)
    (mother,) = carers_of(school, "Amir Post")
    assert (mother.relation, mother.authority) == ("moeder", Authority.NO)
    assert mother.authority_source is AuthoritySource.OFFICE


def test_where_only_the_relation_changes_the_source_stays(school: School) -> None:
    amir = add_pupil(school, AMIR, [PIETER]).about
    (father,) = carers_of(school, "Amir Post")
    change_guardianship(school, amir, father.guardian.id, "opa", Authority.UNKNOWN)
    (father,) = carers_of(school, "Amir Post")
    assert (father.relation, father.authority_source) == ("opa", AuthoritySource.NONE)


def test_an_unlinked_guardian_without_children_is_not_kept(school: School) -> None:
    mother = a_guardian("V. Post", key="v", **reached(1), **at("Dorpsstraat"))
    store(
        school,
        a_row("Amir Post", "1", guardians=(mother,)),
        a_row("Bo Post", "2", guardians=(mother,), born_on=date(2017, 1, 1)),
    )
    (link,) = carers_of(school, "Bo Post")
    pupils = pupils_of(school)
    unlink_guardian(school, pupils["Bo Post"].pupil.id, link.guardian.id)
    assert carers_of(school, "Amir Post") == [link]
    unlink_guardian(school, pupils["Amir Post"].pupil.id, link.guardian.id)
    rows = rows_of(school)
    for table in ("guardian", "guardian_phone", "guardian_alias", "guardianship"):
        assert not rows[table]


def test_who_decided_or_was_asked_stays(school: School) -> None:
    amir, vera = added(school)
    bo = add_pupil(school, replace(AMIR, call_name="Bo"), [PIETER]).about
    father = carers_of(school, "Bo Post")[0].guardian.id
    cas = add_pupil(school, replace(AMIR, call_name="Cas"), shared=[SharedGuardian(vera)]).about
    decide(school, amir, vera)
    print_forms(school, lambda _: None, pupil_ids=[bo])
    before = rows_of(school)
    assert refused(unlink_guardian, school, amir, vera) == "guardian.was_asked"
    assert refused(unlink_guardian, school, bo, father) == "guardian.was_asked"
    assert rows_of(school) == before
    unlink_guardian(school, cas, vera)  # decided nothing about Cas
    assert not carers_of(school, "Cas Post")


# — secrets —

HIDDEN = replace(VERA, address_secret=True, phone_secret=True)


def test_who_does_not_see_a_secret_keeps_it_as_it_is(school: School) -> None:
    amir = add_pupil(school, AMIR, [HIDDEN]).about
    (carer,) = dossier(school, amir).carers
    guardian_id = carer.link.guardian.id
    entry = guardian_entry(carer)
    assert (entry.street, entry.phones) == ("", ())
    change_guardian(school, guardian_id, replace(entry, email="nieuw@gezin.example"))
    kept = reveal_secret(school, guardian_id)
    assert (kept.street, kept.postcode, kept.phones) == ("Dorpsstraat", "1234 AB", VERA.phones)
    assert (kept.email, kept.address_secret) == ("nieuw@gezin.example", True)


@pytest.mark.parametrize("secret", ["address_secret", "phone_secret"])
def test_a_secret_is_lifted_only_by_who_saw_it(school: School, secret: str) -> None:
    amir = add_pupil(school, AMIR, [HIDDEN]).about
    (carer,) = dossier(school, amir).carers
    guardian_id = carer.link.guardian.id
    unseen = replace(guardian_entry(carer), **{secret: False})
    before = content(school)
    assert refused(change_guardian, school, guardian_id, unseen) == "edit.fields"
    assert content(school) == before
    seen = guardian_entry(carer, reveal_secret(school, guardian_id))
    assert seen == HIDDEN
    change_guardian(school, guardian_id, replace(seen, **{secret: False}))
    assert not getattr(carers_of(school, "Amir Post")[0].guardian, secret)


# — nothing that cannot be —


@pytest.mark.parametrize(
    "action",
    [
        lambda school, _, __: add_pupil(school, replace(AMIR, surname="")),
        lambda school, _, __: add_pupil(school, AMIR, [VERA, GuardianEntry()]),
        lambda school, amir, _: change_pupil(school, amir, replace(AMIR, born_on=date(2031, 1, 1))),
        lambda school, amir, _: add_guardian_to(school, amir, replace(VERA, phones=("7",))),
        lambda school, _, vera: change_guardian(school, vera, replace(VERA, email="x")),
    ],
)
def test_what_cannot_be_is_refused_with_nothing_stored(
    school: School, action: Callable[[School, str, str], Undo]
) -> None:
    amir, vera = added(school)
    before = rows_of(school)
    assert refused(action, school, amir, vera) == "edit.fields"
    assert rows_of(school) == before


def test_nobody_leaves_before_coming(school: School) -> None:
    came = add_pupil(school, replace(AMIR, came_on=TODAY)).about
    assert refused(mark_left, school, [came], date(2026, 11, 1)) == "edit.fields"
    assert pupils_of(school)["Amir Post"].pupil.left_on is None


# — taking it back —

_CHANGES: dict[str, Callable[[School, str, str], Undo]] = {
    "add_pupil": lambda school, _, vera: add_pupil(
        school, replace(AMIR, group="nieuw"), [PIETER], [SharedGuardian(vera)]
    ),
    "change_pupil": lambda school, amir, _: change_pupil(
        school, amir, replace(AMIR, prefix="van", group="nieuw")
    ),
    "mark_left": lambda school, amir, _: mark_left(school, [amir], TODAY),
    "add_guardian_to": lambda school, amir, _: add_guardian_to(school, amir, PIETER),
    "change_guardian": lambda school, _, vera: change_guardian(school, vera, PIETER),
    "change_guardianship": lambda school, amir, vera: change_guardianship(
        school, amir, vera, "", Authority.NO
    ),
    "unlink_guardian": unlink_guardian,
}


@pytest.mark.parametrize("name", _CHANGES)
def test_every_change_is_taken_back_exactly_and_once(school: School, name: str) -> None:
    amir, vera = added(school)
    before = content(school)
    change = _CHANGES[name](school, amir, vera)
    assert content(school) != before
    undo(school, change)
    assert content(school) == before
    assert refused(undo, school, change) == "edit.no_undo"
    assert content(school) == before


@pytest.mark.parametrize(
    "then",
    [
        lambda school, _, __: change_profile(school, phone="0101234567"),
        lambda school, _, vera: reveal_secret(school, vera),
        decide,
    ],
)
def test_it_is_not_taken_back_after_something_else(
    school: School, then: Callable[[School, str, str], object]
) -> None:
    amir, vera = added(school)
    change = change_pupil(school, amir, replace(AMIR, prefix="van"))
    then(school, amir, vera)
    before = rows_of(school)
    assert refused(undo, school, change) == "edit.no_undo"
    assert rows_of(school) == before


def test_what_takes_back_shows_nothing_of_people(school: School) -> None:
    pupil_id, guardian_id = added(school)
    change = change_guardian(school, guardian_id, replace(VERA, surname="Anders"))
    assert repr(change) == f"Undo(about={guardian_id!r})"
    assert pupil_id != guardian_id
