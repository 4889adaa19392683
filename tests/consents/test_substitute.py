"""The sheet for a substitute teacher: only what they must know, numbered, and gone that evening."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import purposes
from schoolprivacy.consents.actions import withdraw
from schoolprivacy.consents.contacts.copies import (
    ListKind,
    copies,
    copies_to_destroy,
    list_pupil,
    mark_destroyed,
)
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.own_no import lift_own_no, note_own_no
from schoolprivacy.consents.substitute.printing import (
    print_substitute_sheet,
    sample_substitute_sheet,
)
from schoolprivacy.consents.terms import Way
from schoolprivacy.exchange.roster import RosterPupil
from schoolprivacy.people.editing import mark_left
from schoolprivacy.people.profile import change_profile
from schoolprivacy.people.records import guardian
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.families import (
    APART,
    MOTHER,
    Paper,
    a_child,
    answered,
    audit_lines,
    carers_of,
    enrol,
)
from tests.paper.reading import texts_of
from tests.people.builders import pupils_of
from tests.vault.schools import refused

TODAY = date(2026, 11, 2)
GROUP = "Groep 5"
TEN = timedelta(days=10)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 11, 2, 9, tzinfo=UTC))


def printed(school: School, **more: object) -> Paper:
    paper = Paper()
    values: dict[str, object] = {"group": GROUP, "for_whom": "Meester Piet", "on": TODAY}
    print_substitute_sheet(school, paper, **values | more)  # type: ignore[arg-type]
    return paper


def say_yes(school: School, *children: RosterPupil, yes: str = "parent-app class-photo") -> None:
    enrol(school, *children)
    for each in print_forms(school, Paper()):
        answered(school, each.form, "Anna van der Sluis", Authority.YES, yes=yes)


def id_of(school: School, name: str = "Noor") -> str:
    return pupils_of(school)[f"{name} Test"].pupil.id


def to_destroy(school: School) -> list[int]:
    with school.reading() as session:
        return [each.number for each in copies_to_destroy(session)]


def withdrawn(school: School, name: str, code: str) -> None:
    pupil_id = id_of(school, name)
    (mother,) = carers_of(school, pupil_id)
    today = school.clock.today()
    withdraw(school, pupil_id, mother.guardian.id, [code], on=today, way=Way.DESK)


# — what stands on it —


def test_it_says_who_is_there_and_who_may_be_on_a_photo(school: School) -> None:
    change_profile(school, phone="012-3456789")
    noor, sem = a_child("Noor", MOTHER), replace(a_child("Sem", MOTHER), came_on=TODAY)
    say_yes(school, sem, noor)
    (page,) = printed(school).pages
    for text in (
        "NIET OPHANGEN",
        "Vernietigen op 2 november 2026, na schooltijd",
        "Voor de invaller · Groep 5",
        "2 kinderen",
        "exemplaar 1",
        "voor Meester Piet",
        "School en directie: ",
        "Groepsfoto",
        "Ouderapp",
    ):
        assert text in page, text
    assert page.index("Noor Test") < page.index("Sem Test")
    assert "start 2-11" in page
    assert "Website" not in page and "Lokale pers" not in page


def test_nothing_of_a_family_stands_on_it_and_no_reason(school: School) -> None:
    secret = replace(MOTHER, address_secret=True, phone_secret=True)
    say_yes(school, a_child("Noor", secret), a_child("Sem", MOTHER), yes="class-photo")
    withdrawn(school, "Noor", "class-photo")
    text = printed(school).text.lower()
    for said in (
        "anna",
        "sluis",
        "lindelaan",
        "1234 ab",
        "345671",
        "gezin.example",
        "gezag",
        "geheim",
    ):
        assert said not in text, said
    for said in ("ingetrokken", "geen antwoord", "niet gevraagd", "oneens", "moeder"):
        assert said not in text, said


def test_whatever_is_no_yes_looks_the_same(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    never = sample(school)
    (form,) = print_forms(school, Paper())
    no_answer = sample(school)
    answered(school, form.form, "Anna van der Sluis", Authority.YES, yes="", no="class-photo")
    no = sample(school)
    answered(school, form.form, "Anna van der Sluis", Authority.YES, yes="class-photo")
    conflict = sample(school)
    withdrawn(school, "Noor", "class-photo")
    assert never == no_answer == no == conflict == sample(school)


def sample(school: School, group: str = GROUP) -> bytes:
    return sample_substitute_sheet(school, group=group, on=TODAY)


def test_an_own_no_of_the_child_is_ask_first(school: School) -> None:
    say_yes(school, a_child("Noor", MOTHER))
    assert printed(school).text.count("Vraag") == 2  # below the rows
    note_own_no(school, id_of(school), TODAY)
    assert printed(school).text.count("Vraag") == 4


def test_where_nothing_of_the_group_is_asked_nobody_may(school: School) -> None:
    say_yes(school, a_child("Noor", MOTHER), yes="website")
    for code in ("parent-app", "class-photo"):
        purposes.switch_purpose(school, code, on=False)
    (page,) = printed(school).pages
    assert page.count("Nee") == 3  # hers, in the legend, and for who is not listed
    assert "Website" in printed(school, codes=["website"]).text


def test_who_is_not_there_that_day_is_left_out(school: School) -> None:
    enrol(
        school,
        a_child("Noor", MOTHER),
        replace(a_child("Sem", MOTHER), came_on=TODAY + timedelta(days=2)),
        a_child("Kim", MOTHER),
    )
    mark_left(school, [id_of(school, "Kim")], TODAY)
    assert "Sem" not in printed(school).text
    later = printed(school, on=TODAY + timedelta(days=1), until=TODAY + timedelta(days=2)).text
    assert "Sem Test" in later and "start 4-11" in later
    assert "Kim" not in later


def test_namesakes_of_two_groups_are_told_apart_in_a_composed_one(school: School) -> None:
    """Nothing but the name stands on the sheet: the date of birth goes with it."""
    one = replace(a_child("Noor", MOTHER), other_groups=("Plusklas",), group="Groep 4")
    other = replace(one, key="2", group="Groep 5", born_on=date(2017, 4, 9))
    enrol(school, one, other, replace(a_child("Sem"), other_groups=("Plusklas",)))
    (page,) = printed(school, group="Plusklas").pages
    assert "Noor Test (1 maart 2018)" in page and "Noor Test (9 april 2017)" in page
    assert "3 kinderen" in page and "(" not in page[page.index("Sem Test") :][:20]


def test_namesakes_whom_nobody_can_tell_apart_get_what_permits_least(school: School) -> None:
    one = replace(a_child("Noor", MOTHER), other_groups=("Plusklas",), group="Groep 4")
    other = replace(one, key="2", group="Groep 5", guardians=(APART,), born_on=None)
    enrol(school, replace(one, born_on=None), other)
    first, second = print_forms(school, Paper())
    answered(school, first.form, declared_by(first.group), Authority.YES, yes="class-photo")
    assert printed(school, group="Plusklas", codes=["class-photo"]).text.count("Nee") == 4
    answered(school, second.form, declared_by(second.group), Authority.YES, yes="class-photo")
    assert printed(school, group="Plusklas", codes=["class-photo"]).text.count("Nee") == 2


def declared_by(group: str) -> str:
    return "Anna van der Sluis" if group == "Groep 4" else "Bas Yıldız"


def test_34_children_with_long_names_fit_on_a_page(school: School) -> None:
    long = "Wilhelmina-Alexandra-Elisabeth Nooitgedacht tot Verrebergen"
    children = [
        replace(a_child(f"{long} {n:02d}", MOTHER, line=n % 28 + 1), came_on=TODAY - TEN)
        for n in range(34)
    ]
    enrol(school, *children)
    (page,) = printed(school).pages
    assert page.count("nieuw") >= 34


def test_a_name_that_cannot_be_printed_is_told_at_school_only(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("\u4e2d", MOTHER))
    paper = Paper()
    made = print_substitute_sheet(school, paper, group=GROUP, for_whom="Juf", on=TODAY)
    assert [each.pupil for each in made.left_out] == ["\u4e2d Test"]
    assert "1 kind \u00b7" in paper.text


# — which copy, and until when —


def test_each_copy_is_numbered_and_registered_until_that_evening(
    school: School, clock: SetClock
) -> None:
    say_yes(school, a_child("Noor", MOTHER))
    lines = audit_lines(school)
    printed(school)
    printed(school, on=TODAY, until=TODAY + timedelta(days=2))
    assert audit_lines(school) == lines + 2
    second, first = copies(school)
    assert (first.number, first.kind, first.group) == (1, ListKind.SUBSTITUTE, GROUP)
    assert (first.for_whom, first.destroy_by) == ("Meester Piet", TODAY)
    assert second.destroy_by == TODAY + timedelta(days=2)
    assert to_destroy(school) == []
    clock.moment += timedelta(days=1)
    assert to_destroy(school) == [1]
    mark_destroyed(school, [1])
    clock.moment += timedelta(days=2)
    assert to_destroy(school) == [2]


def test_a_copy_is_outdated_when_it_permits_too_much(school: School) -> None:
    say_yes(school, a_child("Noor", MOTHER), a_child("Sem", MOTHER))
    printed(school, until=TODAY + timedelta(days=4))
    assert to_destroy(school) == []
    note = note_own_no(school, id_of(school, "Sem"), TODAY)
    assert to_destroy(school) == [1]
    mark_destroyed(school, [1])
    printed(school, until=TODAY + timedelta(days=4))
    lift_own_no(school, note, TODAY)
    assert to_destroy(school) == []  # it asks first, which does no harm
    withdrawn(school, "Noor", "class-photo")
    assert to_destroy(school) == [2]


def test_what_was_given_since_makes_no_copy_wrong(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    printed(school)
    (form,) = print_forms(school, Paper())
    answered(school, form.form, "Anna van der Sluis", Authority.YES, yes="class-photo")
    assert to_destroy(school) == []


def test_an_address_that_became_secret_makes_no_sheet_wrong(school: School) -> None:
    say_yes(school, a_child("Noor", MOTHER))
    printed(school)
    with school.transaction() as session:
        session.execute(sa.update(guardian).values(address_secret=True, phone_secret=True))
        session.audit("test")
    assert to_destroy(school) == []


def test_the_register_keeps_no_names(school: School) -> None:
    say_yes(school, a_child("Noor", MOTHER))
    printed(school)
    with school.reading() as session:
        (row,) = session.execute(sa.select(list_pupil)).all()
    assert row.held == '["name", "photo class-photo yes", "photo parent-app yes"]'


def test_when_it_cannot_be_delivered_nothing_is_registered(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    lines = audit_lines(school)

    def fails(_: bytes) -> None:
        raise OSError

    with pytest.raises(OSError):
        print_substitute_sheet(school, fails, group=GROUP, for_whom="Juf", on=TODAY)
    assert copies(school) == [] and audit_lines(school) == lines


def test_a_sample_has_no_number_and_stores_nothing(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    lines = audit_lines(school)
    (page,) = texts_of(sample(school))
    assert "exemplaar zonder nummer" in page and "VOORBEELD" in page
    assert copies(school) == [] and audit_lines(school) == lines


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"on": TODAY - timedelta(days=1)}, "substitute.past"),
        ({"until": TODAY - timedelta(days=1)}, "substitute.days"),
        ({"until": TODAY + timedelta(days=7)}, "substitute.days"),
        ({"on": TODAY + timedelta(days=40)}, "substitute.too_early"),
        ({"for_whom": " "}, "contact_list.for_whom"),
        ({"group": "Groep 9"}, "group.unknown"),
        ({"codes": ["nergens"]}, "photo.purpose"),
    ],
)
def test_what_makes_no_sense_is_refused(school: School, more: dict[str, object], key: str) -> None:
    enrol(school, a_child("Noor", MOTHER))
    assert refused(printed, school, **more) == key
    assert copies(school) == []
