"""The words of the yearly round (jaarlijkse toestemmingsronde)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from schoolprivacy.schoolyear import SchoolYear


class Step(IntEnum):
    """The steps of the guide through a round, in their order; each can be done again."""

    BACKUP = 1
    GROUPS = 2
    CHECK = 3
    QUESTIONS = 4
    PAPERS = 5
    DATES = 6
    COUNT = 7
    REMINDERS = 8
    CLOSE = 9


class Mode(StrEnum):
    """What a round does with a purpose that was answered before and did not widen since."""

    REMIND = "remind"
    ASK = "ask"


class LetterKind(StrEnum):
    """The letters of a round that ask nothing."""

    CHOICES = "choices"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Round:
    """One yearly round.

    :param school_year: the year it is for; answers about the contact list count for it
    :param hand_in_by: when the forms must be back; None until it was chosen
    :param first_reminder, second_reminder: when families will be reminded
    :param closed_on: None while it is open; only one can be
    :param done: the steps that somebody finished, with the day
    :param modes: for each purpose that was on when somebody chose; see ``plan.mode_of``
    """

    id: str
    school_year: SchoolYear
    opened_on: date
    hand_in_by: date | None
    first_reminder: date | None
    second_reminder: date | None
    closed_on: date | None
    done: Mapping[Step, date]
    modes: Mapping[str, Mode]

    @property
    def is_open(self) -> bool:
        return self.closed_on is None
