"""The board: what counts for every pupil and every purpose, small enough for a very large school.

A school has few kinds of cells (one parent said yes, two said yes, …), so each kind is judged once
by the rules and not each cell anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.rules import effective_answer, is_unsure_yes, pupil_decides
from schoolprivacy.consents.terms import (
    UNNAMED,
    Answer,
    Choice,
    Decision,
    Purpose,
    PurposeKind,
)
from schoolprivacy.people.records import (
    current_year,
    day,
    find_pupil,
    guardianship,
    pupils_on_roll,
)
from schoolprivacy.people.terms import Authority, PlacedPupil, Pupil
from schoolprivacy.school import School, Session

AnswerRow = tuple[Answer, ...]
"""The answers of one pupil, in the order of the purposes."""


@dataclass(frozen=True, slots=True)
class ConsentTable:
    """Pupils × the purposes that are switched on.

    :param pupils: by group, then surname
    :param purposes: in the school's order
    :param answers: a row for each of the pupils
    """

    pupils: tuple[PlacedPupil, ...]
    purposes: tuple[Purpose, ...]
    answers: tuple[AnswerRow, ...]


def consent_table(school: School, group: str | None = None) -> ConsentTable:
    """What counts today for everybody on roll, or for the pupils of one group."""
    with school.reading() as session:
        on = session.clock.today()
        pupils = tuple(pupils_on_roll(session, on, current_year(session, on), group))
        purposes = tuple(records.purposes(session, only_on=True))
        everybody = [each.pupil for each in pupils]
        return ConsentTable(
            pupils,
            purposes,
            tuple(Cells(session, everybody).rows(everybody, purposes, on)),
        )


def consent_row(school: School, pupil_id: str) -> AnswerRow:
    """The row of one pupil, after something changed."""
    with school.reading() as session:
        purposes = records.purposes(session, only_on=True)
        pupils = [find_pupil(session, pupil_id)]
        (row,) = Cells(session, pupils).rows(pupils, purposes, session.clock.today())
        return row


Kinds = tuple[int, ...]
"""What was decided in a cell: numbers of kinds of decisions."""

_MANY = 1000
"""So many pupils are not named one by one: whole tables are read."""


class Cells:
    """What was decided in every cell, by kind of decision: who decided is a place in the family."""

    def __init__(self, session: Session, pupils: Sequence[Pupil]) -> None:
        ids = [each.id for each in pupils] if len(pupils) <= _MANY else None
        self._family = _families(session, ids)
        self._asked = _asked(session, ids)
        self._own = _own_codes(session)
        self._kinds: list[Decision] = []
        self._given = self._read(session, ids)
        self._judge = cache(self._judge_kind)

    def rows(
        self, pupils: Sequence[Pupil], purposes: Sequence[Purpose], on: date
    ) -> list[AnswerRow]:
        """What counts, a row for each of the pupils."""
        same: dict[AnswerRow, AnswerRow] = {}  # most pupils have a row that others have too
        rows = (tuple(self.answer(each, purpose, on) for purpose in purposes) for each in pupils)
        return [same.setdefault(row, row) for row in rows]

    def guardians(self, pupil_id: str) -> Collection[str]:
        """Identifiers of the guardians of a pupil."""
        return self._family.get(pupil_id, {}).keys()

    def unsure_signers(self, pupil_ids: Collection[str]) -> frozenset[tuple[str, str]]:
        """Who said yes for one of these pupils, while nobody knows whether they may.

        :returns: each pupil with a mark for each such signer
        """
        unsure = {number for number, kind in enumerate(self._kinds) if is_unsure_yes(kind)}
        return frozenset(
            (pupil_id, self._kinds[number].signer)
            for (pupil_id, code), kinds in self._given.items()
            for number in unsure.intersection(kinds)
            if pupil_id in pupil_ids and code not in self._own
        )

    def answer(self, pupil: Pupil, purpose: Purpose, on: date) -> Answer:
        """What counts in one cell."""
        return self._judge(
            self._given.get((pupil.id, purpose.code), ()),
            purpose.code in self._asked.get(pupil.id, ()),
            self._deciding(pupil.id) if purpose.all_must_agree else frozenset(),
            purpose.widened_at,
            purpose.is_own,
            pupil.born_on if pupil_decides(pupil.born_on, on) else None,
            on,
        )

    def _judge_kind(
        self,
        kinds: Kinds,
        asked: bool,
        must_agree: frozenset[str],
        widened_at: int,
        own: bool,
        born_on: date | None,
        on: date,
    ) -> Answer:
        return effective_answer(
            [self._kinds[each] for each in kinds],
            asked=asked,
            on=on,
            born_on=born_on,
            must_agree=must_agree,
            widened_at=widened_at,
            own=own,
        )

    def _deciding(self, pupil_id: str) -> frozenset[str]:
        """Who has or may have authority."""
        family = self._family.get(pupil_id, {})
        return frozenset(place for place, who in family.values() if who is not Authority.NO)

    def _read(self, session: Session, ids: list[str] | None) -> dict[tuple[str, str], Kinds]:
        kinds: dict[tuple[object, ...], Kinds] = {}
        found: dict[tuple[str, str], Kinds] = {}
        rows = _decision_rows(session, ids)
        meant = records.meant_for(session, {row.form_id for row in rows if not row.guardian_id})
        for pupil_id, purpose, guardian_id, form_id, by_pupil, *said in rows:
            family = self._family.get(pupil_id, {})
            if guardian_id:
                signer, authority = family.get(guardian_id, (guardian_id, Authority.UNKNOWN))
            else:
                signer = "pupil" if by_pupil else f"{UNNAMED}{form_id}"
                authority = records.weakest_authority(
                    family[each][1] if each in family else None for each in meant.get(form_id, ())
                )
            kind = (signer, authority, by_pupil, *said)
            number = kinds.get(kind)
            if number is None:
                number = kinds[kind] = (len(self._kinds),)
                self._kinds.append(_decision(signer, authority, by_pupil, *said))
            cell = (pupil_id, purpose)
            found[cell] = found[cell] + number if cell in found else number
        return found


def _decision(
    signer: str,
    authority: Authority,
    by_pupil: bool,
    choice: str,
    version: int,
    decided_on: str,
    valid_from: str | None,
    valid_until: str | None,
    declared: str | None,
) -> Decision:
    return Decision(
        signer,
        Choice(choice),
        date.fromisoformat(decided_on),
        authority,
        Authority(declared) if declared else None,
        by_pupil,
        version,
        day(valid_until),
        valid_from=day(valid_from),
    )


def _own_codes(session: Session) -> frozenset[str]:
    """The purposes about a guardian's own data, about which authority says nothing."""
    table = records.purpose.c
    query = sa.select(table.code).where(table.kind == PurposeKind.CONTACT_OWN.value)
    return frozenset(session.execute(query).scalars())


def _decision_rows(session: Session, ids: list[str] | None) -> Sequence[Any]:
    table = records.decision.c
    query = sa.select(
        table.pupil_id,
        table.purpose,
        table.guardian_id,
        table.form_id,
        table.by_pupil,
        table.choice,
        table.version,
        table.decided_on,
        table.valid_from,
        table.valid_until,
        table.declared_authority,
    ).where(table.invalidated_at.is_(None))
    if ids is not None:
        query = query.where(table.pupil_id.in_(ids))
    return session.execute(query).all()


def _families(
    session: Session, ids: list[str] | None
) -> dict[str, dict[str, tuple[str, Authority]]]:
    """Per pupil the guardians, each with a place in the family and with their authority."""
    table = guardianship.c
    query = sa.select(table.pupil_id, table.guardian_id, table.authority)
    if ids is not None:
        query = query.where(table.pupil_id.in_(ids))
    found: dict[str, dict[str, tuple[str, Authority]]] = defaultdict(dict)
    for row in session.execute(query):
        family = found[row.pupil_id]
        family[row.guardian_id] = (str(len(family)), Authority(row.authority))
    return found


def _asked(session: Session, ids: list[str] | None) -> dict[str, set[str]]:
    """Per pupil the purposes that were ever asked for."""
    form, asked = records.form.c, records.form_purpose.c
    forms = sa.select(form.id, form.pupil_id)
    query = sa.select(asked.form_id, asked.purpose)  # one table at a time, as it lies on disk
    if ids is not None:
        forms = forms.where(form.pupil_id.in_(ids))
        query = query.where(asked.form_id.in_(forms.with_only_columns(form.id)))
    of_form = {row.id: row.pupil_id for row in session.execute(forms).all()}
    found: dict[str, set[str]] = defaultdict(set)
    rows: Sequence[Any] = session.execute(query).all()
    for form_id, purpose in rows:
        found[of_form[form_id]].add(purpose)
    otherwise = records.asked_otherwise.c
    by_hand = sa.select(otherwise.pupil_id, otherwise.purpose)
    if ids is not None:
        by_hand = by_hand.where(otherwise.pupil_id.in_(ids))
    for row in session.execute(by_hand):
        found[row.pupil_id].add(row.purpose)
    return found
