"""What some papers want to know besides: the sheet for a substitute teacher, and the planner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.people.names import group_label
from schoolprivacy.schoolyear import SchoolYear
from ui.fields import ChoiceField, DateField, Fields, card, choice, label, text_field
from ui.theme import px
from ui.words import tr


class SubstituteChoices(QWidget):
    """Of which group, for which days, and who gets the sheet."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.group = ChoiceField()
        self.for_whom = text_field(placeholder=tr("bijvoorbeeld Mevrouw De Wit"), longest=60)
        self.on, self.until = DateField(), DateField()
        self._fields = Fields(columns=2)
        self._fields.add("group", tr("Groep"), self.group, span=2)
        self._fields.add("for_whom", tr("Wie krijgt het blad?"), self.for_whom, span=2)
        self._fields.add("on", tr("Eerste dag"), self.on)
        self._fields.add("until", tr("Laatste dag"), self.until)
        told = tr(
            "Zonder laatste dag is het blad voor één dag. Daarna moet het worden vernietigd. Het "
            "staat bij de genummerde exemplaren van de contactlijsten."
        )
        _filled(
            self, card(label(tr("Voor welke invaller?"), "heading"), self._fields, _small(told))
        )
        self.group.currentIndexChanged.connect(self.changed)
        for each in (self.on, self.until):
            each.textChanged.connect(self._note_day)

    def _note_day(self) -> None:
        if not (self.on.is_wrong() or self.until.is_wrong()):
            self.changed.emit()

    def show_groups(self, names: Sequence[str], today: date) -> None:
        """Offer these groups; what was filled in stays."""
        chosen = self.group.value()
        self.group.blockSignals(True)
        self.group.offer([(group_label(each), each) for each in names])
        self.group.choose(chosen)
        self.group.blockSignals(False)
        if not self.on.text():
            self.on.set_date(today)

    def choose_group(self, name: str) -> None:
        self.group.choose(name)

    def shown(self) -> dict[str, Any]:
        """What changes the sheet itself; nothing when there is no group or no day."""
        group, on = self.group.value(), self.on.date()
        if group is None or on is None:
            return {}
        return {"group": group, "on": on, "until": self.until.date()}

    def typed(self) -> dict[str, Any]:
        """What only the printed sheet is told."""
        return {"for_whom": self.for_whom.text().strip()}

    def is_ready(self) -> bool:
        """Everything is filled in; else it is told at its field."""
        wrong = tr("Dit is geen datum. Typ bijvoorbeeld 3-9-2026.")
        problems = {
            name: wrong
            for name, field in (("on", self.on), ("until", self.until))
            if field.is_wrong()
        }
        if not self.for_whom.text().strip():
            problems["for_whom"] = tr("Vul in wie het blad krijgt.")
        self._fields.show_problems(problems)
        return not problems


class YearChoice(QWidget):
    """This school year, or the one that is being prepared."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.year = choice([])
        self.year.setAccessibleName(tr("Schooljaar"))
        told = tr("Vrije dagen, OKR en MR vult u in bij Instellingen, Schoolkalender.")
        _filled(self, card(label(tr("Van welk schooljaar?"), "heading"), self.year, _small(told)))
        self.year.currentIndexChanged.connect(self.changed)

    def show_years(self, today: date) -> None:
        """Offer the present and the next school year; what was chosen stays."""
        now, chosen = SchoolYear.of(today), self.year.value()
        self.year.blockSignals(True)
        self.year.offer([(str(each), each) for each in (now, now.next())])
        self.year.choose(chosen)
        self.year.blockSignals(False)

    def shown(self) -> dict[str, Any]:
        return {"year": self.year.value()}


def _filled(widget: QWidget, content: QWidget) -> None:
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(content)


def _small(text: str) -> QWidget:
    made = label(text, "small", wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignTop)
    made.setContentsMargins(0, px(2), 0, 0)
    return made
