"""Which list, of which group, and who gets a copy."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from schoolprivacy.consents.contacts.contact_list import Order
from schoolprivacy.consents.contacts.copies import ListKind
from schoolprivacy.consents.contacts.printing import (
    PrintedCopies,
    print_contact_list,
    print_phone_tree,
    sample_contact_list,
    sample_phone_tree,
)
from schoolprivacy.consents.contacts.receivers import Receivers
from schoolprivacy.errors import FileError
from schoolprivacy.people.names import group_label
from schoolprivacy.station import read_station, write_station
from ui.fields import Fields, button, card, choice, label, row
from ui.theme import px
from ui.words import counted, tr

_ORDER = "contact_lists.order"
_LINES = 7  # of those who get a copy are seen at once

Printing = Callable[..., PrintedCopies]
_PRINTING: dict[ListKind, Printing] = {
    ListKind.CONTACT_LIST: print_contact_list,
    ListKind.PHONE_TREE: print_phone_tree,
}
_SAMPLES: dict[ListKind, Callable[..., bytes]] = {
    ListKind.CONTACT_LIST: sample_contact_list,
    ListKind.PHONE_TREE: sample_phone_tree,
}


def kind_word(kind: ListKind) -> str:
    """What a list is called."""
    return {
        ListKind.CONTACT_LIST: tr("Contactlijst"),
        ListKind.PHONE_TREE: tr("Belboom"),
        ListKind.SUBSTITUTE: tr("Invalblad"),
    }[kind]


@dataclass(frozen=True, slots=True)
class Request:
    """A list somebody wants.

    :param group: "" when there is none
    """

    kind: ListKind
    group: str
    order: Order

    @property
    def print(self) -> Printing:
        """The action that makes and registers the copies."""
        return _PRINTING[self.kind]

    @property
    def sample(self) -> Callable[..., bytes]:
        """The same without a number; registers nothing."""
        return _SAMPLES[self.kind]

    @property
    def title(self) -> str:
        return f"{kind_word(self.kind)} {group_label(self.group)}"


class Choices(QWidget):
    """The left side: what changes the list itself, and beneath it who gets a copy."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kind = choice([(kind_word(each), each) for each in _PRINTING])
        self._group = choice([])
        self._order = choice(
            [(tr("Op achternaam"), Order.SURNAME), (tr("Op roepnaam"), Order.CALL_NAME)],
            _remembered_order(),
        )
        fields = Fields(columns=2)
        fields.add("kind", tr("&Lijst"), self._kind)
        fields.add("group", tr("&Groep"), self._group)
        fields.add("order", tr("&Volgorde"), self._order, span=2)
        self.for_whom = ReceiverLines()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(14))
        layout.addWidget(card(fields))
        layout.addWidget(self.for_whom)
        layout.addStretch(1)
        self._order.currentIndexChanged.connect(self._remember_order)
        fields.changed.connect(self.changed)

    def show_groups(self, names: Sequence[str]) -> None:
        """Show what can be chosen; what was chosen stays."""
        chosen = self._group.value()
        self._group.blockSignals(True)
        self._group.offer([(group_label(each), each) for each in names])
        self._group.choose(chosen)
        self._group.blockSignals(False)

    def choose_group(self, name: str) -> None:
        self._group.choose(name)

    def request(self) -> Request:
        """What is wanted now."""
        return Request(self._kind.value(), self._group.value() or "", self._order.value())

    def focus_first(self) -> None:
        self._kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remember_order(self) -> None:
        with contextlib.suppress(FileError):  # a full disk is no reason to stop working
            station = read_station()
            windows = {**station.windows, _ORDER: self._order.value().value}
            write_station(replace(station, windows=windows))


class ReceiverLines(QWidget):
    """Who gets a copy, a line each, filled in beforehand and free to change.

    What somebody typed for a group is there again when they come back to it.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._of: tuple[ListKind, str] | None = None
        self._proposed = ""
        self._receivers = Receivers("", ())
        self._typed: dict[tuple[ListKind, str], str] = {}
        self._lines = QPlainTextEdit()
        self._lines.setTabChangesFocus(True)
        self._lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines.setAccessibleName(tr("Voor wie, één regel per exemplaar"))
        self._lines.setMinimumHeight(self._lines.fontMetrics().lineSpacing() * _LINES + px(20))
        self._count = label("", "strong")
        everybody = button(
            tr("&Iedereen"), self._fill_everybody, tip=tr("De leerkracht en alle gezinnen")
        )
        teacher = button(tr("&Alleen de leerkracht"), self._fill_teacher)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            card(
                label(tr("Voor wie?"), "heading"),
                label(
                    tr("Eén regel per exemplaar. Elk exemplaar krijgt een eigen nummer."),
                    "small",
                    wrap=True,
                ),
                row(everybody, teacher, None),
                self._lines,
                self._count,
                spacing=6,
            )
        )
        self._lines.textChanged.connect(self._show_count)
        self._show_count()

    def propose(self, request: Request, receivers: Receivers) -> None:
        """Fill in who it can be for, unless somebody typed something for this list."""
        of, untouched = (request.kind, request.group), self._text() == self._proposed
        if self._of and not untouched:
            self._typed[self._of] = self._text()
        elif self._of:
            self._typed.pop(self._of, None)
        self._of, self._receivers = of, receivers
        self._proposed = "\n".join((receivers.teacher, *receivers.families))
        self._fill(self._typed.get(of, self._proposed))

    def lines(self) -> list[str]:
        """Who gets a copy, in the order in which they stand."""
        lines = (" ".join(each.split()) for each in self._text().splitlines())
        return [each for each in lines if each]

    def _text(self) -> str:
        return self._lines.toPlainText()

    def _fill_everybody(self) -> None:
        self._fill(self._proposed)

    def _fill_teacher(self) -> None:
        self._fill(self._receivers.teacher)

    def _fill(self, text: str) -> None:
        if text != self._text():
            self._lines.setPlainText(text)

    def _show_count(self) -> None:
        many = len(self.lines())
        self._count.setText(
            counted(many, tr("exemplaar"), tr("exemplaren"))
            if many
            else tr("Vul in voor wie de lijst is.")
        )
        self.changed.emit()


def _remembered_order() -> Order:
    remembered = read_station().windows.get(_ORDER, "")
    return Order(remembered) if remembered in list(Order) else Order.SURNAME
