"""Words and small things that the windows about the move to another school share."""

from __future__ import annotations

from datetime import date

from schoolprivacy.access.matrix import right_of
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.errors import sentence
from schoolprivacy.okr.terms import (
    Excuse,
    MoveKind,
    Outcome,
    Proof,
    RemarkKind,
    SentHow,
    State,
)
from ui.desk import Desk
from ui.fields import show_date
from ui.words import tr

SIGNS = {
    State.NO_MOVE: ("circle-dashed", "muted"),
    State.NO_SCHOOL: ("circle-dashed", "muted"),
    State.NO_REPORT: ("circle-dashed", "muted"),
    State.TO_INVITE: ("mail", "warn"),
    State.WAITING: ("eye", "warn"),
    State.TO_SETTLE: ("triangle-alert", "warn"),
    State.READY: ("circle", "yes"),
    State.TO_ANSWER: ("triangle-alert", "warn"),
    State.SENT: ("circle-check", "yes"),
}
"""Icon and colour of how far a child is."""


def may_record(desk: Desk) -> bool:
    """Whether who is in the school file may record something: others look and print."""
    school = desk.school
    return not school.read_only and right_of(school.who, Area.OKR) >= Right.MANAGE


def state_word(state: State) -> str:
    """How far a child is."""
    return sentence(f"okr_state.{state}")


def kind_word(kind: MoveKind) -> str:
    """Where a child goes."""
    return sentence(f"okr_kind.{kind}")


def proof_word(proof: Proof) -> str:
    """How the school can show inzage."""
    return sentence(f"okr_proof.{proof}")


def excuse_word(excuse: Excuse) -> str:
    """Why a report goes without inzage."""
    return sentence(f"okr_excuse.{excuse}")


def sent_word(how: SentHow) -> str:
    """The road to the next school."""
    return sentence(f"okr_sent.{how}")


def remark_word(kind: RemarkKind) -> str:
    """What a guardian says."""
    return tr("Zienswijze") if kind is RemarkKind.REMARK else tr("Feitelijke fout")


def outcome_word(outcome: Outcome | None) -> str:
    """What the school did with it."""
    if outcome is None:
        return tr("Nog niets mee gedaan")
    return {
        Outcome.ADDED: tr("Toegevoegd aan het rapport"),
        Outcome.CORRECTED: tr("Verbeterd"),
        Outcome.DECLINED: tr("Niet verbeterd"),
    }[outcome]


def day_or_dash(day: date | None) -> str:
    """A date; a dash without one."""
    return show_date(day) or "–"
