"""Who signed a form, what they declare about their authority, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.consents.entry import FormToEnter, Signer
from schoolprivacy.people.terms import Authority
from ui.answers import authority_word
from ui.fields import ChoiceField, DateField, Fields, choice, text_field
from ui.words import tr

_OTHER, _UNREADABLE = "other", "unreadable"


@dataclass(frozen=True, slots=True)
class Signature:
    """What stands under a form.

    :param guardian_id: a guardian the school knows; None for somebody else or nobody named
    :param name: of somebody the school does not know yet, "" when it cannot be read
    :param capacity: what this somebody is to the child, e.g. ``moeder``
    """

    guardian_id: str | None
    name: str
    capacity: str
    declared: Authority | None
    signed_on: date


@dataclass(frozen=True, slots=True)
class SignatureDraft:
    """What is filled in so far, right or not."""

    who: str | None
    name: str
    capacity: str
    declared: Authority | None
    signed_on: str


def _described(signer: Signer) -> str:
    """``Wendy de Wit (moeder, gezag onbekend)``."""
    known = ", ".join(filter(None, (signer.relation, authority_word(signer.authority))))
    return f"{signer.name} ({known})"


class SignaturePart(QWidget):
    """The lower part of the paper; Enter goes on to the next field."""

    finished = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._last_date: date | None = None
        self._fields = Fields()
        self._who = choice([])
        self._name = text_field()
        self._capacity = text_field(placeholder=tr("bijvoorbeeld moeder, vader, voogd"))
        self._declared = choice(
            [
                (tr("Niet ingevuld"), None),
                (tr("Ja, heeft gezag"), Authority.YES),
                (tr("Nee, geen gezag"), Authority.NO),
            ]
        )
        self._date = DateField()
        self._fields.add("who", tr("&Wie heeft ondertekend?"), self._who)
        self._fields.add("name", tr("&Naam onder het formulier"), self._name)
        self._fields.add("capacity", tr("&Relatie tot het kind"), self._capacity)
        self._fields.add("declared", tr("Verklaart &gezag te hebben?"), self._declared)
        self._fields.add(
            "date",
            tr("&Datum onder het formulier"),
            self._date,
            hint=tr("Bijvoorbeeld 3-9 of 3-9-2026. Pijltje omhoog: een dag later."),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._fields)
        self._who.currentIndexChanged.connect(lambda _: self._show_name())
        self._order: tuple[QWidget, ...] = (
            self._who,
            self._name,
            self._capacity,
            self._declared,
            self._date,
        )
        for each in self._order:
            each.installEventFilter(self)

    def show_form(self, form: FormToEnter, again: SignatureDraft | None) -> None:
        """Offer the guardians of this child; one who is the only one is chosen."""
        self._fields.show_problems({})
        known = [
            (f"{number}. {_described(each)}", each.guardian_id)
            for number, each in enumerate(form.signers, 1)
        ]
        others = [
            (tr("Iemand anders"), _OTHER),
            (tr("Niet te lezen of niet ingevuld"), _UNREADABLE),
        ]
        self._who.offer([(tr("Kies…"), None), *known, *others])
        meant = [each for each in form.signers if each.meant] or form.signers
        self._who.setCurrentIndex(1 if len(meant) == 1 else 0)
        self._name.clear()
        self._capacity.clear()
        self._declared.setCurrentIndex(0)
        self._date.set_date(self._last_date or self._today())
        if again is not None:
            self._show_again(again)
        self._show_name()

    def draft(self) -> SignatureDraft:
        """What is filled in, to show it again later."""
        return SignatureDraft(
            self._who.value(),
            self._name.text(),
            self._capacity.text(),
            self._declared.value(),
            self._date.text(),
        )

    def _show_again(self, was: SignatureDraft) -> None:
        self._who.choose(was.who)
        self._name.setText(was.name)
        self._capacity.setText(was.capacity)
        self._declared.choose(was.declared)
        self._date.setText(was.signed_on)

    def _show_name(self) -> None:
        other = self._who.value() == _OTHER
        for name in ("name", "capacity"):
            self._fields.set_shown(name, other)

    def begin(self) -> None:
        """Put the keyboard on who signed, or behind it when that is already clear."""
        known = self._who.value() not in (None, _OTHER, _UNREADABLE)
        (self._declared if known else self._who).setFocus(Qt.FocusReason.TabFocusReason)

    def signature(self) -> Signature | None:
        """What is filled in; None when something is missing, which it says at the field."""
        who, signed_on = self._who.value(), self._date.date()
        problems: dict[str, str] = {}
        if who is None:
            problems["who"] = tr("Kies wie heeft ondertekend.")
        if who == _OTHER and not self._name.text().strip():
            problems["name"] = tr("Typ de naam zoals die onder het formulier staat.")
        if signed_on is None:
            problems["date"] = tr("Typ de datum als dag-maand-jaar.")
        elif signed_on > self._today():
            problems["date"] = tr("Deze dag moet nog komen.")
        self._fields.show_problems(problems)
        if problems or signed_on is None:
            return None
        self._last_date = signed_on
        other = who == _OTHER
        return Signature(
            None if who in (_OTHER, _UNREADABLE) else str(who),
            self._name.text().strip() if other else "",
            self._capacity.text().strip() if other else "",
            self._declared.value(),
            signed_on,
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on; J and N answer the question about authority, a number picks a person."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on(watched)
            return True
        if watched is self._declared and event.key() in (
            Qt.Key.Key_J,
            Qt.Key.Key_N,
            Qt.Key.Key_Space,
        ):
            place = {Qt.Key.Key_J: 1, Qt.Key.Key_N: 2}.get(Qt.Key(event.key()), 0)
            self._declared.setCurrentIndex(place)
            self._go_on(watched)
            return True
        if watched is self._who and event.text().isdigit():
            return self._pick(int(event.text()), self._who)
        return super().eventFilter(watched, event)

    def _pick(self, number: int, box: ChoiceField) -> bool:
        if 0 < number < box.count() - 2:
            box.setCurrentIndex(number)
            self._go_on(box)
        return True

    def _go_on(self, now: QObject) -> None:
        shown = [each for each in self._order if each.isVisibleTo(self)]
        place = next((n for n, each in enumerate(shown) if each is now), len(shown))
        if place + 1 < len(shown):
            shown[place + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()
