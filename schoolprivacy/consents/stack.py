"""Entering a stack of papers in a grid: pupils of a group × purposes, all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from schoolprivacy.consents import records
from schoolprivacy.consents.actions import NewDecision, invalidate, record_decision
from schoolprivacy.consents.answering import Entered, FormAnswers, enter_form
from schoolprivacy.consents.board import AnswerRow, Cells
from schoolprivacy.consents.records import Form
from schoolprivacy.consents.rules import pupil_decides
from schoolprivacy.consents.terms import Choice, Purpose, Way
from schoolprivacy.consents.undoing import undo_entry
from schoolprivacy.consents.wording_day import version_on
from schoolprivacy.errors import KnownError, RefusedError, sentence
from schoolprivacy.people.names import full_name, guardian_name
from schoolprivacy.people.records import (
    current_year,
    find_pupil,
    group_names,
    guardianships,
    pupils_on_roll,
)
from schoolprivacy.people.terms import Authority, Guardianship, PlacedPupil
from schoolprivacy.school import School, Session


@dataclass(frozen=True, slots=True)
class StackSigner:
    """Who may have signed for a pupil.

    :param id: of the guardian; of the pupil, who decides from the 16th birthday
    :param relation: to the child; "" for the pupil
    :param authority: None for the pupil
    :param form: number of the form that is open for this person; "" when there is none
    """

    id: str
    name: str
    relation: str
    authority: Authority | None
    form: str


@dataclass(frozen=True, slots=True)
class StackPupil:
    """One line of the grid as it is now; the cells to fill in start empty.

    :param forms: numbers of the open forms
    :param on_forms: codes that stand on one of them
    :param answers: what counts now, in the order of the purposes
    """

    pupil_id: str
    name: str
    born_on: date | None
    forms: tuple[str, ...]
    on_forms: frozenset[str]
    signers: tuple[StackSigner, ...]
    answers: AnswerRow


@dataclass(frozen=True, slots=True)
class StackSheet:
    """A group × the purposes switched on."""

    group: str
    purposes: tuple[Purpose, ...]
    pupils: tuple[StackPupil, ...]


@dataclass(frozen=True, slots=True)
class StackRow:
    """What stands on one paper. A purpose in neither was left blank, which is no answer.

    :param signer_id: a guardian of the child, or the child itself from the 16th birthday
    :param declared: what the signer declared about own authority on the paper
    """

    pupil_id: str
    signer_id: str | None = None
    signed_on: date | None = None
    declared: Authority | None = None
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StackResult:
    """What a stack recorded, and what takes it back.

    :param papers: how many rows held an answer
    :param recorded: how many decisions are new
    :param remarks: pupil and key of a sentence the user should read
    """

    papers: int
    recorded: int
    remarks: tuple[tuple[str, str], ...]
    entered: tuple[Entered, ...] = field(repr=False)
    loose: tuple[str, ...] = field(repr=False)


def stack(school: School, group: str) -> StackSheet:
    """The grid of a group of this school year.

    :raises RefusedError: no such group
    """
    with school.reading() as session:
        on = session.clock.today()
        year = current_year(session, on)
        if group not in (known := group_names(session, year)):
            raise RefusedError("group.unknown", group=group, known=", ".join(known) or "geen")
        pupils = pupils_on_roll(session, on, year, group)
        ids = [each.pupil.id for each in pupils]
        purposes = tuple(records.purposes(session, only_on=True))
        children = [each.pupil for each in pupils]
        answers = Cells(session, children).rows(children, purposes, on)
        carers, forms = guardianships(session, ids), _open_forms(session, ids)
        lines = (
            _line(each, carers.get(each.pupil.id, ()), forms.get(each.pupil.id, []), row, on)
            for each, row in zip(pupils, answers, strict=True)
        )
        return StackSheet(group, purposes, tuple(lines))


def _line(
    child: PlacedPupil,
    carers: Sequence[Guardianship],
    forms: list[Form],
    answers: AnswerRow,
    on: date,
) -> StackPupil:
    pupil = child.pupil
    signers = [
        StackSigner(
            each.guardian.id,
            guardian_name(each.guardian),
            each.relation,
            each.authority,
            its[0].number if (its := _forms_for(forms, each.guardian.id)) else "",
        )
        for each in carers
    ]
    if pupil_decides(pupil.born_on, on):
        signers.insert(0, StackSigner(pupil.id, full_name(pupil), "", None, ""))
    return StackPupil(
        pupil.id,
        full_name(pupil),
        pupil.born_on,
        tuple(each.number for each in forms),
        frozenset(code for each in forms for code, _ in each.asked),
        tuple(signers),
        answers,
    )


def _open_forms(session: Session, ids: list[str]) -> dict[str, list[Form]]:
    found: dict[str, list[Form]] = {}
    for form in records.forms(session, ids):
        if form.replaced_on is None and form.sharing is None:
            found.setdefault(form.pupil_id, []).append(form)
    return found


def _forms_for(forms: Sequence[Form], signer_id: str | None) -> list[Form]:
    """The open forms that were meant for this person; without a signer the only one there is.

    Nobody's answer goes to the form of another address: that would be false proof.
    """
    if signer_id is None:
        return list(forms) if len(forms) == 1 else []
    return [each for each in forms if signer_id in each.guardians]


# — entering —


def enter_stack(
    school: School, rows: Sequence[StackRow], *, without_form: Way | None = None
) -> StackResult:
    """Record a stack: all of it or nothing. Rows without an answer are passed over.

    A row goes to the forms that are open for its signer. A yes is only recorded with a signer and a
    date; whether it counts follows from the signer's authority, as on a form.

    :param without_form: how answers came in for which no form is open, an older paper form of the
        school mostly; without it such a row is refused
    :raises RefusedError: ``stack.row``, naming the child and what is wrong with the row
    """
    entered: list[Entered] = []
    loose: list[str] = []
    filled = [each for each in rows if each.yes or each.no]
    if not filled:
        raise RefusedError("stack.nothing")
    with school.transaction() as session:
        for row in filled:
            name = full_name(find_pupil(session, row.pupil_id))
            try:
                _check(row)
                forms = _forms_of(session, row)
                if forms:
                    entered += _enter(school, forms, row)
                else:
                    loose += _record(school, session, row, without_form)
            except KnownError as error:
                raise RefusedError("stack.row", child=name, why=str(error)) from error
        recorded = sum(each.recorded for each in entered) + len(loose)
        session.audit("stack.entered", "", papers=len(filled), decisions=recorded)
    remarks = dict.fromkeys((each.pupil, key) for each in entered for key in each.remarks)
    return StackResult(len(filled), recorded, tuple(remarks), tuple(entered), tuple(loose))


def undo_stack(school: School, result: StackResult) -> None:
    """Take a whole stack back, as ``undo_entry`` does one form; it stays in the history.

    :raises RefusedError: undone before, or more of one of its forms was entered or changed since
    """
    with school.transaction() as session:
        for entered in reversed(result.entered):
            undo_entry(school, entered)
        for decision_id in result.loose:
            invalidate(school, decision_id, sentence("stack.why_undone"))
        session.audit("stack.undone", "", papers=result.papers)


def _check(row: StackRow) -> None:
    """A yes has a signer and a date, always; no cell is both."""
    if row.yes and not (row.signer_id and row.signed_on):
        raise RefusedError("stack.unsigned")
    if both := row.yes & row.no:
        raise RefusedError("stack.both", codes=", ".join(sorted(both)))


def _forms_of(session: Session, row: StackRow) -> list[Form]:
    if row.signer_id == row.pupil_id:
        return []  # from 16 the pupil decides, and a form is for guardians
    forms = _open_forms(session, [row.pupil_id]).get(row.pupil_id, [])
    return _forms_for(forms, row.signer_id)


def _enter(school: School, forms: Sequence[Form], row: StackRow) -> list[Entered]:
    """What somebody said on each of their forms: the contact list has a new one every year."""
    of_form: dict[str, set[str]] = {}
    for code in row.yes | row.no:
        of_form.setdefault(_form_asking(forms, code, row.signed_on).number, set()).add(code)
    return [
        enter_form(
            school,
            number,
            FormAnswers(
                row.yes & codes,
                row.no & codes,
                declared=row.declared,
                signed_on=row.signed_on,
                signer_id=row.signer_id,
            ),
        )
        for number, codes in sorted(of_form.items())
    ]


def _form_asking(forms: Sequence[Form], code: str, signed_on: date | None) -> Form:
    """The newest form that asks it and was there when it was signed: no yes to a year to come."""
    asking = [each for each in forms if any(asked == code for asked, _ in each.asked)]
    there = [each for each in asking if signed_on is None or each.asked_on <= signed_on]
    return [*forms[:1], *asking[:1], *there][-1]


def _record(school: School, session: Session, row: StackRow, way: Way | None) -> list[str]:
    """Decisions without a form; a declaration of authority counts on a signed paper only."""
    if row.signer_id is None:
        raise RefusedError("stack.no_signer")
    if way is None:
        raise RefusedError("stack.no_form")
    by_pupil = row.signer_id == row.pupil_id
    if unknown := sorted((row.yes | row.no) - {each.code for each in records.purposes(session)}):
        raise RefusedError("purpose.unknown", codes=", ".join(unknown))
    texts, on = records.wordings(session), row.signed_on or session.clock.today()
    chosen = [(code, Choice.GRANTED) for code in sorted(row.yes)]
    chosen += [(code, Choice.REFUSED) for code in sorted(row.no)]
    return [
        record_decision(
            school,
            NewDecision(
                row.pupil_id,
                code,
                version_on(texts, code, on),
                choice,
                on,
                way,
                None if by_pupil else row.signer_id,
                by_pupil=by_pupil,
                declared=row.declared if way is Way.PAPER_FORM and not by_pupil else None,
            ),
        )
        for code, choice in chosen
    ]
