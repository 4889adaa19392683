"""A school in its yearly round, a stack of forms that came back, and somebody who enters them.

The book is the test's own: what stands on each paper in ink, drawn from a fixed seed.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import records
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.records import Form
from schoolprivacy.consents.rounds.opening import open_round
from schoolprivacy.consents.rounds.printing import print_round_forms
from schoolprivacy.exchange.roster import Roster, RosterGuardian, RosterPupil
from schoolprivacy.people import importing
from schoolprivacy.people.records import guardians, pupils_on_roll
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear

YEAR = SchoolYear(2026)
BEFORE = datetime(2026, 2, 10, 9, tzinfo=UTC)
PRINTED = datetime(2026, 9, 28, 9, tzinfo=UTC)
ENTERED = datetime(2026, 11, 2, 9, tzinfo=UTC)
_SIGNED = (date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 5), date(2026, 10, 6))
_PATIENCE = 2_000  # times ten milliseconds
_NONE, _CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


# — the school —


def child(number: int, levels: int = 8) -> RosterPupil:
    """Every third child has one parent; of every ninth the parents live apart."""
    level = 1 + number % levels
    parents = [_parent(number, "Moeder", "Lindelaan")]
    if number % 3:
        parents.append(_parent(number, "Vader", "Havenkade" if number % 9 == 1 else "Lindelaan"))
    return RosterPupil(
        1 + number,
        key=f"{number:05d}",
        call_name=f"Kind{number}",
        surname=f"Gezin{number}",
        born_on=date(2022 - level, 1 + number % 12, 1 + number % 28),
        year_level=str(level),
        group=f"Groep {level}",
        guardians=tuple(parents),
    )


def _parent(number: int, who: str, street: str) -> RosterGuardian:
    return RosterGuardian(
        call_name=f"{who}{number}",
        surname=f"Gezin{number}",
        relation=who.lower(),
        street=street,
        house_number=str(1 + number),
        postcode="1234 AB" if street == "Lindelaan" else "4321 ZX",
        place="Voorbeelddorp",
        phones=(f"+316{2 * number + (who == 'Vader'):08d}",),
    )


def import_year(school: School, pupils: int, year: SchoolYear) -> None:
    rows = tuple(child(number) for number in range(pupils))
    (found,) = importing.apply(school, [Roster("edexml", "test", rows, school_year=year)])
    assert not found.questions


def ask_the_year_before(school: School, clock: SetClock, pupils: int, numbers: list[int]) -> None:
    """Last year these children got forms, which never came back."""
    clock.moment = BEFORE
    import_year(school, pupils, YEAR.previous())
    ids = ids_of(school)
    print_forms(school, lambda _: None, pupil_ids=[ids[f"Kind{each}"] for each in numbers])


def open_and_print(school: School, clock: SetClock, pupils: int) -> list[str]:
    """The round is open and its forms are out; gives their numbers as they lie in the stack."""
    clock.moment = PRINTED
    import_year(school, pupils, YEAR)
    open_round(school, YEAR)
    return [each.form for each in print_round_forms(school, lambda _: None)]


def ids_of(school: School) -> dict[str, str]:
    """The identifier of each child, by call name."""
    with school.reading() as session:
        on = session.clock.today()
        pupils = pupils_on_roll(session, on, SchoolYear.of(on))
        return {each.pupil.call_name: each.pupil.id for each in pupils}


def forms_by_number(school: School) -> dict[str, Form]:
    with school.reading() as session:
        return {form.number: form for form in records.forms(session)}


# — the papers —


@dataclass(frozen=True)
class Paper:
    """A form as it lies on the table.

    :param rows: (code, what is ticked) from top to bottom
    :param signer: call name of who signed
    :param place: at which place of the list on the screen this person must stand; None when the
        form was for one person only
    """

    number: str
    child: str
    rows: tuple[tuple[str, str], ...]
    signer: str
    place: int | None
    signed_on: date

    def decisions(self) -> list[tuple[str, str, str, str, str]]:
        """What must be stored of it, each once."""
        words = {"J": "granted", "N": "refused"}
        day = self.signed_on.isoformat()
        return [
            (self.number, code, words[tick], self.signer, day)
            for code, tick in self.rows
            if tick in words
        ]

    def other_way_round(self) -> tuple[tuple[str, str], ...]:
        """The opposite on every row."""
        turned = {"J": "N", "N": "J", " ": " "}
        return tuple((code, turned[tick]) for code, tick in self.rows)


class Table:
    """Writes on the papers, as families do."""

    def __init__(self, school: School, seed: int = 5) -> None:
        self._chance = random.Random(seed)
        self._forms = forms_by_number(school)
        with school.reading() as session:
            self._called = {key: each.call_name for key, each in guardians(session).items()}
        self._children = {key: name for name, key in ids_of(school).items()}

    def filled_in(self, number: str, signed_on: date | None = None) -> Paper:
        """Three quarters are yes, and something is always ticked."""
        form = self._forms[number]
        codes = [code for code, _ in form.asked]
        ticks = [*self._chance.choices("JN ", (6, 2, 1), k=len(codes) - 1), "J"]
        meant = sorted(self._called[each] for each in form.guardians)  # mothers come first
        signer = self._chance.choice(meant)
        return Paper(
            number,
            self._children[form.pupil_id],
            tuple(zip(codes, ticks, strict=True)),
            signer,
            1 + meant.index(signer) if len(meant) > 1 else None,
            signed_on or self._chance.choice(_SIGNED),
        )


# — the hands —


def at_keyboard() -> QWidget:
    """Where the next key goes."""
    if QApplication.activeWindow() is None:  # offscreen nobody gives the focus back
        next(w for w in QApplication.topLevelWidgets() if w.isVisible()).activateWindow()
    for _ in range(_PATIENCE):
        found = QApplication.focusWidget()
        if found is not None:
            return found
        QTest.qWait(10)
    raise AssertionError("nothing has the keyboard")


def press(at: QWidget, key: Qt.Key | str, how: Qt.KeyboardModifier, *, draws: bool) -> None:
    QTest.keyClick(at, key, how)  # type: ignore[call-overload]
    if draws:
        QApplication.processEvents()


@dataclass
class Hands:
    """Only keys, wherever the keyboard is.

    :param pressed: all of them, to press them again elsewhere
    :param draws: look at the window after each key, as a person does
    """

    draws: bool = False
    pressed: list[tuple[Qt.Key | str, Qt.KeyboardModifier]] = field(default_factory=list)
    last_date: date | None = None

    def press(self, key: Qt.Key | str, how: Qt.KeyboardModifier = _NONE) -> None:
        press(at_keyboard(), key, how, draws=self.draws)
        self.pressed.append((key, how))

    def control(self, key: Qt.Key) -> None:
        self.press(key, _CONTROL)

    def scan(self, number: str) -> None:
        """A hand scanner types a number and Enter, faster than a person."""
        for each in number:
            self.press(each)
        self.press(Qt.Key.Key_Return)

    def fill_in(self, paper: Paper) -> None:
        """The rows, who signed, authority, and the date when it is another than the last one."""
        for _, tick in paper.rows:
            self.press({"J": Qt.Key.Key_J, "N": Qt.Key.Key_N, " ": Qt.Key.Key_Space}[tick])
        if paper.place:
            self.press(str(paper.place))
        self.press(Qt.Key.Key_J)
        if paper.signed_on != self.last_date:
            self.control(Qt.Key.Key_A)
            for each in f"{paper.signed_on:%d-%m-%Y}":
                self.press(each)
            self.press(Qt.Key.Key_Return)
            self.last_date = paper.signed_on

    def enter(self, paper: Paper) -> None:
        """One form, from scan to save."""
        self.scan(paper.number)
        self.fill_in(paper)
        self.control(Qt.Key.Key_Return)
        QApplication.processEvents()
