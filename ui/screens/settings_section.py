"""What the parts of the settings have in common; fields that are saved with a button."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDoubleSpinBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from schoolprivacy.people.profile import change_profile, read_profile
from ui import messages
from ui.desk import Desk
from ui.fields import ChoiceField, Fields, button, label, notice, row
from ui.theme import px
from ui.words import tr

SpinBox = TypeVar("SpinBox", QSpinBox, QDoubleSpinBox)
Values = Mapping[str, Any]
"""What stands in fields, by the name of the field."""


class Section(QWidget):
    """One part of the settings; a subclass fills ``content`` and reads in ``refresh``.

    :param changes: it holds things that a read-only school file does not let change
    """

    def __init__(
        self, desk: Desk, title: str, explanation: str = "", *, changes: bool = True
    ) -> None:
        super().__init__()
        self.desk = desk
        self.may_change = not (changes and desk.school.read_only)
        self.setAccessibleName(title)
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(0, 0, px(10), 0)
        self.content.setSpacing(px(14))
        self.heading = label(title, "heading")
        self.content.addWidget(self.heading)
        if explanation:
            self.content.addWidget(label(explanation, "muted", wrap=True))
        if not self.may_change:
            said = tr("Het schoolbestand is geopend om te lezen. U kunt hier niets veranderen.")
            self.content.addWidget(notice(said))

    def refresh(self) -> None:
        """Read what there is and show it."""

    def is_changed(self) -> bool:
        """Whether something was typed that is not stored."""
        return False

    def discard(self) -> None:
        """Forget what was typed."""

    def focus_first(self) -> bool:
        """Put the keyboard where one begins; False when nothing here takes it."""
        return False


class FormSection(Section):
    """Fields that are stored together, with Enter or Ctrl+S; undone with Ctrl+Z.

    A subclass adds fields with ``add`` and puts ``save_row`` under them. A field is judged when one
    leaves it, and all of them on saving.
    """

    def __init__(
        self,
        desk: Desk,
        title: str,
        explanation: str = "",
        *,
        columns: int = 2,
        changes: bool = True,
    ) -> None:
        super().__init__(desk, title, explanation, changes=changes)
        self.fields = Fields(columns)
        self.fields.changed.connect(self._note_typing)
        self._names: list[str] = []
        self._stored: Values = {}
        self.save_button = button(tr("&Opslaan"), self.save, kind="primary", tip=tr("Ctrl+S"))
        self._drop = button(tr("Niet opslaan"), self.discard)
        self.save_row = row(self.save_button, self._drop, None)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)

    def add(self, name: str, text: str, field: QWidget, *, hint: str = "", span: int = 1) -> None:
        """Add a field, as ``Fields.add``."""
        self.fields.add(name, text, field, hint=hint, span=span)
        self._names.append(name)
        field.setEnabled(self.may_change)
        if isinstance(field, QLineEdit):
            field.editingFinished.connect(self._judge_left)

    # — for the subclass —

    def read(self) -> Values:
        """What is stored now, by the names of the fields."""
        raise NotImplementedError

    def store(self, values: Values) -> None:
        """Keep these.

        :raises KnownError: they cannot be kept
        """
        raise NotImplementedError

    def tidied(self, values: Values) -> Values:
        """What was typed as it will be stored."""
        return values

    def problems(self, values: Values) -> dict[str, str]:
        """What is wrong, by field."""
        return {}

    def saved(self, before: Values) -> None:
        """Tell that it was stored, with the way back."""
        self.desk.tell_change()
        self.desk.say(tr("Opgeslagen."), lambda: self._put_back(before))

    # — showing and storing —

    def typed(self) -> Values:
        """What stands in the fields."""
        return self.tidied({name: _value(self.fields[name]) for name in self._names})

    def refresh(self) -> None:
        keep = self.is_changed()
        self._stored = self.read()
        if not keep:
            self.discard()

    def is_changed(self) -> bool:
        return bool(self._stored) and self.typed() != self._stored

    def discard(self) -> None:
        for name, value in self._stored.items():
            _put(self.fields[name], value)
        self.fields.show_problems({})
        self._note_typing()

    def save(self) -> None:
        """Store what was typed, when all of it is right."""
        if not self.is_changed() or not self.may_change:
            return
        values = self.typed()
        problems = self.problems(values)
        self.fields.show_problems(problems)
        if problems:
            return
        changed = {name: value for name, value in values.items() if value != self._stored[name]}
        before = {name: self._stored[name] for name in changed}
        with messages.told(self):
            self.store(changed)
            self._stored = values
            self.discard()
            self.saved(before)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)

    def _put_back(self, before: Values) -> None:
        self.store(before)
        self.desk.tell_change()

    def _judge_left(self) -> None:
        if self.is_changed():
            self.fields.show_problems(self.problems(self.typed()), focus=False)

    def _note_typing(self) -> None:
        changed = self.is_changed()
        self.save_button.setEnabled(changed)
        self._drop.setEnabled(changed)

    def focus_first(self) -> bool:
        if self.may_change:
            self.fields[self._names[0]].setFocus(Qt.FocusReason.OtherFocusReason)
        return self.may_change


class ProfileSection(FormSection):
    """Fields of the profile of the school."""

    def read(self) -> Values:
        with self.desk.school.reading() as session:
            profile = read_profile(session)
        return {name: getattr(profile, name) for name in self._names}

    def store(self, values: Values) -> None:
        change_profile(self.desk.school, **values)


def numbered(field: SpinBox, least: float, most: float, unit: str) -> SpinBox:
    """A number with its unit, changed by typing or with the arrows up and down."""
    field.setRange(least, most)  # type: ignore[arg-type]
    field.setSuffix(unit)
    field.lineEdit().setTextMargins(px(6), 0, 0, 0)
    return field


def _value(field: QWidget) -> Any:
    if isinstance(field, QLineEdit):
        return " ".join(field.text().split())
    return field.value()  # type: ignore[attr-defined]


def _put(field: QWidget, value: Any) -> None:
    if isinstance(field, QLineEdit):
        field.setText(value)
        field.setCursorPosition(0)  # of a long text its beginning
    elif isinstance(field, ChoiceField):
        field.choose(value)
    else:
        field.setValue(value)  # type: ignore[attr-defined]
