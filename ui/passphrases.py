"""Fields for secrets: a passphrase, or the key from the safe, or a new passphrase typed twice."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from schoolprivacy.errors import KnownError, sentence
from ui import messages
from ui.fields import Fields, PassphraseField, button, label, row
from ui.paper_key_entry import PaperKeyEntry
from ui.theme import px
from ui.words import tr

_GOOD = 3


class SecretField(PassphraseField):
    """A passphrase that is gone, undo history and all, as soon as the field is out of sight."""

    def wipe(self) -> None:
        """Forget what was typed, and hide what will be."""
        self.setText("")  # unlike clear() this also forgets the undo history
        for eye in self.actions():
            eye.setChecked(False)

    def hideEvent(self, event: QHideEvent) -> None:
        self.wipe()
        super().hideEvent(event)


class SecretEntry(QWidget):
    """A labelled passphrase with room for a problem, and a word when Caps Lock is on."""

    submitted = Signal()

    def __init__(self, text: str) -> None:
        super().__init__()
        self.field = SecretField()
        self._fields = Fields()
        self._fields.add("secret", text, self.field)
        self._caps = label(tr("Caps Lock staat aan."), "warning")
        self._caps.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(6))
        layout.addWidget(self._fields)
        layout.addWidget(self._caps)
        self.setFocusProxy(self.field)
        self.field.caps.connect(self._caps.setVisible)
        self.field.returnPressed.connect(self.submitted)

    def secret(self) -> str:
        return self.field.text()

    def show_error(self, error: KnownError) -> None:
        """Tell at the field what is wrong; what was typed stays, selected, to be typed over."""
        self._fields.show_problems({"secret": str(error)})
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()


class NewPassphrase(QWidget):
    """A new passphrase, typed twice, with an honest word on its strength and a suggestion.

    As long as a suggestion is shown nothing else is taken: somebody may have written it down.
    """

    def __init__(self) -> None:
        super().__init__()
        self._fields = Fields(columns=2)
        self._first, self._again = SecretField(), SecretField()
        self._fields.add("first", tr("&Wachtzin"), self._first)
        self._fields.add("again", tr("Nog een &keer"), self._again)
        self._caps = label(tr("Caps Lock staat aan."), "warning")
        self._caps.hide()
        self._bar = QProgressBar()
        self._bar.setRange(0, 4)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Sterkte van de wachtzin"))
        self._said = label(tr("Kies vier of meer woorden die niets met elkaar te maken hebben."))
        self._said.setWordWrap(True)
        self._suggested = label("", "code", wrap=True)
        self._suggested.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self._suggested.setAccessibleName(tr("Voorgestelde wachtzin"))
        self._suggested.hide()
        suggest = button(tr("&Stel een wachtzin voor"), self.suggest, icon="key-round")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        self._own = button(tr("Zelf een wachtzin bedenken"), self._forget_suggestion, kind="link")
        self._own.hide()
        below = row(suggest, self._own, None)
        for each in (self._fields, self._caps, self._bar, self._said, below):
            layout.addWidget(each)
        layout.addWidget(self._suggested)
        for field in (self._first, self._again):
            field.caps.connect(self._caps.setVisible)
        self._first.textChanged.connect(self._judge)
        self.setFocusProxy(self._first)

    def suggest(self) -> None:
        """Show made-up words; the user types them, and so knows them."""
        from schoolprivacy.access.strength import passphrase_suggestion

        for field in (self._first, self._again):
            field.wipe()
        self._show_suggestion(passphrase_suggestion())
        self._first.setFocus()

    def _forget_suggestion(self) -> None:
        self._show_suggestion("")
        self._first.setFocus()

    def _show_suggestion(self, words: str) -> None:
        self._suggested.setText(words)
        for each in (self._suggested, self._own):
            each.setVisible(bool(words))

    def _judge(self, typed: str) -> None:
        if not typed:
            self._bar.setValue(0)
            return
        score, said = _strength(typed)
        self._bar.setValue(score)
        self._said.setText(said)

    def is_empty(self) -> bool:
        return not self._first.text() and not self._again.text()

    def is_weak(self) -> bool:
        """Too few words; allowed, after a question."""
        return _strength(self._first.text())[0] < _GOOD

    def check(self) -> str | None:
        """The passphrase, when it may be used; otherwise the problem is told at its field."""
        typed, shown = self._first.text(), self._suggested.text()
        score, said = _strength(typed)
        problems = {}
        if shown and typed.split() != shown.split():
            problems["first"] = tr(
                "Dit is niet de wachtzin die hieronder staat. Typ die precies over, of kies: zelf "
                "een wachtzin bedenken."
            )
        elif score == 0:
            problems["first"] = said
        elif typed != self._again.text():
            problems["again"] = tr("Dit is niet dezelfde wachtzin. Typ hem nog een keer.")
        self._fields.show_problems(problems)
        return None if problems else typed

    def take(self, then: Callable[[str], None]) -> None:
        """Give the passphrase on when it may be used; a weak one after a question."""
        typed = self.check()
        if typed is None:
            return
        if not self.is_weak():
            then(typed)
            return
        said = tr(
            "{verdict}\n\nWie het bestand in handen krijgt, kan deze wachtzin misschien raden."
        )
        messages.confirm(
            self,
            said.format(verdict=_strength(typed)[1]),
            tr("Toch gebruiken"),
            lambda: then(typed),
            heading=tr("Deze wachtzin gebruiken?"),
        )

    def refuse(self, text: str) -> None:
        """Tell at the field why this passphrase cannot be used."""
        self._fields.show_problems({"first": text})

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self._show_suggestion("")
        super().hideEvent(event)


def _strength(typed: str) -> tuple[int, str]:
    from schoolprivacy.access.strength import strength

    try:
        found = strength(typed)
    except KnownError as error:
        return 0, str(error)
    return found.score, sentence(found.key)


class EitherSecret(QWidget):
    """A passphrase, or at a click the key from the safe."""

    submitted = Signal()
    switched = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.passphrase = SecretEntry(tr("&Wachtzin"))
        self.paper_key = PaperKeyEntry()
        self.paper_key.hide()
        self.other_way = button("", self.switch, kind="link")
        self._paper = False
        self.passphrase.submitted.connect(self.submitted)
        self.paper_key.submitted.connect(self.submitted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        for each in (self.passphrase, self.paper_key):
            layout.addWidget(each)
        layout.addWidget(self.other_way, alignment=Qt.AlignmentFlag.AlignLeft)
        self._show_other_way()

    def switch(self) -> None:
        """From the passphrase to the paper key, and back."""
        self._paper = not self._paper
        self.passphrase.setVisible(not self._paper)
        self.paper_key.setVisible(self._paper)
        self._show_other_way()
        self.focus_first()
        self.switched.emit(self._paper)

    def _show_other_way(self) -> None:
        text = tr("Wachtzin &vergeten? Openen met de papieren sleutel")
        if self._paper:
            text = tr("&Toch openen met een wachtzin")
        self.other_way.setText(text)
        self.other_way.setAccessibleName(text.replace("&", ""))

    def _entry(self) -> SecretEntry | PaperKeyEntry:
        return self.paper_key if self._paper else self.passphrase

    def focus_first(self) -> None:
        self._entry().setFocus(Qt.FocusReason.OtherFocusReason)

    def secret(self) -> str:
        """What was typed, "" for nothing."""
        typed = self._entry().secret()
        return typed if typed.strip("- ") else ""

    def show_error(self, error: KnownError) -> None:
        """Tell at the field that it does not fit."""
        self._entry().show_error(error)
