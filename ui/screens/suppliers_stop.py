"""Stopping with a product, and recording that its data are gone."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.undoing import Undo
from schoolprivacy.suppliers.board import BoardRow
from schoolprivacy.suppliers.entries import LONGEST_LINE
from schoolprivacy.suppliers.stopping import confirm_deletion, stop_product
from ui.desk import Desk
from ui.fields import DateField, label, text_field
from ui.screens.record_dialog import RecordDialog
from ui.words import tr


class StopDialog(RecordDialog):
    """The last day of use, which may be to come, and why."""

    def __init__(self, owner: QWidget, desk: Desk, found: BoardRow) -> None:
        title = tr("Stoppen met {name}").format(name=found.name)
        told = tr("Vastgelegd: de school stopt met {name}.").format(name=found.name)
        super().__init__(owner, desk, title, tr("Stoppen"), told)
        self._id = found.file.product.id
        about = tr(
            "Na de laatste dag vraagt het programma om de bevestiging dat de gegevens zijn gewist, "
            "en blijft dat vragen. De overeenkomst en de bijsluiter blijven bewaard."
        )
        self.body.insertWidget(0, label(about, "muted", wrap=True))
        self.add("on", tr("&Laatste dag"), DateField(desk.school.clock.today()))
        self.add("why", tr("&Reden"), text_field(longest=LONGEST_LINE), span=2)
        self.act = self._stop

    def problems(self) -> Iterable[FieldProblem]:
        yield from super().problems()
        if not self.fields["why"].text().strip():
            yield FieldProblem("why", "needed")

    def _stop(self) -> Undo:
        on = self.fields["on"].date()
        return stop_product(self.desk.school, self._id, on, self.fields["why"].text())


class DeletionDialog(RecordDialog):
    """When and how the supplier confirmed that the data are gone."""

    def __init__(self, owner: QWidget, desk: Desk, found: BoardRow) -> None:
        product = found.file.product
        title = tr("Gegevens gewist: {name}").format(name=found.name)
        told = tr("Vastgelegd: de gegevens van {name} zijn gewist.").format(name=found.name)
        super().__init__(owner, desk, title, tr("Vastleggen"), told)
        self._id = product.id
        about = tr(
            "De leverancier moet bevestigen dat alle gegevens van de school zijn gewist of terug "
            "zijn (AVG art. 28, lid 3g). Bewaar de brief of e-mail bij Scans."
        )
        self.body.insertWidget(0, label(about, "muted", wrap=True))
        self.add_day(tr("&Bevestigd op"))
        if product.deleted_on:
            self.fields["on"].set_date(product.deleted_on)
        placeholder = tr("bijvoorbeeld: e-mail van de leverancier")
        how = text_field(product.deleted_how, longest=LONGEST_LINE, placeholder=placeholder)
        self.add("how", tr("&Hoe bevestigd"), how, span=2)
        self.act = self._confirm

    def problems(self) -> Iterable[FieldProblem]:
        yield from super().problems()
        if not self.fields["how"].text().strip():
            yield FieldProblem("how", "needed")

    def _confirm(self) -> Undo:
        on = self.fields["on"].date()
        return confirm_deletion(self.desk.school, self._id, on, self.fields["how"].text())
