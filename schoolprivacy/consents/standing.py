"""Where the school stands: what counts, and who is still waited for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.board import AnswerRow, Cells
from schoolprivacy.consents.terms import Answer, Purpose
from schoolprivacy.consents.waiting import WaitedFor, waited_for_with
from schoolprivacy.people.envelopes import family_of
from schoolprivacy.people.records import current_year, group_names, pupils_on_roll
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear


@dataclass(frozen=True, slots=True)
class Standing:
    """The school in numbers.

    :param guardians: of the pupils on roll
    :param answers: how many of pupils × purposes switched on have each answer
    :param decisions: how many were ever recorded, of leavers and invalidated ones too
    :param families_without_answer: asked, and not fully answered; a yes that waits for the school
        to find out about authority is an answer
    """

    school_year: str
    pupils: int
    guardians: int
    groups: tuple[str, ...]
    purposes: tuple[str, ...]
    answers: dict[str, int]
    decisions: int
    families_without_answer: int


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything that counts on one day for the whole school, read once.

    :param pupils: on roll, sorted by group
    :param answers: a row for each of the pupils, in the order of the purposes
    :param guardians: how many the pupils have together
    :param families: a name for the family of each pupil
    :param unsure_signers: pupil and signer of every yes that does not count as nobody knows
        whether the signer may decide
    """

    year: SchoolYear
    pupils: tuple[PlacedPupil, ...]
    purposes: tuple[Purpose, ...]
    answers: tuple[AnswerRow, ...]
    guardians: int
    families: Mapping[str, str]
    waiting: tuple[WaitedFor, ...]
    unsure_signers: frozenset[tuple[str, str]]

    @property
    def to_remind(self) -> list[WaitedFor]:
        """Whose answers are waited for; what the school itself must find out is not."""
        return [each for each in self.waiting if each.to_ask]


def survey(session: Session) -> Survey:
    """Look at the whole school on the present day; one pass, also with 30,000 pupils."""
    today = session.clock.today()
    year = current_year(session, today)
    pupils = pupils_on_roll(session, today, year)
    asked_for = records.purposes(session, only_on=True)
    everybody = [each.pupil for each in pupils]
    cells = Cells(session, everybody)
    answers = cells.rows(everybody, asked_for, today)
    guardians = {each.id: cells.guardians(each.id) for each in everybody}
    return Survey(
        year,
        tuple(pupils),
        tuple(asked_for),
        tuple(answers),
        len(set(chain.from_iterable(guardians.values()))),
        family_of(guardians),
        tuple(waited_for_with(session, pupils, asked_for, answers)),
        cells.unsure_signers(guardians),
    )


def standing(school: School) -> Standing:
    """Count everything for the present day."""
    with school.reading() as session:
        now = survey(session)
        answers = Counter(chain.from_iterable(now.answers))
        return Standing(
            str(now.year),
            len(now.pupils),
            now.guardians,
            tuple(group_names(session, now.year)),
            tuple(each.code for each in now.purposes),
            {each.value: answers[each] for each in Answer},
            session.execute(sa.select(sa.func.count()).select_from(records.decision)).scalar_one(),
            len({now.families[each.child.pupil.id] for each in now.to_remind}),
        )


def families_with_a_yes(school: School, code: str) -> int:
    """How many families have a yes that counts today for a purpose that is switched on."""
    with school.reading() as session:
        now = survey(session)
    place = [each.code for each in now.purposes].index(code)
    return len(
        {
            now.families[each.pupil.id]
            for each, row in zip(now.pupils, now.answers, strict=True)
            if row[place] is Answer.GRANTED
        }
    )
