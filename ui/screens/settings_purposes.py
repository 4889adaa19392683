"""Settings: what the school asks consent for, in the order of the form."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QTabBar

from schoolprivacy.consents.purposes import (
    OWN,
    PurposeSettings,
    can_be_removed,
    move_purpose,
    purpose_settings,
    remove_purpose,
    require_all,
    switch_purpose,
)
from schoolprivacy.overview.first_start import StepKind, mark_looked_at, steps
from ui import messages
from ui.desk import Desk
from ui.fields import button, card, label, notice, row
from ui.screens.settings_purpose_new import NewPurposeDialog, added_again
from ui.screens.settings_purpose_table import PurposeTable, columns, fit_columns
from ui.screens.settings_section import Section
from ui.screens.settings_wording import HistoryDialog, RowPicture, WordingDialog
from ui.table import Rows
from ui.words import tr


class PurposesSection(Section):
    """The purposes in a table, those of the contact list apart.

    Each is switched, moved and reworded from here; those of the school's own are added and removed.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            tr("Doelen"),
            tr("Waarvoor de school toestemming vraagt, in de volgorde van het formulier."),
        )
        self._codes: list[str] = []
        self.kinds = QTabBar()
        self.kinds.setAccessibleName(tr("Soort doelen"))
        self.kinds.setDrawBase(False)
        self.kinds.setExpanding(False)
        self.kinds.setUsesScrollButtons(False)
        self.kinds.setElideMode(Qt.TextElideMode.ElideNone)
        for text in (tr("Foto's en video's"), tr("Contactlijst")):
            self.kinds.addTab(text)
        self._rows = Rows(columns())
        self.table = PurposeTable()
        self.table.setModel(self._rows)
        self._rows.setParent(self.table)
        self._row = RowPicture(headed=True)
        self._look = self._make_look()
        self._build()
        self.kinds.currentChanged.connect(lambda _: self.refresh())
        self.table.opened.connect(lambda _: self.reword())
        self.table.switched.connect(self.switch)
        self.table.all_wanted.connect(self.switch_all)
        self.table.moved.connect(self.move_by)
        self.table.removed.connect(self.remove)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())

    # — building —

    def _make_look(self) -> QFrame:
        """Asks to look at the purposes once, at the first start."""
        made = notice(tr("Kijk of dit klopt voor uw school. Zet uit wat u niet gebruikt."))
        good = button(tr("De &doelen zijn goed"), self._mark, icon="check")
        layout = made.layout()
        if layout:
            layout.addWidget(good)
        return made

    def _build(self) -> None:
        self.reword_button = button(
            tr("&Tekst wijzigen…"), self.reword, icon="pencil", tip=tr("Enter")
        )
        self._switch = button("", self.switch, tip=tr("Spatie"))
        self._all = button("", self.switch_all, icon="users", tip=tr("A"))
        self._up = button(tr("Om&hoog"), lambda: self.move_by(-1), tip=tr("Alt+pijl omhoog"))
        self._down = button(tr("Om&laag"), lambda: self.move_by(1), tip=tr("Alt+pijl omlaag"))
        history = button(tr("&Eerdere teksten…"), self._show_history, icon="history")
        self._add = button(tr("Eigen doel toe&voegen…"), self.add, icon="plus")
        self._remove = button(tr("&Weghalen"), self.remove, icon="trash-2", tip=tr("Delete"))
        self.content.addWidget(self._look)
        self.content.addWidget(row(self.kinds, None))
        self.content.addWidget(row(self.reword_button, self._switch, self._all, None))
        fit_columns(self.table)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(row(self._up, self._down, None, history))
        self._own = row(self._add, self._remove, None)
        self.content.addWidget(self._own)
        self.content.addWidget(
            card(label(tr("Zo staat het op het formulier"), "small"), self._row, spacing=6)
        )

    # — showing —

    def refresh(self) -> None:
        at = self.table.currentIndex().row()
        present = self.table.current()
        every = purpose_settings(self.desk.school)
        self._codes = [each.purpose.code for each in every]
        contacts = self.kinds.currentIndex() == 1
        found = [each for each in every if each.purpose.is_contact == contacts]
        self._rows.replace(found)
        codes = [each.purpose.code for each in found]
        if present and present.purpose.code in codes:
            at = codes.index(present.purpose.code)
        self.table.selectRow(max(at, 0))
        looked_at = next(s.done for s in steps(self.desk.school) if s.kind is StepKind.PURPOSES)
        self._look.setVisible(not looked_at and self.may_change)
        self._show_current()

    def _show_current(self) -> None:
        present: PurposeSettings | None = self.table.current()
        if present is None:
            return
        purpose, place = present.purpose, self.table.currentIndex().row()
        _name(self._switch, tr("Uit&zetten") if purpose.switched_on else tr("Aan&zetten"))
        one_is_enough = tr("Eén &ouder is genoeg")
        _name(self._all, one_is_enough if purpose.all_must_agree else tr("Alle &ouders vragen"))
        for each in (self.reword_button, self._switch, self._all, self._up, self._down):
            each.setEnabled(self.may_change)
        self._all.setEnabled(self.may_change and not purpose.is_own)
        self._add.setVisible(self.may_change and not purpose.is_contact)
        self._own.setVisible(self.may_change and not purpose.is_contact)
        own = purpose.code.startswith(OWN)
        self._remove.setVisible(self.may_change and own)
        self._remove.setEnabled(own and can_be_removed(self.desk.school, purpose.code))
        self._up.setEnabled(self.may_change and place > 0)
        self._down.setEnabled(self.may_change and place < self._rows.rowCount() - 1)
        self._row.show_row(purpose, purpose.wording)

    def focus_first(self) -> bool:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # — changing —

    def switch(self) -> None:
        """Ask for the purpose from now on, or no longer."""
        found = self._changeable()
        if found is None:
            return
        code, on = found.purpose.code, not found.purpose.switched_on
        said = tr("“{short}” staat aan. Het staat op de formulieren die u hierna maakt.")
        if not on:
            said = tr(
                "“{short}” staat uit en wordt niet meer gevraagd. Antwoorden die er al zijn, "
                "blijven in de geschiedenis."
            )
        self._do(
            lambda: switch_purpose(self.desk.school, code, on=on),
            said.format(short=found.purpose.wording.short),
            lambda: switch_purpose(self.desk.school, code, on=not on),
        )

    def switch_all(self) -> None:
        """Whether everybody with authority must say yes."""
        found = self._changeable()
        if found is None or found.purpose.is_own:
            return
        code, wanted = found.purpose.code, not found.purpose.all_must_agree
        said = tr(
            "Bij “{short}” is het ja van één ouder genoeg. Zegt een ander nee, dan blijft het nee."
        )
        if wanted:
            said = tr(
                "Bij “{short}” moeten nu alle ouders met gezag ja zeggen. Het ja van één "
                "ouder is niet meer genoeg."
            )
        self._do(
            lambda: require_all(self.desk.school, code, all_must_agree=wanted),
            said.format(short=found.purpose.wording.short),
            lambda: require_all(self.desk.school, code, all_must_agree=not wanted),
        )

    def move_by(self, step: int) -> None:
        """One place up (-1) or down (1) on the form."""
        found, place = self._changeable(), self.table.currentIndex().row()
        if found is None or not 0 <= place + step < self._rows.rowCount():
            return
        code, beside = found.purpose.code, self._rows.rows[place + step].purpose.code
        here, there = self._codes.index(code), self._codes.index(beside)
        said = tr("“{short}” is verplaatst. Op formulieren die er al zijn, verandert niets.")
        self._do(
            lambda: move_purpose(self.desk.school, code, there),
            said.format(short=found.purpose.wording.short),
            lambda: move_purpose(self.desk.school, code, here),
        )

    def add(self) -> None:
        """Ask for a use of the school's own."""
        if self.may_change:
            asked = NewPurposeDialog(self.desk, self)
            asked.added.connect(self.show_purpose)
            asked.open()

    def show_purpose(self, code: str) -> None:
        """Be at a purpose, in its own table."""
        for kind in range(self.kinds.count()):
            if code not in [each.purpose.code for each in self._rows.rows]:
                self.kinds.setCurrentIndex(kind)
        for place, each in enumerate(self._rows.rows):
            if each.purpose.code == code:
                self.table.selectRow(place)
        self.focus_first()

    def remove(self) -> None:
        """Take away a purpose of the school's own that was never used."""
        found, school = self._changeable(), self.desk.school
        code = found.purpose.code if found else ""
        if found is None or not code.startswith(OWN):
            return
        purpose, place = found.purpose, self._codes.index(code)
        said = tr("“{short}” is weg. Het was nog nooit gevraagd.")
        self._do(
            lambda: remove_purpose(school, code),
            said.format(short=purpose.wording.short),
            lambda: added_again(school, purpose, place),
        )

    def reword(self) -> None:
        """Give the purpose another text."""
        found = self._changeable()
        if found is not None:
            WordingDialog(self.desk, found, self).open()

    def _show_history(self) -> None:
        present = self.table.current()
        if present is not None:
            HistoryDialog(present, self).open()

    def _changeable(self) -> PurposeSettings | None:
        found: PurposeSettings | None = self.table.current()
        return found if self.may_change else None

    def _do(self, change: Callable[[], None], said: str, back: Callable[[], None]) -> None:
        def undo() -> None:
            back()
            self.desk.tell_change()

        with messages.told(self):
            change()
            self.desk.tell_change()
            self.desk.say(said, undo)

    def _mark(self) -> None:
        with messages.told(self):
            mark_looked_at(self.desk.school)
            self.desk.tell_change()
            self.desk.say(tr("Genoteerd: u hebt de doelen bekeken. U kunt ze altijd veranderen."))
            self.focus_first()


def _name(made: QPushButton, text: str) -> None:
    made.setText(text)
    made.setAccessibleName(text.replace("&", ""))
