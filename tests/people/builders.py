"""Small rosters, and a school's tables as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from schoolprivacy.consents.answering import FormAnswers, enter_form
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.exchange.roster import Roster, RosterGuardian, RosterPupil
from schoolprivacy.people import importing
from schoolprivacy.people.difference import Difference, Kind
from schoolprivacy.people.names import full_name
from schoolprivacy.people.records import guardianships, placed_pupils
from schoolprivacy.people.terms import Authority, Guardianship, PlacedPupil
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from schoolprivacy.vault.tables import metadata

THIS_YEAR = SchoolYear(2026)
NEXT_YEAR = SchoolYear(2027)
MADE = datetime(2026, 10, 1, 12)

Rows = dict[str, list[dict[str, Any]]]


def a_row(name: str = "Sanne de Boer", key: str | None = None, **more: Any) -> RosterPupil:
    """A pupil in a file: ``Nynke van der Sluis`` is taken apart at its spaces."""
    call_name, *prefix, surname = name.split() if " " in name else (name, "")
    values = {
        "line": int(key) if key and key.isdecimal() else 1,
        "key": key,
        "call_name": call_name,
        "prefix": " ".join(prefix),
        "surname": surname,
        "born_on": date(2018, 5, 17),
        "group": "3",
        "year_level": "3",
    }
    return RosterPupil(**values | more)


def a_guardian(name: str = "J. Bakker", **more: Any) -> RosterGuardian:
    """A guardian in a file; the first word is initials when it ends with a dot."""
    first, *prefix, surname = name.split() if " " in name else ("", name)
    called = {"initials" if first.endswith(".") else "call_name": first}
    return RosterGuardian(**{**called, "prefix": " ".join(prefix), "surname": surname} | more)


def at(street: str, number: str = "1", postcode: str = "1234 AB") -> dict[str, str]:
    """An address, to give to a guardian."""
    return {"street": street, "house_number": number, "postcode": postcode, "place": "Dorp"}


def reached(number: int, **more: Any) -> dict[str, Any]:
    """A telephone and an e-mail address of somebody's own."""
    return {
        "phones": (f"+316123456{number:02d}",),
        "email": f"ouder{number}@gezin.example",
        **more,
    }


def a_roster(*pupils: RosterPupil, **more: Any) -> Roster:
    """An EDEXML file of this year, as it was read."""
    values: dict[str, Any] = {
        "source": "edexml",
        "kind": "EDEXML 2.1",
        "brin": "99ZZ",
        "school_year": THIS_YEAR,
        "made_at": MADE,
        "groups": tuple(dict.fromkeys(each.group for each in pupils if each.group)),
    }
    return Roster(pupils=pupils, **values | more)


def a_spreadsheet(*pupils: RosterPupil, **more: Any) -> Roster:
    """A spreadsheet: it says nothing of school, year or moment."""
    values: dict[str, Any] = {
        "source": "spreadsheet",
        "kind": "xlsx",
        "brin": None,
        "school_year": None,
        "made_at": None,
        "columns": {"Naam": "pupil.full_name"},
        "header_fingerprint": "f",
    }
    return a_roster(*pupils, **values | more)


def numbered(count: int, **more: Any) -> list[RosterPupil]:
    """Pupils who have nothing in common but the group."""
    return [
        a_row(
            f"Kind{number:03d} Naam{number:03d}",
            f"{number:05d}",
            born_on=date.fromordinal(date(2016, 1, 1).toordinal() + number),
            **more,
        )
        for number in range(1, count + 1)
    ]


def store(school: School, *pupils: RosterPupil, **more: Any) -> Difference:
    """Store these pupils as a file of this year."""
    (difference,) = importing.apply(school, [a_roster(*pupils, **more)])
    return difference


def names_of(difference: Difference, kind: Kind) -> list[str]:
    return [full_name(each.pupil) for each in difference.of_kind(kind)]


def kinds_of(difference: Difference) -> dict[str, set[str]]:
    """Name → what happens to the pupil, for those to whom something happens."""
    return {
        full_name(each.pupil): {kind.value for kind in each.kinds}
        for each in difference.pupils
        if each.kinds
    }


def changes_of(difference: Difference) -> set[tuple[str, str, str]]:
    """All fields that change, of pupils and of guardians."""
    return {
        (change.field, change.old, change.new)
        for plan in difference.pupils
        for changes in (plan.changes, *(each.changes for each in plan.guardians))
        for change in changes
    }


def doubts_of(difference: Difference) -> list[str]:
    return [each.doubt.value for each in difference.questions]


def pupils_of(school: School, year: SchoolYear = THIS_YEAR) -> dict[str, PlacedPupil]:
    """Everybody by full name."""
    with school.reading() as session:
        return {full_name(each.pupil): each for each in placed_pupils(session, year)}


def carers_of(school: School, name: str) -> Sequence[Guardianship]:
    """The guardians of the pupil of this name, in their order."""
    with school.reading() as session:
        pupil_id = pupils_of(school)[name].pupil.id
        return guardianships(session, [pupil_id]).get(pupil_id, [])


def rows_of(school: School, *without: str) -> Rows:
    """Every row of every table, in an order of their own."""
    with school.reading() as session:
        return {
            name: sorted(
                (dict(row) for row in session.execute(sa.select(table)).mappings()), key=repr
            )
            for name, table in metadata.tables.items()
            if name not in without
        }


def content_of(school: School) -> Rows:
    """What an import may change; the trail and the list of imports only grow."""
    return rows_of(school, "audit", "import_run")


def differing(one: Mapping[str, object], other: Mapping[str, object]) -> set[str]:
    """The names of the tables that are not the same."""
    return {name for name in one if one[name] != other[name]}


def record_decisions(school: School, group: str | None = None) -> None:
    """Print forms for everybody (in a group), and enter a yes and a no on each."""
    for each in print_forms(school, lambda _: None, group=group):
        answers = FormAnswers(
            frozenset(["website"]), frozenset(["press"]), "Robin de Tekenaar", Authority.YES
        )
        enter_form(school, each.form, answers)


def decisions_of(school: School) -> list[dict[str, Any]]:
    """Every decision as it lies in the table."""
    return rows_of(school)["decision"]
