"""The words of the move to another school: values that rules, papers and windows share.

Sources: WPO 42 (the report, and that parents see it); Besluit uitwisseling leer- en
begeleidingsgegevens (what may be in it).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schoolprivacy.schoolyear import SchoolYear


class MoveKind(StrEnum):
    """Where a child goes: secondary school, another primary school, special education, abroad."""

    VO = "vo"
    PO = "po"
    SO = "so"
    ABROAD = "abroad"


class Category(StrEnum):
    """What a report may hold, and nothing else."""

    ADMINISTRATIVE = "administrative"
    RESULTS = "results"
    SOCIAL = "social"
    SUPPORT = "support"
    ABSENCE = "absence"


SENSITIVE = frozenset({Category.SOCIAL, Category.SUPPORT, Category.ABSENCE})
"""Only with the reason why the next school needs it (AVG 5(1)(c)); absence of one year only."""


class StepKind(StrEnum):
    """What was done for a guardian about one version of the report.

    EXCUSED: somebody decided, with a reason, that it may be sent without inzage of this guardian.
    """

    INVITED = "invited"
    ATTEMPT = "attempt"
    INZAGE = "inzage"
    COPY = "copy"
    EXCUSED = "excused"


class Proof(StrEnum):
    """How a school proves inzage: one of four ways."""

    LETTER = "letter"
    CONVERSATION = "conversation"
    DATE = "date"
    LAS = "las"


class Excuse(StrEnum):
    """Why a report goes without inzage of a guardian.

    NO_RESPONSE asks for a number of attempts (``okr.attempts``); DECLINED: they said that they do
    not want it; NOT_POSSIBLE: for instance a safe house, or nobody with authority is known.
    """

    NO_RESPONSE = "no_response"
    DECLINED = "declined"
    NOT_POSSIBLE = "not_possible"


class RemarkKind(StrEnum):
    """What a guardian says: a view (zienswijze), which is added; a wrong fact (AVG 16)."""

    REMARK = "remark"
    CORRECTION = "correction"


class Outcome(StrEnum):
    """What the school did with it. A professional impression stays: DECLINED, with the answer."""

    ADDED = "added"
    CORRECTED = "corrected"
    DECLINED = "declined"


class SentHow(StrEnum):
    """The road to the next school: OSO is the field's digital transfer."""

    OSO = "oso"
    PAPER = "paper"


class State(StrEnum):
    """How far a child is, in this order.

    TO_ANSWER: it was sent, and a guardian said something of it since.
    """

    NO_MOVE = "no_move"
    NO_SCHOOL = "no_school"
    NO_REPORT = "no_report"
    TO_INVITE = "to_invite"
    WAITING = "waiting"
    TO_SETTLE = "to_settle"
    READY = "ready"
    TO_ANSWER = "to_answer"
    SENT = "sent"


class Hindrance(StrEnum):
    """Why a report may not be sent yet.

    UNSEEN_UNKNOWN: of this guardian nobody knows whether there is authority; NOBODY_KNOWN: there
    is no guardian of whom it could be.
    """

    NO_SCHOOL = "no_school"
    NO_REPORT = "no_report"
    UNSEEN = "unseen"
    UNSEEN_UNKNOWN = "unseen_unknown"
    NOBODY_KNOWN = "nobody_known"
    TO_SETTLE = "to_settle"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing in the way of sending.

    :param guardian_id: whom it is about, None when it is about the report
    """

    why: Hindrance
    guardian_id: str | None = None


@dataclass(frozen=True, slots=True)
class ReceivingSchool:
    """A school to which children move.

    :param brin: with its location as far as known; "" abroad and while unknown
    """

    name: str
    brin: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Something done for a guardian about the present or an older version of the report.

    :param guardian_id: None only of EXCUSED, where no guardian is known
    :param proof: of INZAGE
    :param excuse: of EXCUSED
    :param note: in the words of the school: how it was tried, why it may go
    :param staff: who of the school did it
    """

    id: str
    version: int
    guardian_id: str | None
    kind: StepKind
    on: date
    proof: Proof | None = None
    excuse: Excuse | None = None
    note: str = ""
    staff: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """That a guardian said something of the report; what, is only read with ``read_remarks``.

    :param outcome: None while nothing was done with it
    """

    id: str
    guardian_id: str
    kind: RemarkKind
    said_on: date
    outcome: Outcome | None = None
    settled_on: date | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One version of the report.

    :param categories: what is in it, and why where it is sensitive
    """

    version: int
    on: date
    categories: tuple[tuple[Category, str], ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A child that moves to another school, with everything recorded but the text of remarks.

    :param school: None while unknown
    :param expected_on: first day at the other school; None while unknown
    :param report: the present version, None while there is none
    :param steps: of all versions, in the order of recording
    :param sent_by: who recorded that it was sent, by name
    :param year: the school year in which it was planned
    """

    id: str
    pupil_id: str
    kind: MoveKind
    school: ReceivingSchool | None = None
    expected_on: date | None = None
    report: Report | None = None
    steps: tuple[Step, ...] = ()
    remarks: tuple[Remark, ...] = ()
    sent_on: date | None = None
    sent_how: SentHow | None = None
    sent_by: str = ""
    year: SchoolYear | None = None

    @property
    def version(self) -> int:
        """Of the present report, 0 while there is none."""
        return self.report.version if self.report else 0

    def done(self, kind: StepKind, guardian_id: str | None) -> tuple[Step, ...]:
        """What was done of one kind for one guardian about the present version."""
        return tuple(
            each
            for each in self.steps
            if (each.kind, each.guardian_id, each.version) == (kind, guardian_id, self.version)
        )
