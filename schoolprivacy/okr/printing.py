"""Printing for parents: the invitations, and the sheet to sign."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TypeVar, Unpack

import sqlalchemy as sa

from schoolprivacy import law
from schoolprivacy.access.matrix import require
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.errors import RefusedError, sentence
from schoolprivacy.letters.languages import language_of
from schoolprivacy.letters.printing import (
    Deliver,
    Draft,
    Job,
    LeftOut,
    Printed,
    PrintRun,
    Whom,
    print_paper,
    sample_paper,
    sift,
)
from schoolprivacy.okr import form_papers, letter_papers, rules
from schoolprivacy.okr.board import BoardRow, read_board, rows_of, stays_on_board
from schoolprivacy.okr.form_papers import InzageForm
from schoolprivacy.okr.inzage import step_rows
from schoolprivacy.okr.letter_papers import Invitation
from schoolprivacy.okr.records import moves, okr_step
from schoolprivacy.okr.terms import (
    Move,
    Report,
    StepKind,
)
from schoolprivacy.okr.words import school_told
from schoolprivacy.people import names
from schoolprivacy.people.addresses import Household, homes_of, letter_address, who_hide
from schoolprivacy.people.calendar import hand_in_date
from schoolprivacy.people.profile import read_profile
from schoolprivacy.people.records import current_year, group_names, guardianships, placed_pupils
from schoolprivacy.people.terms import Guardianship, PlacedPupil
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear

_NONE_KNOWN = "okr.nobody_known"

# — who they are —


def movers(session: Session, **whom: Unpack[Whom]) -> list[PlacedPupil]:
    """Who moves this school year or should have before, leavers too; by name whoever ever moved.

    :raises RefusedError: not with this role, no such group, or nobody moves
    """
    year, group, ids = _asked(session, whom)
    found = moves(session, year=year) if ids is None else moves(session, pupil_ids=ids)
    pupils = placed_pupils(session, year, group, pupil_ids=list(found))
    if not pupils:
        raise RefusedError("okr.nobody_on_list")
    return sorted(
        pupils,
        key=lambda each: (
            names.natural_sort_key(each.placement.group_name),
            names.surname_sort_key(each.pupil),
        ),
    )


def leavers(session: Session, **whom: Unpack[Whom]) -> list[PlacedPupil]:
    """The same, with whoever is in group 8 and of whom nobody set down yet where to.

    :raises RefusedError: as ``movers``
    """
    _, group, ids = _asked(session, whom)
    if ids is not None:
        return movers(session, **whom)
    rows = read_board(session, group).rows
    if not rows:
        raise RefusedError("okr.nobody_on_list")
    return [each.child for each in rows]


def _asked(session: Session, whom: Whom) -> tuple[SchoolYear, str | None, Collection[str] | None]:
    """Whom somebody asks for, who may."""
    require(session, Area.OKR, Right.PRINT)
    group = whom.get("group")
    year = current_year(session, session.clock.today())
    if group is not None and group not in (known := group_names(session, year)):
        raise RefusedError("group.unknown", group=group, known=", ".join(known) or "geen")
    return year, group, whom.get("pupil_ids")


def rows_to_print(session: Session, pupils: Sequence[PlacedPupil]) -> list[BoardRow]:
    """How far each of them is: this school year, of who left already in the year they left."""
    today = session.clock.today()
    year, ids = current_year(session, today), [each.pupil.id for each in pupils]
    gone = [each.pupil.id for each in pupils if not stays_on_board(each, today)]
    found = moves(session, pupil_ids=gone) | moves(session, year=year, pupil_ids=ids)
    return rows_of(session, year, [(each, found.get(each.pupil.id)) for each in pupils])


# — invitations and the sheet to sign: one for each address —


def print_invitations(school: School, deliver: Deliver, **job: Unpack[Job]) -> PrintRun:
    """Print an invitation for every address where somebody is who has yet to see the report.

    It is registered as the invitation of each of them. ``reprinted`` tells how many letters go to
    people who were invited to see this version before.

    :raises RefusedError: not with this role, nobody moves, or nobody has yet to see a report
    """
    return print_paper(school, deliver, _invitations, "okr_invitations.printed", find=movers, **job)


def sample_invitations(school: School, **whom: Unpack[Whom]) -> bytes:
    """The same letters to look at; stores nothing.

    :raises RefusedError: as ``print_invitations``
    """
    return sample_paper(school, _invitations, movers, **whom)


def print_inzage_forms(school: School, deliver: Deliver, **job: Unpack[Job]) -> PrintRun:
    """Print the sheet to sign, with room for remarks on its back, for every address.

    :raises RefusedError: not with this role, nobody moves, or there is no report yet
    """
    return print_paper(school, deliver, _forms, "okr_forms.printed", find=movers, **job)


def sample_inzage_forms(school: School, **whom: Unpack[Whom]) -> bytes:
    """The same sheets to look at; stores nothing.

    :raises RefusedError: as ``print_inzage_forms``
    """
    return sample_paper(school, _forms, movers, **whom)


class _Homes:
    """The addresses of the guardians whom a paper is for, of every child with an open report."""

    def __init__(
        self,
        session: Session,
        pupils: Sequence[PlacedPupil],
        whom: Callable[[Move, Sequence[Guardianship]], Sequence[Guardianship]],
    ) -> None:
        self.left_out: list[LeftOut] = []
        self.of_child: list[tuple[PlacedPupil, Move, Report, tuple[Household, ...]]] = []
        ids = [each.pupil.id for each in pupils]
        found, links, hiding = moves(session, pupil_ids=ids), guardianships(session, ids), None
        for child in pupils:
            move, carers = found[child.pupil.id], links.get(child.pupil.id, [])
            if move.report is None or move.sent_on:
                continue
            meant = {each.guardian.id for each in whom(move, carers)}
            if meant:
                hiding = who_hide(session) if hiding is None else hiding
                homes = homes_of(carers, hiding, meant)
                self.of_child.append((child, move, move.report, homes))
            elif not any(map(rules.must_see, carers)):
                name = names.full_name(child.pupil)
                self.left_out.append(LeftOut(child.pupil.id, name, sentence(_NONE_KNOWN)))
        if not self.of_child:
            raise RefusedError("okr.nobody_to_invite")


def _invitations(session: Session, pupils: list[PlacedPupil]) -> Draft:
    homes = _Homes(session, pupils, rules.waits_for)
    today = session.clock.today()
    hand_in_by = hand_in_date(session, today, read_profile(session).hand_in_days)

    def letter(child: PlacedPupil, move: Move, report: Report, home: Household) -> Invitation:
        return Invitation(
            letter_address(home, child),
            names.full_name(child.pupil),
            child.placement.group_name,
            move.school,
            report.on,
            tuple(category for category, _ in report.categories),
            hand_in_by,
            law.term(rules.kept_by(move.kind)).value,
            language_of(home.guardians),
        )

    made = [
        (child, move, [(home, letter(child, move, report, home)) for home in of_child])
        for child, move, report, of_child in homes.of_child
    ]
    kept, left_out = _sifted(made, letter_papers.check_okr_letter)
    invited = [(move, home) for _, move, of_child in kept for home, _ in of_child]
    letters = [each for _, _, of_child in kept for _, each in of_child]
    return Draft(
        [Printed.of(child) for child, _, of_child in kept for _ in of_child],
        [*homes.left_out, *left_out],
        len(letters),
        lambda *how: letter_papers.invitations(letters, *how),
        lambda: _store_invited(session, invited),
        sum(_was_invited(move, home) for move, home in invited),
    )


def _was_invited(move: Move, home: Household) -> bool:
    return all(move.done(StepKind.INVITED, each.id) for each in home.guardians)


def _store_invited(session: Session, invited: Sequence[tuple[Move, Household]]) -> None:
    """Once a day: a second print of that day is no second attempt."""
    today = session.clock.today()
    rows = []
    for move, home in invited:
        new = [
            each.id
            for each in home.guardians
            if not any(step.on == today for step in move.done(StepKind.INVITED, each.id))
        ]
        rows += step_rows(session, move, new, StepKind.INVITED, today.isoformat())
    if rows:
        session.execute(sa.insert(okr_step), rows)


def _forms(session: Session, pupils: list[PlacedPupil]) -> Draft:
    homes = _Homes(session, pupils, lambda _, carers: [c for c in carers if rules.must_see(c)])

    def form(child: PlacedPupil, move: Move, report: Report, home: Household) -> InzageForm:
        group = child.placement.group_name
        return InzageForm(
            names.full_name(child.pupil),
            names.group_label(group) if group else "",
            school_told(move.school),
            report.on,
            report.version,
            tuple(category for category, _ in report.categories),
            tuple(names.guardian_name(each) for each in home.guardians),
        )

    made = [
        (child, move, [(home, form(child, move, report, home)) for home in of_child])
        for child, move, report, of_child in homes.of_child
    ]
    kept, left_out = _sifted(made, form_papers.check_form)
    forms = [each for _, _, of_child in kept for _, each in of_child]
    return Draft(
        [Printed.of(child) for child, _, of_child in kept for _ in of_child],
        [*homes.left_out, *left_out],
        len(forms),
        lambda *how: form_papers.inzage_forms(forms, *how),
    )


P = TypeVar("P", Invitation, InzageForm)
_Made = tuple[PlacedPupil, Move, list[tuple[Household, P]]]


def _sifted(
    made: Sequence[_Made[P]], check: Callable[[P], None]
) -> tuple[list[_Made[P]], list[LeftOut]]:
    """All papers of a child, or none."""

    def check_all(of: _Made[P]) -> None:
        for _, each in of[2]:
            check(each)

    return sift(made, check_all, lambda of: [of[0]])
