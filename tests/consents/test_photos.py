"""Who may be on this photo: the answer, without the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.actions import NewDecision, record_decision, withdraw
from schoolprivacy.consents.own_no import lift_own_no, note_own_no
from schoolprivacy.consents.photos.printing import (
    print_class_sheet,
    sample_class_sheet,
    sample_event_sheet,
)
from schoolprivacy.consents.photos.who_may import MOST_FOUND, PhotoAnswer, check, who_may
from schoolprivacy.consents.purposes import purpose_settings, reword_purpose, switch_purpose
from schoolprivacy.consents.terms import Answer, Choice, Way
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.families import (
    APART,
    FATHER,
    MOTHER,
    Paper,
    a_child,
    answer_of,
    answered,
    asked,
    carers_of,
    enrol,
)
from tests.consents.photo_builders import GROUP, TODAY, id_of, said_yes
from tests.paper.reading import texts_of
from tests.vault.schools import refused

YES, ASK_FIRST, NO = PhotoAnswer


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 11, 2, 9, tzinfo=UTC))


def only(school: School, code: str = "website", on: date | None = None) -> PhotoAnswer:
    """The answer for the only child."""
    (row,) = who_may(school, [GROUP], [code], on=on).rows
    return row.answers[0]


def decide(school: School, choice: Choice, **how: object) -> None:
    values: dict[str, object] = {
        "pupil_id": id_of(school),
        "purpose": "website",
        "version": 1,
        "choice": choice,
        "decided_on": school.clock.today(),
        "way": Way.DESK,
    }
    record_decision(school, NewDecision(**values | how))  # type: ignore[arg-type]


# — what a no hides —


def not_answered(school: School) -> None:
    asked(school)


def said_no(school: School) -> None:
    (form,) = asked(school)
    answered(school, form.form, "Anna van der Sluis", Authority.YES, yes="", no="website")


def took_back(school: School) -> None:
    (form,) = asked(school)
    answered(school, form.form, "Anna van der Sluis", Authority.YES)
    mother = next(c.guardian.id for c in carers_of(school, id_of(school)))
    withdraw(school, id_of(school), mother, ["website"], on=TODAY, way=Way.DESK)


def quarrel(school: School) -> None:
    (form,) = asked(school)
    answered(school, form.form, "Anna van der Sluis", Authority.YES)
    answered(school, form.form, "Bas Yıldız", Authority.YES, yes="", no="website")


def outgrew(school: School) -> None:
    (form,) = asked(school)
    answered(school, form.form, "Anna van der Sluis", Authority.YES)
    reword_purpose(school, "website", widens=True, audience="iedereen op internet en elders")


def own_no_besides(school: School) -> None:
    said_no(school)
    note_own_no(school, id_of(school), TODAY)


HIDDEN: list[tuple[Callable[[School], None], Answer]] = [
    (not_answered, Answer.NO_ANSWER),
    (said_no, Answer.REFUSED),
    (took_back, Answer.WITHDRAWN),
    (quarrel, Answer.CONFLICT),
    (outgrew, Answer.EXPIRED),
    (own_no_besides, Answer.REFUSED),
]


@pytest.mark.parametrize(("state", "answer"), HIDDEN, ids=lambda it: getattr(it, "__name__", ""))
def test_whatever_is_no_yes_is_the_same_no_to_the_byte(
    school: School, state: Callable[[School], None], answer: Answer
) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER))

    def seen() -> tuple[object, ...]:
        return (
            who_may(school, [GROUP], ["website"]).rows,
            check(school, "noo", ["website"]).rows,
            sample_class_sheet(school, group=GROUP),
            sample_event_sheet(school, event="Feest", on=TODAY, groups=[GROUP], codes=["website"]),
        )

    assert answer_of(school) is Answer.NOT_ASKED
    never_asked = seen()
    state(school)
    assert answer_of(school) is answer
    assert seen() == never_asked
    assert only(school) is NO


# — yes, and ask first —


def test_only_a_yes_that_counts_is_a_yes(school: School) -> None:
    said_yes(school)
    table = who_may(school, [GROUP])
    (row,) = table.rows
    found = dict(zip((each.code for each in table.purposes), row.answers, strict=True))
    assert found.pop("website") is YES
    assert set(found.values()) == {NO} and "press" in found
    assert not any(code.startswith("contact") for code in found)


def test_a_yes_of_nobody_knows_whom_is_no_yes(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    answered(school, form.form, "Anna van der Sluis")
    assert only(school) is NO


def test_a_childs_own_no_is_asked_first_until_it_is_lifted(school: School, clock: SetClock) -> None:
    said_yes(school)
    note = note_own_no(school, id_of(school), TODAY, "schaamt zich")
    assert only(school) is ASK_FIRST and only(school, "press") is NO
    assert check(school, "noor", ["website"]).rows[0].answers == (ASK_FIRST,)
    paper = Paper()
    print_class_sheet(school, paper, group=GROUP)
    assert "Vraag" in paper.text and "schaamt" not in paper.text
    clock.moment += timedelta(days=1)
    lift_own_no(school, note, clock.today())
    assert only(school) is YES


def test_from_16_the_pupil_says_yes_and_may_be_asked_first_too(school: School) -> None:
    said_yes(school, replace(a_child("Noor", MOTHER), born_on=date(2010, 11, 2)))
    assert only(school) is NO
    decide(school, Choice.GRANTED, by_pupil=True)
    assert only(school) is YES
    note_own_no(school, id_of(school), TODAY)
    assert only(school) is ASK_FIRST


# — the day of the photo —


def test_a_yes_must_still_count_on_the_day_of_the_photo(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (mother,) = carers_of(school, id_of(school))
    ends = TODAY + timedelta(days=9)
    how = {"guardian_id": mother.guardian.id, "declared": Authority.YES, "valid_until": ends}
    decide(school, Choice.GRANTED, **how)
    with school.transaction() as session:
        session.execute(sa.text("UPDATE guardianship SET authority = 'yes'"))
        session.audit("test")
    assert only(school) is YES and only(school, on=ends) is YES
    assert only(school, on=ends + timedelta(days=1)) is NO
    assert "Ja" in row_on_sheet(school, ends)
    assert "Nee" in row_on_sheet(school, ends + timedelta(days=1))


def test_a_parents_yes_ends_on_the_16th_birthday(school: School) -> None:
    birthday = TODAY + timedelta(days=5)
    said_yes(school, replace(a_child("Noor", MOTHER), born_on=birthday.replace(year=2010)))
    assert only(school) is YES and only(school, on=birthday) is NO


def row_on_sheet(school: School, on: date) -> str:
    """What stands behind the only child on the sheet of an event."""
    (text,) = texts_of(
        sample_event_sheet(school, event="Feest", on=on, groups=[GROUP], codes=["website"])
    )
    return text.split("Noor Test")[1].split("=")[0].removesuffix("Ja ").strip()


# — which children —


def test_roepnaam_first_then_surname(school: School) -> None:
    children = [
        replace(a_child("Zoë", MOTHER), prefix="van", surname="Aa", key="1"),
        replace(a_child("Éva", FATHER), surname="Zwart", key="2"),
        replace(a_child("Eva", APART), surname="Bos", key="3"),
    ]
    enrol(school, *children)
    rows = who_may(school, [GROUP]).rows
    assert [row.name for row in rows] == ["Eva Bos", "Éva Zwart", "Zoë van Aa"]
    assert {row.group for row in rows} == {GROUP}


def test_of_the_chosen_groups_each_child_once(school: School) -> None:
    enrol(
        school,
        a_child("Noor", MOTHER),
        replace(a_child("Sem", FATHER), group="Groep 6"),
        replace(a_child("Bo", APART), group="Groep 7"),
        replace(a_child("Weg", APART), left_on=date(2026, 10, 1)),
        replace(a_child("Straks", APART), left_on=TODAY + timedelta(days=3)),
    )
    both = ["Groep 6", GROUP, GROUP]
    assert [row.call_name for row in who_may(school, both).rows] == ["Noor", "Sem", "Straks"]
    later = TODAY + timedelta(days=4)
    assert [row.call_name for row in who_may(school, both, on=later).rows] == ["Noor", "Sem"]
    assert who_may(school, []).rows == ()
    assert refused(who_may, school, ["Groep 9"]) == "group.unknown"


def test_only_purposes_of_pictures_that_are_on(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    switch_purpose(school, "press", on=False)
    codes = ["newsletter", "website"]
    in_order = [
        each.purpose.code for each in purpose_settings(school) if each.purpose.code in codes
    ]
    assert [each.code for each in who_may(school, [GROUP], codes).purposes] == in_order
    for code in ("press", "contact-phone", "nonsense"):
        assert refused(who_may, school, [GROUP], ["website", code]) == "photo.purpose"
        assert refused(check, school, "noo", [code]) == "photo.purpose"


def test_children_of_one_name_are_told_apart(school: School) -> None:
    one = replace(a_child("Noor", MOTHER), key="1")
    enrol(school, one, replace(one, key="2", born_on=date(2018, 9, 7), guardians=(APART,)))
    assert [row.name for row in who_may(school, [GROUP]).rows] == [
        "Noor Test (1\u00a0maart\u00a02018)",
        "Noor Test (7\u00a0september\u00a02018)",
    ]


def test_children_whom_nobody_can_tell_apart_all_get_the_strictest(school: School) -> None:
    one = replace(a_child("Noor", MOTHER), key="1", born_on=None)
    enrol(school, one, replace(one, key="2", guardians=(APART,)))
    first, _ = asked(school)
    answered(school, first.form, "", Authority.YES)
    rows = who_may(school, [GROUP], ["website"]).rows
    assert [row.answers for row in rows] == [(NO,), (NO,)]


# — three letters —


def test_three_letters_find_a_child_of_any_group(school: School) -> None:
    said_yes(
        school,
        replace(a_child("Éva", MOTHER), key="1", prefix="van der", surname="Sluis"),
        replace(a_child("Lou", FATHER), key="2", prefix="d'", surname="Hont", group="Groep 6"),
        replace(a_child("Weg", APART), key="3", left_on=date(2026, 10, 1)),
    )

    def found(text: str) -> list[str]:
        return [row.name for row in check(school, text).rows]

    for text in ("eva", "ÉVA", "slu", "van", "der slu", "slu e", " Eva  van "):
        assert found(text) == ["Éva van der Sluis"]
    assert found("hon") == found("lou d'h") == ["Lou d'Hont"]
    assert found("weg") == found("") == found(" - ") == found("xyz") == found("eva lou") == []
    (row,) = check(school, "eva", ["website", "press"]).rows
    assert row.answers == (YES, NO) and row.group == GROUP


def test_no_more_are_found_than_a_person_reads(school: School) -> None:
    enrol(school, *(replace(a_child(f"Kind{n:02d}"), key=str(n)) for n in range(MOST_FOUND + 5)))
    found = check(school, "kin").rows
    assert len(found) == MOST_FOUND and found[0].call_name == "Kind00"
