"""Three school years of one school: what was decided stays, and what counts is what a person says.

220 children, three exports of the LAS (in the second all keys are new), twins, a returner, a
family that comes to live at two addresses, an address that becomes secret between printing and
entering. The test keeps its own book of who was asked and who said what.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import records
from schoolprivacy.consents.actions import withdraw
from schoolprivacy.consents.answering import FormAnswers, enter_form
from schoolprivacy.consents.board import Cells
from schoolprivacy.consents.purposes import reword_purpose, switch_purpose
from schoolprivacy.consents.rounds.closing import close_round
from schoolprivacy.consents.rounds.opening import open_round
from schoolprivacy.consents.rounds.printing import print_round_forms
from schoolprivacy.consents.terms import Answer, Way, Wording
from schoolprivacy.exchange.roster import Roster, RosterGuardian, RosterPupil
from schoolprivacy.people import importing
from schoolprivacy.people.carers import change_guardian
from schoolprivacy.people.dossier import dossier, guardian_entry
from schoolprivacy.people.names import full_name
from schoolprivacy.people.records import guardianships, pupils_on_roll
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.paper.reading import texts_of

SIZE, LEVELS = 220, 8
YEARS = (2026, 2027, 2028)
LIST = frozenset(
    {
        "contact-child-name",
        "contact-birthday",
        "contact-guardian-name",
        "contact-address",
        "contact-phone",
        "contact-email",
    }
)
NEW_PURPOSE, WIDENED = "instagram", "website"
RETURNER, SPLIT, SECRET, WITHDRAWS = 30, 41, 52, 63  # numbers of children of level 1 to 5
TWINS = (70, 71)


@dataclass
class Child:
    """A child as the test knows it.

    :param born_in: year of birth
    :param family: children of one family have the same parents
    :param said: (purpose, parent) to (choice, year), the newest
    :param asked: the purposes of which the family was asked
    """

    number: int
    level: int
    born_in: int
    family: int
    said: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return f"Kind{self.number} Gezin{self.family}"

    @property
    def parents(self) -> tuple[str, ...]:
        """Every third family has one parent."""
        return ("Moeder",) if self.family % 3 == 0 else ("Moeder", "Vader")

    def lives_apart(self, year: int) -> bool:
        return self.number == SPLIT and year == YEARS[2]

    def homes(self, year: int) -> list[tuple[str, ...]]:
        """Who lives together."""
        return [(each,) for each in self.parents] if self.lives_apart(year) else [self.parents]


def _children() -> list[Child]:
    """Every fifth child has the next one as brother or sister; the twins are such a pair."""
    made: list[Child] = []
    for number in range(SIZE):
        family = made[-1].family if number % 5 == 1 else number
        level = 1 + number % LEVELS
        made.append(Child(number, level, YEARS[0] - 3 - level, family))
    for number in (RETURNER, SPLIT, SECRET, WITHDRAWS, TWINS[0]):
        made[number].level = 1 + number % 4  # still here in the third year
    for what in ("level", "born_in"):
        setattr(made[TWINS[1]], what, getattr(made[TWINS[0]], what))
    made[SPLIT].family, made[SECRET].family = 1001, 1003  # two parents, no other children
    return made


# — the exports —


def _row(child: Child, line: int, year: int, left_on: date | None) -> RosterPupil:
    key = f"{'A' if year == YEARS[0] else 'B'}{child.number:05d}"
    return RosterPupil(
        line,
        key=key,
        call_name=f"Kind{child.number}",
        surname=f"Gezin{child.family}",
        born_on=_born_on(child),
        year_level=str(child.level),
        group=None if left_on else f"Groep {child.level}",
        left_on=left_on,
        guardians=tuple(_parent(child, each, year) for each in child.parents),
    )


def _born_on(child: Child) -> date:
    """No two children of one age have names that look alike, save the twins."""
    number = TWINS[0] if child.number in TWINS else child.number
    return date(child.born_in, 1 + number % 12, 1 + number % 28)


def _parent(child: Child, who: str, year: int) -> RosterGuardian:
    away = who == "Vader" and child.lives_apart(year)
    mobile = 2 * child.family + (who == "Vader")
    return RosterGuardian(
        call_name=f"{who}{child.family}",
        surname=f"Gezin{child.family}",
        relation=who.lower(),
        street="Havenkade" if away else "Lindelaan",
        house_number=str(1 + child.family),
        postcode="4321 ZX" if away else "1234 AB",
        place="Voorbeelddorp",
        phones=(f"+316{mobile:08d}",),
        email=f"{who.lower()}{child.family}@gezin.example",
    )


def _import(school: School, here: list[Child], left: list[Child], year: int) -> None:
    gone = date(year, 7, 20)
    rows = [(each, None) for each in here] + [(each, gone) for each in left]
    roster = Roster(
        "edexml",
        "test",
        tuple(_row(each, n, year, day) for n, (each, day) in enumerate(rows, 1)),
        school_year=SchoolYear(year),
        made_at=datetime(year, 8, 20, 9, tzinfo=UTC),
    )
    (found,) = importing.apply(school, [roster])
    assert not found.questions


def _next_year(children: list[Child], year: int) -> tuple[list[Child], list[Child]]:
    """Who is at school in a later year, and who left before it."""
    there = [each for each in children if each.level <= LEVELS]
    for each in there:
        each.level += 1
    away = {RETURNER} if year == YEARS[1] else set()
    left = [e for e in there if e.level > LEVELS or e.number in away]
    known = len(children)
    new = [Child(n, 1, year - 4, n) for n in range(known, known + SIZE - len(there) + len(left))]
    children += new
    return [e for e in children if e not in left and e.level <= LEVELS], left


# — asking and answering —


class Book:
    """What the test itself keeps: the decisions that were made, in its own words."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.decisions: Counter[tuple[str, str, str, str]] = Counter()

    def purposes(self) -> list[str]:
        with self.school.reading() as session:
            return [each.code for each in records.purposes(session, only_on=True)]

    def questions(self, child: Child, home: tuple[str, ...], year: int) -> set[str]:
        """What the form of a home must ask."""
        wanted = set(self.purposes())
        if not child.asked:
            return wanted
        again = LIST | ({WIDENED} if year == YEARS[2] else set())
        return {c for c in wanted if c in again or c not in child.asked or _open(child, home, c)}

    def note(self, child: Child, code: str, who: str, choice: str, year: int) -> None:
        child.said[code, who] = (choice, year)
        self.decisions[child.name, code, who, choice] += 1


def _open(child: Child, home: tuple[str, ...], code: str) -> bool:
    """Whether nothing that counts was said in this home."""
    said = [child.said[code, who][0] for who in home if (code, who) in child.said]
    if "refused" in said or "withdrawn" in said:
        return False
    if code == NEW_PURPOSE:
        return len(said) < len(home)  # a social medium: all must agree
    return not said


def _choices(child: Child, codes: list[str], signer: str, year: int) -> dict[str, str]:
    """What stands on the paper; a tenth of the rows is left blank."""
    if signer == "Vader":
        return dict.fromkeys(codes, "granted")
    drawn = {c: (child.number * 7 + n * 3 + year) % 10 for n, c in enumerate(sorted(codes))}
    return {c: "refused" if r < 3 else "granted" for c, r in drawn.items() if r}


def _round(book: Book, here: list[Child], clock: SetClock, year: int) -> None:
    school = book.school
    open_round(school, SchoolYear(year))
    pages: list[str] = []
    run = print_round_forms(school, lambda pdf: pages.extend(texts_of(pdf)))
    again = print_round_forms(school, lambda _: None)
    assert [each.form for each in again] == [each.form for each in run]
    assert again.reprinted == len(again)
    of = {each.name: each for each in here}
    homes: dict[str, list[tuple[str, ...]]] = {e.name: e.homes(year) for e in here}
    assert Counter(each.pupil for each in run) == {n: len(h) for n, h in homes.items()}
    if year == YEARS[1]:
        _becomes_secret(school, of[_name(here, SECRET)])
    clock.moment = datetime(year, 9, 15, 9, tzinfo=UTC)
    with school.reading() as session:
        forms = {form.number: form for form in records.forms(session)}
    for each in run:
        _come_back(book, of[each.pupil], forms[each.form], year)
    for child in here:
        child.asked |= set(book.purposes())


def _name(here: list[Child], number: int) -> str:
    return next(each.name for each in here if each.number == number)


def _come_back(book: Book, child: Child, form: records.Form, year: int) -> None:
    """One form, as it was printed, signed by one parent of the home it was meant for."""
    with book.school.reading() as session:
        carers = guardianships(session, [form.pupil_id])[form.pupil_id]
    called = {each.guardian.id: each.guardian.call_name for each in carers}
    meant = {called[each].rstrip("0123456789") for each in form.guardians}
    home = tuple(who for who in child.parents if who in meant)
    assert home in child.homes(year)
    codes = [code for code, _ in form.asked]
    assert set(codes) == book.questions(child, home, year), child.name
    signer = home[0]
    chosen = _choices(child, codes, signer, year)
    signer_id = next(key for key, name in called.items() if name.startswith(signer))
    answers = FormAnswers(
        frozenset(c for c, choice in chosen.items() if choice == "granted"),
        frozenset(c for c, choice in chosen.items() if choice == "refused"),
        signer_id=signer_id,
        declared=Authority.YES,
    )
    enter_form(book.school, form.number, answers)
    for code, choice in chosen.items():
        book.note(child, code, signer, choice, year)


def _becomes_secret(school: School, child: Child) -> None:
    """Between printing and entering."""
    for carer in dossier(school, _id_of(school, child)).carers:
        entry = replace(guardian_entry(carer), address_secret=True, phone_secret=True)
        change_guardian(school, carer.link.guardian.id, entry)
    pages: list[str] = []
    print_round_forms(
        school, lambda pdf: pages.extend(texts_of(pdf)), pupil_ids=[_id_of(school, child)]
    )
    assert child.name in " ".join(pages)
    assert "Lindelaan" not in " ".join(pages)


def _id_of(school: School, child: Child) -> str:
    with school.reading() as session:
        on, year = session.clock.today(), SchoolYear.of(session.clock.today())
        found = {full_name(e.pupil): e.pupil.id for e in pupils_on_roll(session, on, year)}
    return found[child.name]


def _withdraw(book: Book, child: Child, year: int, on: date) -> None:
    pupil_id = _id_of(book.school, child)
    with book.school.reading() as session:
        mother = guardianships(session, [pupil_id])[pupil_id][0].guardian
    withdraw(book.school, pupil_id, mother.id, ["brochure"], on=on, way=Way.DESK)
    book.note(child, "brochure", "Moeder", "withdrawn", year)


# — the journey —


def _expected(child: Child, code: str) -> Answer:
    """What counts in the third year, by the rules as a person reads them."""
    said = {
        who: choice
        for who in child.parents
        if (code, who) in child.said
        for choice, year in [child.said[code, who]]
        if (code not in LIST or year == YEARS[2])
        and not (code == WIDENED and choice == "granted" and year < YEARS[2])
    }
    choices = set(said.values())
    if choices >= {"granted", "refused"}:
        return Answer.CONFLICT
    for choice, answer in (("withdrawn", Answer.WITHDRAWN), ("refused", Answer.REFUSED)):
        if choice in choices:
            return answer
    complete = code != NEW_PURPOSE or len(said) == len(child.parents)
    if choices:
        return Answer.GRANTED if complete else Answer.NO_ANSWER
    # A yes of last year's list, or on the narrower wording.
    ended = code in {*LIST, WIDENED} and any((code, who) in child.said for who in child.parents)
    return Answer.EXPIRED if ended else Answer.NO_ANSWER


@pytest.fixture
def journey(school: School, clock: SetClock) -> tuple[Book, list[Child]]:
    """Three years went by; gives the children who are at school in the third."""
    book, children = Book(school), _children()
    here, left = list(children), list[Child]()
    for year in YEARS:
        clock.moment = datetime(year, 8, 25, 9, tzinfo=UTC)
        if year != YEARS[0]:
            here, left = _next_year(children, year)
        _import(school, here, left, year)
        if year == YEARS[1]:
            switch_purpose(school, NEW_PURPOSE, on=True)
        if year == YEARS[2]:
            reword_purpose(school, WIDENED, widens=True, label="Openbare website en zoekmachines")
        _round(book, here, clock, year)
        if year == YEARS[1]:
            _withdraw(book, children[WITHDRAWS], year, clock.today())
        clock.moment = datetime(year, 11, 1, 9, tzinfo=UTC)
        if year != YEARS[2]:
            close_round(school)
    return book, here


def test_three_years(journey: tuple[Book, list[Child]]) -> None:
    book, here = journey
    with book.school.reading() as session:
        on, year = session.clock.today(), SchoolYear(YEARS[2])
        pupils = [each.pupil for each in pupils_on_roll(session, on, year)]
        names = {each.id: full_name(each) for each in pupils}
        assert Counter(names.values()) == Counter(each.name for each in here)
        _every_decision_is_there(book, records.decisions(session), records.wordings(session))
        purposes = records.purposes(session, only_on=True)
        rows = Cells(session, pupils).rows(pupils, purposes, on)
    of = {each.name: each for each in here}
    found = {
        (names[pupil.id], purpose.code): answer
        for pupil, row in zip(pupils, rows, strict=True)
        for purpose, answer in zip(purposes, row, strict=True)
    }
    wrong = {
        key: (answer, _expected(of[key[0]], key[1]))
        for key, answer in found.items()
        if answer is not _expected(of[key[0]], key[1])
    }
    assert not wrong, dict(list(wrong.items())[:5])


def _every_decision_is_there(
    book: Book,
    kept: dict[tuple[str, str], list[records.RecordedDecision]],
    texts: dict[tuple[str, int], Wording],
) -> None:
    """Each with the text it was given on, of those who left too."""
    with book.school.reading() as session:
        everybody = session.execute(sa.text("SELECT id, call_name, surname FROM pupil"))
        name = {row.id: f"{row.call_name} {row.surname}" for row in everybody}
        people = session.execute(sa.text("SELECT id, call_name FROM guardian"))
        who = {row.id: row.call_name.rstrip("0123456789") for row in people}
    stored: Counter[tuple[str, str, str, str]] = Counter()
    for (pupil_id, code), given in kept.items():
        for each in given:
            decision = each.decision
            assert texts[code, decision.version].label
            stored[name[pupil_id], code, who[decision.signer], decision.choice.value] += 1
    assert stored == book.decisions
