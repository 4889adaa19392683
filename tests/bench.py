"""Measures what a user would wait for, as ratios: ``python3 dev.py bench``.

A ratio says how much more work something is than the least that could do the job, or than the
same in a school a hundred times smaller; seconds say more about the computer. What is compared
runs in turns, in CPU time, and nothing here fails when a number is high: somebody reads it.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from io import BytesIO
from itertools import cycle
from pathlib import Path

from PIL import Image, ImageDraw

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import records as consents
from schoolprivacy.consents.board import consent_table
from schoolprivacy.consents.form_code import make_form_code
from schoolprivacy.consents.papers import FormSheet, consent_forms
from schoolprivacy.consents.standing import standing
from schoolprivacy.demo import make_demo_school
from schoolprivacy.exchange.reading import read_roster
from schoolprivacy.exchange.roster import Roster, RosterGuardian, RosterPupil
from schoolprivacy.people import importing
from schoolprivacy.people import records as people
from schoolprivacy.registers import found_school
from schoolprivacy.school import School
from schoolprivacy.settings import resource
from schoolprivacy.vault.keys import Cost
from tests import bench_entry, bench_windows
from tests.consents.filled_school import fill, group_name
from tests.consents.paper_builders import MADE, SCHOOL, a_sheet
from tests.exchange.writing import csv_bytes, edexml, edexml_pupil, spreadsheet_rows
from tests.paper import bare_canvas
from tests.ui.board_builders import a_large_board, page_through
from ui import theme
from ui.app import make_application
from ui.matrix import MatrixModel
from ui.matrix_view import Matrix

ROUNDS = 5
LETTERS = 300
PUPILS, FAMILIES = 400, 350
SMALL, LARGE = 300, 30_000
GROUP = 30
CLOCK = SetClock(datetime(2026, 12, 7, 9, 0, tzinfo=UTC))
CHEAP = Cost(1, 8 * 2**20)
WORDS = tomllib.loads(resource("demo.nl.toml").read_text(encoding="utf-8"))

Action = Callable[[], object]


def measured(actions: dict[str, Action], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """CPU seconds of each action in each round, all of them in turns."""
    taken: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(rounds):
        for name, action in actions.items():
            start = time.process_time()
            action()
            taken[name].append(time.process_time() - start)
    return taken


def tell(what: str, above: list[float], below: list[float], per: float = 1) -> None:
    """One line: the median ratio of the rounds, and the least and the most.

    :param per: how much more there was to do above than below
    """
    ratios = [a / b / per for a, b in zip(above, below, strict=True)]
    spread = f"({min(ratios):.2f}–{max(ratios):.2f})"
    print(f"  {what:66} {statistics.median(ratios):6.2f}  {spread}", flush=True)


def new_school(folder: Path) -> School:
    passphrase = "vier tellen voor meten"
    name = "De Papieren Draak"
    return found_school(folder, name, "99ZZ", director=passphrase, clock=CLOCK, cost=CHEAP).school


# — paper —


def letters() -> None:
    """The kit against a canvas that is told every mark, and against the least a canvas can do."""
    logo = _logo()
    school = replace(SCHOOL, logo=logo)
    sheets = list(_sheets())
    pages = bare_canvas.marks_of(consent_forms(sheets, school, MADE))
    forms, own = bare_canvas.split(pages)
    taken = measured(
        {
            "kit": lambda: consent_forms(sheets, school, MADE),
            "bare": lambda: bare_canvas.draw(pages, logo),
            "forms": lambda: bare_canvas.draw_with_forms(forms, own, logo),
        }
    )
    print(f"{LETTERS} letters with forms ÷ a bare reportlab canvas drawing the same marks")
    tell("each page in full", taken["kit"], taken["bare"])
    tell("what recurs once, as form XObjects (the limit)", taken["kit"], taken["forms"])


def _sheets() -> Iterator[FormSheet]:
    """Fourteen purposes; every child with an own name, address and form number."""
    first = a_sheet()
    for number in range(LETTERS):
        name = f"{WORDS['call_names'][number % 60]} {' '.join(WORDS['surnames'][number % 34])}"
        address = (*first.address_lines[:1], name, f"Laan {number}", "1234 AB  VOORBEELDDORP")
        code = make_form_code("7K2M")
        yield replace(first, child_name=name, address_lines=address, codes=(code,))


def _logo() -> bytes:
    picture = Image.new("RGB", (420, 300), "#2a5d9f")
    ImageDraw.Draw(picture).ellipse((130, 70, 290, 230), fill="#ffd34d")
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


# — the import —


def imports(folder: Path) -> None:
    """Storing a school's two files against reading them; every round has a school of its own."""
    files = _exports(folder)
    rosters = _read(files)
    schools = [new_school(folder / f"import{number}") for number in range(ROUNDS)]
    turns = {name: iter(schools) for name in ("preview", "first", "second look", "second")}
    taken = measured(
        {
            "read": lambda: _read(files),
            "preview": lambda: importing.preview(next(turns["preview"]), rosters),
            "first": lambda: importing.apply(next(turns["first"]), rosters),
            "second look": lambda: importing.preview(next(turns["second look"]), rosters),
            "second": lambda: importing.apply(next(turns["second"]), rosters),
        }
    )
    known = standing(schools[0])
    for school in schools:
        school.lock()
    print(f"Import of {known.pupils} pupils, {known.guardians} guardians ÷ reading the files only")
    tell("preview", taken["preview"], taken["read"])
    tell("storing in an empty school, with the backup before", taken["first"], taken["read"])
    tell("preview of the same files again", taken["second look"], taken["read"])
    tell("storing the same files again, with the backup before", taken["second"], taken["read"])


def _read(files: list[Path]) -> list[Roster]:
    return [read_roster(path) for path in files]


def _exports(folder: Path) -> list[Path]:
    """EDEXML with the pupils, and CSV with their guardians, who sometimes have two children."""
    chance = random.Random(1)
    families = [(_guardian(chance, n, 1), _guardian(chance, n, 2)) for n in range(FAMILIES)]
    pupils = [_pupil(chance, n, families[n % FAMILIES]) for n in range(PUPILS)]
    school = (
        "<schooljaar>2026-2027</schooljaar><brincode>99ZZ</brincode>"
        "<aanmaakdatum>2026-12-01T10:00:00</aanmaakdatum>"
    )
    groups = "".join(
        f'<groep key="{name}"><naam>{name}</naam></groep>' for name in {p.group for p in pupils}
    )
    xml, table = folder / "leerlingen.xml", folder / "ouders.csv"
    xml.write_bytes(edexml("\n".join(map(edexml_pupil, pupils)), groups=groups, school=school))
    table.write_bytes(csv_bytes(spreadsheet_rows(pupils, 2)))
    return [xml, table]


def _pupil(
    chance: random.Random, number: int, carers: tuple[RosterGuardian, RosterGuardian]
) -> RosterPupil:
    level = number % 8 + 1
    return RosterPupil(
        line=number,
        key=f"{number:05}",
        call_name=chance.choice(WORDS["call_names"]),
        prefix=carers[0].prefix,
        surname=carers[0].surname,
        born_on=date(2022 - level, chance.randrange(1, 13), chance.randrange(1, 29)),
        year_level=str(level),
        group=f"Groep {level}{'ab'[number % 16 // 8]}",
        came_on=date(2026, 8, 1),
        guardians=carers,
    )


def _guardian(chance: random.Random, family: int, place: int) -> RosterGuardian:
    prefix, surname = chance.choice(WORDS["surnames"])
    name = chance.choice(WORDS["adult_names"])
    return RosterGuardian(
        initials=f"{name[0]}.",
        call_name=name,
        prefix=prefix,
        surname=surname,
        relation=("moeder", "vader")[place - 1],
        street=WORDS["streets"][family % 12],
        house_number=str(family + 1),
        postcode="9999 ZA",
        place="Voorbeelddorp",
        phones=(f"06{place}{family:07}",),
        email=f"ouder{family}-{place}@gezin.example",
    )


# — a large school —


def schools(folder: Path) -> None:
    """What one group asks for, and the whole school, in a small school and a very large one."""
    small, large = new_school(folder / "small"), new_school(folder / "large")
    fill(small, SMALL, GROUP)
    fill(large, LARGE, GROUP)
    turns = {"small": cycle(range(SMALL // GROUP)), "large": cycle(range(LARGE // GROUP))}
    taken = measured(
        {
            "small": lambda: [_group_matrix(small, next(turns["small"])) for _ in range(50)],
            "large": lambda: [_group_matrix(large, next(turns["large"])) for _ in range(50)],
        }
    )
    print(f"A school of {LARGE} pupils ÷ one of {SMALL}")
    tell(f"the consents of one group of {GROUP}", taken["large"], taken["small"])
    often = 10
    taken = measured(
        {
            "small": lambda: [standing(small) for _ in range(often)],
            "large": lambda: standing(large),
        },
        rounds=3,
    )
    what = "standing of the whole school, for each pupil"
    tell(what, taken["large"], taken["small"], per=LARGE / SMALL / often)
    taken = measured(
        {
            "small": lambda: [consent_table(small) for _ in range(often)],
            "large": lambda: consent_table(large),
        },
        rounds=3,
    )
    what = "the board of the whole school, for each pupil"
    tell(what, taken["large"], taken["small"], per=LARGE / SMALL / often)
    small.lock()
    large.lock()


def _group_matrix(school: School, number: int) -> consents.Matrix:
    """What the screen of a group shows."""
    with school.reading() as session:
        on = school.clock.today()
        year = people.current_year(session, on)
        pupils = people.pupils_on_roll(session, on, year, group_name(number))
        assert len(pupils) == GROUP
        on_now = consents.purposes(session, only_on=True)
        return consents.matrix(session, [each.pupil for each in pupils], on_now, on)


# — windows —


def windows(folder: Path) -> None:
    """The program against a window that does nothing, and against the least a passphrase costs."""
    place, passphrase = folder / "windows.schoolprivacy", "vier tellen voor meten"
    make_demo_school(place, passphrase, CLOCK).school.lock()
    print("Windows, a demo school of 200 pupils")
    for what, (ours, least) in bench_windows.measure(place, passphrase).items():
        tell(what, ours, least)


def board() -> None:
    """Paging through the consents of a very large school, all of it drawn."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    theme.apply(make_application([]), dark=False)
    shown = {SMALL: Matrix(MatrixModel()), LARGE: Matrix(MatrixModel())}
    for pupils, matrix in shown.items():
        matrix.board.replace(a_large_board(pupils))
        matrix.resize(1000, 560)
        matrix.show()
    taken = measured({str(n): partial(page_through, each) for n, each in shown.items()})
    tell("a hundred pages of the consents", taken[str(LARGE)], taken[str(SMALL)])


def entering(folder: Path) -> None:
    """A stack of forms from scan to save, against the same keys in a window that does nothing."""
    clock = SetClock(CLOCK.moment)
    passphrase = "vier tellen voor meten"
    made = found_school(
        folder / "entering",
        "De Papieren Draak",
        "99ZZ",
        director=passphrase,
        clock=clock,
        cost=CHEAP,
    )
    ours, bare = bench_entry.measure(made.school, clock)
    tell("a form from scan to save ÷ its keys in a bare window", ours, bare)
    milliseconds = statistics.median(ours) / bench_entry.FORMS * 1000
    print(f"  {'the same, in milliseconds of CPU':66} {milliseconds:6.0f}", flush=True)
    made.school.lock()


# — all of it —


def main() -> int:
    """Everything, in a folder that disappears."""
    with tempfile.TemporaryDirectory(prefix="schoolprivacy-bench-") as name:
        os.environ["XDG_STATE_HOME"] = name  # the lock's notes about this computer
        folder = Path(name)
        print("Ratios of CPU time: median of rounds in turns (least–most)")
        letters()
        imports(folder)
        schools(folder)
        windows(folder)
        board()
        entering(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
