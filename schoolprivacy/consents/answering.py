"""Entering what came back on paper: all of one form, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.actions import (
    NewDecision,
    check_day,
    for_its_term,
    mark_invalid,
    school_tag,
    store_decisions,
    unsettle_authority,
)
from schoolprivacy.consents.form_code import read_form_code
from schoolprivacy.consents.other_papers import told_beside
from schoolprivacy.consents.records import Form
from schoolprivacy.consents.terms import Choice, Way
from schoolprivacy.errors import RefusedError
from schoolprivacy.people.guardians import add_guardian, find_guardian, settle_authority
from schoolprivacy.people.names import full_name
from schoolprivacy.people.records import find_pupil, guardianships
from schoolprivacy.people.terms import Authority, Guardianship
from schoolprivacy.school import School, Session


@dataclass(frozen=True, slots=True)
class FormAnswers:
    """What stands on a form that came back. A purpose in neither set was left blank.

    :param signer: the name under it, "" when it cannot be read or was not entered
    :param signer_id: the same, chosen from the child's guardians; goes before the name
    :param signed_on: the date on it; None when there is none: then today, or the day under which
        this paper was entered before
    :param capacity: what a signer nobody knew yet is to the child, e.g. ``moeder``
    :param declared: what the signer declared about own authority
    :param correct: what was entered of this form and signer before was a typing mistake
    """

    yes: frozenset[str]
    no: frozenset[str]
    signer: str = ""
    declared: Authority | None = None
    signed_on: date | None = None
    correct: bool = False
    signer_id: str | None = None
    capacity: str = ""


@dataclass(frozen=True, slots=True)
class EntryTrace:
    """What an entry did, so that it can be undone.

    :param line: its line in the audit trail
    :param signer: identifier of who signed; None when not named
    :param recorded: identifiers of the decisions it made
    :param invalidated: identifiers of those it corrected
    :param authority: what was known of the signer's authority before
    :param is_new_guardian: the entry made the signer known
    """

    line: int
    signer: str | None
    recorded: tuple[str, ...]
    invalidated: tuple[str, ...]
    authority: Authority | None
    is_new_guardian: bool


@dataclass(frozen=True, slots=True)
class Entered:
    """What was recorded from a form.

    :param pupil: whose form it is, by name
    :param recorded: how many decisions are new; 0 when the form was entered before
    :param blank: purposes the form asks for that stay without an answer
    :param remarks: keys of messages the user should read
    """

    form: Form
    pupil: str
    recorded: int
    blank: tuple[str, ...]
    remarks: tuple[str, ...]
    trace: EntryTrace


def find_form(session: Session, number: str) -> Form:
    """The form a number stands for: scanned, typed in full, or its first eight characters.

    :raises KnownError: mistyped or no form number at all
    :raises RefusedError: unknown, of another school, or not unique as short as it is
    """
    code = read_form_code(number)
    page = records.form_page
    query = sa.select(page.c.form_id).where(page.c.number.startswith(code.text, autoescape=True))
    found = session.execute(query.distinct().limit(2)).scalars().all()
    if not found:
        if code.is_full and code.school_tag != school_tag(session):
            raise RefusedError("form.other_school")
        raise RefusedError("form.unknown", number=number.strip())
    if len(found) > 1:
        raise RefusedError("form.not_unique")
    owner = session.execute(
        sa.select(records.form.c.pupil_id).where(records.form.c.id == found[0])
    ).scalar_one()
    return next(each for each in records.forms(session, [owner]) if each.id == found[0])


def enter_form(school: School, number: str, answers: FormAnswers) -> Entered:
    """Record the answers of one signed form: all of it or nothing.

    Entering the same form twice records nothing the second time; with ``correct`` the earlier
    entry becomes invalid, stays in the history, and this one takes its place.

    :raises RefusedError: the form is unknown or of another school, a purpose is not on it or
        answered both ways, the date lies in the future, the signer's name fits two guardians, or
        the chosen signer is no guardian of this child
    """
    with school.transaction() as session:
        form = find_form(session, number)
        pupil = full_name(find_pupil(session, form.pupil_id))
        _check_answers(form, answers)
        carers = guardianships(session, [form.pupil_id]).get(form.pupil_id, [])
        signer = _chosen(carers, form, answers)
        is_new = signer is None and bool(answers.signer)
        earlier = [] if is_new else _earlier(session, form, signer)
        signed_on = answers.signed_on or _day_of(earlier) or session.clock.today()
        check_day(session, signed_on)
        if answers.correct:
            signer = _taken_back(session, signer, earlier)
        signed = _signed(session, form, answers, carers, signer)
        new = _decisions(session, form, answers, signed.guardian_id, signed_on)
        new, beside = (new, []) if answers.correct else _beside_earlier(earlier, new)
        line = session.audit("form.entered", form.id, decisions=len(new), correct=answers.correct)
        trace = EntryTrace(
            line.seq,
            signed.guardian_id,
            tuple(store_decisions(session, new)),
            tuple(row.id for row in earlier) if answers.correct else (),
            signed.authority_before,
            signed.is_new,
        )
        remarks = [*signed.remarks, *beside, *told_beside(session, form, trace.recorded)]
    if signed_on < form.asked_on:
        remarks.append("form.signed_before_asked")
    if form.replaced_on:
        remarks.append("form.replaced")
    blank = tuple(code for code, _ in form.asked if code not in answers.yes | answers.no)
    return Entered(form, pupil, len(new), blank, tuple(remarks), trace)


def _decisions(
    session: Session, form: Form, answers: FormAnswers, signer: str | None, signed_on: date
) -> list[NewDecision]:
    """One for each row that was not left blank."""
    known = {each.code: each for each in records.purposes(session, every=True)}
    said = [
        NewDecision(
            pupil_id=form.pupil_id,
            purpose=code,
            version=version,
            choice=Choice.GRANTED if code in answers.yes else Choice.REFUSED,
            decided_on=signed_on,
            way=Way.PAPER_FORM,
            guardian_id=signer,
            form_id=form.id,
            declared=answers.declared,
        )
        for code, version in form.asked
        if code in answers.yes | answers.no
    ]
    return [for_its_term(session, each, known[each.purpose], form.school_year) for each in said]


def _check_answers(form: Form, answers: FormAnswers) -> None:
    asked = {code for code, _ in form.asked}
    unknown = (answers.yes | answers.no) - asked
    if unknown:
        raise RefusedError(
            "form.not_on_it", codes=", ".join(sorted(unknown)), asked=", ".join(sorted(asked))
        )
    both = answers.yes & answers.no
    if both:
        raise RefusedError("form.both", codes=", ".join(sorted(both)))


@dataclass(frozen=True, slots=True)
class _Signed:
    """Who signed, and what to say about it; the rest as in EntryTrace."""

    guardian_id: str | None
    remarks: list[str]
    authority_before: Authority | None = None
    is_new: bool = False


def _signed(
    session: Session,
    form: Form,
    answers: FormAnswers,
    carers: Sequence[Guardianship],
    signer: Guardianship | None,
) -> _Signed:
    """Who signed, known or made known now, and what the declaration did to their authority."""
    if signer is None and answers.signer:
        made_now = add_guardian(
            session, form.pupil_id, answers.signer, answers.declared, answers.capacity
        )
        remarks = ["form.new_guardian", *_unsure(answers.declared or Authority.UNKNOWN)]
        return _Signed(made_now, remarks, is_new=True)
    if signer is None:
        meant = [c.authority for c in carers if c.guardian.id in form.guardians]
        certain = set(meant) == {Authority.YES} and answers.declared is not Authority.NO
        known = Authority.YES if certain else answers.declared or Authority.UNKNOWN
        return _Signed(None, ["form.signer_not_named", *_unsure(known)])
    authority = settle_authority(session, form.pupil_id, signer, answers.declared)
    contradicts = authority is Authority.YES and answers.declared is Authority.NO
    remarks = ["form.declares_no_authority"] if contradicts else _unsure(authority)
    return _Signed(signer.guardian.id, remarks, signer.authority)


def _chosen(
    carers: Sequence[Guardianship], form: Form, answers: FormAnswers
) -> Guardianship | None:
    """The guardian who was chosen, whose name was written, or for whom alone the form was."""
    if answers.signer_id is None and answers.signer:
        return find_guardian(carers, answers.signer)
    alone = form.guardians[0] if len(form.guardians) == 1 else None
    wanted = answers.signer_id or alone
    found = next((each for each in carers if each.guardian.id == wanted), None)
    if found is None and answers.signer_id:
        raise RefusedError("decision.not_guardian")
    return found


def _unsure(authority: Authority) -> list[str]:
    """A yes of this person does not count (yet): say so at once."""
    if authority is Authority.YES:
        return []
    return ["form.no_authority" if authority is Authority.NO else "form.authority_unknown"]


def _taken_back(
    session: Session, signer: Guardianship | None, earlier: Sequence[sa.Row[Any]]
) -> Guardianship | None:
    """What was entered before becomes invalid; gives the signer as they are known without it."""
    for row in earlier:
        mark_invalid(session, row.id, "verbeterd bij het invoeren")
    if signer is None or not earlier:
        return signer
    return replace(
        signer, authority=unsettle_authority(session, earlier[0].pupil_id, signer.guardian.id)
    )


def _beside_earlier(
    earlier: Sequence[sa.Row[Any]], new: list[NewDecision]
) -> tuple[list[NewDecision], list[str]]:
    """What is left to record beside what was entered before, and what to say about it."""
    there = {(row.purpose, row.decided_on, row.choice) for row in earlier}
    said = {(each.purpose, each.decided_on.isoformat()): each.choice.value for each in new}
    fresh = [
        each
        for each in new
        if (each.purpose, each.decided_on.isoformat(), each.choice.value) not in there
    ]
    remarks = []
    if any(said.get((purpose, day), choice) != choice for purpose, day, choice in there):
        remarks.append("form.contradicts")
    if len(fresh) < len(new):
        remarks.append("form.entered_before")
    return fresh, remarks


def _day_of(earlier: Sequence[sa.Row[Any]]) -> date | None:
    """The same paper has one date, whenever somebody enters it again."""
    return date.fromisoformat(max(row.decided_on for row in earlier)) if earlier else None


def _earlier(session: Session, form: Form, signer: Guardianship | None) -> Sequence[sa.Row[Any]]:
    """What was entered of this form and signer before, and counts."""
    table = records.decision
    query = sa.select(table).where(
        table.c.form_id == form.id,
        table.c.guardian_id.is_not_distinct_from(signer.guardian.id if signer else None),
        table.c.invalidated_at.is_(None),
    )
    return session.execute(query).all()
