"""What is in the report: only what may be in it, with the reason where it is sensitive."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QCheckBox, QWidget

from schoolprivacy.errors import RefusedError
from schoolprivacy.okr.actions import make_report
from schoolprivacy.okr.board import BoardRow
from schoolprivacy.okr.terms import SENSITIVE, Category
from schoolprivacy.okr.words import category_word
from schoolprivacy.people.entries import FieldProblem
from ui.desk import Desk
from ui.fields import DateField, label, text_field
from ui.screens.pupil_dialog import EntryDialog
from ui.screens.pupil_words import tell_done
from ui.words import tr


class ReportDialog(EntryDialog):
    """The day of the report and its categories; another category cannot be chosen."""

    def __init__(self, owner: QWidget, desk: Desk, found: BoardRow) -> None:
        title = tr("Rapport van {name}").format(name=found.name)
        super().__init__(owner, title, tr("Opslaan"))
        self._desk, self._row = desk, found
        report = found.move.report if found.move else None
        today = desk.school.clock.today()
        self.body.addWidget(label(_about(report is not None), "muted", wrap=True))
        day = DateField(report.on if report else today, latest=today)
        self.add("on", tr("&Datum van het rapport"), day, span=2)
        before = dict(report.categories) if report else {}
        for each in Category:
            tick = QCheckBox(_capital(category_word(each)))
            tick.setChecked(each in before)
            self.add(f"has_{each}", tick.text(), tick, span=2)
            if each not in SENSITIVE:
                continue
            reason = text_field(before.get(each, ""), longest=200)
            asked = tr("Waarom heeft de ontvangende school dit nodig?")
            self.add(f"why_{each}", asked, reason, span=2)
            named = tr("Waarom nodig: {what}").format(what=category_word(each))
            reason.setAccessibleName(named)
            self.fields.set_shown(f"why_{each}", tick.isChecked())
            tick.toggled.connect(lambda on, name=f"why_{each}": self.fields.set_shown(name, on))
        self.body.addWidget(self.fields)
        self.body.addStretch(1)

    def problems(self) -> Iterable[FieldProblem]:
        if not self.fields["on"].text().strip():
            yield FieldProblem("on", "no_day")

    def save(self) -> None:
        move, on = self._row.move, self.fields["on"].date()
        if move is None:
            raise RefusedError("okr.unknown")
        chosen = {
            each: self.fields[f"why_{each}"].text() if each in SENSITIVE else ""
            for each in Category
            if self.fields[f"has_{each}"].isChecked()
        }
        today = self._desk.school.clock.today()
        change = make_report(self._desk.school, move.id, on or today, chosen)
        self.done(1)
        told = tr("Het rapport van {name} is vastgelegd.").format(name=self._row.name)
        tell_done(self._desk, told, change)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _about(again: bool) -> str:
    told = tr(
        "Kruis aan wat er in het rapport staat. Alleen wat de volgende school nodig heeft mag erin "
        "(AVG 5, lid 1c). Iets anders dan dit mag er niet in staan."
    )
    if again:
        told += " " + tr(
            "Is er iemand uitgenodigd of heeft iemand het al ingezien, dan wordt dit een nieuwe "
            "versie: iedereen moet die opnieuw kunnen inzien. Een fout verbeteren of een "
            "zienswijze toevoegen doet u bij Opmerkingen; dat is geen nieuwe versie."
        )
    return told
