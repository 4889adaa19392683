"""The unlocked school: sidebar, search, the screens, and what was just done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from schoolprivacy.school import School
from ui import messages, theme
from ui.desk import Desk, Place
from ui.fields import button, label, row
from ui.navigation import Entry, entries, keys_of_place
from ui.room import Room
from ui.scanner import Scanner
from ui.screen import Screen
from ui.search import SearchBox
from ui.tabs import Tabs
from ui.theme import px
from ui.words import tr

_FLOATS_UNTIL = 1.5  # zoom
_TOAST_MILLISECONDS = 12_000
_NARROW = 1100  # pixels at zoom 1: below it the sidebar shows icons only


class Workplace(QWidget):
    """Everything one sees of an unlocked school."""

    lock_wanted = Signal()
    dark_wanted = Signal()
    keys_wanted = Signal()

    def __init__(self, school: School, name: str, place: Place) -> None:
        super().__init__()
        self._place = place
        self.desk = Desk(school, self)
        self._rooms: dict[str, Room] = {}
        self._entries = {each.key: each for each in entries()}
        self._stack = QStackedWidget()
        self._sidebar = _Sidebar(name, tuple(self._entries.values()))
        self._tabs = Tabs(tuple(self._entries.values()))
        self._tabs.chosen.connect(self.desk.go)
        self.search = SearchBox(self.desk)
        self._toast = _Toast(self, self._sidebar)
        self._build(school)
        self._sidebar.chosen.connect(self.desk.go)
        self._sidebar.lock.clicked.connect(self.lock_wanted)
        self._sidebar.dark.clicked.connect(self.dark_wanted)
        self._sidebar.keys.clicked.connect(self.keys_wanted)
        self.desk.going.connect(self.open_place)
        self.desk.said.connect(self._toast.say)
        self.desk.lock_wanted.connect(self.lock_wanted)
        self._scanner = Scanner(self)
        self._scanner.scanned.connect(lambda number: self.desk.go("entry", form=number))
        self._add_shortcuts()
        self.open_place(place)

    def _build(self, school: School) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._sidebar)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        layout.addLayout(right, 1)
        if said := _banners(school):
            banner = label(" ".join(said), "demo", wrap=True)
            banner.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            right.addWidget(banner)
        top = QHBoxLayout()
        top.setContentsMargins(px(28), px(12), px(28), 0)
        right.addLayout(top)
        top.addWidget(self.search, 1)
        right.addWidget(self._tabs)
        right.addWidget(self._stack, 1)
        if not self._toast.floats:
            right.addWidget(self._toast)

    def _add_shortcuts(self) -> None:
        listed = [each for each in self._entries.values() if each.listed]
        does: list[tuple[str, Callable[[], None]]] = [
            (keys_of_place(place), lambda key=each.key: self.desk.go(key))  # type: ignore[misc]
            for place, each in enumerate(listed, 1)
        ]
        does += [
            ("Ctrl+F", self.search.begin),
            ("Ctrl+E", lambda: self.desk.go("entry")),
            ("Ctrl+Z", self._toast.undo),
            ("F5", self.desk.tell_change),
        ]
        for keys, do in does:
            QShortcut(QKeySequence(keys), self).activated.connect(do)

    # — going about —

    def open_place(self, place: Place) -> None:
        """Show a screen, unless the present one holds something unsaved that must stay."""
        self._mark(self._place.screen)  # a click there has marked another one
        if self._stack.currentWidget() is self._rooms.get(place.screen):
            self._show_place(place)
        else:
            self.leave(lambda: self._show_place(place))

    def _show_place(self, place: Place) -> None:
        with messages.told(self):
            screen = self.screen_of(place.screen)
            self._mark(place.screen)  # at once with the screen: tabs of another would add height
            self._turn_to(self._rooms[place.screen])
            self._place = place
            screen.open_at(place)
            screen.focus_first()

    def _turn_to(self, room: Room) -> None:
        """Show a screen, which itself chooses where the keyboard goes: Qt would do so first."""
        before, here = self._stack.currentWidget(), self._stack.focusWidget()
        if before is not None and before is not room and before.isAncestorOf(here):
            here.clearFocus()
        self._stack.setCurrentWidget(room)

    def begin(self) -> None:
        """Put the keyboard in the screen; before the window had this in it, nobody kept it."""
        if self.window().isVisible():
            self.show()  # the layout would do so a moment later
        self.screen_of(self._place.screen).focus_first()

    def _mark(self, key: str) -> None:
        self._sidebar.mark(self._entries[key].under or key)
        self._tabs.mark(key)

    def screen_of(self, key: str) -> Screen:
        """The screen of this key, made when it is first asked for."""
        if key not in self._rooms:
            made = Room(self._entries[key].make(self.desk))
            self._rooms[key] = made
            self._stack.addWidget(made)
        return self._rooms[key].shown

    @property
    def place(self) -> Place:
        """Where one is."""
        return self._place

    def place_to_reopen(self) -> Place:
        """Where one is, with what was typed there as far as the screen can keep it."""
        entry = self._entries[self._place.screen]
        if not (entry.listed or entry.tab):
            return self._place
        return Place(entry.key, self.screen_of(entry.key).detail_to_reopen())

    def leave(self, then: Callable[[], None]) -> None:
        """Go on, after a question when what was typed on the open screen would be lost."""
        present = self._stack.currentWidget()
        if isinstance(present, Room):
            present.shown.leave(then)
        else:
            then()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sidebar.set_narrow(self.width() < px(_NARROW))
        self._toast.place()


def _banners(school: School) -> list[str]:
    """What must be seen on every screen."""
    found = []
    if school.is_demo:
        found.append(tr("Demoschool: alle namen zijn verzonnen. Voer hier geen echte gegevens in."))
    if school.read_only:
        found.append(
            tr("Geopend om te lezen. U kunt alles bekijken, maar niets veranderen of afdrukken.")
        )
    return found


class _Sidebar(QWidget):
    """The name of the school and the way to every screen."""

    chosen = Signal(str)

    def __init__(self, name: str, listed: tuple[Entry, ...]) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._narrow: bool | None = None
        self._name = label(name, "strong", wrap=True)
        self._kind = label(tr("Privacyadministratie"), "small")
        picture = QLabel()
        picture.setPixmap(theme.pixmap("school", "accent", 26))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(10), px(12), px(10), px(12))
        head = QHBoxLayout()
        head.setContentsMargins(px(10), px(8), px(4), px(10))
        head.setSpacing(px(10))
        layout.addLayout(head)
        head.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(0)
        head.addLayout(said, 1)
        said.addWidget(self._name)
        said.addWidget(self._kind)
        places = QWidget()
        places.setObjectName("body")
        inner = QVBoxLayout(places)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(4))
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._texts: dict[QPushButton, str] = {}
        for place, each in enumerate((e for e in listed if e.listed), 1):
            made = self._place(each, place)
            inner.addWidget(made)
        inner.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(places)
        layout.addWidget(area, 1)
        self.lock = button(
            tr("Vergrendel"), lambda: None, icon="lock", tip=tr("Vergrendelen (Ctrl+L)")
        )
        self.dark = button(
            "", lambda: None, icon=_opposite(), kind="flat", tip=tr("Licht of donker")
        )
        self.keys = button(
            "", lambda: None, icon="keyboard", kind="flat", tip=tr("Sneltoetsen (F1)")
        )
        self._texts[self.lock] = self.lock.text()
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.setSpacing(px(6))
        layout.addLayout(self._foot)
        self._foot.addWidget(self.lock, 1)
        self._foot.addWidget(row(self.dark, self.keys, spacing=0))
        self.set_narrow(True)  # until its width is known: it may not make the window wider

    def _place(self, entry: Entry, number: int) -> QPushButton:
        made = button(entry.title, lambda: self.chosen.emit(entry.key), kind="place")
        made.setIcon(theme.icon(entry.icon, "muted"))
        made.setCheckable(True)
        made.setToolTip(f"{entry.title} ({keys_of_place(number)})")
        self._group.addButton(made)
        self._buttons[entry.key] = made
        self._texts[made] = entry.title
        return made

    def mark(self, key: str) -> None:
        """Show which screen is open."""
        self._buttons[key].setChecked(True)

    def set_narrow(self, narrow: bool) -> None:
        """Icons only, when the window is narrow or the zoom large."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.setFixedWidth(px(72) if narrow else px(232))
        self._name.setVisible(not narrow)
        self._kind.setVisible(not narrow)
        self._foot.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )
        for made, text in self._texts.items():
            made.setText("" if narrow else text)


def _opposite() -> str:
    return "sun" if theme.colours().dark else "moon"


class _Toast(QWidget):
    """What was just done, for a while, with a button that takes it back.

    It floats over the left of the foot of the screen, so that nothing moves when it comes and goes;
    the buttons are at the right. Zoomed in it would cover them, and stands below them.
    """

    def __init__(self, over: QWidget, beside: QWidget) -> None:
        super().__init__(over)
        self._over, self._beside = over, beside
        self.floats = theme.zoom() < _FLOATS_UNTIL
        box = QFrame()
        box.setObjectName("done")
        self._said = label("", wrap=True)
        self._button = button(tr("Ongedaan maken"), self.undo, icon="undo-2", tip="Ctrl+Z")
        self._undo: Callable[[], None] | None = None
        self._ends = QTimer(self, singleShot=True, interval=_TOAST_MILLISECONDS)
        self._ends.timeout.connect(self.hide)
        inside = QHBoxLayout(box)
        inside.setContentsMargins(px(14), px(6), px(6), px(6))
        inside.addWidget(self._said, 1)
        inside.addWidget(self._button)
        layout = QVBoxLayout(self)
        beside_it = 0 if self.floats else px(28)
        layout.setContentsMargins(beside_it, 0, beside_it, px(14))
        layout.addWidget(box)
        self.hide()

    def say(self, text: str, undo: Callable[[], None] | None) -> None:
        """Show it; the way back stays with Ctrl+Z until the next thing is said."""
        self._said.setText(text)
        self._undo = undo
        self._button.setVisible(undo is not None)
        self.setAccessibleName(text)
        self.show()
        self.place()
        self._ends.start()

    def undo(self) -> None:
        """Take back what was said last, once."""
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            with messages.told(self._over):
                undo()

    def place(self) -> None:
        """At the bottom, on the left of the screen, when it floats."""
        if not self.floats:
            return
        self.raise_()
        left, parent = self._beside.width(), self._over
        width = min(px(620), parent.width() - left - px(40))
        self.setFixedWidth(width)
        self.adjustSize()
        self.move(left + px(20), parent.height() - self.height())
