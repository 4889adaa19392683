"""Photo sheets made: registered, delivered, or refused with nothing stored."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.photos.printing import (
    print_class_sheet,
    print_event_sheet,
    sample_class_sheet,
    sample_event_sheet,
)
from schoolprivacy.consents.purposes import purpose_settings, switch_purpose
from schoolprivacy.school import School
from schoolprivacy.vault.tables import audit
from tests.consents.families import (
    APART,
    FATHER,
    MOTHER,
    Paper,
    a_child,
    audit_lines,
    enrol,
)
from tests.consents.photo_builders import GROUP, TODAY, said_yes
from tests.paper.reading import texts_of
from tests.people.builders import rows_of
from tests.vault.schools import refused


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 11, 2, 9, tzinfo=UTC))


def test_an_event_is_today_or_soon(school: School, clock: SetClock) -> None:
    said_yes(school)
    before = audit_lines(school)

    def on(day: date) -> str:
        return refused(
            print_event_sheet,
            school,
            Paper(),
            event="Feest",
            on=day,
            groups=[GROUP],
            codes=["website"],
        )

    assert on(TODAY - timedelta(days=1)) == "photo.past"
    assert on(TODAY + timedelta(days=29)) == "photo.too_early"
    clock.moment = datetime(2027, 7, 20, 9, tzinfo=UTC)
    assert on(date(2027, 8, 1)) == "photo.too_early"
    assert audit_lines(school) == before


def test_a_sheet_is_registered_without_names(school: School) -> None:
    said_yes(school)
    paper = Paper()
    run = print_event_sheet(
        school,
        paper,
        event="Feest van Noor",
        on=TODAY,
        groups=[GROUP],
        codes=["website"],
        way="printed",
    )
    assert [each.pupil for each in run] == ["Noor Test"]
    assert "Wie mag op de foto? · Feest van Noor" in paper.text
    with school.reading() as session:
        line = session.execute(sa.select(audit).order_by(audit.c.seq.desc()).limit(1)).one()
    detail = json.loads(line.detail)
    assert (line.action, line.about) == ("event_sheet.printed", "")
    assert (detail["purposes"], detail["groups"]) == (["website"], [GROUP])
    assert (detail["on"], detail["way"]) == ("2026-11-02", "printed")
    assert "Noor" not in line.detail and "Feest" not in line.detail
    print_class_sheet(school, paper, group=GROUP)
    with school.reading() as session:
        line = session.execute(sa.select(audit).order_by(audit.c.seq.desc()).limit(1)).one()
    assert (line.action, line.about) == ("class_sheet.printed", GROUP)


def test_what_cannot_be_made_is_refused_with_nothing_stored(school: School) -> None:
    said_yes(school, a_child("Noor", MOTHER))
    before = rows_of(school)
    good = {"event": "Feest", "on": TODAY, "groups": [GROUP], "codes": ["website"]}

    def why(**other: object) -> str:
        return refused(print_event_sheet, school, Paper(), **good | other)

    assert why(groups=[]) == why(codes=[]) == "photo.nothing_chosen"
    assert why(event="  ") == "photo.no_event"
    assert why(event="x" * 61) == "photo.event_too_long"
    assert why(event="نور") == "paper.missing_glyph"
    assert why(groups=["Groep 9"]) == "group.unknown"
    assert why(codes=["facebook"]) == "photo.purpose"
    for each in purpose_settings(school):
        switch_purpose(school, each.purpose.code, on=False)
    assert refused(print_class_sheet, school, Paper()) == "purpose.none_on"
    assert rows_of(school, "audit", "purpose") == {
        name: rows for name, rows in before.items() if name not in ("audit", "purpose")
    }


def test_nothing_is_registered_when_it_is_not_delivered(school: School) -> None:
    said_yes(school)
    before = audit_lines(school)

    def broken(_: bytes) -> None:
        raise OSError

    makes: list[Callable[[], object]] = [
        lambda: print_class_sheet(school, broken),
        lambda: print_event_sheet(
            school, broken, event="Feest", on=TODAY, groups=[GROUP], codes=["website"]
        ),
    ]
    for make in makes:
        with pytest.raises(OSError):
            make()
    sample_class_sheet(school)
    assert audit_lines(school) == before


def test_every_group_on_a_page_of_its_own(school: School) -> None:
    enrol(
        school,
        replace(a_child("Noor", MOTHER), group="Groep 10"),
        replace(a_child("Sem", FATHER), group="Groep 2"),
        replace(a_child("Nergens", APART), group=""),
    )
    paper, done = Paper(), []
    run = print_class_sheet(school, paper, progress=lambda *step: done.append(step))
    nowhere, two, ten = paper.pages
    assert "Zonder groep" in nowhere and "Nergens Test" in nowhere
    assert "Groep 2" in two and "Sem Test" in two and "Noor" not in two
    assert "Groep 10" in ten and "bladzijde 1 van 1" in ten
    assert done == [(1, 3), (2, 3), (3, 3)] and len(run) == 3


def test_a_name_that_cannot_be_printed_stops_nobody_else(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("نور", FATHER))
    paper = Paper()
    run = print_class_sheet(school, paper, group=GROUP)
    assert [each.pupil for each in run] == ["Noor Test"]
    (left_out,) = run.left_out
    assert "teken dat niet op papier kan" in left_out.reason
    assert "Staat een kind niet op dit blad? Dan geldt Nee." in paper.text


def test_the_class_sheet_holds_four_weeks_and_never_into_the_next_year(
    school: School, clock: SetClock
) -> None:
    said_yes(school)
    paper = Paper()
    print_class_sheet(school, paper)
    assert "Geldig tot en met 30 november 2026" in paper.text
    assert "Vernietigen na 7 december 2026" in paper.text
    clock.moment = datetime(2027, 7, 20, 9, tzinfo=UTC)
    print_class_sheet(school, paper)
    assert "Geldig tot en met 31 juli 2027" in paper.text
    assert "Vernietigen na 7 augustus 2027" in paper.text


@pytest.mark.parametrize(
    ("code", "open_to_all"), [("website", True), ("facebook", True), ("parent-app", False)]
)
def test_group_pictures_only_where_everybody_may_look(
    school: School, code: str, open_to_all: bool
) -> None:
    enrol(school, a_child("Noor", MOTHER))
    switch_purpose(school, code, on=True)
    (text,) = texts_of(
        sample_event_sheet(school, event="Feest", on=TODAY, groups=[GROUP], codes=[code])
    )
    assert ("alleen groepsfoto’s" in text) is open_to_all
    assert "geen namen bij de foto’s" in text


def test_many_groups_with_long_names_are_counted(school: School) -> None:
    """Their names would not fit on the line, and nobody could print the sheet."""
    groups = [f"Vlinders en lieveheersbeestjes {number}" for number in range(5)]
    enrol(school, *(replace(a_child(f"Kim{n}", MOTHER), group=g) for n, g in enumerate(groups)))
    sheet = partial(sample_event_sheet, school, event="Feest", on=TODAY, codes=["website"])
    (text,) = texts_of(sheet(groups=groups))
    assert "5 groepen" in text and "Kim4 Test" in text
    (text,) = texts_of(sheet(groups=groups[:1]))
    assert groups[0] in text and "1 groepen" not in text
