"""No school file is open or chosen: four ways to begin, and what was opened here before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import files, theme
from ui.fields import button, card, label, row, scrolled
from ui.places import DATABASE, folder_of, school_name
from ui.theme import px
from ui.words import tr

_WIDE = 820  # pixels at zoom 1: below it the cards stand in one column
_RECENT = 5
_PLACE = 400  # pixels at zoom 1, of the folder of a school file


class WelcomeScreen(QWidget):
    """Four cards and the school files used here before.

    :signal founding: make a new school
    :signal chosen: a Path somebody wants to open
    :signal restoring: put a backup back
    :signal trying: the demo school
    """

    founding = Signal()
    chosen = Signal(object)
    restoring = Signal()
    trying = Signal()

    def __init__(self, recent: Sequence[Path], *, begun: bool, has_demo: bool) -> None:
        super().__init__()
        self._cards = [
            self._found_card(begun),
            self._open_card(),
            self._restore_card(),
            self._demo_card(has_demo),
        ]
        self._grid = QGridLayout()
        self._grid.setSpacing(px(16))
        self._wide: bool | None = None
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(px(28), px(24), px(28), px(24))
        layout.setSpacing(px(16))
        layout.addStretch(1)
        layout.addWidget(_head())
        if recent:
            layout.addWidget(self._recent_card(recent[:_RECENT]))
        layout.addLayout(self._grid)
        layout.addStretch(2)
        layout.addWidget(label(tr("Alle gegevens blijven versleuteld op deze computer."), "muted"))
        inner.setMaximumWidth(px(980))
        held = QWidget()
        beside = QHBoxLayout(held)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(held))
        self._place_cards(True)

    # — the cards —

    def _found_card(self, begun: bool) -> QFrame:
        if begun:
            return _way(
                "school",
                tr("Verder met uw nieuwe school"),
                tr(
                    "U was begonnen. Wat u invulde, staat er nog zolang het programma open is; "
                    "sluit u het af, dan begint u opnieuw. Wachtzinnen typt u altijd weer."
                ),
                tr("&Verdergaan"),
                self.founding.emit,
                primary=True,
            )
        return _way(
            "school",
            tr("Nieuwe school"),
            tr(
                "U maakt stap voor stap een schoolbestand. Sluit u het programma af voordat het "
                "bestand er is, dan begint u opnieuw."
            ),
            tr("&Nieuwe school maken"),
            self.founding.emit,
            primary=True,
        )

    def _open_card(self) -> QFrame:
        by_file = button(tr("of &kies het bestand data.db"), self._choose_file, kind="link")
        return _way(
            "folder-open",
            tr("Schoolbestand openen"),
            tr(
                "Er is al een schoolbestand, op deze computer, een stick of het netwerk van de "
                "school. Het is een map met een naam die eindigt op .schoolprivacy."
            ),
            tr("&Map kiezen…"),
            self._choose_folder,
            besides=(by_file,),
        )

    def _restore_card(self) -> QFrame:
        return _way(
            "database-backup",
            tr("Back-up terugzetten"),
            tr(
                "De computer is vervangen of het schoolbestand is stuk. Met een back-up en een "
                "wachtzin of de papieren sleutel is alles terug."
            ),
            tr("&Back-up terugzetten…"),
            self.restoring.emit,
        )

    def _demo_card(self, has_demo: bool) -> QFrame:
        return _way(
            "eye",
            tr("Demoschool proberen"),
            tr(
                "Een verzonnen school om mee te oefenen. Elk scherm en elke brief zegt dat het de "
                "demoschool is, dus zij kan nooit met de echte school worden verward."
            ),
            tr("&Demoschool openen") if has_demo else tr("&Demoschool maken"),
            self.trying.emit,
        )

    def _recent_card(self, recent: Sequence[Path]) -> QFrame:
        heading = label(tr("Eerder geopend op deze computer"), "heading")
        return card(heading, *(self._recent(each) for each in recent), spacing=4)

    def _recent(self, folder: Path) -> QWidget:
        name, metrics = school_name(folder), QFontMetrics(theme.font())
        where = metrics.elidedText(str(folder.parent), Qt.TextElideMode.ElideMiddle, px(_PLACE))
        opens = partial(self.chosen.emit, folder)
        text = f"{name}   ·   {where}".replace("&", "&&")
        made = button(text, opens, icon="school", kind="place", tip=str(folder))
        made.setAccessibleName(f"{name}, {folder.parent}")
        return made

    # — choosing —

    def _choose_folder(self) -> None:
        found = files.choose_folder(self, tr("Kies de map van het schoolbestand"))
        if found:
            self.chosen.emit(found)

    def _choose_file(self) -> None:
        kinds = tr("Schoolbestand ({name})").format(name=DATABASE)
        found = files.choose_file(self, tr("Kies het schoolbestand"), kinds)
        if found:
            self.chosen.emit(folder_of(found))

    # — room —

    def _place_cards(self, wide: bool) -> None:
        if wide == self._wide:
            return
        self._wide = wide
        for place, each in enumerate(self._cards):
            self._grid.addWidget(each, *(divmod(place, 2) if wide else (place, 0)))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if wide else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_cards(self.width() >= px(_WIDE))

    def focus_first(self) -> None:
        """Put the keyboard on the first thing to choose."""
        self.focusNextChild()


def _head() -> QWidget:
    picture = QLabel()
    picture.setPixmap(theme.pixmap("school", "accent", 44))
    made = QWidget()
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(px(14))
    layout.addWidget(picture)
    said = QVBoxLayout()
    said.setSpacing(px(2))
    layout.addLayout(said, 1)
    said.addWidget(label(tr("Welkom bij Schoolprivacy"), "title"))
    said.addWidget(
        label(
            tr("Toestemmingen en privacy van uw leerlingen, alleen op uw eigen computer."),
            "muted",
            wrap=True,
        )
    )
    return made


def _way(
    icon: str,
    heading: str,
    text: str,
    does: str,
    do: Callable[[], object],
    *,
    primary: bool = False,
    besides: Sequence[QWidget] = (),
) -> QFrame:
    picture = QLabel()
    picture.setPixmap(theme.pixmap(icon, "accent", 28))
    explained = label(text, "muted", wrap=True)
    explained.setAlignment(Qt.AlignmentFlag.AlignTop)
    explained.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
    go = button(does, do, kind="primary" if primary else "")
    return card(
        picture,
        label(heading, "heading", wrap=True),
        explained,
        row(go, *besides, None),
        spacing=8,
    )
