"""What the program says: known errors in plain Dutch, bugs without personal values, questions."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QLabel,
    QMessageBox,
    QPushButton,
    QWidget,
)

from schoolprivacy.errors import KnownError
from schoolprivacy.settings import station_folder
from ui import theme
from ui.theme import px
from ui.words import tr

if TYPE_CHECKING:
    import logging

_WIDTH = 400  # pixels at zoom 1, of the text of a message
_LIMIT = 800  # pixels: Qt makes no message wider on an ordinary screen


def tell(parent: QWidget | None, text: str, *, heading: str = "") -> QMessageBox:
    """Say something that must be read before going on; does not block the program."""
    return _show(parent, heading or tr("Let op"), text, QMessageBox.Icon.Information)


def tell_error(parent: QWidget | None, error: BaseException) -> QMessageBox:
    """Say what went wrong: a known error in its own words, anything else as a bug."""
    if isinstance(error, KnownError):
        return _show(parent, tr("Dit kan nu niet"), str(error), QMessageBox.Icon.Warning)
    note(error)
    text = tr(
        "Er ging iets mis in het programma. Wat u eerder had vastgelegd, is veilig bewaard; de "
        "laatste stap misschien niet. Kijk of die er staat en doe hem zo nodig opnieuw. "
        "Gebeurt het vaker? Geef het bestand hieronder aan wie u helpt. Er staan geen gegevens "
        "van kinderen of ouders in.\n\n{place}"
    )
    return _show(
        parent,
        tr("Fout in het programma"),
        text.format(place=log_file()),
        QMessageBox.Icon.Critical,
    )


@contextmanager
def told(parent: QWidget | None) -> Iterator[None]:
    """Do something that may be refused; a known error is told and ends it."""
    try:
        yield
    except KnownError as error:
        tell_error(parent, error)


class Held(Protocol):
    """What holds something typed that was not recorded."""

    def unsaved(self) -> str:
        """What would be lost, in a sentence; "" when nothing would."""

    def discard(self) -> None:
        """Throw it away."""


def leave(parent: QWidget, held: Held, then: Callable[[], None]) -> None:
    """Go on; first a question, when what was typed would be lost by it."""
    said = held.unsaved()
    if not said:
        then()
        return

    def drop() -> None:
        held.discard()
        then()

    confirm(
        parent,
        said,
        tr("Weggooien"),
        drop,
        heading=tr("Nog niet bewaard"),
        no=tr("Terug"),
        danger=True,
    )


def confirm(
    parent: QWidget | None,
    question: str,
    yes: str,
    then: Callable[[], None],
    *,
    heading: str = "",
    no: str = "",
    danger: bool = False,
    otherwise: Callable[[], None] | None = None,
) -> QMessageBox:
    """Ask before something that cannot simply be undone; Escape and Enter mean no.

    :param yes: what the button that does it says: a verb
    :param no: what the other button says, where "Annuleren" could mean either
    """
    box = QMessageBox(QMessageBox.Icon.Question, heading or tr("Weet u het zeker?"), question)
    go = QPushButton(yes)
    if danger:
        go.setObjectName("danger")
    box.addButton(go, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(no or tr("Annuleren"), QMessageBox.ButtonRole.RejectRole)
    stay = box.buttons()[-1]
    box.setDefaultButton(stay if isinstance(stay, QPushButton) else go)
    box.setEscapeButton(stay)

    def decided() -> None:
        if box.clickedButton() is go:
            then()
        elif otherwise:
            otherwise()

    box.finished.connect(decided)
    return _open(box, parent)


def _show(parent: QWidget | None, heading: str, text: str, kind: QMessageBox.Icon) -> QMessageBox:
    box = QMessageBox(kind, heading, text)
    box.addButton(tr("Begrepen"), QMessageBox.ButtonRole.AcceptRole)
    return _open(box, parent)


def _open(box: QMessageBox, parent: QWidget | None) -> QMessageBox:
    box.setTextFormat(Qt.TextFormat.PlainText)  # a name with a < in it is a name
    if parent is None:
        theme.dress(box)
    else:
        box.setParent(parent.window(), box.windowFlags())
    _lay_out(box)
    box.setWindowModality(Qt.WindowModality.ApplicationModal)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box


def _lay_out(box: QMessageBox) -> None:
    """Qt's own signs, margins and width take no notice of the palette and the zoom."""
    kinds = {
        QMessageBox.Icon.Warning: ("triangle-alert", "warn"),
        QMessageBox.Icon.Critical: ("circle-x", "no"),
        QMessageBox.Icon.Question: ("circle-help", "accent"),
    }
    box.setIconPixmap(theme.pixmap(*kinds.get(box.icon(), ("info", "accent")), 32))
    said = box.findChild(QLabel, "qt_msgbox_label")
    if said is not None:
        widest = max(said.fontMetrics().horizontalAdvance(each) for each in box.text().split("\n"))
        said.setMinimumWidth(min(px(_WIDTH), widest + px(8), _LIMIT - px(100)))
    for owner in (box, box.findChild(QDialogButtonBox)):
        layout = owner.layout() if owner is not None else None
        if layout is not None:
            layout.setSpacing(px(12))
    layout = box.layout()
    if layout is not None:
        layout.setContentsMargins(px(20), px(18), px(20), px(16))


# — bugs —


def log_file() -> Path:
    """Where bugs are noted; of this user on this computer."""
    return station_folder() / "errors.log"


def note(error: BaseException) -> None:
    """Write down where a bug happened: files, lines and kind, never a value or a message."""
    log = _log()
    where = " < ".join(
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in reversed(traceback.extract_tb(error.__traceback__))
    )
    log.error("%s %s", type(error).__name__, where)


def _log() -> logging.Logger:
    """Made at the first bug: most programs never have one, and loading it takes a while."""
    import logging.handlers

    log = logging.getLogger("schoolprivacy")
    if not log.handlers:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            log_file(), maxBytes=200_000, backupCount=1, encoding="utf-8", delay=True
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        log.addHandler(handler)
        log.propagate = False
    return log


def catch_everything() -> None:
    """From here on an error nobody caught is told and noted, and the program stays open."""

    def caught(
        _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            QApplication.quit()
        elif QApplication.activeModalWidget() is None:  # one at a time: a table asks many times
            tell_error(QApplication.activeWindow(), error)
        elif not isinstance(error, KnownError):
            note(error)

    sys.excepthook = caught
