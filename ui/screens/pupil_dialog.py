"""What the dialogues about pupils have in common: saving, leaving, and problems at the field."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from schoolprivacy.people.entries import FieldProblem
from ui import messages
from ui.dialog import Dialog
from ui.fields import DateField, Fields, button, label, row, scrolled
from ui.theme import px
from ui.words import tr


class EntryDialog(Dialog):
    """Something to fill in: Enter saves, Escape asks first when something was typed.

    A subclass fills ``self.body``, says in ``problems`` what is wrong, and stores in ``save``.
    A field is judged when one leaves it, and all of them on saving.
    """

    def __init__(self, owner: QWidget, title: str, save: str, *, width: int = 640) -> None:
        super().__init__(owner, title)
        self._visited: set[str] = set()
        self._before: dict[str, str] = {}
        self.names: list[str] = []
        self.fields = Fields(2)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(14))
        self.body.setContentsMargins(0, 0, px(10), 0)
        self._width = width
        self._inside = QWidget()
        self._inside.setLayout(self.body)
        self._trouble = label("", "problem", wrap=True)
        self._trouble.hide()
        self.primary = self.save_button = button(
            save, self.try_save, kind="primary", tip=tr("Ctrl+Enter")
        )
        self._foot = row(
            None, button(tr("Annuleren"), self.reject, tip=tr("Escape")), self.save_button
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(22), px(18), px(12), px(16))
        layout.setSpacing(px(12))
        layout.addWidget(label(title, "heading", wrap=True))
        layout.addWidget(scrolled(self._inside), 1)
        layout.addWidget(self._trouble)

    def open(self) -> None:
        """Show it; the buttons are put in last, so that Tab comes to them last."""
        layout = self.layout()
        if layout:
            layout.addWidget(self._foot)
        room = _main_window(self).size()
        wanted = self._inside.sizeHint().height() + px(150)
        self.resize(
            min(px(self._width), room.width() - px(20)), min(wanted, room.height() - px(40))
        )
        super().open()

    def add(self, name: str, text: str, field: QWidget, *, hint: str = "", span: int = 1) -> None:
        """Add a field, as ``Fields.add``; it is judged when it is left."""
        self.fields.add(name, text, field, hint=hint, span=span)
        self.names.append(name)
        if isinstance(field, QLineEdit):
            self._before[name] = field.text()
            field.editingFinished.connect(lambda: self._leave(name))

    def problems(self) -> Iterable[FieldProblem]:
        """What is wrong with what was filled in, dates that are none aside."""
        raise NotImplementedError

    def tidy(self, name: str) -> None:
        """Show a field that was left the way it will be stored."""

    def save(self) -> None:
        """Store it and ``done(1)``.

        :raises KnownError: it cannot be stored, which is told
        """
        raise NotImplementedError

    # — judging —

    def _leave(self, name: str) -> None:
        if self.fields[name].text() == self._before[name] and name not in self._visited:
            return
        self.judge_left(name)

    def judge_left(self, name: str) -> None:
        """Somebody filled in a field and went on."""
        self._visited.add(name)
        self.tidy(name)
        found, _ = self._judge()
        shown = {key: text for key, text in found.items() if key in self._visited}
        self.fields.show_problems(shown, focus=False)

    def _judge(self) -> tuple[dict[str, str], set[str]]:
        """Problems by field, and the fields in which it hinders storing."""
        found: dict[str, str] = {}
        hindering: set[str] = set()
        for name in self.names:
            field = self.fields[name]
            if isinstance(field, DateField) and field.is_wrong():
                found[name] = no_date(field)
                hindering.add(name)
        for each in self.problems():
            found.setdefault(each.field, str(each))
            if not each.may_stay:
                hindering.add(each.field)
        return found, hindering

    def try_save(self) -> None:
        """Store it, or show what is wrong; what is only odd is stored after a question."""
        found, hindering = self._judge()
        self._visited |= set(self.names)
        self.fields.show_problems(found)
        self.show_trouble(tr("Nog niet opgeslagen. Verbeter wat rood is.") if hindering else "")
        if hindering:
            return
        if found:
            self._ask_about(found)
        else:
            self._save()

    def _ask_about(self, odd: dict[str, str]) -> None:
        """Name what is odd and what was typed; no is the safe answer."""
        told = [f"{self._named(name)}\n{problem}" for name, problem in odd.items()]
        messages.confirm(
            self,
            "\n\n".join(told),
            tr("Toch opslaan"),
            self._save,
            heading=tr("Klopt dit?"),
        )

    def _named(self, name: str) -> str:
        """``Postcode: 351 ABC``"""
        field = self.fields[name]
        typed = field.text() if isinstance(field, QLineEdit) else ""
        return f"{field.accessibleName()}: {typed or tr('leeg')}"

    def _save(self) -> None:
        with messages.told(self):
            self.save()

    def show_trouble(self, text: str) -> None:
        """Say above the buttons why it was not saved; "" takes that away."""
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))


def _main_window(dialog: QWidget) -> QWidget:
    """The window behind it, also behind a dialogue that was opened from a dialogue."""
    behind = dialog
    while (parent := behind.parentWidget()) is not None:
        behind = parent.window()
    return behind


def no_date(field: DateField) -> str:
    """Why what stands in a field is no day that can be kept."""
    if field.date():
        return tr("Deze datum ligt in de toekomst. Verbeter de datum.")
    return tr("Dit is geen datum. Schrijf dag, maand en jaar, zoals 3-9-2019.")
