"""Parts of the page of a sharing: what it is, the columns of its pupils, buttons that flow."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from schoolprivacy.consents.sharing.sharings import Road, SharedPupil, Sharing, State, allowed
from schoolprivacy.consents.terms import Answer
from schoolprivacy.people.names import group_label
from ui import theme
from ui.answers import signs
from ui.fields import label, show_date
from ui.pills import pill
from ui.screens.sharing_words import (
    answers_told,
    at_school,
    period,
    pupils_told,
    road_told,
    state_sign,
    state_told,
    with_answer,
)
from ui.table import Column
from ui.theme import px
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Line:
    """A pupil in the table.

    :param place: by group, then surname
    """

    place: int
    of: Sharing
    pupil: SharedPupil

    @property
    def may(self) -> str:
        """Whether something may be shared now."""
        of, pupil = self.of, self.pupil
        if pupil.has_left:
            return tr("Nee, is van school")
        if of.state is State.COMES and pupil.answer is Answer.GRANTED:
            return tr("Vanaf {day}").format(day=show_date(of.starts_on))
        return tr("Ja") if pupil in allowed(of) else tr("Nee")


def columns() -> list[Column[Line]]:
    """Of the table of pupils."""
    known = signs()
    return [
        Column(tr("Leerling"), lambda line: line.pupil.pupil, width=260),
        Column(
            tr("Groep"),
            lambda line: group_label(line.pupil.group),
            sorts=lambda line: f"{line.place:05}",
            width=130,
        ),
        Column(
            tr("Antwoord"),
            lambda line: known[line.pupil.answer].word,
            speaks=lambda line: f"{line.pupil.pupil}: {known[line.pupil.answer].word}",
            icon=lambda line: theme.icon(
                known[line.pupil.answer].icon, known[line.pupil.answer].colour
            ),
            width=170,
        ),
        Column(tr("Mag er nu worden gedeeld?"), lambda line: line.may),
    ]


class Facts(QFrame):
    """Party, data, purpose, period; and what it comes to today."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(18), px(14), px(18), px(14))
        layout.setSpacing(px(6))
        top = QWidget()
        self._top = QHBoxLayout(top)
        self._top.setContentsMargins(0, 0, 0, 0)
        self._top.setSpacing(px(12))
        self._pill: QLabel | None = None
        self._state = label("", wrap=True)
        self._top.addWidget(self._state, 1)
        layout.addWidget(top)
        facts = QWidget()
        grid = QGridLayout(facts)
        grid.setContentsMargins(0, px(4), 0, px(4))
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(1, 1)
        self._values: list[QLabel] = []
        heads = (tr("Welke gegevens"), tr("Waarvoor"), tr("Periode"), tr("Wie vraagt"))
        for place, head in enumerate((*heads, tr("Antwoorden"))):
            value = label("", wrap=True)
            grid.addWidget(label(head, "muted"), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, place, 1)
            self._values.append(value)
        layout.addWidget(facts)
        self._next = label("", "strong", wrap=True)
        layout.addWidget(self._next)

    def show_sharing(self, of: Sharing) -> None:
        """Show another one, or the same as it is now."""
        if self._pill is not None:
            self._pill.hide()
            self._pill.deleteLater()
        self._pill = pill(state_sign(of.state))
        self._top.insertWidget(0, self._pill)
        self._state.setText(state_told(of))
        asks = road_told(of.road)
        if of.all_must_agree:
            asks += " " + tr("Alle ouders met gezag moeten ja zeggen.")
        texts = (of.data, of.purpose_text, period(of), asks, answers_told(of))
        for value, text in zip(self._values, texts, strict=True):
            value.setText(text)
        self._next.setText(next_step(of))
        self._next.setVisible(bool(self._next.text()))


def next_step(of: Sharing) -> str:
    """What it comes to, and what to do; "" when nothing may be done any more."""
    if of.state is State.ENDED:
        return ""
    told = []
    if of.state is State.RUNS:
        text = tr("Delen mag nu voor {n} van de {pupils}.")
        told.append(text.format(n=len(allowed(of)), pupils=pupils_told(len(at_school(of)))))
    asked = len(with_answer(of, Answer.NOT_ASKED))
    if asked and of.road is Road.SCHOOL:
        text = tr("Voor {pupils} is nog niets gevraagd: maak de brieven.")
        told.append(text.format(pupils=pupils_told(asked)))
    elif asked:
        text = tr("Voor {pupils} is nog geen antwoord vastgelegd.")
        told.append(text.format(pupils=pupils_told(asked)))
    return " ".join(told)
