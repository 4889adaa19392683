"""What a file would change, and what it never may, in a real encrypted school."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.answering import FormAnswers, enter_form
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.errors import ImportFileError, RefusedError
from schoolprivacy.exchange.roster import Roster, RosterGuardian, RosterPupil
from schoolprivacy.people import importing
from schoolprivacy.people.difference import NEW, Difference, Kind
from schoolprivacy.people.records import current_year, pupils_on_roll
from schoolprivacy.people.terms import Authority, AuthoritySource
from schoolprivacy.school import School
from tests.people.builders import (
    MADE,
    NEXT_YEAR,
    THIS_YEAR,
    a_guardian,
    a_roster,
    a_row,
    a_spreadsheet,
    at,
    carers_of,
    changes_of,
    doubts_of,
    kinds_of,
    names_of,
    numbered,
    pupils_of,
    reached,
    rows_of,
    store,
)
from tests.vault.schools import NOW

LATER = MADE + timedelta(days=7)
PAST, FUTURE = date(2026, 9, 30), date(2027, 1, 31)
NOOR = a_row("Noor Smit", "2", born_on=date(2017, 1, 2))
TESS = a_row("Tess Post", "3", born_on=date(2016, 7, 8))
SANNE = a_row("Sanne de Boer", "1")


def seen(school: School, *rosters: Roster, whole_school: bool = False) -> Difference:
    """The difference of the last of these files, if they were all stored."""
    return importing.preview(school, rosters, whole_school=whole_school)[-1]


def of(school: School, *pupils: RosterPupil, **more: Any) -> Difference:
    return seen(school, a_roster(*pupils, **{"made_at": LATER, **more}))


# — pupils —


def test_a_first_file_is_all_new(school: School) -> None:
    found = of(school, SANNE, NOOR)
    assert kinds_of(found) == {"Sanne de Boer": {"new"}, "Noor Smit": {"new"}}
    assert found.new_groups == ("3",)
    assert not changes_of(found)


def test_changed_tells_the_fields_with_old_and_new(school: School) -> None:
    store(school, SANNE)
    row = replace(SANNE, call_name="Sanna", given_names="Susanna Maria", came_on=PAST)
    found = of(school, row)
    assert kinds_of(found) == {"Sanna de Boer": {"changed"}}
    assert changes_of(found) == {
        ("call_name", "Sanne", "Sanna"),
        ("given_names", "", "Susanna Maria"),
        ("came_on", "", "2026-09-30"),
    }


def test_another_group_is_a_move(school: School) -> None:
    store(school, SANNE)
    found = of(school, replace(SANNE, group="4", year_level="4"))
    assert kinds_of(found) == {"Sanne de Boer": {"moved"}}
    assert changes_of(found) == {("group", "3", "4"), ("year_level", "3", "4")}


def test_a_combination_group_comes_beside_the_own_group(school: School) -> None:
    store(school, SANNE)
    row = replace(SANNE, other_groups=("Plusklas", "3/4", "Plusklas", "3"))
    found = of(school, row)
    assert changes_of(found) == {("other_groups", "", "3/4, Plusklas")}
    assert found.new_groups == ("Plusklas", "3/4")
    assert seen(school, a_roster(row, made_at=LATER), a_roster(row, made_at=LATER)).is_empty


def test_a_past_leaving_date_makes_a_leaver_a_future_one_does_not(school: School) -> None:
    store(school, SANNE, NOOR)
    found = of(school, replace(SANNE, left_on=PAST), replace(NOOR, left_on=FUTURE))
    assert kinds_of(found) == {"Sanne de Boer": {"left"}, "Noor Smit": {"changed"}}
    assert ("left_on", "", "2026-09-30") in changes_of(found)


def test_the_last_day_at_school_is_no_leaver_yet(school: School) -> None:
    store(school, SANNE)
    assert not of(school, replace(SANNE, left_on=NOW.date())).of_kind(Kind.LEFT)


def test_a_leaver_the_school_does_not_know_is_not_taken_over(school: School) -> None:
    gone = replace(SANNE, left_on=PAST)
    found = store(school, gone, replace(NOOR, left_on=NOW.date()))
    assert names_of(found, Kind.NEW) == ["Noor Smit"]
    assert found.strangers_gone == (gone,)
    assert list(pupils_of(school)) == ["Noor Smit"]


@pytest.mark.parametrize("planned", [None, FUTURE])
def test_a_returner_is_the_same_pupil(school: School, planned: date | None) -> None:
    store(school, SANNE)
    store(school, replace(SANNE, left_on=PAST))
    before = pupils_of(school)["Sanne de Boer"].pupil.id
    back = replace(SANNE, left_on=planned)
    store(school, back, made_at=LATER)
    there = pupils_of(school)["Sanne de Boer"].pupil
    assert (there.id, there.left_on) == (before, planned)


def test_a_returner_with_a_new_key_is_found_by_name(school: School) -> None:
    store(school, SANNE)
    store(school, replace(SANNE, left_on=PAST))
    assert kinds_of(of(school, replace(SANNE, key="88"))) == {"Sanne de Boer": {"returned"}}


def test_a_list_without_groups_brings_nobody_back(school: School) -> None:
    """A list of parents names the leavers of years ago, too."""
    store(school, SANNE)
    store(school, replace(SANNE, left_on=PAST))
    row = replace(SANNE, group=None, year_level="")
    assert of(school, row).is_empty


def test_a_file_of_before_the_leaving_brings_nobody_back(school: School) -> None:
    store(school, SANNE)
    store(school, replace(SANNE, left_on=PAST))
    assert of(school, SANNE, source="other", made_at=MADE.replace(month=9)).is_empty


@pytest.mark.parametrize("field", ["given_names", "born_on", "group", "year_level", "came_on"])
def test_an_empty_value_never_overwrites(school: School, field: str) -> None:
    full = replace(SANNE, given_names="Susanna", came_on=PAST, other_groups=("Plus",))
    store(school, full)
    empty = replace(full, **{field: None if field in ("born_on", "group", "came_on") else ""})
    assert of(school, empty).is_empty
    assert of(school, replace(full, other_groups=())).is_empty


@pytest.mark.parametrize(
    ("row", "prefix", "surname"),
    [
        (a_row(key="1", prefix="", surname="van der Berg"), "van der", "Berg"),
        (a_row(key="1", prefix="", surname="Berg"), "van der", "Berg"),  # no column for it
        (a_row(key="1", prefix="", surname=""), "van der", "Berg"),
        (a_row(key="1", prefix="v.d.", surname="Berg"), "v.d.", "Berg"),
        (a_row(key="1", prefix="", surname="Jansen"), "", "Jansen"),  # never "van der Jansen"
    ],
)
def test_prefix_and_surname_go_as_one(
    school: School, row: RosterPupil, prefix: str, surname: str
) -> None:
    store(school, a_row("Sanne van der Berg", "1"))
    store(school, row, made_at=LATER)
    (placed,) = pupils_of(school).values()
    assert (placed.pupil.prefix, placed.pupil.surname) == (prefix, surname)
    assert of(school, row).is_empty


def test_a_prefix_written_into_the_surname_can_be_mended(school: School) -> None:
    store(school, a_row(key="1", prefix="", surname="van der Berg"))
    found = of(school, a_row("Sanne van der Berg", "1"))
    assert changes_of(found) == {("prefix", "", "van der"), ("surname", "van der Berg", "Berg")}


# — questions —


def test_what_is_a_question_is_not_stored(school: School) -> None:
    store(school, SANNE, NOOR)
    before = rows_of(school, "audit", "import_run")
    swapped = replace(SANNE, key="2"), replace(NOOR, key="1")
    found = store(school, *swapped, made_at=LATER)
    assert doubts_of(found) == ["key_of_other", "key_of_other"]
    assert found.is_empty
    assert rows_of(school, "audit", "import_run") == before


def test_an_answer_gives_the_key_to_another_pupil_for_good(school: School) -> None:
    store(school, SANNE, NOOR)
    ids = {name: each.pupil.id for name, each in pupils_of(school).items()}
    swapped = a_roster(replace(SANNE, key="2", line=1), replace(NOOR, key="1", line=2))
    answers = {1: ids["Sanne de Boer"], 2: ids["Noor Smit"]}
    (found,) = importing.apply(school, [swapped], answers=[answers])
    assert found.is_empty and not found.questions
    assert not seen(school, swapped).questions
    assert {name: each.pupil.id for name, each in pupils_of(school).items()} == ids


def test_an_answer_new_makes_a_new_pupil(school: School) -> None:
    store(school, SANNE)
    namesake = a_roster(replace(SANNE, key=None, born_on=None, line=7))
    assert doubts_of(seen(school, namesake)) == ["alike"]
    (found,) = importing.apply(school, [namesake], answers=[{7: NEW}])
    assert names_of(found, Kind.NEW) == ["Sanne de Boer"]


def test_an_answer_never_gives_one_pupil_to_two_rows(school: School) -> None:
    store(school, SANNE)
    there = pupils_of(school)["Sanne de Boer"].pupil.id
    alike = a_roster(a_row("Sanna de Boer", line=8), a_row("Sanne d Boer", line=9))
    assert doubts_of(seen(school, alike)) == ["alike", "alike"]
    (found,) = importing.apply(school, [alike], answers=[{8: there, 9: there}])
    assert names_of(found, Kind.CHANGED) == ["Sanna de Boer"]
    assert doubts_of(found) == ["twice"]


@pytest.mark.parametrize(
    "name",
    ["Zoë Yılmaz", "🦄 Eenhoorn", "محمد علي", "Ng", "Ă" * 45, "O’Neill d'Hont", "Anne Marie"],
)
def test_odd_names_come_through(school: School, name: str) -> None:
    row = a_row(name, key="een sleutel 7")
    store(school, row)
    assert name in pupils_of(school)
    assert of(school, row).is_empty
    assert of(school, replace(row, key=None)).is_empty


def test_names_that_differ_in_accents_only_are_one_child(school: School) -> None:
    store(school, a_row("Zoë Müller"))
    found = of(school, a_row("Zoe Muller"))
    assert kinds_of(found) == {"Zoe Muller": {"changed"}}


# — who is missing —


def test_absence_alone_changes_nothing(school: School) -> None:
    store(school, SANNE, NOOR)
    assert of(school, SANNE).is_empty


def test_who_is_missing_from_the_whole_school_has_left(school: School) -> None:
    store(school, *numbered(20))
    roster = a_roster(*numbered(20)[:-1], made_at=LATER)
    found = seen(school, roster, whole_school=True)
    assert kinds_of(found) == {"Kind020 Naam020": {"left"}}
    assert changes_of(found) == {("left_on", "", "2026-10-08")}  # the day of the export
    importing.apply(school, [roster], whole_school=True)
    assert seen(school, roster, whole_school=True).is_empty


def test_the_files_of_one_import_are_the_whole_school_together(school: School) -> None:
    """The list of parents of half the school says nothing of the other half."""
    store(school, *numbered(30))
    las = a_roster(*numbered(29), made_at=LATER)
    files = las, a_spreadsheet(*numbered(10)), a_spreadsheet(*numbered(3))
    found = importing.preview(school, files, whole_school=True)
    assert [names_of(each, Kind.LEFT) for each in found] == [[], [], ["Kind030 Naam030"]]
    files = a_spreadsheet(*numbered(3)), a_roster(*numbered(30)[1:], made_at=LATER)
    assert all(each.is_empty for each in importing.preview(school, files, whole_school=True))


def test_a_leaver_by_absence_of_today_is_a_leaver_now(school: School) -> None:
    store(school, *numbered(3))
    roster = a_spreadsheet(*numbered(2))
    importing.apply(school, [roster], whole_school=True)
    there = pupils_of(school)["Kind003 Naam003"].pupil
    assert there.has_left(NOW.date())


def test_who_comes_later_is_not_missing(school: School) -> None:
    store(school, SANNE)
    new = a_roster(replace(NOOR, came_on=NEXT_YEAR.first_day), school_year=NEXT_YEAR)
    importing.apply(school, [new])
    assert seen(school, a_roster(SANNE, made_at=LATER), whole_school=True).is_empty


def test_a_pupil_in_question_is_not_missing(school: School) -> None:
    store(school, SANNE, NOOR)
    swapped = a_roster(replace(SANNE, key="2"), replace(NOOR, key="1"), made_at=LATER)
    found = seen(school, swapped, whole_school=True)
    assert len(found.questions) == 2
    assert not kinds_of(found)


@pytest.mark.parametrize(
    ("at_school", "leaving", "refused"),
    [(12, 9, False), (12, 10, True), (60, 11, False), (60, 12, True)],
)
def test_the_brake_on_leavers(school: School, at_school: int, leaving: int, refused: bool) -> None:
    """From 10 pupils and from a fifth of those at school, whichever is more."""
    store(school, *numbered(at_school))
    rest = a_roster(*numbered(at_school)[leaving:], made_at=LATER)
    if refused:
        with pytest.raises(RefusedError) as error:
            importing.apply(school, [rest], whole_school=True)
        assert error.value.values == {"leaving": leaving, "pupils": at_school}
    else:
        assert len(seen(school, rest, whole_school=True).of_kind(Kind.LEFT)) == leaving


def test_the_brake_counts_who_is_at_school_and_not_the_leavers_of_years_ago(school: School) -> None:
    old = [
        replace(each, key=f"x{each.key}", call_name="Oud", surname=each.surname + "a")
        for each in numbered(100)
    ]
    store(school, *old)
    store(school, *(replace(each, left_on=PAST) for each in old), *numbered(30))
    with pytest.raises(RefusedError):
        seen(school, a_roster(*numbered(20), made_at=LATER), whole_school=True)


def test_a_file_of_last_year_says_nothing_of_who_is_at_school(school: School) -> None:
    store(school, SANNE, NOOR)
    roster = a_roster(SANNE, school_year=THIS_YEAR.previous(), made_at=LATER)
    with pytest.raises(ImportFileError):
        seen(school, roster, whole_school=True)
    assert kinds_of(seen(school, roster)) == {"Sanne de Boer": {"moved"}}


# — groups and years —


def test_the_groups_of_next_year_do_not_disturb_this_year(school: School, clock: SetClock) -> None:
    store(school, SANNE, NOOR)
    store(school, replace(SANNE, group="4", year_level="4"), school_year=NEXT_YEAR, made_at=LATER)
    with school.reading() as session:
        assert current_year(session, clock.today()) == THIS_YEAR
    assert pupils_of(school)["Sanne de Boer"].placement.group == "3"
    assert pupils_of(school, NEXT_YEAR)["Sanne de Boer"].placement.group == "4"
    assert pupils_of(school, NEXT_YEAR)["Noor Smit"].placement.group is None
    clock.moment = NOW.replace(year=2027, month=8)
    with school.reading() as session:
        year = current_year(session, clock.today())
        assert year == NEXT_YEAR
        assert [p.placement.group for p in pupils_on_roll(session, clock.today(), year, "4")] == [
            "4"
        ]


def test_a_spreadsheet_goes_to_the_year_whose_groups_are_in_use(
    school: School, clock: SetClock
) -> None:
    store(school, SANNE)
    clock.moment = NOW.replace(year=2027, month=8)
    found = seen(school, a_spreadsheet(replace(SANNE, group="4")))
    assert found.school_year == THIS_YEAR


def test_a_school_that_starts_with_next_years_file_works_in_that_year(school: School) -> None:
    store(school, SANNE, school_year=NEXT_YEAR)
    assert seen(school, a_spreadsheet(SANNE)).school_year == NEXT_YEAR


def test_one_group_name_in_two_year_levels_is_one_group(school: School) -> None:
    combined = replace(SANNE, group="3/4"), replace(NOOR, group="3/4", year_level="4")
    found = store(school, *combined)
    assert found.new_groups == ("3/4",)
    placed = pupils_of(school).values()
    assert {each.placement.year_level for each in placed} == {"3", "4"}


def test_a_group_without_pupils_is_kept(school: School) -> None:
    assert of(school, SANNE, groups=("3", "8")).new_groups == ("3", "8")


# — guardians —

JAN = a_guardian("J. Bakker", **reached(1), **at("Dorpsstraat"), relation="vader")


def with_guardians(row: RosterPupil, *carers: RosterGuardian) -> RosterPupil:
    return replace(row, guardians=carers)


def test_an_import_brings_unknown_authority(school: School) -> None:
    store(school, with_guardians(SANNE, JAN))
    (link,) = carers_of(school, "Sanne de Boer")
    assert (link.relation, link.authority) == ("vader", Authority.UNKNOWN)
    assert link.authority_source is AuthoritySource.NONE
    assert of(school, with_guardians(SANNE, JAN)).is_empty


def test_a_no_of_the_file_counts_on_unknown_and_asks_on_a_declared_yes(school: School) -> None:
    denied = replace(JAN, denied_authority=True)
    store(school, with_guardians(SANNE, JAN), with_guardians(NOOR, JAN))
    for form in print_forms(school, lambda _: None):
        if form.pupil == "Noor Smit":
            answers = FormAnswers(frozenset(["website"]), frozenset(), "J. Bakker", Authority.YES)
            enter_form(school, form.form, answers)
    file = with_guardians(SANNE, denied), with_guardians(NOOR, denied)
    found = store(school, *file, made_at=LATER)
    assert changes_of(found) == {("authority", "unknown", "no")}
    assert doubts_of(found) == ["authority_denied"]
    (sanne,), (noor,) = carers_of(school, "Sanne de Boer"), carers_of(school, "Noor Smit")
    assert (sanne.authority, sanne.authority_source) == (Authority.NO, AuthoritySource.IMPORT)
    assert noor.authority is Authority.YES
    assert of(school, *file).is_empty
    assert of(school, with_guardians(SANNE, JAN)).is_empty  # a file never grants it


def test_guardians_are_never_removed(school: School) -> None:
    other = a_guardian("K. Smit", **reached(2))
    store(school, with_guardians(SANNE, JAN, other))
    assert of(school, SANNE).is_empty
    found = store(school, with_guardians(SANNE, a_guardian("L. Post")), made_at=LATER)
    assert kinds_of(found) == {"Sanne de Boer": {"changed"}}
    there = [each.guardian.surname for each in carers_of(school, "Sanne de Boer")]
    assert there == ["Bakker", "Smit", "Post"]  # the newest behind those who were there


@pytest.mark.parametrize(
    "field", ["call_name", "street", "house_number", "postcode", "place", "phones", "email"]
)
def test_an_empty_value_of_a_guardian_never_overwrites(school: School, field: str) -> None:
    full = replace(JAN, call_name="Jan", language="en")
    store(school, with_guardians(SANNE, full))
    empty = replace(full, **{field: () if field == "phones" else ""})
    assert of(school, with_guardians(SANNE, empty)).is_empty


def test_another_address_goes_as_one(school: School) -> None:
    store(school, with_guardians(SANNE, JAN))
    moved = replace(JAN, street="Kerkstraat", house_number="9", postcode="", place="Dorp")
    store(school, with_guardians(SANNE, moved), made_at=LATER)
    (link,) = carers_of(school, "Sanne de Boer")
    assert (link.guardian.street, link.guardian.postcode) == ("Kerkstraat", "")
    assert of(school, with_guardians(SANNE, moved)).is_empty
    no_street = replace(JAN, street="", postcode="", house_number="", place="Elders")
    assert of(school, with_guardians(SANNE, no_street)).is_empty


def test_a_secret_is_added_by_a_file_and_never_lifted(school: School) -> None:
    secret = replace(JAN, address_secret=True, phone_secret=True)
    store(school, with_guardians(SANNE, JAN))
    found = store(school, with_guardians(SANNE, secret), made_at=LATER)
    assert changes_of(found) == {("address_secret", "nee", "ja"), ("phone_secret", "nee", "ja")}
    assert of(school, with_guardians(SANNE, JAN)).is_empty
    lifted = of(school, with_guardians(SANNE, replace(JAN, address_secret=False)))
    assert (lifted.is_empty, doubts_of(lifted)) == (True, ["secret_lifted"])


def shown(found: Difference) -> dict[str, set[tuple[str, str, str]]]:
    """What people see of the changes of each guardian, by surname."""
    return {
        each.guardian.surname: {(c.field, c.old, c.new) for c in each.shown_changes}
        for plan in found.pupils
        for each in plan.guardians
    }


def test_what_is_secret_is_not_shown_among_the_changes(school: School) -> None:
    """Nor is the address of who lives or lived with somebody secret, in the file or not."""
    kees = a_guardian("K. Smit", **reached(2), **at("Dorpsstraat"))
    store(school, with_guardians(SANNE, replace(JAN, address_secret=True), kees))
    moved = replace(kees, street="Havenkade", phones=("+31101234567",))
    assert shown(of(school, with_guardians(SANNE, moved)))["Smit"] == {
        ("street", "geheim", "geheim"),
        ("phones", "+31612345602", "+31101234567"),
    }
    secret_number = replace(kees, phones=("+31101234567",), phone_secret=True)
    assert shown(of(school, with_guardians(SANNE, secret_number)))["Smit"] == {
        ("phones", "geheim", "geheim"),
        ("phone_secret", "nee", "ja"),
    }


def test_a_secret_that_a_later_row_tells_hides_the_earlier_too(school: School) -> None:
    store(school, with_guardians(SANNE, JAN), with_guardians(NOOR, JAN))
    moved = replace(JAN, street="Havenkade")
    file = with_guardians(SANNE, moved), with_guardians(NOOR, replace(moved, address_secret=True))
    found = of(school, *file)
    assert all(
        "Havenkade" not in str(each.shown_changes) for p in found.pupils for each in p.guardians
    )
    assert ("street", "Dorpsstraat", "Havenkade") in changes_of(found)


def test_a_secret_counts_also_when_the_row_is_a_question(school: School) -> None:
    """Contradicting rows: nothing of the second is taken over but its secret."""
    secret = replace(JAN, place="Elders", address_secret=True)
    found = store(school, with_guardians(SANNE, JAN), with_guardians(NOOR, JAN))
    file = with_guardians(SANNE, JAN), with_guardians(NOOR, secret)
    found = of(school, *file)
    assert doubts_of(found) == ["guardian_differs"]
    assert changes_of(found) == {("address_secret", "nee", "ja")}


def test_a_parent_of_two_children_is_one_person_when_all_is_equal(school: School) -> None:
    found = store(school, with_guardians(SANNE, JAN), with_guardians(NOOR, JAN))
    assert len(rows_of(school)["guardian"]) == 1
    assert not found.suggestions
    assert of(school, with_guardians(SANNE, JAN), with_guardians(NOOR, JAN)).is_empty


@pytest.mark.parametrize(
    "other",
    [
        replace(JAN, email=""),
        replace(JAN, phones=()),
        replace(JAN, initials="", call_name="Jan"),
        replace(JAN, **at("Kerkstraat", "9", "4321 ZX")),  # all equal but the address
    ],
)
def test_otherwise_it_is_suggested(school: School, other: RosterGuardian) -> None:
    file = with_guardians(SANNE, JAN), with_guardians(NOOR, other)
    found = store(school, *file)
    assert len(rows_of(school)["guardian"]) == 2
    assert len(found.suggestions) == 1
    again = of(school, *file)
    assert again.is_empty and not again.questions


def test_what_one_row_leaves_open_another_fills(school: School) -> None:
    """And it is filled once: row by row would make a change of every import."""
    bare = replace(JAN, street="", house_number="", postcode="", place="")
    file = (
        with_guardians(SANNE, bare),
        with_guardians(NOOR, JAN),
        with_guardians(TESS, replace(bare, surname="BAKKER", language="en")),
    )
    found = store(school, *file)
    assert doubts_of(found) == []
    (guardian,) = rows_of(school)["guardian"]
    assert (guardian["street"], guardian["language"], guardian["surname"]) == (
        *("Dorpsstraat", "en", "Bakker"),
    )
    again = of(school, *file)
    assert again.is_empty and not again.questions


def test_rows_that_contradict_each_other_are_questions_and_stay_so(school: School) -> None:
    store(school, *(with_guardians(row, JAN) for row in (SANNE, NOOR, TESS)))
    file = (
        with_guardians(SANNE, replace(JAN, email="")),
        with_guardians(NOOR, replace(JAN, email="new@gezin.example")),
        with_guardians(TESS, JAN),
    )
    found = store(school, *file, made_at=LATER)
    assert changes_of(found) == {("email", "ouder1@gezin.example", "new@gezin.example")}
    assert doubts_of(found) == ["guardian_differs"]
    again = of(school, *file)
    assert again.is_empty
    assert doubts_of(again) == ["guardian_differs"]


def test_one_guardian_twice_in_a_row_is_one(school: School) -> None:
    store(school, with_guardians(SANNE, JAN, JAN))
    assert len(carers_of(school, "Sanne de Boer")) == 1


def test_parents_without_telephone_are_found_by_their_key(school: School) -> None:
    """Zermelo: a row per parent, with the keys of the children."""
    parent = a_guardian("J. Bakker", key="ouder 7")
    store(school, SANNE, NOOR)
    rows = RosterPupil(2, "1", guardians=(parent,)), RosterPupil(2, "2", guardians=(parent,))
    list_of_parents = a_spreadsheet(*rows)
    importing.apply(school, [list_of_parents])
    (one,), (other,) = carers_of(school, "Sanne de Boer"), carers_of(school, "Noor Smit")
    assert one.guardian == other.guardian
    assert seen(school, list_of_parents).is_empty
    married = replace(parent, surname="Smit", email="j@gezin.example")
    renamed = a_spreadsheet(*(replace(row, guardians=(married,)) for row in rows))
    assert doubts_of(seen(school, renamed)) == ["guardian_key_reused"] * 2


def test_one_key_for_two_parents_of_a_child_is_a_question(school: School) -> None:
    file = with_guardians(SANNE, a_guardian(key="7"), a_guardian("K. Smit", key="7"))
    found = store(school, file)
    assert doubts_of(found) == ["guardian_key_reused"]
    assert len(carers_of(school, "Sanne de Boer")) == 1
    again = of(school, file)
    assert (again.is_empty, doubts_of(again)) == (True, ["guardian_key_reused"])


def test_a_parent_in_question_is_one_for_all_the_children(school: School) -> None:
    """Otherwise the second child would decide who the first child's parent is."""
    store(school, with_guardians(SANNE, JAN), NOOR)
    parent = a_guardian("P. Post", key="7", **reached(1))
    file = with_guardians(SANNE, parent), with_guardians(NOOR, parent)
    found = store(school, *file, made_at=LATER)
    assert (found.is_empty, doubts_of(found)) == (True, ["guardian_alike"] * 2)


def test_whom_a_key_means_is_not_somebody_else_in_the_same_row(school: School) -> None:
    store(school, with_guardians(SANNE, replace(JAN, key="7")))
    file = with_guardians(NOOR, JAN, RosterGuardian(key="7"))
    store(school, file, made_at=LATER)
    assert len(carers_of(school, "Noor Smit")) == 2
    assert of(school, file).is_empty


def test_a_guardian_with_another_name_on_a_known_telephone_is_a_question(school: School) -> None:
    store(school, with_guardians(SANNE, JAN))
    found = of(school, with_guardians(SANNE, a_guardian("P. Post", **reached(1))))
    assert (found.is_empty, doubts_of(found)) == (True, ["guardian_alike"])
    assert found.questions[0].guardian == "P. Post"


def test_an_institution_with_a_contact_person(school: School) -> None:
    ward = a_guardian("K. Smit", institution="Voogdij Voorbeeld", **reached(3))
    store(school, with_guardians(SANNE, ward))
    other_contact = replace(ward, initials="L.", surname="Post")
    found = store(school, with_guardians(SANNE, other_contact), made_at=LATER)
    assert changes_of(found) == {("initials", "K.", "L."), ("surname", "Smit", "Post")}
    assert len(carers_of(school, "Sanne de Boer")) == 1
