"""Recording at the desk what somebody decided about one cell of the board, or a mistake in it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QRadioButton,
    QWidget,
)

from schoolprivacy.consents.actions import NewDecision, invalidate, record_decision
from schoolprivacy.consents.deciding import Decider, who_may_decide
from schoolprivacy.consents.history import HistoryLine, cell_history
from schoolprivacy.consents.terms import Choice, PurposeKind, Verdict, Way
from schoolprivacy.consents.undoing import undo_invalidation
from schoolprivacy.errors import sentence
from schoolprivacy.people.names import full_name
from ui.answers import authority_word, choice_word, way_word
from ui.desk import Desk
from ui.fields import (
    DateField,
    choice,
    label,
    notice,
    show_date,
    text_field,
)
from ui.matrix import Cell
from ui.screens.cell_form import CellForm
from ui.theme import px
from ui.words import tr

_WAYS = (Way.DESK, Way.PHONE, Way.LETTER, Way.E_MAIL)
"""A paper form is entered with all its answers at once, on a screen of its own."""


class _DecisionForm(CellForm):
    """Who decided, when, and how it reached the school."""

    def __init__(self, desk: Desk, cell: Cell, title: str, does: str, parent: QWidget) -> None:
        super().__init__(desk, cell, title, does, parent)
        self.who = QComboBox()
        self.day = DateField(desk.school.clock.today(), latest=desk.school.clock.today())
        self.way = choice([(way_word(each), each) for each in _WAYS], Way.DESK)
        self.remark = label("", "warning", wrap=True)
        self._deciders: list[Decider] = []
        self._list_deciders()
        self.who.currentIndexChanged.connect(self._show_remark)
        self.day.editingFinished.connect(self._list_deciders)

    def ask(self, first: str = "", field: QWidget | None = None) -> None:
        """Put the fields in the dialogue; who comes first, then what."""
        self.fields.add("who", tr("&Wie beslist?"), self.who, span=2)
        if field is not None:
            self.fields.add("what", first, field, span=2)
        self.fields.add("day", tr("&Op welke dag?"), self.day)
        self.fields.add("way", tr("&Hoe gezegd?"), self.way)
        self.body.addWidget(self.fields)
        self.body.addWidget(self.remark)
        self._show_remark()

    def _list_deciders(self) -> None:
        """Those of the day that is filled in: from the 16th birthday the pupil decides."""
        day = self.day.date() or self.desk.school.clock.today()
        before = self.decider()
        self._deciders = who_may_decide(self.desk.school, self.pupil_id, day)
        self.who.blockSignals(True)
        self.who.clear()
        self.who.addItem(tr("Kies wie het zegt"))
        for each in self._deciders:
            self.who.addItem(_decider_text(each))
        model = self.who.model()
        assert isinstance(model, QStandardItemModel)
        for place, each in enumerate(self._deciders, 1):
            model.item(place).setEnabled(each.may)
        self.who.setCurrentIndex(self._place_of(before))
        self.who.blockSignals(False)
        self._show_remark()

    def _place_of(self, before: Decider | None) -> int:
        """Who was chosen stays chosen; the only one who may decide need not be."""
        possible = {place: each for place, each in enumerate(self._deciders, 1) if each.may}
        same = (
            place
            for place, each in possible.items()
            if before and each.guardian_id == before.guardian_id
        )
        return next(same, next(iter(possible)) if len(possible) == 1 else 0)

    def decider(self) -> Decider | None:
        """Who is chosen."""
        place = self.who.currentIndex()
        return self._deciders[place - 1] if place > 0 else None

    def _show_remark(self) -> None:
        """Why somebody cannot be chosen, or why what they say may not count."""
        chosen = self.decider()
        keys = {chosen.remark} if chosen else {e.remark for e in self._deciders if not e.may}
        told = [sentence(key) for key in sorted(keys) if key]
        if not self._deciders:
            told = [tr("Van dit kind is geen ouder of verzorger bekend. Voeg die eerst toe.")]
        self.remark.setText("\n".join(told))
        self.remark.setVisible(bool(told))

    def problems(self) -> dict[str, str]:
        found = {}
        if self.decider() is None:
            found["who"] = tr("Kies wie dit heeft beslist.")
        if self.day.date() is None or self.day.is_wrong():
            found["day"] = tr("Vul een dag in die niet in de toekomst ligt, zoals 3-9-2026.")
        return found

    def chosen_day(self) -> date:
        """What was filled in; ``problems`` has looked at it."""
        found = self.day.date()
        assert found is not None
        return found


class _YesOrNo(QWidget):
    """One of the two, neither to begin with."""

    toggled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.yes, self.no = QRadioButton(tr("&Ja")), QRadioButton(tr("&Nee"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(20))
        self._group = QButtonGroup(self)
        for each in (self.yes, self.no):
            self._group.addButton(each)
            layout.addWidget(each)
        layout.addStretch(1)
        self._group.buttonToggled.connect(lambda *_: self.toggled.emit())
        self.setFocusProxy(self.yes)

    def chosen(self) -> bool | None:
        """True for yes, False for no."""
        return self.yes.isChecked() if self._group.checkedButton() else None


class RecordDialog(_DecisionForm):
    """A yes or a no, said outside a form."""

    def __init__(self, desk: Desk, cell: Cell, parent: QWidget) -> None:
        super().__init__(desk, cell, tr("Antwoord vastleggen"), tr("&Vastleggen"), parent)
        self.body.addWidget(label(_question(cell), wrap=True))
        self.answer = _YesOrNo()
        self.ask(tr("Antwoord"), self.answer)

    def problems(self) -> dict[str, str]:
        found = super().problems()
        if self.answer.chosen() is None:
            found["what"] = tr("Kies ja of nee.")
        return found

    def act(self) -> None:
        who = self.decider()
        assert who is not None
        new = NewDecision(
            self.pupil_id,
            self.cell.purpose.code,
            self.cell.purpose.wording.version,
            Choice.GRANTED if self.answer.chosen() else Choice.REFUSED,
            self.chosen_day(),
            self.way.currentData(),
            who.guardian_id,
            by_pupil=who.guardian_id is None,
        )
        recorded = record_decision(self.desk.school, new)
        text = tr("{cell}: {answer} vastgelegd van {who}.").format(
            cell=self.cell.spoken, answer=choice_word(new.choice).lower(), who=who.name
        )
        history = cell_history(self.desk.school, self.pupil_id, new.purpose)
        line = next(each for each in history.lines if each.decision_id == recorded)
        if line.verdict is not Verdict.COUNTS:
            text += " " + line.explanation
        self.say_done(text, [recorded])


class InvalidateDialog(CellForm):
    """An answer that was entered wrongly counts no longer; it stays in the history."""

    def __init__(self, desk: Desk, cell: Cell, line: HistoryLine, parent: QWidget) -> None:
        super().__init__(desk, cell, tr("Verkeerd ingevoerd"), tr("&Ongeldig maken"), parent)
        self._line = line
        self.why = text_field(longest=200, placeholder=tr("bijvoorbeeld: verkeerd kind"))
        said = tr("{choice} – {who}, {day}, {way}").format(
            choice=choice_word(line.choice),
            who=line.who,
            day=show_date(line.decided_on),
            way=way_word(line.way),
        )
        self.body.addWidget(label(said, "strong", wrap=True))
        self.body.addWidget(
            notice(
                tr(
                    "Alleen voor een fout bij het invoeren: dit antwoord is nooit zo gegeven. "
                    "Bedenkt een ouder zich? Kies dan Intrekken. Wat u ongeldig maakt, blijft in "
                    "de geschiedenis staan."
                )
            )
        )
        self.fields.add("why", tr("&Wat ging er mis?"), self.why, span=2)
        self.body.addWidget(self.fields)

    def problems(self) -> dict[str, str]:
        return {} if self.why.text().strip() else {"why": tr("Schrijf kort op wat er mis ging.")}

    def act(self) -> None:
        desk, decision = self.desk, self._line.decision_id
        invalidate(desk.school, decision, self.why.text().strip())

        def undo() -> None:
            undo_invalidation(desk.school, decision)
            desk.tell_change()

        desk.tell_change()
        desk.say(tr("{cell}: dit antwoord telt niet meer.").format(cell=self.cell.spoken), undo)


def _question(cell: Cell) -> str:
    """As it stands on the form."""
    asked = {
        PurposeKind.CONTACT_CHILD: tr("Vraag: mag dit op de contactlijst van de groep: “{what}”?"),
        PurposeKind.CONTACT_OWN: tr(
            "Vraag: mag dit op de contactlijst van de groep: “{what}”? Het gaat om gegevens van de "
            "ouder zelf; ieder beslist over de eigen gegevens."
        ),
        PurposeKind.SHARING: tr("Vraag: mag de school deze gegevens van {name} delen: “{what}”?"),
    }.get(
        cell.purpose.kind, tr("Vraag: mogen foto's en video's van {name} worden gebruikt {what}?")
    )
    return asked.format(name=full_name(cell.pupil.pupil), what=cell.purpose.wording.label)


def _decider_text(who: Decider) -> str:
    told = [who.relation] if who.relation else []
    if who.authority is not None:
        told.append(authority_word(who.authority))
    return f"{who.name} ({', '.join(told)})" if told else who.name
