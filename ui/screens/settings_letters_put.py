"""Settings: the field for the text of a letter, and what can be put in it."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from schoolprivacy.errors import RefusedError
from schoolprivacy.letters.pieces import asked
from schoolprivacy.letters.reading import read_pieces
from schoolprivacy.letters.terms import Letter
from ui.fields import button
from ui.letter_raw import RawText
from ui.letter_text import LetterText
from ui.theme import px
from ui.words import tr


def writing_field(letter: Letter, body: str) -> tuple[LetterText | RawText, str]:
    """A field with a text, and why it shows codes; "" when it does not."""
    try:
        return LetterText(letter, read_pieces(body, letter)), ""
    except RefusedError as error:
        return RawText(body), str(error)


class PuttingIn(QWidget):
    """Buttons above the text: a value, a condition around what is selected, bold."""

    def __init__(self, text: LetterText | RawText, letter: Letter) -> None:
        super().__init__()
        self._text = text
        self.fields = button(tr("&Veld invoegen…"), self._show_fields, icon="plus")
        self.conditions = button(tr("&Alleen als…"), self._show_conditions, icon="split")
        self.bold = button(tr("V&et"), text.turn_bold, tip=tr("Ctrl+B"))
        self.field_menu, self.condition_menu = QMenu(self), QMenu(self)
        for each in letter.placeholders:
            said = f"{each.called} {tr('(soms leeg)')}" if each.may_be_empty else each.called
            self._add(self.field_menu, said).triggered.connect(
                lambda _=False, name=each.name: text.put_field(name)
            )
        self._fill_conditions(letter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        for made in (self.fields, self.conditions, self.bold):
            layout.addWidget(made)
        layout.addStretch(1)

    def _fill_conditions(self, letter: Letter) -> None:
        asks = [each.name for each in letter.conditions]
        asks += [each.name for each in letter.placeholders if each.may_be_empty]
        self.conditions.setEnabled(bool(asks))
        otherwise = QMenu(tr("Alleen als &niet"), self.condition_menu)
        for menu, form in ((self.condition_menu, "{}"), (otherwise, "not {}")):
            for each in asks:
                asked_so = form.format(each)
                self._add(menu, asked(each, letter)).triggered.connect(
                    lambda _=False, so=asked_so: self._text.put_condition(so)
                )
        self.condition_menu.addSeparator()
        self.condition_menu.addMenu(otherwise)
        self._otherwise = self._add(self.condition_menu, tr("Anders: in de andere gevallen"))
        self._otherwise.triggered.connect(lambda _=False: self._text.put_otherwise())

    def _add(self, menu: QMenu, text: str) -> QAction:
        return menu.addAction(text.replace("&", "&&"))

    def _show_fields(self) -> None:
        _pop_up(self.field_menu, self.fields)

    def _show_conditions(self) -> None:
        self._otherwise.setEnabled(self._text.may_put_otherwise())
        _pop_up(self.condition_menu, self.conditions)


def _pop_up(menu: QMenu, below: QPushButton) -> None:
    menu.popup(below.mapToGlobal(below.rect().bottomLeft()))
    menu.setActiveAction(menu.actions()[0])
