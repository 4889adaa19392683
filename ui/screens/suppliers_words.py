"""Words and small things that the windows about suppliers share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from schoolprivacy.access.matrix import right_of
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.suppliers.terms import State, YesNo
from schoolprivacy.suppliers.words import state_word
from ui.answers import Sign
from ui.desk import Desk
from ui.fields import label, show_date
from ui.theme import px
from ui.words import tr

_SIGNS = {
    State.NO_AGREEMENT: ("circle-x", "no"),
    State.NOT_SIGNED: ("pencil", "no"),
    State.NO_BIJSLUITER: ("file-text", "no"),
    State.NO_ANNEX: ("lock", "no"),
    State.OUTSIDE_EEA: ("external-link", "no"),
    State.DELETION: ("trash-2", "no"),
    State.REVIEW_OVERDUE: ("history", "warn"),
    State.DPIA: ("triangle-alert", "warn"),
    State.CERTIFICATE: ("triangle-alert", "warn"),
    State.ENDS_SOON: ("calendar-days", "warn"),
    State.INCOMPLETE: ("circle-help", "warn"),
    State.NOT_TOLD: ("megaphone", "warn"),
    State.IN_ORDER: ("check", "yes"),
    State.STOPPED: ("minus", "muted"),
}


_NAMES = 170
"""Pixels at zoom 1, of the column in which a fact is named."""


def sign_of(state: State) -> Sign:
    """How a state looks: shape, word and colour."""
    icon, colour = _SIGNS[state]
    return Sign(state_word(state), icon, colour, "")


def may_record(desk: Desk) -> bool:
    """Whether who is in the school file may record something: others look and print."""
    school = desk.school
    return not school.read_only and right_of(school.who, Area.SUPPLIERS) >= Right.MANAGE


def day_or_dash(day: date | None) -> str:
    """A date; a dash without one."""
    return show_date(day) or "–"


def yes_no_word(answer: YesNo) -> str:
    """An answer that may not be known yet."""
    return {
        YesNo.YES: tr("Ja"),
        YesNo.NO: tr("Nee"),
        YesNo.UNKNOWN: tr("Nog niet beantwoord"),
    }[answer]


def yes_no_choices() -> list[tuple[str, YesNo]]:
    """The three, the unknown first: nothing is filled in for anybody."""
    return [(yes_no_word(each), each) for each in (YesNo.UNKNOWN, YesNo.YES, YesNo.NO)]


def facts(lines: Iterable[tuple[str, str]]) -> QWidget:
    """What is on record, as label and text beneath one another; nothing of what is empty."""
    made = QFrame()
    layout = QGridLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setHorizontalSpacing(px(16))
    layout.setVerticalSpacing(px(7))
    layout.setColumnStretch(1, 1)
    top = Qt.AlignmentFlag.AlignTop
    for place, (name, text) in enumerate(each for each in lines if each[1]):
        shown, said = label(name, "muted", wrap=True), label(text, wrap=True)
        said.setAccessibleName(f"{name}: {text}")
        shown.setFixedWidth(px(_NAMES))
        layout.addWidget(shown, place, 0, top)
        layout.addWidget(said, place, 1, top)
    return made
