"""A school file that cannot be opened: what happened, that nothing was lost, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from schoolprivacy.errors import KnownError
from ui import messages, theme
from ui.fields import button, card, label, scrolled
from ui.theme import px
from ui.words import counted, tr

if TYPE_CHECKING:
    from schoolprivacy.school import BackupSeen, Holding

_MOST_BACKUPS = 5


class Remedy(Enum):
    """What a button of a trouble screen does."""

    AGAIN = auto()
    OTHER = auto()
    RESTORE = auto()
    READ_ONLY = auto()
    TAKE_OVER = auto()


@dataclass(frozen=True, slots=True)
class Trouble:
    """How one kind of trouble is shown; the first remedy is the one to try first."""

    heading: str
    remedies: tuple[Remedy, ...]


def trouble_of(key: str) -> Trouble:
    """How the trouble behind the key of a known error is shown."""
    again, other, restore = Remedy.AGAIN, Remedy.OTHER, Remedy.RESTORE
    in_use = Trouble(
        tr("Het schoolbestand is in gebruik"),
        (Remedy.READ_ONLY, again, Remedy.TAKE_OVER, other),
    )
    known = {
        "file.missing": Trouble(tr("Het schoolbestand is niet gevonden"), (again, other, restore)),
        "file.damaged": Trouble(tr("Het schoolbestand is beschadigd"), (restore, again, other)),
        "file.keys_damaged": Trouble(
            tr("Het sleutelbestand is beschadigd"), (restore, again, other)
        ),
        "file.planted_key": Trouble(
            tr("In het sleutelbestand staat een onbekende sleutel"), (restore, other)
        ),
        "file.not_ours": Trouble(tr("Dit is geen schoolbestand"), (other,)),
        "file.newer": Trouble(tr("Dit schoolbestand is van een nieuwere versie"), (again, other)),
        "file.in_use": in_use,
        "file.in_use_unknown": in_use,
        "file.busy": Trouble(tr("Het schoolbestand is even bezet"), (again, other)),
        "file.read_only": Trouble(
            tr("Hier mag niet worden geschreven"), (Remedy.READ_ONLY, again, other)
        ),
        "file.read_only_unfinished": Trouble(tr("Hier mag niet worden geschreven"), (again, other)),
        "file.older_read_only": Trouble(
            tr("Dit schoolbestand is van een oudere versie"), (again, other)
        ),
        "file.unreachable": Trouble(tr("De schijf is niet bereikbaar"), (again, other, restore)),
        "file.full": Trouble(tr("De schijf is vol"), (again, Remedy.READ_ONLY, other)),
        "file.upgrade_failed": Trouble(
            tr("Het schoolbestand kon niet worden bijgewerkt"), (again, restore, other)
        ),
        "unlock.no_memory": Trouble(tr("Er is te weinig geheugen vrij"), (again, other)),
    }
    return known.get(key, Trouble(tr("Het schoolbestand gaat niet open"), (again, other, restore)))


class TroubleScreen(QWidget):
    """One trouble with one school file.

    :signal chosen: the Remedy
    """

    chosen = Signal(object)

    def __init__(self, error: KnownError, folder: Path) -> None:
        super().__init__()
        shown = trouble_of(error.key)
        self.setAccessibleName(shown.heading)
        picture = QLabel()
        picture.setPixmap(theme.pixmap("triangle-alert", "warn", 40))
        self._beneath = label("", "muted", wrap=True)
        self._beneath.hide()
        first, *others = shown.remedies
        self.buttons = {first: self._button(first, "primary")}
        self.buttons |= {each: self._button(each, "") for each in others}
        self._first = self.buttons[first]
        place = label("" if str(folder) in str(error) else str(folder), "small", wrap=True)
        if not place.text():
            place.hide()
        what = label(str(error), wrap=True)
        heading = label(shown.heading, "title", wrap=True)
        parts = (picture, heading, what, self._beneath, place, *self.buttons.values())
        box = card(*parts, spacing=12)
        box.setFixedWidth(px(560))
        self._lay_out(box)

    def _lay_out(self, box: QWidget) -> None:
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.addStretch(1)
        middle = QHBoxLayout()
        layout.addLayout(middle)
        middle.addStretch(1)
        middle.addWidget(box)
        middle.addStretch(1)
        layout.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inner))

    def _button(self, remedy: Remedy, kind: str) -> QWidget:
        texts = {
            Remedy.AGAIN: (tr("&Opnieuw proberen"), "undo-2"),
            Remedy.OTHER: (tr("&Ander schoolbestand…"), "folder-open"),
            Remedy.RESTORE: (tr("&Back-up terugzetten…"), "database-backup"),
            Remedy.READ_ONLY: (tr("Openen om te &lezen"), "eye"),
            Remedy.TAKE_OVER: (tr("O&vernemen…"), "hand"),
        }
        text, icon = texts[remedy]
        return button(text, lambda: self._choose(remedy), icon=icon, kind=kind)

    def _choose(self, remedy: Remedy) -> None:
        if remedy is not Remedy.TAKE_OVER:
            self.chosen.emit(remedy)
            return
        messages.confirm(
            self,
            tr(
                "Neem alleen over als u zeker weet dat niemand meer in dit schoolbestand werkt, "
                "bijvoorbeeld omdat die computer is vastgelopen. Werkt daar toch nog iemand, dan "
                "kan die niets meer opslaan. Wat al is opgeslagen, blijft bewaard."
            ),
            tr("Overnemen"),
            lambda: self.chosen.emit(remedy),
            heading=tr("Schoolbestand overnemen?"),
            danger=True,
        )

    def show_holder(self, holding: Holding) -> None:
        """When the one who has it in use was last alive."""
        alive = holding.alive.astimezone()
        said = tr("Laatste teken van leven van die computer: {moment}.")
        self._tell(said.format(moment=f"{alive:%d-%m-%Y %H:%M}"))

    def show_backups(self, found: list[BackupSeen]) -> None:
        """The automatic backups beside this school file, newest first."""
        good = [each.made_at.astimezone() for each in found if each.whole and each.made_at]
        if not good:
            self._tell(
                tr(
                    "In de map van dit schoolbestand staat geen goede back-up. Kijk op uw "
                    "tweede plaats voor back-ups, zoals een stick."
                )
            )
            return
        listed = [f"•  {moment:%d-%m-%Y %H:%M}" for moment in good[:_MOST_BACKUPS]]
        said = tr("In de map staan {backups}. De nieuwste zijn van:").format(
            backups=counted(len(good), tr("goede back-up"), tr("goede back-ups"))
        )
        self._tell("\n".join([said, *listed]))

    def _tell(self, text: str) -> None:
        self._beneath.setText(text)
        self._beneath.show()

    def focus_first(self) -> None:
        """Put the keyboard on what to try first."""
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)
