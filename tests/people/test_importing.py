"""Storing files in a real encrypted school: all of it or nothing, and undone exactly."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolprivacy.errors import RefusedError
from schoolprivacy.exchange.roster import Problem, Roster, RosterGuardian, RosterPupil, Severity
from schoolprivacy.people import import_rows, importing
from schoolprivacy.people.difference import NEW, Kind
from schoolprivacy.people.profile import change_profile
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
    content_of,
    decisions_of,
    differing,
    doubts_of,
    kinds_of,
    numbered,
    pupils_of,
    reached,
    record_decisions,
    rows_of,
    store,
)
from tests.vault.schools import Made, refused

LATER = MADE + timedelta(days=7)
JAN = a_guardian("J. Bakker", **reached(1), **at("Dorpsstraat"), relation="vader")
KEES = a_guardian("K. Smit", **reached(2), **at("Havenkade", "9", "4321 ZX"))
SANNE = a_row("Sanne de Boer", "1", guardians=(JAN, KEES))
NOOR = a_row("Noor Smit", "2", born_on=date(2017, 1, 2), guardians=(JAN,))
TESS = a_row("Tess Post", "3", born_on=date(2016, 7, 8))


# — nothing or all of it —


def test_a_preview_stores_nothing(school: School) -> None:
    store(school, SANNE, NOOR)
    rows, data = rows_of(school), (school.folder / "data.db").read_bytes()
    renamed = replace(SANNE, call_name="Sanna", group="8", guardians=(replace(JAN, street="X"),))
    listed = a_spreadsheet(*numbered(50), header_fingerprint="other")
    (first, second) = importing.preview(school, [a_roster(renamed, TESS, made_at=LATER), listed])
    assert kinds_of(first) == {"Sanna de Boer": {"changed", "moved"}, "Tess Post": {"new"}}
    assert len(second.of_kind(Kind.NEW)) == 50
    assert rows_of(school) == rows
    assert (school.folder / "data.db").read_bytes() == data
    assert not list((school.folder / "backups").glob("*import*2026-11-03*"))


class Halfway(Exception):
    """What goes wrong in the middle."""


@pytest.mark.parametrize(
    ("room", "where"),
    [
        (import_rows, "_write_placements"),
        (import_rows, "_write_aliases"),
        (import_rows, "_write_guardians"),
        (importing, "_register"),
    ],
)
def test_a_failure_in_the_middle_leaves_nothing(
    school: School, monkeypatch: pytest.MonkeyPatch, room: ModuleType, where: str
) -> None:
    store(school, SANNE)
    before = rows_of(school)

    def fail(*_: object, **__: object) -> None:
        raise Halfway

    monkeypatch.setattr(room, where, fail)
    with pytest.raises(Halfway):
        store(school, replace(SANNE, call_name="Sanna"), NOOR, made_at=LATER)
    assert rows_of(school) == before


def test_when_the_second_file_is_refused_the_first_is_not_stored(school: School) -> None:
    files = a_roster(SANNE), a_roster(NOOR, brin="11AA")
    assert refused(importing.apply, school, files) == "import.other_school"
    assert not pupils_of(school)


def test_before_storing_there_is_a_backup(school: School) -> None:
    store(school, SANNE)
    assert [path.name for path in (school.folder / "backups").iterdir() if "import" in path.name]


# — progress —


def test_every_file_tells_how_far_it_is(school: School) -> None:
    told: list[tuple[int, int]] = []
    files = a_roster(SANNE), a_spreadsheet(NOOR)
    importing.apply(school, files, progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 4), (1, 4), (2, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize("step", range(5))
def test_who_stops_halfway_finds_everything_as_it_was(school: School, step: int) -> None:
    store(school, SANNE)
    before = rows_of(school)

    def stop(done: int, _: int) -> None:
        if done == step:
            raise Halfway

    files = a_roster(NOOR, made_at=LATER), a_spreadsheet(TESS)
    for action in (importing.preview, importing.apply):
        with pytest.raises(Halfway):
            action(school, files, progress=stop)
        assert rows_of(school) == before


# — what a person says —


def test_answers_belong_to_one_file_each(school: School) -> None:
    """A twin and a namesake, both on line 1 of their file."""
    store(school, SANNE, NOOR)
    there = {name: each.pupil.id for name, each in pupils_of(school).items()}
    twin = replace(SANNE, key="8", line=1, born_on=SANNE.born_on + timedelta(days=1))
    other = replace(NOOR, key="9", line=1, born_on=NOOR.born_on + timedelta(days=1))
    files = a_spreadsheet(twin), a_spreadsheet(other)
    asked = importing.preview(school, files)
    assert [doubts_of(each) for each in asked] == [["alike"], ["alike"]]
    answers = [{1: NEW}, {1: there["Noor Smit"]}]
    shown = importing.preview(school, files, answers=answers)
    stored = importing.apply(school, files, answers=answers)
    for found in (shown, stored):
        assert [kinds_of(each) for each in found] == [
            {"Sanne de Boer": {"new"}},
            {"Noor Smit": {"changed"}},
        ]
    assert len(rows_of(school)["pupil"]) == 3


def test_in_a_whole_school_an_answer_decides_who_left(school: School) -> None:
    store(school, SANNE, NOOR, TESS)
    there = pupils_of(school)["Sanne de Boer"].pupil.id
    row = replace(SANNE, key="8", line=8, born_on=SANNE.born_on + timedelta(days=1))
    file = a_roster(row, NOOR, TESS, made_at=LATER)

    def left(**answers: str) -> list[str]:
        (found,) = importing.preview(
            school, [file], whole_school=True, answers=[{8: each} for each in answers.values()]
        )
        return [each.pupil.id for each in found.of_kind(Kind.LEFT)]

    assert left() == []  # as long as nobody said who it is
    assert left(same=there) == []
    assert left(other=NEW) == [there]


def test_that_many_left_must_be_confirmed(school: School) -> None:
    store(school, *numbered(30))
    file = a_roster(*numbered(15), made_at=LATER)
    before = rows_of(school)
    for action in (importing.preview, importing.apply):
        assert refused(action, school, [file], whole_school=True) == "import.many_leavers"
        assert rows_of(school) == before
    for action in (importing.preview, importing.apply):
        (found,) = action(school, [file], whole_school=True, leavers_confirmed=True)
        assert len(found.of_kind(Kind.LEFT)) == 15
    assert importing.apply(school, [file], whole_school=True)[0].is_empty  # they left already


# — what may not be stored —


def with_error(roster: Roster) -> Roster:
    return replace(roster, problems=(Problem(Severity.ERROR, "no_pupils"),))


@pytest.mark.parametrize(
    ("roster", "key"),
    [
        (a_roster(TESS, made_at=LATER, brin="11AA"), "import.other_school"),
        (a_roster(TESS, made_at=MADE - timedelta(seconds=1)), "import.older"),
        (a_spreadsheet(TESS, unplaced=("Kleur",)), "import.unplaced"),
        (with_error(a_roster(TESS, made_at=LATER)), "import.errors"),
    ],
)
def test_refused_with_nothing_changed(school: School, roster: Roster, key: str) -> None:
    store(school, SANNE)
    before = rows_of(school)
    assert refused(importing.apply, school, [roster]) == key
    assert rows_of(school) == before


def test_what_is_not_placed_or_not_read_can_be_looked_at(school: School) -> None:
    looked = importing.preview(
        school, [a_spreadsheet(SANNE, unplaced=("Kleur",)), with_error(a_roster(NOOR))]
    )
    assert [len(each.of_kind(Kind.NEW)) for each in looked] == [1, 1]


def test_the_age_of_a_file_counts_per_source_and_location(school: School) -> None:
    store(school, SANNE, made_at=LATER)
    older = a_roster(NOOR, location="01")
    importing.preview(school, [older, replace(older, location="", source="other"), a_spreadsheet()])
    assert refused(importing.preview, school, [a_roster(NOOR)]) == "import.older"


def test_an_older_file_may_follow_a_newer_one_that_was_undone(school: School) -> None:
    store(school, SANNE, made_at=LATER)
    importing.undo_last(school)
    store(school, SANNE)


def test_the_same_moment_is_not_older(school: School) -> None:
    store(school, SANNE)
    assert store(school, SANNE).is_empty


# — years —


def test_a_file_of_another_year_leaves_pupils_and_decisions(school: School) -> None:
    store(school, SANNE, NOOR, TESS)
    record_decisions(school)
    before = rows_of(school)
    next_year = [replace(row, group="4", year_level="4", key=None) for row in (SANNE, NOOR)]
    store(school, *next_year, school_year=NEXT_YEAR, made_at=LATER)
    after = rows_of(school)
    assert differing(before, after) == {"school_group", "placement", "audit", "import_run"}
    this_year = [row for row in after["placement"] if row["school_year"] == THIS_YEAR.start]
    assert this_year == before["placement"]


# — decisions —


def test_decisions_hang_on_the_child_whatever_the_las_does(school: School) -> None:
    """New keys for everybody, a new group, a leaver who returns: the same rows and identifiers."""
    store(school, SANNE, NOOR, TESS)
    record_decisions(school)
    before = decisions_of(school)
    ids = {name: each.pupil.id for name, each in pupils_of(school).items()}
    new_las = [replace(row, key=f"9{row.key}", group="4") for row in (SANNE, NOOR)]
    for day, rows in enumerate(
        [
            new_las,
            [*new_las, replace(TESS, left_on=date(2026, 9, 30))],
            [*new_las, replace(TESS, key="77")],
            [replace(new_las[0], surname="Boer-Smit")],
        ],
        1,
    ):
        store(school, *rows, made_at=MADE + timedelta(days=day))
        assert decisions_of(school) == before
    assert pupils_of(school)["Sanne de Boer-Smit"].pupil.id == ids["Sanne de Boer"]
    assert pupils_of(school)["Tess Post"].pupil.id == ids["Tess Post"]


# — undo —


def test_undo_brings_everything_back(school: School) -> None:
    store(school, SANNE, NOOR)
    record_decisions(school)
    before = content_of(school)
    changed = (
        replace(
            SANNE,
            call_name="Sanna",
            group="4",
            other_groups=("Plus",),
            guardians=(replace(KEES, street="Kerkstraat", relation="stiefvader"),),
        ),
        replace(
            NOOR, left_on=date(2026, 9, 30), guardians=(replace(JAN, phones=("+31101234567",)),)
        ),
        replace(TESS, guardians=(replace(JAN, key="g1", denied_authority=True),)),
    )
    store(school, *changed, made_at=LATER)
    assert differing(before, content_of(school)) == {
        *("pupil", "pupil_alias", "school_group", "placement", "membership"),
        *("guardian", "guardian_alias", "guardian_phone", "guardianship"),
    }
    importing.undo_last(school)
    assert content_of(school) == before


def test_undo_of_the_first_import_leaves_an_empty_school(school: School) -> None:
    before = content_of(school)
    importing.apply(school, [a_roster(SANNE, NOOR), a_spreadsheet(TESS)])
    importing.undo_last(school)
    assert content_of(school) == before


def test_files_of_one_import_are_undone_together(school: School) -> None:
    store(school, TESS)
    before = rows_of(school)
    last = a_spreadsheet(a_row("Bo Los", born_on=date(2015, 1, 1)))
    importing.apply(school, [a_roster(SANNE, made_at=LATER), a_spreadsheet(SANNE), last])
    importing.undo_last(school)
    assert content_of(school) == {name: before[name] for name in content_of(school)}
    store(school, TESS)  # the file of LATER no longer counts


@pytest.mark.parametrize(
    "then",
    [
        lambda school: change_profile(school, phone="0101234567"),
        lambda school: store(school, NOOR, made_at=LATER) and importing.undo_last(school),
        record_decisions,
    ],
)
def test_undo_is_refused_after_another_change(
    school: School, then: Callable[[School], object]
) -> None:
    store(school, SANNE)
    then(school)
    before = rows_of(school)
    assert refused(importing.undo_last, school) == "import.no_undo"
    assert rows_of(school) == before


def test_what_can_be_undone_is_told(school: School) -> None:
    assert importing.can_undo(school) is None
    files = a_roster(SANNE), a_roster(NOOR, TESS)
    importing.apply(school, files)
    last = importing.can_undo(school)
    assert last is not None
    assert (last.at, last.source) == (school.clock.now(), "edexml")
    assert {kind: count for kind, count in last.counts.items() if count} == {Kind.NEW: 3}
    importing.undo_last(school)
    assert importing.can_undo(school) is None


def test_nothing_can_be_undone_after_another_change(school: School) -> None:
    assert importing.last_import(school) is None
    store(school, SANNE)
    last = importing.can_undo(school)
    change_profile(school, phone="0101234567")
    assert importing.can_undo(school) is None
    assert importing.last_import(school) == last is not None


def test_an_import_that_was_undone_is_not_the_last(school: School) -> None:
    store(school, SANNE)
    first = importing.last_import(school)
    store(school, SANNE, NOOR, made_at=LATER)
    importing.undo_last(school)
    assert importing.last_import(school) == first


def test_undo_is_refused_without_an_import(school: School) -> None:
    assert refused(importing.undo_last, school) == "import.no_undo"


def test_old_values_are_kept_for_the_last_import_only(school: School) -> None:
    """They would be a second copy of addresses nobody can reach any more."""
    store(school, SANNE)
    moved = replace(SANNE, guardians=(replace(JAN, street="Kerkstraat"), KEES))
    store(school, moved, made_at=LATER)
    store(school, moved, made_at=LATER)
    kept = [json.loads(row["changes"]) for row in rows_of(school)["import_run"]]
    assert kept == [[], [], []]


def test_the_trail_names_no_person(school: School) -> None:
    store(school, SANNE, NOOR)
    trail = repr(rows_of(school)["audit"])
    assert not any(word in trail for word in ("Sanne", "Boer", "Bakker", "Dorpsstraat", "+316"))


# — columns of a spreadsheet —


def test_the_columns_are_remembered_and_undone_with_the_import(school: School) -> None:
    assert importing.remembered_columns(school, "f") == {}
    importing.apply(school, [a_spreadsheet(SANNE)])
    before = content_of(school)
    assert importing.remembered_columns(school, "f") == {"Naam": "pupil.full_name"}
    importing.apply(school, [a_spreadsheet(SANNE, columns={"Naam": "ignore"})])
    assert importing.remembered_columns(school, "f") == {"Naam": "ignore"}
    importing.undo_last(school)
    assert content_of(school) == before


# — whatever a file says —

words = st.sampled_from(["Bakker", "BAKKER", "Báкker", "Smit", "van der Berg", "", "🦄", "محمد"])
firsts = st.sampled_from(["", "J.", "J.A.", "K."])
calls = st.sampled_from(["", "Jan", "Joke", "jan"])
flags = st.sampled_from([None, None, True, False])
streets = st.sampled_from(["", "Dorpsstraat", "DORPSSTRAAT", "Kerkstraat"])
guardians = st.builds(
    RosterGuardian,
    key=st.sampled_from([None, None, "g1", "g2"]),
    institution=st.sampled_from(["", "", "", "Voogdij Voorbeeld"]),
    initials=firsts,
    call_name=calls,
    prefix=st.sampled_from(["", "", "van der", "de"]),
    surname=words,
    relation=st.sampled_from(["", "moeder", "vader"]),
    denied_authority=st.booleans(),
    street=streets,
    house_number=st.sampled_from(["", "1", "1 a", "1a"]),
    postcode=st.sampled_from(["", "1234 AB", "4321 ZX"]),
    place=st.sampled_from(["", "Dorp", "Stad"]),
    phones=st.sampled_from([(), ("+31612345601",), ("+31612345602", "+31612345601")]),
    email=st.sampled_from(["", "a@gezin.example", "A@gezin.example", "b@gezin.example"]),
    address_secret=flags,
    phone_secret=flags,
    language=st.sampled_from(["", "", "nl", "en"]),
)
# Families share parents, in full or nearly.
couples = st.lists(st.one_of(guardians, st.sampled_from([JAN, KEES])), max_size=3).map(tuple)
all_rows = st.builds(
    RosterPupil,
    line=st.integers(2, 400),
    key=st.sampled_from([None, "1", "2", "3", "sleutel 4", "5", "6"]),
    call_name=st.sampled_from(["Sanne", "Sánne", "Susanna", "Noor", "🦄", ""]),
    prefix=st.sampled_from(["", "", "van der", "d'"]),
    surname=words,
    given_names=st.sampled_from(["", "Susanna Maria"]),
    born_on=st.sampled_from([None, date(2018, 5, 17), date(2017, 1, 2), date(2016, 2, 29)]),
    year_level=st.sampled_from(["", "3", "4", "S"]),
    group=st.sampled_from([None, "3", "3/4", "Vlinders 🦋"]),
    other_groups=st.lists(st.sampled_from(["3", "3/4", "Plus"]), max_size=3).map(tuple),
    came_on=st.sampled_from([None, date(2025, 8, 1), date(2027, 8, 1)]),
    left_on=st.sampled_from([None, None, date(2026, 9, 30), date(2027, 7, 31)]),
    guardians=couples,
)
# A row that cannot be recognised is new once, and a question after that; so are its guardians.
rows = all_rows.map(lambda row: row if row.key or row.born_on else replace(row, guardians=()))
files = st.builds(
    lambda rows, year, known: replace(
        a_roster(*rows) if known else a_spreadsheet(*rows), school_year=year
    ),
    st.lists(rows, max_size=6, unique_by=lambda row: row.key or object()),
    st.sampled_from([THIS_YEAR, THIS_YEAR, NEXT_YEAR]),
    st.booleans(),
)
whatever = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@settings(whatever, max_examples=100)
@given(first=files, second=files)
def test_the_same_file_twice_gives_an_empty_difference(
    school: School, first: Roster, second: Roster
) -> None:
    _, found, again = importing.preview(school, [first, second, second])
    assert again.is_empty, [kinds_of(found), doubts_of(found), kinds_of(again), again.pupils]


@pytest.fixture(scope="module")
def asked(school_to_copy: Made, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A school with pupils and decisions, to copy."""
    made = school_to_copy.copy_to(tmp_path_factory.mktemp("asked") / "school")
    with made.open() as school:
        store(school, SANNE, replace(NOOR, group="4", other_groups=("Plus",)), TESS)
        record_decisions(school)
    return made


@pytest.fixture
def another(asked: Made, tmp_path: Path) -> Callable[[], School]:
    """Opens a fresh copy each time."""
    numbers = itertools.count()
    return lambda: asked.copy_to(tmp_path / f"copy{next(numbers)}").open()


@settings(whatever, max_examples=12)
@given(first=files, second=files)
def test_undo_is_exact_and_no_import_touches_a_decision(
    another: Callable[[], School], first: Roster, second: Roster
) -> None:
    with another() as school:
        decided = decisions_of(school)
        forms = [row["id"] for row in rows_of(school)["form"]]
        importing.apply(school, [replace(first, made_at=None)])
        before = content_of(school)
        pupils = {row["id"] for row in before["pupil"]}
        links = {(row["pupil_id"], row["guardian_id"]) for row in before["guardianship"]}
        secret = {row["id"] for row in before["guardian"] if row["address_secret"]}
        (found,) = importing.apply(school, [second])
        after = content_of(school)
        assert decisions_of(school) == decided
        assert [row["id"] for row in after["form"]] == forms
        assert pupils <= {row["id"] for row in after["pupil"]}
        assert links <= {(row["pupil_id"], row["guardian_id"]) for row in after["guardianship"]}
        assert secret <= {row["id"] for row in after["guardian"] if row["address_secret"]}
        assert found.is_empty is not bool(
            differing(before, after) - {"pupil_alias", "guardian_alias", "import_columns"}
        )
        try:
            importing.undo_last(school)
        except RefusedError:
            assert before == after  # there was nothing to store, so nothing to undo
        assert content_of(school) == before
        assert not school.problems()


# — large schools —


def large(pupils: int) -> Roster:
    """Families of two children with two parents."""
    rows = []
    for number, row in enumerate(numbered(pupils)):
        family = number // 2
        carers = tuple(
            a_guardian(
                f"{letter}. Ouder{family % 40}",
                phones=(f"+316{place}{family:07d}",),
                email=f"{letter}{family}@gezin.example",
                **at(f"Straat{family}", str(family + 1)),
            )
            for place, letter in enumerate("AB", 1)
        )
        rows.append(replace(row, group=str(number % 8 + 1), guardians=carers))
    return a_roster(*rows)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@pytest.mark.slow
def test_a_large_school_costs_no_more_per_pupil_than_a_small_one(
    school: School, asked: Made, tmp_path: Path
) -> None:
    """Anything quadratic would show: sixty times as long for eight times as many pupils."""
    small, big = large(250), large(2000)
    seconds(lambda: importing.preview(school, [small]))
    few = min(seconds(lambda: importing.preview(school, [small])) for _ in range(2))
    many = seconds(lambda: importing.preview(school, [big]))
    assert many < 8 * few * 3


def test_many_parents_without_a_name_or_with_one_email_take_no_time(school: School) -> None:
    """A school that fills in its own address where it knows none."""
    shared = [
        replace(row, guardians=(RosterGuardian(email="school@school.example"),))
        for row in numbered(400)
    ]
    assert seconds(lambda: importing.preview(school, [a_roster(*shared)])) < 10
