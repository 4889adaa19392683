"""The locked school file: a passphrase, or the key from the safe, opens it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from shiboken6 import isValid

from schoolprivacy.errors import KnownError, UnlockError
from ui import messages, theme
from ui.fields import button, card, label, notice, row, scrolled
from ui.jobs import Job
from ui.passphrases import EitherSecret
from ui.places import demo_folder, school_name
from ui.theme import px
from ui.words import tr

if TYPE_CHECKING:
    from schoolprivacy.school import School

DEMO_PASSPHRASE = "ik probeer de demoschool"
_WIDTH = 420


@dataclass(frozen=True, slots=True)
class Way:
    """How a school file will be opened.

    :param read_only: only to look
    :param take_over: somebody decided by hand that the present writer is gone
    """

    read_only: bool = False
    take_over: bool = False


TO_WORK = Way()


class UnlockScreen(QWidget):
    """Asks for the secret of one school file.

    :signal opened: the School
    :signal stuck: a KnownError that is no matter of a wrong passphrase
    :signal elsewhere: the user wants another school file
    """

    opened = Signal(object)
    stuck = Signal(object)
    elsewhere = Signal()

    def __init__(self, folder: Path, way: Way) -> None:
        super().__init__()
        self._folder, self._way = folder, way
        self._busy = False
        self.tried = False  # from then on opening itself tells what stands in the way
        self.entry = EitherSecret()
        self.go = button("", self.unlock, icon="key-round", kind="primary")
        self._hint = _centred("", "muted")
        self.entry.submitted.connect(self.unlock)
        self.entry.switched.connect(self._tell_how)
        self._build()
        self._tell_how(False)
        self._set_busy(False)

    def _build(self) -> None:
        other = button(
            tr("&Ander schoolbestand…"), self.elsewhere.emit, kind="link", icon="folder-open"
        )
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(px(16), px(16), px(16), px(16))
        layout.setSpacing(px(14))
        layout.addStretch(1)
        layout.addWidget(row(None, self._card(), None))
        layout.addWidget(row(None, other, None))
        layout.addStretch(1)
        layout.addWidget(
            _centred(tr("Alle gegevens blijven versleuteld op deze computer."), "muted")
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inner))

    def _card(self) -> QWidget:
        picture = QLabel()
        picture.setPixmap(theme.pixmap("school", "accent", 44))
        picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        name = _centred(school_name(self._folder), "title")
        name.setToolTip(str(self._folder))
        forgot = row(None, self.entry.other_way, None)
        made = card(picture, name, self._hint, *self._remarks(), self.entry, self.go, forgot)
        made.setFixedWidth(px(_WIDTH))
        QWidget.setTabOrder(self.go, self.entry.other_way)
        return made

    def _remarks(self) -> list[QWidget]:
        found: list[str] = []
        if self._way.read_only:
            found.append(
                tr("U opent om te lezen: u kunt alles bekijken, niets veranderen of afdrukken.")
            )
        if self._way.take_over:
            found.append(
                tr("U neemt het schoolbestand over. Wie het nog open heeft, kan niets opslaan.")
            )
        if self._folder == demo_folder():
            said = tr("De wachtzin van de demoschool is: {passphrase}")
            found.append(said.format(passphrase=DEMO_PASSPHRASE))
        return [notice(each) for each in found]

    def _tell_how(self, paper: bool) -> None:
        if paper:
            self._hint.setText(tr("Typ de acht groepen over van het papier uit de kluis."))
        else:
            self._hint.setText(tr("Dit schoolbestand is vergrendeld. Typ uw wachtzin."))

    def focus_first(self) -> None:
        """Put the keyboard in the field."""
        self.entry.focus_first()

    # — opening —

    def unlock(self) -> None:
        """Try what was typed; the key derivation takes about half a second."""
        secret = self.entry.secret()
        if self._busy or not secret:
            self.focus_first()
            return
        self.tried = True
        self._set_busy(True)
        folder, way = self._folder, self._way

        def work(_: Job) -> School:
            from schoolprivacy.school import School

            return School.open(folder, secret, read_only=way.read_only, take_over=way.take_over)

        def done(school: School) -> None:
            if isValid(self):
                self.opened.emit(school)
            else:  # a change of zoom made this screen anew in the meantime
                school.close()

        def failed(error: BaseException) -> None:
            if isValid(self):
                self._refuse(error)

        app = QCoreApplication.instance()
        assert app is not None
        job = Job(work, app)  # without a dialogue, which would only flash
        job.succeeded.connect(done)
        job.failed.connect(failed)
        job.start()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        text = tr("Even geduld…") if busy else tr("&Openen om te lezen")
        if not busy and not self._way.read_only:
            text = tr("&Ontgrendelen")
        self.go.setText(text)
        self.go.setAccessibleName(text.replace("&", ""))

    def _refuse(self, error: BaseException) -> None:
        self._set_busy(False)
        if isinstance(error, UnlockError):
            self.entry.show_error(error)
        elif isinstance(error, KnownError):
            self.stuck.emit(error)
        else:
            messages.tell_error(self, error)


def _centred(text: str, kind: str) -> QLabel:
    made = label(text, kind, wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return made
