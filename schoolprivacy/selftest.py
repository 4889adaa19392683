"""Does the program work on this computer? A school's main job, in a folder that is gone after.

What a build left out (a library, a font, a letter, a migration) or a computer does not allow
shows here and not on the first day of a school.
"""

from __future__ import annotations

import os
import tempfile
import tomllib
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl

from schoolprivacy.consents.actions import default_purposes
from schoolprivacy.consents.answering import FormAnswers, enter_form
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.printing import Printed
from schoolprivacy.consents.reminders import print_reminder_list
from schoolprivacy.consents.standing import standing
from schoolprivacy.errors import KnownError
from schoolprivacy.exchange.reading import read_roster
from schoolprivacy.paper.preview import page_count, render_page
from schoolprivacy.people import importing
from schoolprivacy.people.terms import Authority
from schoolprivacy.registers import found_school
from schoolprivacy.school import School, restore
from schoolprivacy.settings import resource
from schoolprivacy.vault.keys import SCHOOL_COST, Cost

PUPILS = 6
_ANSWERED = 2
_HEADERS = (
    *("Leerlingnummer", "Roepnaam", "Tussenvoegsel", "Achternaam", "Geboortedatum", "Klas"),
    *("Ouder 1 Roepnaam", "Ouder 1 Achternaam", "Ouder 1 Straat", "Ouder 1 Huisnummer"),
    *("Ouder 1 Postcode", "Ouder 1 Woonplaats", "Ouder 1 Mobiel"),
)
_PARENT = 6
"""The columns of a pupil before those of the parent."""
_DARK = 64  # of 255; below it a pixel is ink
_BY_CHANCE = 8  # bytes; something shorter may well stand in an encrypted file
_USERS_FOLDERS = ("XDG_STATE_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA")
"""Where platformdirs looks first for the folder of this user on this computer."""


class _Failed(Exception):
    """A step gave something else than it should; the Dutch text says what."""


MoreSteps = Callable[[Path, str], Iterable[str]]
"""Goes on with the school file of the test and the paper key that opens it; gives Dutch lines."""


def self_test(
    say: Callable[[str], object], more: MoreSteps | None = None, *, cost: Cost = SCHOOL_COST
) -> int:
    """Make a school, import, print, answer, back up and restore; leaves nothing behind.

    :param say: takes a Dutch line for each step that went well, and for the one that did not
    :param more: steps of the windows, after those of the core
    :param cost: of one guess of a passphrase
    :return: 0 when everything works, otherwise 1
    """
    try:
        with tempfile.TemporaryDirectory(prefix="schoolprivacy-") as name, _users_folder(name):
            for done in _steps(Path(name), more, cost):
                say(f"Goed: {done}")
    except (KnownError, _Failed) as error:
        say(f"Mislukt: {error}")
        return 1
    except Exception as error:  # the people in it are made up, so all may be told
        say("Mislukt: " + "".join(traceback.format_exception(error)))
        return 1
    return 0


@contextmanager
def _users_folder(place: str) -> Iterator[None]:
    """Keep the notes about locks out of the real user's folder."""
    before = {name: os.environ.get(name) for name in _USERS_FOLDERS}
    os.environ.update(dict.fromkeys(_USERS_FOLDERS, place))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _steps(place: Path, more: MoreSteps | None, cost: Cost) -> Iterator[str]:
    """Do the work; a line after each step."""
    folder, backup = place / "zelftest.schoolprivacy", place / "zelftest.schoolbackup"
    founded = found_school(
        folder, "Zelftest", "99ZZ", director="een wachtzin om te proberen", cost=cost
    )
    with founded.school as school:
        yield "een versleuteld schoolbestand gemaakt"
        rows = _made_up_rows(school)
        _import(school, place / "leerlingen.xlsx", rows)
        yield f"{PUPILS} verzonnen leerlingen uit een spreadsheet overgenomen"
        printed = _print_forms(school)
        yield "toestemmingsformulieren gemaakt, en een bladzijde getekend"
        _answer(school, printed[:_ANSWERED], rows)
        yield f"de antwoorden van {_ANSWERED} formulieren opgeslagen"
        _print_reminders(school, printed[_ANSWERED:])
        yield "de herinneringslijst klopt met wat nog openstaat"
        school.back_up(backup)
        before = standing(school)
    yield "een back-up gemaakt en het schoolbestand vergrendeld"
    _look_for_texts(place, rows)
    yield "in het schoolbestand en de back-up is niets te lezen"
    restore(backup, place / "elders", founded.paper_key)
    with School.open(place / "elders", founded.paper_key) as school:
        _require(standing(school) == before, "in de teruggezette back-up staat iets anders")
        yield "de back-up teruggezet en geopend met de papieren sleutel"
        _require(not school.problems(), *map(str, school.problems()))
    yield "het teruggezette schoolbestand is in orde"
    if more:
        yield from more(place / "elders", founded.paper_key)


def _require(holds: bool, *otherwise: str) -> None:
    if not holds:
        raise _Failed("; ".join(otherwise))


def _made_up_rows(school: School) -> list[list[str]]:
    """A row of cells for each pupil, with the names of the demo school."""
    words: dict[str, Any] = tomllib.loads(resource("demo.nl.toml").read_text(encoding="utf-8"))
    born = school.clock.today() - timedelta(days=7 * 365)
    rows = []
    for number in range(PUPILS):
        prefix, surname = words["surnames"][number]
        child = [words["call_names"][number], prefix, surname]
        child += [f"{born - timedelta(days=number):%d-%m-%Y}", f"Groep {3 + number % 2}"]
        parent = [words["adult_names"][number], surname, words["streets"][number], str(number + 1)]
        parent += [words["postcode"], words["place"], f"06 000000{number:02d}"]
        rows.append([str(number + 1), *child, *parent])
    return rows


def _import(school: School, path: Path, rows: list[list[str]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (list(_HEADERS), *rows):
        sheet.append(row)
    book.save(path)
    importing.apply(school, [read_roster(path)])
    path.unlink()
    _require(standing(school).pupils == PUPILS, "er staan meer of minder leerlingen in de school")


def _print_forms(school: School) -> list[Printed]:
    papers: list[bytes] = []
    printed = list(print_forms(school, papers.append))
    _require(len(printed) == PUPILS, "er zijn meer of minder formulieren dan leerlingen")
    _require(page_count(papers[0]) >= PUPILS, "er ontbreken bladzijden")
    page = render_page(papers[0], 0, 50)
    _require(min(page.pixels) < _DARK, "de bladzijde is leeg")
    return printed


def _answer(school: School, printed: list[Printed], rows: list[list[str]]) -> None:
    codes = [each["code"] for each in default_purposes() if each["on_by_default"]]
    parents = {row[1]: " ".join(row[_PARENT : _PARENT + 2]) for row in rows}
    for form in printed:
        signer = parents[form.pupil.split()[0]]
        answers = FormAnswers(frozenset(codes[1:]), frozenset(codes[:1]), signer, Authority.YES)
        entered = enter_form(school, form.form, answers)
        _require(entered.recorded == len(codes), "niet elk antwoord is opgeslagen")


def _print_reminders(school: School, waiting: list[Printed]) -> None:
    papers: list[bytes] = []
    reminded = print_reminder_list(school, papers.append)
    _require(page_count(papers[0]) > 0, "de herinneringslijst heeft geen bladzijde")
    wanted = {each.form for each in waiting}
    _require({each.form for each in reminded} == wanted, "op de lijst staan de verkeerde kinderen")


def _look_for_texts(place: Path, rows: list[list[str]]) -> None:
    texts = {cell.encode() for row in rows for cell in row if len(cell) >= _BY_CHANCE}
    for path in filter(Path.is_file, place.rglob("*")):
        content = path.read_bytes()
        readable = any(text in content for text in texts)
        _require(not readable, f"in {path.name} zijn gegevens van leerlingen te lezen")
