"""Putting a backup back: which one, where, and with what it opens."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from schoolprivacy.errors import InUseError, KnownError, UnlockError
from schoolprivacy.school import restore
from ui import jobs, messages
from ui.fields import card, label, notice
from ui.passphrases import EitherSecret
from ui.places import free_folder, school_name, schools_folder
from ui.wizards.backup_page import BackupPage, RestoreChoice
from ui.wizards.guide import Guide, Page
from ui.wizards.place import PlaceChoice
from ui.words import tr


class RestoreGuide(QWidget):
    """Puts a backup back.

    :signal restored: Path of the school folder, to be unlocked
    :signal left: without having restored anything
    """

    restored = Signal(object)
    left = Signal()

    def __init__(self, present: Path | None) -> None:
        super().__init__()
        self._choice = RestoreChoice(present)
        pages = (
            BackupPage(self._choice),
            _TargetPage(self._choice),
            _SecretPage(self._choice),
            _DonePage(self._choice),
        )
        self.guide = Guide(pages, tr("Annuleren"))
        self.guide.left.connect(self._leave)
        self.guide.ended.connect(lambda: self.restored.emit(self._choice.target))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.guide)

    def focus_first(self) -> None:
        self.guide.open_page(0)

    def _leave(self) -> None:
        if isinstance(self.guide.pages[self.guide.place], _DonePage):
            self.restored.emit(self._choice.target)
        else:
            self.left.emit()


class _TargetPage(Page):
    """Over the present school file, or somewhere new."""

    def __init__(self, choice: RestoreChoice) -> None:
        super().__init__(tr("Waar naartoe"), tr("Er wordt niets gewist."))
        self._choice = choice
        present = choice.over
        self.over = QRadioButton(tr("In de plaats van het &huidige schoolbestand"))
        self.new = QRadioButton(tr("Op een nieuwe &plaats"))
        self._group = QButtonGroup(self)
        for each in (self.over, self.new):
            self._group.addButton(each)
            each.toggled.connect(self._show)
        self._aside = notice(
            tr(
                "Het huidige schoolbestand {place} wordt opzij gezet: de map krijgt de naam "
                "“{name} van voor …” met de datum. U houdt hem tot u hem zelf weghaalt."
            ).format(place=present, name=present.name if present else "")
        )
        name = school_name(present) if present else tr("school")
        self.place = PlaceChoice(free_folder(schools_folder(), name))
        self._place_card = card(self.place)
        self.content.addWidget(card(self.over, self.new, spacing=2))
        self.content.addWidget(self._aside)
        self.content.addWidget(self._place_card)
        self.content.addStretch(1)
        self.over.setVisible(present is not None)
        (self.over if present else self.new).setChecked(True)

    def _show(self) -> None:
        self._aside.setVisible(self.over.isChecked())
        self._place_card.setVisible(self.new.isChecked())

    def focus_first(self) -> None:
        (self.over if self.over.isChecked() else self.new).setFocus()

    def proceed(self) -> None:
        target = self._choice.over if self.over.isChecked() else self.place.check()
        if target is not None:
            self._choice.target = target
            self.proceeded.emit()


class _SecretPage(Page):
    """Proves that the backup opens, and puts it in place."""

    def __init__(self, choice: RestoreChoice) -> None:
        super().__init__(
            tr("Openen"), tr("Met een wachtzin of papieren sleutel van toen de back-up is gemaakt.")
        )
        self.next_text = tr("&Terugzetten")
        self._choice = choice
        self.entry = EitherSecret()
        self.entry.paper_key.submitted.connect(self.proceed)
        self.content.addWidget(card(self.entry))
        self.content.addStretch(1)

    def focus_first(self) -> None:
        self.entry.focus_first()

    def proceed(self) -> None:
        secret = self.entry.secret()
        if secret:
            self._restore(secret, take_over=False)
        else:
            self.entry.focus_first()

    def _restore(self, secret: str, *, take_over: bool) -> None:
        file, target = self._choice.file, self._choice.target
        assert file is not None and target is not None
        jobs.run(
            self.window(),
            tr("De back-up terugzetten"),
            lambda _: restore(file, target, secret, take_over=take_over),
            self._done,
            self._refuse,
            may_stop=False,
        )

    def _done(self, aside: Path | None) -> None:
        self._choice.aside = aside
        self.proceeded.emit()

    def _refuse(self, error: BaseException) -> None:
        if isinstance(error, UnlockError):
            self.entry.show_error(error)
        elif isinstance(error, InUseError):
            self._ask_to_take_over(error)
        else:
            messages.tell_error(self, error)

    def _ask_to_take_over(self, error: KnownError) -> None:
        said = tr(
            "{error}\n\nWeet u zeker dat daar niemand meer in werkt? Dan kan de back-up er "
            "toch voor in de plaats komen. Wat er stond, wordt opzij gezet."
        )
        secret = self.entry.secret()
        messages.confirm(
            self,
            said.format(error=error),
            tr("Toch terugzetten"),
            lambda: self._restore(secret, take_over=True),
            danger=True,
        )


class _DonePage(Page):
    """What is where now."""

    def __init__(self, choice: RestoreChoice) -> None:
        super().__init__(tr("Klaar"), tr("De back-up staat terug en is gecontroleerd."))
        self.next_text = tr("&Ontgrendelen")
        self.may_go_back = self.may_leave = False
        self._choice = choice
        self._said = label("", wrap=True)
        self.content.addWidget(notice(tr("De back-up is goed en staat terug."), "done"))
        self.content.addWidget(card(self._said))
        self.content.addStretch(1)

    def enter(self) -> None:
        said = tr("Het schoolbestand staat nu hier: {place}").format(place=self._choice.target)
        if self._choice.aside:
            aside = tr("Wat er stond, is bewaard als: {place}").format(place=self._choice.aside)
            said = f"{said}\n\n{aside}"
        self._said.setText(said)
