"""Registering the letters of a round that ask for no consent, so that a reprint is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import sqlalchemy as sa

from schoolprivacy.consents.printing import Draft, Printed, sift
from schoolprivacy.consents.rounds.papers import CheckLetter, ChoicesLetter, check_round_letter
from schoolprivacy.consents.rounds.records import round_letter
from schoolprivacy.consents.rounds.terms import LetterKind, Round
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.people import names
from schoolprivacy.people.addresses import Household
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import Session

At = tuple[PlacedPupil, Household]
"""A child at one address."""

L = TypeVar("L", ChoicesLetter, CheckLetter)


class Letters:
    """The letters of one kind: those that were printed in a round, and those that are now."""

    def __init__(self, session: Session, round_: Round, kind: LetterKind) -> None:
        self._session, self._round, self._kind = session, round_, kind
        table = round_letter.c
        query = sa.select(table.pupil_id, table.address_key).where(
            table.round_id == round_.id, table.kind == kind.value
        )
        self._there = {(row.pupil_id, row.address_key) for row in session.execute(query)}

    def were_printed(self, of: Iterable[At]) -> bool:
        """Whether all of this came on paper before in this round."""
        return all(self._key(each) in self._there for each in of)

    def draft(
        self,
        letters: Sequence[tuple[L, Sequence[At]]],
        paper: Callable[
            [Sequence[L], SchoolPaper, Made, Callable[[int], None] | None],
            bytes,
        ],
    ) -> Draft:
        """Prepare letters, each for some children at one address."""
        kept, left_out = sift(
            letters,
            lambda each: check_round_letter(each[0]),
            lambda each: {child.pupil.id: child for child, _ in each[1]}.values(),
        )
        printed = [each for _, of in kept for each in of]
        return Draft(
            [_printed(child) for child, _ in printed],
            left_out,
            len(kept),
            lambda *how: paper([letter for letter, _ in kept], *how),
            lambda: self._store(printed),
            sum(self._key(each) in self._there for each in printed),
        )

    def _store(self, printed: Iterable[At]) -> None:
        """A reprint keeps the day on which it was printed first."""
        rows = [
            {
                "round_id": self._round.id,
                "pupil_id": pupil_id,
                "address_key": place,
                "kind": self._kind.value,
                "printed_on": self._session.clock.today().isoformat(),
            }
            for pupil_id, place in dict.fromkeys(self._key(each) for each in printed)
            if (pupil_id, place) not in self._there
        ]
        if rows:
            self._session.execute(sa.insert(round_letter), rows)

    @staticmethod
    def _key(at: At) -> tuple[str, str]:
        return at[0].pupil.id, at[1].key


def _printed(child: PlacedPupil) -> Printed:
    return Printed("", child.pupil.id, names.full_name(child.pupil), child.placement.group_name)


def named(child: PlacedPupil) -> str:
    """A child above its table: ``Noor Test (Groep 5)``."""
    return f"{names.full_name(child.pupil)} ({names.group_label(child.placement.group_name)})"
