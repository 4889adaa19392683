"""What the window of entering answers shows: one form as it was printed, and how far we are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.answering import find_form
from schoolprivacy.consents.history import HistoryLine, pupil_lines
from schoolprivacy.consents.records import Form
from schoolprivacy.consents.rounds.records import rounds
from schoolprivacy.consents.rules import pupil_decides
from schoolprivacy.consents.terms import Answer, Choice, Purpose
from schoolprivacy.consents.undoing import ENTERED, UNDONE
from schoolprivacy.people.names import full_name, guardian_name
from schoolprivacy.people.records import (
    current_year,
    find_pupil,
    guardianships,
    placed_pupils,
    pupils_on_roll,
)
from schoolprivacy.people.terms import Authority, Pupil
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear
from schoolprivacy.vault.tables import audit


@dataclass(frozen=True, slots=True)
class RowToEnter:
    """One row of the form.

    :param label: as it was printed
    :param is_contact: it stood beneath the question about the contact list
    :param older_wording: the use has become wider since; a yes to this text no longer covers it
    :param answer: what counts now
    """

    code: str
    label: str
    short: str
    older_wording: bool
    answer: Answer
    is_contact: bool = False


@dataclass(frozen=True, slots=True)
class Signer:
    """A guardian who may have signed.

    :param meant: the form was meant for this person
    """

    guardian_id: str
    name: str
    relation: str
    authority: Authority
    meant: bool


@dataclass(frozen=True, slots=True)
class EarlierEntry:
    """What was entered of this form before, and was not undone or corrected.

    :param choices: by purpose code
    """

    signer: str
    signed_on: date
    entered_at: datetime
    entered_by: str
    choices: dict[str, Choice]


@dataclass(frozen=True, slots=True)
class FormToEnter:
    """A form that came back.

    :param numbers: of its pages; the first stands for the whole form
    :param group: of the present school year; "" when the pupil has none
    :param born_on: tells children of the same name apart
    :param rows: in the order of the paper
    :param signers: those it was meant for first
    :param notices: keys of sentences to read before entering
    """

    number: str
    numbers: tuple[str, ...]
    pupil_id: str
    pupil: str
    group: str
    born_on: date | None
    asked_on: date
    hand_in_by: date
    rows: tuple[RowToEnter, ...]
    signers: tuple[Signer, ...]
    entered_before: tuple[EarlierEntry, ...]
    notices: tuple[str, ...]


def open_form(school: School, number: str) -> FormToEnter:
    """The form a number stands for: scanned, typed in full, or its first eight characters.

    :raises KnownError: mistyped or no form number at all
    :raises RefusedError: unknown, of another school, or not unique as short as it is
    """
    with school.reading() as session:
        form = find_form(session, number)
        pupil = find_pupil(session, form.pupil_id)
        year = current_year(session, session.clock.today())
        (placed,) = placed_pupils(session, year, pupil_ids=[pupil.id])
        rows = _rows(session, form, pupil)
        before = _entered_before(session, form, pupil)
        return FormToEnter(
            form.number,
            tuple(number for number, _ in form.pages),
            pupil.id,
            full_name(pupil),
            placed.placement.group_name,
            pupil.born_on,
            form.asked_on,
            form.hand_in_by,
            rows,
            _signers(session, form),
            before,
            _notices(session, form, pupil, rows, before),
        )


def _rows(session: Session, form: Form, pupil: Pupil) -> tuple[RowToEnter, ...]:
    known = {each.code: each for each in records.purposes(session, every=True)}
    texts = records.wordings(session)
    on_form: list[Purpose] = [known[code] for code, _ in form.asked]
    found = records.matrix(session, [pupil], on_form, session.clock.today())
    return tuple(
        RowToEnter(
            code,
            texts[code, version].label,
            texts[code, version].short,
            version < known[code].widened_at,
            found.answer(pupil.id, code),
            known[code].is_contact,
        )
        for code, version in form.asked
    )


def _signers(session: Session, form: Form) -> tuple[Signer, ...]:
    carers = guardianships(session, [form.pupil_id]).get(form.pupil_id, [])
    signers = [
        Signer(
            each.guardian.id,
            guardian_name(each.guardian),
            each.relation,
            each.authority,
            each.guardian.id in form.guardians,
        )
        for each in carers
    ]
    return tuple(sorted(signers, key=lambda each: not each.meant))


def _entered_before(session: Session, form: Form, pupil: Pupil) -> tuple[EarlierEntry, ...]:
    together: dict[tuple[str, date, datetime, str], list[HistoryLine]] = {}
    for line in pupil_lines(session, pupil):
        if line.form == form.number and not line.invalidated:
            key = (line.who, line.decided_on, line.recorded_at, line.recorded_by)
            together.setdefault(key, []).append(line)
    return tuple(
        EarlierEntry(*key, {line.purpose: line.choice for line in lines})
        for key, lines in together.items()
    )


def _notices(
    session: Session,
    form: Form,
    pupil: Pupil,
    rows: Sequence[RowToEnter],
    before: Sequence[EarlierEntry],
) -> tuple[str, ...]:
    on = session.clock.today()
    closed = {each.id for each in rounds(session) if not each.is_open}
    said = {
        "form.already_entered": bool(before),
        "form.replaced": form.replaced_on is not None,
        "form.older_wording": any(each.older_wording for each in rows),
        "form.pupil_left": pupil.has_left(on),
        "form.pupil_decides": pupil_decides(pupil.born_on, on),
        "form.contact_past": form.school_year < SchoolYear.of(on)
        and any(each.is_contact for each in rows),
        "form.other_year": SchoolYear.of(form.asked_on) != SchoolYear.of(on),
        "form.round_closed": form.round_id in closed,
    }
    return tuple(key for key, holds in said.items() if holds)


# — how far we are —


@dataclass(frozen=True, slots=True)
class FormsBack:
    """How many of the forms that are out came back with an answer."""

    back: int
    out: int


@dataclass(frozen=True, slots=True)
class Returns:
    """The whole school, and each group by name ("" for who has none)."""

    school: FormsBack
    groups: dict[str, FormsBack]


def entered_today(school: School) -> int:
    """How many forms somebody entered today; what was undone does not count, twice is once."""
    today = school.clock.today().isoformat()
    stays = sa.func.sum(sa.case((audit.c.action == ENTERED, 1), else_=-1)) > 0
    query = sa.select(audit.c.about).where(
        audit.c.action.in_((ENTERED, UNDONE)), audit.c.at.startswith(today)
    )
    with school.reading() as session:
        return len(session.execute(query.group_by(audit.c.about).having(stays)).all())


def forms_back(school: School) -> Returns:
    """Count the forms of everybody on roll that are out, and those with an answer entered."""
    given = records.decision.c
    answered = sa.select(given.form_id).where(
        given.form_id.is_not(None), given.invalidated_at.is_(None)
    )
    table = records.form.c
    forms = sa.select(
        table.pupil_id,
        sa.func.count().label("out"),
        sa.func.sum(sa.cast(table.id.in_(answered), sa.Integer)).label("back"),
    ).where(table.replaced_on.is_(None), table.sharing.is_(None))
    with school.reading() as session:
        on = session.clock.today()
        pupils = pupils_on_roll(session, on, current_year(session, on))
        counted = {row.pupil_id: row for row in session.execute(forms.group_by(table.pupil_id))}
    out: Counter[str] = Counter()
    back: Counter[str] = Counter()
    for each in pupils:
        if row := counted.get(each.pupil.id):
            out[each.placement.group_name] += row.out
            back[each.placement.group_name] += row.back
    return Returns(
        FormsBack(back.total(), out.total()),
        {group: FormsBack(back[group], out[group]) for group in out},
    )
