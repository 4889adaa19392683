"""What to know before a paper is made: said where somebody chooses it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Unpack

import sqlalchemy as sa

from schoolprivacy.consents import papers, records
from schoolprivacy.consents.printing import Whom, pupils_to_print
from schoolprivacy.consents.standing import survey
from schoolprivacy.errors import KnownError, sentence
from schoolprivacy.people.addresses import homes_of, who_hide
from schoolprivacy.people.names import full_name
from schoolprivacy.people.profile import read_profile
from schoolprivacy.people.records import current_year, guardianships, pupils_on_roll
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import School, Session


class Kind(StrEnum):
    """The papers of consents."""

    FORMS = "forms"
    REMINDER_LIST = "reminder_list"
    REMINDER_LETTERS = "reminder_letters"
    COVER_SHEET = "cover_sheet"


LETTERS = frozenset({Kind.FORMS, Kind.REMINDER_LETTERS})


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to know.

    :param text: a Dutch sentence
    :param pupils: whom it is about, by name; empty when it is about the school
    """

    key: str
    pupils: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return sentence(self.key)


def warnings_before(school: School, kind: Kind, **whom: Unpack[Whom]) -> list[Caution]:
    """Who will not be on a paper, which letters go along in class, and what the letter misses.

    Nothing tells why an address is not printed.

    :raises RefusedError: no such group, or nobody to print for
    """
    with school.reading() as session:
        pupils = pupils_to_print(session, **whom)
        found = _of_school(session) if kind is Kind.FORMS else []
        found.append(_caution("before.unprintable", filter(_is_unprintable, pupils)))
        if kind is not Kind.FORMS:
            asked = {
                each.pupil_id
                for each in records.forms(session, [each.pupil.id for each in pupils])
                if each.replaced_on is None and each.sharing is None
            }
            missing = [each for each in pupils if each.pupil.id not in asked]
            found.append(_caution("before.not_asked", missing))
        if kind in LETTERS:
            found.append(_caution("before.in_class", _in_class(session, pupils)))
    return [each for each in found if each is not None]


def never_asked(school: School) -> frozenset[str]:
    """Identifiers of everybody on roll for whom no form was ever made."""
    with school.reading() as session:
        today = session.clock.today()
        pupils = pupils_on_roll(session, today, current_year(session, today))
        form = records.form.c
        query = sa.select(form.pupil_id).where(form.sharing.is_(None))
        asked = set(session.execute(query).scalars())
        return frozenset(each.pupil.id for each in pupils) - asked


def unsure_signers(school: School) -> frozenset[str]:
    """Identifiers of the pupils for whom somebody said yes who may have no authority."""
    with school.reading() as session:
        return frozenset(pupil_id for pupil_id, _ in survey(session).unsure_signers)


def _of_school(session: Session) -> list[Caution | None]:
    own = read_profile(session)
    return [
        Caution("before.no_board") if not own.board else None,
        Caution("before.no_dpo") if not own.dpo else None,
    ]


def _caution(key: str, pupils: Iterable[PlacedPupil]) -> Caution | None:
    called = tuple(full_name(each.pupil) for each in pupils)
    return Caution(key, called) if called else None


def _is_unprintable(child: PlacedPupil) -> bool:
    try:
        papers.check_child(full_name(child.pupil), child.placement.group_name)
    except KnownError:
        return True
    return False


def _in_class(session: Session, pupils: list[PlacedPupil]) -> list[PlacedPupil]:
    carers = guardianships(session, [each.pupil.id for each in pupils])
    hiding = who_hide(session)
    return [
        each
        for each in pupils
        if not all(home.by_post for home in homes_of(carers.get(each.pupil.id, ()), hiding))
    ]
