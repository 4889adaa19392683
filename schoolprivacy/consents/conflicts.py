"""Children about whom one said yes and another no: who they are, and a letter to both.

Yes and no together permit nothing (BW 1:253i; the courts treat it as no).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Unpack

from schoolprivacy.consents import letter_papers, records
from schoolprivacy.consents.board import Cells
from schoolprivacy.consents.letter_papers import ConflictLetter, LetterItem
from schoolprivacy.consents.printing import (
    SAMPLES,
    Deliver,
    Draft,
    Job,
    Printed,
    PrintRun,
    Whom,
    print_paper,
    sample_paper,
    sift,
)
from schoolprivacy.consents.records import RecordedDecision
from schoolprivacy.consents.rules import weigh
from schoolprivacy.consents.terms import Answer, Choice, Purpose, Verdict
from schoolprivacy.consents.withdrawal import purposes_in_use, who
from schoolprivacy.errors import RefusedError, sentence
from schoolprivacy.people import names
from schoolprivacy.people.addresses import homes_of, letter_address, who_hide
from schoolprivacy.people.records import current_year, guardianships, pupils_on_roll
from schoolprivacy.people.terms import Guardian, Guardianship, PlacedPupil
from schoolprivacy.school import School, Session


@dataclass(frozen=True, slots=True)
class PurposeInConflict:
    """A purpose for which yes and no came in.

    :param yes, no: who said so, by name and relation; for the screen, never for a letter
    """

    purpose: Purpose
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChildInConflict:
    """A child with the purposes in conflict, in the school's order."""

    child: PlacedPupil
    purposes: tuple[PurposeInConflict, ...]


def conflicts(school: School, group: str | None = None) -> list[ChildInConflict]:
    """Everybody on roll about whom two answers differ today, by group, then surname.

    :param group: only who sits in it
    """
    with school.reading() as session:
        on = session.clock.today()
        return _conflicts(session, pupils_on_roll(session, on, current_year(session, on), group))


def print_conflict_letters(school: School, deliver: Deliver, **job: Unpack[Job]) -> PrintRun:
    """Print a letter for each household of the children about whom two answers differ.

    Each goes to its own address; it says that the answers differ, not who said what, and names
    no other address. Guardians without authority get none (BW 1:377c).

    :raises RefusedError: no such group, no such pupils, or nowhere two answers differ
    """
    return print_paper(school, deliver, _letters, "conflict_letters.printed", **job)


def sample_conflict_letters(school: School, **whom: Unpack[Whom]) -> bytes:
    """The first letters to look at; stores nothing.

    :raises RefusedError: as ``print_conflict_letters``
    """

    def prepare(session: Session, pupils: list[PlacedPupil]) -> Draft:
        return _letters(session, pupils, most=SAMPLES)

    return sample_paper(school, prepare, **whom)


def _conflicts(session: Session, pupils: Sequence[PlacedPupil]) -> list[ChildInConflict]:
    on, asked_for = session.clock.today(), purposes_in_use(session, only_on=True)
    everybody = [each.pupil for each in pupils]
    rows = Cells(session, everybody).rows(everybody, asked_for, on)
    differing = [
        (child, [p for p, a in zip(asked_for, row, strict=True) if a is Answer.CONFLICT])
        for child, row in zip(pupils, rows, strict=True)
        if Answer.CONFLICT in row
    ]
    ids = [child.pupil.id for child, _ in differing]
    decisions, carers = records.decisions(session, ids), guardianships(session, ids)
    found = []
    for child, purposes in differing:
        key = child.pupil.id
        called = {each.guardian.id: who(each) for each in carers.get(key, ())}
        sides = [
            _sides(session, child, p, decisions.get((key, p.code), ()), called) for p in purposes
        ]
        found.append(ChildInConflict(child, tuple(sides)))
    return found


def _sides(
    session: Session,
    child: PlacedPupil,
    purpose: Purpose,
    given: Sequence[RecordedDecision],
    called: dict[str, str],
) -> PurposeInConflict:
    verdicts = weigh(
        [each.decision for each in given],
        on=session.clock.today(),
        born_on=child.pupil.born_on,
        widened_at=purpose.widened_at,
    )
    sides: dict[Choice, dict[str, None]] = {each: {} for each in Choice}
    for each, verdict in zip(given, verdicts, strict=True):
        if verdict is Verdict.COUNTS:
            name = called.get(each.decision.signer) or sentence("history.signer_not_named")
            sides[each.decision.choice][name] = None
    return PurposeInConflict(purpose, tuple(sides[Choice.GRANTED]), tuple(sides[Choice.REFUSED]))


# — the letters —


def _letters(session: Session, pupils: list[PlacedPupil], most: int | None = None) -> Draft:
    found = _conflicts(session, pupils)
    if not found:
        raise RefusedError("conflict.none")
    carers = guardianships(session, [each.child.pupil.id for each in found])
    hiding = who_hide(session)
    of_children = [(each.child, _of_child(each, carers, hiding)) for each in found[:most]]
    # Both parents get a letter or neither: one side alone would be told more than the other.
    kept, left_out = sift(of_children, _check, lambda each: [each[0]])
    letters = [letter for _, of_child in kept for letter in of_child]
    return Draft(
        [
            Printed("", child.pupil.id, names.full_name(child.pupil), child.placement.group_name)
            for child, of_child in kept
            for _ in of_child
        ],
        left_out,
        len(letters),
        lambda *how: letter_papers.conflict_letters(letters, *how),
    )


def _check(each: tuple[PlacedPupil, Sequence[ConflictLetter]]) -> None:
    for letter in each[1]:
        letter_papers.check_family_letter(letter)


def _of_child(
    found: ChildInConflict,
    carers: dict[str, list[Guardianship]],
    hiding: Collection[Guardian],
) -> list[ConflictLetter]:
    child, group = found.child, found.child.placement.group_name
    items = tuple(
        LetterItem(each.purpose.kind, each.purpose.wording.label) for each in found.purposes
    )
    return [
        ConflictLetter(
            letter_address(household, child),
            names.full_name(child.pupil),
            names.group_label(group) if group else "",
            items,
        )
        for household in homes_of(carers.get(child.pupil.id, ()), hiding)
    ]
